//! Multipart uploads that were begun and not finished: they are billed, and no listing of objects shows them.

use serde::Serialize;

use super::Bucket;
use super::sdk::{self, Operation};
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

impl Bucket {
    /// The unfinished uploads of this bucket; all pages.
    pub async fn uploads(&self) -> Result<Vec<Upload>> {
        let mut uploads = Vec::new();
        let mut request = self.control.list_multipart_uploads().bucket(&self.name);
        loop {
            let page = request.clone().send().await;
            let page = page.map_err(|error| sdk::explain(Operation::ListUploads, &self.name, &error))?;
            uploads.extend(page.uploads().iter().filter_map(upload));
            let (key, id) = (page.next_key_marker(), page.next_upload_id_marker());
            if page.is_truncated() != Some(true) || key.is_none_or(str::is_empty) {
                return Ok(uploads);
            }
            let next =
                request.set_key_marker(key.map(str::to_owned)).set_upload_id_marker(id.map(str::to_owned));
            request = next;
        }
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

fn upload(upload: &aws_sdk_s3::types::MultipartUpload) -> Option<Upload> {
    Some(Upload {
        key: upload.key()?.to_owned(),
        upload_id: upload.upload_id()?.to_owned(),
        initiated: upload.initiated().map(aws_sdk_s3::primitives::DateTime::secs),
    })
}
