//! One part on its way: read where memory does not have it, sent, cut when it stands still, sent again.

use std::sync::Arc;

use bytes::Bytes;

use super::body::{Load, Pieces, Wire};
use super::signing::payload_digest;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::budget::Memory;
use crate::transfer::checksum::PartChecksum;
use crate::transfer::digest::{SavedDigests, crc64nvme};
use crate::transfer::gate::Flight;
use crate::transfer::job::Job;
use crate::transfer::journal::Upload;
use crate::transfer::ledger::Ledger;
use crate::transfer::multipart::{Part as Sent, Refusal, Target};
use crate::transfer::part::{Content, Part, length as bytes_of};
use crate::transfer::parts::Cut;
use crate::transfer::source::file::Readable;
use crate::transfer::trouble::lost;
use crate::transfer::{Checksum, Leg, PartState};

/// What every part of one upload needs to get there.
#[derive(Debug, Clone)]
pub(super) struct Sender<'a> {
    pub(super) job: &'a Job,
    pub(super) target: Target<'a>,
    pub(super) ledger: Arc<Ledger>,
    /// S3's id of the upload.
    pub(super) id: String,
    /// What each part is sent with.
    pub(super) checksum: Checksum,
    /// The file that has what memory has not.
    pub(super) readable: Option<Readable>,
}

/// A part that S3 has acknowledged.
#[derive(Debug)]
pub(super) struct Landed {
    pub(super) part: Sent,
    pub(super) crc64nvme: u64,
    /// The running digests at its last byte, where they are known.
    pub(super) digests: Option<SavedDigests>,
}

impl Sender<'_> {
    /// Sends a part that went through the digests.
    pub(super) async fn send(&self, part: Part, _flight: Flight) -> Result<Landed> {
        let (pieces, memory) = match part.content {
            Content::Held(pieces, memory) => (pieces, memory),
            Content::InFile => {
                self.read(&part.cut).await.map(|(bytes, memory)| (vec![bytes], Some(memory)))?
            }
        };
        let sent = self.put(&part.cut, pieces, part.crc64nvme, memory).await?;
        Ok(Landed { part: sent, crc64nvme: part.crc64nvme, digests: Some(part.digests) })
    }

    /// Sends a part of the file.
    pub(super) async fn send_from_file(&self, cut: Cut, _flight: Flight) -> Result<Landed> {
        let (bytes, memory) = self.read(&cut).await?;
        let crc = {
            let bytes = bytes.clone();
            tokio::task::spawn_blocking(move || crc64nvme(&bytes)).await.map_err(lost)?
        };
        let sent = self.put(&cut, vec![bytes], crc, Some(memory)).await?;
        Ok(Landed { part: sent, crc64nvme: crc, digests: None })
    }

    async fn read(&self, cut: &Cut) -> Result<(Bytes, Memory)> {
        let memory = self.job.budget.memory_from_file(bytes_of(&cut.range)).await;
        let Some(readable) = self.readable.clone() else {
            return Err(
                Error::new(Kind::Fatal, say!("transfer-broken")).because(self.job.archive.name.clone())
            );
        };
        let (range, size) = (cut.range.clone(), self.job.archive.size);
        let read = move || {
            let bytes = readable.read(&range)?;
            readable.done_with(&range, size);
            Ok(bytes)
        };
        tokio::task::spawn_blocking(read).await.map_err(lost)?.map(|bytes| (bytes, memory))
    }

    async fn put(&self, cut: &Cut, pieces: Vec<Bytes>, crc: u64, memory: Option<Memory>) -> Result<Sent> {
        let (job, pieces): (&Job, Pieces) = (self.job, pieces.into());
        let sum = match self.checksum {
            Checksum::Crc64Nvme => PartChecksum::Crc64Nvme(crc),
            weaker => weaker.of_aside(&pieces).await?,
        };
        let attempt = || async {
            job.progress.part(job.line, cut.number, PartState::Uploading);
            let load = load(job, &pieces).await?;
            let request = self.target.send(&self.id, cut.number, &load, sum);
            let answer = watched(job, &load, Box::pin(request)).await;
            job.progress.part_ended(job.line, cut.number, answer.is_ok());
            answer
        };
        let sent = job.persist_part(attempt).await?;
        // The buffer first, then the memory: whoever gets that takes this buffer instead of another one.
        self.give_back(pieces);
        drop(memory);
        if Upload::must_remember(&sent) {
            self.remember(sent.clone()).await?;
        }
        let size = bytes_of(&cut.range);
        job.progress.add_uploaded(job.line, size);
        job.budget.gate.acknowledged(size);
        Ok(sent)
    }

    /// Notes a part that the store will not vouch for when it is asked again.
    async fn remember(&self, part: Sent) -> Result<()> {
        let (ledger, address) = (Arc::clone(&self.ledger), self.target.bucket.address());
        let change = move || {
            ledger.change(|journal| {
                if let Some(upload) = journal.uploads.get_mut(&address) {
                    upload.proven.insert(part.number, part.etag);
                }
            })
        };
        tokio::task::spawn_blocking(change).await.map_err(lost)?
    }

    /// Buffers that were read from the file are used again.
    fn give_back(&self, pieces: Pieces) {
        let only = pieces.first().filter(|_| pieces.len() == 1).cloned();
        if let Some((readable, piece)) = self.readable.as_ref().zip(only) {
            drop(pieces);
            readable.give_back(piece);
        }
    }
}

/// What one try carries.
pub(super) async fn load(job: &Job, pieces: &Pieces) -> Result<Load> {
    let signed = if job.signing.is_wanted() {
        let pieces = Arc::clone(pieces);
        Some(tokio::task::spawn_blocking(move || payload_digest(&pieces)).await.map_err(lost)?)
    } else {
        None
    };
    let wire = Wire::new(Arc::clone(&job.progress), job.line);
    Ok(Load::new(Arc::clone(pieces), Arc::clone(&job.throttles), job.options.stall, signed, wire))
}

/// Waits for `request` as long as its load moves.
pub(super) async fn watched<T>(
    job: &Job,
    load: &Load,
    request: impl Future<Output = Result<T, Refusal>>,
) -> Result<T, Refusal> {
    tokio::select! {
        answer = request => answer,
        () = load.stops() => Err(job.silent(job.options.stall).into()),
    }
}

impl Job {
    /// Calls `put` until S3 takes its payload, or trying again is not worth it.
    pub(super) async fn persist_part<T, F: Future<Output = Result<T, Refusal>>>(
        &self,
        put: impl Fn() -> F,
    ) -> Result<T> {
        self.persist_unlimited(Leg::Upload, || async {
            loop {
                let was_signed = self.signing.is_wanted();
                let refusal = match put().await {
                    Ok(value) if was_signed => return Ok(value),
                    Ok(value) => {
                        self.signing.not_needed();
                        return Ok(value);
                    }
                    Err(refusal) => refusal,
                };
                if !was_signed && self.signing.refused(&refusal) {
                    tracing::info!(error = %refusal.error, "payloads are signed from now on");
                    continue;
                }
                if was_signed && refusal.may_mean_unsigned {
                    self.signing.did_not_help();
                }
                if refusal.error.kind() == Kind::Throttled {
                    self.budget.gate.throttled();
                }
                return Err(refusal.error);
            }
        })
        .await
    }
}
