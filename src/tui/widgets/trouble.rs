//! An error as people read it: what, why, and what to do.

use ratatui::text::{Line, Span};

use super::text::wrap;
use crate::error::Error;
use crate::say;
use crate::tui::Theme;

/// `error` in `cells` cells: what failed, why under it, and the hint after an arrow.
#[must_use]
pub fn trouble(error: &Error, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = marked("✗ ", error.what(), cells, theme.bad, theme.strong);
    if let Some(why) = error.why() {
        lines.extend(marked("  ", why, cells, theme.text, theme.text));
    }
    if let Some(advice) = error.advice() {
        lines.extend(marked("→ ", &say!("tui-hint", text = advice), cells, theme.accent, theme.text));
    }
    lines
}

fn marked(
    mark: &'static str,
    text: &str,
    cells: usize,
    mark_style: ratatui::style::Style,
    style: ratatui::style::Style,
) -> Vec<Line<'static>> {
    let wrapped = wrap(text, cells.saturating_sub(2)).into_iter().enumerate();
    let line = |(index, part): (usize, String)| {
        let head = if index == 0 { mark } else { "  " };
        Line::from(vec![Span::styled(head, mark_style), Span::styled(part, style)])
    };
    wrapped.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    #[test]
    fn what_why_and_hint_each_start_a_line() {
        let error = Error::new(Kind::Transient, "the mirror did not answer")
            .because("connection refused")
            .hint("try later");
        let lines: Vec<String> =
            trouble(&error, 40, &Theme::plain()).iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["✗ the mirror did not answer", "  connection refused", "→ hint: try later"]);
    }
}
