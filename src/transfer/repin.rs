//! A dump that is not on the mirror any more, or not what was pinned: the archive waits, and when it is told to go on it takes the newest
//! complete dump instead. Only where somebody watches; without, it fails and the next run pins anew.

use std::sync::Arc;

use super::What;
use super::control::Order;
use super::job::Job;
use super::lift::{clean_up, hold};
use super::shelf::Shelf;
use crate::catalog::{Archive, family_of};
use crate::error::{Error, Kind, Result};
use crate::say;

/// Whether `error` came because the pinned dump is gone or another one by now, and somebody is there to say what becomes of it.
pub(super) async fn has_lost(job: &Job, error: &Error) -> bool {
    let Some(mirror) = job.ends.mirror.as_ref().filter(|_| job.options.patient && job.mode.downloads())
    else {
        return false;
    };
    match error.kind() {
        Kind::SourceChanged => true,
        // A bucket, too, can say that something is not there.
        Kind::NotFound => {
            mirror.head(&job.archive.url).await.is_err_and(|head| head.kind() == Kind::NotFound)
        }
        _ => false,
    }
}

/// Waits with the reason until it is told to go on, then pins the archive of the newest dump; waits again while there is none.
pub(super) async fn wait_for_another(job: &mut Job, error: &Error) {
    let name = job.archive.dump.name.clone();
    let mut why = match error.kind() {
        Kind::NotFound => Error::new(Kind::NotFound, say!("transfer-gone", dump = name)),
        _ => Error::new(Kind::SourceChanged, say!("transfer-changed")),
    };
    loop {
        hold(job, why.hint(say!("transfer-repin-hint"))).await;
        if matches!(job.orders.now(), Order::Cancel | Order::Stop) {
            return;
        }
        match repin(job).await {
            Ok(()) => return,
            Err(error) => why = error,
        }
    }
}

async fn repin(job: &mut Job) -> Result<()> {
    let newest = newest(job).await?;
    if newest == job.archive {
        return Ok(());
    }
    // What was begun is of a dump that nobody has any more.
    clean_up(job).await?;
    let key = newest.key();
    job.shelf = Shelf::new(&job.options.data_dir, &job.options.state_dir, &key);
    job.sent = 0;
    job.progress.set_size(job.line, newest.size);
    tracing::info!(archive = %newest.name, dump = %newest.dump.name, "pinned anew");
    job.key.clone_from(&key);
    job.archive = newest.clone();
    job.tell(What::Repinned { archive: Arc::new(newest), key }).await;
    Ok(())
}

/// The archive as the mirror has it now.
async fn newest(job: &Job) -> Result<Archive> {
    let dataset = &job.archive.dataset;
    let nowhere = || Error::new(Kind::NotFound, say!("transfer-gone", dump = job.archive.dump.name.clone()));
    let (Some(mirror), Some(family)) = (&job.ends.mirror, family_of(dataset)) else {
        return Err(nowhere());
    };
    let listing = mirror.discover(&[family]).await?;
    listing.archive(dataset).cloned().ok_or_else(nowhere)
}
