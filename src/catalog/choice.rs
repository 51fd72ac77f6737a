//! The list of what can be chosen, from `assets/datasets.toml`, and how the words that a person types choose from it.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Dataset, DatasetId, Family, Licence};
use crate::error::{Error, Kind, Result};
use crate::{say, words};

const FILE: &str = include_str!("../../assets/datasets.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dataset: Vec<Described>,
}

/// A dataset with its words in every language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    id: DatasetId,
    family: Family,
    name: String,
    file: String,
    summary: Words,
    caveat: Option<Words>,
    licence: Licence,
    #[serde(default)]
    guide: bool,
    #[serde(default)]
    personal: bool,
    unpacked: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    en: String,
    fr: String,
}

impl Words {
    fn in_language(&self, language: &str) -> String {
        if language == "fr" { self.fr.clone() } else { self.en.clone() }
    }
}

impl Described {
    fn in_language(&self, language: &str) -> Dataset {
        Dataset {
            id: self.id.clone(),
            family: self.family,
            name: self.name.clone(),
            file: self.file.clone(),
            summary: self.summary.in_language(language),
            caveat: self.caveat.as_ref().map(|words| words.in_language(language)),
            licence: self.licence,
            guide: self.guide,
            personal: self.personal,
            unpacked: self.unpacked,
        }
    }
}

static DESCRIBED: LazyLock<Vec<Described>> = LazyLock::new(|| match toml::from_str::<File>(FILE) {
    Ok(file) => file.dataset,
    // The file is embedded and a test reads it, so this cannot happen in a program that passed its tests.
    Err(error) => {
        tracing::error!(%error, "the embedded list of datasets could not be read");
        Vec::new()
    }
});

/// Everything that can be chosen, in the order in which people are shown it, in the language in use.
#[must_use]
pub fn datasets() -> Vec<Dataset> {
    let language = words::language();
    DESCRIBED.iter().map(|described| described.in_language(language)).collect()
}

/// The datasets that `words` choose, each once, in the order of [`datasets`] whatever the order of the words.
///
/// - `musicbrainz`: the guide's four (artist, recording, release, release-group); no word at all means the same;
/// - `listenbrainz`: its full export (listens, spark, statistics), not the sample nor the daily increments;
/// - `all`: everything;
/// - anything else must be a dataset's id: `musicbrainz/artist`, `listenbrainz/listens`.
///
/// Capitals and a slash at the end do not matter. An unknown word is a [`Kind::Usage`] error with the nearest names as its hint.
pub fn choose(words: &[String]) -> Result<Vec<Dataset>> {
    let all = datasets();
    let mut chosen = vec![words.is_empty(); all.len()];
    if words.is_empty() {
        chosen = all.iter().map(|dataset| dataset.guide).collect();
    }
    for word in words {
        let plain = word.trim().trim_end_matches('/').to_lowercase();
        let mut known = false;
        for (dataset, chosen) in all.iter().zip(&mut chosen) {
            let meant = is_meant(&plain, dataset);
            known |= meant;
            *chosen |= meant;
        }
        if !known {
            return Err(unknown(word, &plain, &all));
        }
    }
    Ok(all.into_iter().zip(chosen).filter_map(|(dataset, chosen)| chosen.then_some(dataset)).collect())
}

fn is_meant(word: &str, dataset: &Dataset) -> bool {
    match word {
        "all" => true,
        "musicbrainz" => dataset.guide,
        "listenbrainz" => dataset.family == Family::ListenbrainzFull,
        id => dataset.id.0 == id,
    }
}

fn unknown(word: &str, plain: &str, all: &[Dataset]) -> Error {
    let near = nearest(plain, all);
    let error = Error::new(Kind::Usage, say!("catalog-unknown-dataset", name = words::excerpt(word)));
    if near.is_empty() {
        error.hint(say!("catalog-unknown-dataset-hint"))
    } else {
        error.hint(say!("catalog-did-you-mean", names = near.join(", ")))
    }
}

/// Up to three names that look like `word`: the whole id, or the part after its slash.
fn nearest(word: &str, all: &[Dataset]) -> Vec<String> {
    const ALIKE: f64 = 0.75;
    const SHORTHANDS: [&str; 3] = ["musicbrainz", "listenbrainz", "all"];
    let ids = all.iter().map(|dataset| (dataset.id.0.as_str(), dataset.name.as_str()));
    let names = SHORTHANDS.into_iter().map(|name| (name, name)).chain(ids);
    let mut scored: Vec<(f64, &str)> = names
        .map(|(id, name)| (strsim::jaro_winkler(word, id).max(strsim::jaro_winkler(word, name)), id))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(3).map(|(_, id)| id.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        choose(&words).unwrap().into_iter().map(|dataset| dataset.id.0).collect()
    }

    #[test]
    fn the_embedded_list_is_whole_and_consistent() {
        let file: File = toml::from_str(FILE).unwrap();
        let ids: BTreeSet<&str> = file.dataset.iter().map(|dataset| dataset.id.0.as_str()).collect();
        assert_eq!(ids.len(), file.dataset.len(), "an id stands twice");
        for dataset in &file.dataset {
            assert_eq!(dataset.id.0, format!("{}/{}", dataset.family.folder(), dataset.name));
            assert!(dataset.summary.en.ends_with('.') && dataset.summary.fr.ends_with('.'), "{}", dataset.id);
            assert_eq!(dataset.personal, dataset.family.folder() == "listenbrainz", "{}", dataset.id);
        }
        for family in Family::ALL {
            assert!(file.dataset.iter().any(|dataset| dataset.family == family), "{family:?} has no dataset");
        }
    }

    #[test]
    fn musicbrainz_and_no_word_at_all_mean_the_four_of_the_guide() {
        let four =
            ["artist", "recording", "release", "release-group"].map(|name| format!("musicbrainz/{name}"));
        assert_eq!(ids(&["musicbrainz"]), four);
        assert_eq!(ids(&[]), four);
    }

    #[test]
    fn listenbrainz_means_its_full_export() {
        let three = ["listens", "spark", "statistics"].map(|name| format!("listenbrainz/{name}"));
        assert_eq!(ids(&["listenbrainz"]), three);
    }

    #[test]
    fn words_are_folded_into_one_list_whose_order_is_always_the_same() {
        let one = ids(&["listenbrainz/sample", "musicbrainz", "musicbrainz/artist"]);
        assert_eq!(one, ids(&["MusicBrainz/Artist/", "musicbrainz", "listenbrainz/sample", "musicbrainz"]));
        assert_eq!(one.len(), 5);
        assert_eq!(ids(&["all"]).len(), datasets().len());
    }

    #[test]
    fn an_unknown_word_is_refused_with_the_nearest_names() {
        for (typed, near) in [
            ("musicbrainz/artists", "musicbrainz/artist"),
            ("artist", "musicbrainz/artist"),
            ("listen", "listens"),
        ] {
            let error = choose(&[typed.to_owned()]).unwrap_err();
            assert_eq!(error.kind(), Kind::Usage);
            assert!(error.what().contains(typed));
            assert!(error.advice().unwrap().contains(near), "{typed}: {:?}", error.advice());
        }
        let error = choose(&["\u{1b}[2J".to_owned()]).unwrap_err();
        assert!(!error.to_string().contains('\u{1b}'));
        assert!(error.advice().is_some());
    }
}
