//! Bucket: one of one's own, or a new one.

mod form;
mod mouse;
mod update;
mod view;

use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Screen;
use crate::bucket::BucketSummary;
use crate::error::{Error, Result};
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::{Hint, Rows};
use crate::tui::{Effect, Known, Mouse, Theme};

pub use form::{Form, Hit};

/// A bucket that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub region: String,
    /// Whether it was made just now.
    pub made: bool,
}

/// Why a bucket could not be opened or made.
#[derive(Debug)]
pub struct Refused {
    /// The error.
    pub error: Error,
    /// Names that nobody has, where the wanted one is somebody else's.
    pub free: Vec<String>,
}

/// The list of one's buckets.
#[derive(Debug, Default)]
enum List {
    #[default]
    Waiting,
    Got(Vec<BucketSummary>),
    Failed(Error),
}

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {
    /// Who one was when the list was asked for: another identity has other buckets.
    asked_as: Option<String>,
    region: String,
    last: Option<String>,
    resumable: usize,
    list: List,
    /// The line under the cursor: the buckets, then "create a new one".
    cursor: Rows,
    form: Form,
    /// Whether the keys go to the form.
    typing: bool,
    /// The bucket that is being opened or made.
    busy: Option<String>,
    refused: Option<Refused>,
    opened: Option<Opened>,
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// One's buckets, or why there is no list.
    Listed(Result<Vec<BucketSummary>>),
    /// A bucket was opened or made.
    Opened(Result<Opened, Refused>),
    /// The cursor goes to that line, or the list scrolls.
    Move(Rows),
    /// The line under the cursor is chosen.
    Choose,
    /// A line is chosen by the mouse.
    ChooseAt(Rows),
    /// A click in the form.
    Pointed(Hit),
    /// The list is asked for again.
    Retry,
    /// In the form.
    Acted(Action),
    /// A key for the form.
    Typed(KeyEvent),
    /// Text for the form.
    Pasted(String),
    /// Back to connect.
    Back,
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, known: &Known) -> Vec<Effect> {
        let who = format!("{:?} {:?} {}", known.identity, known.endpoint_url, known.region);
        if self.asked_as.as_ref() == Some(&who) {
            return Vec::new();
        }
        let mut form = Form::new(known.last_bucket.as_deref(), &known.region);
        // Another identity has other buckets; what was typed stays.
        if self.asked_as.is_some() {
            form = std::mem::take(&mut self.form);
        }
        *self = Self {
            asked_as: Some(who),
            region: known.region.clone(),
            last: known.last_bucket.clone(),
            resumable: known.resumable,
            form,
            ..Self::default()
        };
        vec![Effect::ListBuckets]
    }

    fn leave(&self, known: &mut Known) {
        if let Some(opened) = &self.opened {
            known.bucket = Some(opened.name.clone());
            known.bucket_region.clone_from(&opened.region);
            known.last_bucket = Some(opened.name.clone());
        }
    }

    fn act(&self, action: Action) -> Option<Message> {
        if self.busy.is_some() {
            return (action == Action::Back).then_some(Message::Back);
        }
        if self.typing {
            let offered = self.form.keys(self.free().is_some());
            return offered
                .iter()
                .any(|hint| hint.actions.contains(&action))
                .then_some(Message::Acted(action));
        }
        self.list_act(action)
    }

    fn key(&self, key: KeyEvent) -> Option<Message> {
        self.is_typing().then_some(Message::Typed(key))
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        mouse::meant(self, area, mouse)
    }

    fn paste(&self, text: &str) -> Option<Message> {
        self.is_typing().then(|| Message::Pasted(text.to_owned()))
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        self.apply(message)
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        view::view(self, area, buffer, theme, now);
    }

    fn keys(&self) -> Vec<Hint> {
        let back = Hint::new(Action::Back, say!("tui-key-back"));
        if self.busy.is_some() {
            return vec![back];
        }
        if self.typing {
            return self.form.keys(self.free().is_some());
        }
        if matches!(self.list, List::Waiting) {
            return vec![back];
        }
        let mut keys = Vec::new();
        if self.on_create() {
            keys.push(Hint::new(Action::Forward, say!("tui-bucket-key-new")));
        } else if self.under_cursor().is_some() {
            keys.push(Hint::new(Action::Forward, say!("tui-bucket-key-open")));
        }
        keys.push(Hint::pair(Action::Up, Action::Down, say!("tui-key-move")));
        if self.on_create() {
            keys.push(back);
        } else {
            keys.extend([Hint::new(Action::NewBucket, say!("tui-bucket-key-new")), back]);
        }
        keys.push(Hint::new(Action::Refresh, say!("tui-bucket-key-again")));
        keys
    }

    fn is_typing(&self) -> bool {
        self.typing && self.busy.is_none() && self.form.is_at_name()
    }

    fn is_moving(&self) -> bool {
        self.busy.is_some() || matches!(self.list, List::Waiting)
    }
}

impl State {
    fn list_act(&self, action: Action) -> Option<Message> {
        let all = self.buckets().len() + 1;
        match action {
            Action::Forward => Some(Message::Choose),
            Action::Back => Some(Message::Back),
            Action::NewBucket => Some(Message::Move(self.cursor.to(all - 1, all))),
            Action::Refresh => Some(Message::Retry),
            motion => motion.rows().map(|rows| Message::Move(self.cursor.moved(rows, all))),
        }
    }

    fn buckets(&self) -> &[BucketSummary] {
        match &self.list {
            List::Got(buckets) => buckets,
            _ => &[],
        }
    }

    fn under_cursor(&self) -> Option<&BucketSummary> {
        self.buckets().get(self.cursor.line)
    }

    fn on_create(&self) -> bool {
        self.cursor.line == self.buckets().len()
    }

    /// The free name that is offered now.
    fn free(&self) -> Option<&str> {
        self.refused.as_ref().and_then(|refused| refused.free.first()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests;
