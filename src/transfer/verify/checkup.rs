//! What can be said of one object: which values were compared with which, what could not be, and what that comes to.

use serde::Serialize;

use crate::catalog::DatasetId;
use crate::say;

/// What a look at one object came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is what was published.
    Verified,
    /// It is not: at least one comparison differs, or it is gone.
    Wrong,
    /// Nothing differs, but too little could be compared.
    CannotTell,
    /// brainzlift did not put it there.
    Unknown,
}

/// A value that was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Bytes, as S3 says.
    Size,
    /// The SHA-256 in the object's metadata.
    Recorded,
    /// The SHA-256 of the bytes that were read back.
    Sha256,
    /// The CRC64NVME that S3 keeps.
    Crc64nvme,
    /// The CRC64NVME of the bytes that were read back.
    Crc64nvmeRead,
    /// The MD5 of the bytes, which the ETag of a plain object is.
    Md5,
}

impl Value {
    /// Its name for people.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Size => say!("verify-size"),
            Self::Recorded => say!("verify-recorded"),
            Self::Sha256 => "SHA-256".to_owned(),
            Self::Crc64nvme => "CRC64NVME".to_owned(),
            Self::Crc64nvmeRead => say!("verify-crc-read"),
            Self::Md5 => "MD5".to_owned(),
        }
    }
}

/// With what it was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// What upstream publishes now.
    Published,
    /// The proof on this machine, of when it was put there.
    Proof,
    /// The object's own metadata.
    Metadata,
    /// What S3 keeps.
    Store,
}

impl Against {
    /// Its name for people.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Published => say!("verify-published"),
            Self::Proof => say!("verify-proof"),
            Self::Metadata => say!("verify-metadata"),
            Self::Store => say!("verify-store"),
        }
    }
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was compared.
    pub what: Value,
    /// With what.
    pub against: Against,
    /// Whether both are the same.
    pub equal: bool,
    /// What was found: a number of bytes, or hex.
    pub found: String,
    /// What should have been found.
    pub expected: String,
}

impl Check {
    pub(in crate::transfer) fn new(
        what: Value,
        against: Against,
        found: &impl ToString,
        expected: &impl ToString,
    ) -> Self {
        let (found, expected) = (found.to_string(), expected.to_string());
        Self { what, against, equal: found == expected, found, expected }
    }
}

/// Something that could not be compared, or stood in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// Its dump is gone from the mirror.
    NoLongerPublished,
    /// The mirror could not be asked, or its answer makes no sense.
    NotAsked,
    /// This machine has no proof of it.
    NoProof,
    /// The store gives no CRC64NVME.
    NoCrc64nvme,
    /// The store gives something as CRC64NVME that is none.
    MalformedCrc64nvme,
    /// The metadata that brainzlift wrote is gone from it.
    NoMetadata,
    /// It has no metadata of brainzlift's, and nothing here knows of it.
    NotOurs,
    /// It was put there, and is there no more.
    Missing,
    /// It was never there, as far as is known here.
    NeverThere,
    /// Its class has to be restored before it can be read.
    Archived,
    /// It was replaced while it was read.
    Replaced,
    /// It could not be read.
    Unreadable,
}

impl Gap {
    /// In words, in the user's language.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::NoLongerPublished => say!("verify-no-longer-published"),
            Self::NotAsked => say!("verify-not-asked"),
            Self::NoProof => say!("verify-no-proof"),
            Self::NoCrc64nvme => say!("verify-no-crc"),
            Self::MalformedCrc64nvme => say!("verify-malformed-crc"),
            Self::NoMetadata => say!("verify-no-metadata"),
            Self::NotOurs => say!("verify-not-ours"),
            Self::Missing => say!("verify-missing"),
            Self::NeverThere => say!("verify-never-there"),
            Self::Archived => say!("verify-archived"),
            Self::Replaced => say!("verify-replaced"),
            Self::Unreadable => say!("verify-unreadable"),
        }
    }
}

/// All there is to say of one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checkup {
    /// Its key; a dataset that was named and never lifted has none.
    pub key: Option<String>,
    /// Its dataset, where that is known.
    pub dataset: Option<DatasetId>,
    /// Its dump, where that is known.
    pub dump: Option<String>,
    /// Bytes.
    pub size: u64,
    /// S3's name of its class.
    pub class: Option<String>,
    /// What it came to.
    pub outcome: Outcome,
    /// Whether it was read back.
    pub read: bool,
    /// What was compared.
    pub checks: Vec<Check>,
    /// What was not, and why.
    pub gaps: Vec<Gap>,
    /// What went wrong while it was read.
    pub error: Option<String>,
}
