//! The last pass over a drawn frame: one pure function from a buffer to a buffer.
//!
//! It lays the theme's ground under what has no colour, lets nothing harmful through to the terminal whatever a screen let slip, shows
//! no-break spaces as spaces, and draws in ASCII where that is wanted. What is drawn is the business of screens and widgets.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use super::Theme;
use super::ascii::ascii;
use crate::words::is_harmful;

/// Finishes `buffer`; with ASCII only where `plain`.
pub(super) fn finish(buffer: &mut Buffer, theme: &Theme, plain: bool) {
    for cell in &mut buffer.content {
        ground(cell, theme);
        if !cell.symbol().is_ascii() || cell.symbol().bytes().any(|byte| byte.is_ascii_control()) {
            tame(cell);
        }
        if plain && let Some(symbol) = ascii(cell.symbol()) {
            cell.set_symbol(&symbol);
        }
    }
}

/// The theme's own colours where none was named.
fn ground(cell: &mut Cell, theme: &Theme) {
    if let (Color::Reset, Some(colour)) = (cell.fg, theme.base.fg) {
        cell.fg = colour;
    }
    if let (Color::Reset, Some(colour)) = (cell.bg, theme.base.bg) {
        cell.bg = colour;
    }
}

/// Without what moves, hides or reorders; no-break spaces are for whoever wraps, and no concern of a terminal or of who copies from it.
fn tame(cell: &mut Cell) {
    let symbol = cell.symbol();
    if !symbol.contains(|c| is_harmful(c) || is_no_break(c)) {
        return;
    }
    let tamed: String =
        symbol.chars().filter(|c| !is_harmful(*c)).map(|c| if is_no_break(c) { ' ' } else { c }).collect();
    cell.set_symbol(if tamed.is_empty() { " " } else { &tamed });
}

const fn is_no_break(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::config::Palette;

    fn of(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
        buffer.set_string(0, 0, text, Style::new());
        buffer
    }

    #[test]
    fn the_ground_lies_under_everything_that_has_no_colour() {
        let mut buffer = of("a");
        finish(&mut buffer, &Theme::of(Palette::Dark), false);
        let base = Theme::of(Palette::Dark).base;
        assert!(buffer.content.iter().all(|cell| Some(cell.bg) == base.bg && Some(cell.fg) == base.fg));
        let mut buffer = of("a");
        finish(&mut buffer, &Theme::colours(), false);
        assert!(buffer.content.iter().all(|cell| cell.bg == Color::Reset));
    }

    #[test]
    fn no_break_spaces_come_out_as_spaces() {
        let mut buffer = of("1\u{202f}000\u{a0}Mio");
        finish(&mut buffer, &Theme::plain(), false);
        assert_eq!(buffer, { of("1 000 Mio") });
    }

    proptest! {
        #[test]
        fn no_cell_holds_what_moves_hides_or_reorders(text in "(\\PC|[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{301}]|\u{1b}){0,40}", plain: bool) {
            let mut buffer = of(&text);
            finish(&mut buffer, &Theme::plain(), plain);
            for cell in &buffer.content {
                prop_assert!(!cell.symbol().contains(is_harmful), "{:?}", cell.symbol());
            }
        }

        #[test]
        fn in_ascii_no_symbol_is_left_and_nothing_moves(text in "[\u{2190}-\u{21ff}\u{2500}-\u{25ff}\u{2800}-\u{28ff}✓✗⚠…·a-zé椎]{0,40}") {
            let mut buffer = of(&text);
            let before = buffer.clone();
            finish(&mut buffer, &Theme::plain(), true);
            for (cell, was) in buffer.content.iter().zip(&before.content) {
                prop_assert!(cell.symbol().chars().all(|c| c.is_ascii() || c.is_alphanumeric()), "{:?}", cell.symbol());
                prop_assert_eq!(cell.symbol().width(), was.symbol().width());
            }
        }
    }
}
