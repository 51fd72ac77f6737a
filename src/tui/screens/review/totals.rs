//! What a plan comes to: bytes on each leg, disk, time at an assumed rate, requests and money.

use std::time::Duration;

use super::State;
use crate::cost::{Estimate, usd};
use crate::say;
use crate::transfer::Schedule;
use crate::tui::screens::figures::span;
use crate::tui::screens::money;
use crate::words;

/// Upstream was seen to give 11.8 to 24 MB/s; time is estimated at this many bytes/s on each leg, and said so.
pub(super) const ASSUMED: u64 = 15 << 20;

/// A label and what it says; whether it is a warning.
pub(super) struct Figure {
    pub(super) label: String,
    pub(super) says: String,
    pub(super) warn: bool,
}

impl Figure {
    fn new(label: String, says: String) -> Self {
        Self { label, says, warn: false }
    }
}

impl State {
    /// The totals, the most needed first.
    pub(super) fn totals(&self) -> Vec<Figure> {
        let plan = &self.plan;
        let moved = say!("review-moved", down = words::size(plan.down()), up = words::size(plan.up()));
        let mut figures = vec![Figure::new(say!("review-move"), moved)];
        if !self.has_nothing_to_do() {
            figures.push(self.mode_figure());
        }
        figures.extend([self.disk(), self.time()]);
        figures.extend(self.limits());
        if let Some(estimate) = self.estimate() {
            figures.extend(costs(&estimate));
        }
        figures
    }

    fn disk(&self) -> Figure {
        let need = words::size(self.plan.disk());
        let says = match self.plan.free {
            Some(free) if !self.plan.mode.keeps() => say!("review-disk-none", free = words::size(free)),
            Some(free) => say!("datasets-disk-of", need = need, free = words::size(free)),
            None => say!("datasets-disk-needs", need = need),
        };
        let warn = self.plan.is_too_large_for_disk();
        Figure { label: say!("datasets-disk"), says: if warn { format!("⚠ {says}") } else { says }, warn }
    }

    /// Both legs run side by side: the longer one decides. A limit that holds all day is taken into account.
    fn time(&self) -> Figure {
        let rate = |limit: &Schedule| limit.all_day().map_or(ASSUMED, |limit| limit.get().min(ASSUMED));
        let (down, up) = (rate(&self.limits.down), rate(&self.limits.up));
        let seconds = self.plan.down().div_ceil(down).max(self.plan.up().div_ceil(up));
        let (time, rate) = (span(Duration::from_secs(seconds)), words::rate(ASSUMED));
        let says = if (down, up) == (ASSUMED, ASSUMED) {
            say!("review-time-at", time = time, rate = rate)
        } else {
            say!("review-time-limited", time = time, rate = rate)
        };
        Figure::new(say!("review-time"), says)
    }

    /// The limits, where there are any.
    fn limits(&self) -> Option<Figure> {
        let leg = |symbol, limit: &Schedule| (!limit.is_unlimited()).then(|| format!("{symbol} {limit}"));
        let legs: Vec<String> =
            [leg("↓", &self.limits.down), leg("↑", &self.limits.up)].into_iter().flatten().collect();
        (!legs.is_empty()).then(|| Figure::new(say!("review-limits"), legs.join(" · ")))
    }

    /// What storing all of the plan costs, and sending what is still to be sent.
    fn estimate(&self) -> Option<Estimate> {
        let sizes = self.plan.lines.iter().map(|line| line.archive.size);
        let mut all = money::estimate(sizes, &self.place.region, self.place.archive.as_ref())?;
        let sent = self.plan.to_lift().filter(|line| line.up > 0).map(|line| line.up);
        let requests = money::estimate(sent, &self.place.region, None);
        all.requests = requests.as_ref().map_or(0, |sent| sent.requests);
        all.requests_usd = requests.map_or(Some(0.0), |sent| sent.requests_usd);
        Some(all)
    }
}

fn costs(estimate: &Estimate) -> Vec<Figure> {
    let requests = match estimate.requests_usd {
        Some(cost) => say!("review-requests-cost", count = estimate.requests, cost = usd(cost)),
        None => say!("review-requests-count", count = estimate.requests),
    };
    let month = [Some(money::now(estimate)), money::later(estimate), money::caveat(estimate)];
    let month = month.into_iter().flatten().collect::<Vec<_>>().join(", ");
    vec![Figure::new(say!("review-requests"), requests), Figure::new(say!("datasets-cost"), month)]
}
