//! How long to wait before a request is sent again, and when to give up.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

use crate::error::{Error, Kind};

/// The first wait.
const FIRST: Duration = Duration::from_millis(250);
/// No wait is longer, but for one that the far end asked for.
const LONGEST: Duration = Duration::from_secs(20);
/// Tries in a row without a byte of progress.
const TRIES: usize = 8;

/// Counts the tries of one thing.
#[derive(Debug)]
pub(super) struct Tries {
    waits: ExponentialBackoff,
    failed: u32,
}

impl Tries {
    /// Fresh.
    pub(super) fn new() -> Self {
        Self { waits: waits(), failed: 0 }
    }

    /// Something moved: the next failure is a first one.
    pub(super) fn reset(&mut self) {
        if self.failed > 0 {
            *self = Self::new();
        }
    }

    /// How many failed so far.
    pub(super) const fn failed(&self) -> u32 {
        self.failed
    }

    /// How long to wait after `error`; `None` where trying again is not worth it (any more).
    pub(super) fn next(&mut self, error: &Error) -> Option<Duration> {
        self.failed += 1;
        let wait = self.waits.next()?;
        match error.kind() {
            Kind::Transient => Some(wait),
            Kind::Throttled => Some((wait * 2).max(error.wait().unwrap_or_default())),
            // A part that arrived damaged is sent again; twice is not an accident any more.
            Kind::Integrity if self.failed <= 3 => Some(wait),
            _ => None,
        }
    }
}

fn waits() -> ExponentialBackoff {
    ExponentialBuilder::default()
        .with_min_delay(FIRST)
        .with_max_delay(LONGEST)
        .with_factor(2.0)
        .with_max_times(TRIES)
        .with_jitter()
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transient_error_is_tried_again_a_bounded_number_of_times_with_growing_waits() {
        let mut tries = Tries::new();
        let error = Error::new(Kind::Transient, "reset");
        let waits: Vec<_> = std::iter::from_fn(|| tries.next(&error)).collect();
        assert_eq!(waits.len(), TRIES);
        assert!(waits[0] < Duration::from_secs(1));
        assert!(waits.iter().all(|wait| *wait <= LONGEST * 2));
    }

    #[test]
    fn what_would_fail_again_is_not_tried_again() {
        assert_eq!(Tries::new().next(&Error::new(Kind::Permission, "denied")), None);
    }

    #[test]
    fn the_far_ends_own_wait_is_kept() {
        let error = Error::new(Kind::Throttled, "slow down").after(Duration::from_secs(9));
        assert!(Tries::new().next(&error).unwrap() >= Duration::from_secs(9));
    }

    #[test]
    fn progress_makes_the_next_failure_a_first_one() {
        let mut tries = Tries::new();
        let error = Error::new(Kind::Transient, "reset");
        for _ in 0..5 {
            tries.next(&error);
        }
        tries.reset();
        assert_eq!(tries.failed(), 0);
    }
}
