//! The messages of the program in the user's language, its figures and dates as that language writes them, and what makes foreign text
//! harmless to show.
//!
//! Here lives the loader of `assets/i18n/`; [`say!`](crate::say) looks a message up, and a missing one fails the build. `figures` writes
//! numbers, sizes and spans of time, `dates` days, `foreign` tames text from outside. What a message is about lives with whoever says it;
//! what programs read (`--json`) knows nothing of languages.

#[cfg(test)]
pub(crate) mod aloud;
mod dates;
mod figures;
mod foreign;
mod sentences;

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use dates::{day, moment, moment_utc};
pub use figures::{count, decimal, is_unit, percent, rate, size, span, wait};
pub use foreign::{address, excerpt, harmless, is_harmful};
pub use sentences::{because, series};

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
    prepare(&loader);
    loader
});

/// Which of [`LANGUAGES`] is in use: read for each figure of each frame.
static CHOSEN: AtomicUsize = AtomicUsize::new(0);

/// Marks of direction would be shown as what they are; numbers are written as the language writes them.
fn prepare(loader: &FluentLanguageLoader) {
    loader.set_use_isolating(false);
    loader.with_bundles_mut(|bundle| bundle.set_formatter(Some(figures::in_message)));
}

/// The loader that [`say!`](crate::say) asks.
#[must_use]
pub fn loader() -> &'static FluentLanguageLoader {
    #[cfg(test)]
    if let Some(own) = aloud::loader() {
        return own;
    }
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
    prepare(&LOADER);
    let current = LOADER.current_language();
    let chosen = LANGUAGES.iter().position(|tag| *tag == current.language.as_str()).unwrap_or(0);
    CHOSEN.store(chosen, Ordering::Relaxed);
}

/// The language in use, as one of [`LANGUAGES`].
#[must_use]
pub fn language() -> &'static str {
    #[cfg(test)]
    if let Some(own) = aloud::language() {
        return own;
    }
    LANGUAGES.get(CHOSEN.load(Ordering::Relaxed)).copied().unwrap_or(LANGUAGES[0])
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
}
