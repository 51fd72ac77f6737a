//! Where downloaded bytes go: one thread that writes an archive's bytes in order, hashes them, and keeps the journal behind what is durable.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::digest::Digests;
use super::job::Job;
use super::ledger::Ledger;
use super::tap::Tap;
use super::{Progress, trouble};
use crate::error::{Error, Kind, Result};

/// How much work a crash may cost; each checkpoint waits for the disk.
const CHECKPOINT: Duration = Duration::from_millis(300);
/// Pieces that may wait for the disk; a piece is what came from the socket at once.
const QUEUE: usize = 64;

/// The sender's end. Dropping it ends the thread, after a last checkpoint.
#[derive(Debug)]
pub(super) struct Sink {
    pieces: mpsc::Sender<Bytes>,
    writer: JoinHandle<Result<Digests>>,
    position: u64,
}

impl Sink {
    /// Opens the unfinished file where the journal says that it can be trusted, and begins to write behind it.
    pub(super) async fn open(job: &Job, ledger: Arc<Ledger>, tap: Arc<Tap>) -> Result<Self> {
        let (path, progress, line) = (job.shelf.part.clone(), Arc::clone(&job.progress), job.line);
        let writer = move || Writer::open(path, ledger, tap, progress, line);
        let writer = tokio::task::spawn_blocking(writer).await.map_err(lost)??;
        let position = writer.digests.bytes();
        let (pieces, queue) = mpsc::channel(QUEUE);
        let writer = tokio::task::spawn_blocking(move || writer.run(queue));
        Ok(Self { pieces, writer, position })
    }

    /// The first byte that is still wanted.
    pub(super) const fn position(&self) -> u64 {
        self.position
    }

    /// Hands the next bytes over; waits while the disk is slower than the network. `false` where the writer has ended: then
    /// [`Self::close`] says why.
    pub(super) async fn write(&mut self, bytes: Bytes) -> bool {
        let length = bytes.len() as u64;
        let taken = self.pieces.send(bytes).await.is_ok();
        self.position += if taken { length } else { 0 };
        taken
    }

    /// Waits until all is written and durable; gives the digests of all bytes so far.
    pub(super) async fn close(self) -> Result<Digests> {
        drop(self.pieces);
        self.writer.await.map_err(lost)?
    }
}

/// A thread that panicked: a fault of the program, not of the user.
pub(super) fn lost(error: tokio::task::JoinError) -> Error {
    Error::new(Kind::Fatal, crate::say!("transfer-broken")).because(&error).caused_by(error)
}

struct Writer {
    file: File,
    path: PathBuf,
    digests: Digests,
    ledger: Arc<Ledger>,
    tap: Arc<Tap>,
    progress: Arc<Progress>,
    line: usize,
    saved_at: Instant,
}

impl Writer {
    fn open(
        path: PathBuf,
        ledger: Arc<Ledger>,
        tap: Arc<Tap>,
        progress: Arc<Progress>,
        line: usize,
    ) -> Result<Self> {
        let io = |error| trouble::disk(&path, error);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(io)?;
        }
        let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(io)?;
        let written = file.metadata().map_err(io)?.len();
        let digests = ledger.digests().filter(|digests| digests.bytes() <= written).unwrap_or_default();
        file.set_len(digests.bytes()).map_err(io)?;
        file.seek(SeekFrom::End(0)).map_err(io)?;
        let writer = Self { file, path, digests, ledger, tap, progress, line, saved_at: Instant::now() };
        writer.report();
        Ok(writer)
    }

    fn run(mut self, mut queue: mpsc::Receiver<Bytes>) -> Result<Digests> {
        let mut result = Ok(());
        while let Some(bytes) = queue.blocking_recv() {
            result = self.take(&bytes);
            if result.is_err() {
                break;
            }
        }
        // Whatever ended it, what is on the disk is worth keeping.
        result.and(self.checkpoint()).map(|()| self.digests)
    }

    fn take(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| trouble::disk(&self.path, error))?;
        self.digests.update(bytes);
        self.report();
        if self.saved_at.elapsed() >= CHECKPOINT { self.checkpoint() } else { Ok(()) }
    }

    fn report(&self) {
        let bytes = self.digests.bytes();
        self.tap.rise(bytes);
        self.progress.set_downloaded(self.line, bytes);
        self.progress.set_hashed(self.line, bytes);
    }

    /// The data first, then the journal that speaks of it.
    fn checkpoint(&mut self) -> Result<()> {
        self.file.sync_data().map_err(|error| trouble::disk(&self.path, error))?;
        self.ledger.change(|journal| journal.digests = Some(self.digests.save()))?;
        self.saved_at = Instant::now();
        Ok(())
    }
}
