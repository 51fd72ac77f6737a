//! The digests of an archive, computed in order while its bytes pass: SHA-256 for what upstream published, CRC64NVME for what S3 keeps.
//!
//! The running state can be saved and taken up again, so that a resumed transfer need not read what it has read before.

use crc_fast::{CrcAlgorithm, Digest as Crc};
use serde::{Deserialize, Serialize};
use sha2::digest::common::hazmat::SerializableState;
use sha2::{Digest, Sha256};

use crate::sha256::Sha256Digest;

const CRC64NVME: CrcAlgorithm = CrcAlgorithm::Crc64Nvme;

/// Both digests of one archive, as far as its bytes have passed.
#[derive(Clone, Debug)]
pub(super) struct Digests {
    sha256: Sha256,
    /// The CRC64NVME of all parts that have ended.
    whole: u64,
    /// What an earlier run had of the part that is under way.
    head: Head,
    /// The CRC64NVME of what came since.
    part: Crc,
    part_bytes: u64,
    bytes: u64,
}

/// The beginning of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Head {
    bytes: u64,
    crc64nvme: u64,
}

/// Running digests in a form that a journal can keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SavedDigests {
    /// Bytes that have passed.
    pub(super) bytes: u64,
    /// The state of SHA-256, hex.
    sha256: String,
    /// The CRC64NVME of all parts that have ended.
    crc64nvme: u64,
    /// The part that has not.
    #[serde(default, skip_serializing_if = "Head::is_empty")]
    head: Head,
}

impl Head {
    const fn is_empty(&self) -> bool {
        self.bytes == 0
    }
}

impl SavedDigests {
    /// Whether a part ends at their last byte.
    pub(super) const fn is_border(&self) -> bool {
        self.head.is_empty()
    }
}

/// The digests of a whole archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Computed {
    pub(super) sha256: Sha256Digest,
    pub(super) crc64nvme: u64,
}

impl Default for Digests {
    fn default() -> Self {
        Self {
            sha256: Sha256::new(),
            whole: 0,
            head: Head::default(),
            part: Crc::new(CRC64NVME),
            part_bytes: 0,
            bytes: 0,
        }
    }
}

impl Digests {
    /// Takes up a saved state; `None` where it is damaged.
    pub(super) fn restore(saved: &SavedDigests) -> Option<Self> {
        let bytes = hex::decode(&saved.sha256).ok()?;
        let state = bytes.as_slice().try_into().ok()?;
        let sha256 = Sha256::deserialize(state).ok()?;
        let (whole, head) = (saved.crc64nvme, saved.head);
        Some(Self { sha256, whole, head, bytes: saved.bytes, ..Self::default() })
    }

    /// The state at this byte.
    pub(super) fn save(&self) -> SavedDigests {
        SavedDigests {
            bytes: self.bytes,
            sha256: hex::encode(self.sha256.serialize()),
            crc64nvme: self.whole,
            head: self.head(),
        }
    }

    /// What there is of the part that is under way.
    fn head(&self) -> Head {
        Head {
            bytes: self.head.bytes + self.part_bytes,
            crc64nvme: combine(self.head.crc64nvme, self.part.finalize(), self.part_bytes),
        }
    }

    /// The first byte of the part that is under way.
    pub(super) const fn border(&self) -> u64 {
        self.bytes - self.head.bytes - self.part_bytes
    }

    /// Takes the next bytes, in order.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.part.update(bytes);
        self.part_bytes += bytes.len() as u64;
        self.bytes += bytes.len() as u64;
    }

    /// A part ends here: gives its CRC64NVME.
    pub(super) fn end_part(&mut self) -> u64 {
        let part = self.head();
        self.whole = combine(self.whole, part.crc64nvme, part.bytes);
        self.head = Head::default();
        self.part_bytes = 0;
        self.part.reset();
        part.crc64nvme
    }

    /// The CRC64NVME of all that has passed.
    fn crc64nvme(&self) -> u64 {
        let part = self.head();
        combine(self.whole, part.crc64nvme, part.bytes)
    }

    /// Bytes that have passed.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Both digests of all that has passed.
    pub(super) fn finish(self) -> Computed {
        let crc64nvme = self.crc64nvme();
        Computed { sha256: Sha256Digest(self.sha256.finalize().into()), crc64nvme }
    }
}

/// The CRC64NVME of one part.
pub(super) fn crc64nvme(bytes: &[u8]) -> u64 {
    crc_fast::checksum(CRC64NVME, bytes)
}

/// The CRC64NVME of bytes whose own is `first`, followed by `bytes` whose own is `second`.
pub(super) fn combine(first: u64, second: u64, bytes: u64) -> u64 {
    if bytes == 0 { first } else { crc_fast::checksum_combine(CRC64NVME, first, second, bytes) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_digests_are_the_ones_that_everybody_else_computes() {
        let mut digests = Digests::default();
        digests.update(b"123456789");
        let computed = digests.finish();
        assert_eq!(computed.crc64nvme, 0xae8b_1486_0a79_9888, "the check value of CRC-64/NVME");
        let sha = "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";
        assert_eq!(computed.sha256.to_string(), sha);
    }

    #[test]
    fn a_damaged_state_is_not_taken_up() {
        let saved = SavedDigests { bytes: 3, sha256: "abcd".into(), crc64nvme: 0, head: Head::default() };
        assert!(Digests::restore(&saved).is_none());
    }

    proptest! {
        #[test]
        fn saved_and_restored_anywhere_the_digests_are_the_same(
            bytes in proptest::collection::vec(any::<u8>(), 0..600), cut in 0usize..600, ends: bool,
        ) {
            let (head, tail) = bytes.split_at(cut.min(bytes.len()));
            let mut whole = Digests::default();
            whole.update(&bytes);
            let mut begun = Digests::default();
            begun.update(head);
            if ends {
                prop_assert_eq!(begun.end_part(), crc64nvme(head));
            }
            prop_assert_eq!(begun.save().is_border(), ends || head.is_empty());
            let mut resumed = Digests::restore(&begun.save()).unwrap();
            resumed.update(tail);
            prop_assert_eq!(resumed.bytes(), bytes.len() as u64);
            prop_assert_eq!(resumed.border(), if ends { head.len() as u64 } else { 0 });
            let mut ended = resumed.clone();
            prop_assert_eq!(ended.end_part(), crc64nvme(if ends { tail } else { &bytes }));
            prop_assert_eq!(whole.finish(), resumed.finish());
        }
    }
}
