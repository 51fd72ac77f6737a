//! The keys of an action: the next one that is pressed is taken, one that is another's is told, and what is written holds at once.

use crossterm::event::KeyEvent;

use super::{Action, Catching, Hint, Keymap, Origin, State, Told};
use crate::config::{Binding, Settings};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::tui::Effect;
use crate::tui::keys::Chord;

impl State {
    /// The file's line about `action`.
    fn binding(&self, action: Action) -> Option<&Binding> {
        self.settings.as_ref()?.keys.iter().find(|binding| binding.action == action.id())
    }

    /// Where the keys of `action` come from.
    pub(super) fn origin_of(&self, action: Action) -> Origin {
        self.binding(action).map_or(Origin::Default, |binding| Origin::File {
            path: binding.path.clone(),
            line: binding.line,
        })
    }

    /// What can be done with the keys of `action`.
    pub(super) fn key_hints(&self, action: Action) -> Vec<Hint> {
        let change =
            Hint::new(Action::Forward, say!("settings-keys-change")).help(say!("settings-keys-change-help"));
        let more =
            Hint::new(Action::Increase, say!("settings-keys-more")).help(say!("settings-keys-more-help"));
        let fewer = Hint::new(Action::Decrease, say!("settings-keys-fewer")).quiet();
        let reset =
            Hint::new(Action::Reset, say!("settings-key-reset")).help(say!("settings-keys-reset-help"));
        let reset = self.binding(action).is_some().then_some(reset);
        let back = Hint::new(Action::Back, say!("tui-key-back"));
        [Some(change), Some(more), Some(fewer), reset, Some(back)].into_iter().flatten().collect()
    }

    /// Waits for a key.
    pub(super) fn catch(&mut self, action: Action, adds: bool) -> Vec<Effect> {
        if self.settings.is_some() && !self.is_saving {
            self.catching = Some(Catching { action, adds });
            self.told = None;
        }
        Vec::new()
    }

    /// The key that was waited for; Esc leaves everything as it is.
    pub(super) fn caught(&mut self, key: KeyEvent) -> Vec<Effect> {
        let (Some(Catching { action, adds }), Some(settings)) = (self.catching, &self.settings) else {
            return Vec::new();
        };
        let chord = Chord::of(key);
        if chord.to_string() == "esc" {
            self.catching = None;
            return Vec::new();
        }
        if let Some(why) = refused(settings, action, chord) {
            self.told = Some(Told::Failed(why));
            return Vec::new();
        }
        let mut keys: Vec<Chord> = if adds { chords(settings, action) } else { Vec::new() };
        keys.retain(|other| *other != chord);
        keys.push(chord);
        self.catching = None;
        self.write_keys(action, Some(&keys))
    }

    /// Takes the last key of `action` away.
    pub(super) fn one_key_less(&mut self, action: Action) -> Vec<Effect> {
        let Some(settings) = &self.settings else { return Vec::new() };
        let mut keys = chords(settings, action);
        if keys.pop().is_some() { self.write_keys(action, Some(&keys)) } else { Vec::new() }
    }

    /// Takes the action's line out of the file.
    pub(super) fn usual_keys(&mut self) -> Vec<Effect> {
        match self.action().filter(|action| self.binding(*action).is_some()) {
            Some(action) => self.write_keys(action, None),
            None => Vec::new(),
        }
    }

    fn write_keys(&mut self, action: Action, keys: Option<&[Chord]>) -> Vec<Effect> {
        if self.is_saving {
            return Vec::new();
        }
        self.is_saving = true;
        self.told = None;
        let keys = keys.map(|keys| keys.iter().map(ToString::to_string).collect());
        vec![Effect::WriteKeys { action, keys }]
    }

    /// The file holds them: from now on they work.
    pub(super) fn bound(&mut self, action: Action, read: Result<Box<Settings>>) -> Vec<Effect> {
        self.is_saving = false;
        if !self.take(read) {
            return Vec::new();
        }
        let Some(settings) = &self.settings else { return Vec::new() };
        match Keymap::with(&settings.keys) {
            Ok(keymap) => {
                let keys = labels(settings, action);
                self.told =
                    Some(Told::Done(say!("settings-keys-saved", action = action.name(), keys = keys)));
                vec![Effect::Bind(keymap)]
            }
            Err(error) => {
                self.told = Some(Told::Failed(error));
                Vec::new()
            }
        }
    }
}

/// Why `action` cannot have this key.
fn refused(settings: &Settings, action: Action, chord: Chord) -> Option<Error> {
    let key = chord.label();
    if chord.to_string().parse::<Chord>().is_err() {
        return Some(Error::new(Kind::Usage, say!("settings-keys-unknown")));
    }
    let other = Keymap::clash(&settings.keys, action, chord)?;
    let error = Error::new(Kind::Usage, say!("settings-keys-taken", key = key, other = other.name()));
    Some(error.hint(say!("settings-keys-taken-hint")))
}

/// The keys of every action as the file has them; the usual ones where the file is wrong.
pub(super) fn keymap(settings: &Settings) -> Keymap {
    Keymap::with(&settings.keys).unwrap_or_default()
}

fn chords(settings: &Settings, action: Action) -> Vec<Chord> {
    keymap(settings).chords(action).to_vec()
}

/// The keys of `action` as the footer would show them.
pub(super) fn labels(settings: &Settings, action: Action) -> String {
    labelled(&keymap(settings), action)
}

pub(super) fn labelled(keymap: &Keymap, action: Action) -> String {
    let keys: Vec<String> = keymap.chords(action).iter().map(|chord| chord.label()).collect();
    if keys.is_empty() { say!("settings-keys-none") } else { keys.join("  ") }
}
