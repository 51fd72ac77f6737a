//! What a plan comes to: bytes on each leg, disk, time at an assumed rate, requests and money.

use super::State;
use crate::cost::Estimate;
use crate::say;
use crate::transfer::Schedule;
use crate::tui::screens::{money, speed};
use crate::words;

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
    /// The totals, the most needed first; what Glacier saves only where there is room for it.
    pub(super) fn totals(&self, is_roomy: bool) -> Vec<Figure> {
        let plan = &self.plan;
        let moved = say!("review-moved", down = words::size(plan.down()), up = words::size(plan.up()));
        let mut figures = Vec::new();
        // Where nothing moves there is nothing to say of how.
        if !self.has_nothing_to_do() {
            figures.push(Figure::new(say!("review-move"), moved));
            figures.extend([self.mode_figure(), self.disk(), self.time()]);
            figures.extend(self.limits());
        }
        if let Some(estimate) = self.estimate() {
            let costs = costs(&estimate, &self.place.region, is_roomy);
            figures.extend(costs.into_iter().skip(usize::from(self.has_nothing_to_do())));
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

    fn time(&self) -> Figure {
        let says = speed::time(self.plan.down(), self.plan.up(), self.rates, &self.limits);
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

/// The requests first, then what it costs a month.
fn costs(estimate: &Estimate, region: &str, is_roomy: bool) -> Vec<Figure> {
    let requests = money::requests(estimate.requests, estimate.requests_usd);
    let month = [
        Some(money::now(estimate)),
        money::later(estimate),
        money::caveat(estimate),
        is_roomy.then(|| money::glacier(estimate, region)).flatten(),
    ];
    let month = month.into_iter().flatten().collect::<Vec<_>>().join(", ");
    vec![Figure::new(say!("review-requests"), requests), Figure::new(say!("datasets-cost"), month)]
}
