//! Which mode suits a plan, and why: kept files where the disk has room for them, no disk where it is known to have none.

use serde::Serialize;

use super::{Mode, Plan};
use crate::say;
use crate::words::size;

/// The most that is left free on a disk, bytes; on a small one it is [`SHARE`] of what is free.
const MARGIN: u64 = 1 << 30;
/// One part in so many of what is free is left free: 5 %.
const SHARE: u64 = 20;

/// The mode that suits a plan, with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// [`Mode::Keep`] or [`Mode::Stream`].
    pub mode: Mode,
    /// Bytes that files which stay would take on the disk.
    pub needed: u64,
    /// Bytes that are free there, where known.
    pub free: Option<u64>,
}

impl Suggestion {
    /// The reason for people, one sentence in their language.
    #[must_use]
    pub fn reason(&self) -> String {
        let needed = size(self.needed);
        match self.free.map(size) {
            Some(free) if self.mode == Mode::Stream => {
                say!("plan-suggest-stream", needed = needed, free = free)
            }
            Some(free) => say!("plan-suggest-keep", needed = needed, free = free),
            None => say!("plan-suggest-unknown", needed = needed),
        }
    }
}

impl Plan {
    /// The mode that suits it: stream where the disk is known to be too small for what would be kept, with 5 % of what is free or
    /// 1 GiB to spare, whichever is less; else keep. `None` where only one leg is wanted, so that there is nothing to choose.
    #[must_use]
    pub fn suggestion(&self) -> Option<Suggestion> {
        if !(self.mode.downloads() && self.mode.uploads()) {
            return None;
        }
        let needed = self.down();
        let is_tight = |free: u64| needed > 0 && needed > free - (free / SHARE).min(MARGIN);
        let mode = if self.free.is_some_and(is_tight) { Mode::Stream } else { Mode::Keep };
        Some(Suggestion { mode, needed, free: self.free })
    }

    /// The mode that suits it; its own where there is nothing to choose.
    #[must_use]
    pub fn suggested_mode(&self) -> Mode {
        self.suggestion().map_or(self.mode, |suggestion| suggestion.mode)
    }
}
