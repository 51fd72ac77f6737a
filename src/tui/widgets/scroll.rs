//! Which part of a long list is shown, and the bar that says so.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

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
