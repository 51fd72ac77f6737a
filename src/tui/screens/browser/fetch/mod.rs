//! Fetching back: where to, then how far it is while one goes on browsing, and what was checked.

mod view;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::wish::{Selection, Wish};
use crate::error::{Error, Result};
use crate::say;
use crate::transfer::Meter;
use crate::transfer::fetch::{Fetched, Skip, Summary};
use crate::tui::Theme;
use crate::tui::keys::Action;
use crate::tui::widgets::{Field, Hint};

pub(super) use view::line;

/// Results that are kept to be shown; the rest is counted.
const KEPT: usize = 1000;

/// The question where to.
#[derive(Debug)]
pub(super) struct Ask {
    selection: Selection,
    subject: String,
    field: Field,
}

impl Ask {
    /// Asks where to put `selection`, which `subject` names; `to` is offered.
    pub(super) fn new(selection: Selection, subject: String, to: &str) -> Self {
        Self { selection, subject, field: Field::new(to) }
    }

    /// The folder that was typed, where it is one.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        let typed = self.field.value().trim();
        (!typed.is_empty()).then(|| PathBuf::from(typed))
    }

    /// What is meant.
    pub(super) fn selection(&self) -> Selection {
        self.selection.clone()
    }

    pub(super) fn key(&mut self, key: KeyEvent) {
        self.field.key(key);
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.field.paste(text);
    }

    /// What can be done now.
    pub(super) fn keys(&self) -> Vec<Hint> {
        let fetch = self.folder().map(|_| Hint::new(Action::Forward, say!("browser-key-fetch")));
        fetch.into_iter().chain([Hint::new(Action::Back, say!("tui-key-back"))]).collect()
    }

    /// Draws it over `area`.
    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) {
        view::ask(self, area, buffer, theme);
    }
}

/// How far a fetch is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of all objects.
    pub total: u64,
    /// Bytes of them that are here.
    pub here: u64,
    /// Bytes that came from the store, for the rate.
    pub moved: u64,
    /// Objects that have come to their end.
    pub ended: usize,
    /// Those under way: key, bytes here, bytes in all.
    pub running: Vec<(String, u64, u64)>,
}

/// How one object ended.
#[derive(Debug, Clone)]
pub enum End {
    /// In its place, compared.
    Fetched(Arc<Fetched>),
    /// Nothing had to be done.
    Skipped(Skip),
    /// Stopped; can be gone on with.
    Interrupted,
    /// Failed.
    Failed(Arc<Error>),
}

/// What the runtime tells of a fetch.
#[derive(Debug)]
pub enum News {
    /// So many objects were found so far; bytes begin to come behind the last of these.
    Counted(usize),
    /// Bytes came.
    Progress(Progress),
    /// A request failed and is sent again.
    Retrying {
        /// The object.
        key: String,
        /// Why.
        why: Arc<Error>,
    },
    /// An object has come to its end.
    One {
        /// The object.
        key: String,
        /// How.
        end: End,
    },
    /// All have, or it could not begin.
    Ended(Result<Summary>),
}

/// One fetch.
#[derive(Debug)]
struct Run {
    selection: Selection,
    to: PathBuf,
    objects: usize,
    progress: Progress,
    results: Vec<(String, End)>,
    /// Objects whose files were here already.
    already: usize,
    retrying: Option<(String, Arc<Error>)>,
    stops: bool,
    ended: Option<Result<Summary>>,
}

/// All that is fetched.
#[derive(Debug, Default)]
pub(super) struct Fetches {
    run: Option<Run>,
    waiting: Vec<(Selection, PathBuf)>,
    meter: Meter,
    began: Option<Duration>,
    now: Duration,
    pub(super) scroll: usize,
}

impl Fetches {
    /// Whether there is anything to show.
    pub(super) const fn is_any(&self) -> bool {
        self.run.is_some()
    }

    /// Whether bytes move.
    pub(super) fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.ended.is_none())
    }

    /// Begins, or waits for its turn.
    pub(super) fn add(&mut self, selection: Selection, to: PathBuf) -> Option<Wish> {
        if self.is_running() {
            self.waiting.push((selection, to));
            return None;
        }
        self.meter = Meter::default();
        self.began = None;
        self.scroll = 0;
        self.run = Some(Run {
            selection: selection.clone(),
            to: to.clone(),
            objects: 0,
            progress: Progress::default(),
            results: Vec::new(),
            already: 0,
            retrying: None,
            stops: false,
            ended: None,
        });
        Some(Wish::Fetch { selection, to })
    }

    /// Takes in what the runtime tells; what waits its turn begins when the one before has ended.
    pub(super) fn told(&mut self, news: News) -> Option<Wish> {
        let run = self.run.as_mut()?;
        match news {
            News::Counted(objects) => run.objects = objects,
            News::Progress(progress) => {
                if progress.moved > run.progress.moved {
                    run.retrying = None;
                }
                run.progress = progress;
            }
            News::Retrying { key, why } => run.retrying = Some((key, why)),
            News::One { key, end } => {
                run.already += usize::from(matches!(end, End::Skipped(Skip::Here)));
                if run.results.len() < KEPT {
                    run.results.push((key, end));
                }
            }
            News::Ended(summary) => {
                run.retrying = None;
                run.ended = Some(summary);
                if !run.stops && !self.waiting.is_empty() {
                    let (selection, to) = self.waiting.remove(0);
                    return self.add(selection, to);
                }
            }
        }
        None
    }

    /// Time went by.
    pub(super) fn tick(&mut self, now: Duration) {
        self.now = now;
        if let Some(run) = self.run.as_ref().filter(|run| run.ended.is_none()) {
            self.began.get_or_insert(now);
            self.meter.feed(now, run.progress.moved);
        }
    }

    /// Whether it can be gone on with: it was stopped, or something failed.
    fn is_unfinished(&self) -> bool {
        let ended = self.run.as_ref().and_then(|run| run.ended.as_ref());
        ended.is_some_and(|ended| match ended {
            Ok(summary) => summary.failed + summary.interrupted > 0,
            Err(_) => true,
        })
    }

    /// What `action` means in the pane; `None` closes nothing and does nothing.
    pub(super) fn act(&mut self, action: Action) -> Option<Wish> {
        match action {
            Action::Cancel if self.is_running() => {
                self.run.as_mut()?.stops = true;
                self.waiting.clear();
                Some(Wish::StopFetch)
            }
            Action::Retry if self.is_unfinished() => {
                let run = self.run.take()?;
                self.add(run.selection, run.to)
            }
            _ => {
                let rows = action.rows()?;
                self.scroll = self.scroll.saturating_add_signed(rows).min(self.lines().saturating_sub(1));
                None
            }
        }
    }

    /// How many lines the pane has at most.
    fn lines(&self) -> usize {
        self.run.as_ref().map_or(0, |run| run.results.len() * 4 + run.progress.running.len() * 2)
    }

    /// What can be done in the pane.
    pub(super) fn keys(&self) -> Vec<Hint> {
        let mut keys = Vec::new();
        if self.is_running() {
            keys.push(Hint::new(Action::Cancel, say!("browser-key-stop")));
        }
        if self.is_unfinished() {
            keys.push(Hint::new(Action::Retry, say!("browser-key-go-on")));
        }
        keys.push(Hint::new(Action::Back, say!("tui-key-close")));
        keys.push(Hint::pair(Action::Up, Action::Down, say!("tui-key-move")).quiet());
        keys
    }

    /// Draws the pane into `area`.
    /// By how many lines the pane scrolls where its bar is hit.
    pub(super) fn by_bar(&self, area: Rect, at: Position) -> Option<isize> {
        view::by_bar(self, area, at)
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        view::pane(self, area, buffer, theme, now);
    }
}
