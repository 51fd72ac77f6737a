//! Gathers what a plan needs to know: what the disk has of each archive, and what stands at the keys that matter.

use std::collections::BTreeMap;
use std::path::Path;

use futures::stream::{self, StreamExt, TryStreamExt};

use super::journal::Journal;
use super::multipart::Target;
use super::shelf::Shelf;
use super::trouble::lost;
use super::{Contents, Here, Locals};
use crate::bucket::{Bucket, Object};
use crate::catalog::Archive;
use crate::error::{Kind, Result};

/// Requests at once.
const AT_ONCE: usize = 8;

/// What is known of `archives` here and in `bucket`. Nothing is changed.
pub async fn survey(
    archives: &[Archive],
    bucket: Option<&Bucket>,
    data_dir: &Path,
    state_dir: &Path,
) -> Result<(Locals, Option<Contents>)> {
    let contents = async {
        match bucket {
            Some(bucket) => contents(archives, bucket).await.map(Some),
            None => Ok(None),
        }
    };
    let locals = locals(archives, bucket, data_dir, state_dir);
    let (locals, contents) = tokio::try_join!(locals, contents)?;
    Ok((locals, contents))
}

async fn locals(
    archives: &[Archive],
    bucket: Option<&Bucket>,
    data_dir: &Path,
    state_dir: &Path,
) -> Result<Locals> {
    let looks = stream::iter(archives.iter().cloned()).map(|archive| async move {
        let shelf = Shelf::new(data_dir, state_dir, &archive.key());
        let (here, journal) = tokio::task::spawn_blocking(move || look(&shelf)).await.map_err(lost)?;
        let parts = parts(&archive, journal.as_ref(), bucket).await?;
        Ok::<_, crate::Error>((archive.key(), Here { parts, ..here }))
    });
    let files: BTreeMap<String, Here> = looks.buffer_unordered(AT_ONCE).try_collect().await?;
    Ok(Locals { files, free: free_space(data_dir).await })
}

fn look(shelf: &Shelf) -> (Here, Option<Journal>) {
    let journal = Journal::read(&shelf.journal);
    let written = std::fs::metadata(&shelf.part).map_or(0, |metadata| metadata.len());
    let begun = journal.as_ref().map(|journal| (journal.sha256, journal.durable().min(written)));
    (Here { file: shelf.size(), proven: shelf.proven(), begun, parts: 0 }, journal)
}

/// Bytes that S3 has of an upload that was begun; S3 is asked, as only it knows.
async fn parts(archive: &Archive, journal: Option<&Journal>, bucket: Option<&Bucket>) -> Result<u64> {
    let journal = journal.filter(|journal| journal.is_of(archive));
    let Some((journal, bucket)) = journal.zip(bucket) else { return Ok(0) };
    let Some(upload) = journal.uploads.get(&bucket.address()) else { return Ok(0) };
    let key = archive.key();
    match (Target { bucket, key: &key }).parts(&upload.id).await {
        Ok(parts) => Ok(parts.iter().map(|part| part.size).sum::<u64>().min(archive.size)),
        Err(error) if error.kind() == Kind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// Bytes free where `folder` lies or will lie; `None` where that cannot be read.
pub async fn free_space(folder: &Path) -> Option<u64> {
    let folder = folder.to_owned();
    let ask = move || {
        let there = folder.ancestors().find(|folder| folder.exists())?;
        fs4::available_space(there).ok()
    };
    tokio::task::spawn_blocking(ask).await.ok().flatten()
}

/// What stands at the archives' keys, and at the keys of earlier dumps of the same datasets.
async fn contents(archives: &[Archive], bucket: &Bucket) -> Result<Contents> {
    let mut keys: Vec<String> = archives.iter().map(Archive::key).collect();
    keys.extend(earlier(archives, bucket).await?);
    keys.sort_unstable();
    keys.dedup();
    let heads = stream::iter(keys).map(|key| async move { bucket.head(&key).await });
    let objects: Vec<Option<Object>> = heads.buffer_unordered(AT_ONCE).try_collect().await?;
    let objects = objects.into_iter().flatten().map(|object| (object.key.clone(), object)).collect();
    Ok(Contents { objects })
}

/// Keys beside an archive's whose names differ from it in digits only: ListenBrainz names carry the dump's id and day.
async fn earlier(archives: &[Archive], bucket: &Bucket) -> Result<Vec<String>> {
    let mut folders: Vec<String> = archives.iter().filter(|archive| is_dated(archive)).map(folder).collect();
    folders.sort_unstable();
    folders.dedup();
    let mut keys = Vec::new();
    for folder in folders {
        let objects = bucket.objects(&folder).await?;
        let shapes: Vec<String> = archives.iter().map(|archive| shape(&archive.key())).collect();
        keys.extend(objects.into_iter().map(|object| object.key).filter(|key| shapes.contains(&shape(key))));
    }
    Ok(keys)
}

fn is_dated(archive: &Archive) -> bool {
    archive.name.contains(&archive.dump.stamp)
}

fn folder(archive: &Archive) -> String {
    format!("raw/{}/", archive.dump.family.folder())
}

/// A key with its digits gone.
fn shape(key: &str) -> String {
    key.chars().filter(|letter| !letter.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_two_dumps_of_the_same_dataset_have_one_shape() {
        let old = "raw/listenbrainz/listenbrainz-listens-dump-2560-20260615-000003-full.tar.zst";
        let new = "raw/listenbrainz/listenbrainz-listens-dump-2593-20260712-000003-full.tar.zst";
        let other = "raw/listenbrainz/listenbrainz-spark-dump-2593-20260712-000003-full.tar";
        assert_eq!(shape(old), shape(new));
        assert_ne!(shape(old), shape(other));
    }
}
