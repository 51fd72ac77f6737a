//! A list over the screen from which one line is chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::{Pressed, Rows, bar_of, centred, fit, pad, panel, scrollbar, width};
use crate::tui::keys::Action;
use crate::tui::{Mouse, Theme};

/// A list to choose from.
#[derive(Debug, Clone, Default)]
pub struct Picker {
    title: String,
    /// Name and note of each line.
    lines: Vec<(String, String)>,
    cursor: Rows,
}

/// What a key did to a picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// The cursor moved.
    Moved(usize),
    /// The mouse moved the cursor or the list.
    Laid(Rows),
    /// The line was chosen.
    Chosen(usize),
    /// Nothing is to be chosen.
    Closed,
}

impl Picker {
    /// A list of (name, note) with the cursor on line `cursor`.
    #[must_use]
    pub fn new(title: String, lines: Vec<(String, String)>, cursor: usize) -> Self {
        let cursor = Rows::default().to(cursor, lines.len());
        Self { title, lines, cursor }
    }

    /// What `action` does.
    #[must_use]
    pub fn act(&self, action: Action) -> Option<Picked> {
        let last = self.lines.len().saturating_sub(1);
        match action {
            Action::Up => Some(Picked::Moved(self.cursor.line.saturating_sub(1))),
            Action::Down => Some(Picked::Moved((self.cursor.line + 1).min(last))),
            Action::First => Some(Picked::Moved(0)),
            Action::Last => Some(Picked::Moved(last)),
            Action::PageUp => Some(Picked::Moved(self.cursor.line.saturating_sub(10))),
            Action::PageDown => Some(Picked::Moved((self.cursor.line + 10).min(last))),
            Action::Forward if !self.lines.is_empty() => Some(Picked::Chosen(self.cursor.line)),
            Action::Back => Some(Picked::Closed),
            _ => None,
        }
    }

    /// Moves the cursor.
    pub fn move_to(&mut self, line: usize) {
        self.cursor = self.cursor.to(line, self.lines.len());
    }

    /// Puts cursor and list where the mouse put them.
    pub const fn lay(&mut self, rows: Rows) {
        self.cursor = rows;
    }

    /// What the mouse does, where the list is drawn over `area`: a click chooses, one beside the list closes it.
    #[must_use]
    pub fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Picked> {
        let (place, inner) = self.places(area);
        match self.cursor.mouse(inner, bar_of(place, inner), self.lines.len(), mouse) {
            Some(Pressed::Chosen(rows)) => Some(Picked::Chosen(rows.line)),
            Some(Pressed::Moved(rows)) if matches!(mouse, Mouse::Click(at) if inner.contains(at)) => {
                Some(Picked::Chosen(rows.line))
            }
            Some(Pressed::Moved(rows)) => Some(Picked::Laid(rows)),
            None => matches!(mouse, Mouse::Click(at) if !place.contains(at)).then_some(Picked::Closed),
        }
    }

    /// Where it lies in `area`, and where its lines do.
    fn places(&self, area: Rect) -> (Rect, Rect) {
        let names = self.lines.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
        let notes = self.lines.iter().map(|(_, note)| width(note)).max().unwrap_or(0);
        let wide = (names + notes + 9).max(width(&self.title) + 6);
        let tall = u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let place = centred(area, u16::try_from(wide).unwrap_or(u16::MAX), tall);
        let inner = Rect {
            x: place.x + 2,
            y: place.y + 1,
            width: place.width.saturating_sub(4),
            height: place.height.saturating_sub(2),
        };
        (place, inner)
    }

    /// Draws the list over the middle of `area`.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) {
        let names = self.lines.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
        let (place, inner) = self.places(area);
        let block = panel(&self.title, true, theme);
        let shown = self.cursor.shown(self.lines.len(), usize::from(inner.height));
        let row = |index: usize| self.row(index, names, usize::from(inner.width), theme);
        Clear.render(place, buffer);
        Paragraph::new(shown.clone().map(row).collect::<Vec<_>>()).block(block).render(place, buffer);
        scrollbar(bar_of(place, inner), buffer, self.lines.len(), &shown, theme);
    }

    fn row(&self, index: usize, names: usize, cells: usize, theme: &Theme) -> Line<'static> {
        let (name, note) = &self.lines[index];
        let here = index == self.cursor.line;
        let head = format!("{} {}  ", if here { "▸" } else { " " }, pad(name, names));
        let note = fit(note, cells.saturating_sub(width(&head)));
        if here {
            return Line::styled(pad(&format!("{head}{note}"), cells), theme.selected);
        }
        Line::from(vec![Span::styled(head, theme.text), Span::styled(note, theme.dim)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_the_list() {
        let lines = vec![("a".to_owned(), String::new()), ("b".to_owned(), String::new())];
        let mut picker = Picker::new(String::new(), lines, 9);
        assert_eq!(picker.act(Action::Down), Some(Picked::Moved(1)));
        picker.move_to(0);
        assert_eq!(picker.act(Action::Up), Some(Picked::Moved(0)));
        assert_eq!(picker.act(Action::Forward), Some(Picked::Chosen(0)));
    }

    #[test]
    fn nothing_can_be_chosen_from_an_empty_list() {
        assert_eq!(Picker::default().act(Action::Forward), None);
        assert_eq!(Picker::default().act(Action::Back), Some(Picked::Closed));
    }
}
