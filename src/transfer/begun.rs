//! What earlier runs began and did not finish, as their journals tell. Only the disk is asked.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::journal::Journal;
use super::shelf::Shelf;
use super::trouble::lost;
use crate::error::Result;

/// An archive that was begun and not finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Begun {
    /// Its key in the bucket, and its path under the data directory.
    pub key: String,
    /// The dump that it is of.
    pub dump: String,
    /// Its size in bytes.
    pub size: u64,
    /// Bytes of it that are on the disk and need not be moved again.
    pub downloaded: u64,
    /// In how many buckets an upload of it was begun.
    pub uploads: usize,
    /// S3's ids of those uploads: what of a bucket's unfinished ones can be gone on with from here.
    #[serde(skip)]
    pub upload_ids: Vec<String>,
}

/// Everything that was begun, by key.
pub async fn begun(data_dir: &Path, state_dir: &Path) -> Result<Vec<Begun>> {
    let (data_dir, state_dir) = (data_dir.to_owned(), state_dir.to_owned());
    tokio::task::spawn_blocking(move || all(&data_dir, &state_dir)).await.map_err(lost)
}

fn all(data_dir: &Path, state_dir: &Path) -> Vec<Begun> {
    let root = state_dir.join("journal");
    let keys = files(&root).into_iter().filter_map(|path| key(&root, &path));
    let mut begun: Vec<Begun> = keys.filter_map(|key| read(data_dir, state_dir, key)).collect();
    begun.sort_by(|a, b| a.key.cmp(&b.key));
    begun
}

/// The files under `root`; a folder that cannot be read holds nothing that could be resumed.
pub(super) fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files
}

fn key(root: &Path, path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root).ok()?.to_str()?.strip_suffix(".json")?;
    Some(inside.replace(std::path::MAIN_SEPARATOR, "/"))
}

fn read(data_dir: &Path, state_dir: &Path, key: String) -> Option<Begun> {
    let shelf = Shelf::new(data_dir, state_dir, &key);
    let journal = Journal::read(&shelf.journal)?;
    let written = std::fs::metadata(&shelf.part).map_or(0, |metadata| metadata.len());
    let downloaded = shelf.size().unwrap_or_else(|| journal.durable().min(written));
    let upload_ids: Vec<String> = journal.uploads.into_values().map(|upload| upload.id).collect();
    let uploads = upload_ids.len();
    Some(Begun { key, dump: journal.dump, size: journal.size, downloaded, uploads, upload_ids })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_damaged_journal_and_no_journals_at_all_are_nothing_to_resume() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(begun(dir.path(), dir.path()).await.unwrap(), []);
        let folder = dir.path().join("journal/raw/musicbrainz");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("artist.tar.xz.json"), "{").unwrap();
        assert_eq!(begun(dir.path(), dir.path()).await.unwrap(), []);
    }
}
