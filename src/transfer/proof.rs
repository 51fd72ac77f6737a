//! What was checked of a finished archive, and against what.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Checksum;
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

impl Checked {
    const fn not_applicable() -> Self {
        Self::NotApplicable
    }
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
    /// The computed CRC64NVME, hex; `None` in proofs of before it was always computed.
    pub crc64nvme: Option<String>,
    /// The strongest checksum by which the store is known to have the very bytes that were sent; "none" where it checks none, and
    /// where there was no upload.
    #[serde(default, serialize_with = "write_checksum", deserialize_with = "read_checksum")]
    pub checksum: Option<Checksum>,
    /// How that comparison ended.
    #[serde(default = "Checked::not_applicable")]
    pub checksum_checked: Checked,
    /// Size here against the size that S3 says.
    pub size_checked: Checked,
    /// CRC64NVME computed against the one that S3 keeps.
    pub crc64nvme_checked: Checked,
    /// When, seconds since 1970.
    pub at: i64,
}

/// A checksum as proofs name it.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Named {
    Checksum(Checksum),
    None(NoChecksum),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum NoChecksum {
    None,
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn write_checksum<S: Serializer>(checksum: &Option<Checksum>, to: S) -> Result<S::Ok, S::Error> {
    checksum.map_or(Named::None(NoChecksum::None), Named::Checksum).serialize(to)
}

fn read_checksum<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Checksum>, D::Error> {
    Named::deserialize(from).map(|named| match named {
        Named::Checksum(checksum) => Some(checksum),
        Named::None(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(checksum: Option<&str>) -> serde_json::Value {
        let mut record = json!({
            "dataset": "musicbrainz/artist", "dump": "20260523-001002", "archive": "artist.tar.xz", "place": "p",
            "size": 1, "sha256": "0".repeat(64), "crc64nvme": null, "size_checked": "equal",
            "crc64nvme_checked": "not-given", "at": 0,
        });
        if let Some(checksum) = checksum {
            record["checksum"] = json!(checksum);
        }
        record
    }

    #[test]
    fn a_proof_names_its_checksum_in_words_and_an_older_record_has_none() {
        let named = [
            (Some("crc64nvme"), Some(Checksum::Crc64Nvme)),
            (Some("crc32c"), Some(Checksum::Crc32c)),
            (Some("md5"), Some(Checksum::Md5)),
            (Some("none"), None),
            (None, None),
        ];
        for (word, checksum) in named {
            let proof: Proof = serde_json::from_value(record(word)).unwrap();
            assert_eq!(proof.checksum, checksum);
            assert_eq!(serde_json::to_value(&proof).unwrap()["checksum"], word.unwrap_or("none"));
        }
    }
}
