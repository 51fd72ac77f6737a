//! `Range` requests, by nginx's rules.

use std::ops::Range;

/// What a `Range` header asks of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// The whole file: no header or an empty one, another unit, or several ranges (this server answers one only).
    Whole,
    /// These bytes, at least one, all of them in the file.
    Part(Range<u64>),
    /// Bytes that are not there, or a header that makes no sense.
    Unsatisfiable,
}

/// Reads a `Range` header for a file of `size` bytes.
pub(super) fn asked(header: Option<&str>, size: u64) -> Asked {
    let prefix_and_ranges = header.and_then(|value| value.split_at_checked("bytes=".len()));
    let ranges = match prefix_and_ranges {
        Some((unit, ranges)) if unit.eq_ignore_ascii_case("bytes=") && !ranges.is_empty() => ranges,
        _ => return Asked::Whole,
    };
    if ranges.contains(',') {
        return Asked::Whole;
    }
    match one(ranges.trim_matches(' '), size) {
        Some(range) if range.start < range.end => Asked::Part(range),
        // nginx takes an empty range from the start for the whole of an empty file, or for a mistake.
        Some(range) if range.start == 0 => Asked::Whole,
        _ => Asked::Unsatisfiable,
    }
}

/// `a-b`, `a-` or `-n` as a range cut to the file; `None` where it cannot be read.
fn one(text: &str, size: u64) -> Option<Range<u64>> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (first.trim_end_matches(' '), last.trim_start_matches(' '));
    match (first, last) {
        ("", last) => Some(size.saturating_sub(number(last)?)..size),
        (first, "") => Some(number(first)?..size),
        (first, last) => Some(number(first)?..number(last)?.saturating_add(1).min(size)),
    }
}

/// Digits and nothing else: a sign is not a number here.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_forms_of_a_range() {
        for (header, wanted) in [
            ("bytes=0-0", Asked::Part(0..1)),
            ("bytes=10-19", Asked::Part(10..20)),
            ("bytes=10-", Asked::Part(10..100)),
            ("bytes=90-1000", Asked::Part(90..100)),
            ("bytes=-10", Asked::Part(90..100)),
            ("bytes=-1000", Asked::Part(0..100)),
            ("Bytes= 1 - 2 ", Asked::Part(1..3)),
            ("bytes=100-", Asked::Unsatisfiable),
            ("bytes=100-200", Asked::Unsatisfiable),
            ("bytes=20-10", Asked::Unsatisfiable),
            ("bytes=-0", Asked::Unsatisfiable),
            ("bytes=a-b", Asked::Unsatisfiable),
            ("bytes=+1-2", Asked::Unsatisfiable),
            ("bytes=99999999999999999999-", Asked::Unsatisfiable),
            ("bytes=", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("lines=0-1", Asked::Whole),
            ("é", Asked::Whole),
        ] {
            assert_eq!(asked(Some(header), 100), wanted, "{header}");
        }
        assert_eq!(asked(None, 100), Asked::Whole);
    }

    #[test]
    fn an_empty_file_has_no_part() {
        assert_eq!(asked(Some("bytes=0-"), 0), Asked::Whole);
        assert_eq!(asked(Some("bytes=1-"), 0), Asked::Unsatisfiable);
    }

    proptest! {
        #[test]
        fn a_part_is_never_empty_and_never_outside(header in "(bytes=)?[0-9 ,-]{0,12}", size in 0u64..200) {
            if let Asked::Part(part) = asked(Some(&header), size) {
                prop_assert!(part.start < part.end && part.end <= size);
            }
        }

        #[test]
        fn a_range_inside_is_answered_as_asked(size in 1u64..1_000_000, a in any::<u64>(), b in any::<u64>()) {
            let (first, last) = ((a % size).min(b % size), (a % size).max(b % size));
            let header = format!("bytes={first}-{last}");
            prop_assert_eq!(asked(Some(&header), size), Asked::Part(first..last + 1));
        }
    }
}
