//! How long to wait before a request is sent again, and when to give up.
//!
//! An answer that was bad is asked for again a few times. A far end that gives no answer at all is waited for: networks come back.

use std::time::{Duration, Instant};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

use super::Leg;
use super::job::Job;
use crate::error::{Error, Kind, Result};
use crate::say;

/// The first wait.
const FIRST: Duration = Duration::from_millis(250);
/// No wait is longer, but for one that the far end asked for.
const LONGEST: Duration = Duration::from_secs(20);
/// Tries in a row without a byte of progress.
const TRIES: usize = 8;

/// The longest wait for a far end that does not answer: it is noticed soon when it is back.
const LONGEST_OFFLINE: Duration = Duration::from_secs(10);
/// A whole answer that is no stream of bytes (S3 puts a large object together) may take this many stalls.
const SLOW_ANSWER: u32 = 20;

/// Counts the tries of one thing.
#[derive(Debug)]
pub(super) struct Tries {
    waits: ExponentialBackoff,
    failed: u32,
    /// How long nothing may answer.
    outage: Duration,
    offline_since: Option<Instant>,
}

impl Tries {
    /// Fresh; a far end that does not answer is waited for as long as `outage`.
    pub(super) fn new(outage: Duration) -> Self {
        Self { waits: waits(), failed: 0, outage, offline_since: None }
    }

    /// Something moved: the next failure is a first one.
    pub(super) fn reset(&mut self) {
        if self.failed > 0 {
            *self = Self::new(self.outage);
        }
    }

    /// How many failed so far.
    pub(super) const fn failed(&self) -> u32 {
        self.failed
    }

    /// How long to wait after `error`; `None` where trying again is not worth it (any more).
    pub(super) fn next(&mut self, error: &Error) -> Option<Duration> {
        self.failed += 1;
        if error.kind() == Kind::Offline {
            return self.wait_for_the_network(Instant::now());
        }
        self.offline_since = None;
        let wait = self.waits.next()?;
        match error.kind() {
            Kind::Transient => Some(wait),
            Kind::Throttled => Some((wait * 2).max(error.wait().unwrap_or_default())),
            // A part that arrived damaged is sent again; twice is not an accident any more.
            Kind::Integrity if self.failed <= 3 => Some(wait),
            _ => None,
        }
    }

    fn wait_for_the_network(&mut self, now: Instant) -> Option<Duration> {
        let since = *self.offline_since.get_or_insert(now);
        let wait = FIRST * self.failed.min(64);
        (now.duration_since(since) < self.outage).then_some(wait.min(LONGEST_OFFLINE))
    }
}

impl Job {
    /// Calls a far end until it succeeds or trying again is not worth it; each call has a limit of time.
    pub(super) async fn persist<T, F: Future<Output = Result<T>>>(
        &self,
        leg: Leg,
        call: impl Fn() -> F,
    ) -> Result<T> {
        let patience = self.options.stall * SLOW_ANSWER;
        self.persist_unlimited(leg, || async {
            let answer = tokio::time::timeout(patience, call()).await;
            answer.unwrap_or_else(|_elapsed| Err(self.silent(patience)))
        })
        .await
    }

    /// As [`Self::persist`], for calls that find out themselves when they stand still.
    pub(super) async fn persist_unlimited<T, F: Future<Output = Result<T>>>(
        &self,
        leg: Leg,
        call: impl Fn() -> F,
    ) -> Result<T> {
        let mut tries = Tries::new(self.options.outage);
        loop {
            // Requests of the SDK are large: on the heap, they do not make the futures of all who wait for them large too.
            let error = match Box::pin(call()).await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            match tries.next(&error) {
                Some(wait) => self.wait(leg, tries.failed(), wait, error).await,
                None => return Err(error.or_hint(|| say!("transfer-cannot-upload-hint"))),
            }
        }
    }

    /// S3 has said nothing for `silence`.
    pub(super) fn silent(&self, silence: Duration) -> Error {
        Error::new(Kind::Transient, say!("transfer-cannot-upload", archive = self.archive.name.clone()))
            .because(say!("transfer-stalled", seconds = silence.as_secs()))
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
        let mut tries = Tries::new(Duration::from_mins(1));
        let error = Error::new(Kind::Transient, "reset");
        let waits: Vec<_> = std::iter::from_fn(|| tries.next(&error)).collect();
        assert_eq!(waits.len(), TRIES);
        assert!(waits[0] < Duration::from_secs(1));
        assert!(waits.iter().all(|wait| *wait <= LONGEST * 2));
    }

    #[test]
    fn what_would_fail_again_is_not_tried_again() {
        assert_eq!(Tries::new(Duration::from_mins(1)).next(&Error::new(Kind::Permission, "denied")), None);
    }

    #[test]
    fn the_far_ends_own_wait_is_kept() {
        let error = Error::new(Kind::Throttled, "slow down").after(Duration::from_secs(9));
        assert!(Tries::new(Duration::from_mins(1)).next(&error).unwrap() >= Duration::from_secs(9));
    }

    #[test]
    fn a_far_end_that_does_not_answer_is_waited_for_but_not_for_ever() {
        let mut tries = Tries::new(Duration::from_mins(1));
        let error = Error::new(Kind::Offline, "nobody");
        for _ in 0..200 {
            assert!(tries.next(&error).unwrap() <= LONGEST_OFFLINE);
        }
        let later = Instant::now() + Duration::from_secs(61);
        assert_eq!(tries.wait_for_the_network(later), None);
        assert!(tries.next(&Error::new(Kind::Transient, "reset")).is_some(), "it answers again, if badly");
    }

    #[test]
    fn progress_makes_the_next_failure_a_first_one() {
        let mut tries = Tries::new(Duration::from_mins(1));
        let error = Error::new(Kind::Transient, "reset");
        for _ in 0..5 {
            tries.next(&error);
        }
        tries.reset();
        assert_eq!(tries.failed(), 0);
    }
}
