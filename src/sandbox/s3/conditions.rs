//! If-Match and If-None-Match, on writes and on reads.

use s3s::dto::{ETag, ETagCondition, Timestamp};
use s3s::{S3Result, s3_error};

use super::store::Object;
use super::timestamp;

/// What must hold of a key before it is written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    pub(crate) if_match: Option<ETagCondition>,
    pub(crate) if_none_match: Option<ETagCondition>,
}

impl Conditions {
    /// Holds them against the object that is at the key now.
    pub(crate) fn allow_write(&self, current: Option<&Object>) -> S3Result<()> {
        match (&self.if_none_match, current) {
            (Some(ETagCondition::Any), Some(_)) => return Err(failed("If-None-Match")),
            (Some(ETagCondition::ETag(_)), _) => return Err(only_a_star()),
            _ => {}
        }
        match (&self.if_match, current) {
            (Some(_), None) => Err(s3_error!(NoSuchKey, "The specified key does not exist.")),
            (Some(wanted), Some(object)) if !names(wanted, object) => Err(failed("If-Match")),
            _ => Ok(()),
        }
    }
}

/// What must hold of an object before it is read.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_field_names, reason = "the names of the headers")]
pub(crate) struct ReadConditions {
    pub(crate) if_match: Option<ETagCondition>,
    pub(crate) if_none_match: Option<ETagCondition>,
    pub(crate) if_modified_since: Option<Timestamp>,
    pub(crate) if_unmodified_since: Option<Timestamp>,
}

impl ReadConditions {
    /// Holds them against `object`, last written at `modified` (milliseconds since 1970), in the order of RFC 9110.
    pub(crate) fn allow_read(&self, object: &Object, modified: u64) -> S3Result<()> {
        // HTTP dates know whole seconds only.
        let modified = timestamp(modified / 1000 * 1000);
        match (&self.if_match, &self.if_unmodified_since) {
            (Some(wanted), _) if !names(wanted, object) => return Err(failed("If-Match")),
            (None, Some(since)) if modified > *since => return Err(failed("If-Unmodified-Since")),
            _ => {}
        }
        match (&self.if_none_match, &self.if_modified_since) {
            (Some(unwanted), _) if names(unwanted, object) => Err(s3_error!(NotModified, "Not Modified")),
            (None, Some(since)) if modified <= *since => Err(s3_error!(NotModified, "Not Modified")),
            _ => Ok(()),
        }
    }

    /// The same for the source of a copy, where every miss is a failed precondition.
    pub(crate) fn allow_copy(&self, object: &Object, modified: u64) -> S3Result<()> {
        self.allow_read(object, modified).map_err(|_| failed("x-amz-copy-source-if"))
    }
}

fn names(condition: &ETagCondition, object: &Object) -> bool {
    match condition {
        ETagCondition::Any => true,
        ETagCondition::ETag(ETag::Strong(value) | ETag::Weak(value)) => *value == object.etag,
    }
}

fn failed(condition: &str) -> s3s::S3Error {
    s3_error!(
        PreconditionFailed,
        "At least one of the pre-conditions you specified did not hold ({condition})"
    )
}

fn only_a_star() -> s3s::S3Error {
    s3_error!(
        NotImplemented,
        "A header you provided implies functionality that is not implemented: If-None-Match other than *"
    )
}
