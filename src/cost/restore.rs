//! What getting something back out of an archive class costs.

use serde::Serialize;

use super::Prices;

const GB: f64 = 1_073_741_824.0;
/// Prices are by the month; a copy is billed by the day.
const DAYS_A_MONTH: f64 = 30.0;
/// The copy that can be read is billed as this class.
const COPY: &str = "STANDARD";

/// What a restore costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Restoring {
    /// Reading it out of the archive once, in the tier "Standard", in US dollars.
    pub retrieval_usd: f64,
    /// Keeping the copy for the days that were asked for, in US dollars; the archived object goes on to be billed beside it.
    pub copy_usd: f64,
    /// The region whose prices these are.
    pub prices_of: String,
}

impl Prices {
    /// What it costs to have a copy of `bytes` bytes in `class` for `days` days in `region`; `None` where a price is not known.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sizes of objects lie far below 2^53 bytes")]
    pub fn restoring(&self, region: &str, class: &str, bytes: u64, days: u32) -> Option<Restoring> {
        let (name, region) = self.region(region)?;
        let gigabytes = bytes as f64 / GB;
        let retrieval = self.quote(region, class)?.price.retrieval_gb?;
        let copy = self.quote(region, COPY)?.price.month_gb / DAYS_A_MONTH * f64::from(days);
        Some(Restoring {
            retrieval_usd: retrieval * gigabytes,
            copy_usd: copy * gigabytes,
            prices_of: name.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restore_costs_the_reading_and_the_copy() {
        let cost = Prices::embedded().restoring("us-east-1", "GLACIER", 100 << 30, 30).unwrap();
        assert!((cost.retrieval_usd - 1.0).abs() < 1e-9, "{cost:?}");
        assert!((cost.copy_usd - 2.3).abs() < 1e-9, "{cost:?}");
        assert_eq!(cost.prices_of, "us-east-1");
    }

    #[test]
    fn what_has_no_price_is_not_made_up() {
        assert_eq!(Prices::embedded().restoring("us-east-1", "TAPE", 1, 1), None);
        let elsewhere = Prices::embedded().restoring("mars-1", "GLACIER", 1, 1).unwrap();
        assert_eq!(elsewhere.prices_of, "us-east-1");
    }
}
