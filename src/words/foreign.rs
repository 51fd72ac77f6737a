//! Text from outside: nothing in it moves a cursor, hides or reorders letters once it was here.

/// `text` from outside (a key, a listing, a server's message) with nothing in it that moves a cursor, hides or reorders
/// letters: each such character is shown as its code, `\u{1b}`.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if is_harmful(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
        out
    })
}

/// A line from outside made [`harmless`] and short enough to stand inside a sentence: at most 80 characters of it.
#[must_use]
pub fn excerpt(line: &str) -> String {
    const LONGEST: usize = 80;
    let mut start: String = line.chars().take(LONGEST).collect();
    if start.len() < line.len() {
        start.push('…');
    }
    harmless(&start)
}

/// `url` without the user name, password and query that it may carry: what may be shown, logged or saved.
#[must_use]
pub fn address(url: &url::Url) -> String {
    let mut bare = url.clone();
    bare.set_query(None);
    bare.set_fragment(None);
    // Both fail only on URLs that cannot carry a user name or a password.
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    harmless(bare.as_str())
}

/// Whether `c` is a control character, or an invisible one that changes the order or the look of what stands around it: marks, isolates
/// and overrides of direction, joiners, fillers, tags (Unicode's category Cf, and what is to be ignored by default).
#[must_use]
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{600}'..='\u{605}'
                | '\u{61c}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{890}'..='\u{891}'
                | '\u{8e2}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{110bd}'
                | '\u{110cd}'
                | '\u{13430}'..='\u{1343f}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn foreign_text_cannot_move_the_cursor_or_turn_the_line_around() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{202e}c\n"), "a\\u{1b}[2Jb\\u{202e}c\\u{a}");
        assert_eq!(harmless("Björk 椎名"), "Björk 椎名");
    }

    #[test]
    fn marks_isolates_joiners_fillers_and_tags_are_shown_as_what_they_are() {
        for c in
            ['\u{200e}', '\u{2066}', '\u{61c}', '\u{200d}', '\u{ad}', '\u{3164}', '\u{e0041}', '\u{feff}']
        {
            assert_eq!(harmless(&format!("a{c}b")), format!("a{}b", c.escape_unicode()));
        }
    }

    #[test]
    fn a_long_foreign_line_is_cut_and_harmless() {
        assert_eq!(excerpt("a\tb"), "a\\u{9}b");
        assert_eq!(excerpt(&"é".repeat(200)), format!("{}…", "é".repeat(80)));
    }

    #[test]
    fn an_address_shows_no_password() {
        let url = "https://me:secret@example.org/pub/?token=x#y".parse().unwrap();
        assert_eq!(address(&url), "https://example.org/pub/");
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left_and_letters_stay(text in any::<String>()) {
            let shown = harmless(&text);
            prop_assert!(!shown.chars().any(is_harmful));
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric() && !is_harmful(*c)).count();
            prop_assert!(letters(&shown) >= letters(&text));
        }
    }
}
