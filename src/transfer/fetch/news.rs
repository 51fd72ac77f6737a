//! What happens while objects are fetched.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::Fetched;
use crate::error::Error;

/// Something that happened to one object.
#[derive(Debug, Clone)]
pub struct News {
    /// Which of the items, from 0.
    pub item: usize,
    /// What happened.
    pub what: What,
}

/// What can happen to an object.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum What {
    /// Bytes begin to come.
    Started {
        /// Bytes of the object.
        size: u64,
        /// Bytes that an earlier run brought and that are gone on with.
        from: u64,
    },
    /// A request failed and is sent again.
    Retrying {
        /// Which try failed, from 1.
        attempt: u32,
        /// How long until the next one.
        wait: Duration,
        /// Why it failed.
        why: Arc<Error>,
    },
    /// What came so far is of no use: the object is fetched from its first byte again.
    Restarted {
        /// Why.
        why: Arc<Error>,
    },
    /// It is in its place, and is what it was compared with.
    Fetched(Arc<Fetched>),
    /// Nothing had to be done.
    Skipped(Skip),
    /// Stopped; the next run goes on with it.
    Interrupted,
    /// It failed for good.
    Failed {
        /// Why.
        why: Arc<Error>,
    },
}

/// Why an object was not fetched, where that is no failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Skip {
    /// The file is there, with the same size and digest.
    Here,
    /// The key ends in "/": it makes a folder visible and holds nothing.
    Folder,
}
