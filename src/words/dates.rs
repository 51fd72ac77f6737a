//! Days and moments as the language in use writes them: `2026-05-23`, `23/05/2026`.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day at the beginning of `iso` (`2026-05-23`, `2026-05-23T10:00:00Z`) for people; `iso` itself where it begins with none.
#[must_use]
pub fn day(iso: &str) -> String {
    let date: Option<Date> = iso.get(..10).and_then(|day| day.parse().ok());
    date.map_or_else(|| super::harmless(iso), written)
}

/// A moment in the local time zone, to the minute: "2026-05-23 10:00", "23/05/2026 10:00".
#[must_use]
pub fn moment(at: Timestamp) -> String {
    let local = at.to_zoned(TimeZone::system());
    format!("{} {}", written(local.date()), local.strftime("%R"))
}

/// A moment in UTC, to the minute, as [`moment`] writes it; whoever shows it says that it is UTC.
#[must_use]
pub fn moment_utc(at: Timestamp) -> String {
    let utc = at.to_zoned(TimeZone::UTC);
    format!("{} {}", written(utc.date()), utc.strftime("%R"))
}

fn written(date: Date) -> String {
    let form = if super::language() == "fr" { "%d/%m/%Y" } else { "%F" };
    date.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_from_what_begins_with_one() {
        assert_eq!(day("2026-05-23"), "2026-05-23");
        assert_eq!(day("2026-05-23T10:00:00Z"), "2026-05-23");
        assert_eq!(day("soon\u{1b}"), "soon\\u{1b}");
        assert_eq!(day("2026-13-40"), "2026-13-40");
    }

    #[test]
    fn a_moment_has_its_minute() {
        assert!(moment(Timestamp::from_second(1_750_000_000).unwrap()).starts_with("2025-06-1"));
    }
}
