//! The upload leg: one archive into its key, part by part, as far as the source has come, completed only after the published SHA-256 matched.

mod acked;
mod begin;
mod body;
mod send;
mod signing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::{mpsc, oneshot};

use acked::Acked;
pub(super) use begin::{Begun, begin};
use begin::{note, stands};
pub(super) use body::Load;
use send::{Landed, Sender, load, watched};
pub(super) use signing::Signing;

use super::checkpoint::Teller;
use super::checksum::PartChecksum;
use super::digest::Computed;
use super::job::Job;
use super::journal::Upload;
use super::ledger::Ledger;
use super::multipart::{Part as Listed, Target};
use super::part::{Content, Part};
use super::parts::{Cut, cuts};
use super::prove::Sent;
use super::source::file::Readable;
use super::trouble::lost;
use super::{Leg, PartState, What};
use crate::bucket::Bucket;
use crate::error::{Error, Kind, Result};
use crate::say;

/// What comes from the source leg.
#[derive(Debug)]
pub(super) struct Incoming {
    /// The parts, in order, from where the source begins.
    pub(super) parts: mpsc::UnboundedReceiver<Part>,
    /// How many of them wait in memory.
    pub(super) waiting: Arc<AtomicUsize>,
    /// The first byte of the first of them; what lies before it is in S3, or in the file.
    pub(super) from: u64,
    /// The CRC64NVME of the whole, once its SHA-256 is the published one.
    pub(super) verified: oneshot::Receiver<u64>,
}

/// Where the parts of one archive are, but for what comes from the source.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) ledger: Arc<Ledger>,
    /// The file that has what memory has not, in the modes that keep one.
    pub(super) readable: Option<Readable>,
    /// Who is told what S3 has acknowledged, in the mode that has no file.
    pub(super) teller: Option<Teller>,
    /// Bytes from the first on of which S3 has all; for others to read.
    pub(super) done_with: Arc<AtomicU64>,
    pub(super) part_size: u64,
}

/// The upload of one archive.
pub(super) struct Uploader<'a> {
    job: &'a Job,
    target: Target<'a>,
    ledger: Arc<Ledger>,
    readable: Option<Readable>,
    part_size: u64,
    acked: Acked,
}

type Flying<'a> = FuturesUnordered<BoxFuture<'a, Result<Landed>>>;

impl<'a> Uploader<'a> {
    /// Prepares the upload of `job` to `bucket`.
    pub(super) fn new(job: &'a Job, bucket: &'a Bucket, places: Places) -> Self {
        let Places { ledger, readable, teller, done_with, part_size } = places;
        let acked = Acked::new(teller, done_with);
        Self { job, target: Target { bucket, key: &job.key }, ledger, readable, part_size, acked }
    }

    /// Moves all that S3 does not have; gives what S3's answers prove, or `None` where the source ended before it was done.
    pub(super) async fn run(mut self, begun: Begun, mut incoming: Incoming) -> Result<Option<Sent>> {
        let Begun::Parts { upload, have } = begun else { return self.put_incoming(incoming).await };
        if !self.send_incoming(&upload, have, &mut incoming).await? {
            return Ok(None);
        }
        self.job.tell(What::Uploaded).await;
        let Ok(crc) = incoming.verified.await else { return Ok(None) };
        match self.complete(&upload, crc).await {
            // S3 found the whole to be other than its parts were: none of them is believed a second time.
            Err(error) if error.kind() == Kind::Integrity && self.readable.is_some() => {
                self.send_all_again(&upload, crc, error).await?;
            }
            result => result?,
        }
        note(&self.ledger, self.target.bucket, None).await?;
        Ok(Some(Sent::in_parts(&self.acked.parts())))
    }

    /// Moves what S3 does not have of a file whose digests are known; gives what S3's answers prove.
    pub(super) async fn run_known(mut self, begun: Begun, known: Computed) -> Result<Option<Sent>> {
        let Begun::Parts { upload, mut have } = begun else { return self.put_known(known).await };
        // A part of which S3 gives another checksum back, or none, is not known to be what it should be.
        have.retain(|_number, part| crc64nvme(part).is_some());
        let missing = self.take_over(&mut have, self.job.archive.size);
        self.send_from_file(&upload, missing).await?;
        self.job.tell(What::Uploaded).await;
        if self.acked.crc64nvme() != Some(known.crc64nvme) {
            self.abandon(&upload).await?;
            return Err(self.not_the_file());
        }
        self.complete(&upload, known.crc64nvme).await?;
        note(&self.ledger, self.target.bucket, None).await?;
        Ok(Some(Sent::in_parts(&self.acked.parts())))
    }

    /// The file is not what it was when it was proven, although it looks untouched.
    fn not_the_file(&self) -> Error {
        Error::new(Kind::Integrity, say!("transfer-digest", archive = self.job.archive.name.clone()))
            .because(say!("transfer-file-changed"))
            .hint(say!("transfer-digest-hint"))
    }

    /// Sends what lies before the source and is missing, then what comes; `false` where that ended before its last part.
    async fn send_incoming(
        &mut self,
        upload: &Upload,
        mut have: BTreeMap<i32, Listed>,
        incoming: &mut Incoming,
    ) -> Result<bool> {
        let missing = self.take_over(&mut have, incoming.from);
        self.send_from_file(upload, missing).await?;
        let sender = self.sender(upload);
        let mut flying = Flying::new();
        while self.acked.count() + flying.len() < self.parts() {
            let ready = next(self.job, incoming, &have);
            let Some((part, flight)) = drive(ready, &mut flying, &mut self.acked).await? else {
                return Ok(false);
            };
            let listed = have.remove(&part.cut.number);
            match (flight, listed) {
                (None, Some(listed)) => {
                    self.acked.add(listed, Some(part.crc64nvme), Some(part.digests));
                }
                (None, None) => {}
                (Some(flight), listed) => {
                    // What S3 has of it is something else: it is sent again over it.
                    self.job.progress.take_back(self.job.line, listed.map_or(0, |listed| listed.size));
                    flying.push(Box::pin(sender.send(part, flight)));
                }
            }
        }
        land_all(flying, &mut self.acked).await?;
        Ok(true)
    }

    /// How many parts the archive has.
    fn parts(&self) -> usize {
        usize::try_from(self.job.archive.size.div_ceil(self.part_size)).unwrap_or(usize::MAX)
    }

    /// Counts what S3 has of the parts before byte `until`, and gives those that it has not.
    fn take_over(&mut self, have: &mut BTreeMap<i32, Listed>, until: u64) -> Vec<Cut> {
        let mut missing = Vec::new();
        for cut in cuts(self.job.archive.size, self.part_size).take_while(|cut| cut.range.start < until) {
            match have.remove(&cut.number) {
                Some(part) => {
                    let crc = crc64nvme(&part);
                    self.acked.add(part, crc, None);
                }
                None => missing.push(cut),
            }
        }
        missing
    }

    async fn send_from_file(&mut self, upload: &Upload, missing: Vec<Cut>) -> Result<()> {
        let (job, sender) = (self.job, self.sender(upload));
        let mut flying = Flying::new();
        let mut orders = job.orders.clone();
        for cut in missing {
            let ready = async {
                orders.go().await;
                job.budget.gate.enter(job.line).await
            };
            let flight = drive(ready, &mut flying, &mut self.acked).await?;
            flying.push(Box::pin(sender.send_from_file(cut, flight)));
        }
        land_all(flying, &mut self.acked).await
    }

    fn sender(&self, upload: &Upload) -> Sender<'a> {
        Sender {
            job: self.job,
            target: self.target.clone(),
            ledger: Arc::clone(&self.ledger),
            id: upload.id.clone(),
            checksum: upload.checksum,
            readable: self.readable.clone(),
        }
    }

    /// A small archive is one request, sent when its digest is known to be right.
    async fn put_incoming(self, mut incoming: Incoming) -> Result<Option<Sent>> {
        let part = if self.job.archive.size > 0 { incoming.parts.recv().await } else { None };
        let Ok(crc) = incoming.verified.await else { return Ok(None) };
        let pieces = match part.map(|part| part.content) {
            Some(Content::Held(pieces, _memory)) => pieces,
            Some(Content::InFile) => vec![self.read_whole().await?],
            None => Vec::new(),
        };
        self.put(pieces, crc).await
    }

    async fn put_known(self, known: Computed) -> Result<Option<Sent>> {
        let bytes = self.read_whole().await?;
        if super::digest::crc64nvme(&bytes) != known.crc64nvme {
            return Err(self.not_the_file());
        }
        self.put(vec![bytes], known.crc64nvme).await
    }

    async fn read_whole(&self) -> Result<bytes::Bytes> {
        let (readable, size) = (self.readable.clone(), self.job.archive.size);
        let read = move || readable.map_or_else(|| Ok(bytes::Bytes::new()), |file| file.read(&(0..size)));
        tokio::task::spawn_blocking(read).await.map_err(lost)?
    }

    async fn put(&self, pieces: Vec<bytes::Bytes>, crc: u64) -> Result<Option<Sent>> {
        let (job, pieces) = (self.job, pieces.into());
        let _flight = job.budget.gate.enter(job.line).await;
        let put = || async {
            job.progress.part(job.line, 1, PartState::Uploading);
            let load = load(job, &pieces).await?;
            let answer = watched(job, &load, Box::pin(self.target.put(&job.archive, &load, crc))).await;
            job.progress.part_ended(job.line, 1, answer.is_ok());
            answer
        };
        let proven_by = job.persist_part(put).await?;
        job.progress.add_uploaded(job.line, job.archive.size);
        job.tell(What::Uploaded).await;
        Ok(Some(Sent { proven_by }))
    }

    /// Throws away what S3 has of `upload`.
    async fn abandon(&mut self, upload: &Upload) -> Result<()> {
        self.job.persist(Leg::Upload, || self.target.abort(&upload.id)).await?;
        self.acked.clear();
        self.job.progress.set_uploaded(self.job.line, 0);
        self.job.progress.parts_taken_back(self.job.line);
        note(&self.ledger, self.target.bucket, None).await
    }

    /// A second upload, all of it from the file, instead of one that S3 found wrong.
    async fn send_all_again(&mut self, upload: &Upload, crc: u64, error: Error) -> Result<()> {
        self.abandon(upload).await?;
        self.job.tell(What::Restarted { why: Arc::new(error) }).await;
        let begun = begin(self.job, self.target.bucket, &self.ledger, self.part_size).await?;
        let Begun::Parts { upload, mut have } = begun else { return Ok(()) };
        let missing = self.take_over(&mut have, self.job.archive.size);
        self.send_from_file(&upload, missing).await?;
        self.complete(&upload, crc).await
    }

    async fn complete(&self, upload: &Upload, crc: u64) -> Result<()> {
        let (job, parts) = (self.job, self.acked.parts());
        let complete = || self.target.complete(&upload.id, upload.checksum, &parts, &job.archive, crc);
        match job.persist(Leg::Upload, complete).await {
            // An answer that was lost leaves a finished object and no upload; the check that follows compares it.
            Err(error) if error.kind() == Kind::NotFound && stands(job, self.target.bucket).await? => Ok(()),
            other => other,
        }
    }
}

/// The CRC64NVME that S3 lists for a part.
fn crc64nvme(part: &Listed) -> Option<u64> {
    match part.checksum {
        Some(PartChecksum::Crc64Nvme(crc)) => Some(crc),
        _ => None,
    }
}

/// The next part of the source, with leave to fly where S3 does not have it; `None` where the source ended.
async fn next(
    job: &Job,
    incoming: &mut Incoming,
    have: &BTreeMap<i32, Listed>,
) -> Option<(Part, Option<super::gate::Flight>)> {
    let part = incoming.parts.recv().await?;
    let listed = have.get(&part.cut.number).and_then(crc64nvme);
    let flight = if listed == Some(part.crc64nvme) {
        None
    } else {
        job.orders.clone().go().await;
        Some(job.budget.gate.enter(job.line).await)
    };
    incoming.waiting.fetch_sub(usize::from(part.is_held()), Relaxed);
    Some((part, flight))
}

/// Waits for `ready` while the parts in `flying` go on; keeps account of those that land.
async fn drive<T>(ready: impl Future<Output = T>, flying: &mut Flying<'_>, acked: &mut Acked) -> Result<T> {
    tokio::pin!(ready);
    loop {
        tokio::select! {
            value = &mut ready => return Ok(value),
            Some(landed) = flying.next(), if !flying.is_empty() => {
                let Landed { part, crc64nvme, digests } = landed?;
                acked.add(part, Some(crc64nvme), digests);
            }
        }
    }
}

async fn land_all(mut flying: Flying<'_>, acked: &mut Acked) -> Result<()> {
    while let Some(landed) = flying.next().await {
        let Landed { part, crc64nvme, digests } = landed?;
        acked.add(part, Some(crc64nvme), digests);
    }
    Ok(())
}
