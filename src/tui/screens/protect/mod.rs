//! Protect: what is set on the bucket, what is wanted, and what became of the difference.

mod choice;
mod mouse;
mod prices;
mod rows;
mod table;
mod update;
mod view;

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Screen;
use crate::bucket::protection::{Change, Current, Outcome, diff, skipped};
use crate::error::{Error, Result};
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::Hint;
use crate::tui::{Effect, Known, Mouse, Theme};

pub use choice::Choice;
use rows::Row;

/// Where the screen stands.
#[derive(Debug, Default)]
enum Phase {
    /// The settings are being read.
    #[default]
    Reading,
    /// They could not be read.
    Unreadable(Error),
    /// They are shown and can be chosen.
    Choosing(Current),
    /// The difference is being applied.
    Applying(Current),
    /// It was applied, or what came in the way.
    Applied(Current, Option<Error>),
}

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {
    bucket: String,
    region: String,
    phase: Phase,
    choice: Choice,
    at: Row,
    /// What is to be done, then what became of it.
    changes: Vec<Change>,
    outcomes: Vec<(Change, Outcome)>,
    /// The layout's keys that were made; `None` until that was tried.
    layout: Option<Vec<String>>,
    /// How far what stands below the table is scrolled, in lines.
    scroll: usize,
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// The settings, or why they could not be read.
    Read(Result<Current>),
    /// The layout's keys that were made.
    Layout(Vec<String>),
    /// What became of one change.
    Outcome(Change, Outcome),
    /// All was tried; an error only where nothing more could succeed.
    Applied(Result<()>),
    /// The cursor goes to that row.
    Move(Row),
    /// What stands below the table scrolls by lines.
    Scroll(isize),
    /// The row under the cursor takes its next or its previous value.
    Turn(i32),
    /// A digit of the days, or `None` for the last one taken away.
    Digit(Option<u32>),
    /// Apply, or on to the datasets where nothing is left.
    Forward,
    /// On to the datasets; everything stays as it is.
    Skip,
    /// Read again.
    Retry,
    /// Back to the buckets.
    Back,
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, known: &Known) -> Vec<Effect> {
        let bucket = known.bucket.clone().unwrap_or_default();
        if bucket != self.bucket {
            *self = Self { bucket, region: known.bucket_region.clone(), ..Self::default() };
        }
        self.phase = Phase::Reading;
        vec![Effect::ReadProtection]
    }

    fn leave(&self, known: &mut Known) {
        known.settings.clone_from(&self.outcomes);
        known.archive = self.rule_in_force();
        known.protection = self.current().cloned();
    }

    fn act(&self, action: Action) -> Option<Message> {
        match (&self.phase, action) {
            (Phase::Applying(_), _) => None,
            (_, Action::Back) => Some(Message::Back),
            (_, Action::PageDown) => Some(Message::Scroll(2)),
            (_, Action::PageUp) => Some(Message::Scroll(-2)),
            (Phase::Choosing(current), action) => self.choosing_act(current, action),
            (Phase::Applied(..), Action::Forward) => Some(Message::Forward),
            (Phase::Applied(..) | Phase::Unreadable(_), Action::Refresh) => Some(Message::Retry),
            (Phase::Reading | Phase::Unreadable(_), Action::SkipStep) => Some(Message::Skip),
            _ => None,
        }
    }

    /// Days are typed where the cursor stands on them; every other letter is a key as ever.
    fn key(&self, key: KeyEvent) -> Option<Message> {
        if !matches!(self.phase, Phase::Choosing(_)) || self.at != Row::Days {
            return None;
        }
        match key.code {
            KeyCode::Char(digit) => digit.to_digit(10).map(|digit| Message::Digit(Some(digit))),
            KeyCode::Backspace => Some(Message::Digit(None)),
            _ => None,
        }
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        mouse::meant(self, area, mouse)
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        self.apply(message)
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        view::view(self, area, buffer, theme, now);
    }

    fn keys(&self) -> Vec<Hint> {
        let back = Hint::new(Action::Back, say!("tui-key-back"));
        let skip =
            Hint::new(Action::SkipStep, say!("tui-protect-key-skip")).help(say!("tui-protect-help-skip"));
        match &self.phase {
            Phase::Reading => vec![skip, back],
            Phase::Unreadable(_) => vec![Hint::new(Action::Refresh, say!("tui-key-retry")), skip, back],
            Phase::Choosing(current) => self.choosing_keys(current, skip, back),
            Phase::Applying(_) => Vec::new(),
            Phase::Applied(..) => vec![
                Hint::new(Action::Forward, say!("tui-protect-key-datasets")),
                Hint::new(Action::Refresh, say!("tui-protect-key-again")),
                back,
                Hint::pair(Action::PageUp, Action::PageDown, say!("tui-protect-key-scroll")),
            ],
        }
    }

    fn is_moving(&self) -> bool {
        matches!(self.phase, Phase::Reading | Phase::Applying(_))
    }
}

impl State {
    fn choosing_act(&self, current: &Current, action: Action) -> Option<Message> {
        let rows = self.choice.rows(current);
        let at = rows.iter().position(|row| *row == self.at).unwrap_or(0);
        match action {
            Action::Forward => Some(Message::Forward),
            Action::Increase => Some(Message::Turn(1)),
            Action::Decrease => Some(Message::Turn(-1)),
            Action::SkipStep => Some(Message::Skip),
            Action::NextField => {
                rows.get((at + 1).min(rows.len().saturating_sub(1))).copied().map(Message::Move)
            }
            motion => {
                let to = at.saturating_add_signed(motion.rows()?).min(rows.len().saturating_sub(1));
                rows.get(to).copied().map(Message::Move)
            }
        }
    }

    fn choosing_keys(&self, current: &Current, skip: Hint, back: Hint) -> Vec<Hint> {
        let nothing = self.is_nothing_to_do(current);
        let enter = if nothing { say!("tui-protect-key-datasets") } else { say!("tui-protect-key-apply") };
        let mut keys = vec![Hint::new(Action::Forward, enter)];
        if !self.choice.rows(current).is_empty() {
            keys.push(
                Hint::new(Action::Increase, say!("tui-protect-key-change"))
                    .help(say!("tui-protect-help-change")),
            );
            keys.push(Hint::pair(Action::Up, Action::Down, say!("tui-key-move")));
            keys.push(Hint::new(Action::Decrease, "").quiet());
            keys.push(Hint::new(Action::NextField, say!("tui-key-move")).quiet());
        }
        keys.extend([
            skip,
            back,
            Hint::pair(Action::PageUp, Action::PageDown, say!("tui-protect-key-scroll")),
        ]);
        keys
    }

    fn to_do(&self, current: &Current) -> Vec<Change> {
        diff(current, &self.choice.wanted(current))
    }

    fn not_possible(&self, current: &Current) -> Vec<Change> {
        skipped(current, &self.choice.wanted(current))
    }

    /// Whether Enter would change nothing: the settings are as wanted, and the layout is there.
    fn is_nothing_to_do(&self, current: &Current) -> bool {
        self.layout.is_some() && self.to_do(current).is_empty()
    }
}

#[cfg(test)]
mod tests;
