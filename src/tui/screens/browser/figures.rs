//! Counts, dates and keys as the browser writes them.

use jiff::Timestamp;

use crate::say;
pub(super) use crate::words::count;
use crate::words::{harmless, moment_utc};

/// The same of a number of rows.
pub(super) fn rows(number: usize) -> String {
    count(number as u64)
}

/// A moment to the minute, in universal time: "2026-05-23 10:00", "23/05/2026 10:00".
pub(super) fn moment(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| String::from("—"), moment_utc)
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
    fn a_moment_is_said_to_the_minute() {
        assert_eq!(moment(1_356_048_000), "2012-12-21 00:00");
        assert_eq!(moment(i64::MAX), "—");
    }
}
