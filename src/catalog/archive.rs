//! One file of a pinned dump, with its published digest, and what a mirror was found to have.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{DatasetId, Family};
use crate::error::Error;
use crate::sha256::Sha256Digest;

/// What a mirror says identifies the bytes behind a URL; two that differ are different files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag`, as sent, with its quotes.
    pub etag: Option<String>,
    /// `Last-Modified`, as sent.
    pub last_modified: Option<String>,
}

/// One dated folder of a mirror, pinned for a whole run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dump {
    /// With which rules it was found.
    pub family: Family,
    /// The folder's name, which is unique in its family.
    pub name: String,
    /// When upstream began it: `20260523-001002` (UTC).
    pub stamp: String,
    /// The number in a ListenBrainz name.
    pub id: Option<u64>,
    /// The folder on the mirror, ending in `/`.
    pub url: Url,
}

impl Dump {
    /// The day in ISO form, for people: `2026-05-23`; the whole stamp where it is not one.
    #[must_use]
    pub fn date(&self) -> String {
        match (self.stamp.get(0..4), self.stamp.get(4..6), self.stamp.get(6..8)) {
            (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
            _ => self.stamp.clone(),
        }
    }
}

/// One file of a dump, with its published digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// What a person chose.
    pub dataset: DatasetId,
    /// The dump it is pinned to.
    pub dump: Dump,
    /// A plain file name; never a path.
    pub name: String,
    /// Where the mirror serves it.
    pub url: Url,
    /// Bytes, from `Content-Length`.
    pub size: u64,
    /// The digest that upstream published beside it.
    pub sha256: Sha256Digest,
    /// What the mirror said of it when it was pinned.
    pub validators: Validators,
}

impl Archive {
    /// The key at which it stands in a bucket: `raw/<folder>/<archive name>`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("raw/{}/{}", self.dump.family.folder(), self.name)
    }
}

/// A newer dump that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// The folder's name, harmless to show.
    pub dump: String,
    /// Why, in the user's language.
    pub why: String,
}

/// What a mirror has of one family.
#[derive(Debug)]
pub struct FamilyListing {
    /// Which family.
    pub family: Family,
    /// The newest complete dump, or why there is none.
    pub dump: Result<Dump, Error>,
    /// Its archives, one for each dataset that it really has.
    pub archives: Vec<Archive>,
    /// Newer dumps that were not complete.
    pub passed_over: Vec<PassedOver>,
}

/// What a mirror has now.
#[derive(Debug, Default)]
pub struct Listing {
    /// In the order of [`Family::ALL`]; only the families that were asked for.
    pub families: Vec<FamilyListing>,
}

impl Listing {
    /// Every archive that was found.
    pub fn archives(&self) -> impl Iterator<Item = &Archive> {
        self.families.iter().flat_map(|family| &family.archives)
    }

    /// The archive of `dataset`, where this mirror has one.
    #[must_use]
    pub fn archive(&self, dataset: &DatasetId) -> Option<&Archive> {
        self.archives().find(|archive| archive.dataset == *dataset)
    }
}
