//! The screen "transfer": bytes move. Here lives what is shown of a run and which keys act on it; `row` folds facts into the state of one archive,
//! `limits` is what keys do to limits, `bar` composes bars, `line`, `log` and `view` draw. Facts and counters come in; orders go out as effects.

pub mod bar;
mod limits;
mod line;
mod log;
mod orders;
mod row;
mod view;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use self::limits::Change;
use self::log::Log;
pub(super) use self::log::proof_words;
use self::orders::Ask;
use self::row::Row;
use super::Screen;
use crate::say;
use crate::transfer::Summary;
use crate::transfer::{Fact, Leg, Meter, Mode, Pace, Snapshot, Status};
use crate::tui::keys::Action;
use crate::tui::known::Ended;
use crate::tui::widgets::{Hint, Question};
use crate::tui::{Effect, Known, Step, Theme, Tick};

/// What the screen holds of the run that was started last.
#[derive(Debug, Default)]
pub struct State {
    mode: Mode,
    rows: Vec<Row>,
    snapshot: Snapshot,
    /// When it was started and when the last line became final.
    began: Option<Duration>,
    ended: Option<Duration>,
    now: Duration,
    down: Meter,
    up: Meter,
    pace: Pace,
    log: Log,
    /// `None`: keys act on all archives.
    cursor: Option<usize>,
    asking: Option<Ask>,
    /// Which leg's limit the keys change; `None`: both.
    limited: Option<Leg>,
    /// What the engine said when it had wound down.
    report: Option<Summary>,
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// Something happened to a line of the plan.
    Fact(Fact),
    /// The engine has wound down.
    Finished(Summary),
    /// The cursor moves by rows; the log scrolls where it is open.
    Move(isize),
    /// Keys act on all archives again.
    Release,
    /// Holds still, or goes on.
    Pause,
    /// Tries again what failed, goes on with what waits.
    Retry,
    /// Asks whether to cancel.
    AskCancel,
    /// The answer to that.
    Answer(bool),
    /// Lets the legs be faster, or no longer so fast.
    Limit(Change),
    /// The keys change the limit of the next leg, then of both again.
    NextLeg,
    /// Shows or hides the log.
    Log,
    /// Goes on, or back.
    Go(Step),
}

impl State {
    /// Whether bytes still move or the engine still winds down, so that quitting asks.
    #[must_use]
    pub fn is_running(&self) -> bool {
        let stopping = self.rows.iter().any(|row| row.status == Status::Interrupted);
        self.began.is_some() && self.report.is_none() && (!self.is_final() || stopping)
    }

    /// Whether nothing more happens by itself.
    fn is_final(&self) -> bool {
        self.rows.iter().all(|row| row.status.is_final())
    }

    /// Whether everything is in its place and checked.
    fn is_proven(&self) -> bool {
        self.rows.iter().all(|row| matches!(row.status, Status::Proven | Status::Skipped))
    }

    /// Seconds-long span from the start to the end, or until now.
    fn took(&self) -> Duration {
        self.began.map_or(Duration::ZERO, |began| self.ended.unwrap_or(self.now).saturating_sub(began))
    }

    fn start(&mut self, known: &Known) -> Vec<Effect> {
        let Some(plan) = known.plan.clone() else { return Vec::new() };
        *self = Self {
            mode: plan.mode,
            rows: plan.lines.iter().map(Row::new).collect(),
            began: Some(self.now),
            now: self.now,
            ..Self::default()
        };
        vec![Effect::Start(plan)]
    }

    fn fact(&mut self, fact: Fact) {
        if let Some(row) = self.rows.get_mut(fact.line) {
            row.fold(&fact.what, self.now);
        }
        self.log.push(self.now, fact);
        self.note_end();
    }

    fn note_end(&mut self) {
        self.ended = if self.is_final() { self.ended.or(Some(self.now)) } else { None };
    }

    fn measure(&mut self, snapshot: &Snapshot) {
        for (row, sample) in self.rows.iter_mut().zip(&snapshot.archives) {
            row.sample(*sample, self.now);
        }
        self.down.feed(self.now, snapshot.moved_down);
        self.up.feed(self.now, snapshot.moved_up);
        self.pace.feed(self.now, snapshot);
        self.snapshot.clone_from(snapshot);
        self.note_end();
    }
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, known: &Known) -> Vec<Effect> {
        if self.is_running() { Vec::new() } else { self.start(known) }
    }

    fn resume(&mut self, _known: &Known) -> Vec<Effect> {
        Vec::new()
    }

    fn leave(&self, known: &mut Known) {
        known.ended = self.rows.iter().map(Row::ended).collect();
        known.report = Some(self.report.clone().unwrap_or_else(|| self.own_report()));
    }

    fn act(&self, action: Action) -> Option<Message> {
        if self.asking.is_some() {
            return orders::answer(action);
        }
        match action {
            Action::Pause => Some(Message::Pause),
            Action::Retry => Some(Message::Retry),
            Action::Cancel => Some(Message::AskCancel),
            Action::Faster => Some(Message::Limit(Change::Faster)),
            Action::Slower => Some(Message::Limit(Change::Slower)),
            Action::NextLeg => Some(Message::NextLeg),
            Action::Log => Some(Message::Log),
            Action::Forward if self.is_final() => Some(Message::Go(Step::Done)),
            Action::Back if self.cursor.is_some() => Some(Message::Release),
            Action::Back if self.is_final() => Some(Message::Go(Step::Datasets)),
            motion => motion.rows().map(Message::Move),
        }
    }

    fn question(&self) -> Option<Question> {
        self.question()
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Fact(fact) => self.fact(fact),
            Message::Finished(report) => self.report = Some(report),
            Message::Move(rows) if self.log.open => self.log.scroll(rows),
            Message::Move(rows) => self.move_by(rows),
            Message::Release => self.cursor = None,
            Message::Pause => return self.pause(),
            Message::Retry => return self.retry(),
            Message::AskCancel => self.ask_cancel(),
            Message::Answer(yes) => return self.answered(yes),
            Message::Limit(change) => return self.limit(change),
            Message::NextLeg => self.next_leg(),
            Message::Log => self.log.toggle(),
            Message::Go(step) => return self.go(step),
        }
        Vec::new()
    }

    fn tick(&mut self, tick: &Tick) {
        self.now = tick.now;
        if let Some(snapshot) =
            tick.snapshot.as_ref().filter(|_| self.began.is_some() && self.report.is_none())
        {
            self.measure(snapshot);
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, _now: Duration) {
        view::view(self, area, buffer, theme);
    }

    fn keys(&self) -> Vec<Hint> {
        self.hints()
    }

    fn is_moving(&self) -> bool {
        self.is_running()
    }
}

impl State {
    /// How it ended as far as this screen saw it: until the engine has wound down and says it itself.
    fn own_report(&self) -> Summary {
        let count = |status| self.rows.iter().filter(|row| row.status == status).count();
        Summary {
            archives: self.rows.len(),
            proven: count(Status::Proven),
            skipped: count(Status::Skipped),
            failed: count(Status::Failed),
            cancelled: count(Status::Cancelled),
            interrupted: count(Status::Interrupted),
            bytes: self.snapshot.moved_down.max(self.snapshot.moved_up),
            seconds: self.took().as_secs_f64(),
            proofs: self.rows.iter().filter_map(|row| row.proof.as_deref().cloned()).collect(),
            ..Summary::default()
        }
    }

    /// The facts of one archive as they stand, for the end screen.
    fn name(&self, line: usize) -> String {
        self.rows.get(line).map(|row| row.name.clone()).unwrap_or_default()
    }
}

impl Row {
    fn ended(&self) -> Ended {
        Ended {
            name: self.name.clone(),
            key: self.key.clone(),
            size: self.size,
            status: self.status,
            proof: self.proof.clone(),
            why: self.why.clone(),
            took: self.took(),
        }
    }
}

/// What the whole transfer is called now, in words.
fn heading(state: &State) -> String {
    match (state.is_final(), state.mode) {
        (true, _) => say!("transfer-title-ended"),
        (false, Mode::Stream) => say!("transfer-title-stream"),
        (false, _) => say!("transfer-title"),
    }
}

#[cfg(test)]
mod tests;
