//! What changes on the screen of settings, and what is asked of the world for it.

use super::{Editing, Message, Row, State, Told, When, list, when};
use crate::config::{Key, Settings, Shape};
use crate::error::Result;
use crate::say;
use crate::tui::Effect;
use crate::tui::eyes::Wish;
use crate::tui::widgets::{Field, Pressed, Rows};
use crate::words;

/// `rows` with the cursor on a setting: a group's name is passed over, in the direction that it came from.
pub(super) fn settled(rows: Rows, direction: isize) -> Rows {
    let list = list();
    if matches!(list.get(rows.line), Some(Row::Key(_) | Row::Action(_))) {
        return rows;
    }
    let on = if rows.line == 0 { 1 } else { direction.signum() };
    rows.moved(on, list.len())
}

impl State {
    pub(super) fn change(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Read(read) => {
                self.take(read);
            }
            Message::Written(key, value, read) => return self.written(key, value, read),
            Message::Bound(action, read) => return self.bound(action, read),
            Message::Caught(key) => return self.caught(key),
            Message::Move(rows) => self.rows = settled(self.rows.moved(rows, list().len()), rows),
            Message::Mouse(Pressed::Moved(rows)) => self.rows = settled(rows, 1),
            Message::Mouse(Pressed::Chosen(rows)) => {
                self.rows = settled(rows, 1);
                return self.begin();
            }
            Message::Change => return self.begin(),
            Message::Turn(by) => return self.turn(by),
            Message::Reset if self.action().is_some() => return self.usual_keys(),
            Message::Reset => return self.key().map(|key| self.write(key, None)).unwrap_or_default(),
            Message::Typed(key) => {
                if let Some(editing) = &mut self.editing {
                    editing.field.key(key);
                }
            }
            Message::Pasted(text) => {
                if let Some(editing) = &mut self.editing {
                    editing.field.paste(&text);
                }
            }
            Message::Save => return self.save(),
            Message::Back => return self.back(),
        }
        Vec::new()
    }

    /// Takes what was read; the settings that are shown stay where it failed.
    pub(super) fn take(&mut self, read: Result<Box<Settings>>) -> bool {
        match read {
            Ok(settings) => {
                self.settings = Some(settings);
                true
            }
            Err(error) => {
                self.told = Some(Told::Failed(error));
                false
            }
        }
    }

    fn written(&mut self, key: Key, value: Option<String>, read: Result<Box<Settings>>) -> Vec<Effect> {
        self.is_saving = false;
        if !self.take(read) {
            return Vec::new();
        }
        self.has_changed |= when(key) == When::Transfer;
        self.told = Some(Told::Done(saved(key, value)));
        self.settings.as_ref().map(|settings| worn(key, settings)).unwrap_or_default()
    }

    /// Opens the field, or takes the next value where there are only a few.
    fn begin(&mut self) -> Vec<Effect> {
        if let Some(action) = self.action() {
            return self.catch(action, false);
        }
        let (Some(key), Some(settings)) = (self.key(), &self.settings) else { return Vec::new() };
        if matches!(key.shape(), Shape::Switch | Shape::Choice(_)) {
            return self.turn(1);
        }
        let usual = (key.shape() != Shape::Text).then(|| shown(settings, key)).flatten();
        let text = settings.written(key).map(str::to_owned).or(usual).unwrap_or_default();
        self.editing = Some(Editing { key, field: Field::new(text) });
        self.told = None;
        Vec::new()
    }

    /// The value `by` further on, where values have an order.
    fn turn(&mut self, by: isize) -> Vec<Effect> {
        if let Some(action) = self.action() {
            return if by > 0 { self.catch(action, true) } else { self.one_key_less(action) };
        }
        let (Some(key), Some(settings)) = (self.key(), &self.settings) else { return Vec::new() };
        let now = shown(settings, key).unwrap_or_default();
        let next = match key.shape() {
            Shape::Switch => (now != "true").to_string(),
            Shape::Choice(all) => all[turned(all, &now, by)].to_owned(),
            Shape::Number => match now.parse::<usize>().ok().and_then(|now| now.checked_add_signed(by)) {
                Some(next) if crate::config::check(key, &next.to_string()).is_ok() => next.to_string(),
                _ => return Vec::new(),
            },
            Shape::Text | Shape::Amount | Shape::Limit => return Vec::new(),
        };
        self.write(key, Some(next))
    }

    fn save(&mut self) -> Vec<Effect> {
        if self.wrong().is_some() {
            return Vec::new();
        }
        let Some(Editing { key, field }) = self.editing.take() else { return Vec::new() };
        let text = field.value().trim().to_owned();
        self.write(key, (!text.is_empty()).then_some(text))
    }

    /// One change after the other: each is written over what the one before left.
    fn write(&mut self, key: Key, value: Option<String>) -> Vec<Effect> {
        if self.is_saving {
            return Vec::new();
        }
        self.is_saving = true;
        self.told = None;
        vec![Effect::WriteSetting { key, value }]
    }

    fn back(&mut self) -> Vec<Effect> {
        if self.editing.take().is_some() || self.catching.take().is_some() {
            return Vec::new();
        }
        vec![Effect::Return]
    }
}

/// The value of `key` without secrets.
pub(super) fn shown(settings: &Settings, key: Key) -> Option<String> {
    settings.rows().into_iter().find(|row| row.key == key).and_then(|row| row.value)
}

fn turned(all: &[&str], now: &str, by: isize) -> usize {
    match all.iter().position(|value| *value == now) {
        Some(at) => (at + all.len()).saturating_add_signed(by) % all.len(),
        None if by < 0 => all.len() - 1,
        None => 0,
    }
}

fn saved(key: Key, value: Option<String>) -> String {
    let key_name = key.title();
    let Some(value) = value else { return say!("settings-reset", key = key_name) };
    // What was typed may be an address with a password in it.
    let value = if value.contains('@') { "…".to_owned() } else { words::excerpt(&value) };
    match when(key) {
        When::Now => say!("settings-saved", key = key_name, value = value),
        When::Transfer => say!("settings-saved-transfer", key = key_name, value = value),
        When::Start => say!("settings-saved-start", key = key_name, value = value),
    }
}

/// What holds at once.
fn worn(key: Key, settings: &Settings) -> Vec<Effect> {
    match key {
        Key::Lang => vec![Effect::Speak(settings.lang.as_deref().and_then(spoken))],
        Key::Theme => vec![Effect::Wear(Wish::Palette(settings.theme))],
        Key::Ascii => vec![Effect::Wear(Wish::Ascii(settings.ascii))],
        Key::Motion => vec![Effect::Wear(Wish::Motion(settings.motion))],
        _ => Vec::new(),
    }
}

fn spoken(tag: &str) -> Option<&'static str> {
    words::LANGUAGES.into_iter().find(|language| *language == tag)
}
