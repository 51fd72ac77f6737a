//! What the bytes that came are: compared with everything that is known of the object. Pure, but for reading a file once more for its MD5.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use md5::{Digest as _, Md5};
use serde::Serialize;

use crate::bucket::Object;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::sha256::Sha256Digest;
use crate::transfer::digest::{Computed, Digests};
use crate::transfer::trouble;
use crate::transfer::verify::{Against, Check, Value};
use crate::words::harmless;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;

/// An object that stands on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fetched {
    /// Its key.
    pub key: String,
    /// The file.
    pub to: PathBuf,
    /// Bytes.
    pub size: u64,
    /// The SHA-256 of the file.
    pub sha256: Sha256Digest,
    /// The CRC64NVME of the file, hex.
    pub crc64nvme: String,
    /// What was compared; all of it is equal.
    pub checks: Vec<Check>,
    /// What could not be.
    pub gaps: Vec<Gap>,
}

/// What could not be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// Nothing but size and ETag ties the file to the object: the store keeps no checksum of it.
    NotChecked,
    /// What the store gives as its CRC64NVME is none.
    MalformedCrc64nvme,
}

impl Gap {
    /// In words, in the user's language.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::NotChecked => say!("fetch-not-checked"),
            Self::MalformedCrc64nvme => say!("fetch-malformed-crc"),
        }
    }
}

/// Everything that is known of an object without its bytes.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) object: Object,
    /// What this machine proved when it put it there.
    pub(super) proof: Option<Sha256Digest>,
    /// What the catalog says.
    pub(super) published: Option<Sha256Digest>,
}

impl Known {
    /// Whether nothing but an ETag that may be an MD5 says what the bytes are.
    pub(super) fn needs_md5(&self) -> bool {
        let digests = [self.published, self.proof, self.object.sha256];
        digests.iter().all(Option::is_none) && self.object.crc64nvme.is_none() && self.md5().is_some()
    }

    /// The MD5 that the ETag is: of an object that was put at once, and not encrypted with a key of KMS or the customer's.
    fn md5(&self) -> Option<&str> {
        let is_md5 = |etag: &&str| etag.len() == 32 && etag.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.object.etag.as_deref().filter(|_| !self.object.is_etag_opaque).filter(is_md5)
    }

    /// Compares all that can be compared with what was computed of a file.
    pub(super) fn compare(&self, found: Computed, md5: Option<&str>) -> Vec<Check> {
        let digests = [
            (Against::Published, self.published),
            (Against::Proof, self.proof),
            (Against::Metadata, self.object.sha256),
        ];
        let of = |(against, digest): (Against, Option<_>)| {
            Some(Check::new(Value::Sha256, against, &found.sha256, &digest?))
        };
        let kept = self.object.crc64nvme.map(|there| {
            Check::new(Value::Crc64nvmeRead, Against::Store, &hex(found.crc64nvme), &hex(there))
        });
        let etag = self.md5().map(str::to_ascii_lowercase).zip(md5);
        let etag = etag.map(|(there, here)| Check::new(Value::Md5, Against::Store, &here, &there));
        digests.into_iter().filter_map(of).chain(kept).chain(etag).collect()
    }

    /// What could not be compared, where `checks` were.
    pub(super) fn gaps(&self, checks: &[Check]) -> Vec<Gap> {
        let malformed = self.object.checksum_malformed.then_some(Gap::MalformedCrc64nvme);
        checks.is_empty().then_some(Gap::NotChecked).into_iter().chain(malformed).collect()
    }
}

pub(super) fn hex(crc: u64) -> String {
    format!("{crc:016x}")
}

/// Bytes that are not those of the object.
pub(super) fn wrong(uri: &str, check: &Check) -> Error {
    let why = say!(
        "fetch-differs",
        what = check.what.name(),
        found = check.found.as_str(),
        against = check.against.name(),
        expected = check.expected.as_str()
    );
    let error = Error::new(Kind::Integrity, say!("fetch-wrong", uri = harmless(uri))).because(why);
    error.hint(say!("fetch-wrong-hint"))
}

/// The MD5 of the file at `path`, hex. Blocks.
pub(super) fn md5_of(path: &Path) -> Result<String> {
    let mut md5 = Md5::new();
    read(path, |bytes| md5.update(bytes))?;
    Ok(hex::encode(md5.finalize()))
}

/// Both digests of the file at `path`. Blocks.
pub(super) fn digests_of(path: &Path) -> Result<Computed> {
    let mut digests = Digests::default();
    read(path, |bytes| digests.update(bytes))?;
    Ok(digests.finish())
}

fn read(path: &Path, mut take: impl FnMut(&[u8])) -> Result<()> {
    let trouble = |error| trouble::disk(path, error);
    let mut file = File::open(path).map_err(trouble)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk).map_err(trouble)? {
            0 => return Ok(()),
            bytes => take(&chunk[..bytes]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MD5: &str = "25f9e794323b453885f5181f1b624d0b";

    fn known(object: Object) -> Known {
        Known { object, proof: None, published: None }
    }

    fn found() -> Computed {
        Computed { sha256: Sha256Digest([1; 32]), crc64nvme: 7 }
    }

    #[test]
    fn everything_that_is_known_is_compared_and_a_single_difference_shows() {
        let object = Object { sha256: Some(Sha256Digest([1; 32])), crc64nvme: Some(7), ..Object::default() };
        let all = Known { published: Some(Sha256Digest([1; 32])), ..known(object) };
        let checks = all.compare(found(), None);
        assert_eq!(checks.len(), 3);
        assert!(checks.iter().all(|check| check.equal) && all.gaps(&checks).is_empty());
        let lying = Known { proof: Some(Sha256Digest([2; 32])), ..all };
        let differing =
            |known: &Known| known.compare(found(), None).iter().filter(|check| !check.equal).count();
        assert_eq!(differing(&lying), 1);
    }

    #[test]
    fn an_etag_is_compared_only_where_it_is_an_md5_and_nothing_better_is_known() {
        let etag = |etag: &str| known(Object { etag: Some(etag.to_owned()), ..Object::default() });
        assert!(etag(MD5).needs_md5() && etag(&MD5.to_uppercase()).needs_md5());
        assert!(!etag("25f9e794323b453885f5181f1b624d0b-3").needs_md5() && !etag("").needs_md5());
        let opaque = known(Object { is_etag_opaque: true, ..etag(MD5).object });
        assert!(!opaque.needs_md5() && opaque.compare(found(), Some(MD5)).is_empty());
        assert!(!known(Object { crc64nvme: Some(1), ..etag(MD5).object }).needs_md5());
        assert!(etag(&MD5.to_uppercase()).compare(found(), Some(MD5))[0].equal);
    }

    #[test]
    fn where_nothing_could_be_compared_that_is_said() {
        let nothing = known(Object { checksum_malformed: true, ..Object::default() });
        assert_eq!(nothing.gaps(&nothing.compare(found(), None)), [Gap::NotChecked, Gap::MalformedCrc64nvme]);
    }
}
