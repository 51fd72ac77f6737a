//! What makes progress last: the data first, then the journal that speaks of it.
//!
//! In a thread of its own, so that neither digests nor sockets wait for a disk. It takes the newest that it is told of;
//! how long a disk needs decides how often that is.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

use super::digest::SavedDigests;
use super::ledger::Ledger;
use super::{disk, trouble};
use crate::error::Result;

/// The least time between two checkpoints.
const PAUSE: Duration = Duration::from_millis(250);
/// Archives from this size on do not stay in the system's cache.
const LARGE: u64 = 1 << 30;

/// The file that is being written, where there is one.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) file: Arc<File>,
    pub(super) path: PathBuf,
    /// Bytes of the whole archive.
    pub(super) size: u64,
    /// Bytes of the disk that stay free for others.
    pub(super) reserve: u64,
    /// Bytes from the first on that nobody will read from the file.
    pub(super) done_with: Arc<AtomicU64>,
}

/// The teller's end.
#[derive(Debug)]
pub(super) struct Checkpoints {
    borders: Option<mpsc::Sender<SavedDigests>>,
    keeper: JoinHandle<Result<()>>,
}

/// Tells borders from another thread; the keeper ends when all tellers are gone.
#[derive(Debug, Clone)]
pub(super) struct Teller(mpsc::Sender<SavedDigests>);

impl Teller {
    /// Everything up to the last byte of `digests` was written (or acknowledged). `false` where the keeper has ended; it says why.
    pub(super) fn reached(&self, digests: SavedDigests) -> bool {
        self.0.send(digests).is_ok()
    }
}

impl Checkpoints {
    /// Begins to keep the journal behind what is durable in `written`, or behind what it is told, where there is no file.
    pub(super) fn begin(ledger: Arc<Ledger>, written: Option<Written>) -> Self {
        let (borders, queue) = mpsc::channel();
        let keeper = Keeper { ledger, written, forgotten: 0 };
        let keeper = tokio::task::spawn_blocking(move || keeper.run(&queue));
        Self { borders: Some(borders), keeper }
    }

    /// For whoever reaches borders. After [`Self::end`] was called there is nothing to tell.
    pub(super) fn teller(&self) -> Option<Teller> {
        self.borders.clone().map(Teller)
    }

    /// Waits until the last border is durable.
    pub(super) async fn end(mut self) -> Result<()> {
        self.borders = None;
        self.keeper.await.map_err(super::trouble::lost)?
    }
}

struct Keeper {
    ledger: Arc<Ledger>,
    written: Option<Written>,
    /// Bytes from the first on that the system was told to forget.
    forgotten: u64,
}

impl Keeper {
    fn run(mut self, queue: &mpsc::Receiver<SavedDigests>) -> Result<()> {
        let mut next = queue.recv().ok().map(Marks::of);
        while let Some(marks) = next {
            self.keep(marks)?;
            next = newest(queue);
        }
        Ok(())
    }

    fn keep(&mut self, marks: Marks) -> Result<()> {
        let bytes = marks.bytes();
        if let Some(written) = &self.written {
            written.file.sync_data().map_err(|error| trouble::disk(&written.path, error))?;
        }
        let Marks { border, head } = marks;
        self.ledger.change(|journal| {
            journal.digests = border.or(journal.digests.take());
            journal.head = head;
        })?;
        self.forget_cached(bytes);
        self.check_space(bytes)
    }

    fn forget_cached(&mut self, durable: u64) {
        let Some(written) = self.written.as_ref().filter(|written| written.size >= LARGE) else { return };
        let end = durable.min(written.done_with.load(Relaxed));
        disk::forget_cached(&written.file, &(self.forgotten..end));
        self.forgotten = self.forgotten.max(end);
    }

    /// An error before the disk is full, where what is still to come does not fit.
    fn check_space(&self, durable: u64) -> Result<()> {
        let Some(written) = &self.written else { return Ok(()) };
        let left = written.size.saturating_sub(durable);
        match written.path.parent().and_then(|folder| fs4::available_space(folder).ok()) {
            Some(free) if left > 0 && free < written.reserve => {
                Err(trouble::too_small(&written.path, left, free))
            }
            _ => Ok(()),
        }
    }
}

/// The newest that was told: the end of a part, and where it went on behind that.
#[derive(Debug, Default)]
struct Marks {
    border: Option<SavedDigests>,
    head: Option<SavedDigests>,
}

impl Marks {
    fn of(first: SavedDigests) -> Self {
        let mut marks = Self::default();
        marks.take(first);
        marks
    }

    /// What comes later is further on.
    fn take(&mut self, digests: SavedDigests) {
        if digests.is_border() {
            (self.border, self.head) = (Some(digests), None);
        } else {
            self.head = Some(digests);
        }
    }

    fn bytes(&self) -> u64 {
        self.head.iter().chain(&self.border).map(|digests| digests.bytes).max().unwrap_or(0)
    }
}

/// The newest marks after a pause; the first one after that, where none came meanwhile; `None` where none will come.
fn newest(queue: &mpsc::Receiver<SavedDigests>) -> Option<Marks> {
    let until = Instant::now() + PAUSE;
    let mut marks: Option<Marks> = None;
    loop {
        match queue.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(digests) => marks.get_or_insert_default().take(digests),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                return marks.or_else(|| queue.recv().ok().map(Marks::of));
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => return marks,
        }
    }
}
