//! From what stands in a bucket, class by class, to what it costs a month and what getting it back costs. What is not priced stays unknown.

use serde::Serialize;

use super::Prices;
use super::estimate::gigabytes;

/// What stands in one storage class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// S3's name of the class: `STANDARD`. Parts of unfinished uploads are billed as `STANDARD`.
    pub class: &'a str,
    /// How many objects.
    pub objects: u64,
    /// Their bytes, all together.
    pub bytes: u64,
}

/// What a bucket costs, in US dollars.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bill {
    /// Whose prices these are.
    pub prices_of: String,
    /// Whether they are those of the region that was asked for, and confirmed.
    pub exact: bool,
    /// What all classes cost a month that have a price.
    pub month_usd: f64,
    /// Bytes in classes that have none: they cost something, and nobody here knows what.
    pub unpriced_bytes: u64,
    /// One for each class, in the order in which they were given.
    pub shares: Vec<Share>,
}

/// What one storage class of a bucket costs, in US dollars. A price that is not known is `None`, never a guess.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// S3's name of the class.
    pub class: String,
    /// How many objects.
    pub objects: u64,
    /// Their bytes, all together.
    pub bytes: u64,
    /// What storing them costs a month.
    pub month_usd: Option<f64>,
    /// What taking them all out costs, once, without requests and the way to the internet.
    pub retrieval_usd: Option<f64>,
    /// How many hours a restore takes first; 0 where they can be read at once.
    pub restore_hours: u32,
    /// For how many days each object is billed even if it leaves earlier.
    pub minimum_days: u32,
}

impl Prices {
    /// What `standing` costs in `region`; `None` only where there are no prices at all. Where many small objects stand in a class that
    /// bills a least size, the sum is what it costs at least: the sizes of single objects are not known here.
    #[must_use]
    pub fn bill<'a>(&self, region: &str, standing: impl IntoIterator<Item = Standing<'a>>) -> Option<Bill> {
        let (prices_of, _) = self.region(region)?;
        let prices_of = prices_of.to_owned();
        let mut bill = Bill {
            exact: prices_of == region,
            prices_of,
            month_usd: 0.0,
            unpriced_bytes: 0,
            shares: Vec::new(),
        };
        for one in standing {
            let (share, is_certain) = self.share(region, one);
            bill.exact &= is_certain;
            match share.month_usd {
                Some(month) => bill.month_usd += month,
                None => bill.unpriced_bytes += share.bytes,
            }
            bill.shares.push(share);
        }
        Some(bill)
    }

    /// The share of one class, and whether its price was confirmed.
    fn share(&self, region: &str, standing: Standing<'_>) -> (Share, bool) {
        let Standing { class, objects, bytes } = standing;
        let mut share = Share {
            class: class.to_owned(),
            objects,
            bytes,
            month_usd: None,
            retrieval_usd: None,
            restore_hours: 0,
            minimum_days: 0,
        };
        let Some((_, region)) = self.region(region) else { return (share, false) };
        let Some(quote) = self.quote(region, class) else { return (share, true) };
        let billed = bytes.max(objects.saturating_mul(quote.rules.minimum_bytes));
        share.month_usd = Some(self.month(region, &quote, objects, billed));
        share.retrieval_usd = quote.price.retrieval_gb.map(|price| gigabytes(bytes) * price);
        share.restore_hours = quote.rules.restore_hours;
        share.minimum_days = quote.rules.minimum_days;
        (share, !quote.price.uncertain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1 << 30;

    fn standing(class: &str, bytes: u64) -> Standing<'_> {
        Standing { class, objects: 1, bytes }
    }

    fn bill(region: &str, standing: &[Standing<'_>]) -> Bill {
        Prices::embedded().bill(region, standing.iter().copied()).unwrap()
    }

    #[test]
    fn each_class_is_billed_at_its_own_price() {
        let bill = bill("eu-west-3", &[standing("STANDARD", 100 * GIB), standing("GLACIER_IR", 100 * GIB)]);
        assert!((bill.month_usd - (2.4 + 0.5)).abs() < 1e-9, "{bill:?}");
        assert_eq!((bill.exact, bill.unpriced_bytes, bill.shares.len()), (true, 0, 2));
        let archived = &bill.shares[1];
        assert!(archived.retrieval_usd.is_some_and(|usd| (usd - 3.0).abs() < 1e-9), "{archived:?}");
        assert_eq!((archived.minimum_days, archived.restore_hours), (90, 0));
    }

    #[test]
    fn a_class_without_a_price_is_unknown_and_adds_nothing() {
        let bill = bill("us-east-1", &[standing("STANDARD", GIB), standing("INTELLIGENT_TIERING", 5 * GIB)]);
        assert!((bill.month_usd - 0.023).abs() < 1e-9);
        assert_eq!((bill.unpriced_bytes, bill.shares[1].month_usd), (5 * GIB, None));
    }

    #[test]
    fn another_regions_prices_and_unconfirmed_ones_are_not_exact() {
        assert!(!bill("ap-south-2", &[standing("STANDARD", GIB)]).exact);
        assert_eq!(bill("ap-south-2", &[]).prices_of, "us-east-1");
        assert!(!bill("eu-west-3", &[standing("DEEP_ARCHIVE", GIB)]).exact);
    }

    #[test]
    fn what_an_archive_class_adds_to_each_object_and_its_least_size_are_billed() {
        let many = Standing { class: "GLACIER_IR", objects: 8192, bytes: 8192 };
        assert!((bill("us-east-1", &[many]).month_usd - 0.004).abs() < 1e-9, "1 GiB is billed, not 8 KiB");
        let frozen = Standing { class: "GLACIER", objects: 1 << 17, bytes: 0 };
        assert!(bill("us-east-1", &[frozen]).month_usd > 0.0);
    }
}
