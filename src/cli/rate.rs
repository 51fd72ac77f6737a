//! Rates and the time that is left, from samples over time. Pure: whoever samples gives the time.

use std::collections::VecDeque;
use std::time::Duration;

use crate::say;
use crate::transfer::Snapshot;

/// Over how long a rate is measured: long enough not to jump.
const WINDOW: Duration = Duration::from_secs(20);

/// What moved lately.
#[derive(Debug, Default)]
pub(super) struct Rate {
    samples: VecDeque<Sample>,
}

#[derive(Debug, Clone, Copy)]
struct Sample {
    at: Duration,
    down: u64,
    up: u64,
    done: u64,
}

impl Rate {
    /// Takes what the counters say `at` (since the beginning).
    pub(super) fn take(&mut self, at: Duration, now: &Snapshot) {
        self.samples.push_back(Sample { at, down: now.moved_down, up: now.moved_up, done: now.done() });
        while self.samples.front().is_some_and(|oldest| at.saturating_sub(oldest.at) > WINDOW)
            && self.samples.len() > 2
        {
            self.samples.pop_front();
        }
    }

    /// Bytes/s from the mirror.
    pub(super) fn down(&self) -> u64 {
        self.per_second(|sample| sample.down)
    }

    /// Bytes/s to the bucket.
    pub(super) fn up(&self) -> u64 {
        self.per_second(|sample| sample.up)
    }

    /// How long the rest takes at the rate of late; `None` while that is not known.
    pub(super) fn left(&self, now: &Snapshot) -> Option<Duration> {
        let rate = self.per_second(|sample| sample.done);
        (rate > 0).then(|| Duration::from_secs(now.total().saturating_sub(now.done()).div_ceil(rate)))
    }

    fn per_second(&self, of: fn(&Sample) -> u64) -> u64 {
        let (Some(first), Some(last)) = (self.samples.front(), self.samples.back()) else { return 0 };
        let millis = u64::try_from(last.at.saturating_sub(first.at).as_millis()).unwrap_or(u64::MAX);
        // A restart takes bytes back: then there is no progress to speak of.
        let moved = of(last).saturating_sub(of(first));
        moved.saturating_mul(1000).checked_div(millis).unwrap_or(0)
    }
}

/// A span of time for people: "4 s", "5 min 34 s", "2 h 3 min".
pub(super) fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => say!("cli-seconds", s = seconds.to_string()),
        60..3600 => say!("cli-minutes", m = (seconds / 60).to_string(), s = (seconds % 60).to_string()),
        _ => say!("cli-hours", h = (seconds / 3600).to_string(), m = (seconds % 3600 / 60).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transfer::{Sample as Archive, Status};

    fn moved(down: u64) -> Snapshot {
        let archive = Archive {
            status: Status::Running,
            size: 1000,
            down: 1000,
            downloaded: down,
            ..Archive::default()
        };
        Snapshot { archives: vec![archive], moved_down: down, moved_up: 0 }
    }

    #[test]
    fn nothing_is_said_before_it_is_known() {
        let mut rate = Rate::default();
        rate.take(Duration::ZERO, &moved(0));
        assert_eq!((rate.down(), rate.left(&moved(0))), (0, None));
    }

    #[test]
    fn the_rate_is_that_of_late() {
        let mut rate = Rate::default();
        for second in 0..100 {
            let bytes = if second < 50 { second * 2 } else { 100 + (second - 50) * 10 };
            rate.take(Duration::from_secs(second), &moved(bytes));
        }
        assert_eq!(rate.down(), 10);
        assert_eq!(rate.left(&moved(590)), Some(Duration::from_secs(41)));
    }

    #[test]
    fn a_restart_gives_no_negative_rate() {
        let mut rate = Rate::default();
        rate.take(Duration::ZERO, &moved(500));
        rate.take(Duration::from_secs(1), &moved(0));
        assert_eq!(rate.down(), 0);
    }
}
