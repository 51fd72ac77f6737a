//! What actions order the engine to do: on the archive under the cursor, or on all of them.

use super::State;
use super::row::Row;
use crate::say;
use crate::transfer::Status;
use crate::tui::effect::Renewal;
use crate::tui::keys::Action;
use crate::tui::widgets::Question;
use crate::tui::{Command, Effect, Step};

/// What is being asked before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// What becomes of what was moved of this line, or of all, when it is cancelled.
    Cancel(Option<usize>),
}

/// Connections to the mirror that may be asked for.
const CONNECTIONS: std::ops::RangeInclusive<usize> = 1..=8;

impl State {
    pub(super) fn move_by(&mut self, rows: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = Some(match self.cursor {
            None if rows > 0 => 0,
            None => last,
            Some(cursor) => cursor.saturating_add_signed(rows).min(last),
        });
    }

    /// The lines that actions mean: the one under the cursor, or all.
    fn meant(&self) -> impl Iterator<Item = (usize, &Row)> {
        let only = self.cursor;
        self.rows.iter().enumerate().filter(move |(line, _)| only.is_none_or(|cursor| cursor == *line))
    }

    /// Pauses what moves; goes on where nothing does.
    pub(super) fn pause(&self) -> Vec<Effect> {
        if !self.means_open() {
            return Vec::new();
        }
        let command = if self.holds_still() { Command::Resume } else { Command::Pause };
        vec![Effect::Control(command(self.cursor))]
    }

    /// Whether anything that keys act on is not through.
    pub(super) fn means_open(&self) -> bool {
        self.meant().any(|(_, row)| !row.status.is_final())
    }

    /// Whether one of those that keys act on waits because its dump is gone.
    pub(super) fn wants_another_dump(&self) -> bool {
        self.meant().any(|(_, row)| row.status == Status::Waiting && row.lost_its_dump())
    }

    /// Whether nothing that keys act on moves or waits for its turn.
    pub(super) fn holds_still(&self) -> bool {
        let held = |status| matches!(status, Status::Paused | Status::Waiting);
        self.meant().filter(|(_, row)| !row.status.is_final()).all(|(_, row)| held(row.status))
    }

    /// Failed lines and those that were left out are tried again, waiting ones go on: those that wait for credentials once these were
    /// asked for anew, and those that wait before another try at once.
    pub(super) fn retry(&mut self) -> Vec<Effect> {
        let can_begin = self.report.is_none();
        let mut asks = false;
        let orders = self.meant().filter_map(|(line, row)| match row.status {
            Status::Failed | Status::Cancelled | Status::Interrupted if can_begin => {
                Some(Command::Retry(line))
            }
            Status::Waiting if row.wants_credentials() => {
                asks = true;
                None
            }
            Status::Waiting => Some(Command::Resume(Some(line))),
            Status::Running if row.retry.is_some() => Some(Command::Resume(Some(line))),
            _ => None,
        });
        let mut effects: Vec<Effect> = orders.map(Effect::Control).collect();
        if asks && !self.renewing {
            self.renewing = true;
            effects.push(Effect::Renew(Renewal::Same));
        }
        effects
    }

    /// Whether [`Self::retry`] would do anything.
    pub(super) fn can_retry(&self) -> bool {
        self.meant().any(|(_, row)| match row.status {
            Status::Failed | Status::Cancelled | Status::Interrupted => self.report.is_none(),
            Status::Waiting => true,
            Status::Running => row.retry.is_some(),
            _ => false,
        })
    }

    /// Whether an archive waits for credentials.
    pub(super) fn wants_credentials(&self) -> bool {
        self.rows.iter().any(Row::wants_credentials)
    }

    /// New credentials hold: what waited for them goes on.
    pub(super) fn renewed(&mut self, renewed: crate::Result<()>) -> Vec<Effect> {
        self.renewing = false;
        match renewed {
            Ok(()) => {
                self.renew = None;
                let waiting = self.rows.iter().enumerate().filter(|(_, row)| row.wants_credentials());
                waiting.map(|(line, _)| Effect::Control(Command::Resume(Some(line)))).collect()
            }
            Err(error) => {
                let was_open = self.renew.is_some();
                let renew = self.renew.get_or_insert_default();
                (renew.is_trying, renew.error) = (false, Some(error));
                if was_open { Vec::new() } else { vec![Effect::FindProfiles] }
            }
        }
    }

    pub(super) fn ask_for_credentials(&mut self) -> Vec<Effect> {
        self.renew = Some(super::renew::Renew::default());
        vec![Effect::FindProfiles]
    }

    /// Whether an archive failed because its dump is gone or another one by now.
    pub(super) fn lost_a_dump(&self) -> bool {
        self.rows.iter().any(Row::lost_its_dump)
    }

    pub(super) fn ask_cancel(&mut self) {
        let possible = self.meant().any(|(_, row)| !row.status.is_final());
        self.asking = possible.then_some(Ask::Cancel(self.cursor));
    }

    /// What an action answers to the question.
    pub(super) fn answered(&mut self, action: Action) -> Vec<Effect> {
        let Some(Ask::Cancel(line)) = self.asking.take() else { return Vec::new() };
        match action {
            Action::Keep => self.leave_out(line),
            Action::Discard => vec![Effect::Control(Command::Cancel(line))],
            _ => Vec::new(),
        }
    }

    /// Leaves what is not through out of this run; what was moved stays.
    pub(super) fn leave_out(&mut self, line: Option<usize>) -> Vec<Effect> {
        let meant = |at: usize| line.is_none_or(|line| line == at);
        let open = self.rows.iter_mut().enumerate().filter(|(at, row)| meant(*at) && !row.status.is_final());
        let mut any = false;
        open.for_each(|(_, row)| (row.left_out, any) = (true, true));
        if any { vec![Effect::Control(Command::Leave(line))] } else { Vec::new() }
    }

    /// The one under the cursor before all others.
    pub(super) fn put_first(&mut self) -> Vec<Effect> {
        let open = |line: &usize| self.rows.get(*line).is_some_and(|row| !row.status.is_final());
        let Some(line) = self.cursor.filter(open) else { return Vec::new() };
        self.first = Some(line);
        vec![Effect::Control(Command::PutFirst(line))]
    }

    /// One connection to the mirror more, or less. It is shown at once; the engine says in its next frame what holds.
    pub(super) fn connections(&mut self, more: bool) -> Vec<Effect> {
        let now = self.snapshot.connections;
        let wanted = if more { now + 1 } else { now.saturating_sub(1) };
        if self.is_final() || !self.mode.downloads() || !CONNECTIONS.contains(&wanted) {
            return Vec::new();
        }
        self.snapshot.connections = wanted;
        vec![Effect::Control(Command::Connections(wanted))]
    }

    /// Leaving ends the run: from now on only a new one can change anything.
    pub(super) fn go(&self, step: Step) -> Vec<Effect> {
        let wind_down = self.report.is_none().then_some(Effect::Control(Command::Stop));
        wind_down.into_iter().chain([Effect::Go(step)]).collect()
    }

    /// The question that is being asked.
    pub(super) fn asked(&self) -> Option<Question> {
        let Ask::Cancel(line) = self.asking?;
        let title = match line {
            Some(line) => say!("transfer-cancel-one", name = self.name(line)),
            None => say!("transfer-cancel-all"),
        };
        Some(Question { title, text: say!("transfer-cancel-text"), hints: self.hints() })
    }
}
