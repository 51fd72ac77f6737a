//! One press of a key, as the settings file and the footer write it.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::say;

/// The keys that are written as words, and what the footer shows of them; Enter, Esc and Space are shown in the user's language.
const NAMED: [(&str, KeyCode, &str); 15] = [
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("enter", KeyCode::Enter, "enter"),
    ("esc", KeyCode::Esc, "esc"),
    ("space", KeyCode::Char(' '), "space"),
    ("tab", KeyCode::Tab, "tab"),
    ("backtab", KeyCode::BackTab, "shift-tab"),
    ("pgup", KeyCode::PageUp, "PgUp"),
    ("pgdn", KeyCode::PageDown, "PgDn"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("delete", KeyCode::Delete, "Del"),
    ("backspace", KeyCode::Backspace, "⌫"),
];

/// A key with what is held down beside it: `p`, `G`, `ctrl-p`, `f3`, `enter`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    /// Ctrl and Alt only: Shift is in the letter.
    modifiers: KeyModifiers,
}

impl Chord {
    /// What was pressed.
    #[must_use]
    pub fn of(key: KeyEvent) -> Self {
        Self { code: key.code, modifiers: key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT) }
    }

    /// Whether it types a letter, so that it belongs to the field that is typed into.
    #[must_use]
    pub const fn is_letter(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }

    /// As the footer shows it, in the user's language.
    #[must_use]
    pub fn label(self) -> String {
        let name = match self.code {
            KeyCode::Enter => say!("tui-name-enter"),
            KeyCode::Esc => say!("tui-name-esc"),
            KeyCode::Char(' ') => say!("tui-name-space"),
            KeyCode::F(number) => format!("F{number}"),
            code => NAMED
                .iter()
                .find(|(_, named, _)| *named == code)
                .map_or_else(|| bare(code), |(_, _, shown)| (*shown).to_owned()),
        };
        prefix(self.modifiers) + &name
    }

    /// The press that it stands for.
    #[must_use]
    pub const fn event(self) -> KeyEvent {
        KeyEvent::new(self.code, self.modifiers)
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = NAMED.iter().find(|(_, code, _)| *code == self.code);
        let name = named.map_or_else(|| bare(self.code), |(name, ..)| (*name).to_owned());
        write!(f, "{}{name}", prefix(self.modifiers))
    }
}

impl FromStr for Chord {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text;
        loop {
            let (more, left) = match rest {
                _ if rest.starts_with("ctrl-") => (KeyModifiers::CONTROL, &rest[5..]),
                _ if rest.starts_with("alt-") => (KeyModifiers::ALT, &rest[4..]),
                _ => break,
            };
            modifiers |= more;
            rest = left;
        }
        Ok(Self { code: code_of(rest).ok_or(())?, modifiers })
    }
}

fn code_of(text: &str) -> Option<KeyCode> {
    if let Some((_, code, _)) = NAMED.iter().find(|(name, ..)| *name == text) {
        return Some(*code);
    }
    let mut letters = text.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return (!letter.is_control() && letter != ' ').then_some(KeyCode::Char(letter));
    }
    let number: u8 = text.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

fn bare(code: KeyCode) -> String {
    match code {
        KeyCode::Char(letter) => letter.to_string(),
        KeyCode::F(number) => format!("f{number}"),
        _ => String::new(),
    }
}

fn prefix(modifiers: KeyModifiers) -> String {
    let ctrl = if modifiers.contains(KeyModifiers::CONTROL) { "ctrl-" } else { "" };
    let alt = if modifiers.contains(KeyModifiers::ALT) { "alt-" } else { "" };
    format!("{ctrl}{alt}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["p", "G", "ctrl-p", "alt-x", "ctrl-alt-del", "f3", "enter", "space", "-", "/", "é"] {
            match text.parse::<Chord>() {
                Ok(chord) => assert_eq!(chord.to_string(), text),
                Err(()) => assert_eq!(text, "ctrl-alt-del"),
            }
        }
        assert!("f13".parse::<Chord>().is_err() && "".parse::<Chord>().is_err());
    }

    #[test]
    fn shift_is_in_the_letter() {
        let pressed = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Ok(Chord::of(pressed)), "G".parse());
    }
}
