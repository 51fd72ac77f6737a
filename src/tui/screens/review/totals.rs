//! What a plan comes to: bytes on each leg, disk, time at an assumed rate, requests and money.

use std::time::Duration;

use super::State;
use crate::cost::{Estimate, usd};
use crate::say;
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
        let mut figures = vec![Figure::new(say!("review-move"), moved), self.disk(), self.time()];
        if let Some(estimate) = self.estimate() {
            figures.extend(costs(&estimate));
        }
        figures
    }

    fn disk(&self) -> Figure {
        let need = words::size(self.plan.disk());
        let says = match self.plan.free {
            Some(free) => say!("datasets-disk-of", need = need, free = words::size(free)),
            None => say!("datasets-disk-needs", need = need),
        };
        let warn = self.plan.is_too_large_for_disk();
        Figure { label: say!("datasets-disk"), says: if warn { format!("⚠ {says}") } else { says }, warn }
    }

    /// Both legs run side by side: the longer one decides.
    fn time(&self) -> Figure {
        let bytes = self.plan.down().max(self.plan.up());
        let time = span(Duration::from_secs(bytes.div_ceil(ASSUMED)));
        Figure::new(say!("review-time"), say!("review-time-at", time = time, rate = words::rate(ASSUMED)))
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
