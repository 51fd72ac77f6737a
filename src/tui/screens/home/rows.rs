//! The rows of the table: every dataset, with what the bucket has of it and where it stands; those that matter here first.

use super::State;
use crate::catalog::{self, Dataset};
use crate::say;
use crate::transfer::Verdict;
use crate::tui::screens::standing::{Standing, Tone};
use crate::tui::seen;
use crate::words;

/// A dataset and what is known of it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) dataset: Dataset,
    /// What the bucket has.
    pub(super) there: Option<seen::Standing>,
    /// Where it stands; `None` until that is known.
    pub(super) state: Option<Standing>,
}

/// All of them, as they are drawn.
pub(super) fn of(state: &State) -> Vec<Row> {
    let rows = catalog::datasets().into_iter().map(|dataset| row(state, dataset));
    let (first, rest): (Vec<Row>, Vec<Row>) = rows.partition(|row| matters(state, row));
    first.into_iter().chain(rest).collect()
}

/// What stands in the bucket, was chosen or was begun.
fn matters(state: &State, row: &Row) -> bool {
    let begun = |id| state.begun.iter().any(|begun| catalog::dataset_at(&begun.key).as_ref() == Some(id));
    row.there.is_some() || state.wanted.contains(&row.dataset.id) || begun(&row.dataset.id)
}

fn row(state: &State, dataset: Dataset) -> Row {
    let there = state.in_bucket().iter().find(|standing| standing.dataset == dataset.id).cloned();
    let standing = standing(state, &dataset, there.as_ref());
    Row { dataset, there, state: standing }
}

fn standing(state: &State, dataset: &Dataset, there: Option<&seen::Standing>) -> Option<Standing> {
    let listing = state.found.get(&dataset.family);
    let archive = state.archive(&dataset.id);
    let line = archive.and_then(|archive| state.look.line(archive));
    match (line, archive, listing) {
        (Some(line), Some(archive), _) => Some(match &line.verdict {
            Verdict::Newer { .. } => newer(&archive.dump.date(), archive.size),
            _ => Standing::of_line(&line),
        }),
        (_, None, Some(listing)) if listing.dump.is_ok() && there.is_none() => Some(Standing::not_offered()),
        (_, None, Some(_)) if there.is_none() => Some(Standing::not_known()),
        // The mirror does not say, or nobody looked yet: what stands there stands there.
        _ => there.map(|_| Standing::in_bucket()),
    }
}

/// `↑ newer: 2026-05-23, 20.5 GiB`.
fn newer(date: &str, size: u64) -> Standing {
    let date = words::day(date);
    Standing {
        symbol: "↑",
        long: say!("home-newer", date = date.as_str(), size = words::size(size)),
        short: say!("home-newer-short", date = date),
        tone: Tone::Under,
    }
}
