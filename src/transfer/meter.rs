//! How fast bytes move: a pure function of (time, bytes so far) samples. No clock is read here.

use std::collections::VecDeque;
use std::time::Duration;

/// Over how long a rate is taken: parts are acknowledged in lumps, and a shorter window would show the lumps.
const WINDOW: Duration = Duration::from_secs(6);
/// Frames come every 33 ms; keeping more than one sample in this time would gain nothing.
const GRAIN: Duration = Duration::from_millis(200);
/// Below this span a rate would be noise.
const SHORTEST: Duration = Duration::from_millis(600);
/// How many rates are kept for the sparkline, one each [`SLOT`].
const HISTORY: usize = 120;
/// How far two values of the sparkline are apart.
const SLOT: Duration = Duration::from_millis(500);

/// Measures one leg.
#[derive(Debug, Clone, Default)]
pub struct Meter {
    samples: VecDeque<(Duration, u64)>,
    history: VecDeque<u64>,
    next_slot: Duration,
}

impl Meter {
    /// Tells that `bytes` were moved in all at `now`; both must not go backwards (what does is ignored).
    pub fn feed(&mut self, now: Duration, bytes: u64) {
        match self.samples.back() {
            Some((then, had)) if now < *then || bytes < *had => return,
            Some((then, _)) if now.saturating_sub(*then) < GRAIN => {}
            _ => self.samples.push_back((now, bytes)),
        }
        while self.samples.get(1).is_some_and(|(second, _)| now.saturating_sub(*second) >= WINDOW) {
            self.samples.pop_front();
        }
        self.remember(now);
    }

    /// Bytes/s over the last seconds; `None` until enough was seen.
    #[must_use]
    pub fn rate(&self) -> Option<u64> {
        let (first, last) = (self.samples.front()?, self.samples.back()?);
        let span = last.0.checked_sub(first.0).filter(|span| *span >= SHORTEST)?;
        Some(per_second(last.1 - first.1, span))
    }

    /// Past rates in bytes/s, oldest first, two a second.
    #[must_use]
    pub fn history(&self) -> impl DoubleEndedIterator<Item = u64> + ExactSizeIterator + '_ {
        self.history.iter().copied()
    }

    fn remember(&mut self, now: Duration) {
        let Some(rate) = self.rate().filter(|_| now >= self.next_slot) else { return };
        self.next_slot = now + SLOT;
        if self.history.len() == HISTORY {
            self.history.pop_front();
        }
        self.history.push_back(rate);
    }
}

/// Whole bytes/s; rates fit in 64 bits as long as bytes do.
fn per_second(bytes: u64, span: Duration) -> u64 {
    let millis = span.as_millis().max(1);
    u64::try_from(u128::from(bytes) * 1000 / millis).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn steady(rate: u64, seconds: u64) -> Meter {
        let mut meter = Meter::default();
        for tick in 0..seconds * 30 {
            meter.feed(at(tick * 1000 / 30), rate * tick / 30);
        }
        meter
    }

    #[test]
    fn no_rate_is_told_before_enough_was_seen() {
        let mut meter = Meter::default();
        meter.feed(at(0), 0);
        meter.feed(at(300), 1000);
        assert_eq!(meter.rate(), None);
        assert_eq!(meter.history().len(), 0);
    }

    #[test]
    fn a_steady_stream_reads_its_rate() {
        let rate = steady(30_000, 20).rate().unwrap();
        assert!((29_000..=31_000).contains(&rate), "{rate}");
    }

    #[test]
    fn lumps_of_parts_are_evened_out() {
        let mut meter = Meter::default();
        for tick in 0..600 {
            meter.feed(at(tick * 33), tick * 33 / 1500 * 1_500_000);
        }
        let rate = meter.rate().unwrap();
        assert!((700_000..=1_300_000).contains(&rate), "{rate}");
    }

    #[test]
    fn a_stream_that_stops_falls_to_nothing_within_the_window() {
        let mut meter = steady(30_000, 10);
        for tick in 0..=35 {
            meter.feed(at(10_000 + tick * 200), 300_000);
        }
        assert_eq!(meter.rate(), Some(0));
    }

    #[test]
    fn what_goes_backwards_is_ignored() {
        let mut meter = steady(30_000, 10);
        let before = meter.rate();
        meter.feed(at(9_999_999), 1);
        meter.feed(at(1), 999_999_999);
        assert_eq!(meter.rate(), before);
    }

    #[test]
    fn the_sparkline_is_bounded_and_takes_two_values_a_second() {
        let meter = steady(1000, 10);
        assert!((17..=20).contains(&meter.history().len()), "{}", meter.history().len());
        assert_eq!(steady(1000, 300).history().len(), HISTORY);
    }

    proptest! {
        #[test]
        fn a_rate_never_exceeds_the_fastest_step(steps in prop::collection::vec((200u64..3000, 0u64..1_000_000), 2..60)) {
            let mut meter = Meter::default();
            let (mut now, mut bytes, mut fastest) = (0, 0, 0);
            meter.feed(at(now), bytes);
            for (millis, more) in steps {
                now += millis;
                bytes += more;
                fastest = fastest.max(more * 1000 / millis + 1);
                meter.feed(at(now), bytes);
                prop_assert!(meter.rate().unwrap_or(0) <= fastest);
                prop_assert!(meter.samples.len() < 40);
            }
        }
    }
}
