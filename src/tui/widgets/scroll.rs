//! Which part of a long list or text is shown, and the bar that says so.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph, Widget};

use crate::tui::Theme;

/// Which of `len` lines are shown in `height` rows so that `selected` is among them, near the middle.
#[must_use]
pub fn window(len: usize, selected: usize, height: usize) -> Range<usize> {
    let height = height.min(len);
    let start = selected.saturating_sub(height / 2).min(len - height);
    start..start + height
}

/// A scroll bar down the one-cell-wide `area`, where not everything is `shown` of `len` lines.
pub fn scrollbar(area: Rect, buffer: &mut Buffer, len: usize, shown: &Range<usize>, theme: &Theme) {
    let height = usize::from(area.height);
    if shown.len() >= len || height == 0 {
        return;
    }
    let size = (height * shown.len() / len).max(1);
    let hidden = len - shown.len();
    let top = (height - size) * shown.start / hidden;
    for row in 0..area.height {
        let inside = (top..top + size).contains(&usize::from(row));
        let (symbol, style) = if inside { ("┃", theme.focus) } else { ("│", theme.dim) };
        buffer.set_string(area.x, area.y + row, symbol, style);
    }
}

/// `lines` in `block` from line `scroll` on, or from where the last of them is seen; a bar where not all are.
pub fn scrolled(
    lines: Vec<Line>,
    scroll: usize,
    block: Block,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) {
    let inner = block.inner(area);
    block.render(area, buffer);
    let (len, height) = (lines.len(), usize::from(inner.height));
    let start = scroll.min(len.saturating_sub(height));
    let shown: Vec<Line> = lines.into_iter().skip(start).take(height).collect();
    let end = start + shown.len();
    Paragraph::new(shown).render(inner, buffer);
    let bar = Rect { x: area.right().saturating_sub(1), y: inner.y, width: 1, height: inner.height };
    scrollbar(bar, buffer, len, &(start..end), theme);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_line_is_always_among_the_shown() {
        for len in 1..30 {
            for selected in 0..len {
                for height in 1..12 {
                    assert!(window(len, selected, height).contains(&selected), "{len} {selected} {height}");
                }
            }
        }
        assert_eq!(window(0, 0, 5), 0..0);
    }
}
