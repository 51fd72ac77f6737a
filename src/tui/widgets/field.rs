//! A line of text that is typed, with a cursor, a mask for secrets, and paste.

use crossterm::event::{Event, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};

use super::text::width;
use crate::tui::Theme;

/// A text field. Its `Debug` shows no text, which may be a secret.
#[derive(Clone, Default)]
pub struct Field {
    input: Input,
    mask: bool,
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
        Self { input: Input::new(text.into()), mask: false }
    }

    /// An empty field whose letters are shown as dots.
    #[must_use]
    pub fn masked() -> Self {
        Self { input: Input::default(), mask: true }
    }

    /// What was typed.
    #[must_use]
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Puts another text in.
    pub fn set(&mut self, text: impl Into<String>) {
        self.input = Input::new(text.into());
    }

    /// Takes a key; whether the text changed.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        self.input.handle_event(&Event::Key(key)).is_some_and(|changed| changed.value)
    }

    /// Takes pasted text without its control characters: a pasted line break is no Enter.
    pub fn paste(&mut self, text: &str) {
        for c in text.trim().chars().filter(|c| !c.is_control()) {
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    /// Draws the text into the first row of `area`, scrolled so that the cursor shows.
    pub fn render(&self, area: Rect, buffer: &mut Buffer, look: Look, theme: &Theme) {
        if area.is_empty() {
            return;
        }
        let hidden = self.mask && !look.peek;
        let shown = if hidden { "•".repeat(self.value().chars().count()) } else { self.value().to_owned() };
        let before: String = shown.chars().take(self.input.cursor()).collect();
        let room = usize::from(area.width.saturating_sub(1));
        let skipped = skipped_chars(&before, room);
        let visible: String = shown.chars().skip(skipped).collect();
        if shown.is_empty() && !look.focused {
            buffer.set_stringn(area.x, area.y, look.placeholder, room, theme.dim);
        } else {
            let style = if look.focused { theme.strong } else { theme.text };
            buffer.set_stringn(area.x, area.y, &visible, usize::from(area.width), style);
        }
        if look.focused {
            let column = width(&before.chars().skip(skipped).collect::<String>());
            let x = area.x + u16::try_from(column.min(room)).unwrap_or(0);
            buffer[(x, area.y)].modifier.insert(Modifier::REVERSED);
        }
    }
}

/// How many letters scroll out on the left so that the text before the cursor fits into `room` cells.
fn skipped_chars(before: &str, room: usize) -> usize {
    let mut rest = before.chars();
    let mut skipped = 0;
    while width(rest.as_str()) > room {
        rest.next();
        skipped += 1;
    }
    skipped
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    fn drawn(field: &Field, look: Look) -> String {
        let area = Rect::new(0, 0, 8, 1);
        let mut buffer = Buffer::empty(area);
        field.render(area, &mut buffer, look, &Theme::plain());
        buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn a_secret_is_dots_until_it_is_peeked_at() {
        let mut field = Field::masked();
        field.paste("s3cret\n");
        assert_eq!(field.value(), "s3cret");
        assert_eq!(drawn(&field, Look::default()).trim(), "••••••");
        assert_eq!(drawn(&field, Look { peek: true, ..Look::default() }).trim(), "s3cret");
        assert!(!format!("{field:?}").contains("s3cret"));
    }

    #[test]
    fn a_long_text_scrolls_so_that_its_end_is_seen_while_typing() {
        let mut field = Field::new("abcdefghijk");
        field.key(KeyEvent::new(KeyCode::Char('l'), KeyModifiers::NONE));
        assert_eq!(drawn(&field, Look { focused: true, ..Look::default() }), "fghijkl ");
    }

    #[test]
    fn an_empty_field_says_what_it_is_for() {
        let look = Look { placeholder: "name", ..Look::default() };
        assert_eq!(drawn(&Field::default(), look), "name    ");
    }
}
