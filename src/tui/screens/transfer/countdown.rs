//! The time left as it is shown: it counts down by itself and follows a new estimate only where that is truly another one. Pure.

use std::time::Duration;

/// A difference that is not worth a jump: the larger of these two, a part of the time left and a time.
const PART: f64 = 0.1;
const LEAST: f64 = 3.0;
/// For so long an estimate is only tried out: the first one is often wrong.
const SETTLING: Duration = Duration::from_secs(3);

/// What is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Countdown {
    /// When there was an estimate for the first time since nothing moved.
    since: Option<Duration>,
    /// When it will be through, as was said last.
    ends: Option<Duration>,
}

impl Countdown {
    /// At `now`, the estimate is `left`.
    pub(super) fn feed(&mut self, now: Duration, left: Option<Duration>) {
        let Some(left) = left else {
            *self = Self::default();
            return;
        };
        let since = *self.since.get_or_insert(now);
        if now.saturating_sub(since) < SETTLING && left > SETTLING {
            return;
        }
        let ends = now + left;
        let differs = |shown: Duration| {
            let tolerated = (left.as_secs_f64() * PART).max(LEAST.min(left.as_secs_f64()));
            shown.abs_diff(ends).as_secs_f64() > tolerated
        };
        if self.ends.is_none_or(differs) {
            self.ends = Some(ends);
        }
    }

    /// The time left; `None` until it is known. It is told in steps that suit it, so that it does not flicker.
    pub(super) fn left(&self, now: Duration) -> Option<Duration> {
        let left = self.ends?.saturating_sub(now);
        let step = match left.as_secs() {
            0..60 => 1,
            60..600 => 5,
            _ => 60,
        };
        Some(Duration::from_secs(left.as_secs().div_ceil(step) * step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn settled(left: u64) -> Countdown {
        let mut countdown = Countdown::default();
        (0..=3).for_each(|second| countdown.feed(secs(second), Some(secs(left - second))));
        countdown
    }

    #[test]
    fn nothing_is_said_until_the_estimate_has_settled() {
        let mut countdown = Countdown::default();
        countdown.feed(secs(0), Some(secs(900)));
        assert_eq!(countdown.left(secs(1)), None);
        countdown.feed(secs(4), Some(secs(100)));
        assert_eq!(countdown.left(secs(4)), Some(secs(100)));
    }

    #[test]
    fn it_counts_down_evenly_while_estimates_waver() {
        let mut countdown = settled(100);
        for second in 4..50 {
            let wavering = if second % 2 == 0 { 103 } else { 97 };
            countdown.feed(secs(second), Some(secs(wavering - second)));
            let left = countdown.left(secs(second)).unwrap();
            assert!(left >= secs(100 - second) && left < secs(106 - second), "{second}: {left:?}");
        }
    }

    #[test]
    fn another_estimate_is_followed_and_a_stop_forgets_it() {
        let mut countdown = settled(100);
        countdown.feed(secs(5), Some(secs(300)));
        assert_eq!(countdown.left(secs(5)), Some(secs(300)));
        countdown.feed(secs(6), None);
        assert_eq!(countdown.left(secs(6)), None);
    }

    #[test]
    fn long_times_are_told_in_whole_minutes() {
        let countdown = settled(4000);
        assert_eq!(countdown.left(secs(10)).unwrap().as_secs() % 60, 0);
    }
}
