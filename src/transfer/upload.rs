//! The upload leg: one archive into its key, part by part, as far as the source has come, completed only after the published SHA-256 matched.

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Arc;

use futures::stream::{FuturesUnordered, StreamExt};

use super::checksum::PartChecksum;
use super::job::{Budget, Job};
use super::journal::Upload;
use super::ledger::Ledger;
use super::multipart::{Part, Target};
use super::parts::{Cut, cuts, part_size};
use super::prove::Sent;
use super::retry::Tries;
use super::sink::lost;
use super::tap::Drain;
use super::{Checksum, Leg, What, digest, reading};
use crate::bucket::Bucket;
use crate::error::{Error, Kind, Result};
use crate::say;

/// The file from which the parts are read; it may still grow.
#[derive(Debug, Clone)]
pub(super) struct Growing {
    pub(super) file: Arc<File>,
    pub(super) path: std::path::PathBuf,
}

/// The upload of one archive.
pub(super) struct Uploader<'a> {
    job: &'a Job,
    target: Target<'a>,
    ledger: Arc<Ledger>,
    growing: Growing,
    drain: Drain,
}

impl<'a> Uploader<'a> {
    /// Prepares the upload of `job` to `bucket`.
    pub(super) fn new(
        job: &'a Job,
        bucket: &'a Bucket,
        ledger: Arc<Ledger>,
        growing: Growing,
        drain: Drain,
    ) -> Self {
        Self { job, target: Target { bucket, key: &job.key }, ledger, growing, drain }
    }

    /// Moves all that S3 does not have; gives what S3's answers prove, or `None` where the source ended before it was done.
    pub(super) async fn run(&mut self) -> Result<Option<Sent>> {
        if self.job.archive.size <= part_size(self.job.archive.size, self.job.options.smallest_part) {
            return self.put_whole().await;
        }
        match self.put_parts().await {
            // S3 found the whole to be other than its parts were: none of them is believed a second time.
            Err(error) if error.kind() == Kind::Integrity => {
                self.abandon().await?;
                self.job.tell(What::Restarted { why: Arc::new(error) }).await;
                self.put_parts().await
            }
            result => result,
        }
    }

    async fn put_parts(&mut self) -> Result<Option<Sent>> {
        let (upload, have) = self.begin().await?;
        let Some(parts) = self.send_missing(&upload, have).await? else { return Ok(None) };
        self.job.tell(What::Uploaded).await;
        let Ok(crc) = self.drain.verified().await else { return Ok(None) };
        self.complete(&upload, &parts, crc).await?;
        self.note(None).await?;
        Ok(Some(Sent::in_parts(&parts)))
    }

    /// Throws away what S3 has of this upload.
    async fn abandon(&self) -> Result<()> {
        if let Some(upload) = self.ledger.upload(&self.address()) {
            self.persist(|| self.target.abort(&upload.id)).await?;
        }
        self.job.progress.set_uploaded(self.job.line, 0);
        self.note(None).await
    }

    /// A small archive is one request, sent when its digest is known to be right.
    async fn put_whole(&mut self) -> Result<Option<Sent>> {
        let size = self.job.archive.size;
        let Ok(crc) = self.drain.verified().await else { return Ok(None) };
        let _permits = self.permits(size).await;
        let bytes = self.read(0, size).await?;
        let proven_by = self.persist(|| self.target.put(&self.job.archive, bytes.clone(), crc)).await?;
        self.job.progress.add_uploaded(self.job.line, size);
        self.job.tell(What::Uploaded).await;
        Ok(Some(Sent { proven_by }))
    }

    /// Takes up the upload of the journal with the parts that S3 has of it, or begins a new one.
    async fn begin(&self) -> Result<(Upload, BTreeMap<i32, Part>)> {
        if let Some(upload) = self.ledger.upload(&self.address()) {
            match self.persist(|| self.target.parts(&upload.id)).await {
                Ok(parts) => return Ok((upload.clone(), self.usable(&upload, parts))),
                Err(error) if error.kind() == Kind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        let created = self.persist(|| self.target.create(&self.job.archive)).await?;
        let upload = Upload::begun(created, part_size(self.job.archive.size, self.job.options.smallest_part));
        self.note(Some(upload.clone())).await?;
        Ok((upload, BTreeMap::new()))
    }

    /// Parts whose place and size fit; the others are sent again over them.
    fn usable(&self, upload: &Upload, parts: Vec<Part>) -> BTreeMap<i32, Part> {
        let sizes: BTreeMap<i32, u64> =
            self.cuts(upload).map(|cut| (cut.number, cut.range.end - cut.range.start)).collect();
        let fits = |part: &Part| sizes.get(&part.number) == Some(&part.size);
        let known = parts.into_iter().filter(fits).filter_map(|part| upload.known(part));
        let usable: BTreeMap<i32, Part> = known.map(|part| (part.number, part)).collect();
        self.job.progress.set_uploaded(self.job.line, usable.values().map(|part| part.size).sum());
        usable
    }

    fn cuts(&self, upload: &Upload) -> impl Iterator<Item = Cut> + use<> {
        cuts(self.job.archive.size, upload.part_size)
    }

    /// Sends every part that S3 does not have, several at once, as soon as its bytes are there; `None` where the source ended.
    async fn send_missing(
        &mut self,
        upload: &Upload,
        mut have: BTreeMap<i32, Part>,
    ) -> Result<Option<Vec<Part>>> {
        let missing: Vec<Cut> = self.cuts(upload).filter(|cut| !have.contains_key(&cut.number)).collect();
        let mut flying = FuturesUnordered::new();
        let mut orders = self.job.orders.clone();
        let mut drain = self.drain.clone();
        for cut in missing {
            // While the next part is not there yet, or not allowed yet, those under way go on.
            let ready = async {
                orders.go().await;
                drain.until(cut.range.end).await.ok()?;
                Some(self.permits(cut.range.end - cut.range.start).await)
            };
            let Some(permits) = drive(ready, &mut flying, &mut have).await? else { return Ok(None) };
            flying.push(self.send(upload, cut, permits));
        }
        while let Some(part) = flying.next().await {
            let part: Part = part?;
            have.insert(part.number, part);
        }
        Ok(Some(have.into_values().collect()))
    }

    async fn send(&self, upload: &Upload, cut: Cut, _permits: Permits) -> Result<Part> {
        let length = cut.range.end - cut.range.start;
        let bytes = self.read(cut.range.start, length).await?;
        let sum = match upload.checksum {
            Checksum::Crc64Nvme => PartChecksum::Crc64Nvme(digest::crc64nvme(&bytes)),
            weaker => weaker.of_aside(&Arc::from([bytes.clone()])).await?,
        };
        let part = self.persist(|| self.target.send(&upload.id, cut.number, bytes.clone(), sum)).await?;
        if Upload::must_remember(&part) {
            self.remember(part.clone()).await?;
        }
        self.job.progress.add_uploaded(self.job.line, length);
        Ok(part)
    }

    /// Notes a part that the store will not vouch for when it is asked again.
    async fn remember(&self, part: Part) -> Result<()> {
        let (ledger, address) = (Arc::clone(&self.ledger), self.address());
        let change = move || {
            ledger.change(|journal| {
                if let Some(upload) = journal.uploads.get_mut(&address) {
                    upload.proven.insert(part.number, part.etag);
                }
            })
        };
        tokio::task::spawn_blocking(change).await.map_err(lost)?
    }

    async fn complete(&self, upload: &Upload, parts: &[Part], crc: u64) -> Result<()> {
        let archive = &self.job.archive;
        let complete = || self.target.complete(&upload.id, upload.checksum, parts, archive, crc);
        let completed = self.persist(complete).await;
        match completed {
            // An answer that was lost leaves a finished object and no upload; the check that follows compares it.
            Err(error) if error.kind() == Kind::NotFound && self.stands().await? => Ok(()),
            other => other,
        }
    }

    /// Whether the object at the key is this archive already.
    async fn stands(&self) -> Result<bool> {
        let object = self.persist(|| self.target.bucket.head(&self.job.key)).await?;
        Ok(object.is_some_and(|object| {
            object.sha256 == Some(self.job.archive.sha256) && object.size == self.job.archive.size
        }))
    }

    async fn permits(&self, bytes: u64) -> Permits {
        let mebibytes = Budget::mebibytes(&self.job.options, bytes);
        let (parts, memory) = (Arc::clone(&self.job.budget.parts), Arc::clone(&self.job.budget.memory));
        // Neither is ever closed.
        Permits {
            _part: parts.acquire_owned().await.ok(),
            _memory: memory.acquire_many_owned(mebibytes).await.ok(),
        }
    }

    async fn read(&self, offset: u64, length: u64) -> Result<bytes::Bytes> {
        reading::piece(Arc::clone(&self.growing.file), self.growing.path.clone(), offset, length).await
    }

    /// Calls S3 until it succeeds or trying again is not worth it.
    async fn persist<T, F: Future<Output = Result<T>>>(&self, call: impl Fn() -> F) -> Result<T> {
        let mut tries = Tries::new();
        loop {
            let answer = tokio::time::timeout(self.patience(), call()).await;
            let error = match answer {
                Ok(Ok(value)) => return Ok(value),
                Ok(Err(error)) => error,
                Err(_elapsed) => Error::new(
                    Kind::Transient,
                    say!("transfer-cannot-upload", archive = self.job.archive.name.clone()),
                )
                .because(say!("transfer-stalled", seconds = self.patience().as_secs())),
            };
            match tries.next(&error) {
                Some(wait) => self.job.wait(Leg::Upload, tries.failed(), wait, error).await,
                None => return Err(error.or_hint(|| say!("transfer-cannot-upload-hint"))),
            }
        }
    }

    /// A whole request, unlike a piece of a stream, may take long on a slow line.
    fn patience(&self) -> std::time::Duration {
        self.job.options.stall * 20
    }

    fn address(&self) -> String {
        self.target.bucket.address()
    }

    async fn note(&self, upload: Option<Upload>) -> Result<()> {
        let (ledger, address) = (Arc::clone(&self.ledger), self.address());
        let change = move || {
            ledger.change(|journal| match upload {
                Some(upload) => drop(journal.uploads.insert(address, upload)),
                None => drop(journal.uploads.remove(&address)),
            })
        };
        tokio::task::spawn_blocking(change).await.map_err(lost)?
    }
}

/// Held while a part is in memory and in flight.
struct Permits {
    _part: Option<tokio::sync::OwnedSemaphorePermit>,
    _memory: Option<tokio::sync::OwnedSemaphorePermit>,
}

/// Waits for `ready` while the parts in `flying` go on; collects those that arrive.
async fn drive<T>(
    ready: impl Future<Output = T>,
    flying: &mut FuturesUnordered<impl Future<Output = Result<Part>>>,
    have: &mut BTreeMap<i32, Part>,
) -> Result<T> {
    tokio::pin!(ready);
    loop {
        tokio::select! {
            value = &mut ready => return Ok(value),
            Some(part) = flying.next(), if !flying.is_empty() => {
                let part = part?;
                have.insert(part.number, part);
            }
        }
    }
}
