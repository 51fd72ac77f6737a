//! What keys order the engine to do: on the archive under the cursor, or on all of them.

use super::{Message, State};
use crate::error::Kind;
use crate::say;
use crate::transfer::Status;
use crate::tui::keys::Action;
use crate::tui::widgets::{Hint, Question};
use crate::tui::{Command, Effect, Step};

/// What is being asked before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// Whether to cancel this line, or all.
    Cancel(Option<usize>),
}

/// What an action answers to a question.
pub(super) const fn answer(action: Action) -> Option<Message> {
    match action {
        Action::Confirm => Some(Message::Answer(true)),
        Action::Decline => Some(Message::Answer(false)),
        _ => None,
    }
}

impl State {
    pub(super) fn move_by(&mut self, rows: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = Some(match self.cursor {
            None if rows > 0 => 0,
            None => last,
            Some(cursor) => cursor.saturating_add_signed(rows).min(last),
        });
    }

    /// Pauses what moves; goes on where nothing does.
    pub(super) fn pause(&self) -> Vec<Effect> {
        if self.is_final() {
            return Vec::new();
        }
        let command = if self.holds_still() { Command::Resume } else { Command::Pause };
        vec![Effect::Control(command(self.cursor))]
    }

    /// Whether nothing that keys act on moves or waits for its turn.
    fn holds_still(&self) -> bool {
        let held = |status| matches!(status, Status::Paused | Status::Waiting);
        if let Some(row) = self.cursor.and_then(|cursor| self.rows.get(cursor)) {
            return held(row.status);
        }
        self.rows.iter().filter(|row| !row.status.is_final()).all(|row| held(row.status))
    }

    /// Failed lines are tried again, waiting ones go on.
    pub(super) fn retry(&self) -> Vec<Effect> {
        let lines =
            self.rows.iter().enumerate().filter(|(line, _)| self.cursor.is_none_or(|cursor| cursor == *line));
        let orders = lines.filter_map(|(line, row)| match row.status {
            Status::Failed | Status::Cancelled if self.report.is_none() => Some(Command::Retry(line)),
            Status::Waiting => Some(Command::Resume(Some(line))),
            _ => None,
        });
        orders.map(Effect::Control).collect()
    }

    /// Whether an archive failed because its dump is gone or another one by now.
    fn lost_a_dump(&self) -> bool {
        let errors = self.rows.iter().filter_map(|row| row.why.as_ref());
        errors.into_iter().any(|why| matches!(why.kind(), Kind::NotFound | Kind::SourceChanged))
    }

    pub(super) fn ask_cancel(&mut self) {
        let open = |line: usize| self.rows.get(line).is_some_and(|row| !row.status.is_final());
        let possible = self.cursor.map_or_else(|| !self.is_final(), open);
        self.asking = possible.then_some(Ask::Cancel(self.cursor));
    }

    pub(super) fn answered(&mut self, yes: bool) -> Vec<Effect> {
        match self.asking.take() {
            Some(Ask::Cancel(line)) if yes => vec![Effect::Control(Command::Cancel(line))],
            _ => Vec::new(),
        }
    }

    /// Leaving ends the run: from now on only a new one can change anything.
    pub(super) fn go(&self, step: Step) -> Vec<Effect> {
        let wind_down = self.report.is_none().then_some(Effect::Control(Command::Stop));
        wind_down.into_iter().chain([Effect::Go(step)]).collect()
    }

    /// The question that is being asked.
    pub(super) fn question(&self) -> Option<Question> {
        let Ask::Cancel(line) = self.asking?;
        let title = match line {
            Some(line) => say!("transfer-cancel-one", name = self.name(line)),
            None => say!("transfer-cancel-all"),
        };
        Some(Question { title, text: say!("transfer-cancel-text"), hints: self.hints() })
    }

    pub(super) fn hints(&self) -> Vec<Hint> {
        if self.asking.is_some() {
            return vec![
                Hint::new(Action::Confirm, say!("transfer-key-yes")),
                Hint::new(Action::Decline, say!("transfer-key-no")),
            ];
        }
        let has = |wanted: &[Status]| self.rows.iter().any(|row| wanted.contains(&row.status));
        let mut hints = Vec::new();
        if self.is_final() {
            hints.push(Hint::new(Action::Forward, say!("transfer-key-result")));
        } else {
            let says =
                if self.holds_still() { say!("transfer-key-resume") } else { say!("transfer-key-pause") };
            hints.push(Hint::new(Action::Pause, says).help(say!("transfer-key-pause-help")));
        }
        if has(&[Status::Failed, Status::Waiting, Status::Cancelled]) && self.report.is_none() {
            hints.push(
                Hint::new(Action::Retry, say!("transfer-key-retry")).help(say!("transfer-key-retry-help")),
            );
        }
        if !self.is_final() {
            hints.push(
                Hint::new(Action::Cancel, say!("transfer-key-cancel")).help(say!("transfer-key-cancel-help")),
            );
        }
        hints.push(Hint::new(
            Action::Log,
            if self.log.open { say!("transfer-key-no-log") } else { say!("transfer-key-log") },
        ));
        let mut limits = self.limit_hints().into_iter();
        hints.extend(limits.next());
        hints.push(
            Hint::pair(Action::Up, Action::Down, say!("transfer-key-one"))
                .help(say!("transfer-key-one-help")),
        );
        if self.cursor.is_some() {
            hints.push(Hint::new(Action::Back, say!("transfer-key-every")));
        } else if self.is_final() {
            let says =
                if self.lost_a_dump() { say!("transfer-key-newest") } else { say!("transfer-key-datasets") };
            hints.push(Hint::new(Action::Back, says));
        }
        hints.push(Hint::new(Action::Quit, say!("transfer-key-quit")).help(say!("transfer-key-quit-help")));
        hints.extend(limits);
        hints
    }
}
