//! What of a screen stays the same each time it is shown: its words. Figures, bars and lines go.

/// What a picture and the screen must have in common, a line each.
pub(crate) fn skeleton(text: &str) -> String {
    let lines = text.lines().map(|line| words(line).join(" ")).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// The words of a line, with every figure and its unit as `0`.
fn words(line: &str) -> Vec<String> {
    let plain: String = line.chars().map(|letter| if is_drawn(letter) { ' ' } else { letter }).collect();
    let mut words: Vec<String> = Vec::new();
    for word in plain.split_whitespace() {
        if is_figure(word) || (is_unit(word) && words.last().is_some_and(|last| last == "0")) {
            if words.last().is_none_or(|last| last != "0") {
                words.push("0".to_owned());
            }
        } else {
            words.push(without_figures(word));
        }
    }
    words
}

/// Lines, blocks, shades and dots.
fn is_drawn(letter: char) -> bool {
    matches!(letter, '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}')
}

fn is_figure(word: &str) -> bool {
    word.chars().next().is_some_and(|first| first.is_ascii_digit())
        && word.chars().all(|letter| letter.is_ascii_digit() || ".,:-\u{202f}\u{a0}%$/".contains(letter))
        || matches!(word, "–" | "<")
}

fn is_unit(word: &str) -> bool {
    const UNITS: [&str; 22] = [
        "B", "KiB", "MiB", "GiB", "o", "Kio", "Mio", "Gio", "B/s", "KiB/s", "MiB/s", "GiB/s", "o/s", "Kio/s",
        "Mio/s", "Gio/s", "s", "min", "ms", "h", "%", "$",
    ];
    UNITS.contains(&word.trim_end_matches([',', '.', '·', ')']))
}

/// `http://127.0.0.1:4711/` is the same on every port; `2 min 5 s` within a word as well.
fn without_figures(word: &str) -> String {
    let mut out = String::new();
    for letter in word.chars() {
        let letter = if letter.is_ascii_digit() { '0' } else { letter };
        if letter != '0' || !out.ends_with('0') {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_bars_do_not_count_and_words_do() {
        let one = "│ ▕███▌  ▏  48 %   5 min 34 s left │";
        let other = "│ ▕█████▏ 9 %  34 s left │";
        assert_eq!(skeleton(one), skeleton(other));
        assert_eq!(skeleton(one), "0 left");
        assert_ne!(skeleton(one), skeleton("│ ▕███▌  ▏  48 %  estimating │"));
        assert_eq!(skeleton("http://127.0.0.1:4711/pub"), skeleton("http://127.0.0.1:80/pub"));
    }
}
