//! The lane of facts: what happened to an archive, in order, none lost. Bytes are not facts; they are sampled from `progress`.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::Proof;
use crate::catalog::Archive;
use crate::error::Error;

/// One of the two ways that bytes take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leg {
    /// From the mirror to here.
    Download,
    /// From here to the bucket.
    Upload,
}

/// Something that happened to one archive of the plan.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Which line of the plan.
    pub line: usize,
    /// What happened.
    pub what: What,
}

/// What can happen to an archive.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum What {
    /// Work began; both counts are bytes that are there already and need not be moved.
    Started {
        /// Bytes on the disk.
        down_from: u64,
        /// Bytes that S3 has.
        up_from: u64,
    },
    /// A request failed and will be sent again.
    Retrying {
        /// On which leg.
        leg: Leg,
        /// Which try failed, from 1.
        attempt: u32,
        /// How long until the next one.
        wait: Duration,
        /// Why it failed.
        why: Arc<Error>,
    },
    /// What was moved so far is of no use: the archive starts again from nothing.
    Restarted {
        /// Why.
        why: Arc<Error>,
    },
    /// Its dump was gone: from now on it is the archive of another one.
    Repinned {
        /// What it is now.
        archive: Arc<Archive>,
        /// Where it goes in the bucket.
        key: String,
    },
    /// All bytes are on the disk.
    Downloaded,
    /// The computed SHA-256 is the published one.
    Verified,
    /// S3 has acknowledged every part.
    Uploaded,
    /// The archive is where it should be and was checked.
    Proven(Arc<Proof>),
    /// Nothing had to be done.
    Skipped,
    /// It waits until somebody does something about the error, then goes on when it is resumed.
    Waiting {
        /// What is in the way.
        why: Arc<Error>,
    },
    /// The user paused it.
    Paused,
    /// It goes on.
    Resumed,
    /// The user cancelled it; nothing of it is left behind.
    Cancelled,
    /// Stopped on the way out; it can be resumed.
    Interrupted,
    /// It failed for good.
    Failed {
        /// Why.
        why: Arc<Error>,
    },
}
