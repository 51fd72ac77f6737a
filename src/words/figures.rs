//! Numbers, sizes, rates, percents and spans of time as the language in use writes them: `38.2 MiB/s`, `38,2 Mio/s`.
//!
//! Only for people. French keeps a number and its unit together with a no-break space; in every language the interface wraps no line
//! between them, for which [`is_unit`] tells units from words.

use std::time::Duration;

use fluent::FluentValue;

use crate::say;

/// From here on digits stand in groups of three; below they read well as they are, and years and numbers of dumps stay whole.
const GROUPED: u64 = 10_000;

/// What stands between groups of digits in French, and between a number and its unit.
const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// Units of this program, as they stand behind a number; `/s` and `/month` may follow.
const UNITS: [&str; 32] = [
    "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "kB", "MB", "GB", "TB", "o", "Kio", "Mio", "Gio", "Tio",
    "Pio", "Eio", "ko", "Mo", "Go", "To", "ms", "s", "min", "h", "d", "j", "%", "$", "USD", "×",
];

fn is_french() -> bool {
    super::language() == "fr"
}

/// A number of things: "1,000,000", "1 000 000".
#[must_use]
pub fn count(number: u64) -> String {
    if number < GROUPED {
        return number.to_string();
    }
    grouped(&number.to_string())
}

/// A number with so many decimals: "0.53", "0,53"; digits in groups as [`count`] does.
#[must_use]
pub fn decimal(number: f64, places: usize) -> String {
    let plain = format!("{number:.places$}");
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = whole.trim_start_matches('-');
    let is_long = digits.len() > 4;
    let mut out = if whole.starts_with('-') { "-".to_owned() } else { String::new() };
    out.push_str(&if is_long { grouped(digits) } else { digits.to_owned() });
    if !rest.is_empty() {
        out.push(if is_french() { ',' } else { '.' });
        out.push_str(rest);
    }
    out
}

fn grouped(digits: &str) -> String {
    let mark = if is_french() { NARROW } else { ',' };
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// `bytes` for people, in binary units: "20.5 GiB", "20,5 Gio".
#[must_use]
pub fn size(bytes: u64) -> String {
    let english = humansize::format_size(bytes, humansize::BINARY.decimal_places(1));
    match english.split_once(' ') {
        Some((number, unit)) if is_french() => {
            format!("{}{NO_BREAK}{}", number.replace('.', ","), unit.replace('B', "o"))
        }
        _ => english,
    }
}

/// A rate in bytes/s for people: "38.2 MiB/s", "38,2 Mio/s".
#[must_use]
pub fn rate(bytes_per_second: u64) -> String {
    format!("{}/s", size(bytes_per_second))
}

/// Whole percents: "48 %".
#[must_use]
pub fn percent(percent: u64) -> String {
    let gap = if is_french() { NO_BREAK } else { ' ' };
    format!("{}{gap}%", count(percent))
}

/// A span of time for people: "< 1 s", "34 s", "5 min 34 s", "2 h 05 min", "1 d 04 h".
#[must_use]
pub fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    if days > 0 {
        say!("span-days", days = days, hours = format!("{:02}", hours % 24))
    } else if hours > 0 {
        say!("span-hours", hours = hours, minutes = format!("{:02}", minutes % 60))
    } else if minutes > 0 {
        say!("span-minutes", minutes = minutes, seconds = format!("{:02}", seconds % 60))
    } else if seconds == 0 && !time.is_zero() {
        say!("span-instant")
    } else {
        say!("span-seconds", seconds = seconds)
    }
}

/// How long something still waits, in whole seconds and never none: "1 s" where it is less.
#[must_use]
pub fn wait(time: Duration) -> String {
    let started = u64::from(time.subsec_nanos() > 0);
    span(Duration::from_secs((time.as_secs() + started).max(1)))
}

/// Whether `word`, which stands behind a number, is its unit: "GiB", "Mio/s,", "$/month".
#[must_use]
pub fn is_unit(word: &str) -> bool {
    let bare = word.trim_end_matches([',', '.', ';', ':', ')', ']', '?', '!']);
    let unit = bare.split_once('/').map_or(bare, |(unit, _)| unit);
    UNITS.contains(&unit)
}

/// How a message writes the numbers that it is given.
pub(super) fn in_message<M>(value: &FluentValue, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let plain = number.as_string();
    let places = plain.split_once('.').map_or(0, |(_, rest)| rest.len());
    Some(decimal(number.value, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The language of this process stays English; what French writes is held in `tests/tui`, which speaks both.

    #[test]
    fn sizes_use_binary_units() {
        assert_eq!(size(22_011_707_392), "20.5 GiB");
        assert_eq!(rate(40_055_603), "38.2 MiB/s");
        assert_eq!(percent(48), "48 %");
    }

    #[test]
    fn long_numbers_stand_in_groups() {
        assert_eq!([0, 2593, 10_000, 1_000_000].map(count), ["0", "2593", "10,000", "1,000,000"]);
        assert_eq!(decimal(0.53, 2), "0.53");
        assert_eq!(decimal(-12345.678, 1), "-12,345.7");
    }

    #[test]
    fn spans_read_as_people_say_them() {
        assert_eq!(span(Duration::from_secs(34)), "34 s");
        assert_eq!(span(Duration::from_secs(334)), "5 min 34 s");
        assert_eq!(span(Duration::from_mins(125)), "2 h 05 min");
        assert_eq!(span(Duration::from_hours(28)), "1 d 04 h");
    }

    #[test]
    fn a_wait_is_never_none() {
        let waits = [0, 1, 999, 1000, 1001].map(|ms| wait(Duration::from_millis(ms)));
        assert_eq!(waits, ["1 s", "1 s", "1 s", "1 s", "2 s"]);
    }

    #[test]
    fn units_are_told_from_words() {
        for unit in ["GiB", "Mio/s", "GiB,", "$/month", "%", "s", "min)"] {
            assert!(is_unit(unit), "{unit}");
        }
        for word in ["of", "archives", "", "So"] {
            assert!(!is_unit(word), "{word}");
        }
    }
}
