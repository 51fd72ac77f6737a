//! Which rows are marked: a bit a row, so that marking a million costs nothing.

/// Marked rows of a level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    bits: Vec<u64>,
    count: usize,
    /// Everything in the level, what has not come yet included.
    all: bool,
}

impl Marks {
    /// Only row `row`.
    #[must_use]
    pub fn only(row: usize) -> Self {
        let mut marks = Self::default();
        marks.set(row);
        marks
    }

    /// Everything in the level.
    #[must_use]
    pub fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Whether all of the level is meant.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.all
    }

    /// Whether nothing is marked.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0 && !self.all
    }

    /// How many rows of `len` are marked.
    #[must_use]
    pub const fn count(&self, len: usize) -> usize {
        if self.all { len } else { self.count }
    }

    /// Whether row `row` is marked.
    #[must_use]
    pub fn has(&self, row: usize) -> bool {
        self.all || self.bits.get(row / 64).is_some_and(|bits| bits & bit(row) != 0)
    }

    /// Marks row `row`.
    pub fn set(&mut self, row: usize) {
        if self.has(row) {
            return;
        }
        if self.bits.len() <= row / 64 {
            self.bits.resize(row / 64 + 1, 0);
        }
        self.bits[row / 64] |= bit(row);
        self.count += 1;
    }

    /// Marks row `row` of `len`, or no longer.
    pub fn toggle(&mut self, row: usize, len: usize) {
        if std::mem::take(&mut self.all) {
            *self = Self::default();
            (0..len).for_each(|row| self.set(row));
        }
        if !self.has(row) {
            return self.set(row);
        }
        self.bits[row / 64] &= !bit(row);
        self.count -= 1;
    }

    /// The marked rows, where not everything is meant.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        let words = self.bits.iter().enumerate().filter(|(_, bits)| **bits != 0);
        words.flat_map(|(at, bits)| {
            (0..64).filter(move |row| bits & (1 << row) != 0).map(move |row| at * 64 + row)
        })
    }
}

const fn bit(row: usize) -> u64 {
    1 << (row % 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_marked_and_no_longer() {
        let mut marks = Marks::only(70);
        marks.toggle(3, 100);
        assert!(marks.rows().eq([3, 70]));
        marks.toggle(70, 100);
        assert_eq!((marks.count(100), marks.has(70), marks.has(3)), (1, false, true));
    }

    #[test]
    fn one_taken_out_of_everything_leaves_the_others_that_have_come() {
        let mut marks = Marks::everything();
        assert_eq!((marks.count(130), marks.has(129), marks.is_empty()), (130, true, false));
        marks.toggle(64, 130);
        assert_eq!(
            (marks.count(130), marks.has(64), marks.has(129), marks.is_all()),
            (129, false, true, false)
        );
    }
}
