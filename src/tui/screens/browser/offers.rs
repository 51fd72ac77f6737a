//! Which actions are offered now: the footer, the help, the palette and the keys are made from it.

use super::list::Progress;
use super::order::By;
use super::page::Row;
use super::{Pane, State};
use crate::bucket::tiers;
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::Hint;

impl State {
    /// Whether an action means something now: what is offered, and motions where there is something to move in.
    pub(super) fn is_meant(&self, action: Action) -> bool {
        let offered = self.offers().iter().any(|hint| hint.actions.contains(&action));
        let moves = match &self.pane {
            Some(Pane::Delete(_) | Pane::Ask(_)) => false,
            Some(Pane::Restore(_)) => matches!(action, Action::Up | Action::Down),
            Some(_) => action.rows().is_some() || matches!(action, Action::Left | Action::Right),
            // A field has its own use for these.
            None if self.typing => !matches!(action, Action::First | Action::Last) && action.rows().is_some(),
            None => self.bucket.is_some() && (action.rows().is_some() || action == Action::Right),
        };
        offered || moves
    }

    /// What can be done now, the most needed first.
    pub(super) fn offers(&self) -> Vec<Hint> {
        match &self.pane {
            Some(Pane::Delete(pane)) => pane.keys(),
            Some(Pane::Ask(pane)) => pane.keys(),
            Some(Pane::Fetches) => self.fetches.keys(),
            Some(Pane::Restore(pane)) => pane.keys(),
            Some(Pane::Inside(pane)) => pane.keys(),
            Some(Pane::Uploads(pane)) => pane.keys(),
            None if self.bucket.is_none() => self.without_bucket(),
            None if self.typing => vec![
                Hint::new(Action::Forward, say!("browser-key-take-filter")),
                Hint::new(Action::Back, say!("browser-key-no-filter")),
                Hint::pair(Action::Up, Action::Down, say!("tui-key-move")),
            ],
            None => self.of_list(),
        }
    }

    fn without_bucket(&self) -> Vec<Hint> {
        let forward = if self.connected { say!("browser-key-bucket") } else { say!("browser-key-connect") };
        vec![Hint::new(Action::Forward, forward), Hint::new(Action::Back, say!("tui-key-back"))]
    }

    fn of_list(&self) -> Vec<Hint> {
        let mut keys = Vec::new();
        if let Progress::Failed(_) = self.level.progress {
            keys.push(Hint::new(Action::Refresh, say!("tui-key-retry")));
        }
        if self.level.to_end {
            keys.push(Hint::new(Action::Cancel, say!("browser-key-stop")).help(say!("browser-stop-help")));
        }
        let row = self.level.under_cursor().map(|(_, row)| row);
        let mut deeds = row.map(|row| self.of_row(&row)).unwrap_or_default();
        let rest = deeds.split_off(deeds.len().min(1));
        keys.extend(deeds);
        // The way out is seen however narrow it is.
        keys.push(Hint::new(Action::Back, self.back_words()));
        keys.extend(rest);
        if !self.level.prefix.is_empty() {
            let up = Hint::new(Action::Parent, say!("browser-key-up")).help(say!("browser-up-help"));
            keys.push(up.quiet());
        }
        keys.extend(self.of_all());
        keys
    }

    /// What Esc lets go of next.
    fn back_words(&self) -> String {
        if self.level.to_end {
            say!("browser-key-stop")
        } else if self.level.order.is_filtered() {
            say!("browser-key-no-filter")
        } else if !self.level.marks.is_empty() {
            say!("browser-key-no-marks")
        } else if self.level.prefix.is_empty() {
            say!("tui-key-back")
        } else {
            say!("browser-key-up")
        }
    }

    /// What can be done with what is under the cursor, or with what is marked.
    fn of_row(&self, row: &Row) -> Vec<Hint> {
        let mut keys = Vec::new();
        let marked = !self.level.marks.is_empty();
        if row.is_folder() {
            keys.push(Hint::new(Action::Forward, say!("browser-key-open")));
        } else {
            keys.push(Hint::new(Action::Forward, say!("browser-key-details")));
        }
        let archived = row.class.is_some_and(|class| !tiers(class).is_empty());
        if archived && Self::has_bytes(row) && self.read_only.is_none() {
            keys.push(
                Hint::new(Action::Restore, say!("browser-key-restore")).help(say!("browser-restore-help")),
            );
        }
        if marked || row.is_folder() || Self::has_bytes(row) {
            keys.push(Hint::new(Action::Fetch, say!("browser-key-fetch")).help(say!("browser-fetch-help")));
        }
        if row.is_folder() {
            keys.push(
                Hint::new(Action::Measure, say!("browser-key-measure")).help(say!("browser-measure-help")),
            );
        } else if Self::has_bytes(row) && !archived {
            keys.push(
                Hint::new(Action::LookInside, say!("browser-key-inside")).help(say!("browser-inside-help")),
            );
        }
        keys.extend(self.changing());
        keys.push(Hint::new(Action::Toggle, say!("browser-key-mark")).help(say!("browser-mark-help")));
        keys
    }

    /// What changes the bucket: nothing of it in read-only mode.
    fn changing(&self) -> Option<Hint> {
        let delete =
            || Hint::new(Action::Delete, say!("browser-key-delete")).help(say!("browser-delete-help"));
        self.read_only.is_none().then(delete)
    }

    fn of_all(&self) -> Vec<Hint> {
        let (by, _) = self.level.order.sorting();
        let next = match by.next() {
            By::Name => say!("browser-sort-name"),
            By::Size => say!("browser-sort-size"),
            By::Date => say!("browser-sort-date"),
            By::Class => say!("browser-sort-class"),
        };
        let mut keys = vec![
            Hint::new(Action::Filter, say!("browser-key-filter")).help(say!("browser-filter-help")),
            Hint::new(Action::Sort, next).help(say!("browser-sort-help")),
            Hint::new(Action::Versions, say!("browser-key-versions")).help(say!("browser-versions-help")),
            Hint::new(Action::Uploads, say!("browser-key-uploads")).help(say!("browser-uploads-help")),
        ];
        if self.fetches.is_any() {
            keys.insert(
                0,
                Hint::new(Action::Fetches, say!("browser-key-fetches")).help(say!("browser-fetches-help")),
            );
        }
        let quiet = [
            Hint::new(Action::MarkAll, say!("browser-key-mark-all")).help(say!("browser-mark-all-help")),
            Hint::new(Action::Reverse, say!("browser-key-reverse")),
            Hint::new(Action::Details, say!("browser-key-details")).help(say!("browser-details-help")),
            Hint::pair(Action::ScrollUp, Action::ScrollDown, say!("browser-scroll-help")),
            Hint::new(Action::Copy, say!("browser-key-copy")).help(say!("browser-copy-help")),
            Hint::new(Action::Refresh, say!("browser-key-again")),
            Hint::pair(Action::Up, Action::Down, say!("tui-key-move")),
        ];
        keys.extend(quiet.map(Hint::quiet));
        keys
    }
}
