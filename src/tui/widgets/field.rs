//! A line of text that is typed: cursor, words, undo, a mask for secrets, paste and clicks.
//!
//! [`Field`] is what was typed and where the cursor stands, `edit` what keys do to it, `history` how it is undone. A letter is what
//! people take for one: a base with its accents, an emoji with its parts.

mod edit;
mod history;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation;

use self::edit::Edit;
use self::history::History;
use super::text::width;
use crate::tui::Theme;

/// Bytes that a field takes unless it says less: the longest session tokens have 4 KiB.
const LIMIT: usize = 8 * 1024;

/// A text field. Its `Debug` shows no text, which may be a secret.
#[derive(Clone)]
pub struct Field {
    text: String,
    /// Byte of the text before which the cursor stands; always between two letters.
    at: usize,
    mask: bool,
    limit: usize,
    /// Whether something that was typed or pasted did not fit.
    is_cut: bool,
    history: History,
}

impl Default for Field {
    fn default() -> Self {
        Self::new("")
    }
}

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Field").field("mask", &self.mask).finish_non_exhaustive()
    }
}

/// How a field is drawn now.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look<'a> {
    /// Whether it is typed into, so that a cursor shows.
    pub focused: bool,
    /// Whether a masked text is shown for once.
    pub peek: bool,
    /// What stands there, dim, while it is empty.
    pub placeholder: &'a str,
}

impl Field {
    /// A field with `text` in it and the cursor behind it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let at = text.len();
        Self { text, at, mask: false, limit: LIMIT, is_cut: false, history: History::default() }
    }

    /// An empty field whose letters are shown as dots.
    #[must_use]
    pub fn masked() -> Self {
        Self { mask: true, ..Self::default() }
    }

    /// Takes at most so many bytes.
    #[must_use]
    pub const fn at_most(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// What was typed.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.text
    }

    /// Whether the last that was typed or pasted did not fit whole.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Puts another text in; this can be undone.
    pub fn set(&mut self, text: impl Into<String>) {
        self.history.remember(&self.text, self.at, false);
        self.text = text.into();
        self.at = self.text.len();
        self.is_cut = false;
    }

    /// Takes a key; whether the text changed.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        Edit::of(key).is_some_and(|edit| self.edit(edit))
    }

    /// Takes pasted text without its control characters and marks of direction: a pasted line break is no Enter.
    pub fn paste(&mut self, text: &str) {
        let text: String = text.trim().chars().filter(|letter| !is_hidden(*letter)).collect();
        self.insert(text.trim(), false);
    }

    /// Before which byte of the text the cursor would stand after a click at `at`, where the field is drawn into `area`.
    #[must_use]
    pub fn hit(&self, area: Rect, at: Position, look: Look) -> Option<usize> {
        let column = usize::from(at.x.checked_sub(area.x)?);
        if at.y != area.y || at.x >= area.right() {
            return None;
        }
        let (from, _) = self.skipped(area, look);
        let mut used = 0;
        for (index, letter) in self.text[from..].grapheme_indices(true) {
            used += self.cells(letter, look);
            if used > column {
                return Some(from + index);
            }
        }
        Some(self.text.len())
    }

    /// Puts the cursor where [`Field::hit`] said.
    pub fn put(&mut self, at: usize) {
        let mut boundaries = self.text.grapheme_indices(true).map(|(index, _)| index).rev();
        let letter = boundaries.find(|index| *index <= at).unwrap_or(0);
        self.at = if at >= self.text.len() { self.text.len() } else { letter };
        self.history.pause();
    }

    /// Draws the text into the first row of `area`, scrolled so that the cursor shows.
    pub fn render(&self, area: Rect, buffer: &mut Buffer, look: Look, theme: &Theme) {
        if area.is_empty() {
            return;
        }
        let room = usize::from(area.width);
        let style = if look.focused { theme.strong } else { theme.text };
        if self.text.is_empty() && !look.focused {
            buffer.set_stringn(area.x, area.y, look.placeholder, room, theme.dim);
            return;
        }
        let (from, column) = self.skipped(area, look);
        let rest = &self.text[from..];
        let shown: String = if self.is_hidden(look) {
            "•".repeat(rest.graphemes(true).count().min(room))
        } else {
            rest.graphemes(true).take(room).collect()
        };
        buffer.set_stringn(area.x, area.y, &shown, room, style);
        if look.focused {
            let x = area.x + u16::try_from(column.min(room - 1)).unwrap_or(0);
            buffer[(x, area.y)].modifier.insert(Modifier::REVERSED);
        }
    }

    const fn is_hidden(&self, look: Look) -> bool {
        self.mask && !look.peek
    }

    fn cells(&self, letter: &str, look: Look) -> usize {
        if self.is_hidden(look) { 1 } else { width(letter) }
    }

    /// From which byte on the text is shown so that the cursor has a cell, and the cursor's column.
    fn skipped(&self, area: Rect, look: Look) -> (usize, usize) {
        let room = usize::from(area.width.saturating_sub(1));
        if !look.focused {
            return (0, 0);
        }
        let (mut from, mut column) = (self.at, 0);
        for (index, letter) in self.text[..self.at].grapheme_indices(true).rev() {
            let cells = self.cells(letter, look);
            if column + cells > room {
                break;
            }
            (from, column) = (index, column + cells);
        }
        (from, column)
    }
}

/// What cannot be seen and has no place in a name or a key: control characters, marks of direction, byte order marks.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
