//! What the mirror publishes now of one archive of a dump that is known by its name: the newest one, or an older one that still stands.

use url::Url;

use super::checksums;
use super::discover::{SUMS, digest_name, join};
use super::names::{self, FolderName};
use super::{DatasetId, Family, Mirror, datasets};
use crate::error::{Kind, Result};
use crate::sha256::Sha256Digest;

/// What is published of one archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The digest.
    pub sha256: Sha256Digest,
    /// Bytes; `None` where the digest stands and the archive does not.
    pub size: Option<u64>,
}

impl Mirror {
    /// What is published of the archive `name` in the dump `dump` of `family`; `None` where it is gone.
    pub async fn published(&self, family: Family, dump: &str, name: &str) -> Result<Option<Published>> {
        // Both names come out of metadata that anybody may have written.
        if FolderName::read(family, dump).is_none() || !names::is_plain(name) {
            return Ok(None);
        }
        let folder = join(self.base(), &format!("{}{dump}/", family.place()))?;
        let beside = match family {
            Family::MusicbrainzJson => None,
            _ => self.digest_of(&folder, name).await?,
        };
        let sha256 = match beside {
            Some(digest) => Some(digest),
            None => self.digest_in_sums(&folder, name).await?,
        };
        let Some(sha256) = sha256 else { return Ok(None) };
        let size = if_there(self.head(&join(&folder, name)?).await)?.map(|head| head.size);
        Ok(Some(Published { sha256, size }))
    }

    async fn digest_of(&self, folder: &Url, name: &str) -> Result<Option<Sha256Digest>> {
        let url = join(folder, &digest_name(name))?;
        let text = if_there(self.checksums(&url).await)?;
        text.map(|text| checksums::beside(&url, name, &text)).transpose()
    }

    async fn digest_in_sums(&self, folder: &Url, name: &str) -> Result<Option<Sha256Digest>> {
        let url = join(folder, SUMS)?;
        let text = if_there(self.checksums(&url).await)?;
        let digests = text.map(|text| checksums::sums(&url, &text)).transpose()?;
        Ok(digests.and_then(|digests| digests.get(name).copied()))
    }
}

fn if_there<T>(answer: Result<T>) -> Result<Option<T>> {
    match answer {
        Err(error) if error.kind() == Kind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

/// The dataset whose archives stand at keys like `key`, which no metadata needs to say.
#[must_use]
pub fn dataset_at(key: &str) -> Option<DatasetId> {
    let (folder, name) = key.strip_prefix("raw/")?.split_once('/')?;
    let found = datasets()
        .into_iter()
        .find(|dataset| dataset.family.folder() == folder && names::is_archive_of_any(&dataset.file, name));
    found.map(|dataset| dataset.id)
}

/// The family of the dataset `id`; `None` where it is offered no more.
#[must_use]
pub fn family_of(id: &DatasetId) -> Option<Family> {
    datasets().into_iter().find(|dataset| dataset.id == *id).map(|dataset| dataset.family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_its_dataset() {
        let at = |key: &str| dataset_at(key).map(|id| id.0);
        assert_eq!(at("raw/musicbrainz/artist.tar.xz").as_deref(), Some("musicbrainz/artist"));
        let listens = "raw/listenbrainz/listenbrainz-listens-dump-2593-20260712-000003-full.tar.zst";
        assert_eq!(at(listens).as_deref(), Some("listenbrainz/listens"));
        for foreign in [
            "raw/musicbrainz/mine.tar",
            "artist.tar.xz",
            "raw/listenbrainz/artist.tar.xz",
            "raw/musicbrainz/",
        ] {
            assert_eq!(at(foreign), None, "{foreign}");
        }
    }
}
