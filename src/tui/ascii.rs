//! Symbols for terminals and fonts that have letters only: each is drawn by an ASCII one of the same width. Letters of every language stay.
//!
//! A pure function of one cell. What a symbol means is the business of whoever drew it.

use unicode_width::UnicodeWidthStr;

/// How full something is, from nothing to all of it.
const LEVELS: [char; 9] = [' ', '.', ':', '-', '=', '+', '*', '#', '#'];

/// What a cell that holds `symbol` shows instead; `None` where it stays as it is.
pub(super) fn ascii(symbol: &str) -> Option<String> {
    let first = symbol.chars().next()?;
    if symbol.is_ascii() || first.is_alphanumeric() {
        return None;
    }
    if first.is_ascii() {
        return Some(first.to_string());
    }
    Some(instead(first).to_string().repeat(symbol.width().max(1)))
}

fn instead(c: char) -> char {
    match c {
        '\u{2500}'..='\u{257f}' => frame(c),
        '\u{2580}'..='\u{259f}' => block(c),
        '\u{2800}'..='\u{28ff}' => braille(c),
        '✓' | '✔' | '☑' | '±' => '+',
        '✗' | '✘' | '✕' | '✖' | '×' | '☒' => 'x',
        '●' | '◉' | '•' | '★' | '∗' => '*',
        '◐' | '◑' | '◒' | '◓' | '◔' | '◕' => '%',
        '○' | '◯' | '◌' | '☐' | '☆' | '°' => 'o',
        '■' | '▪' | '◼' | '◆' => '#',
        '□' | '▫' | '◻' | '◇' => '_',
        '⚠' | '‼' => '!',
        '⏸' => '=',
        '▸' | '▶' | '►' | '→' | '⏵' | '›' | '❯' | '⇒' | '»' | '≥' | '↦' | '⟩' => '>',
        '◂' | '◀' | '◄' | '←' | '⏴' | '‹' | '❮' | '⇐' | '«' | '≤' | '⟨' | '⏎' | '↵' => {
            '<'
        }
        '▴' | '▲' | '↑' | '⇑' => '^',
        '▾' | '▼' | '↓' | '⇓' => 'v',
        '…' | '·' | '∙' | '‥' => '.',
        '–' | '—' | '−' | '‐' | '‑' | '⋯' => '-',
        '“' | '”' | '„' | '″' => '"',
        '‘' | '’' | '‚' | '′' => '\'',
        '↔' | '↕' | '⇄' | '↻' | '↺' | '≈' | '∼' => '~',
        '¦' => '|',
        _ if c.is_whitespace() => ' ',
        _ => '?',
    }
}

/// Lines and corners of frames.
const fn frame(c: char) -> char {
    match c {
        '─' | '━' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' | '═' | '╴' | '╶' | '╸' | '╺' | '╼' | '╾' => {
            '-'
        }
        '│' | '┃' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏' | '║' | '╵' | '╷' | '╹' | '╻' | '╽' | '╿' => {
            '|'
        }
        '╱' => '/',
        '╲' => '\\',
        '╳' => 'x',
        _ => '+',
    }
}

/// Bars and charts: how much of the cell is filled. The thinnest ones are the ends of bars.
const fn block(c: char) -> char {
    match c {
        '▏' | '▕' => '|',
        '▁' | '▔' | '░' | '▖' | '▗' | '▘' | '▝' => '.',
        '▂' | '▎' => ':',
        '▃' | '▍' | '▒' => '-',
        '▄' | '▌' | '▐' | '▀' | '▚' | '▞' => '=',
        '▅' | '▋' => '+',
        '▆' | '▊' | '▓' | '▙' | '▛' | '▜' | '▟' => '*',
        _ => '#',
    }
}

/// Braille in charts: how many dots are set.
fn braille(c: char) -> char {
    let dots = (u32::from(c) - 0x2800).count_ones();
    usize::try_from(dots).ok().and_then(|dots| LEVELS.get(dots)).copied().unwrap_or('#')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(symbol: &str) -> String {
        ascii(symbol).unwrap_or_else(|| symbol.to_owned())
    }

    #[test]
    fn frames_marks_and_arrows_have_their_ascii() {
        let drawn: String = "╭─╮│╰╯✓✗●◐○⚠▸▾▕▏…·–→".chars().map(|c| shown(&c.to_string())).collect();
        assert_eq!(drawn, "+-+|+++x*%o!>v||..->");
    }

    #[test]
    fn letters_of_every_language_stay() {
        for letter in ["é", "e\u{301}", "ß", "椎", "я", "7", "½"] {
            assert_eq!(ascii(letter), None, "{letter}");
        }
    }

    #[test]
    fn a_fuller_cell_never_looks_emptier() {
        let rank =
            |symbol: char| LEVELS.iter().position(|level| shown(&symbol.to_string()).starts_with(*level));
        for levels in ["▁▂▃▄▅▆▇█", "▎▍▌▋▊▉█", "░▒▓█"] {
            let ranks: Vec<_> = levels.chars().map(rank).collect();
            assert!(ranks.is_sorted() && ranks.iter().all(Option::is_some), "{levels}: {ranks:?}");
            assert!(ranks.first() < ranks.last());
        }
        assert!(rank('⠁') < rank('⡇') && rank('⡇') < rank('⣿'));
    }

    proptest! {
        #[test]
        fn no_symbol_is_left_and_no_width_changes(symbol in "\\PC") {
            let shown = shown(&symbol);
            let is_plain = |c: char| c.is_ascii() || c.is_alphanumeric();
            prop_assert!(shown.chars().next().is_none_or(is_plain), "{symbol} {shown}");
            prop_assert_eq!(shown.width().max(1), symbol.width().max(1));
        }
    }
}
