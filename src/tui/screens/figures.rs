//! Figures in columns and spans of time, for the screens that count. Numbers are never cut: a column that has no room is left out.

use crate::tui::widgets::{fit, width};
pub use crate::words::{span, wait};

/// `text` in exactly `cells` cells, at the right end; a figure that has no room there is left out, not cut.
#[must_use]
pub fn at_right(text: &str, cells: usize) -> String {
    let is_figure = text.contains(|c: char| c.is_ascii_digit());
    let text = if is_figure && width(text) > cells { String::new() } else { fit(text, cells) };
    " ".repeat(cells.saturating_sub(width(&text))) + &text
}

/// `left` and `right` at both ends of `cells` cells; `left` gives way, `right` is never cut.
#[must_use]
pub fn both_ends(left: &str, right: &str, cells: usize) -> String {
    let room = cells.saturating_sub(width(right));
    let left = fit(left, room.saturating_sub(1));
    let gap = room.saturating_sub(width(&left));
    left + &" ".repeat(gap) + right
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn figures_stand_at_the_right() {
        assert_eq!(at_right("1.6 GiB", 9), "  1.6 GiB");
        assert_eq!(at_right("1.6 GiB", 6), "      ");
        assert_eq!(at_right("waits", 4), "wai…");
        assert_eq!(both_ends("release", "2 of 12", 18), "release    2 of 12");
        assert_eq!(both_ends("release", "2 of 12", 12), "rel… 2 of 12");
    }

    proptest! {
        #[test]
        fn the_figure_at_the_right_end_is_never_cut(left in "[a-z 椎名é\u{301}]{0,40}", number in 0u64.., cells in 22usize..80) {
            let line = both_ends(&left, &number.to_string(), cells);
            prop_assert_eq!(width(&line), cells);
            prop_assert!(line.ends_with(&number.to_string()));
        }
    }
}
