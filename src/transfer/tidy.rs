//! What is left of an upload whose object stands already: a run that was killed just after completing it could not forget all of it.

use super::job::Job;
use super::journal::Journal;
use super::lock::Lock;
use super::multipart::Target;
use super::shelf::Shelf;
use super::trouble::{disk, lost};
use super::{Leg, record};
use crate::error::Result;

/// Forgets the upload to the job's bucket that its journal tells of. Nothing depends on it, so a failure is only logged.
pub(super) async fn tidy(job: &Job) {
    if let Err(error) = forget_upload(job).await {
        tracing::warn!(archive = %job.archive.name, ?error, "could not forget an upload that is done");
    }
}

async fn forget_upload(job: &Job) -> Result<()> {
    let Some(bucket) = &job.ends.bucket else { return Ok(()) };
    let (shelf, address) = (job.shelf.clone(), bucket.address());
    let journal = tokio::task::spawn_blocking(move || Journal::read(&shelf.journal)).await.map_err(lost)?;
    let is_of_ours = |journal: &Journal| journal.uploads.is_empty() || journal.uploads.contains_key(&address);
    let Some(journal) = journal.filter(is_of_ours) else { return Ok(()) };
    let (path, name) = (job.shelf.lock.clone(), job.archive.name.clone());
    let taking = tokio::task::spawn_blocking(move || Lock::take(&path, &name)).await.map_err(lost)?;
    // Whoever works on it has not finished with it.
    let Ok(_lock) = taking else { return Ok(()) };
    let target = Target { bucket, key: &job.key };
    if let Some(upload) = journal.uploads.get(&address) {
        job.persist(Leg::Upload, || target.abort(&upload.id)).await?;
    }
    let shelf = job.shelf.clone();
    tokio::task::spawn_blocking(move || forget(&shelf, journal, &address)).await.map_err(lost)?
}

/// A file that was begun, or an upload to another bucket, can still be gone on with.
fn forget(shelf: &Shelf, mut journal: Journal, address: &str) -> Result<()> {
    journal.uploads.remove(address);
    let is_of_use = shelf.part.exists() || !journal.uploads.is_empty();
    let done = if is_of_use { journal.write(&shelf.journal) } else { record::remove(&shelf.journal) };
    done.map_err(|error| disk(&shelf.journal, error))
}
