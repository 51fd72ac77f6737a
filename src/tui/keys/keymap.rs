//! Which keys do what: the usual ones, and those of the settings file in their place.

use std::collections::BTreeMap;

use crossterm::event::KeyEvent;

use super::{Action, Chord};
use crate::tui::widgets::Hint;

/// The keys of every action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    keys: BTreeMap<Action, Vec<Chord>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let keys = |action: &Action| {
            let chords = action.usual_keys().split_whitespace().filter_map(|text| text.parse().ok());
            (*action, chords.collect())
        };
        Self { keys: Action::ALL.iter().map(keys).collect() }
    }
}

impl Keymap {
    /// The keys of `action`, the one that is shown first.
    #[must_use]
    pub fn chords(&self, action: Action) -> &[Chord] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// Gives `action` other keys; none makes it reachable by the palette and the mouse only.
    pub fn bind(&mut self, action: Action, chords: Vec<Chord>) {
        self.keys.insert(action, chords);
    }

    /// The key of `action` as the footer shows it; empty where it has none.
    #[must_use]
    pub fn label(&self, action: Action) -> String {
        self.chords(action).first().map(|chord| chord.label()).unwrap_or_default()
    }

    /// The key of `action` that types no letter; empty where it has none.
    #[must_use]
    pub fn label_while_typing(&self, action: Action) -> String {
        let mut chords = self.chords(action).iter();
        chords.find(|chord| !chord.is_letter()).map(|chord| chord.label()).unwrap_or_default()
    }

    /// What `key` does of what is offered: the first that has it.
    #[must_use]
    pub fn offered(&self, key: KeyEvent, offered: &[Hint]) -> Option<Action> {
        let actions = offered.iter().flat_map(|hint| hint.actions.iter().copied());
        self.among(key, actions)
    }

    /// What `key` does among `actions`: the first that has it.
    #[must_use]
    pub fn among(&self, key: KeyEvent, actions: impl IntoIterator<Item = Action>) -> Option<Action> {
        let pressed = Chord::of(key);
        actions.into_iter().find(|action| self.chords(*action).contains(&pressed))
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    #[test]
    fn every_usual_key_can_be_read() {
        for action in Action::ALL {
            let written = action.usual_keys().split_whitespace().count();
            assert_eq!(Keymap::default().chords(*action).len(), written, "{}", action.id());
            assert!(written > 0, "{}", action.id());
        }
    }

    #[test]
    fn the_first_that_is_offered_has_the_key() {
        let key = KeyEvent::new(KeyCode::Char('p'), KeyModifiers::NONE);
        let offered = [Hint::new(Action::Profile, ""), Hint::new(Action::Pause, "")];
        assert_eq!(Keymap::default().offered(key, &offered), Some(Action::Profile));
    }
}
