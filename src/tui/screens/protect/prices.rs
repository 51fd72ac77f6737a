//! What a class costs and what is the catch, in words.

use crate::cost::{Prices, Storing, usd};
use crate::say;

/// So much is priced: people think of dumps in hundreds of GiB.
const HUNDRED_GIB: u64 = 100 << 30;

/// What 100 GiB cost a month in `class` in `region`: "0.50 $"; `None` where it is not known.
pub(super) fn month(region: &str, class: &str) -> Option<String> {
    let storing = Storing { region, class, archive: None };
    let estimate = Prices::embedded().estimate([HUNDRED_GIB], |_| HUNDRED_GIB, storing)?;
    let price = usd(estimate.month_usd);
    Some(if estimate.prices_of == region { price } else { format!("{price} ({})", estimate.prices_of) })
}

/// What one should know of `class` before choosing it.
pub(super) fn catch(class: &str) -> String {
    match class {
        "GLACIER_IR" => say!("tui-protect-catch-glacier-ir"),
        "GLACIER" => say!("tui-protect-catch-glacier"),
        _ => say!("tui-protect-catch-deep-archive"),
    }
}
