//! Finds the newest complete dump of each family and pins it. What "complete" means differs: it is said at `Candidate`.
//!
//! A dump that is not complete is passed over, with the reason, for the one before. A checksum file that makes no sense is not passed
//! over: nobody should be given older data silently because somebody tampers with the newer.

use futures::future::{join_all, try_join_all};
use url::Url;

use super::candidate::{Candidate, candidates};
use super::listing::Index;
use super::names::is_archive;
use super::{
    Archive, Dataset, Dump, Family, FamilyListing, Listing, Mirror, PassedOver, checksums, datasets,
};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::sha256::Sha256Digest;

/// How many dumps of a family are looked at before giving up; upstream keeps 2 of most, 30 of the increments.
const MOST_LOOKED_AT: usize = 10;

pub(super) const SUMS: &str = "SHA256SUMS";

impl Family {
    /// Where its dumps stand, under the mirror's base.
    pub(super) const fn place(self) -> &'static str {
        match self {
            Self::MusicbrainzJson => "data/json-dumps/",
            Self::MusicbrainzCanonical => "canonical_data/",
            Self::ListenbrainzFull => "listenbrainz/fullexport/",
            Self::ListenbrainzIncremental => "listenbrainz/incremental/",
            Self::ListenbrainzSample => "listenbrainz/sample/",
        }
    }

    /// Its name for people, in the language in use.
    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::MusicbrainzJson => say!("catalog-family-musicbrainz-json"),
            Self::MusicbrainzCanonical => say!("catalog-family-musicbrainz-canonical"),
            Self::ListenbrainzFull => say!("catalog-family-listenbrainz-full"),
            Self::ListenbrainzIncremental => say!("catalog-family-listenbrainz-incremental"),
            Self::ListenbrainzSample => say!("catalog-family-listenbrainz-sample"),
        }
    }

    /// Its datasets; the first is the one that a dump must have to be usable.
    fn datasets(self) -> Vec<Dataset> {
        datasets().into_iter().filter(|dataset| dataset.family == self).collect()
    }
}

/// What was found in a dump's folder.
enum Found {
    Complete(Vec<Archive>),
    /// Why it cannot be used.
    Incomplete(String),
}

/// An archive with its published digest, whose size is not known yet.
struct Named {
    dataset: Dataset,
    name: String,
    url: Url,
    sha256: Sha256Digest,
}

impl Mirror {
    /// What the mirror has now of `families`: of each, the newest complete dump, pinned.
    ///
    /// An error only when the mirror cannot be reached at all; one family's trouble stands in its own [`FamilyListing`].
    pub async fn discover(&self, families: &[Family]) -> Result<Listing> {
        self.knock().await?;
        let wanted = Family::ALL.into_iter().filter(|family| families.contains(family));
        Ok(Listing { families: join_all(wanted.map(|family| self.family(family))).await })
    }

    async fn family(&self, family: Family) -> FamilyListing {
        let mut passed_over = Vec::new();
        match self.newest(family, &mut passed_over).await {
            Ok((dump, archives)) => FamilyListing { family, dump: Ok(dump), archives, passed_over },
            Err(error) => FamilyListing { family, dump: Err(error), archives: Vec::new(), passed_over },
        }
    }

    async fn newest(
        &self,
        family: Family,
        passed_over: &mut Vec<PassedOver>,
    ) -> Result<(Dump, Vec<Archive>)> {
        let place = join(self.base(), family.place())?;
        let index = self.index(&place).await.map_err(|error| no_such_family(family, error))?;
        passed_over.extend(index.refused.iter().map(|name| refused(name)));
        for candidate in candidates(family, &place, &index)?.into_iter().take(MOST_LOOKED_AT) {
            match self.examine(&candidate).await? {
                Found::Complete(archives) => return Ok((candidate.dump, archives)),
                Found::Incomplete(why) => {
                    tracing::info!(dump = candidate.dump.name, why, "passed over");
                    passed_over.push(PassedOver { dump: candidate.dump.name, why });
                }
            }
        }
        Err(none_complete(family, passed_over))
    }

    async fn examine(&self, candidate: &Candidate) -> Result<Found> {
        if !candidate.is_marked {
            return Ok(Found::Incomplete(say!("catalog-passed-unmarked")));
        }
        let named = match candidate.dump.family {
            Family::MusicbrainzJson => self.named_in_sums(&candidate.dump, None).await,
            _ => self.named_beside(&candidate.dump).await,
        };
        match named {
            Ok(Ok(named)) => self.measure(&candidate.dump, named).await,
            Ok(Err(why)) => Ok(Found::Incomplete(why)),
            Err(error) if error.kind() == Kind::NotFound => {
                Ok(Found::Incomplete(say!("catalog-passed-vanished")))
            }
            Err(error) => Err(error),
        }
    }

    /// The archives that `SHA256SUMS` names, which is the list of what a dump has: an entity with no data has no archive.
    /// With `shown`, only those that the folder's listing shows too.
    async fn named_in_sums(&self, dump: &Dump, shown: Option<&Index>) -> Result<Result<Vec<Named>, String>> {
        let url = join(&dump.url, SUMS)?;
        let text = match self.checksums(&url).await {
            Err(error) if error.kind() == Kind::NotFound => return Ok(Err(say!("catalog-passed-no-sums"))),
            other => other?,
        };
        let mut digests = checksums::sums(&url, &text)?;
        if let Some(index) = shown {
            digests.retain(|name, _| index.has(name));
        }
        let mut named = Vec::new();
        for dataset in dump.family.datasets() {
            let name = digests.keys().rev().find(|name| is_archive(&dataset.file, dump.id, name)).cloned();
            if let Some((name, sha256)) = name.and_then(|name| digests.remove_entry(&name)) {
                named.push(Named { url: join(&dump.url, &name)?, dataset, name, sha256 });
            }
        }
        Ok(if named.is_empty() { Err(say!("catalog-passed-no-sums")) } else { Ok(named) })
    }

    /// The archives that stand with their `.sha256` beside them. A dump whose first dataset has neither may have a `SHA256SUMS`.
    async fn named_beside(&self, dump: &Dump) -> Result<Result<Vec<Named>, String>> {
        let index = self.index(&dump.url).await?;
        let datasets = dump.family.datasets();
        let found: Vec<(Dataset, String)> =
            datasets.iter().filter_map(|dataset| shown_archive(dataset, dump, &index)).collect();
        let primary = datasets.first().map(|dataset| &dataset.id);
        let Some((_, name)) = found.iter().find(|(dataset, _)| Some(&dataset.id) == primary) else {
            return Ok(Err(say!("catalog-passed-no-archive")));
        };
        if !index.has(&digest_name(name)) {
            if index.has(SUMS) {
                return self.named_in_sums(dump, Some(&index)).await;
            }
            return Ok(Err(say!("catalog-passed-no-digest", archive = name.as_str())));
        }
        let proven = found.into_iter().filter(|(_, name)| index.has(&digest_name(name)));
        try_join_all(proven.map(|(dataset, name)| self.digest_beside(dump, dataset, name))).await.map(Ok)
    }

    async fn digest_beside(&self, dump: &Dump, dataset: Dataset, name: String) -> Result<Named> {
        let url = join(&dump.url, &digest_name(&name))?;
        let sha256 = checksums::beside(&url, &name, &self.checksums(&url).await?)?;
        Ok(Named { url: join(&dump.url, &name)?, dataset, name, sha256 })
    }

    /// Asks for the sizes; a dump one of whose archives is named but missing or empty is not complete.
    async fn measure(&self, dump: &Dump, named: Vec<Named>) -> Result<Found> {
        let archives = match try_join_all(named.into_iter().map(|named| self.measured(dump, named))).await {
            Err(error) if error.kind() == Kind::NotFound => {
                return Ok(Found::Incomplete(say!("catalog-passed-missing", reason = error.to_string())));
            }
            other => other?,
        };
        let empty = archives.iter().find(|archive| archive.size == 0);
        Ok(match empty {
            Some(archive) => Found::Incomplete(say!("catalog-passed-empty", archive = archive.name.as_str())),
            None => Found::Complete(archives),
        })
    }

    async fn measured(&self, dump: &Dump, named: Named) -> Result<Archive> {
        let Named { dataset, name, url, sha256 } = named;
        let head = self.head(&url).await?;
        let (size, validators) = (head.size, head.validators);
        Ok(Archive { dataset: dataset.id, dump: dump.clone(), name, url, size, sha256, validators })
    }
}

/// The file of `dataset` that the listing shows; the last by name where there are several.
fn shown_archive(dataset: &Dataset, dump: &Dump, index: &Index) -> Option<(Dataset, String)> {
    let names = index.files.iter().filter(|name| is_archive(&dataset.file, dump.id, name));
    names.max().map(|name| (dataset.clone(), name.clone()))
}

pub(super) fn digest_name(archive: &str) -> String {
    format!("{archive}.sha256")
}

/// `name` is a fixed path or a name of a checked form, so it is joined as it stands.
pub(super) fn join(base: &Url, name: &str) -> Result<Url> {
    base.join(name)
        .map_err(|error| Error::new(Kind::Fatal, say!("catalog-request-failed", url = name)).because(error))
}

fn refused(name: &str) -> PassedOver {
    PassedOver { dump: name.to_owned(), why: say!("catalog-not-a-file-name") }
}

fn no_such_family(family: Family, error: Error) -> Error {
    if error.kind() != Kind::NotFound {
        return error;
    }
    let why = error.to_string();
    Error::new(Kind::NotFound, say!("catalog-no-family", family = family.title()))
        .because(why)
        .hint(say!("catalog-hint-mirror"))
        .caused_by(error)
}

fn none_complete(family: Family, passed_over: &[PassedOver]) -> Error {
    let error = Error::new(Kind::NotFound, say!("catalog-none-complete", family = family.title()));
    match passed_over.first() {
        Some(newest) => {
            error.because(crate::words::because(&newest.dump, &newest.why)).hint(say!("catalog-hint-later"))
        }
        None => error.because(say!("catalog-no-folder")).hint(say!("catalog-hint-mirror")),
    }
}
