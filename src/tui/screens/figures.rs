//! Figures in columns and spans of time, for the screens that count. Numbers are never cut: a column that has no room is left out.

use std::time::Duration;

use crate::say;
use crate::tui::widgets::{fit, width};

/// `text` in exactly `cells` cells, at the right end.
#[must_use]
pub fn at_right(text: &str, cells: usize) -> String {
    let text = fit(text, cells);
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

/// A span of time for people: `< 1 s`, `34 s`, `5 min 34 s`, `2 h 05 min`, `1 d 04 h`.
#[must_use]
pub fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    if days > 0 {
        say!("span-days", days = days, hours = format!("{:02}", hours % 24))
    } else if hours > 0 {
        say!("span-hours", hours = hours, minutes = format!("{:02}", minutes % 60))
    } else if minutes > 0 {
        say!("span-minutes", minutes = minutes, seconds = format!("{:02}", seconds % 60))
    } else if seconds == 0 && !time.is_zero() {
        say!("span-instant")
    } else {
        say!("span-seconds", seconds = seconds)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn figures_stand_at_the_right() {
        assert_eq!(at_right("1.6 GiB", 9), "  1.6 GiB");
        assert_eq!(both_ends("release", "2 of 12", 18), "release    2 of 12");
        assert_eq!(both_ends("release", "2 of 12", 12), "rel… 2 of 12");
    }

    #[test]
    fn spans_read_as_people_say_them() {
        assert_eq!(span(Duration::from_secs(34)), "34 s");
        assert_eq!(span(Duration::from_secs(334)), "5 min 34 s");
        assert_eq!(span(Duration::from_mins(125)), "2 h 05 min");
        assert_eq!(span(Duration::from_hours(28)), "1 d 04 h");
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
