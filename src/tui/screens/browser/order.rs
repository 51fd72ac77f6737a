//! Which rows are shown, and in which order: a filter and a sort over rows that are still coming. No step looks at more than a given number
//! of rows, so that a key never waits for a million of them.

use super::page::Row;
use super::rows::Rows;
use super::sorter::Sorter;

/// Rows that are looked at in a step, and that are merged in it: a few milliseconds.
pub(super) const BUDGET: usize = 50_000;

/// By what rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum By {
    /// The key, as the store has it.
    #[default]
    Name,
    /// Bytes, the largest first.
    Size,
    /// The date, the newest first.
    Date,
    /// The class, the warmest first.
    Class,
}

impl By {
    /// The one after.
    #[must_use]
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Name => Self::Size,
            Self::Size => Self::Date,
            Self::Date => Self::Class,
            Self::Class => Self::Name,
        }
    }

    /// Whether the highest comes first, unless reversed.
    const fn is_descending(self) -> bool {
        matches!(self, Self::Size | Self::Date)
    }

    /// What is compared; folders, which have neither size nor date of their own, come first either way.
    fn key(self, row: &Row, reversed: bool) -> u64 {
        let value = match self {
            Self::Name => 0,
            Self::Size => row.size,
            Self::Date => row.modified.map_or(0, |date| u64::try_from(date).unwrap_or(0)),
            Self::Class => u64::from(row.rank),
        };
        match (row.is_folder(), self.is_descending() != reversed) {
            (true, _) => 0,
            (false, false) => value.saturating_add(1),
            (false, true) => (u64::MAX - value).max(1),
        }
    }
}

/// What names are looked through for; upper and lower case are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Needle {
    text: String,
}

impl Needle {
    fn new(text: &str) -> Self {
        Self { text: text.to_lowercase() }
    }

    fn is_in(&self, name: &str) -> bool {
        if !self.text.is_ascii() {
            return name.to_lowercase().contains(&self.text);
        }
        let needle = self.text.as_bytes();
        let Some(first) = needle.first() else { return true };
        let name = name.as_bytes();
        let last = name.len().saturating_sub(needle.len() - 1);
        let begins = |at: &usize| name[*at].to_ascii_lowercase() == *first;
        (0..last).filter(begins).any(|at| name[at..at + needle.len()].eq_ignore_ascii_case(needle))
    }
}

/// A filter and a sort.
#[derive(Debug, Default)]
pub(super) struct Order {
    needle: Needle,
    by: By,
    reversed: bool,
    /// How many rows were looked at.
    seen: usize,
    /// Those that fit, in the store's order; unused while everything is shown so.
    found: Vec<u32>,
    sorter: Sorter,
}

impl Order {
    /// By what it sorts, and whether the other way round.
    #[must_use]
    pub(super) const fn sorting(&self) -> (By, bool) {
        (self.by, self.reversed)
    }

    /// Whether names are filtered.
    #[must_use]
    pub(super) const fn is_filtered(&self) -> bool {
        !self.needle.text.is_empty()
    }

    /// Shows only names with `text` in them; what was found before is looked for anew, a step at a time.
    pub(super) fn filter(&mut self, text: &str) {
        let needle = Needle::new(text);
        if needle != self.needle {
            *self = Self { needle, by: self.by, reversed: self.reversed, ..Self::default() };
        }
    }

    /// Sorts by `by`, or the other way round.
    pub(super) fn sort(&mut self, by: By, reversed: bool) {
        let needle = std::mem::take(&mut self.needle);
        // Found is found, whichever way round it is shown.
        let keeps = by == By::Name && self.by == By::Name;
        let (seen, found) =
            if keeps { (self.seen, std::mem::take(&mut self.found)) } else { (0, Vec::new()) };
        *self = Self { needle, by, reversed, seen, found, ..Self::default() };
    }

    /// How many rows are shown.
    #[must_use]
    pub(super) fn len(&self, rows: &Rows) -> usize {
        match self.by {
            By::Name if !self.is_filtered() => rows.len(),
            By::Name => self.found.len(),
            _ => self.sorter.sorted().len(),
        }
    }

    /// Which row is shown in line `line`.
    #[must_use]
    pub(super) fn at(&self, rows: &Rows, line: usize) -> Option<usize> {
        let len = self.len(rows);
        let last = len.checked_sub(1)?;
        let line = if self.by == By::Name && self.reversed { last.checked_sub(line)? } else { line };
        let found = match self.by {
            By::Name if !self.is_filtered() => return (line < len).then_some(line),
            By::Name => &self.found,
            _ => self.sorter.sorted(),
        };
        found.get(line).map(|row| *row as usize)
    }

    /// Whether rows that have come are not yet in it.
    #[must_use]
    pub(super) fn is_busy(&self, rows: &Rows) -> bool {
        !self.is_plain() && (self.seen < rows.len() || self.sorter.is_busy())
    }

    /// How many rows were looked at.
    #[cfg(test)]
    pub(super) fn seen(&self, rows: &Rows) -> usize {
        if self.is_plain() { rows.len() } else { self.seen }
    }

    /// Looks at no more than `budget` rows; `coming` says whether more rows are on their way. Whether anything was done.
    pub(super) fn step(&mut self, rows: &Rows, budget: usize, coming: bool) -> bool {
        if !self.is_busy(rows) {
            return false;
        }
        for (index, row) in rows.from(self.seen).take(budget) {
            self.seen = index + 1;
            let Ok(number) = u32::try_from(index) else { continue };
            if !self.needle.is_in(row.name) {
                continue;
            }
            match self.by {
                By::Name => self.found.push(number),
                by => self.sorter.push(by.key(&row, self.reversed), number),
            }
        }
        self.sorter.step(budget * 4, coming);
        true
    }

    /// Everything is shown in the store's order, so that there is nothing to look at.
    const fn is_plain(&self) -> bool {
        matches!(self.by, By::Name) && !self.is_filtered()
    }
}

#[cfg(test)]
mod tests;
