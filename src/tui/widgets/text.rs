//! Text measured in cells: wide letters count two, combining ones none.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::tui::Theme;

/// How many cells `text` takes.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` in at most `cells` cells; what is cut off is shown by `…`.
#[must_use]
pub fn fit(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > cells {
            break;
        }
        used += wide;
        out.push(c);
    }
    if cells > 0 {
        out.push('…');
    }
    out
}

/// `text` in exactly `cells` cells, cut or filled with spaces on the right.
#[must_use]
pub fn pad(text: &str, cells: usize) -> String {
    let mut out = fit(text, cells);
    out.extend(std::iter::repeat_n(' ', cells.saturating_sub(width(&out))));
    out
}

/// `text` broken at spaces into lines of at most `cells` cells; a word that is too long is broken where it must be.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace().flat_map(|word| pieces(word, cells)) {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(&word);
        } else if width(line) + 1 + width(&word) <= cells {
            line.push(' ');
            line.push_str(&word);
        } else {
            lines.push(word);
        }
    }
    lines
}

/// A word in pieces that each fit.
fn pieces(word: &str, cells: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for c in word.chars() {
        let wide = c.width().unwrap_or(0);
        if used > 0 && used + wide > cells {
            pieces.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// `text` wrapped to `cells`, each line after `indent` spaces, in one style.
#[must_use]
pub fn lines_at(text: &str, cells: usize, indent: usize, style: Style) -> Vec<Line<'static>> {
    let space = " ".repeat(indent);
    let wrapped = wrap(text, cells.saturating_sub(indent)).into_iter();
    wrapped.map(|line| Line::from(vec![Span::raw(space.clone()), Span::styled(line, style)])).collect()
}

/// A line "label   value", the label dim and `label_cells` wide, the value wrapped under itself in `cells` cells in all.
#[must_use]
pub fn pair(label: &str, label_cells: usize, value: &str, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (index, part) in wrap(value, cells.saturating_sub(label_cells)).into_iter().enumerate() {
        let head = if index == 0 { pad(label, label_cells) } else { " ".repeat(label_cells) };
        lines.push(Line::from(vec![Span::styled(head, theme.dim), Span::styled(part, theme.text)]));
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wide_letters_count_two() {
        assert_eq!(pad("椎名林檎", 6), "椎名… ");
        assert_eq!(fit("abc", 3), "abc");
        assert_eq!(fit("abcd", 3), "ab…");
    }

    #[test]
    fn text_breaks_at_spaces_and_long_words_where_they_must() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
    }

    proptest! {
        #[test]
        fn nothing_is_ever_wider_than_asked(text in "\\PC{0,60}", cells in 2_usize..40) {
            prop_assert!(width(&fit(&text, cells)) <= cells);
            for line in wrap(&text, cells) {
                prop_assert!(width(&line) <= cells);
            }
        }
    }
}
