//! What a person can choose, from `assets/datasets.toml`. What upstream has of it now is the business of `discover`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A name a person can type: `musicbrainz/artist`, `listenbrainz/listens`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DatasetId(pub String);

impl fmt::Display for DatasetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Dumps that are published together, under one dated folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// `data/json-dumps/<stamp>/`, twice a week.
    MusicbrainzJson,
    /// `canonical_data/musicbrainz-canonical-dump-<stamp>/`, twice a month.
    MusicbrainzCanonical,
    /// `listenbrainz/fullexport/listenbrainz-dump-<id>-<stamp>-full/`, twice a month.
    ListenbrainzFull,
    /// `listenbrainz/incremental/…-incremental/`, daily.
    ListenbrainzIncremental,
    /// `listenbrainz/sample/listenbrainz-sample-<stamp>-full/`, rarely.
    ListenbrainzSample,
}

impl Family {
    /// Every family, in the order in which people are shown them.
    pub const ALL: [Self; 5] = [
        Self::MusicbrainzJson,
        Self::MusicbrainzCanonical,
        Self::ListenbrainzFull,
        Self::ListenbrainzIncremental,
        Self::ListenbrainzSample,
    ];

    /// The folder under `raw/` in the bucket and under the data directory: `musicbrainz` or `listenbrainz`.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::MusicbrainzJson | Self::MusicbrainzCanonical => "musicbrainz",
            Self::ListenbrainzFull | Self::ListenbrainzIncremental | Self::ListenbrainzSample => {
                "listenbrainz"
            }
        }
    }
}

/// Under which terms a dataset may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Licence {
    /// Public domain dedication.
    Cc0,
    /// CC0 by `COPYING`, but tags, genres, ratings and annotations are CC BY-NC-SA 3.0.
    Cc0TagsByNcSa,
}

/// Something that can be chosen, as `assets/datasets.toml` describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// What a person types.
    pub id: DatasetId,
    /// With which others it is published.
    pub family: Family,
    /// The short name beside a check box: `artist`, `listens`.
    pub name: String,
    /// The archive's file name; `<id>` and `<stamp>` stand for the dump's.
    pub file: String,
    /// What is inside, one sentence, in the user's language.
    pub summary: String,
    /// What to know before choosing it, where there is something: one sentence, in the user's language.
    pub caveat: Option<String>,
    /// Under which terms it may be used.
    pub licence: Licence,
    /// Whether it belongs to the guide's default set.
    pub guide: bool,
    /// Whether it carries personal data (user names), which people are told once.
    pub personal: bool,
    /// Size after unpacking in bytes, where it is known.
    pub unpacked: Option<u64>,
}
