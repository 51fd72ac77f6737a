//! What stands in a bucket, and the keys under which things are put.

use serde::Serialize;

use super::Restoring;
use crate::sha256::Sha256Digest;

/// The zero-byte keys that make the bucket's layout visible.
pub const LAYOUT: [&str; 6] = [
    "raw/musicbrainz/",
    "raw/listenbrainz/",
    "extracted/musicbrainz/",
    "extracted/listenbrainz/",
    "processed/",
    "processed/features/",
];

/// Names of the object metadata that `brainzlift` writes (without S3's `x-amz-meta-`).
pub mod meta {
    /// The published SHA-256, hex.
    pub const SHA256: &str = "sha256";
    /// The dump's folder name.
    pub const DUMP: &str = "dump";
    /// The dataset's id.
    pub const DATASET: &str = "dataset";
    /// Where the archive came from.
    pub const SOURCE: &str = "source-url";
}

/// An object as S3 describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Object {
    /// Its key.
    pub key: String,
    /// Bytes.
    pub size: u64,
    /// S3's ETag, without quotes.
    pub etag: Option<String>,
    /// When it was last written, seconds since 1970.
    pub modified: Option<i64>,
    /// S3's name of its class: `STANDARD`, `GLACIER_IR`.
    pub class: Option<String>,
    /// The published digest in its metadata; known after a HeadObject only.
    pub sha256: Option<Sha256Digest>,
    /// The dump in its metadata; known after a HeadObject only.
    pub dump: Option<String>,
    /// The dataset in its metadata; known after a HeadObject only.
    pub dataset: Option<String>,
    /// Where it came from, in its metadata; known after a HeadObject only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The full-object CRC64NVME that S3 keeps; known after a HeadObject only, and only where the store keeps one.
    pub crc64nvme: Option<u64>,
    /// Whether the store gave a CRC64NVME that is none, so that nothing can be compared.
    pub checksum_malformed: bool,
    /// Whether it can be read as it lies, or must come back from an archive class first; known after a HeadObject only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restoring: Option<Restoring>,
    /// Whether its ETag says nothing about its bytes, as it is encrypted with a key of KMS or the customer's; known after a HeadObject only.
    pub is_etag_opaque: bool,
}
