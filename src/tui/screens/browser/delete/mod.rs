//! Deleting: what would go and how much it is, the bucket's name typed, then how far it is and how it ended.

mod view;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::wish::{Selection, Wish};
use crate::bucket::{Deleted, Extent, Refused};
use crate::error::{Error, Result};
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::{Field, Hint};
use crate::tui::{Mouse, Theme};

/// Refusals that are kept to be shown; the rest is counted.
const KEPT: usize = 100;

/// What is known of the deletion that is asked about.
#[derive(Debug)]
struct Count {
    sum: Extent,
    is_whole: bool,
    why: Option<Error>,
}

/// How far it is.
#[derive(Debug)]
enum Stage {
    /// It is asked about.
    Asks,
    /// It runs.
    Runs { sum: Deleted, stops: bool },
    /// It has ended.
    Ended { sum: Deleted, why: Option<Error>, stopped: bool },
}

/// What the rows are that are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// Keys and folders.
    Keys,
    /// One version of a key.
    Version,
    /// Several rows of a list of versions.
    Versions,
}

/// A deletion, from the question to its end.
#[derive(Debug)]
pub(super) struct State {
    /// The bucket's name, which is to be typed.
    bucket: String,
    selection: Selection,
    /// What is meant, in words.
    subject: String,
    rows: Rows,
    versions: bool,
    number: u64,
    count: Count,
    field: Field,
    /// Whether Enter was pressed on a wrong name, so that it is told even while the field is empty.
    pressed: bool,
    stage: Stage,
    refused: Vec<Refused>,
}

/// What came of a key.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It stays open.
    Stay(Option<Wish>),
    /// It closes; whether anything was deleted.
    Close { changed: bool, wish: Option<Wish> },
}

impl State {
    /// Asks about `selection`, which `subject` names. All versions go only when that is asked for here.
    pub(super) fn new(bucket: String, selection: Selection, subject: String, rows: Rows) -> (Self, Wish) {
        let mut state = Self {
            bucket,
            selection,
            subject,
            rows,
            versions: false,
            number: 0,
            count: Count { sum: Extent::default(), is_whole: false, why: None },
            field: Field::default(),
            pressed: false,
            stage: Stage::Asks,
            refused: Vec::new(),
        };
        let wish = state.recount();
        (state, wish)
    }

    fn recount(&mut self) -> Wish {
        self.number += 1;
        self.count = Count { sum: Extent::default(), is_whole: false, why: None };
        let selection = self.selection.clone();
        Wish::Preview { number: self.number, selection, versions: self.versions }
    }

    /// Whether the name that was typed is the bucket's.
    fn is_right(&self) -> bool {
        self.field.value() == self.bucket
    }

    /// Whether the name, as far as it is typed, can still become the bucket's.
    fn is_wrong(&self) -> bool {
        let typed = self.field.value();
        !self.is_right() && (self.pressed || !self.bucket.starts_with(typed))
    }

    /// What `action` means.
    pub(super) fn act(&mut self, action: Action) -> Outcome {
        let is_right = self.is_right();
        match (&mut self.stage, action) {
            (Stage::Asks, Action::Forward) if is_right => {
                self.stage = Stage::Runs { sum: Deleted::default(), stops: false };
                let selection = self.selection.clone();
                Outcome::Stay(Some(Wish::Delete { selection, versions: self.versions }))
            }
            (Stage::Asks, Action::Forward) => {
                self.pressed = true;
                Outcome::Stay(None)
            }
            (Stage::Asks, Action::NextField) => {
                self.versions = !self.versions;
                Outcome::Stay(Some(self.recount()))
            }
            (Stage::Asks, Action::Back) => Outcome::Close { changed: false, wish: Some(Wish::StopDelete) },
            (Stage::Runs { stops, .. }, Action::Cancel | Action::Back) => {
                *stops = true;
                Outcome::Stay(Some(Wish::StopDelete))
            }
            (Stage::Ended { .. }, Action::Back | Action::Forward) => {
                Outcome::Close { changed: true, wish: None }
            }
            _ => Outcome::Stay(None),
        }
    }

    /// A letter of the name.
    pub(super) fn key(&mut self, key: KeyEvent) {
        if self.field.key(key) {
            self.pressed = false;
        }
    }

    /// The name, pasted.
    pub(super) fn paste(&mut self, text: &str) {
        self.field.paste(text);
        self.pressed = false;
    }

    /// So much would go.
    pub(super) fn counted(&mut self, number: u64, sum: Extent, ended: Option<Result<()>>) {
        if number == self.number {
            let is_whole = matches!(ended, Some(Ok(())));
            self.count = Count { sum, is_whole, why: ended.and_then(Result::err) };
        }
    }

    /// So much has gone.
    pub(super) fn deleted(&mut self, mut sum: Deleted, ended: Option<Result<()>>) {
        let Stage::Runs { stops, .. } = self.stage else { return };
        let room = KEPT.saturating_sub(self.refused.len());
        self.refused.extend(std::mem::take(&mut sum.refused).into_iter().take(room));
        self.stage = match ended {
            None => Stage::Runs { sum, stops },
            Some(outcome) => {
                let stopped = stops && outcome.is_ok();
                Stage::Ended { sum, why: outcome.err(), stopped }
            }
        };
    }

    /// Whether letters are typed.
    pub(super) const fn is_typing(&self) -> bool {
        matches!(self.stage, Stage::Asks)
    }

    /// Whether a figure grows.
    pub(super) fn is_moving(&self) -> bool {
        match self.stage {
            Stage::Asks => !self.count.is_whole && self.count.why.is_none(),
            Stage::Runs { .. } => true,
            Stage::Ended { .. } => false,
        }
    }

    /// What can be done now.
    pub(super) fn keys(&self) -> Vec<Hint> {
        match self.stage {
            Stage::Asks => {
                let versions = if self.versions {
                    say!("browser-delete-key-newest")
                } else {
                    say!("browser-delete-key-versions")
                };
                let mut keys = vec![Hint::new(Action::Back, say!("browser-delete-key-keep"))];
                if self.is_right() {
                    keys.insert(0, Hint::new(Action::Forward, say!("browser-key-delete")));
                } else {
                    keys.push(Hint::new(Action::Forward, say!("browser-key-delete")).quiet());
                }
                keys.push(Hint::new(Action::NextField, versions).help(say!("browser-delete-versions-help")));
                keys
            }
            Stage::Runs { stops: true, .. } => Vec::new(),
            Stage::Runs { .. } => {
                let stop = Hint::new(Action::Cancel, say!("browser-key-stop"));
                vec![stop, Hint::new(Action::Back, say!("browser-key-stop")).quiet()]
            }
            Stage::Ended { .. } => {
                let close = Hint::new(Action::Forward, say!("tui-key-close"));
                vec![close, Hint::new(Action::Back, say!("tui-key-close")).quiet()]
            }
        }
    }

    /// A click on the box of versions is its key.
    pub(super) fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Action> {
        let (Mouse::Click(at) | Mouse::Again(at)) = mouse else { return None };
        let on_box = matches!(self.stage, Stage::Asks) && view::place_of_box(self, area).contains(at);
        on_box.then_some(Action::NextField)
    }

    /// Draws it over `area`.
    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: std::time::Duration) {
        view::view(self, area, buffer, theme, now);
    }
}
