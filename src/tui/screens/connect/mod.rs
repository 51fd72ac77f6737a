//! Connect: who one is, where the bucket will be, and whether the mirror answers.

mod form;
mod update;
mod view;

use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Screen;
use crate::bucket::credentials::{LookedAt, Profile};
use crate::bucket::{Identity, Target};
use crate::error::{Error, Result};
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::{Hint, Picked, Picker};
use crate::tui::{Effect, Known, Mouse, Theme};

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
    Acted(Action),
    /// Into the form.
    Typed(KeyEvent),
    /// Into the form.
    Pasted(String),
    /// A click into that field of the form, before that byte of it.
    Pointed(usize, usize),
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
        self.form = Form::new(self.target.region.as_deref(), self.target.profile.as_deref());
        vec![Effect::Connect(self.target.clone())]
    }

    fn leave(&self, known: &mut Known) {
        if let Asked::Got(connected) = &self.connection {
            known.identity = Some(connected.identity.clone());
            known.region.clone_from(&connected.region);
            known.endpoint_url.clone_from(&connected.endpoint_url);
            known.target = self.target.clone();
        }
    }

    fn act(&self, action: Action) -> Option<Message> {
        match &self.over {
            Some(Over::Profiles(picker) | Over::Regions(picker)) => picker.act(action).map(Message::Picked),
            Some(Over::Form) => self
                .form
                .keys()
                .iter()
                .any(|hint| hint.actions.contains(&action))
                .then_some(Message::Acted(action)),
            None => self.own_act(action),
        }
    }

    fn key(&self, key: KeyEvent) -> Option<Message> {
        self.is_typing().then_some(Message::Typed(key))
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        match (&self.over, mouse) {
            (Some(Over::Profiles(picker) | Over::Regions(picker)), _) => {
                picker.mouse(area, mouse).map(Message::Picked)
            }
            (Some(Over::Form), Mouse::Click(at)) => {
                self.form.hit(area, at).map(|(field, at)| Message::Pointed(field, at))
            }
            _ => None,
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
                Hint::new(Action::Forward, say!("tui-key-choose")),
                Hint::pair(Action::Up, Action::Down, say!("tui-key-move")),
                Hint::new(Action::Back, say!("tui-key-close")),
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
    fn own_act(&self, action: Action) -> Option<Message> {
        match action {
            Action::Forward if self.is_connected() => Some(Message::Forward),
            Action::Forward | Action::AccessKeys if self.lacks_keys() => Some(Message::Open(Part::Form)),
            Action::AccessKeys if !self.sandbox => Some(Message::Open(Part::Form)),
            Action::Profile if !self.profiles.is_empty() => Some(Message::Open(Part::Profiles)),
            Action::Region if !self.sandbox => Some(Message::Open(Part::Regions)),
            Action::Refresh => Some(Message::Retry),
            _ => None,
        }
    }

    fn own_keys(&self) -> Vec<Hint> {
        let mut keys = Vec::new();
        if self.is_connected() {
            keys.push(Hint::new(Action::Forward, say!("tui-connect-key-forward")));
        } else if self.lacks_keys() {
            keys.push(Hint::new(Action::Forward, say!("tui-connect-key-keys")));
        }
        let failed = matches!(self.connection, Asked::Failed(_)) || matches!(self.mirror, Asked::Failed(_));
        let again = Hint::new(Action::Refresh, say!("tui-key-retry"));
        keys.push(if failed { again } else { again.quiet() });
        if !self.profiles.is_empty() {
            keys.push(Hint::new(Action::Profile, say!("tui-connect-key-profile")));
        }
        if !self.sandbox {
            keys.push(Hint::new(Action::Region, say!("tui-connect-key-region")));
        }
        if !self.sandbox {
            keys.push(Hint::new(Action::AccessKeys, say!("tui-connect-key-keys")));
        }
        keys.push(Hint::new(Action::Quit, say!("tui-key-quit")));
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
