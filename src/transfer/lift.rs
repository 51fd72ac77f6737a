//! What becomes of one archive: tried, started again, held until somebody has done something, cancelled; and what is left behind.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::control::Order;
use super::job::Job;
use super::journal::Journal;
use super::legs::work;
use super::lock::Lock;
use super::multipart::Target;
use super::repin::{has_lost, wait_for_another};
use super::trouble::lost;
use super::{Proof, Status, What, survey, trouble};
use crate::catalog::Validators;
use crate::error::{Error, Kind, Result};
use crate::say;

/// Clean restarts of one archive before it fails.
const RESTARTS: u32 = 2;

/// How often a disk that was full is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// What must be free before an archive goes on that waited for room, in bytes.
const ROOM: u64 = 256 << 20;

/// How the work on an archive ended well.
#[derive(Debug)]
pub(super) enum End {
    Proven(Proof),
    /// Somebody else has put it there meanwhile.
    Stands,
    Cancelled,
    Interrupted,
}

/// Does all there is to do on one archive.
pub(super) async fn lift(mut job: Job) -> Result<End> {
    let (path, name) = (job.shelf.lock.clone(), job.archive.name.clone());
    let _lock = tokio::task::spawn_blocking(move || Lock::take(&path, &name)).await.map_err(lost)??;
    let mut restarts = 0;
    let mut trusts_file = true;
    loop {
        take_renewed(&mut job);
        let error = match attempt(&job, trusts_file).await {
            Ok(End::Cancelled) => return clean_up(&job).await.map(|()| End::Cancelled),
            Err(error) => error,
            end => return end,
        };
        let stands = match error.kind() {
            Kind::SourceChanged | Kind::Integrity if restarts < RESTARTS && job.mode.downloads() => {
                restarts += if error.kind() == Kind::Integrity { RESTARTS } else { 1 };
                trusts_file = false;
                restart(&mut job, error).await
            }
            Kind::Credentials | Kind::OutOfSpace if job.options.patient => {
                hold(&job, error).await;
                Ok(())
            }
            Kind::Integrity => return give_up(&job, error).await,
            _ => Err(error),
        };
        if let Err(error) = stands {
            if !has_lost(&job, &error).await {
                return Err(error);
            }
            wait_for_another(&mut job, &error).await;
            (restarts, trusts_file) = (0, true);
        }
    }
}

/// Credentials may have been renewed since the last try.
fn take_renewed(job: &mut Job) {
    let renewed = job.renewed.borrow().clone();
    if renewed.is_some() {
        job.ends.bucket = renewed;
    }
}

/// Bytes that are wrong are worth nothing to a later run.
async fn give_up(job: &Job, error: Error) -> Result<End> {
    if let Err(trouble) = clean_up(job).await {
        tracing::warn!(archive = %job.archive.name, ?trouble, "could not clean up");
    }
    Err(error)
}

/// Waits until somebody has done something about `error` and resumes, or until there is room again.
pub(super) async fn hold(job: &Job, error: Error) {
    tracing::warn!(archive = %job.archive.name, ?error, "waiting for somebody");
    let wants_room = error.kind() == Kind::OutOfSpace;
    job.orders.hold();
    job.progress.set_status(job.line, Status::Waiting);
    // Others may begin in its place.
    job.held.notify_one();
    job.tell(What::Waiting { why: Arc::new(error) }).await;
    let mut orders = job.orders.clone();
    tokio::select! {
        () = orders.go() => {}
        () = room(job), if wants_room => {
            job.orders.give(Order::Go);
            job.tell(What::Resumed).await;
        }
    }
    job.progress.set_status(job.line, Status::Running);
}

/// Returns when there is room for what is still to be written, or a good deal of it.
async fn room(job: &Job) {
    let wanted = ROOM.min(job.archive.size).saturating_add(job.options.reserve);
    while survey::free_space(&job.options.data_dir).await.is_none_or(|free| free < wanted) {
        tokio::time::sleep(LOOK).await;
    }
}

/// Forgets what was moved, and looks what the mirror has now.
async fn restart(job: &mut Job, error: Error) -> Result<()> {
    tracing::warn!(archive = %job.archive.name, ?error, "starting again");
    let changed = error.kind() == Kind::SourceChanged;
    job.tell(What::Restarted { why: Arc::new(error) }).await;
    clean_up(job).await?;
    job.sent = 0;
    if changed {
        job.archive.validators = look_again(job).await?;
    }
    Ok(())
}

/// The validators of now, if the archive still has the pinned size; its digest is compared at the end in any case.
async fn look_again(job: &Job) -> Result<Validators> {
    let changed = || {
        Error::new(Kind::SourceChanged, say!("transfer-cannot-download", archive = job.archive.name.clone()))
            .because(say!("transfer-changed"))
            .hint(say!("transfer-changed-hint"))
    };
    let Some(mirror) = &job.ends.mirror else { return Err(changed()) };
    let now = mirror.head(&job.archive.url).await?;
    if now.size == job.archive.size { Ok(now.validators) } else { Err(changed()) }
}

/// Leaves nothing behind: no unfinished upload, no unfinished file, no journal. A finished file stays.
pub(super) async fn clean_up(job: &Job) -> Result<()> {
    let shelf = job.shelf.clone();
    let journal = tokio::task::spawn_blocking(move || Journal::read(&shelf.journal)).await.map_err(lost)?;
    abort_uploads(job, journal.as_ref()).await?;
    let shelf = job.shelf.clone();
    let forgotten = tokio::task::spawn_blocking(move || shelf.forget()).await.map_err(lost)?;
    forgotten.map_err(|error| trouble::disk(&job.shelf.part, error))?;
    job.progress.set_downloaded(job.line, 0);
    job.progress.set_hashed(job.line, 0);
    job.progress.set_uploaded(job.line, 0);
    job.progress.cut(job.line, None);
    Ok(())
}

async fn abort_uploads(job: &Job, journal: Option<&Journal>) -> Result<()> {
    let Some(bucket) = &job.ends.bucket else { return Ok(()) };
    let Some(upload) = journal.and_then(|journal| journal.uploads.get(&bucket.address())) else {
        return Ok(());
    };
    Target { bucket, key: &job.key }.abort(&upload.id).await
}

/// One try: both legs, then the proof. Ends early, resumable, when the end is ordered.
async fn attempt(job: &Job, trusts_file: bool) -> Result<End> {
    let halt = CancellationToken::new();
    let mut orders = job.orders.clone();
    let work = work(job, trusts_file, &halt);
    tokio::pin!(work);
    let order = tokio::select! {
        end = &mut work => return end,
        order = orders.end() => order,
    };
    halt.cancel();
    match work.await {
        // It was faster than the order.
        Ok(end) => Ok(end),
        Err(_halted) if order == Order::Cancel => Ok(End::Cancelled),
        Err(_halted) => Ok(End::Interrupted),
    }
}
