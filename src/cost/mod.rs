//! What it will cost, from `assets/prices.toml`, before the act.
//!
//! Pure functions from sizes to US dollars. `prices` reads the table; `estimate` does the sums for what is to be stored, `bill` for what
//! stands there already, as far as sums by class tell, `holding` for the same object by object and with the archive rule; what a bucket or
//! a dump is, nobody here knows: a region and a storage class are S3's own names (`eu-west-3`, `GLACIER_IR`). Taxes, free tiers and
//! discounts are left out.

mod bill;
mod estimate;
mod holding;
mod prices;
mod restore;

pub use bill::{Bill, Share, Standing};
pub use estimate::{Archived, Archiving, Estimate, Storing};
pub use holding::{ClassCost, Group, Holding, Saving};
pub use prices::Prices;
pub use restore::Restoring;

use crate::{say, words};

/// An amount in US dollars for people, to the cent: "0.53 $", "0,53 $"; what is less than a cent is said so.
#[must_use]
pub fn usd(amount: f64) -> String {
    if amount > 0.0 && amount < 0.01 {
        return say!("cost-less-than", amount = decimal(0.01));
    }
    say!("cost-usd", amount = decimal(amount))
}

/// An amount in US dollars for each month, for people: "0.53 $/month", "0,53 $/mois".
#[must_use]
pub fn usd_per_month(amount: f64) -> String {
    say!("cost-per-month", amount = usd(amount))
}

/// Two decimals, thousands apart, with the marks of the language in use.
fn decimal(amount: f64) -> String {
    let (thousands, point) = if words::language() == "fr" { ('\u{202f}', ',') } else { (',', '.') };
    let plain = format!("{amount:.2}");
    let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
    let digits = whole.len();
    let mut out = String::with_capacity(plain.len() + digits / 3);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (digits - place).is_multiple_of(3) && !out.ends_with('-') {
            out.push(thousands);
        }
        out.push(digit);
    }
    out.push(point);
    out + cents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_said_to_the_cent_and_never_as_nothing_when_they_are_something() {
        let cases = [
            (0.0, "0.00 $"),
            (0.004, "< 0.01 $"),
            (0.53, "0.53 $"),
            (22.139, "22.14 $"),
            (1234.5, "1,234.50 $"),
            (1_234_567.0, "1,234,567.00 $"),
        ];
        for (amount, said) in cases {
            assert_eq!(usd(amount), said);
        }
        assert_eq!(usd_per_month(0.53), "0.53 $/month");
    }
}
