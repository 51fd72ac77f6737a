//! Which rows the tree has: families, and under those that are open the datasets that the filter lets through.

use super::State;
use crate::catalog::{self, Dataset, Family};

/// One row of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Row {
    Family(Family),
    Dataset(Dataset),
}

impl Row {
    pub(super) const fn family(&self) -> Family {
        match self {
            Self::Family(family) => *family,
            Self::Dataset(dataset) => dataset.family,
        }
    }

    pub(super) const fn dataset(&self) -> Option<&Dataset> {
        match self {
            Self::Family(_) => None,
            Self::Dataset(dataset) => Some(dataset),
        }
    }
}

impl State {
    /// The rows from top to bottom. A filter opens every family in which it finds something and hides the others.
    pub(super) fn rows(&self) -> Vec<Row> {
        let filtered = !self.filter.value().is_empty();
        let mut rows = Vec::new();
        for family in Family::ALL {
            let datasets = self.datasets_of(family);
            if filtered && datasets.is_empty() {
                continue;
            }
            rows.push(Row::Family(family));
            if filtered || !self.folded.contains(&family) {
                rows.extend(datasets.into_iter().map(Row::Dataset));
            }
        }
        rows
    }

    /// The row under the cursor.
    pub(super) fn row(&self) -> Option<Row> {
        let mut rows = self.rows();
        let cursor = self.cursor.min(rows.len().checked_sub(1)?);
        Some(rows.swap_remove(cursor))
    }

    /// The datasets of a family that the filter lets through.
    pub(super) fn datasets_of(&self, family: Family) -> Vec<Dataset> {
        let wanted = self.filter.value().trim().to_lowercase();
        let fits = |dataset: &Dataset| {
            let text = format!("{} {} {}", dataset.id, family.title(), dataset.summary);
            text.to_lowercase().contains(&wanted)
        };
        let all = catalog::datasets().into_iter();
        let mut datasets: Vec<Dataset> =
            all.filter(|dataset| dataset.family == family && fits(dataset)).collect();
        self.sort(&mut datasets);
        datasets
    }

    pub(super) fn fold(&mut self, fold: bool) {
        let Some(family) = self.row().map(|row| row.family()) else { return };
        if !fold {
            self.folded.remove(&family);
            return;
        }
        self.folded.insert(family);
        let head = Row::Family(family);
        self.cursor = self.rows().iter().position(|row| *row == head).unwrap_or(0);
    }
}
