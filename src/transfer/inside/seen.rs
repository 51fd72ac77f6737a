//! What is seen inside an archive.

use std::sync::Arc;

use serde::Serialize;

use super::Packing;
use crate::error::Error;

/// Something that was seen, as it came.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Seen {
    /// What the object is.
    Opened {
        /// Bytes of the object.
        size: u64,
        /// How it is compressed.
        packing: Packing,
        /// Whether it holds members; one that does not is its own only member.
        is_tar: bool,
    },
    /// A member.
    Member(Member),
    /// A line of the member that was named last.
    Line {
        /// Its text, with nothing in it that moves a cursor or hides letters.
        text: String,
        /// Whether there is more of it than is shown.
        is_cut: bool,
    },
    /// The member that was named last is no text.
    Binary,
    /// It has ended well.
    Ended(Ended),
    /// It has failed; what was seen until then is right nevertheless.
    Failed {
        /// Why.
        why: Arc<Error>,
    },
}

/// One member of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// From 1, in the order of the archive.
    pub number: usize,
    /// Its path in the archive, shown harmlessly.
    pub name: String,
    /// Bytes of it, unpacked; `None` where that is only known at its end.
    pub size: Option<u64>,
    /// What it is.
    pub kind: Kind,
}

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link to another one.
    Link,
    /// A device or the like.
    Other,
}

/// How a look ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// Members that were named.
    pub members: usize,
    /// Bytes that were read from the store.
    pub read: u64,
    /// Bytes of the object.
    pub size: u64,
    /// Whether the whole archive was gone through.
    pub is_whole: bool,
    /// Whether it ended as more may not be read, before all that was wanted was seen.
    pub is_limited: bool,
}
