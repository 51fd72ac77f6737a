//! What was checked of a finished archive, and against what.

use serde::{Deserialize, Serialize};

use crate::catalog::DatasetId;
use crate::sha256::Sha256Digest;

/// How one comparison ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Checked {
    /// Both sides were there and equal.
    Equal,
    /// The store gives no such value back.
    NotGiven,
    /// The store gives back something that is not such a value.
    Malformed,
    /// There was no such leg, so nothing to compare.
    NotApplicable,
}

/// What was checked of a finished archive. A proof exists only where nothing was found unequal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// What a person chose.
    pub dataset: DatasetId,
    /// The pinned dump.
    pub dump: String,
    /// The archive's name.
    pub archive: String,
    /// `s3://bucket/key`, or the path of the file where there was no upload.
    pub place: String,
    /// Bytes.
    pub size: u64,
    /// The published digest, which the computed one is equal to.
    pub sha256: Sha256Digest,
    /// The computed CRC64NVME, where the bytes went to S3; hex.
    pub crc64nvme: Option<String>,
    /// Size here against the size that S3 says.
    pub size_checked: Checked,
    /// CRC64NVME computed against the one that S3 keeps.
    pub crc64nvme_checked: Checked,
    /// When, seconds since 1970.
    pub at: i64,
}
