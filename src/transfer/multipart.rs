//! The S3 calls of one object's upload, each once: no policy, no retries, no progress. Those are the business of `upload`.

use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{
    ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart, Part as ListedPart,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;

use crate::bucket::sdk::{Operation, explain};
use crate::bucket::{Bucket, meta};
use crate::catalog::Archive;
use crate::error::Result;

/// A part that S3 has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// From 1.
    pub(super) number: i32,
    /// Bytes.
    pub(super) size: u64,
    /// S3's ETag, as it gave it.
    pub(super) etag: String,
    /// The CRC64NVME that S3 keeps for the part; `None` where it keeps none or something that is none.
    pub(super) crc64nvme: Option<u64>,
}

/// Where one object is being put.
#[derive(Debug, Clone)]
pub(super) struct Target<'a> {
    pub(super) bucket: &'a Bucket,
    pub(super) key: &'a str,
}

impl Target<'_> {
    fn uri(&self) -> String {
        self.bucket.uri(self.key)
    }

    /// Begins an upload whose checksum is that of the full object; gives S3's id.
    pub(super) async fn create(&self, archive: &Archive) -> Result<String> {
        let request = self.bucket.client().create_multipart_upload().bucket(self.bucket.name()).key(self.key);
        let request = request
            .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
            .checksum_type(ChecksumType::FullObject)
            .set_metadata(Some(metadata(archive).into()));
        let created =
            request.send().await.map_err(|error| explain(Operation::CreateUpload, &self.uri(), &error))?;
        Ok(created.upload_id.unwrap_or_default())
    }

    /// The parts that S3 has of upload `id`, all pages; an upload that is gone is [`crate::Kind::NotFound`].
    pub(super) async fn parts(&self, id: &str) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        let mut marker = None;
        loop {
            let request =
                self.bucket.client().list_parts().bucket(self.bucket.name()).key(self.key).upload_id(id);
            let page = request.set_part_number_marker(marker.take()).send().await;
            let page = page.map_err(|error| explain(Operation::ListParts, &self.uri(), &error))?;
            parts.extend(page.parts().iter().filter_map(listed));
            let next = page.next_part_number_marker.filter(|next| !next.is_empty() && next != "0");
            match next {
                Some(next) if page.is_truncated == Some(true) => marker = Some(next),
                _ => return Ok(parts),
            }
        }
    }

    /// Sends part `number`; its checksum goes ahead as a signed header, so that S3 refuses damaged bytes.
    pub(super) async fn send(&self, id: &str, number: i32, bytes: Bytes, crc64nvme: u64) -> Result<Part> {
        let size = bytes.len() as u64;
        let request =
            self.bucket.client().upload_part().bucket(self.bucket.name()).key(self.key).upload_id(id);
        let request = request
            .part_number(number)
            .content_length(i64::try_from(size).unwrap_or(i64::MAX))
            .checksum_crc64_nvme(encode(crc64nvme))
            .body(ByteStream::from(bytes));
        let sent =
            request.send().await.map_err(|error| explain(Operation::UploadPart, &self.uri(), &error))?;
        let etag = sent.e_tag.unwrap_or_default();
        Ok(Part { number, size, etag, crc64nvme: Some(crc64nvme) })
    }

    /// Makes the object of its parts. S3 compares the size and the checksum of the whole before the object exists.
    pub(super) async fn complete(
        &self,
        id: &str,
        parts: &[Part],
        archive: &Archive,
        crc64nvme: u64,
    ) -> Result<()> {
        let named = |part: &Part| CompletedPart::builder().part_number(part.number).e_tag(&part.etag).build();
        let parts =
            CompletedMultipartUpload::builder().set_parts(Some(parts.iter().map(named).collect())).build();
        let request =
            self.bucket.client().complete_multipart_upload().bucket(self.bucket.name()).key(self.key);
        let request = request
            .upload_id(id)
            .checksum_type(ChecksumType::FullObject)
            .checksum_crc64_nvme(encode(crc64nvme))
            .mpu_object_size(i64::try_from(archive.size).unwrap_or(i64::MAX))
            .multipart_upload(parts);
        let answer = request.send().await;
        answer.map(drop).map_err(|error| explain(Operation::CompleteUpload, &self.uri(), &error))
    }

    /// Puts a small object in one request. Only for bytes whose SHA-256 was found to be the published one.
    pub(super) async fn put(&self, archive: &Archive, bytes: Bytes, crc64nvme: u64) -> Result<()> {
        let request = self.bucket.client().put_object().bucket(self.bucket.name()).key(self.key);
        let request = request
            .content_length(i64::try_from(bytes.len()).unwrap_or(i64::MAX))
            .checksum_crc64_nvme(encode(crc64nvme))
            .set_metadata(Some(metadata(archive).into()))
            .body(ByteStream::from(bytes));
        let answer = request.send().await;
        answer.map(drop).map_err(|error| explain(Operation::PutObject, &self.uri(), &error))
    }

    /// Throws upload `id` and its parts away; one that is gone already is fine.
    pub(super) async fn abort(&self, id: &str) -> Result<()> {
        let upload =
            crate::bucket::Upload { key: self.key.to_owned(), upload_id: id.to_owned(), initiated: None };
        self.bucket.abort(&upload).await
    }

    /// Removes the object at the key.
    pub(super) async fn delete(&self) -> Result<()> {
        let request = self.bucket.client().delete_object().bucket(self.bucket.name()).key(self.key);
        request.send().await.map(drop).map_err(|error| explain(Operation::DeleteObject, &self.uri(), &error))
    }
}

/// What is written beside the object, so that anybody can see where it came from and what it must be.
fn metadata(archive: &Archive) -> [(String, String); 4] {
    [
        (meta::SHA256, archive.sha256.to_string()),
        (meta::DUMP, archive.dump.name.clone()),
        (meta::DATASET, archive.dataset.0.clone()),
        (meta::SOURCE, archive.url.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
}

fn listed(part: &ListedPart) -> Option<Part> {
    Some(Part {
        number: part.part_number()?,
        size: u64::try_from(part.size()?).ok()?,
        etag: part.e_tag()?.to_owned(),
        crc64nvme: part.checksum_crc64_nvme().and_then(decode),
    })
}

/// A CRC64NVME as S3 writes it: base64 of 8 bytes, big end first.
pub(super) fn encode(crc: u64) -> String {
    BASE64.encode(crc.to_be_bytes())
}

fn decode(text: &str) -> Option<u64> {
    let bytes = BASE64.decode(text).ok()?;
    bytes.try_into().ok().map(u64::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_written_as_s3_writes_it() {
        assert_eq!(encode(0xae8b_1486_0a79_9888), "rosUhgp5mIg=");
        assert_eq!(decode("rosUhgp5mIg="), Some(0xae8b_1486_0a79_9888));
        assert_eq!(decode("rosUhgp5mIg=-3"), None);
    }
}
