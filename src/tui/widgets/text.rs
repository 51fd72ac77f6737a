//! Text measured in cells: wide letters count two, combining ones none. What belongs together is never taken apart: a letter and its
//! accents, a number and its unit.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tui::Theme;
use crate::words::is_unit;

/// Spaces at which no line is broken.
const NO_BREAK: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];

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
    let Some(room) = cells.checked_sub(1) else { return String::new() };
    let (start, _) = split(text, room);
    format!("{start}…")
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
    for word in together(text).into_iter().flat_map(|word| pieces(&word, cells)) {
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

/// The words of `text`, with those in one that no line may part.
fn together(text: &str) -> Vec<String> {
    let is_break = |c: char| c.is_whitespace() && !NO_BREAK.contains(&c);
    let mut words: Vec<String> = Vec::new();
    for word in text.split(is_break).filter(|word| !word.is_empty()) {
        match words.last_mut().filter(|before| belong(before, word)) {
            Some(before) => {
                before.push(' ');
                before.push_str(word);
            }
            None => words.push(word.to_owned()),
        }
    }
    words
}

/// Whether a number stands before its unit, or French puts a space between a word and its mark.
fn belong(before: &str, word: &str) -> bool {
    let is_mark = |text: &str, marks: &str| !text.is_empty() && text.chars().all(|c| marks.contains(c));
    let is_number = before.ends_with(|c: char| c.is_ascii_digit());
    (is_number && is_unit(word)) || is_mark(word, ":;?!»,.)") || before.ends_with('«') || before == "<"
}

/// A word in pieces that each fit; what belongs together is parted only where even that is too long.
fn pieces(word: &str, cells: usize) -> Vec<String> {
    if width(word) <= cells {
        return vec![word.to_owned()];
    }
    if let Some((start, rest)) = word.split_once(' ') {
        return [pieces(start, cells), pieces(rest, cells)].concat();
    }
    let (mut pieces, mut rest) = (Vec::new(), word);
    while !rest.is_empty() {
        let (piece, left) = match split_well(rest, cells) {
            ("", _) => split_letter(rest, cells),
            parted => parted,
        };
        pieces.push(piece.to_owned());
        rest = left;
    }
    pieces
}

/// As [`split`], but behind a slash of an address or a path where that costs less than half of the line.
fn split_well(text: &str, cells: usize) -> (&str, &str) {
    let (piece, left) = split(text, cells);
    let slash = if left.is_empty() { None } else { piece.rfind('/') };
    match slash.filter(|at| width(&piece[..*at]) >= cells / 2) {
        Some(at) => text.split_at(at + 1),
        None => (piece, left),
    }
}

/// As many whole letters as fit into `cells`, and what is left.
fn split(text: &str, cells: usize) -> (&str, &str) {
    let mut end = 0;
    for (at, letter) in text.grapheme_indices(true) {
        // Not the sum of the letters' widths: some are narrower beside others.
        if width(&text[..at + letter.len()]) > cells {
            break;
        }
        end = at + letter.len();
    }
    text.split_at(end)
}

/// As [`split`] where not even one letter fits: as many of its characters as do, and at least one.
fn split_letter(text: &str, cells: usize) -> (&str, &str) {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.clone().take_while(|end| width(&text[..*end]) <= cells).last();
    text.split_at(end.or_else(|| ends.clone().next()).unwrap_or(text.len()))
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
    fn an_address_is_broken_behind_a_slash_where_one_is_near() {
        assert_eq!(wrap("s3://bucket/raw/artist.tar.xz", 20), ["s3://bucket/raw/", "artist.tar.xz"]);
        assert_eq!(wrap("a/0123456789", 8), ["a/012345", "6789"], "not where most of the line would be lost");
    }

    #[test]
    fn wide_letters_count_two() {
        assert_eq!(pad("椎名林檎", 6), "椎名… ");
        assert_eq!(fit("abc", 3), "abc");
        assert_eq!(fit("abcd", 3), "ab…");
    }

    #[test]
    fn an_accent_stays_on_its_letter() {
        assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(wrap("e\u{301}e\u{301}", 1), ["e\u{301}", "e\u{301}"]);
        assert_eq!(width(&pad("Bjo\u{308}rk", 8)), 8);
    }

    #[test]
    fn a_letter_wider_than_the_line_is_parted() {
        let letter = "ﯓ𑤷ા";
        assert_eq!(width(letter), 3);
        assert_eq!(wrap(letter, 2), ["ﯓ𑤷", "ા"]);
        assert_eq!(wrap("椎名", 1), ["椎", "名"], "nor is anything lost where none fits");
    }

    #[test]
    fn text_breaks_at_spaces_and_long_words_where_they_must() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn a_number_stays_with_its_unit_and_a_mark_with_its_word() {
        assert_eq!(wrap("it needs 20.5 GiB of disk", 14), ["it needs", "20.5 GiB of", "disk"]);
        assert_eq!(wrap("reste 1\u{202f}000 Mio/s, dit-il", 13), ["reste", "1\u{202f}000 Mio/s,", "dit-il"]);
        assert_eq!(wrap("le conseil : « oui »", 10), ["le", "conseil :", "« oui »"]);
        assert_eq!(wrap("20.5 GiB", 5), ["20.5", "GiB"]);
    }

    proptest! {
        #[test]
        fn nothing_is_ever_wider_than_asked(text in "\\PC{0,60}", cells in 2_usize..40) {
            prop_assert!(width(&fit(&text, cells)) <= cells);
            for line in wrap(&text, cells) {
                prop_assert!(width(&line) <= cells);
            }
        }

        #[test]
        fn no_letter_is_lost_or_taken_apart(text in "[a-z椎名e\u{301}\u{308} ]{0,60}", cells in 2_usize..20) {
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(solid(&wrap(&text, cells).concat()), solid(&text));
        }

        #[test]
        fn no_number_is_wrapped_apart_from_its_unit(
            words in prop::collection::vec("[a-z]{1,8}", 1..12), number in 0_u64..1 << 60, cells in 12_usize..40
        ) {
            let size = crate::words::size(number);
            let line = words.join(&format!(" {size} "));
            let whole = wrap(&line, cells).iter().map(|line| line.matches(&size).count()).sum::<usize>();
            prop_assert_eq!(whole, words.len() - 1);
        }
    }
}
