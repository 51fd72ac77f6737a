//! Connect: who one is, where the bucket will be, and whether the mirror answers.

mod form;
mod update;
mod view;

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Screen;
use crate::bucket::credentials::{LookedAt, Profile};
use crate::bucket::{Identity, Target};
use crate::error::{Error, Result};
use crate::say;
use crate::tui::widgets::{Hint, Picked, Picker};
use crate::tui::{Effect, Known, Theme};

pub use form::Form;

/// What the far end told when the connection was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connected {
    /// Who one is.
    pub identity: Identity,
    /// The region in which new buckets are made.
    pub region: String,
    /// Whether no region was set anywhere, so that it is only the default.
    pub region_is_assumed: bool,
    /// The endpoint, where it is not AWS's own.
    pub endpoint_url: Option<String>,
}

/// Something that was asked of the far end.
#[derive(Debug, Default)]
pub enum Asked<T> {
    /// No answer yet.
    #[default]
    Waiting,
    /// It answered.
    Got(T),
    /// It did not, or it refused.
    Failed(Error),
}

/// What lies over the screen.
#[derive(Debug)]
enum Over {
    Profiles(Picker),
    Regions(Picker),
    Form,
}

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {
    sandbox: bool,
    mirror_url: String,
    target: Target,
    profiles: Vec<Profile>,
    connection: Asked<Connected>,
    mirror: Asked<()>,
    looked_at: Vec<LookedAt>,
    saved: Option<String>,
    over: Option<Over>,
    form: Form,
    /// Whether it goes on by itself once connected: to the bucket of the last run.
    quick: bool,
    begun: bool,
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// The connection was tried.
    Connected(Result<Connected>),
    /// The mirror was asked.
    Mirror(Result<()>),
    /// Where credentials were looked for.
    LookedAt(Vec<LookedAt>),
    /// The profiles of the AWS files.
    Profiles(Vec<Profile>),
    /// Typed keys were tried and written to this file.
    Saved(Result<String>),
    /// On to the bucket.
    Forward,
    /// Try again.
    Retry,
    /// Open the list of profiles, the list of regions or the form.
    Open(Part),
    /// In a list.
    Picked(Picked),
    /// In the form.
    Typed(KeyEvent),
    /// Into the form.
    Pasted(String),
}

/// What can be opened over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The profiles.
    Profiles,
    /// The regions.
    Regions,
    /// The form for keys.
    Form,
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, known: &Known) -> Vec<Effect> {
        if self.begun {
            return Vec::new();
        }
        self.begun = true;
        self.sandbox = known.sandbox;
        self.mirror_url.clone_from(&known.mirror);
        self.target = known.target.clone();
        self.quick = known.quick;
        self.form = Form::new(self.target.region.as_deref(), self.target.profile.as_deref());
        vec![Effect::Connect(self.target.clone())]
    }

    fn leave(&self, known: &mut Known) {
        if let Asked::Got(connected) = &self.connection {
            known.identity = Some(connected.identity.clone());
            known.region.clone_from(&connected.region);
            known.endpoint_url.clone_from(&connected.endpoint_url);
        }
    }

    fn key(&self, key: KeyEvent) -> Option<Message> {
        match &self.over {
            Some(Over::Profiles(picker) | Over::Regions(picker)) => picker.key(key).map(Message::Picked),
            Some(Over::Form) => Some(Message::Typed(key)),
            None => self.own_key(key),
        }
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
        match &self.over {
            Some(Over::Profiles(_) | Over::Regions(_)) => vec![
                Hint::new("enter", say!("tui-key-choose")),
                Hint::new("↑↓", say!("tui-key-move")),
                Hint::new("esc", say!("tui-key-close")),
            ],
            Some(Over::Form) => self.form.keys(),
            None => self.own_keys(),
        }
    }

    fn is_typing(&self) -> bool {
        matches!(self.over, Some(Over::Form))
    }

    fn is_moving(&self) -> bool {
        let waits = matches!(self.connection, Asked::Waiting) || matches!(self.mirror, Asked::Waiting);
        waits || self.form.is_trying()
    }
}

impl State {
    fn own_key(&self, key: KeyEvent) -> Option<Message> {
        match key.code {
            KeyCode::Enter if self.is_connected() => Some(Message::Forward),
            KeyCode::Enter | KeyCode::Char('k') if self.lacks_keys() => Some(Message::Open(Part::Form)),
            KeyCode::Char('k') if !self.sandbox => Some(Message::Open(Part::Form)),
            KeyCode::Char('p') if !self.profiles.is_empty() => Some(Message::Open(Part::Profiles)),
            KeyCode::Char('g') if !self.sandbox => Some(Message::Open(Part::Regions)),
            KeyCode::Char('r') => Some(Message::Retry),
            _ => None,
        }
    }

    fn own_keys(&self) -> Vec<Hint> {
        let mut keys = Vec::new();
        if self.is_connected() {
            keys.push(Hint::new("enter", say!("tui-connect-key-forward")));
        } else if self.lacks_keys() {
            keys.push(Hint::new("enter", say!("tui-connect-key-keys")));
        }
        if matches!(self.connection, Asked::Failed(_)) || matches!(self.mirror, Asked::Failed(_)) {
            keys.push(Hint::new("r", say!("tui-key-retry")));
        }
        if !self.profiles.is_empty() {
            keys.push(Hint::new("p", say!("tui-connect-key-profile")));
        }
        if !self.sandbox {
            keys.push(Hint::new("g", say!("tui-connect-key-region")));
        }
        if !self.sandbox && !self.lacks_keys() {
            keys.push(Hint::new("k", say!("tui-connect-key-keys")));
        }
        keys.push(Hint::new("q", say!("tui-key-quit")));
        keys
    }

    const fn is_connected(&self) -> bool {
        matches!(self.connection, Asked::Got(_))
    }

    /// Whether keys are what is missing, so that the form is the next thing to do.
    fn lacks_keys(&self) -> bool {
        let credentials = |error: &Error| error.kind() == crate::Kind::Credentials;
        !self.sandbox && matches!(&self.connection, Asked::Failed(error) if credentials(error))
    }
}

#[cfg(test)]
mod tests;
