//! In which order the datasets of a family stand.

use std::cmp::Reverse;

use super::State;
use crate::catalog::Dataset;
use crate::say;

/// By what they are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// As the catalogue has them.
    #[default]
    Listed,
    /// By name.
    Name,
    /// The largest first; what is not known last.
    Size,
    /// What needs something first, what is current last.
    State,
}

impl Order {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Listed => Self::Name,
            Self::Name => Self::Size,
            Self::Size => Self::State,
            Self::State => Self::Listed,
        }
    }

    /// What the title says of it; nothing of the usual order.
    pub(super) fn words(self) -> Option<String> {
        match self {
            Self::Listed => None,
            Self::Name => Some(say!("datasets-by-name")),
            Self::Size => Some(say!("datasets-by-size")),
            Self::State => Some(say!("datasets-by-state")),
        }
    }
}

impl State {
    /// Puts the datasets of one family into the order that was chosen.
    pub(super) fn sort(&self, datasets: &mut [Dataset]) {
        match self.order {
            Order::Listed => {}
            Order::Name => datasets.sort_by(|a, b| a.name.cmp(&b.name)),
            Order::Size => datasets
                .sort_by_cached_key(|dataset| Reverse(self.archive(dataset).map(|archive| archive.size))),
            Order::State => datasets.sort_by_cached_key(|dataset| {
                self.standing(dataset).map_or(u8::MAX, |standing| standing.rank())
            }),
        }
        if self.reversed {
            datasets.reverse();
        }
    }

    /// Changes what decides which rows there are; the cursor stays on its row where that row is still there.
    pub(super) fn keeping_row(&mut self, change: impl FnOnce(&mut Self)) {
        let row = self.row();
        change(self);
        let rows = self.rows();
        let same = row.and_then(|row| rows.iter().position(|other| *other == row));
        let first = rows.iter().position(|row| row.dataset().is_some()).unwrap_or(0);
        self.cursor = same.unwrap_or(first);
    }
}
