//! A question or a notice over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::hint::{Hint, KeyLine, key_line};
use super::{lines_at, panel};
use crate::tui::Theme;
use crate::tui::keys::Keymap;

/// The middle of `area`, at most `width` × `height`.
#[must_use]
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Something that is asked or told over the screen, with what can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// A word or two in the frame.
    pub title: String,
    /// What is asked; a line of its own where it has line breaks.
    pub text: String,
    /// The answers, in the last line.
    pub hints: Vec<Hint>,
}

/// Where a question lies, and what stands in it.
struct Drawn {
    place: Rect,
    lines: Vec<Line<'static>>,
    answers: KeyLine,
}

impl Question {
    /// Draws it over the middle of `area`.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, keymap: &Keymap, theme: &Theme) {
        let Drawn { place, mut lines, answers } = self.drawn(area, keymap, theme);
        lines.push(answers.line);
        Clear.render(place, buffer);
        Paragraph::new(lines).block(panel(&self.title, true, theme)).render(place, buffer);
    }

    /// The row of `area` in which the answers stand, and which cells of it are whose.
    #[must_use]
    pub fn answers(&self, area: Rect, keymap: &Keymap, theme: &Theme) -> (Rect, KeyLine) {
        let Drawn { place, answers, .. } = self.drawn(area, keymap, theme);
        let row = Rect {
            x: place.x + 2,
            y: place.bottom().saturating_sub(2),
            width: place.width.saturating_sub(4),
            height: 1,
        };
        (row, answers)
    }

    fn drawn(&self, area: Rect, keymap: &Keymap, theme: &Theme) -> Drawn {
        let width = area.width.saturating_sub(4).min(64);
        let inner = usize::from(width.saturating_sub(4));
        let mut lines: Vec<Line> =
            self.text.lines().flat_map(|line| lines_at(line, inner, 0, theme.text)).collect();
        lines.push(Line::default());
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(3);
        let answers = key_line(&self.hints, &[], inner, keymap, theme);
        Drawn { place: centred(area, width, height), lines, answers }
    }
}
