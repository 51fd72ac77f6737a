//! A file on the disk as a source: read in order, a part at a time, into buffers that are used again.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;

use crate::error::Result;
use crate::transfer::assemble::Assembler;
use crate::transfer::budget::Memory;
use crate::transfer::digest::Digests;
use crate::transfer::job::Job;
use crate::transfer::part::{Piece, length};
use crate::transfer::parts::cuts;
use crate::transfer::{disk, trouble};

/// Archives from this size on do not stay in the system's cache.
const LARGE: u64 = 1 << 30;
/// Buffers that are kept for the next part.
const SPARE: usize = 8;

/// A file from which parts are read; it may still grow, and may be renamed meanwhile.
#[derive(Debug, Clone)]
pub(in crate::transfer) struct Readable {
    file: Arc<File>,
    path: PathBuf,
    spare: Arc<Mutex<Vec<BytesMut>>>,
}

impl Readable {
    /// Takes the open `file`, which lay at `path`.
    pub(in crate::transfer) fn new(file: Arc<File>, path: PathBuf) -> Self {
        Self { file, path, spare: Arc::default() }
    }

    /// Opens the file at `path`. Blocks.
    pub(in crate::transfer) fn open(path: PathBuf) -> Result<Self> {
        let file = File::open(&path).map_err(|error| trouble::disk(&path, error))?;
        Ok(Self::new(Arc::new(file), path))
    }

    /// Reads the bytes of `range`. Blocks.
    pub(in crate::transfer) fn read(&self, range: &std::ops::Range<u64>) -> Result<Bytes> {
        let mut buffer = self.spare().pop().unwrap_or_default();
        buffer.resize(usize::try_from(length(range)).unwrap_or(usize::MAX), 0);
        disk::read_at(&self.file, &mut buffer, range.start)
            .map_err(|error| trouble::disk(&self.path, error))?;
        Ok(buffer.freeze())
    }

    /// Takes back what [`Self::read`] gave, if nobody else has it any more.
    pub(in crate::transfer) fn give_back(&self, bytes: Bytes) {
        let mut spare = self.spare();
        if let (Ok(buffer), true) = (bytes.try_into_mut(), spare.len() < SPARE) {
            spare.push(buffer);
        }
    }

    /// Says that nobody will read `range` of a file of `size` bytes again.
    pub(in crate::transfer) fn done_with(&self, range: &std::ops::Range<u64>, size: u64) {
        if size >= LARGE {
            disk::forget_cached(&self.file, range);
        }
    }

    fn spare(&self) -> std::sync::MutexGuard<'_, Vec<BytesMut>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hands the parts of `readable` to `assembler`, in order. Ends early when `halt` is cancelled.
pub(in crate::transfer) async fn stream(
    job: &Job,
    readable: Readable,
    part_size: u64,
    assembler: Assembler,
    halt: &CancellationToken,
) -> Result<Digests> {
    let (job, halt, runtime) = (job.clone(), halt.clone(), Handle::current());
    let reading = move || read_all(&job, &readable, part_size, assembler, &halt, &runtime);
    tokio::task::spawn_blocking(reading).await.map_err(trouble::lost)?
}

fn read_all(
    job: &Job,
    readable: &Readable,
    part_size: u64,
    mut assembler: Assembler,
    halt: &CancellationToken,
    runtime: &Handle,
) -> Result<Digests> {
    for cut in cuts(job.archive.size, part_size) {
        if cut.range.start < assembler.position() {
            continue;
        }
        let memory = runtime.block_on(halt.run_until_cancelled(leave(job, length(&cut.range))));
        let Some(memory) = memory else { return Err(trouble::interrupted()) };
        let bytes = readable.read(&cut.range)?;
        assembler.take(cut.range.start, Piece { bytes, memory: Some(memory) })?;
        readable.done_with(&cut.range, job.archive.size);
    }
    Ok(assembler.into_digests())
}

/// Waits until the next part may be read: not paused, and memory is there.
async fn leave(job: &Job, bytes: u64) -> Memory {
    job.orders.clone().go().await;
    job.budget.memory(bytes).await
}
