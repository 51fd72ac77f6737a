//! Settings: how the program behaves, over the same file as the commands.
//!
//! Every setting by its group, with its value, where that comes from and what it means; and every action with its keys (`catch`). A change is written to the file at once, and holds
//! at once where it can. What a value must look like, and how the file is written, is the business of `config`.

mod catch;
mod update;
mod view;

use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Screen;
use crate::config::{self, Group, Key, Origin, Settings, Shape};
use crate::error::{Error, Result};
use crate::say;
use crate::transfer::Limits;
use crate::tui::keys::{Action, Keymap};
use crate::tui::widgets::{Field, Hint, Pressed, Rows};
use crate::tui::{Effect, Known, Mouse, Theme};

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {
    /// What the file, the environment and the flags come to; `None` until it was read.
    settings: Option<Box<Settings>>,
    rows: Rows,
    editing: Option<Editing>,
    /// A key that is waited for.
    catching: Option<Catching>,
    /// Whether a change is on its way to the file.
    is_saving: bool,
    told: Option<Told>,
    /// Whether limits or modes were changed here, so that other screens must hear.
    has_changed: bool,
}

/// A value that is typed.
#[derive(Debug)]
struct Editing {
    key: Key,
    field: Field,
}

/// A key that is waited for: the next one that is pressed is the action's.
#[derive(Debug, Clone, Copy)]
struct Catching {
    action: Action,
    /// Whether its keys so far stay beside the new one.
    adds: bool,
}

/// What came of the last thing that was done.
#[derive(Debug)]
enum Told {
    Done(String),
    Failed(Error),
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// The settings were read.
    Read(Result<Box<Settings>>),
    /// A setting was written, or taken out where there is no value, and all of them were read again.
    Written(Key, Option<String>, Result<Box<Settings>>),
    /// The keys of an action were written, or taken out, and all settings were read again.
    Bound(Action, Result<Box<Settings>>),
    /// The key that was waited for.
    Caught(KeyEvent),
    /// The cursor moves by so many rows.
    Move(isize),
    /// The mouse did something to the list.
    Mouse(Pressed),
    /// The setting under the cursor is to be changed: typed, or its next value.
    Change,
    /// Its value after or before this one.
    Turn(isize),
    /// Its default is to hold.
    Reset,
    /// A key for the field.
    Typed(KeyEvent),
    /// Pasted text for the field.
    Pasted(String),
    /// What was typed is to be saved.
    Save,
    /// Back: out of the field, or to where one came from.
    Back,
}

/// When a change holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    Transfer,
    Start,
}

const fn when(key: Key) -> When {
    match key {
        Key::Lang | Key::Theme | Key::Ascii | Key::Motion => When::Now,
        Key::Mode
        | Key::LimitDown
        | Key::LimitUp
        | Key::ArchivesAtOnce
        | Key::PartsAtOnce
        | Key::Connections
        | Key::Memory => When::Transfer,
        _ => When::Start,
    }
}

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Head(Group),
    Key(Key),
    /// Above the actions.
    Keys,
    Action(Action),
}

fn list() -> Vec<Row> {
    let group = |group: Group| {
        let keys = Key::ALL.iter().copied().filter(move |key| key.group() == group);
        std::iter::once(Row::Head(group)).chain(keys.map(Row::Key))
    };
    let actions = std::iter::once(Row::Keys).chain(Action::ALL.iter().copied().map(Row::Action));
    Group::ALL.into_iter().flat_map(group).chain(actions).collect()
}

impl State {
    /// The setting under the cursor.
    fn key(&self) -> Option<Key> {
        match list().get(self.rows.line) {
            Some(Row::Key(key)) => Some(*key),
            _ => None,
        }
    }

    /// The action under the cursor, whose keys can be changed.
    fn action(&self) -> Option<Action> {
        match list().get(self.rows.line) {
            Some(Row::Action(action)) => Some(*action),
            _ => None,
        }
    }

    /// What is wrong with what is typed, where something is; nothing means the default.
    fn wrong(&self) -> Option<String> {
        let editing = self.editing.as_ref()?;
        let text = editing.field.value().trim();
        if text.is_empty() { None } else { config::check(editing.key, text).err() }
    }

    fn origin(&self, key: Key) -> Origin {
        self.settings.as_ref().map_or(Origin::Default, |settings| settings.origin(key).clone())
    }
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, _known: &Known) -> Vec<Effect> {
        self.rows = update::settled(self.rows, 1);
        (self.editing, self.catching) = (None, None);
        self.told = None;
        vec![Effect::ReadSettings]
    }

    fn leave(&self, known: &mut Known) {
        if let Some(settings) = self.settings.as_ref().filter(|_| self.has_changed) {
            known.limits = Limits { down: settings.limit_down.clone(), up: settings.limit_up.clone() };
            known.mode = settings.mode.map(Into::into);
        }
    }

    fn act(&self, action: Action) -> Option<Message> {
        if self.catching.is_some() {
            return (action == Action::Back).then_some(Message::Back);
        }
        if self.editing.is_some() {
            return match action {
                Action::Forward => Some(Message::Save),
                Action::Back => Some(Message::Back),
                _ => None,
            };
        }
        match action {
            Action::Back => Some(Message::Back),
            Action::Forward => Some(Message::Change),
            Action::Increase => Some(Message::Turn(1)),
            Action::Decrease => Some(Message::Turn(-1)),
            Action::Reset => Some(Message::Reset),
            action => action.rows().map(Message::Move),
        }
    }

    fn key(&self, key: KeyEvent) -> Option<Message> {
        if self.catching.is_some() {
            return Some(Message::Caught(key));
        }
        self.editing.is_some().then_some(Message::Typed(key))
    }

    fn paste(&self, text: &str) -> Option<Message> {
        self.editing.is_some().then(|| Message::Pasted(text.to_owned()))
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        if self.settings.is_none() || self.editing.is_some() || self.catching.is_some() {
            return None;
        }
        let places = view::Places::of(area);
        self.rows.mouse(places.list, places.bar, list().len(), mouse).map(Message::Mouse)
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        self.change(message)
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        view::view(self, area, buffer, theme, now);
    }

    fn keys(&self) -> Vec<Hint> {
        if self.editing.is_some() {
            return vec![
                Hint::new(Action::Forward, say!("settings-key-save")),
                Hint::new(Action::Back, say!("settings-key-leave")),
            ];
        }
        if self.catching.is_some() {
            // Esc is no key of the settings file here: it is what leaves.
            return vec![Hint::new(Action::Back, say!("settings-key-leave"))];
        }
        if let Some(action) = self.action() {
            return self.key_hints(action);
        }
        let change =
            Hint::new(Action::Forward, say!("settings-key-change")).help(say!("settings-key-change-help"));
        let turn = Hint::new(Action::Increase, say!("settings-key-next"));
        let turn_back = Hint::new(Action::Decrease, say!("settings-key-before")).quiet();
        let reset =
            Hint::new(Action::Reset, say!("settings-key-reset")).help(say!("settings-key-reset-help"));
        let turns =
            self.key().is_some_and(|key| !matches!(key.shape(), Shape::Text | Shape::Limit | Shape::Amount));
        let is_in_file = self.key().is_some_and(|key| matches!(self.origin(key), Origin::File { .. }));
        let back = Hint::new(Action::Back, say!("tui-key-back"));
        let offered = [
            Some(change),
            turns.then_some(turn),
            turns.then_some(turn_back),
            is_in_file.then_some(reset),
            Some(back),
        ];
        offered.into_iter().flatten().collect()
    }

    fn is_typing(&self) -> bool {
        self.editing.is_some()
    }

    fn catches(&self) -> bool {
        self.catching.is_some()
    }

    fn is_moving(&self) -> bool {
        self.settings.is_none() && self.told.is_none()
    }
}

#[cfg(test)]
mod tests;
