//! What becomes of one object: looked at, brought, compared, put in its place; begun again once where it was damaged on the way or replaced.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::compare::{self, Known, hex};
use super::journal::{Begun, Pinned, Places};
use super::present::{self, Present};
use super::ranges::Ranges;
use super::writer::Writer;
use super::{Fetched, Item, Run, Skip, State, What};
use crate::bucket::Object;
use crate::bucket::sdk::Operation;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::sha256::Sha256Digest;
use crate::transfer::digest::{Computed, Digests};
use crate::transfer::lock::Lock;
use crate::transfer::shelf::Shelf;
use crate::transfer::survey::free_space;
use crate::transfer::trouble::{self, lost};
use crate::transfer::verify::Check;
use crate::words::harmless;

/// How an object ended well.
#[derive(Debug)]
pub(super) enum End {
    Fetched(Fetched),
    Skipped(Skip),
    Interrupted,
}

/// The work on one object.
#[derive(Clone, Copy)]
pub(super) struct Work<'a> {
    pub(super) run: &'a Run,
    /// Which item.
    pub(super) number: usize,
    pub(super) item: &'a Item,
}

impl Work<'_> {
    /// Does all there is to do.
    pub(super) async fn fetch(self) -> Result<End> {
        if self.item.key.ends_with('/') {
            return Ok(End::Skipped(Skip::Folder));
        }
        self.run.tally.set_state(self.number, State::Running);
        let places = Places::new(&self.item.to, &self.run.options.state_dir)
            .map_err(|error| trouble::disk(&self.item.to, error))?;
        let (path, name) = (places.lock.clone(), harmless(&self.item.to.display().to_string()));
        let _lock = spawn_blocking(move || Lock::take(&path, &name)).await.map_err(lost)??;
        let mut was_restarted = false;
        loop {
            let error = match self.attempt(&places).await {
                Ok(end) => return Ok(end),
                Err(error) => error,
            };
            if !matches!(error.kind(), Kind::Integrity | Kind::SourceChanged) {
                return Err(error);
            }
            // Bytes that are wrong, or of an object that is gone, are worth nothing to a later run.
            let thrown = places.clone();
            spawn_blocking(move || thrown.forget()).await.map_err(lost)??;
            if std::mem::replace(&mut was_restarted, true) {
                return Err(error);
            }
            tracing::warn!(key = %self.item.key, ?error, "from the beginning");
            self.run.tell(self.number, What::Restarted { why: Arc::new(error) }).await;
        }
    }

    /// One try: what stands there is looked at, the rest is brought.
    async fn attempt(self, places: &Places) -> Result<End> {
        let cancel = &self.run.cancel;
        let Some(known) = cancel.run_until_cancelled(self.look()).await else { return Ok(End::Interrupted) };
        let known = Arc::new(known?);
        self.run.tally.begin(self.number, known.object.size, 0);
        let (to, of) = (places.to.clone(), Arc::clone(&known));
        match spawn_blocking(move || present::look(&to, &of)).await.map_err(lost)?? {
            Present::Same => {
                let stale = places.clone();
                spawn_blocking(move || stale.forget_journal()).await.map_err(lost)??;
                return Ok(End::Skipped(Skip::Here));
            }
            Present::Other if !self.run.options.replace => return Err(present::other_file(&places.to)),
            Present::Other | Present::Nothing => {}
        }
        match self.bring(&known, places).await? {
            Some(computed) => self.settle(&known, computed, places).await.map(End::Fetched),
            None => Ok(End::Interrupted),
        }
    }

    /// What S3, this machine and the catalog know of the object.
    async fn look(self) -> Result<Known> {
        let head = self.run.bucket.head_version(&self.item.key, self.item.version.as_deref());
        let object = head.await?.ok_or_else(|| self.gone())?;
        let proof = self.proof(&object).await?;
        Ok(Known { object, proof, published: self.item.published })
    }

    /// The digest in the proof on this machine, where it speaks of this place and of the dump that the object says it is of.
    async fn proof(self, object: &Object) -> Result<Option<Sha256Digest>> {
        if self.item.version.is_some() {
            return Ok(None);
        }
        // Where files lie says nothing about proofs. A key that no archive has may be no path at all.
        let Ok(key) = super::place(Path::new(""), &object.key) else { return Ok(None) };
        let state_dir = self.run.options.state_dir.clone();
        let find = move || Shelf::new(Path::new(""), &state_dir, &key.to_string_lossy()).recorded();
        let proof = spawn_blocking(find).await.map_err(lost)?;
        let (uri, dump) = (self.uri(), object.dump.as_ref());
        let proof = proof.filter(|proof| proof.place == uri && dump.is_none_or(|dump| *dump == proof.dump));
        Ok(proof.map(|proof| proof.sha256))
    }

    /// All bytes, written and hashed; `None` where it was stopped.
    async fn bring(self, known: &Known, places: &Places) -> Result<Option<Computed>> {
        let object = &known.object;
        let pinned = Pinned::of(&self.run.bucket, object, self.item.version.as_deref());
        let (at, replace, of) = (places.clone(), self.run.options.replace, pinned.clone());
        let begun = spawn_blocking(move || at.begin(&of, replace)).await.map_err(lost)??;
        let from = begun.digests.bytes();
        self.check_room(places, object.size - from.min(object.size)).await?;
        self.run.tally.begin(self.number, object.size, from);
        self.run.tell(self.number, What::Started { size: object.size, from }).await;
        let (stretches, queue) = mpsc::unbounded_channel();
        let writer = self.writer(begun, places, pinned, object.size);
        let writing = spawn_blocking(move || writer.run(queue));
        let ranges =
            Ranges { run: self.run, number: self.number, object, version: self.item.version.as_deref() };
        let brought = self.run.cancel.run_until_cancelled(ranges.bring(from, stretches)).await;
        // The writer ends when nothing more can come; its own trouble explains all others.
        let digests: Digests = writing.await.map_err(lost)??;
        match brought {
            None => Ok(None),
            Some(Err(error)) => Err(error),
            Some(Ok(())) => Ok(Some(digests.finish())),
        }
    }

    fn writer(self, begun: Begun, places: &Places, object: Pinned, size: u64) -> Writer {
        Writer {
            durable: begun.digests.bytes(),
            file: begun.file,
            digests: begun.digests,
            places: places.clone(),
            object,
            size,
            reserve: self.run.options.reserve,
        }
    }

    /// An error before the first byte where the disk is known to be too small.
    async fn check_room(self, places: &Places, needed: u64) -> Result<()> {
        let Some(folder) = places.to.parent() else { return Ok(()) };
        match free_space(folder).await {
            Some(free) if needed > 0 && free < needed.saturating_add(self.run.options.reserve) => {
                Err(trouble::too_small(&places.to, needed, free))
            }
            _ => Ok(()),
        }
    }

    /// Compares what came, and puts it in its place where all is equal.
    async fn settle(self, known: &Known, computed: Computed, places: &Places) -> Result<Fetched> {
        let part = places.part.clone();
        let md5 = if known.needs_md5() {
            Some(spawn_blocking(move || compare::md5_of(&part)).await.map_err(lost)??)
        } else {
            None
        };
        let checks = known.compare(computed, md5.as_deref());
        if let Some(check) = checks.iter().find(|check| !check.equal) {
            return Err(compare::wrong(&self.uri(), check));
        }
        let (from, modified, replace) = (places.clone(), known.object.modified, self.run.options.replace);
        spawn_blocking(move || put_in_place(&from, modified, replace)).await.map_err(lost)??;
        Ok(self.fetched(known, computed, checks, places))
    }

    fn fetched(self, known: &Known, computed: Computed, checks: Vec<Check>, places: &Places) -> Fetched {
        Fetched {
            key: self.item.key.clone(),
            to: places.to.clone(),
            size: known.object.size,
            sha256: computed.sha256,
            crc64nvme: hex(computed.crc64nvme),
            gaps: known.gaps(&checks),
            checks,
        }
    }

    fn uri(self) -> String {
        self.run.bucket.uri(&self.item.key)
    }

    fn gone(self) -> Error {
        let what = Operation::GetObject.sentence(&harmless(&self.uri()));
        Error::new(Kind::NotFound, what).because(say!("fetch-missing")).hint(say!("fetch-missing-hint"))
    }
}

/// Gives the file its name, and the object's date. Blocks.
fn put_in_place(places: &Places, modified: Option<i64>, replace: bool) -> Result<()> {
    let io = |error| trouble::disk(&places.to, error);
    // It may have come to be while the bytes came.
    if !replace && places.to.symlink_metadata().is_ok() {
        return Err(present::other_file(&places.to));
    }
    if let Some(date) = modified.and_then(|seconds| u64::try_from(seconds).ok()) {
        let file = std::fs::File::options().write(true).open(&places.part).map_err(io)?;
        // A file system that keeps no dates has the file nevertheless.
        let _dated = file.set_modified(UNIX_EPOCH + Duration::from_secs(date));
    }
    std::fs::rename(&places.part, &places.to).map_err(io)?;
    #[cfg(unix)]
    if let Some(folder) = places.to.parent() {
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(io)?;
    }
    places.forget_journal()
}
