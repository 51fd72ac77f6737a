//! Multipart uploads that were begun and not finished: they are billed, and no listing of objects shows them.

use serde::Serialize;

use super::listing::bytes;
use super::sdk::{self, Operation};
use super::{Bucket, spelling};
use crate::error::{Kind, Result};

/// An unfinished multipart upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Upload {
    /// The key at which the object would stand.
    pub key: String,
    /// S3's id of the upload.
    pub upload_id: String,
    /// When it was begun, seconds since 1970, where the store says it.
    pub initiated: Option<i64>,
}

/// The parts of an unfinished upload that the store keeps, and bills.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// How many.
    pub count: u64,
    /// Their bytes, all together.
    pub bytes: u64,
}

impl Bucket {
    /// The unfinished uploads of this bucket; all pages.
    pub async fn uploads(&self) -> Result<Vec<Upload>> {
        let mut uploads = Vec::new();
        let mut request = self.control.list_multipart_uploads().bucket(&self.name);
        request = request.encoding_type(spelling::ASKED);
        loop {
            let page = request.clone().send().await;
            let page = page.map_err(|error| sdk::explain(Operation::ListUploads, &self.name, &error))?;
            let spelled = page.encoding_type();
            uploads.extend(page.uploads().iter().filter_map(|one| upload(one, spelled)));
            let (key, id) = (page.next_key_marker(), page.next_upload_id_marker());
            if page.is_truncated() != Some(true) || key.is_none_or(str::is_empty) {
                return Ok(uploads);
            }
            let (key, id) = (key.map(|key| spelling::plain(key, spelled)), id.map(str::to_owned));
            request = request.set_key_marker(key).set_upload_id_marker(id);
        }
    }

    /// What an unfinished upload has brought so far; all pages. `None` where it is finished or gone.
    pub async fn parts_of(&self, upload: &Upload) -> Result<Option<Parts>> {
        let request = self.control.list_parts().bucket(&self.name).key(&upload.key);
        let mut pages = request.upload_id(&upload.upload_id).into_paginator().send();
        let mut sum = Parts::default();
        while let Some(page) = pages.next().await {
            let page = match page {
                Ok(page) => page,
                Err(error) => {
                    let explained = sdk::explain(Operation::ListParts, &self.uri(&upload.key), &error);
                    return if explained.kind() == Kind::NotFound { Ok(None) } else { Err(explained) };
                }
            };
            sum.count += page.parts().len() as u64;
            sum.bytes += page.parts().iter().map(|part| bytes(part.size())).sum::<u64>();
        }
        Ok(Some(sum))
    }

    /// Throws an unfinished upload away, with its parts. One that is gone already is no error.
    pub async fn abort(&self, upload: &Upload) -> Result<()> {
        let request = self.control.abort_multipart_upload().bucket(&self.name);
        let Err(error) = request.key(&upload.key).upload_id(&upload.upload_id).send().await else {
            return Ok(());
        };
        let explained = sdk::explain(Operation::AbortUpload, &self.uri(&upload.key), &error);
        if explained.kind() == Kind::NotFound { Ok(()) } else { Err(explained) }
    }
}

fn upload(
    upload: &aws_sdk_s3::types::MultipartUpload,
    spelled: Option<&aws_sdk_s3::types::EncodingType>,
) -> Option<Upload> {
    Some(Upload {
        key: spelling::plain(upload.key()?, spelled),
        upload_id: upload.upload_id()?.to_owned(),
        initiated: upload.initiated().map(aws_sdk_s3::primitives::DateTime::secs),
    })
}
