//! What passes from leg to leg: pieces as they come from the source, and the parts that are made of them.

use std::ops::Range;

use bytes::Bytes;
use tokio::sync::mpsc;

use super::budget::Memory;
use super::digest::SavedDigests;
use super::parts::Cut;

/// Bytes of one part as they came from the source, in order; never of two parts.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) bytes: Bytes,
    /// The memory of the whole part; comes with its first piece.
    pub(super) memory: Option<Memory>,
}

/// A stretch of an archive that comes over one connection.
#[derive(Debug)]
pub(super) struct Run {
    /// Where its first byte lies in the archive.
    pub(super) start: u64,
    /// Its pieces, in order; it ends early where the connection was given up.
    pub(super) pieces: mpsc::UnboundedReceiver<Piece>,
}

/// Where the bytes of a part are.
#[derive(Debug)]
pub(super) enum Content {
    /// Here, as they came.
    Held(Vec<Bytes>, Option<Memory>),
    /// In the file: memory was needed for something else.
    InFile,
}

/// A part that went through the digests, ready to be sent.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) cut: Cut,
    /// The CRC64NVME of its bytes.
    pub(super) crc64nvme: u64,
    /// The running digests at its last byte.
    pub(super) digests: SavedDigests,
    pub(super) content: Content,
}

impl Part {
    /// Whether its bytes are in memory.
    pub(super) const fn is_held(&self) -> bool {
        matches!(self.content, Content::Held(..))
    }
}

/// Bytes of a range.
pub(super) const fn length(range: &Range<u64>) -> u64 {
    range.end.saturating_sub(range.start)
}
