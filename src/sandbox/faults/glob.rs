//! The one wildcard that a fault's path knows.

/// Whether `text` is what `pattern` describes: `*` stands for any run of characters, `/` included; all others for themselves.
#[must_use]
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(rest) = text.strip_prefix(first) else { return false };
    let middle: Vec<&str> = pieces.collect();
    let Some((last, middle)) = middle.split_last() else { return rest.is_empty() };
    // Taking each piece as early as it comes leaves the most room for the next ones.
    let mut rest = rest;
    for piece in middle {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::matches;

    #[test]
    fn a_star_stands_for_anything_even_slashes() {
        assert!(matches("*/artist.tar.xz", "/pub/musicbrainz/data/json-dumps/20260520-001001/artist.tar.xz"));
        assert!(matches("/pub/*/2026*/", "/pub/a/b/20260520-001001/"));
        assert!(matches("*", ""));
        assert!(matches("a**b", "ab"));
        assert!(!matches("*/artist.tar.xz", "/artist.tar.xz.asc"));
        assert!(!matches("/bucket/*", "/bucket"));
    }

    #[test]
    fn without_a_star_only_the_same_text_matches() {
        assert!(matches("/a", "/a"));
        assert!(!matches("/a", "/ab"));
        assert!(!matches("/a*a", "/a"));
        assert!(!matches("", "x"));
    }

    /// The definition, slow and plainly right.
    fn by_definition(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|n| by_definition(rest, &text[n..])),
            Some((c, rest)) => text.first() == Some(c) && by_definition(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn it_is_what_the_definition_says(pattern in "[ab*é]{0,8}", text in "[abé]{0,8}") {
            let (p, t): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(matches(&pattern, &text), by_definition(&p, &t));
        }
    }
}
