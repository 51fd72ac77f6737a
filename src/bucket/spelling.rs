//! How keys are spelled in listings, so that every key survives the way: XML cannot hold every character.
//!
//! Each listing is asked for percent-encoded keys. A store that does not know that says nothing of it in its answer, and is read as it is.

use aws_sdk_s3::types::EncodingType;
use percent_encoding::percent_decode_str;

/// What every listing asks for.
pub(super) const ASKED: EncodingType = EncodingType::Url;

/// A key or prefix as it is, out of an answer that says how it spelled it.
pub(super) fn plain(text: &str, spelled: Option<&EncodingType>) -> String {
    if spelled != Some(&EncodingType::Url) {
        return text.to_owned();
    }
    // The form encoding: a plus is a space, and a plus that is meant comes as %2B.
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// Whether XML 1.0 can carry `key` unchanged to every store: no control characters, no space at either end that a parser may drop.
pub(super) fn fits_xml(key: &str) -> bool {
    let fits = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{2028}');
    key.trim() == key && key.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_decoded_only_where_the_answer_says_that_it_is_encoded() {
        assert_eq!(plain("a%2Bb+c%01/%C3%A9", Some(&EncodingType::Url)), "a+b c\u{1}/é");
        assert_eq!(plain("100%25+é", None), "100%25+é");
    }

    #[test]
    fn what_a_parser_may_lose_is_not_trusted_to_xml() {
        assert!(fits_xml("raw/é 椎&<>\"'"));
        for key in ["a\u{1}", " a", "a ", "a\nb", "a\tb", "\u{fffe}", "a\u{85}"] {
            assert!(!fits_xml(key), "{key:?}");
        }
    }
}
