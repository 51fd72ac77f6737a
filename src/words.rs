//! The messages of the program in the user's language, and what makes foreign text harmless to show.
//!
//! Here lives the loader of `assets/i18n/`; [`say!`](crate::say) looks a message up, and a missing one fails the build. What a
//! message is about lives with whoever says it.

use std::sync::LazyLock;

use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use i18n_embed::unic_langid::LanguageIdentifier;
use i18n_embed::{DesktopLanguageRequester, LanguageLoader};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/i18n/"]
struct Files;

/// The languages that are complete; the first is the fallback.
pub const LANGUAGES: [&str; 2] = ["en", "fr"];

static LOADER: LazyLock<FluentLanguageLoader> = LazyLock::new(|| {
    let loader = fluent_language_loader!();
    // The files are embedded and a test reads them all, so this cannot fail in a program that passed its tests.
    if let Err(error) = loader.load_fallback_language(&Files) {
        tracing::error!(%error, "the embedded messages could not be read");
    }
    loader.set_use_isolating(false);
    loader
});

/// The loader that [`say!`](crate::say) asks.
#[must_use]
pub fn loader() -> &'static FluentLanguageLoader {
    &LOADER
}

/// Says message `id` of `assets/i18n/<language>/brainzlift.ftl` in the chosen language; arguments as `name = value`.
#[macro_export]
macro_rules! say {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        ::i18n_embed_fl::fl!($crate::words::loader(), $id $(, $name = $value)*)
    };
}

/// Chooses the language: `wanted` ("fr", "fr-CA", …) where given, else the desktop's; English where neither is known.
pub fn choose_language(wanted: Option<&str>) {
    let requested: Vec<LanguageIdentifier> = match wanted {
        Some(tag) => tag.parse().into_iter().collect(),
        None => DesktopLanguageRequester::requested_languages(),
    };
    if let Err(error) = i18n_embed::select(&*LOADER, &Files, &requested) {
        tracing::warn!(%error, "the language could not be chosen");
    }
    LOADER.set_use_isolating(false);
}

/// The language in use, as one of [`LANGUAGES`].
#[must_use]
pub fn language() -> &'static str {
    let current = LOADER.current_language();
    LANGUAGES.into_iter().find(|tag| *tag == current.language.as_str()).unwrap_or(LANGUAGES[0])
}

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

/// Control characters, and the invisible ones that change the order or the look of what follows.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

/// `bytes` for people, in binary units: "20.5 GiB".
#[must_use]
pub fn size(bytes: u64) -> String {
    humansize::format_size(bytes, humansize::BINARY.decimal_places(1))
}

/// A rate in bytes/s for people: "38.2 MiB/s".
#[must_use]
pub fn rate(bytes_per_second: u64) -> String {
    format!("{}/s", size(bytes_per_second))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(language: &str) -> BTreeSet<String> {
        let file = Files::get(&format!("{language}/brainzlift.ftl")).unwrap();
        let text = String::from_utf8(file.data.into_owned()).unwrap();
        let ids = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        ids.filter_map(|line| line.split_once(" =")).map(|(id, _)| id.to_owned()).collect()
    }

    #[test]
    fn every_message_stands_in_every_language() {
        assert!(!ids("en").is_empty());
        assert_eq!(ids("en"), ids("fr"));
    }

    /// Each message's id with the names that stand in it for values.
    fn values(language: &str) -> BTreeSet<(String, String)> {
        let file = Files::get(&format!("{language}/brainzlift.ftl")).unwrap();
        let text = String::from_utf8(file.data.into_owned()).unwrap();
        let (mut id, mut found) = (String::new(), BTreeSet::new());
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                name.clone_into(&mut id);
            }
            let names = line.split('$').skip(1).filter_map(|rest| {
                rest.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).next()
            });
            found.extend(names.map(|name| (id.clone(), name.to_owned())));
        }
        found
    }

    #[test]
    fn every_message_says_the_same_values_in_every_language() {
        assert!(!values("en").is_empty());
        assert_eq!(values("en"), values("fr"));
    }

    #[test]
    fn foreign_text_cannot_move_the_cursor_or_turn_the_line_around() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{202e}c\n"), "a\\u{1b}[2Jb\\u{202e}c\\u{a}");
        assert_eq!(harmless("Björk 椎名"), "Björk 椎名");
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

    #[test]
    fn sizes_use_binary_units() {
        assert_eq!(size(22_011_707_392), "20.5 GiB");
    }
}
