//! One try at one archive: where it can go on, both legs at once, the comparison with the published digest, the proof.

use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock};

use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::assemble::{Assembler, Local, Outlet, Outlets};
use super::checkpoint::{Checkpoints, Written};
use super::digest::{Computed, Digests};
use super::job::Job;
use super::journal::Journal;
use super::ledger::Ledger;
use super::lift::{End, clean_up};
use super::parts::part_size;
use super::prove::Sent;
use super::source::file::Readable;
use super::source::{file, window};
use super::trouble::{interrupted, lost};
use super::upload::{Begun, Incoming, Places, Uploader, begin};
use super::{Mode, Proof, What, prove, survey, trouble};
use crate::error::{Error, Kind, Result};
use crate::say;

/// What there is of an archive when a try begins.
struct Standing {
    ledger: Arc<Ledger>,
    /// The upload, in the modes that have one.
    begun: Option<Begun>,
    part_size: u64,
    origin: Origin,
}

/// Where the bytes come from.
enum Origin {
    /// A file whose digests are known: it was proven, and nobody touched it since.
    Known(Computed),
    /// A file that looks like the archive.
    File,
    /// The mirror, behind the bytes that the digests have seen.
    Mirror(Box<Digests>),
}

/// Brings an archive where it should be; ends early, resumable, when `halt` is cancelled.
pub(super) async fn work(job: &Job, trusts_file: bool, halt: &CancellationToken) -> Result<End> {
    let file = if trusts_file { look(job).await? } else { None };
    let ledger = Arc::new(open_ledger(job, file.is_some()).await?);
    let part_size = ledger.part_size();
    job.progress.cut(job.line, Some(part_size));
    let begun = match job.ends.bucket.as_ref().filter(|_| job.mode.uploads()) {
        Some(bucket) => {
            let begun = halt.run_until_cancelled(begin(job, bucket, &ledger, part_size)).await;
            Some(begun.ok_or_else(interrupted)??)
        }
        None => None,
    };
    if matches!(begun, Some(Begun::Stands)) {
        return clean_up(job).await.map(|()| End::Stands);
    }
    let origin = match file {
        Some(origin) => origin,
        None => Origin::Mirror(Box::new(resumable(job, &ledger, begun.as_ref()).await?)),
    };
    let ended = both(job, Standing { ledger: Arc::clone(&ledger), begun, part_size, origin }, halt).await;
    let (computed, sent) = ended?;
    let proof = prove::prove(job, computed, sent).await?;
    finish(job, &ledger, &proof).await?;
    Ok(End::Proven(proof))
}

/// A file of the right size, unless it was proven to be something else, is believed until its digest is known.
async fn look(job: &Job) -> Result<Option<Origin>> {
    let (shelf, size, sha256) = (job.shelf.clone(), job.archive.size, job.archive.sha256);
    // Where nothing is uploaded, looking at the file is all there is to do.
    let believes_proofs = job.mode.uploads();
    let look = move || {
        let is_whole = shelf.size() == Some(size) && shelf.proven().is_none_or(|digest| digest == sha256);
        let known = shelf.known().filter(|known| believes_proofs && known.sha256 == sha256);
        is_whole.then(|| known.map_or(Origin::File, Origin::Known))
    };
    tokio::task::spawn_blocking(look).await.map_err(lost)
}

/// The journal that may be gone on with, else a new one; what an older one had begun is thrown away first.
async fn open_ledger(job: &Job, has_file: bool) -> Result<Ledger> {
    let path = job.shelf.journal.clone();
    let journal = {
        let path = path.clone();
        tokio::task::spawn_blocking(move || Journal::read(&path)).await.map_err(lost)?
    };
    let fresh = || Journal::new(&job.archive, part_size(job.archive.size, job.options.smallest_part));
    let same_source = |journal: &Journal| has_file || journal.validators == job.archive.validators;
    match journal {
        Some(journal) if journal.is_of(&job.archive) && same_source(&journal) => {
            Ok(Ledger::new(path, journal))
        }
        Some(_) => clean_up(job).await.map(|()| Ledger::new(path, fresh())),
        None => Ok(Ledger::new(path, fresh())),
    }
}

/// The digests behind which the mirror is asked for more: those of the journal, where all bytes before them are still there.
async fn resumable(job: &Job, ledger: &Ledger, begun: Option<&Begun>) -> Result<Digests> {
    let written = tokio::fs::metadata(&job.shelf.part).await.map_or(0, |metadata| metadata.len());
    if let Some(head) = ledger.head().filter(|head| job.mode.keeps() && head.bytes() <= written) {
        return Ok(head);
    }
    let Some(digests) = ledger.digests() else { return Ok(Digests::default()) };
    let in_file = written >= digests.bytes();
    let in_s3 = job.mode == Mode::Stream && has_all(begun, digests.bytes(), ledger.part_size());
    Ok(if in_file || in_s3 { digests } else { Digests::default() })
}

/// Whether S3 has every part before byte `until`.
fn has_all(begun: Option<&Begun>, until: u64, part_size: u64) -> bool {
    let Some(Begun::Parts { have, .. }) = begun else { return false };
    let parts = i32::try_from(until.div_ceil(part_size)).unwrap_or(i32::MAX);
    (1..=parts).all(|number| have.contains_key(&number))
}

/// Both legs at once. The first that fails halts the other, and its error is the one that counts.
async fn both(job: &Job, standing: Standing, halt: &CancellationToken) -> Result<(Computed, Option<Sent>)> {
    let Standing { ledger, begun, part_size, origin } = standing;
    let source = match origin {
        Origin::Known(known) => return upload_known(job, ledger, begun, part_size, known, halt).await,
        Origin::File => Source::file(job).await?,
        Origin::Mirror(digests) => Source::mirror(job, &ledger, *digests).await?,
    };
    job.tell(What::Started { down_from: source.down_from(job), up_from: job.sent }).await;
    let first: OnceLock<Error> = OnceLock::new();
    let fail = |error: Error| {
        // Whoever fails second was most likely halted by the first.
        let _second = first.set(error);
        halt.cancel();
    };
    // Without a file, it is S3 that makes progress last.
    let kept = (source.local.is_none() && matches!(source.from, From::Mirror))
        .then(|| Checkpoints::begin(Arc::clone(&ledger), None));
    let (outlet, verify, incoming) = link(job, source.digests.border());
    let places = Places {
        ledger,
        readable: source.readable.clone(),
        teller: kept.as_ref().and_then(Checkpoints::teller),
        done_with: Arc::clone(&source.done_with),
        part_size,
    };
    let up = async { upload(job, begun?, places, incoming, halt).await.map_err(&fail).ok().flatten() };
    let down = async {
        let computed = source.run(job, part_size, outlet, halt).await.map_err(&fail).ok()?;
        // An upload that has failed does not wait for it any more.
        let _failed = verify.send(computed.crc64nvme);
        Some(computed)
    };
    let (computed, sent) = tokio::join!(down, up);
    let kept = match kept {
        Some(kept) => kept.end().await,
        None => Ok(()),
    };
    match (computed, first.into_inner().or(kept.err())) {
        (_, Some(error)) => Err(error),
        (Some(computed), None) if sent.is_some() || !job.mode.uploads() => Ok((computed, sent)),
        _ => Err(interrupted()),
    }
}

/// The upload leg; `None` where it was halted, or the source ended.
async fn upload(
    job: &Job,
    begun: Begun,
    places: Places,
    incoming: Incoming,
    halt: &CancellationToken,
) -> Result<Option<Sent>> {
    let Some(bucket) = &job.ends.bucket else { return Ok(None) };
    let uploader = Uploader::new(job, bucket, places);
    halt.run_until_cancelled(Box::pin(uploader.run(begun, incoming))).await.unwrap_or(Ok(None))
}

/// What joins the legs: the parts from the one that begins at byte `from`, and the word that the whole is what was published.
fn link(job: &Job, from: u64) -> (Outlet, oneshot::Sender<u64>, Incoming) {
    let (parts, receiver) = mpsc::unbounded_channel();
    let (verify, verified) = oneshot::channel();
    let outlet = Outlet { parts, waiting: Arc::default(), gate: Arc::clone(&job.budget.gate) };
    let incoming = Incoming { parts: receiver, waiting: Arc::clone(&outlet.waiting), from, verified };
    (outlet, verify, incoming)
}

/// A file that was proven before only has to go up.
async fn upload_known(
    job: &Job,
    ledger: Arc<Ledger>,
    begun: Option<Begun>,
    part_size: u64,
    known: Computed,
    halt: &CancellationToken,
) -> Result<(Computed, Option<Sent>)> {
    let Some((bucket, begun)) = job.ends.bucket.as_ref().zip(begun) else { return Ok((known, None)) };
    job.tell(What::Started { down_from: job.archive.size, up_from: job.sent }).await;
    job.progress.set_downloaded(job.line, job.archive.size);
    job.progress.set_hashed(job.line, job.archive.size);
    job.progress.all_here(job.line);
    job.tell(What::Verified).await;
    let readable = open(job, job.shelf.file.clone()).await?;
    let done_with = Arc::default();
    let places = Places { ledger, readable: Some(readable), teller: None, done_with, part_size };
    let uploader = Uploader::new(job, bucket, places);
    let sent = halt.run_until_cancelled(Box::pin(uploader.run_known(begun, known))).await;
    Ok((known, sent.ok_or_else(interrupted)??))
}

async fn open(job: &Job, path: PathBuf) -> Result<Readable> {
    let spare = job.budget.spare.clone();
    tokio::task::spawn_blocking(move || Readable::open(path, spare)).await.map_err(lost)?
}

/// Keeps the proof, and forgets the journal: there is nothing left to resume.
async fn finish(job: &Job, ledger: &Arc<Ledger>, proof: &Proof) -> Result<()> {
    let (shelf, proof, ledger) = (job.shelf.clone(), proof.clone(), Arc::clone(ledger));
    let keep = move || {
        shelf.keep(&proof).map_err(|error| trouble::disk(&shelf.proof, error))?;
        // A file that another mode had begun is of no use to anybody now.
        let forgotten = super::record::remove(&shelf.part);
        forgotten.map_err(|error| trouble::disk(&shelf.part, error))?;
        let done = ledger.upload_count() == 0;
        let forgotten = if done { super::record::remove(&shelf.journal) } else { Ok(()) };
        forgotten.map_err(|error| trouble::disk(&shelf.journal, error))
    };
    tokio::task::spawn_blocking(keep).await.map_err(lost)?
}

/// Where the bytes of a source leg come from.
enum From {
    Mirror,
    File(Readable),
}

/// The source leg of one archive.
struct Source {
    from: From,
    /// As far as the bytes have passed before.
    digests: Digests,
    /// The file that is written, in the modes that keep one.
    local: Option<Local>,
    checkpoints: Option<Checkpoints>,
    /// Where bytes can be read again.
    readable: Option<Readable>,
    /// Bytes from the first on that nobody will read from the file again.
    done_with: Arc<AtomicU64>,
}

impl Source {
    /// The file on the disk, from its first byte.
    async fn file(job: &Job) -> Result<Self> {
        let readable = open(job, job.shelf.file.clone()).await?;
        job.progress.set_downloaded(job.line, job.archive.size);
        job.progress.all_here(job.line);
        Ok(Self {
            from: From::File(readable.clone()),
            digests: Digests::default(),
            local: None,
            checkpoints: None,
            readable: Some(readable),
            done_with: Arc::default(),
        })
    }

    /// The mirror, behind what `digests` have seen.
    async fn mirror(job: &Job, ledger: &Arc<Ledger>, digests: Digests) -> Result<Self> {
        if !job.mode.keeps() {
            let begun = tokio::fs::try_exists(&job.shelf.part).await.unwrap_or(false);
            let readable = if begun { Some(open(job, job.shelf.part.clone()).await?) } else { None };
            let done_with = Arc::default();
            return Ok(Self {
                from: From::Mirror,
                digests,
                local: None,
                checkpoints: None,
                readable,
                done_with,
            });
        }
        check_space(job, digests.bytes()).await?;
        let (path, from) = (job.shelf.part.clone(), digests.bytes());
        let opening = tokio::task::spawn_blocking(move || Local::open(path, from));
        let local = opening.await.map_err(lost)??;
        // Nobody reads from a file whose bytes go nowhere else.
        let done_with = Arc::new(AtomicU64::new(if job.mode.uploads() { 0 } else { u64::MAX }));
        let (file, path) = (Arc::clone(&local.file), local.path.clone());
        let written = Written {
            file,
            path,
            size: job.archive.size,
            reserve: job.options.reserve,
            done_with: Arc::clone(&done_with),
        };
        Ok(Self {
            from: From::Mirror,
            digests,
            readable: Some(Readable::new(
                Arc::clone(&local.file),
                local.path.clone(),
                job.budget.spare.clone(),
            )),
            local: Some(local),
            checkpoints: Some(Checkpoints::begin(Arc::clone(ledger), Some(written))),
            done_with,
        })
    }

    /// Bytes that need not come from the mirror.
    fn down_from(&self, job: &Job) -> u64 {
        match self.from {
            From::File(_) => job.archive.size,
            From::Mirror => self.digests.bytes(),
        }
    }

    /// Brings the bytes, compares the digest, and puts the file in its place.
    async fn run(
        self,
        job: &Job,
        part_size: u64,
        outlet: Outlet,
        halt: &CancellationToken,
    ) -> Result<Computed> {
        let outlets = Outlets {
            local: self.local.clone(),
            upload: Some(outlet).filter(|_| job.mode.uploads()),
            teller: self.checkpoints.as_ref().and_then(Checkpoints::teller),
        };
        let from = self.digests.bytes();
        let is_download = matches!(self.from, From::Mirror);
        let assembler = Assembler::new(job, self.digests, part_size, outlets, is_download);
        let read = match self.from {
            From::File(readable) => file::stream(job, readable, part_size, assembler, halt).await,
            From::Mirror => download(job, part_size, from, assembler, halt).await,
        };
        if let Some(checkpoints) = self.checkpoints {
            // The disk's own word, whatever the others made of it.
            checkpoints.end().await?;
        }
        let computed = read?.finish();
        if is_download {
            job.tell(What::Downloaded).await;
        }
        compare(job, computed)?;
        if self.local.is_some() {
            let (from, to) = (job.shelf.part.clone(), job.shelf.file.clone());
            tokio::fs::rename(&from, &to).await.map_err(|error| trouble::disk(&to, error))?;
        }
        job.tell(What::Verified).await;
        Ok(computed)
    }
}

/// Brings what is missing from the mirror; gives the digests of the whole.
async fn download(
    job: &Job,
    part_size: u64,
    from: u64,
    assembler: Assembler,
    halt: &CancellationToken,
) -> Result<Digests> {
    let (runs, queue) = mpsc::unbounded_channel();
    let assembling = tokio::task::spawn_blocking(move || assembler.run(queue));
    let fetched = halt.run_until_cancelled(Box::pin(window::fetch(job, part_size, from, runs))).await;
    let digests = assembling.await.map_err(lost)?;
    match (fetched, digests) {
        (_, Err(error)) | (Some(Err(error)), _) => Err(error),
        (Some(Ok(())), digests) => digests,
        (None, Ok(_)) => Err(interrupted()),
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

/// A disk that is too small is told before it is full.
async fn check_space(job: &Job, written: u64) -> Result<()> {
    let folder = &job.options.data_dir;
    tokio::fs::create_dir_all(folder).await.map_err(|error| trouble::disk(folder, error))?;
    let needed = job.archive.size - written;
    match survey::free_space(folder).await {
        Some(free) if free < needed => Err(trouble::too_small(folder, needed, free)),
        _ => Ok(()),
    }
}
