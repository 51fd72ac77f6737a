//! What both legs moved over time, for the chart: pure, bounded, whatever the run takes.
//!
//! Kept are marks: how many bytes had been moved at what time. Of the last two minutes there are two a second; of the whole run there are
//! a few hundred, ever farther apart.

use std::collections::VecDeque;
use std::time::Duration;

use crate::transfer::Leg;

/// How far the short span goes back.
pub(super) const RECENT: Duration = Duration::from_mins(2);
/// How far marks are apart, at least.
const STEP: Duration = Duration::from_millis(500);
/// Marks of the short span: a few more than are looked at.
const RECENT_MARKS: usize = 250;
/// Marks of the whole run; where there are more, every second one goes.
const WHOLE_MARKS: usize = 600;
/// A rate is taken over at least this, so that lumps of parts do not look like peaks.
const SMOOTH: Duration = Duration::from_secs(3);

/// Which time is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Span {
    /// The last two minutes.
    #[default]
    Recent,
    /// From the beginning.
    Whole,
}

impl Span {
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Recent => Self::Whole,
            Self::Whole => Self::Recent,
        }
    }
}

/// Bytes moved in all at a time, down and up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    at: Duration,
    bytes: [u64; 2],
}

/// The marks of one run.
#[derive(Debug, Clone)]
pub(super) struct Series {
    recent: VecDeque<Mark>,
    whole: Vec<Mark>,
    /// How far the marks of the whole run are apart.
    step: Duration,
}

impl Default for Series {
    fn default() -> Self {
        Self { recent: VecDeque::new(), whole: Vec::new(), step: STEP }
    }
}

impl Series {
    /// At `now`, so many bytes had been moved in all. What goes backwards is ignored.
    pub(super) fn feed(&mut self, now: Duration, down: u64, up: u64) {
        let mark = Mark { at: now, bytes: [down, up] };
        if self.recent.back().is_none_or(|last| follows(last, &mark, STEP)) {
            if self.recent.len() == RECENT_MARKS {
                self.recent.pop_front();
            }
            self.recent.push_back(mark);
        }
        if self.whole.last().is_none_or(|last| follows(last, &mark, self.step)) {
            self.whole.push(mark);
        }
        if self.whole.len() > WHOLE_MARKS {
            let mut number = 0;
            self.whole.retain(|_| {
                number += 1;
                number % 2 == 1
            });
            self.step *= 2;
        }
    }

    /// How much time a chart of `span` shows.
    pub(super) fn time(&self, span: Span) -> Duration {
        match span {
            Span::Recent => RECENT,
            Span::Whole => {
                let ends = self.whole.first().zip(self.recent.back());
                ends.map_or(RECENT, |(first, last)| last.at.saturating_sub(first.at)).max(SMOOTH)
            }
        }
    }

    /// Rates in bytes/s in `columns` columns, the oldest first; `None` before the beginning.
    pub(super) fn rates(&self, leg: Leg, span: Span, columns: u16) -> Vec<Option<u64>> {
        let wide = self.time(span) / u32::from(columns.max(1));
        let Some(last) = self.recent.back() else { return vec![None; usize::from(columns)] };
        // Columns of the short span stand still while time goes by.
        let end = match span {
            Span::Recent => last.at.saturating_sub(remainder(last.at, wide)),
            Span::Whole => last.at,
        };
        let rate = |column: u16| {
            let back = wide * u32::from(columns - 1 - column);
            self.rate(leg, span, end.checked_sub(back)?, wide)
        };
        (0..columns).map(rate).collect()
    }

    /// Bytes/s in the time of `wide` before `end`, or in a little more.
    fn rate(&self, leg: Leg, span: Span, end: Duration, wide: Duration) -> Option<u64> {
        let first = match span {
            Span::Recent => self.recent.front(),
            Span::Whole => self.whole.first(),
        }?;
        let begin = end.saturating_sub(wide.max(SMOOTH)).max(first.at);
        let span_of = end.checked_sub(begin).filter(|time| !time.is_zero())?;
        let moved = self.bytes(leg, span, end).saturating_sub(self.bytes(leg, span, begin));
        let millis = span_of.as_millis().max(1);
        Some(u64::try_from(u128::from(moved) * 1000 / millis).unwrap_or(u64::MAX))
    }

    /// Bytes that had been moved at a time, as far as marks tell.
    fn bytes(&self, leg: Leg, span: Span, at: Duration) -> u64 {
        let index = match leg {
            Leg::Download => 0,
            Leg::Upload => 1,
        };
        let between = |before: Option<&Mark>, after: Option<&Mark>| match (before, after) {
            (Some(before), Some(after)) => along(before, after, index, at),
            (Some(only), None) | (None, Some(only)) => only.bytes[index],
            (None, None) => 0,
        };
        match span {
            Span::Recent => {
                let after = self.recent.partition_point(|mark| mark.at <= at);
                between(after.checked_sub(1).and_then(|n| self.recent.get(n)), self.recent.get(after))
            }
            Span::Whole => {
                let after = self.whole.partition_point(|mark| mark.at <= at);
                let next = self.whole.get(after).or(self.recent.back());
                between(after.checked_sub(1).and_then(|n| self.whole.get(n)), next)
            }
        }
    }
}

fn follows(last: &Mark, next: &Mark, step: Duration) -> bool {
    let grows = last.bytes.iter().zip(next.bytes).all(|(had, has)| has >= *had);
    grows && next.at.saturating_sub(last.at) >= step
}

/// On the straight line between two marks.
fn along(before: &Mark, after: &Mark, index: usize, at: Duration) -> u64 {
    let whole = after.at.saturating_sub(before.at).as_millis();
    let part = at.saturating_sub(before.at).as_millis().min(whole);
    let (from, to) = (before.bytes[index], after.bytes[index].max(before.bytes[index]));
    let more = u128::from(to - from) * part / whole.max(1);
    from.saturating_add(u64::try_from(more).unwrap_or(u64::MAX))
}

fn remainder(time: Duration, of: Duration) -> Duration {
    let millis = time.as_millis().checked_rem(of.as_millis()).unwrap_or(0);
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn steady(rate: u64, seconds: u64) -> Series {
        let mut series = Series::default();
        for tick in 0..=seconds * 10 {
            series.feed(Duration::from_millis(tick * 100), rate * tick / 10, rate * tick / 20);
        }
        series
    }

    #[test]
    fn a_steady_stream_is_level_in_both_spans() {
        let series = steady(1000, 300);
        for (leg, rate) in [(Leg::Download, 1000), (Leg::Upload, 500)] {
            for span in [Span::Recent, Span::Whole] {
                let rates = series.rates(leg, span, 40);
                let level = rates.iter().flatten().filter(|seen| seen.abs_diff(rate) <= 5).count();
                assert!(level >= 39, "{leg:?} {span:?} {rates:?}");
            }
        }
    }

    #[test]
    fn what_was_before_the_beginning_is_not_told() {
        let rates = steady(1000, 30).rates(Leg::Download, Span::Recent, 12);
        assert!(rates[..8].iter().all(Option::is_none), "{rates:?}");
        assert!(rates[10..].iter().all(Option::is_some), "{rates:?}");
    }

    #[test]
    fn a_day_takes_no_more_memory_than_five_minutes() {
        let series = steady(10, 86_400);
        assert!(series.whole.len() <= WHOLE_MARKS && series.recent.len() <= RECENT_MARKS);
        assert!(series.time(Span::Whole) >= Duration::from_hours(23));
        assert!(series.rates(Leg::Download, Span::Whole, 60).iter().skip(1).all(|rate| *rate == Some(10)));
    }

    #[test]
    fn columns_stand_still_while_less_than_one_of_them_goes_by() {
        let mut series = steady(1000, 300);
        let before = series.rates(Leg::Download, Span::Recent, 24);
        series.feed(Duration::from_secs(303), 303_000, 151_500);
        assert_eq!(series.rates(Leg::Download, Span::Recent, 24), before);
    }

    proptest! {
        #[test]
        fn any_steps_give_as_many_columns_as_asked_and_no_rate_above_the_fastest(
            steps in prop::collection::vec((500u64..5000, 0u64..1_000_000), 2..80), columns in 1u16..200,
        ) {
            let mut series = Series::default();
            let (mut now, mut bytes, mut fastest) = (0, 0, 0);
            series.feed(Duration::ZERO, 0, 0);
            for (millis, more) in steps {
                now += millis;
                bytes += more;
                fastest = fastest.max(more * 1000 / millis + 10_000);
                series.feed(Duration::from_millis(now), bytes, bytes);
            }
            for span in [Span::Recent, Span::Whole] {
                let rates = series.rates(Leg::Upload, span, columns);
                prop_assert_eq!(rates.len(), usize::from(columns));
                prop_assert!(rates.into_iter().flatten().all(|rate| rate <= fastest));
            }
        }
    }
}
