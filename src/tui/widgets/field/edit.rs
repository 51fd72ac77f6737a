//! What keys do to a field: those of a shell's line, and those of everybody else.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use super::Field;

/// Something that is done to the text or the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    Type(char),
    Move(To),
    Delete(To),
    Undo,
    Redo,
}

/// Where the cursor goes, or up to where something is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
}

impl Edit {
    pub(super) fn of(key: KeyEvent) -> Option<Self> {
        let (ctrl, alt) = (KeyModifiers::CONTROL, KeyModifiers::ALT);
        let held = key.modifiers & (ctrl | alt);
        Some(match (key.code, held) {
            (KeyCode::Char(letter), held) if held.is_empty() => Self::Type(letter),
            // A letter of the third level of a keyboard may arrive with both.
            (KeyCode::Char(letter), held) if held == ctrl | alt && !letter.is_ascii() => Self::Type(letter),
            (KeyCode::Char(letter), held) if held == ctrl => return Self::with_ctrl(letter),
            (KeyCode::Char(letter), held) if held == alt => return Self::with_alt(letter),
            (KeyCode::Left, held) if held.is_empty() => Self::Move(To::Left),
            (KeyCode::Right, held) if held.is_empty() => Self::Move(To::Right),
            (KeyCode::Left, _) => Self::Move(To::WordLeft),
            (KeyCode::Right, _) => Self::Move(To::WordRight),
            (KeyCode::Home, _) => Self::Move(To::Start),
            (KeyCode::End, _) => Self::Move(To::End),
            (KeyCode::Backspace, held) if held.is_empty() => Self::Delete(To::Left),
            (KeyCode::Delete, held) if held.is_empty() => Self::Delete(To::Right),
            (KeyCode::Backspace, _) => Self::Delete(To::WordLeft),
            (KeyCode::Delete, _) => Self::Delete(To::WordRight),
            _ => return None,
        })
    }

    const fn with_ctrl(letter: char) -> Option<Self> {
        Some(match letter {
            'a' => Self::Move(To::Start),
            'e' => Self::Move(To::End),
            'b' => Self::Move(To::Left),
            'f' => Self::Move(To::Right),
            'h' => Self::Delete(To::Left),
            'd' => Self::Delete(To::Right),
            'w' => Self::Delete(To::WordLeft),
            'u' => Self::Delete(To::Start),
            'k' => Self::Delete(To::End),
            // What terminals send for ctrl-_ and for ctrl-/.
            '_' | '/' | '7' => Self::Undo,
            'y' => Self::Redo,
            _ => return None,
        })
    }

    const fn with_alt(letter: char) -> Option<Self> {
        Some(match letter {
            'b' => Self::Move(To::WordLeft),
            'f' => Self::Move(To::WordRight),
            'd' => Self::Delete(To::WordRight),
            'z' => Self::Undo,
            'y' => Self::Redo,
            _ => return None,
        })
    }
}

impl Field {
    /// Whether the text changed.
    pub(super) fn edit(&mut self, edit: Edit) -> bool {
        match edit {
            Edit::Type(letter) => self.insert(letter.encode_utf8(&mut [0; 4]), true),
            Edit::Delete(to) => self.delete(to),
            Edit::Undo => self.undone(true),
            Edit::Redo => self.undone(false),
            Edit::Move(to) => {
                self.at = self.target(to);
                self.history.pause();
                false
            }
        }
    }

    /// Puts in as much of `text` as there is room for, letter by letter whole.
    pub(super) fn insert(&mut self, text: &str, is_typed: bool) -> bool {
        let room = self.limit.saturating_sub(self.text.len());
        let end = |(index, letter): (usize, &str)| index + letter.len();
        let fits = text.grapheme_indices(true).map(end).take_while(|end| *end <= room).last().unwrap_or(0);
        self.is_cut = fits < text.len();
        if fits == 0 {
            return false;
        }
        self.history.remember(&self.text, self.at, is_typed);
        self.text.insert_str(self.at, &text[..fits]);
        self.at += fits;
        // An accent that was typed on its own belongs to the letter before it.
        self.put_after(self.at);
        true
    }

    fn delete(&mut self, to: To) -> bool {
        let target = self.target(to);
        let (from, until) = (self.at.min(target), self.at.max(target));
        self.is_cut = false;
        if from == until {
            return false;
        }
        self.history.remember(&self.text, self.at, false);
        self.text.replace_range(from..until, "");
        self.at = from;
        self.put_after(from);
        true
    }

    fn undone(&mut self, backwards: bool) -> bool {
        let now = (std::mem::take(&mut self.text), self.at);
        let (changed, (text, at)) = self.history.turn(now, backwards);
        (self.text, self.at) = (text, at);
        changed
    }

    /// The cursor at the end of the letter that reaches to `at` or over it.
    fn put_after(&mut self, at: usize) {
        self.at = self.boundary(at);
    }

    /// The end of the letter that reaches to `at` or over it.
    fn boundary(&self, at: usize) -> usize {
        let mut ends = self.text.grapheme_indices(true).map(|(index, letter)| index + letter.len());
        if at == 0 { 0 } else { ends.find(|end| *end >= at).unwrap_or(self.text.len()) }
    }

    fn target(&self, to: To) -> usize {
        let (before, after) = self.text.split_at(self.at);
        match to {
            To::Start => 0,
            To::End => self.text.len(),
            To::Left => before.grapheme_indices(true).next_back().map_or(0, |(index, _)| index),
            To::Right => self.at + after.graphemes(true).next().map_or(0, str::len),
            To::WordLeft => self.boundary(word_before(before)),
            To::WordRight => self.boundary(self.at + word_after(after)),
        }
    }
}

/// Where the last word of `text` begins. Letters and digits are words; what stands between them is passed over.
fn word_before(text: &str) -> usize {
    let bare = text.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    bare.trim_end_matches(char::is_alphanumeric).len()
}

/// Where the first word of `text` ends.
fn word_after(text: &str) -> usize {
    let bare = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    text.len() - bare.trim_start_matches(char::is_alphanumeric).len()
}
