//! The records of the store, as they lie in redb (as JSON): times in milliseconds since 1970, sizes in bytes.

use std::collections::HashMap;

use s3s::dto::{
    BucketLifecycleConfiguration, PublicAccessBlockConfiguration, ServerSideEncryptionConfiguration, Tag,
};
use serde::{Deserialize, Serialize};

use super::super::checksum::{Algorithm, Checksum, Kind};

/// A bucket and all its settings.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Bucket {
    pub(crate) region: String,
    pub(crate) created: u64,
    pub(crate) versioning: Versioning,
    pub(crate) lifecycle: Option<BucketLifecycleConfiguration>,
    /// The header `x-amz-transition-default-minimum-object-size` that came with the lifecycle.
    pub(crate) transition_minimum: Option<String>,
    pub(crate) public_access: Option<PublicAccessBlockConfiguration>,
    pub(crate) encryption: ServerSideEncryptionConfiguration,
    pub(crate) tags: Option<Vec<Tag>>,
}

/// Whether a bucket keeps what is overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Versioning {
    Never,
    Enabled,
    Suspended,
}

/// One version of a key; a delete marker where there is no object.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Version {
    /// `null` for what was written without versioning.
    pub(crate) id: String,
    pub(crate) modified: u64,
    pub(crate) object: Option<Object>,
    /// The copy that can be read of what lies in an archive class, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) restored: Option<Restored>,
}

/// A restore: from `ready` until `until` there is a copy that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Restored {
    pub(crate) ready: u64,
    pub(crate) until: u64,
}

impl Version {
    /// Whether it lies in a class that cannot be read as it lies.
    pub(crate) fn is_archived(&self) -> bool {
        let class = self.object.as_ref().and_then(|object| object.attributes.storage_class.as_deref());
        matches!(class, Some("GLACIER" | "DEEP_ARCHIVE"))
    }

    /// The restore that counts at `now`; one whose copy is over does not.
    pub(crate) fn restored_at(&self, now: u64) -> Option<Restored> {
        self.restored.filter(|restored| now < restored.until && self.is_archived())
    }

    /// Whether its bytes can be had at `now`.
    pub(crate) fn is_readable_at(&self, now: u64) -> bool {
        !self.is_archived() || self.restored_at(now).is_some_and(|restored| restored.ready <= now)
    }
}

/// What is known of an object.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Object {
    pub(crate) size: u64,
    /// Without quotes.
    pub(crate) etag: String,
    /// Where its bytes are; an empty object has none.
    pub(crate) content: Option<u64>,
    pub(crate) checksum: Checksum,
    /// How many parts a multipart upload made it of.
    pub(crate) parts: Option<u32>,
    pub(crate) attributes: Attributes,
}

/// What the client says of an object and gets back unchanged.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Attributes {
    pub(crate) cache_control: Option<String>,
    pub(crate) content_disposition: Option<String>,
    pub(crate) content_encoding: Option<String>,
    pub(crate) content_language: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) expires: Option<s3s::dto::Timestamp>,
    pub(crate) metadata: HashMap<String, String>,
    /// `None` is STANDARD.
    pub(crate) storage_class: Option<String>,
    pub(crate) website_redirect_location: Option<String>,
    pub(crate) tags: Vec<Tag>,
}

/// Bytes of an object, as the body files that follow one another. Copies share one content.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Content {
    pub(crate) owners: u32,
    pub(crate) pieces: Vec<Piece>,
}

/// A body file and its size.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Piece {
    pub(crate) blob: String,
    pub(crate) size: u64,
}

/// A multipart upload that is not finished.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Upload {
    pub(crate) initiated: u64,
    /// `None` where the client named none: then CRC64NVME of the whole, which no part needs to carry.
    pub(crate) algorithm: Option<Algorithm>,
    pub(crate) kind: Kind,
    pub(crate) attributes: Attributes,
}

impl Upload {
    /// The algorithm that its parts and its object are shown with.
    pub(crate) fn shown(&self) -> Algorithm {
        self.algorithm.unwrap_or(Algorithm::Crc64Nvme)
    }
}

/// An uploaded part.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Part {
    /// An empty part has none.
    pub(crate) blob: Option<String>,
    pub(crate) size: u64,
    pub(crate) modified: u64,
    /// Hexadecimal, which is its ETag.
    pub(crate) md5: String,
    /// CRC64NVME, and the upload's algorithm where that is another.
    pub(crate) checksums: Vec<Checksum>,
}

impl Part {
    /// The value of `algorithm`.
    pub(crate) fn checksum(&self, algorithm: Algorithm) -> Option<&Checksum> {
        self.checksums.iter().find(|checksum| checksum.algorithm == algorithm)
    }
}
