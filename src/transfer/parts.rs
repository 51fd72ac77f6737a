//! How an archive is cut into parts.

use std::ops::Range;

/// S3's smallest part but for the last: 5 MiB.
pub const SMALLEST_PART: u64 = 5 << 20;
/// The part size for all but very large archives, in bytes.
pub const USUAL_PART: u64 = 8 << 20;
/// S3 allows 10,000; some are kept back so that no rounding ever comes near.
const MOST_PARTS: u64 = 9_950;

/// One part of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    /// From 1, as S3 counts.
    pub(super) number: i32,
    /// Where its bytes lie in the archive.
    pub(super) range: Range<u64>,
}

/// Bytes of every part but the last for an archive of `size` bytes: `smallest`, or as many MiB as make S3's count of parts enough. No
/// more than that: parts are what lies in memory.
#[must_use]
pub fn part_size(size: u64, smallest: u64) -> u64 {
    let enough = size.div_ceil(MOST_PARTS).next_multiple_of(1 << 20);
    enough.max(smallest).max(SMALLEST_PART)
}

/// The parts of an archive of `size` bytes, in order.
pub(super) fn cuts(size: u64, part_size: u64) -> impl Iterator<Item = Cut> {
    let starts = (0..size).step_by(usize::try_from(part_size).unwrap_or(usize::MAX));
    (1..).zip(starts).map(move |(number, start)| Cut { number, range: start..(start + part_size).min(size) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_largest_dump_fits_into_ten_thousand_parts() {
        let listens = 245_936_631_999;
        assert_eq!(part_size(listens, USUAL_PART), 24 << 20);
        assert!(cuts(listens, 24 << 20).count() <= 10_000);
    }

    #[test]
    fn three_hundred_gigabytes_are_planned_into_parts_that_s3_takes() {
        let size = 300_000_000_000;
        let part = part_size(size, USUAL_PART);
        assert_eq!((part, cuts(size, part).count()), (29 << 20, 9_866));
    }

    proptest! {
        #[test]
        fn parts_cover_an_archive_without_gap_or_overlap(size in 0u64..(1 << 42), smallest in 0u64..(64 << 20)) {
            let part = part_size(size, smallest);
            let mut end = 0;
            let mut count = 0;
            for (cut, number) in cuts(size, part).zip(1..) {
                prop_assert_eq!(cut.number, number);
                prop_assert_eq!(cut.range.start, end);
                prop_assert!(cut.range.end == size || cut.range.end - cut.range.start == part);
                end = cut.range.end;
                count += 1;
            }
            prop_assert_eq!(end, size);
            prop_assert!(count <= 10_000 && (SMALLEST_PART..=5 << 30).contains(&part));
        }
    }
}
