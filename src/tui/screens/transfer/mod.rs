//! The screen "transfer": bytes move. Here lives what is shown of a run and what actions do to it; `row` folds facts into the state of one
//! archive, `orders` and `limits` are what the engine is told, `renew` asks for credentials, `series` and `countdown` even out what is measured,
//! `bar` and `parts` compose bars and maps, `areas` says what lies where, and `view`, `head`, `chart`, `line`, `detail`, `log` draw it. Facts and
//! counters come in; orders go out as effects.

mod areas;
pub mod bar;
mod chart;
mod countdown;
mod detail;
mod head;
mod hints;
mod limits;
mod line;
mod log;
mod mouse;
mod orders;
mod parts;
mod renew;
mod report;
mod row;
mod series;
mod view;

use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::countdown::Countdown;
pub use self::limits::Change;
use self::log::Log;
pub(super) use self::log::proof_words;
pub use self::mouse::Hit;
use self::orders::Ask;
use self::renew::Renew;
use self::row::Row;
use self::series::{Series, Span};
use super::Screen;
use crate::say;
use crate::transfer::Summary;
use crate::transfer::{Fact, Leg, Meter, Mode, Pace, Snapshot, Status};
use crate::tui::keys::Action;
use crate::tui::widgets::{Hint, Question};
use crate::tui::{Command, Effect, Known, Mouse, Step, Theme, Tick};

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
    /// When counters were looked at last.
    measured: Duration,
    down: Meter,
    up: Meter,
    pace: Pace,
    countdown: Countdown,
    series: Series,
    span: Span,
    log: Log,
    /// `None`: keys act on all archives.
    cursor: Option<usize>,
    /// Whether all that is known of the archive under the cursor is shown, from which of its lines on.
    opened: bool,
    scroll: usize,
    /// Which line was put first.
    first: Option<usize>,
    asking: Option<Ask>,
    /// Credentials are asked for, or tried.
    renew: Option<Renew>,
    renewing: bool,
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
    /// The profiles of this machine.
    Profiles(Vec<String>),
    /// Credentials were renewed and the bucket opened with them, or not.
    Renewed(crate::Result<()>),
    /// One of the actions that are offered.
    Act(Action),
    /// A key that is typed into a field.
    Key(KeyEvent),
    /// Text that is pasted into a field.
    Paste(String),
    /// The mouse is on something.
    Hit(Hit),
}

impl State {
    /// Whether bytes still move or the engine still winds down, so that quitting asks.
    #[must_use]
    pub fn is_running(&self) -> bool {
        let stops = |row: &Row| row.status == Status::Interrupted && !row.left_out;
        let stopping = self.rows.iter().any(stops);
        self.began.is_some() && self.report.is_none() && (!self.is_final() || stopping)
    }

    /// Whole percent of the run that is shown, for the terminal's title; `None` while there is none, and after its end.
    #[must_use]
    pub fn percent(&self) -> Option<u8> {
        let percent = bar::percent(self.snapshot.done(), self.snapshot.total(), self.is_proven());
        self.is_running().then(|| u8::try_from(percent).unwrap_or(100))
    }

    /// Whether the last line has become final in this very moment, for the bell.
    #[must_use]
    pub fn just_ended(&self) -> bool {
        self.began.is_some() && self.ended == Some(self.now)
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
        let name = self.name(fact.line);
        self.log.push(self.now, fact, &name);
        self.note_end();
    }

    fn note_end(&mut self) {
        if self.is_final() && self.ended.is_none() {
            self.span = Span::Whole;
        }
        self.ended = if self.is_final() { self.ended.or(Some(self.now)) } else { None };
    }

    fn measure(&mut self, snapshot: &Snapshot) {
        self.measured = self.now;
        for (row, sample) in self.rows.iter_mut().zip(&snapshot.archives) {
            row.sample(*sample, self.now);
        }
        // What the system has taken moves evenly; what S3 has acknowledged comes in whole parts.
        let up = snapshot.sent_up.max(snapshot.moved_up);
        self.down.feed(self.now, snapshot.moved_down);
        self.up.feed(self.now, up);
        if !self.is_final() {
            self.series.feed(self.now, snapshot.moved_down, up);
        }
        self.pace.feed(self.now, snapshot);
        self.countdown.feed(self.now, self.pace.left());
        self.snapshot.clone_from(snapshot);
        self.note_end();
    }

    /// Does one of the actions that are offered.
    fn do_action(&mut self, action: Action) -> Vec<Effect> {
        if self.asking.is_some() {
            return self.answered(action);
        }
        if let Some(renew) = &mut self.renew {
            let (closes, effects) = renew.act(action);
            self.renew = self.renew.take().filter(|_| !closes);
            return effects;
        }
        match action {
            _ if self.log.typing => self.end_filter(action),
            Action::Pause => return self.pause(),
            Action::Retry => return self.retry(),
            Action::Renew => return self.ask_for_credentials(),
            Action::Cancel => self.ask_cancel(),
            Action::PutFirst => return self.put_first(),
            Action::SkipArchive => return self.leave_out(self.cursor),
            Action::Faster => return self.limit(Change::Faster),
            Action::Slower => return self.limit(Change::Slower),
            Action::NextLeg => self.next_leg(),
            Action::MoreConnections => return self.connections(true),
            Action::FewerConnections => return self.connections(false),
            Action::ChartSpan => self.span = self.span.other(),
            Action::Log => self.log.toggle(),
            Action::LogLevel => self.log.next_level(),
            Action::Filter => self.log.type_filter(),
            Action::Forward => return self.forward(),
            Action::Back => return self.back(),
            motion => return self.moved(motion),
        }
        Vec::new()
    }

    fn end_filter(&mut self, action: Action) {
        match action {
            Action::Forward => self.log.end_filter(false),
            Action::Back => self.log.end_filter(true),
            _ => {}
        }
    }

    /// Into the archive under the cursor, else on to the result.
    fn forward(&mut self) -> Vec<Effect> {
        if self.cursor.is_none() {
            return if self.is_final() { self.go(Step::Done) } else { Vec::new() };
        }
        self.opened = !self.opened;
        self.scroll = 0;
        self.watch()
    }

    /// Out of what is open, the innermost first.
    fn back(&mut self) -> Vec<Effect> {
        if self.opened {
            self.opened = false;
            return self.watch();
        }
        if self.cursor.take().is_some() || !self.is_final() {
            return Vec::new();
        }
        self.go(Step::Datasets)
    }

    fn moved(&mut self, motion: Action) -> Vec<Effect> {
        let Some(rows) = motion.rows() else { return Vec::new() };
        if self.log.open {
            self.log.scroll(rows);
            return Vec::new();
        }
        let is_page = matches!(motion, Action::PageUp | Action::PageDown);
        if self.opened && is_page {
            self.scroll = self.scroll.saturating_add_signed(rows);
            return Vec::new();
        }
        self.move_by(rows);
        self.scroll = 0;
        if self.opened { self.watch() } else { Vec::new() }
    }

    /// Frames tell where the parts of the archive are that is looked at, and of no other.
    fn watch(&self) -> Vec<Effect> {
        vec![Effect::Control(Command::Watch(self.cursor.filter(|_| self.opened)))]
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
        let is_offered = || self.hints().iter().any(|hint| hint.actions.contains(&action));
        (action.rows().is_some() || is_offered()).then_some(Message::Act(action))
    }

    fn key(&self, key: KeyEvent) -> Option<Message> {
        self.is_typing().then_some(Message::Key(key))
    }

    fn paste(&self, text: &str) -> Option<Message> {
        self.is_typing().then(|| Message::Paste(text.to_owned()))
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        mouse::hit(self, area, mouse).map(Message::Hit)
    }

    fn question(&self) -> Option<Question> {
        self.asked()
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Fact(fact) => self.fact(fact),
            Message::Finished(report) => self.report = Some(report),
            Message::Profiles(profiles) => {
                self.renew.iter_mut().for_each(|renew| renew.has_profiles(profiles.clone()));
            }
            Message::Renewed(renewed) => return self.renewed(renewed),
            Message::Act(action) => return self.do_action(action),
            Message::Key(key) => match &mut self.renew {
                Some(renew) => renew.key(key),
                None => drop(self.log.filter.key(key)),
            },
            Message::Paste(text) => match &mut self.renew {
                Some(renew) => renew.paste(&text),
                None => self.log.filter.paste(&text),
            },
            Message::Hit(hit) => return self.hit(hit),
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

    fn is_typing(&self) -> bool {
        self.log.typing || self.renew.as_ref().is_some_and(Renew::is_typing)
    }

    fn is_moving(&self) -> bool {
        // The last bytes are counted before a fact says that all is through: they are looked at once more.
        let is_stale = self.report.is_none() && self.ended.is_some_and(|ended| self.measured <= ended);
        self.is_running() || is_stale
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
