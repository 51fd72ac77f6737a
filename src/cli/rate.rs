//! Rates and the time that is left, as the commands tell them.

use std::time::Duration;

use crate::transfer::{Meter, Pace, Snapshot};
pub(super) use crate::words::span;

/// What moved lately, and how long the rest takes.
#[derive(Debug, Default)]
pub(super) struct Rate {
    down: Meter,
    up: Meter,
    pace: Pace,
}

impl Rate {
    /// Takes what the counters say `at` (since the beginning).
    pub(super) fn take(&mut self, at: Duration, now: &Snapshot) {
        self.down.feed(at, now.moved_down);
        self.up.feed(at, now.moved_up);
        self.pace.feed(at, now);
    }

    /// Bytes/s from the mirror; 0 while that is not known.
    pub(super) fn down(&self) -> u64 {
        self.down.rate().unwrap_or(0)
    }

    /// Bytes/s to the bucket; 0 while that is not known.
    pub(super) fn up(&self) -> u64 {
        self.up.rate().unwrap_or(0)
    }

    /// How long the rest takes; `None` while that is not known.
    pub(super) fn left(&self) -> Option<Duration> {
        self.pace.left()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_before_it_is_known() {
        let mut rate = Rate::default();
        rate.take(Duration::ZERO, &Snapshot::default());
        assert_eq!((rate.down(), rate.up(), rate.left()), (0, 0, None));
    }
}
