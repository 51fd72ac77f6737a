//! The work on one archive, from the first look at the disk to the proof: both legs at once, restarts, and what is left behind.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

use super::control::Order;
use super::digest::Computed;
use super::job::Job;
use super::journal::Journal;
use super::ledger::Ledger;
use super::lock::Lock;
use super::multipart::Target;
use super::prove::Sent;
use super::sink::{Sink, lost};
use super::tap::{Drain, Tap, tap};
use super::upload::{Growing, Uploader};
use super::{Proof, Status, What, download, prove, reading, survey, trouble};
use crate::catalog::Validators;
use crate::error::{Error, Kind, Result};
use crate::say;

/// Clean restarts of one archive before it fails.
const RESTARTS: u32 = 2;

/// How the work on an archive ended well.
#[derive(Debug)]
pub(super) enum End {
    Proven(Proof),
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
        let error = match attempt(&job, trusts_file).await {
            Ok(End::Cancelled) => return clean_up(&job).await.map(|()| End::Cancelled),
            Err(error) => error,
            end => return end,
        };
        match error.kind() {
            Kind::SourceChanged | Kind::Integrity if restarts < RESTARTS && job.mode.downloads() => {
                restarts += if error.kind() == Kind::Integrity { RESTARTS } else { 1 };
                trusts_file = false;
                restart(&mut job, error).await?;
            }
            Kind::Credentials | Kind::OutOfSpace if job.options.patient => hold(&job, error).await,
            Kind::Integrity => return give_up(&job, error).await,
            _ => return Err(error),
        }
    }
}

/// Bytes that are wrong are worth nothing to a later run.
async fn give_up(job: &Job, error: Error) -> Result<End> {
    if let Err(trouble) = clean_up(job).await {
        tracing::warn!(archive = %job.archive.name, ?trouble, "could not clean up");
    }
    Err(error)
}

/// Waits until somebody has done something about `error` and resumes.
async fn hold(job: &Job, error: Error) {
    tracing::warn!(archive = %job.archive.name, ?error, "waiting for somebody");
    job.orders.hold();
    job.progress.set_status(job.line, Status::Waiting);
    job.tell(What::Waiting { why: Arc::new(error) }).await;
    job.orders.clone().go().await;
    job.progress.set_status(job.line, Status::Running);
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
async fn clean_up(job: &Job) -> Result<()> {
    let shelf = job.shelf.clone();
    let journal = tokio::task::spawn_blocking(move || Journal::read(&shelf.journal)).await.map_err(lost)?;
    abort_uploads(job, journal.as_ref()).await?;
    let shelf = job.shelf.clone();
    let forgotten = tokio::task::spawn_blocking(move || shelf.forget()).await.map_err(lost)?;
    forgotten.map_err(|error| trouble::disk(&job.shelf.part, error))?;
    job.progress.set_downloaded(job.line, 0);
    job.progress.set_hashed(job.line, 0);
    job.progress.set_uploaded(job.line, 0);
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
        proof = &mut work => return proof.map(End::Proven),
        order = orders.end() => order,
    };
    halt.cancel();
    match work.await {
        // It was faster than the order.
        Ok(proof) => Ok(End::Proven(proof)),
        Err(_halted) if order == Order::Cancel => Ok(End::Cancelled),
        Err(_halted) => Ok(End::Interrupted),
    }
}

async fn work(job: &Job, trusts_file: bool, halt: &CancellationToken) -> Result<Proof> {
    let is_whole = trusts_file && is_whole(job).await?;
    let ledger = Arc::new(open_ledger(job, is_whole).await?);
    let (tap, drain) = tap();
    let (path, source) = if is_whole {
        tap.rise(job.archive.size);
        job.progress.set_downloaded(job.line, job.archive.size);
        (job.shelf.file.clone(), Source::File(tap))
    } else {
        check_space(job, &ledger).await?;
        let tap = Arc::new(tap);
        (
            job.shelf.part.clone(),
            Source::Mirror(Sink::open(job, Arc::clone(&ledger), Arc::clone(&tap)).await?, tap),
        )
    };
    let down_from = if is_whole { job.archive.size } else { source.position() };
    job.tell(What::Started { down_from, up_from: job.sent }).await;
    let file = tokio::fs::File::open(&path).await.map_err(|error| trouble::disk(&path, error))?;
    let growing = Growing { file: Arc::new(file.into_std().await), path };
    let (computed, sent) = legs(job, source, growing, &ledger, drain, halt).await?;
    let proof = prove::prove(job, computed, sent).await?;
    finish(job, &ledger, &proof).await?;
    Ok(proof)
}

/// Where the bytes of an archive come from.
enum Source {
    File(Tap),
    Mirror(Sink, Arc<Tap>),
}

impl Source {
    const fn position(&self) -> u64 {
        match self {
            Self::File(_) => 0,
            Self::Mirror(sink, _) => sink.position(),
        }
    }
}

/// Both legs at once. The first that fails halts the other, and its error is the one that counts.
async fn legs(
    job: &Job,
    source: Source,
    growing: Growing,
    ledger: &Arc<Ledger>,
    drain: Drain,
    halt: &CancellationToken,
) -> Result<(Computed, Option<Sent>)> {
    let first: OnceLock<Error> = OnceLock::new();
    let fail = |error: Error| {
        // Whoever fails second was most likely halted by the first.
        let _second = first.set(error);
        halt.cancel();
    };
    let down = async { run_source(job, source, halt).await.map_err(&fail).ok() };
    let up = async {
        let bucket = job.ends.bucket.as_ref().filter(|_| job.mode.uploads())?;
        let mut uploader = Uploader::new(job, bucket, Arc::clone(ledger), growing, drain);
        let sent = halt.run_until_cancelled(uploader.run()).await?;
        sent.map_err(&fail).ok().flatten()
    };
    let (computed, sent) = tokio::join!(down, up);
    match (computed, first.into_inner()) {
        (_, Some(error)) => Err(error),
        (Some(computed), None) if sent.is_some() || !job.mode.uploads() => Ok((computed, sent)),
        _ => Err(Error::new(Kind::Interrupted, say!("transfer-interrupted"))),
    }
}

/// Brings the bytes, compares the digest, and opens the way for the upload's last step.
async fn run_source(job: &Job, source: Source, halt: &CancellationToken) -> Result<Computed> {
    match source {
        Source::File(tap) => {
            let computed = reading::digest(job, job.shelf.file.clone(), halt).await?.finish();
            compare(job, computed)?;
            tap.verified(computed.crc64nvme);
            job.tell(What::Verified).await;
            Ok(computed)
        }
        Source::Mirror(sink, tap) => {
            let computed = download::download(job, sink, halt).await?.finish();
            job.tell(What::Downloaded).await;
            compare(job, computed)?;
            let (from, to) = (job.shelf.part.clone(), job.shelf.file.clone());
            tokio::fs::rename(&from, &to).await.map_err(|error| trouble::disk(&to, error))?;
            tap.verified(computed.crc64nvme);
            job.tell(What::Verified).await;
            Ok(computed)
        }
    }
}

fn compare(job: &Job, computed: Computed) -> Result<()> {
    if computed.sha256 == job.archive.sha256 {
        return Ok(());
    }
    let (published, found) = (job.archive.sha256.to_string(), computed.sha256.to_string());
    Err(Error::new(Kind::Integrity, say!("transfer-digest", archive = job.archive.name.clone()))
        .because(say!("transfer-digest-why", published = published, computed = found))
        .hint(say!("transfer-digest-hint")))
}

/// A file of the right size, unless it was proven to be something else, is believed until its digest is known.
async fn is_whole(job: &Job) -> Result<bool> {
    let (shelf, size, sha256) = (job.shelf.clone(), job.archive.size, job.archive.sha256);
    let look = move || shelf.size() == Some(size) && shelf.proven().is_none_or(|digest| digest == sha256);
    tokio::task::spawn_blocking(look).await.map_err(lost)
}

/// The journal that may be gone on with, else a new one; what an older one had begun is thrown away first.
async fn open_ledger(job: &Job, is_whole: bool) -> Result<Ledger> {
    let path = job.shelf.journal.clone();
    let journal = {
        let path = path.clone();
        tokio::task::spawn_blocking(move || Journal::read(&path)).await.map_err(lost)?
    };
    let same_source = |journal: &Journal| is_whole || journal.validators == job.archive.validators;
    match journal {
        Some(journal) if journal.is_of(&job.archive) && same_source(&journal) => {
            Ok(Ledger::new(path, journal))
        }
        Some(_) => clean_up(job).await.map(|()| Ledger::new(path, Journal::new(&job.archive))),
        None => Ok(Ledger::new(path, Journal::new(&job.archive))),
    }
}

/// A disk that is too small is told before it is full.
async fn check_space(job: &Job, ledger: &Ledger) -> Result<()> {
    let folder = &job.options.data_dir;
    tokio::fs::create_dir_all(folder).await.map_err(|error| trouble::disk(folder, error))?;
    let needed = job.archive.size - ledger.digests().map_or(0, |digests| digests.bytes());
    match survey::free_space(folder).await {
        Some(free) if free < needed => Err(trouble::too_small(folder, needed, free)),
        _ => Ok(()),
    }
}

/// Keeps the proof, and forgets the journal: there is nothing left to resume.
async fn finish(job: &Job, ledger: &Arc<Ledger>, proof: &Proof) -> Result<()> {
    let (shelf, proof, ledger) = (job.shelf.clone(), proof.clone(), Arc::clone(ledger));
    let keep = move || {
        shelf.keep(&proof).map_err(|error| trouble::disk(&shelf.proof, error))?;
        let done = ledger.upload_count() == 0;
        let forgotten = if done { super::record::remove(&shelf.journal) } else { Ok(()) };
        forgotten.map_err(|error| trouble::disk(&shelf.journal, error))
    };
    tokio::task::spawn_blocking(keep).await.map_err(lost)?
}
