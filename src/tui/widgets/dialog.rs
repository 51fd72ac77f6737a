//! A question or a notice over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::hint::{Hint, key_line};
use super::{lines_at, panel};
use crate::tui::Theme;

/// The middle of `area`, at most `width` × `height`.
#[must_use]
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// A framed question over what is there, with its keys in its last line.
pub fn dialog(area: Rect, buffer: &mut Buffer, title: &str, text: &str, keys: &[Hint], theme: &Theme) {
    let width = area.width.saturating_sub(4).min(64);
    let inner = usize::from(width.saturating_sub(4));
    let mut lines: Vec<Line> = text.lines().flat_map(|line| lines_at(line, inner, 0, theme.text)).collect();
    lines.push(Line::default());
    lines.push(key_line(keys, &[], inner, theme));
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let place = centred(area, width, height);
    Clear.render(place, buffer);
    Paragraph::new(lines).block(panel(title, true, theme)).render(place, buffer);
}
