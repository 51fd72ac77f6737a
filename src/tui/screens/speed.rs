//! How long moving bytes takes: at the rates of the last run where they are known, else at an assumed one, and it says which.

use std::time::Duration;

use super::figures::span;
use crate::config::Rates;
use crate::say;
use crate::transfer::{Limits, Schedule, Summary};
use crate::tui::Known;
use crate::words;

/// Upstream was seen to give 11.8 to 24 MB/s; where nothing was measured, time is estimated at this many bytes/s on each leg.
const ASSUMED: u64 = 15 << 20;
/// Fewer bytes tell nothing of a line's speed.
const ENOUGH: u64 = 1 << 20;

/// The rates of the last transfer: of this run, else of an earlier one.
#[must_use]
pub fn measured(known: &Known) -> Rates {
    known.report.as_ref().map_or(known.rates, |report| of(report, known.rates))
}

/// How fast a transfer was, leg by leg, where it moved enough to tell; what one does not tell stays as it was `before`.
#[must_use]
pub fn of(report: &Summary, before: Rates) -> Rates {
    let is_told = |bytes: u64| bytes >= ENOUGH && report.seconds >= 1.0;
    let rate = |bytes: u64| is_told(bytes).then(|| per_second(bytes, report.seconds));
    Rates { down: rate(report.downloaded).or(before.down), up: rate(report.uploaded).or(before.up) }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate for people: positive, and far below 2^53"
)]
fn per_second(bytes: u64, seconds: f64) -> u64 {
    (bytes as f64 / seconds) as u64
}

/// How long `down` and `up` bytes take, and at which rates. Both legs run side by side: the longer one decides. A limit that holds all
/// day is taken into account.
#[must_use]
pub fn time(down: u64, up: u64, rates: Rates, limits: &Limits) -> String {
    let (at_down, at_up) = legs(rates, limits);
    let time = longer(down, up, (at_down, at_up));
    let is_limited = at_down < rates.down.unwrap_or(ASSUMED) || at_up < rates.up.unwrap_or(ASSUMED);
    match (rates.down.or(rates.up), is_limited) {
        (_, true) => say!("review-time-limited", time = time, rate = words::rate(at_down.max(at_up))),
        (Some(_), false) => {
            say!("time-measured", time = time, down = words::rate(at_down), up = words::rate(at_up))
        }
        (None, false) => say!("review-time-at", time = time, rate = words::rate(ASSUMED)),
    }
}

/// The same without the rates, where there is little room.
#[must_use]
pub fn brief(down: u64, up: u64, rates: Rates, limits: &Limits) -> String {
    say!("time-about", time = longer(down, up, legs(rates, limits)))
}

/// The rate of each leg, in bytes/s.
fn legs(rates: Rates, limits: &Limits) -> (u64, u64) {
    let within = |rate: Option<u64>, limit: &Schedule| {
        let rate = rate.unwrap_or(ASSUMED).max(1);
        limit.all_day().map_or(rate, |limit| limit.get().min(rate))
    };
    (within(rates.down, &limits.down), within(rates.up, &limits.up))
}

fn longer(down: u64, up: u64, (at_down, at_up): (u64, u64)) -> String {
    span(Duration::from_secs(down.div_ceil(at_down).max(up.div_ceil(at_up))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_counts_more_than_what_is_assumed_and_is_said_so() {
        let none = Limits::default();
        assert_eq!(time(15 << 20, 0, Rates::default(), &none), "about 1 s, assuming 15 MiB/s each way");
        assert_eq!(brief(15 << 20, 0, Rates::default(), &none), "about 1 s");
        let rates = Rates { down: Some(1 << 20), up: None };
        assert!(time(15 << 20, 0, rates, &none).starts_with("about 15 s at the last run’s rates"));
    }

    #[test]
    fn a_run_that_moved_enough_replaces_what_was_remembered() {
        let report = Summary { downloaded: 10 << 20, uploaded: 5, seconds: 2.0, ..Summary::default() };
        let rates = Rates { down: Some(1), up: Some(7) };
        let known = Known { report: Some(report), rates, ..Known::default() };
        assert_eq!(measured(&known), Rates { down: Some(5 << 20), up: Some(7) });
    }
}
