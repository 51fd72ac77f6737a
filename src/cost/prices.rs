//! The table of prices, as `assets/prices.toml` has it. What is not in it is not known, and stays so.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

const FILE: &str = include_str!("../../assets/prices.toml");

static EMBEDDED: LazyLock<Prices> = LazyLock::new(|| match toml::from_str(FILE) {
    Ok(prices) => prices,
    // The file is embedded and a test reads it, so this cannot happen in a program that passed its tests.
    Err(error) => {
        tracing::error!(%error, "the embedded prices could not be read");
        Prices::default()
    }
});

/// The prices of S3, by region and storage class.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    as_of: String,
    source: String,
    fallback: String,
    class: BTreeMap<String, Rules>,
    region: BTreeMap<String, Region>,
}

/// What a storage class asks for in every region.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Rules {
    pub(super) minimum_days: u32,
    pub(super) minimum_bytes: u64,
    pub(super) overhead_bytes: u64,
    pub(super) standard_overhead_bytes: u64,
    pub(super) restore_hours: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Region {
    pub(super) egress_gb: f64,
    pub(super) class: BTreeMap<String, Price>,
}

/// What a storage class costs in one region, in US dollars.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Price {
    pub(super) month_gb: f64,
    pub(super) put_1000: Option<f64>,
    pub(super) get_10000: Option<f64>,
    pub(super) retrieval_gb: Option<f64>,
    #[serde(default)]
    pub(super) uncertain: bool,
}

/// A class in a region: its price, its rules, and whether they are really those of the region that was asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    pub(super) price: Price,
    pub(super) rules: Rules,
}

impl Prices {
    /// The prices that the program carries.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// When they were read, for people: "2026".
    #[must_use]
    pub fn as_of(&self) -> &str {
        &self.as_of
    }

    /// Where they were read.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The regions whose own prices are known.
    pub fn regions(&self) -> impl Iterator<Item = &str> {
        self.region.keys().map(String::as_str)
    }

    /// The region whose prices are shown for `region`: itself where they are known, else the one that stands in for it.
    pub(super) fn region<'a>(&'a self, region: &'a str) -> Option<(&'a str, &'a Region)> {
        let of = |name: &'a str| self.region.get(name).map(|found| (name, found));
        of(region).or_else(|| of(&self.fallback))
    }

    pub(super) fn quote(&self, region: &Region, class: &str) -> Option<Quote> {
        Some(Quote { price: *region.class.get(class)?, rules: *self.class.get(class)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_whole() {
        let prices: Prices = toml::from_str(FILE).unwrap();
        assert!(prices.region.contains_key(&prices.fallback));
        for (name, region) in &prices.region {
            assert!(region.class.keys().eq(prices.class.keys()), "{name} lacks a class, or has one too many");
            let standard = region.class["STANDARD"];
            assert!(
                standard.put_1000.is_some() && standard.get_10000.is_some() && !standard.uncertain,
                "{name}"
            );
            for (class, price) in &region.class {
                assert!(price.month_gb > 0.0 && price.month_gb <= standard.month_gb, "{name} {class}");
            }
        }
    }
}
