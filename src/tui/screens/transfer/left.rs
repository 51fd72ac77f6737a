//! How long it will still take: a pure function of samples over time that does not jump. No clock is read here.

use std::time::Duration;

use crate::transfer::{Sample, Snapshot};

/// Rates older than about this many seconds no longer count.
const MEMORY: f64 = 12.0;
/// Seconds of movement on a leg before anything is said of it.
const ENOUGH: f64 = 2.0;
/// In about this many seconds what is shown follows a new estimate.
const FOLLOW: f64 = 4.0;

/// What is to be moved and was moved on one leg, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Leg {
    /// Still to move.
    pub(super) remaining: u64,
    /// Moved so far, never going backwards.
    pub(super) moved: u64,
}

/// Estimates the time left of two legs that run side by side: the slower one decides.
#[derive(Debug, Clone, Default)]
pub(super) struct TimeLeft {
    legs: [Slow; 2],
    at: Option<Duration>,
    shown: Option<f64>,
}

impl TimeLeft {
    /// Tells where both legs are at `now`.
    pub(super) fn feed(&mut self, now: Duration, legs: [Leg; 2]) {
        let passed = self.at.and_then(|then| now.checked_sub(then)).unwrap_or_default().as_secs_f64();
        self.at = Some(now);
        for (slow, leg) in self.legs.iter_mut().zip(legs) {
            slow.feed(passed, leg.moved);
        }
        self.shown = self.estimate(legs).map(|wanted| self.follow(wanted, passed));
    }

    /// Lets time pass in which nothing was meant to move (paused), so that it does not count as slowness.
    pub(super) fn idle(&mut self, now: Duration) {
        self.at = Some(now);
    }

    /// The time left, where it is known.
    #[must_use]
    pub(super) fn get(&self) -> Option<Duration> {
        self.shown.map(Duration::from_secs_f64)
    }

    /// The slower leg; `None` while one that still has bytes to move has not shown its speed.
    fn estimate(&self, legs: [Leg; 2]) -> Option<f64> {
        let mut longest = 0.0_f64;
        for (slow, leg) in self.legs.iter().zip(legs).filter(|(_, leg)| leg.remaining > 0) {
            longest = longest.max(float(leg.remaining) / slow.rate()?);
        }
        Some(longest)
    }

    /// What is shown counts down by itself and bends towards `wanted`; near the end it obeys at once.
    fn follow(&self, wanted: f64, passed: f64) -> f64 {
        let Some(shown) = self.shown.filter(|_| wanted > 2.0) else { return wanted.min(MOST) };
        let expected = (shown - passed).max(0.0);
        let bend = 1.0 - (-passed / FOLLOW).exp();
        (expected + (wanted - expected) * bend).clamp(0.0, MOST)
    }
}

/// What both legs of a run have before and behind them. What has ended, even badly, is not waited for.
pub(super) fn legs(snapshot: &Snapshot) -> [Leg; 2] {
    let open = || snapshot.archives.iter().filter(|sample| !sample.status.is_final());
    let down =
        |sample: &Sample| if sample.down > 0 { sample.size.saturating_sub(sample.downloaded) } else { 0 };
    let up = |sample: &Sample| if sample.up > 0 { sample.size.saturating_sub(sample.uploaded) } else { 0 };
    [
        Leg { remaining: open().map(down).sum(), moved: snapshot.moved_down },
        Leg { remaining: open().map(up).sum(), moved: snapshot.moved_up },
    ]
}

/// A hundred days: whatever is longer is no estimate.
const MOST: f64 = 8_640_000.0;

/// Bytes/s with a fading memory: both sums fade alike, so that it is right from the first seconds.
#[derive(Debug, Clone, Default)]
struct Slow {
    bytes: f64,
    seconds: f64,
    last: Option<u64>,
}

impl Slow {
    fn feed(&mut self, passed: f64, moved: u64) {
        let more = self.last.map_or(0, |last| moved.saturating_sub(last));
        self.last = Some(moved);
        // Nothing is known of a leg that has not begun: waiting for its first byte is not slowness.
        if more == 0 && self.bytes <= 0.0 {
            return;
        }
        let fade = (-passed / MEMORY).exp();
        self.bytes = self.bytes * fade + float(more);
        self.seconds = self.seconds * fade + passed;
    }

    fn rate(&self) -> Option<f64> {
        (self.seconds >= ENOUGH && self.bytes >= 1.0).then(|| self.bytes / self.seconds)
    }
}

#[expect(clippy::cast_precision_loss, reason = "an estimate needs no more than 52 bits")]
const fn float(bytes: u64) -> f64 {
    bytes as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIZE: u64 = 100_000_000;

    fn legs(down: u64, up: u64) -> [Leg; 2] {
        [down, up].map(|moved| Leg { remaining: SIZE.saturating_sub(moved), moved: moved.min(SIZE) })
    }

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn nothing_is_said_until_both_legs_have_shown_their_speed() {
        let mut left = TimeLeft::default();
        for tick in 0..300 {
            left.feed(at(tick * 33), legs(tick * 33_000, 0));
        }
        assert_eq!(left.get(), None);
    }

    #[test]
    fn a_steady_transfer_counts_down_evenly() {
        let mut left = TimeLeft::default();
        let mut last = f64::MAX;
        for tick in 0..3000 {
            left.feed(at(tick * 33), legs(tick * 33_000, tick * 33_000));
            let Some(shown) = left.get() else { continue };
            let truth = 100.0 - float(tick) * 0.033;
            assert!((shown.as_secs_f64() - truth).abs() < 2.0, "{shown:?} for {truth}");
            assert!(shown.as_secs_f64() <= last + 0.001);
            last = shown.as_secs_f64();
        }
        assert!(last < 2.0, "{last}");
    }

    #[test]
    fn the_slower_leg_decides() {
        let mut left = TimeLeft::default();
        for tick in 0..600 {
            left.feed(at(tick * 33), legs(tick * 66_000, tick * 33_000));
        }
        let shown = left.get().unwrap().as_secs_f64();
        assert!((75.0..90.0).contains(&shown), "{shown}");
    }

    #[test]
    fn a_leg_with_nothing_to_move_is_not_waited_for() {
        let mut left = TimeLeft::default();
        for tick in 0..300 {
            let up = Leg { remaining: SIZE - tick * 33_000, moved: tick * 33_000 };
            left.feed(at(tick * 33), [Leg::default(), up]);
        }
        assert!(left.get().is_some());
    }

    #[test]
    fn a_sudden_halving_of_the_speed_does_not_make_it_jump() {
        let mut left = TimeLeft::default();
        let (mut moved, mut last) = (0, None::<f64>);
        for tick in 0..1500 {
            moved += if tick < 600 { 66_000 } else { 33_000 };
            left.feed(at(tick * 33), legs(moved, moved));
            let shown = left.get().map(|left| left.as_secs_f64());
            if let (Some(last), Some(shown)) = (last, shown) {
                assert!((shown - last).abs() < 0.5, "from {last} to {shown}");
            }
            last = shown.or(last);
        }
    }

    #[test]
    fn a_pause_does_not_count_as_slowness() {
        let mut left = TimeLeft::default();
        for tick in 0..600 {
            left.feed(at(tick * 33), legs(tick * 33_000, tick * 33_000));
        }
        let before = left.get().unwrap();
        left.idle(at(3_600_000));
        left.feed(at(3_600_033), legs(600 * 33_000, 600 * 33_000));
        let after = left.get().unwrap();
        assert!(before.abs_diff(after) < Duration::from_secs(1), "{before:?} {after:?}");
    }

    proptest! {
        #[test]
        fn whatever_is_fed_gives_a_time_that_can_be_shown(steps in prop::collection::vec((0u64..5000, any::<u64>(), 0u64..u64::MAX / 200), 0..100)) {
            let mut left = TimeLeft::default();
            let (mut now, mut moved) = (0, 0);
            for (millis, remaining, more) in steps {
                now += millis;
                moved += more;
                left.feed(at(now), [Leg { remaining, moved }, Leg { remaining: remaining / 2, moved: moved / 3 }]);
                prop_assert!(left.get().is_none_or(|left| left.as_secs_f64() <= MOST));
            }
        }
    }
}
