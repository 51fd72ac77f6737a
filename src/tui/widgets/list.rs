//! A list under keys and mouse: which lines of it are shown, which one is hit, and what the wheel and the scroll bar do.
//!
//! All of it is pure: a screen gives the rectangles that its view draws into and the number of its lines.

use std::ops::Range;

use ratatui::layout::{Position, Rect};

use super::scroll::window;
use crate::tui::Mouse;

/// Which line stands at `at`, where `shown` of the lines are drawn into `list`, a row each.
#[must_use]
pub fn row_at(list: Rect, shown: &Range<usize>, at: Position) -> Option<usize> {
    let row = usize::from(at.y.checked_sub(list.y)?);
    let line = shown.start + row;
    (list.contains(at) && line < shown.end).then_some(line)
}

/// The column of the scroll bar of a panel that lies at `panel` and has its rows at `inner`: its right border.
#[must_use]
pub const fn bar_of(panel: Rect, inner: Rect) -> Rect {
    Rect { x: panel.right().saturating_sub(1), y: inner.y, width: 1, height: inner.height }
}

/// Which line comes first when the bar is taken at the height of `at`: above it the first, below it the last that can. `None` where
/// that is not the column of the bar, or where everything is shown.
#[must_use]
pub fn scrollbar_at(bar: Rect, len: usize, shown: &Range<usize>, at: Position) -> Option<usize> {
    let hidden = len.checked_sub(shown.len()).filter(|hidden| *hidden > 0)?;
    let last = usize::from(bar.height.checked_sub(1)?).max(1);
    let row = usize::from(at.y.saturating_sub(bar.y)).min(last);
    // A product of a length and a height of a terminal does not come near the end of 64 bits.
    (at.x == bar.x).then_some((hidden * row + last / 2) / last)
}

/// From which line on a text of `len` lines is shown after `mouse`, where it was shown from `scroll` on in `area` with its bar in
/// `bar`; `None` where the mouse means nothing to it.
#[must_use]
pub fn scroll_at(area: Rect, bar: Rect, len: usize, scroll: usize, mouse: Mouse) -> Option<usize> {
    let height = usize::from(area.height).min(len);
    let most = len - height;
    let scroll = scroll.min(most);
    let taken = |at| scrollbar_at(bar, len, &(scroll..scroll + height), at);
    match mouse {
        Mouse::Wheel(at, lines) if area.contains(at) || bar.contains(at) => {
            Some(scroll.saturating_add_signed(lines).min(most))
        }
        Mouse::Click(at) | Mouse::Again(at) if bar.contains(at) => taken(at),
        Mouse::Drag(at) => taken(at),
        _ => None,
    }
}

/// A cursor in a list, and from which line on the list is shown once the mouse has moved it. Keys alone keep the cursor in the
/// middle; where the mouse was, the list lies still, so that a second click hits the same line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rows {
    /// The line under the cursor.
    pub line: usize,
    top: Option<usize>,
}

/// What the mouse did to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// The cursor moved, or the list did.
    Moved(Rows),
    /// The line under the cursor was chosen: a double click, as Enter.
    Chosen(Rows),
}

impl Rows {
    /// A cursor on `line`.
    #[must_use]
    pub const fn at(line: usize) -> Self {
        Self { line, top: None }
    }

    /// The cursor on `line` of a list of `len`, which stays where it is as far as that line allows.
    #[must_use]
    pub const fn to(self, line: usize, len: usize) -> Self {
        let last = len.saturating_sub(1);
        Self { line: if line < last { line } else { last }, top: self.top }
    }

    /// The cursor `rows` further down a list of `len`, as [`crate::tui::keys::Action::rows`] counts them.
    #[must_use]
    pub const fn moved(self, rows: isize, len: usize) -> Self {
        self.to(self.line.saturating_add_signed(rows), len)
    }

    /// Which of `len` lines are shown in `height` rows.
    #[must_use]
    pub fn shown(self, len: usize, height: usize) -> Range<usize> {
        let line = self.line.min(len.saturating_sub(1));
        let Some(top) = self.top else { return window(len, line, height) };
        let height = height.min(len);
        let least = (line + 1).saturating_sub(height);
        let start = top.clamp(least, line.max(least)).min(len - height);
        start..start + height
    }

    /// What the mouse does to a list of `len` lines that is drawn into `list`, with its scroll bar in `bar`.
    #[must_use]
    pub fn mouse(self, list: Rect, bar: Rect, len: usize, mouse: Mouse) -> Option<Pressed> {
        let shown = self.shown(len, usize::from(list.height));
        let here = |line: usize| Self { line, top: Some(shown.start) };
        let taken =
            |at| scrollbar_at(bar, len, &shown, at).map(|top| Pressed::Moved(self.under(top, len, list)));
        match mouse {
            Mouse::Click(at) | Mouse::Again(at) if bar.contains(at) && shown.len() < len => taken(at),
            Mouse::Click(at) => row_at(list, &shown, at).map(|line| Pressed::Moved(here(line))),
            Mouse::Again(at) => row_at(list, &shown, at).map(|line| Pressed::Chosen(here(line))),
            Mouse::Wheel(at, lines) if list.contains(at) || bar.contains(at) => {
                let top = shown.start.saturating_add_signed(lines).min(len - shown.len());
                (top != shown.start).then(|| Pressed::Moved(self.under(top, len, list)))
            }
            Mouse::Drag(at) => taken(at).or_else(|| Self::dragged(list, &shown, len, at)),
            Mouse::Wheel(..) => None,
        }
    }

    /// The list from line `top` on; the cursor stays in sight.
    fn under(self, top: usize, len: usize, list: Rect) -> Self {
        let height = usize::from(list.height).min(len).max(1);
        Self { line: self.line.clamp(top, top + height - 1), top: Some(top) }
    }

    /// The cursor follows the mouse, beyond either end of what is shown by a line at a time.
    fn dragged(list: Rect, shown: &Range<usize>, len: usize, at: Position) -> Option<Pressed> {
        if len == 0 || at.x < list.x || at.x >= list.right() {
            return None;
        }
        let line = match at.y {
            y if y < list.y => shown.start.saturating_sub(1),
            y if y >= list.bottom() => shown.end.min(len - 1),
            _ => row_at(list, shown, at)?,
        };
        Some(Pressed::Moved(Self { line, top: Some(shown.start) }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIST: Rect = Rect::new(2, 1, 20, 10);
    const BAR: Rect = Rect::new(23, 1, 1, 10);

    fn at(x: u16, y: u16) -> Position {
        Position::new(x, y)
    }

    fn after(rows: Rows, len: usize, mouse: Mouse) -> Rows {
        match rows.mouse(LIST, BAR, len, mouse) {
            Some(Pressed::Moved(rows) | Pressed::Chosen(rows)) => rows,
            None => rows,
        }
    }

    #[test]
    fn a_click_chooses_a_line_and_the_second_one_hits_the_same() {
        let rows = after(Rows::at(50), 100, Mouse::Click(at(5, 3)));
        assert_eq!(rows.line, 47);
        assert_eq!(rows.shown(100, 10), 45..55, "the list lies still");
        assert_eq!(rows.mouse(LIST, BAR, 100, Mouse::Again(at(5, 3))), Some(Pressed::Chosen(rows)));
    }

    #[test]
    fn beside_the_list_and_below_its_last_line_a_click_hits_nothing() {
        for (x, y) in [(1, 3), (22, 3), (5, 0), (5, 11)] {
            assert_eq!(Rows::default().mouse(LIST, BAR, 100, Mouse::Click(at(x, y))), None, "{x} {y}");
        }
        assert_eq!(Rows::default().mouse(LIST, BAR, 3, Mouse::Click(at(5, 4))), None);
        assert_eq!(Rows::default().mouse(LIST, BAR, 0, Mouse::Drag(at(5, 4))), None);
    }

    #[test]
    fn the_wheel_moves_the_list_and_the_cursor_only_where_it_would_leave_it() {
        let rows = after(Rows::at(5), 100, Mouse::Wheel(at(5, 5), 3));
        assert_eq!((rows.line, rows.shown(100, 10)), (5, 3..13));
        let rows = after(rows, 100, Mouse::Wheel(at(5, 5), 6));
        assert_eq!((rows.line, rows.shown(100, 10)), (9, 9..19));
        assert_eq!(Rows::at(2).mouse(LIST, BAR, 5, Mouse::Wheel(at(5, 2), 3)), None, "everything is shown");
    }

    #[test]
    fn the_bar_goes_to_both_ends() {
        let rows = after(Rows::at(50), 1_000_000, Mouse::Click(at(23, 10)));
        assert_eq!(rows.shown(1_000_000, 10), 999_990..1_000_000);
        let rows = after(rows, 1_000_000, Mouse::Drag(at(23, 0)));
        assert_eq!((rows.line, rows.shown(1_000_000, 10)), (9, 0..10));
    }

    #[test]
    fn dragging_beyond_the_list_scrolls_it() {
        let rows = after(Rows::at(0), 100, Mouse::Drag(at(5, 15)));
        assert_eq!((rows.line, rows.shown(100, 10)), (10, 1..11));
        let rows = after(rows, 100, Mouse::Drag(at(5, 0)));
        assert_eq!((rows.line, rows.shown(100, 10)), (0, 0..10));
    }

    #[test]
    fn keys_after_the_mouse_keep_the_cursor_in_sight() {
        let rows = after(Rows::at(0), 100, Mouse::Wheel(at(5, 5), 30)).moved(25, 100);
        assert_eq!((rows.line, rows.shown(100, 10)), (55, 46..56));
        assert_eq!(rows.moved(1 << 40, 100).line, 99);
        assert_eq!(rows.moved(-(1 << 40), 0).line, 0);
    }

    #[test]
    fn a_text_scrolls_by_the_wheel_and_by_its_bar() {
        let text = |scroll, mouse| scroll_at(LIST, BAR, 30, scroll, mouse);
        assert_eq!(text(0, Mouse::Wheel(at(5, 5), 3)), Some(3));
        assert_eq!(text(99, Mouse::Wheel(at(5, 5), -3)), Some(17));
        assert_eq!(text(0, Mouse::Click(at(23, 10))), Some(20));
        assert_eq!(text(0, Mouse::Click(at(5, 5))), None);
    }

    proptest! {
        #[test]
        fn whatever_the_mouse_does_the_cursor_is_in_the_list_and_in_sight(
            len in 1_usize..40,
            moves in prop::collection::vec((0_u8..4, 0_u16..26, 0_u16..14, -9_isize..9), 0..20),
        ) {
            let mut rows = Rows::default();
            for (kind, x, y, lines) in moves {
                let place = at(x, y);
                let mouse = match kind {
                    0 => Mouse::Click(place),
                    1 => Mouse::Again(place),
                    2 => Mouse::Wheel(place, lines),
                    _ => Mouse::Drag(place),
                };
                rows = after(rows, len, mouse);
                prop_assert!(rows.line < len);
                prop_assert!(rows.shown(len, 10).contains(&rows.line));
                prop_assert!(rows.shown(len, 10).end <= len);
            }
        }
    }
}
