//! A language of its own for one thread of the tests: they run side by side, and the chosen language is one for the whole process.

use std::cell::Cell;
use std::sync::LazyLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};

use super::{Files, LANGUAGES, prepare};

/// A loader for each of [`LANGUAGES`].
static LOADERS: LazyLock<Vec<FluentLanguageLoader>> = LazyLock::new(|| {
    let speaks = |tag: &&str| {
        let loader = fluent_language_loader!();
        i18n_embed::select(&loader, &Files, &[tag.parse().unwrap()]).unwrap();
        assert_eq!(loader.current_language().language.as_str(), *tag);
        prepare(&loader);
        loader
    };
    LANGUAGES.iter().map(speaks).collect()
});

thread_local! {
    /// Which of [`LANGUAGES`] this thread speaks, where it has one of its own.
    static OWN: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Does `what` in the language `tag`, whatever others speak.
pub(crate) fn in_language<T>(tag: &str, what: impl FnOnce() -> T) -> T {
    OWN.set(LANGUAGES.iter().position(|known| *known == tag));
    let out = what();
    OWN.set(None);
    out
}

pub(super) fn loader() -> Option<&'static FluentLanguageLoader> {
    OWN.get().and_then(|own| LOADERS.get(own))
}

pub(super) fn language() -> Option<&'static str> {
    OWN.get().and_then(|own| LANGUAGES.get(own)).copied()
}
