//! The screen "review": the plan before the act, line by line with its reason. Here lives the plan and the choices about it; `mode` is the
//! one about the disk, `totals` and `view` draw. What a plan is and why, [`crate::transfer`] knows.

mod mode;
mod settings;
mod totals;
mod view;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Screen, speed};
use crate::bucket::protection::{ArchiveRule, Change, Current, Outcome};
use crate::catalog::Archive;
use crate::config::Rates;
use crate::say;
use crate::transfer::Summary;
use crate::transfer::{self, Choice, Contents, Limits, Locals, Mode, Plan, Status, Verdict};
use crate::tui::keys::Action;
use crate::tui::known::Ended;
use crate::tui::widgets::Hint;
use crate::tui::{Effect, Known, Mouse, Step, Theme};
use crate::words;

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {
    archives: Vec<Archive>,
    locals: Locals,
    contents: Option<Contents>,
    choice: Choice,
    /// The mode that the user or the settings want; `None` takes the one that suits the disk.
    wanted: Option<Mode>,
    limits: Limits,
    rates: Rates,
    plan: Plan,
    cursor: usize,
    place: Place,
}

/// Where it goes, for the words.
#[derive(Debug, Default)]
struct Place {
    bucket: String,
    region: String,
    data_dir: String,
    archive: Option<ArchiveRule>,
    settings: Vec<(Change, Outcome)>,
    protection: Option<Current>,
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// The cursor moves by rows.
    Move(isize),
    /// The cursor goes to that line.
    MoveTo(usize),
    /// Unknown files at archives' keys may be replaced, or no longer.
    Replace,
    /// Files stay here, or no longer.
    Mode,
    /// Starts, or goes to the end where nothing is to be done.
    Go,
    /// Back to the datasets.
    Back,
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, known: &Known) -> Vec<Effect> {
        if self.archives != known.chosen {
            self.choice = Choice::default();
            self.cursor = 0;
        }
        self.wanted = self.wanted.or(known.mode);
        self.limits.clone_from(&known.limits);
        self.rates = speed::measured(known);
        self.archives.clone_from(&known.chosen);
        self.locals.clone_from(&known.locals);
        self.contents.clone_from(&known.contents);
        self.place = Place {
            bucket: known.bucket.clone().unwrap_or_default(),
            region: known.bucket_region.clone(),
            data_dir: words::harmless(&known.data_dir.display().to_string()),
            archive: known.archive.clone(),
            settings: known.settings.clone(),
            protection: known.protection.clone(),
        };
        self.make();
        Vec::new()
    }

    fn leave(&self, known: &mut Known) {
        known.plan = Some(self.plan.clone());
        if self.has_nothing_to_do() {
            known.ended = self.plan.lines.iter().map(ended).collect();
            known.report = Some(self.report());
        }
    }

    fn act(&self, action: Action) -> Option<Message> {
        match action {
            Action::Replace if self.has_unknown() => Some(Message::Replace),
            Action::Mode if !self.has_nothing_to_do() => Some(Message::Mode),
            Action::Forward => Some(Message::Go),
            Action::Back => Some(Message::Back),
            motion => motion.rows().map(Message::Move),
        }
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        match mouse {
            Mouse::Wheel(at, lines) if area.contains(at) => Some(Message::Move(lines.signum())),
            Mouse::Click(at) | Mouse::Again(at) => view::line_at(self, area, at).map(Message::MoveTo),
            _ => None,
        }
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Move(rows) => {
                // Behind the lines of the plan stand the bucket's settings.
                let last = self.plan.lines.len();
                self.cursor = self.cursor.saturating_add_signed(rows).min(last);
            }
            Message::MoveTo(line) => self.cursor = line.min(self.plan.lines.len()),
            Message::Replace => {
                self.choice.replace_unknown = !self.choice.replace_unknown;
                self.make();
            }
            Message::Mode => self.switch_mode(),
            Message::Go if self.has_nothing_to_do() => return vec![Effect::Go(Step::Done)],
            Message::Go => return vec![Effect::Go(Step::Transfer)],
            Message::Back => return vec![Effect::Go(Step::Datasets)],
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, _now: Duration) {
        view::view(self, area, buffer, theme);
    }

    fn keys(&self) -> Vec<Hint> {
        let go = if self.has_nothing_to_do() { say!("review-key-end") } else { say!("review-key-start") };
        let says =
            if self.choice.replace_unknown { say!("review-key-keep") } else { say!("review-key-replace") };
        let replace = self
            .has_unknown()
            .then(|| Hint::new(Action::Replace, says).help(say!("review-key-replace-help")));
        let move_hint = Hint::pair(Action::Up, Action::Down, say!("review-key-move"));
        [Hint::new(Action::Forward, go)]
            .into_iter()
            .chain(self.mode_hint())
            .chain(replace)
            .chain([Hint::new(Action::Back, say!("review-key-back")), move_hint])
            .collect()
    }
}

impl State {
    fn make(&mut self) {
        let plan = |choice| transfer::plan(&self.archives, &self.locals, self.contents.as_ref(), choice);
        self.choice.mode = self.wanted.unwrap_or_default();
        self.plan = plan(self.choice);
        if self.wanted.is_none() && self.plan.suggested_mode() != self.choice.mode {
            self.choice.mode = self.plan.suggested_mode();
            self.plan = plan(self.choice);
        }
    }

    fn has_nothing_to_do(&self) -> bool {
        self.plan.to_lift().next().is_none()
    }

    fn has_unknown(&self) -> bool {
        self.plan.lines.iter().any(|line| line.verdict == Verdict::Unknown)
    }

    fn report(&self) -> Summary {
        let count = |action| self.plan.lines.iter().filter(|line| line.action == action).count();
        Summary {
            archives: self.plan.lines.len(),
            skipped: count(transfer::Action::Skip),
            ..Summary::default()
        }
    }
}

/// How a line ends of which nothing is to be done.
fn ended(line: &transfer::Line) -> Ended {
    let blocked = line.action == transfer::Action::Blocked;
    Ended {
        name: words::harmless(&line.archive.name),
        key: line.key.clone(),
        size: line.archive.size,
        status: if blocked { Status::Queued } else { Status::Skipped },
        proof: None,
        why: None,
        took: None,
    }
}

#[cfg(test)]
mod tests;
