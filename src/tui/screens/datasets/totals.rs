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
    /// Bytes still to come.
    pub(super) down: u64,
    /// Bytes still to go to the bucket.
    pub(super) up: u64,
    /// How many requests that takes.
    pub(super) requests: u64,
    /// What these cost, once, where that is known.
    pub(super) requests_usd: Option<f64>,
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
        let mut sent = Vec::new();
        for archive in &archives {
            totals.archives += 1;
            totals.size += archive.size;
            match self.look.line(archive) {
                Some(line) => {
                    totals.to_move += line.down.max(line.up);
                    totals.disk += line.down;
                    totals.down += line.down;
                    totals.up += line.up;
                    sent.extend((line.up > 0).then_some(line.up));
                }
                None => totals.looked = false,
            }
        }
        totals.unknown = self.chosen.as_ref().map_or(0, |chosen| chosen.len().saturating_sub(archives.len()));
        if let Some(requests) = money::estimate(sent, &self.place.region, None) {
            (totals.requests, totals.requests_usd) = (requests.requests, requests.requests_usd);
        }
        let sizes = archives.iter().map(|archive| archive.size);
        totals.cost = money::estimate(sizes, &self.place.region, self.place.archive.as_ref());
        totals
    }
}
