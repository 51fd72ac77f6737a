//! What tests of the screens share: keys, and a screen's words. The language of this process stays English; a picture
//! is taken in each language on its own thread.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::keys::{Action, Chord, Keymap};
use super::screens::Screen;
use super::{Effect, Theme};

/// A key without modifiers.
pub(crate) const fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

/// Presses keys on a screen, as the frame does, and gives the effects of all of them.
pub(crate) fn press<S: Screen>(screen: &mut S, codes: &[KeyCode]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for code in codes {
        let key = key(*code);
        let message = meant(screen, key).and_then(|action| screen.act(action)).or_else(|| screen.key(key));
        if let Some(message) = message {
            effects.extend(screen.update(message));
        }
    }
    effects
}

/// The action that a key is on this screen.
fn meant<S: Screen>(screen: &S, key: KeyEvent) -> Option<Action> {
    if screen.is_typing() && Chord::of(key).is_letter() {
        return None;
    }
    let keymap = Keymap::default();
    keymap.offered(key, &screen.keys()).or_else(|| keymap.among(key, Action::MOTIONS))
}

/// Types `text` into a screen.
pub(crate) fn type_in<S: Screen>(screen: &mut S, text: &str) {
    let keys: Vec<KeyCode> = text.chars().map(KeyCode::Char).collect();
    press(screen, &keys);
}

/// The words of one screen at that size, without styles, a line each.
pub(crate) fn words_of<S: Screen>(screen: &S, (width, height): (u16, u16)) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    screen.view(area, &mut buffer, &Theme::plain(), Duration::ZERO);
    let line = |y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (0..height).map(|y| line(y).trim_end().to_owned() + "\n").collect()
}
