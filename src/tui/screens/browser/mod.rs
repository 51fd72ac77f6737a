//! Browser: what stands in the bucket, to look at, to fetch back and to delete.
//!
//! `list` is the level that one looks at (`page`, `rows`, `order`, `sorter` and `marks` keep a million rows small and quick); `delete`, `fetch`, `restore`,
//! `inside` and `uploads` are what opens over it. `deeds` says what actions do, `told` what answers do, `offers` which are offered, `point` what the mouse hits, `wish` is all that
//! passes between here and the runtime.

mod deeds;
mod delete;
mod detail;
mod fetch;
mod figures;
mod inside;
mod list;
mod marks;
mod offers;
mod order;
mod page;
mod point;
mod restore;
mod rows;
mod sorter;
mod told;
mod uploads;
mod view;
mod wish;

use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Screen;
use crate::bucket::Object;
use crate::error::Error;
use crate::tui::keys::Action;
use crate::tui::widgets::{Field, Hint, Question, Rows as Lines};
use crate::tui::{Effect, Known, Mouse, Theme, Tick};

pub use fetch::{End as FetchEnd, News as FetchNews, Progress as FetchProgress};
pub use inside::{News as InsideNews, Wanted as InsideWanted, What as InsideWhat};
pub use page::{Page, Row, RowKind};
pub use uploads::News as UploadsNews;
pub use wish::{Answer, Listed, REST, Resolved, Rest, Selection, Wish};

use list::Level;

/// What opens over the list.
#[derive(Debug)]
enum Pane {
    Delete(Box<delete::State>),
    Ask(Box<fetch::Ask>),
    Fetches,
    Restore(Box<restore::State>),
    Inside(Box<inside::State>),
    Uploads(Box<uploads::State>),
}

/// What is known of the object that the cursor rested on.
#[derive(Debug)]
struct Described {
    key: String,
    version: Option<String>,
    object: Result<Option<Box<Object>>, Error>,
}

/// What the screen holds.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Default)]
pub struct State {
    bucket: Option<String>,
    region: String,
    data_dir: PathBuf,
    /// Who wants that nothing is changed.
    read_only: Option<String>,
    /// Whether somebody is connected, so that only a bucket is missing.
    connected: bool,
    /// The number of the last listing or look.
    generation: u64,
    level: Level,
    versions: bool,
    filter: Field,
    /// Whether letters go to the filter.
    typing: bool,
    /// Whether the details are shown where they usually are not, and the other way round.
    flipped: bool,
    /// From which line on the details are shown.
    scroll: usize,
    rested: Option<Rest>,
    described: Option<Described>,
    /// What was done just now, until the next key.
    notice: Option<String>,
    pane: Option<Pane>,
    fetches: fetch::Fetches,
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// Something is done.
    Act(Action),
    /// A letter for a field.
    Key(KeyEvent),
    /// Text for a field.
    Paste(String),
    /// The mouse put the cursor of the list there.
    Put(Lines),
    /// The mouse chose that line.
    Choose(Lines),
    /// The mouse chose a part of the path.
    Enter(String),
    /// The mouse put the cursor of the pane there.
    PutInPane(Lines),
    /// The mouse chose that line of the pane.
    ChooseInPane(Lines),
    /// The wheel turned over the text of the pane.
    ScrollPane(isize),
    /// The wheel turned over the details.
    ScrollDetails(isize),
    /// The runtime tells something.
    Answer(Answer),
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, known: &Known) -> Vec<Effect> {
        self.read_only.clone_from(&known.target.read_only);
        self.region.clone_from(&known.bucket_region);
        self.data_dir.clone_from(&known.data_dir);
        self.connected = known.identity.is_some();
        if known.bucket != self.bucket {
            self.bucket.clone_from(&known.bucket);
            self.pane = None;
            self.level = Level::default();
        } else if self.pane.is_some() {
            return Vec::new();
        }
        if self.bucket.is_none() {
            return Vec::new();
        }
        self.refresh()
    }

    fn act(&self, action: Action) -> Option<Message> {
        self.is_meant(action).then_some(Message::Act(action))
    }

    fn key(&self, key: KeyEvent) -> Option<Message> {
        self.is_typing().then_some(Message::Key(key))
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        self.point(area, mouse)
    }

    fn paste(&self, text: &str) -> Option<Message> {
        self.is_typing().then(|| Message::Paste(text.to_owned()))
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        let mut effects = match message {
            Message::Answer(answer) => self.answered(answer),
            other => {
                self.notice = None;
                self.asked(other)
            }
        };
        effects.extend(self.settle());
        effects
    }

    fn tick(&mut self, tick: &Tick) {
        self.level.step();
        self.fetches.tick(tick.now);
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        view::view(self, area, buffer, theme, now);
    }

    fn question(&self) -> Option<Question> {
        match &self.pane {
            Some(Pane::Uploads(pane)) => pane.question(),
            _ => None,
        }
    }

    fn keys(&self) -> Vec<Hint> {
        self.offers()
    }

    fn is_typing(&self) -> bool {
        match &self.pane {
            Some(Pane::Delete(pane)) => pane.is_typing(),
            Some(Pane::Ask(_)) => true,
            Some(Pane::Restore(pane)) => pane.is_asking(),
            Some(_) => false,
            None => self.typing,
        }
    }

    fn is_moving(&self) -> bool {
        let pane = match &self.pane {
            Some(Pane::Delete(pane)) => pane.is_moving(),
            Some(Pane::Restore(pane)) => pane.is_moving(),
            Some(Pane::Inside(pane)) => pane.is_moving(),
            Some(Pane::Uploads(pane)) => pane.is_moving(),
            _ => false,
        };
        let list = self.bucket.is_some() && (self.level.is_coming() || self.level.is_busy());
        pane || list || self.fetches.is_running()
    }
}

#[cfg(test)]
mod tests;
