//! Counts, dates and keys as the browser writes them.

use crate::say;
use crate::words::{self, harmless};

/// A whole number for people, its thousands apart: "1,234,567", "1 234 567".
pub(super) fn count(number: u64) -> String {
    let apart = if words::language() == "fr" { '\u{202f}' } else { ',' };
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(apart);
        }
        out.push(digit);
    }
    out
}

/// The same of a number of rows.
pub(super) fn rows(number: usize) -> String {
    count(number as u64)
}

/// A moment to the minute, in universal time: "2026-05-23 10:00".
pub(super) fn moment(seconds: i64) -> String {
    let at = jiff::Timestamp::from_second(seconds);
    at.map_or_else(|_| String::from("—"), |at| at.strftime("%Y-%m-%d %H:%M").to_string())
}

/// What a row is called.
pub(super) fn named(row: &super::page::Row) -> String {
    if row.name.is_empty() { say!("browser-own-key") } else { harmless(row.name) }
}

/// A key or a name, with nothing in it that moves a cursor or turns the line around.
pub(super) fn shown(key: &str) -> String {
    harmless(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_moment_is_said_to_the_minute() {
        assert_eq!(moment(1_356_048_000), "2012-12-21 00:00");
        assert_eq!(moment(i64::MAX), "—");
    }
}
