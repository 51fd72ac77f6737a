//! What tests of the screens share: keys, and a screen's words. The language of this process stays English: pictures in French
//! are taken by the integration tests, in a process of their own.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::screens::Screen;
use super::{Effect, Theme};

/// A key without modifiers.
pub(crate) const fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

/// Presses keys on a screen and gives the effects of all of them.
pub(crate) fn press<S: Screen>(screen: &mut S, codes: &[KeyCode]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for code in codes {
        if let Some(message) = screen.key(key(*code)) {
            effects.extend(screen.update(message));
        }
    }
    effects
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
