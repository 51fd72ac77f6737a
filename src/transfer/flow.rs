//! How many parts in flight are best, found while they move: more as long as that makes it faster, fewer when the far end asks for it.
//!
//! Pure: time is given, nothing is sent. What enforces the number is the business of `gate`.

use std::time::Duration;

/// Parts in flight to begin with.
const FIRST: usize = 4;
/// The shortest time over which a rate is believed.
const EPOCH: Duration = Duration::from_millis(800);
/// What more parts must gain to be worth it, in percent.
const GAIN: u64 = 10;
/// For how many epochs a number that was found good is kept before more is tried again.
const REST: u32 = 24;
/// For how long nothing more is tried after the far end asked for less.
const PENANCE: Duration = Duration::from_secs(30);
/// Requests that were in flight together are told to slow down together: they count once.
const AT_ONCE: Duration = Duration::from_secs(2);

/// What was tried last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trial {
    /// The number was raised from `before`, at which the rate was `rate` bytes/s.
    More { before: usize, rate: u64 },
    /// Nothing for so many epochs.
    Rest(u32),
}

/// The search for the best number of parts in flight.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    limit: usize,
    most: usize,
    trial: Trial,
    began: Duration,
    bytes: u64,
    parts: usize,
    was_full: bool,
    calm_until: Duration,
    throttled_at: Option<Duration>,
}

impl Flow {
    /// Begins with a few, and never goes over `most`.
    pub(super) fn new(most: usize) -> Self {
        Self {
            limit: FIRST.min(most).max(1),
            most: most.max(1),
            trial: Trial::Rest(0),
            began: Duration::ZERO,
            bytes: 0,
            parts: 0,
            was_full: false,
            calm_until: Duration::ZERO,
            throttled_at: None,
        }
    }

    /// Parts that may be in flight now.
    pub(super) const fn limit(&self) -> usize {
        self.limit
    }

    /// A part had to wait: the number, not the source, is what limits.
    pub(super) const fn waited(&mut self) {
        self.was_full = true;
    }

    /// A part of `bytes` was acknowledged at `now`.
    pub(super) fn acknowledged(&mut self, now: Duration, bytes: u64) {
        if self.parts == 0 {
            self.began = self.began.max(now.saturating_sub(EPOCH));
        }
        self.bytes += bytes;
        self.parts += 1;
        let span = now.saturating_sub(self.began);
        if self.parts < 2 * self.limit || span < EPOCH {
            return;
        }
        let rate = self.bytes * 1000 / u64::try_from(span.as_millis()).unwrap_or(u64::MAX).max(1);
        if self.was_full {
            self.judge(now, rate);
        }
        (self.began, self.bytes, self.parts, self.was_full) = (now, 0, 0, false);
    }

    /// The far end asked for less at `now`.
    pub(super) fn throttled(&mut self, now: Duration) {
        let together = self.throttled_at.is_some_and(|then| now.saturating_sub(then) < AT_ONCE);
        if !together {
            self.throttled_at = Some(now);
            self.limit = (self.limit / 2).max(1);
            self.trial = Trial::Rest(0);
        }
        self.calm_until = now + PENANCE;
    }

    fn judge(&mut self, now: Duration, rate: u64) {
        match self.trial {
            Trial::More { before, rate: then } if rate * 100 < then * (100 + GAIN) => {
                self.limit = before;
                self.trial = Trial::Rest(REST);
            }
            Trial::Rest(left) if left > 0 => self.trial = Trial::Rest(left - 1),
            _ if now >= self.calm_until && self.limit < self.most => {
                self.trial = Trial::More { before: self.limit, rate };
                self.limit = (self.limit + self.limit.div_ceil(2)).min(self.most);
            }
            _ => self.trial = Trial::Rest(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PART: u64 = 8 << 20;

    /// Plays `seconds` in which `rate(limit)` bytes/s arrive; gives the number at the end.
    fn play(flow: &mut Flow, from: u64, seconds: u64, rate: impl Fn(usize) -> u64) {
        let (mut now, end) = (Duration::from_secs(from), Duration::from_secs(from + seconds));
        while now < end {
            now += Duration::from_secs(1)
                .mul_f64(8_388_608.0 / f64::from(u32::try_from(rate(flow.limit())).unwrap()));
            flow.waited();
            flow.acknowledged(now, PART);
        }
    }

    #[test]
    fn it_grows_while_each_part_brings_its_own_rate() {
        let mut flow = Flow::new(16);
        play(&mut flow, 0, 60, |limit| limit as u64 * 10_000_000);
        assert_eq!(flow.limit(), 16);
    }

    #[test]
    fn it_stays_where_more_brings_nothing() {
        let mut flow = Flow::new(64);
        play(&mut flow, 0, 60, |limit| 10_000_000 * limit.min(9) as u64);
        assert!((9..=14).contains(&flow.limit()), "{}", flow.limit());
    }

    #[test]
    fn a_line_that_is_full_keeps_the_first_number_most_of_the_time() {
        let mut flow = Flow::new(64);
        let mut more = 0;
        for second in 0..120 {
            play(&mut flow, second, 1, |_limit| 50_000_000);
            more += usize::from(flow.limit() > FIRST);
        }
        assert!(more < 30, "{more} of 120 s with more than needed");
    }

    #[test]
    fn slow_down_halves_once_for_requests_that_flew_together_and_nothing_is_tried_for_a_while() {
        let mut flow = Flow::new(16);
        play(&mut flow, 0, 60, |limit| limit as u64 * 10_000_000);
        for millis in [0, 100, 900] {
            flow.throttled(Duration::from_millis(60_000 + millis));
        }
        assert_eq!(flow.limit(), 8);
        play(&mut flow, 61, 20, |limit| limit as u64 * 10_000_000);
        assert_eq!(flow.limit(), 8);
        play(&mut flow, 81, 60, |limit| limit as u64 * 10_000_000);
        assert_eq!(flow.limit(), 16);
    }

    #[test]
    fn a_source_that_is_slower_than_the_bucket_changes_nothing() {
        let mut flow = Flow::new(16);
        for second in 1..100 {
            flow.acknowledged(Duration::from_secs(second), PART);
        }
        assert_eq!(flow.limit(), FIRST);
    }

    proptest! {
        #[test]
        fn it_is_always_between_one_and_the_most(
            most in 1usize..40, steps in prop::collection::vec((0u64..3000, 0u64..(1 << 24), 0u8..8), 1..300),
        ) {
            let mut flow = Flow::new(most);
            let mut now = Duration::ZERO;
            for (millis, bytes, what) in steps {
                now += Duration::from_millis(millis);
                match what {
                    0 => flow.throttled(now),
                    1 => flow.waited(),
                    _ => flow.acknowledged(now, bytes),
                }
                prop_assert!((1..=most).contains(&flow.limit()));
            }
        }
    }
}
