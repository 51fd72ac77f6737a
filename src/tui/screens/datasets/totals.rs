//! What the choice comes to: archives, bytes, disk, money. Pure, so that it follows every key.

use super::State;
use crate::catalog::Archive;
use crate::cost::Estimate;
use crate::tui::screens::money;

/// What the choice comes to.
#[derive(Debug, Clone, Default)]
pub(super) struct Totals {
    /// How many archives are known of what is chosen.
    pub(super) archives: u64,
    /// How many chosen datasets have no archive yet: the mirror was not heard, or has none.
    pub(super) unknown: usize,
    /// Their bytes.
    pub(super) size: u64,
    /// Bytes still to move on both legs.
    pub(super) to_move: u64,
    /// Bytes of disk still needed.
    pub(super) disk: u64,
    /// Bytes of disk that are free.
    pub(super) free: Option<u64>,
    /// Whether disk and bucket were looked at for every archive.
    pub(super) looked: bool,
    /// What they cost, where that is known.
    pub(super) cost: Option<Estimate>,
}

impl Totals {
    /// Whether the disk is known to be too small.
    pub(super) fn is_too_large(&self) -> bool {
        self.free.is_some_and(|free| self.disk > free)
    }
}

impl State {
    pub(super) fn totals(&self) -> Totals {
        let archives: Vec<&Archive> = self.chosen_archives().collect();
        let mut totals = Totals { free: self.look.locals.free, looked: true, ..Totals::default() };
        for archive in &archives {
            totals.archives += 1;
            totals.size += archive.size;
            match self.look.line(archive) {
                Some(line) => {
                    totals.to_move += line.down.max(line.up);
                    totals.disk += line.down;
                }
                None => totals.looked = false,
            }
        }
        totals.unknown = self.chosen.as_ref().map_or(0, |chosen| chosen.len().saturating_sub(archives.len()));
        let sizes = archives.iter().map(|archive| archive.size);
        totals.cost = money::estimate(sizes, &self.place.region, self.place.archive.as_ref());
        totals
    }
}
