//! What stands in a bucket: listing objects, describing one, making the layout visible.

use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumMode, ServerSideEncryption, StorageClass};
use aws_smithy_types::base64;
use futures::{Stream, TryStreamExt};

use super::sdk::{self, Operation};
use super::{Bucket, LAYOUT, Object, Restoring, meta};
use crate::error::{Kind, Result};
use crate::sha256::Sha256Digest;

impl Bucket {
    /// Every object whose key begins with `prefix`, in S3's order (bytes of the key). Digests are not known from a listing.
    pub async fn objects(&self, prefix: &str) -> Result<Vec<Object>> {
        self.pages(prefix, None).try_concat().await
    }

    /// The same page by page (1,000 keys each), beginning behind `start_after`, so that nobody waits for a long listing.
    pub fn pages(
        &self,
        prefix: &str,
        start_after: Option<&str>,
    ) -> impl Stream<Item = Result<Vec<Object>>> + Send + use<> {
        self.walk(prefix, None, start_after).map_ok(|page| page.objects)
    }

    /// What S3 knows of one object, its checksum and our metadata among it; `None` where there is none at this key.
    pub async fn head(&self, key: &str) -> Result<Option<Object>> {
        self.head_version(key, None).await
    }

    /// The same of one version of it; `None` is the newest.
    pub async fn head_version(&self, key: &str, version: Option<&str>) -> Result<Option<Object>> {
        let request =
            self.control.head_object().bucket(&self.name).key(key).checksum_mode(ChecksumMode::Enabled);
        let request = request.set_version_id(version.map(str::to_owned));
        match request.send().await {
            Ok(there) => Ok(Some(described(key, &there))),
            Err(error) => {
                let explained = sdk::explain(Operation::HeadObject, &self.uri(key), &error);
                if explained.kind() == Kind::NotFound { Ok(None) } else { Err(explained) }
            }
        }
    }

    /// Puts the zero-byte keys of [`LAYOUT`] that are missing, and says which. What is there is left alone.
    pub async fn ensure_layout(&self) -> Result<Vec<String>> {
        let mut made = Vec::new();
        for key in LAYOUT {
            if self.head(key).await?.is_some() {
                continue;
            }
            let put =
                self.control.put_object().bucket(&self.name).key(key).body(ByteStream::from_static(b""));
            let put = put.content_type("application/x-directory").content_length(0).send().await;
            put.map_err(|error| sdk::explain(Operation::PutObject, &self.uri(key), &error))?;
            made.push(key.to_owned());
        }
        Ok(made)
    }

    /// `s3://bucket/key`, for messages.
    #[must_use]
    pub fn uri(&self, key: &str) -> String {
        format!("s3://{}/{key}", self.name)
    }
}

fn described(key: &str, there: &HeadObjectOutput) -> Object {
    let metadata = |name: &str| there.metadata().and_then(|all| all.get(name)).cloned();
    let checksum = there.checksum_crc64_nvme().map(crc64nvme);
    Object {
        key: key.to_owned(),
        size: bytes(there.content_length()),
        etag: there.e_tag().map(unquoted),
        modified: there.last_modified().map(aws_sdk_s3::primitives::DateTime::secs),
        // S3 leaves the class out of a HeadObject where it is the standard one.
        class: Some(there.storage_class().map_or("STANDARD", |class| class.as_str()).to_owned()),
        sha256: metadata(meta::SHA256).and_then(|hex| hex.parse::<Sha256Digest>().ok()),
        dump: metadata(meta::DUMP),
        dataset: metadata(meta::DATASET),
        source: metadata(meta::SOURCE),
        crc64nvme: checksum.flatten(),
        checksum_malformed: checksum == Some(None),
        restoring: Some(Restoring::of(there.storage_class().map(StorageClass::as_str), there.restore())),
        is_etag_opaque: is_etag_opaque(there),
    }
}

fn is_etag_opaque(there: &HeadObjectOutput) -> bool {
    let is_of_kms = |kind: &ServerSideEncryption| kind.as_str().starts_with("aws:kms");
    there.server_side_encryption().is_some_and(is_of_kms) || there.sse_customer_algorithm().is_some()
}

/// S3 sends the eight bytes, most significant first, as base64. Anything else is malformed, as some stores really send.
fn crc64nvme(text: &str) -> Option<u64> {
    let bytes = base64::decode(text).ok()?;
    bytes.try_into().ok().map(u64::from_be_bytes)
}

pub(super) fn bytes(size: Option<i64>) -> u64 {
    size.and_then(|size| u64::try_from(size).ok()).unwrap_or_default()
}

pub(super) fn unquoted(etag: &str) -> String {
    etag.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_eight_bytes_most_significant_first() {
        assert_eq!(crc64nvme("AAAAAAAAAAE="), Some(1));
        assert_eq!(crc64nvme("AQAAAAAAAAA="), Some(1 << 56));
    }

    #[test]
    fn a_checksum_of_another_form_is_malformed() {
        for text in ["", "AAAAAAAAAAE", "AAAA", "not base64!", "AAAAAAAAAAE=-2", "mJEzWw=="] {
            let there = HeadObjectOutput::builder().checksum_crc64_nvme(text).build();
            let object = described("k", &there);
            assert_eq!((object.crc64nvme, object.checksum_malformed), (None, true), "{text}");
        }
        assert!(!described("k", &HeadObjectOutput::builder().build()).checksum_malformed);
    }

    #[test]
    fn metadata_of_somebody_else_is_not_taken_for_a_digest() {
        let there = HeadObjectOutput::builder()
            .metadata(meta::SHA256, "not a digest")
            .metadata(meta::DUMP, "d")
            .build();
        let object = described("k", &there);
        assert_eq!((object.sha256, object.dump.as_deref()), (None, Some("d")));
    }
}
