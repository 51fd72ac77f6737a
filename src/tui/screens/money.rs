//! What storing costs, as the screens say it, from [`crate::cost`].

use crate::bucket::protection::ArchiveRule;
use crate::cost::{Archiving, Estimate, Prices, Storing, usd, usd_per_month};
use crate::say;
use crate::transfer::{USUAL_PART, part_size};

/// New objects are put into this class.
const CLASS: &str = "STANDARD";

/// What objects of these `sizes` in bytes cost in `region`; `None` where there is nothing to store.
#[must_use]
pub fn estimate(
    sizes: impl IntoIterator<Item = u64>,
    region: &str,
    rule: Option<&ArchiveRule>,
) -> Option<Estimate> {
    let archive = rule.map(|rule| Archiving { class: &rule.class, after_days: rule.after_days });
    let storing = Storing { region, class: CLASS, archive };
    let estimate = Prices::embedded().estimate(sizes, |size| part_size(size, USUAL_PART), storing)?;
    (estimate.objects > 0).then_some(estimate)
}

/// "0.53 $/month".
#[must_use]
pub fn now(estimate: &Estimate) -> String {
    usd_per_month(estimate.month_usd)
}

/// "0.09 $/month after 90 days", where there is an archive rule.
#[must_use]
pub fn later(estimate: &Estimate) -> Option<String> {
    let archived = estimate.archived.as_ref()?;
    Some(say!("money-later", cost = usd_per_month(archived.month_usd), days = archived.after_days))
}

/// "1,234 to S3, 0.01 $ once".
#[must_use]
pub fn requests(count: u64, cost: Option<f64>) -> String {
    match cost {
        Some(cost) => say!("review-requests-cost", count = count, cost = usd(cost)),
        None => say!("review-requests-count", count = count),
    }
}

/// What an archive class saves, and what getting everything back early costs: of the rule in force, else of the one that is offered.
#[must_use]
pub fn glacier(estimate: &Estimate, region: &str) -> Option<String> {
    let offered = ArchiveRule::offered();
    let other = match &estimate.archived {
        Some(_) => None,
        None => self::estimate([estimate.bytes], region, Some(&offered)),
    };
    let estimate = other.as_ref().unwrap_or(estimate);
    let archived = estimate.archived.as_ref()?;
    let saves = usd_per_month(archived.saves_usd(estimate));
    Some(match archived.back_usd(0) {
        Some(back) => say!("money-glacier", class = archived.class.as_str(), saves = saves, back = usd(back)),
        None => say!("money-glacier-unknown", class = archived.class.as_str(), saves = saves),
    })
}

/// Whose prices these are, where they are not certainly those of the bucket's region.
#[must_use]
pub fn caveat(estimate: &Estimate) -> Option<String> {
    (!estimate.exact).then(|| say!("money-prices-of", region = estimate.prices_of.as_str()))
}
