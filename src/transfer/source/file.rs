//! A file on the disk as a source: read in order, a part at a time, into buffers that are used again.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
/// What a part of a file takes besides its bytes, roughly: its request, and pages that the allocator rounds up to.
const BESIDES: u64 = 1 << 20;

/// Buffers that were used and can be used again, so that the system need not clear pages for every part; shared by all archives. There
/// are never more than there were parts in memory at once.
#[derive(Debug, Clone, Default)]
pub(in crate::transfer) struct Spare(Arc<Mutex<Vec<BytesMut>>>);

impl Spare {
    fn take(&self, length: usize) -> BytesMut {
        match self.buffers().pop() {
            Some(mut buffer) => {
                buffer.resize(length, 0);
                buffer
            }
            None => BytesMut::zeroed(length),
        }
    }

    fn put(&self, buffer: BytesMut) {
        self.buffers().push(buffer);
    }

    /// A panic while it was held cannot have left it half changed.
    fn buffers(&self) -> MutexGuard<'_, Vec<BytesMut>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file from which parts are read; it may still grow, and may be renamed meanwhile.
#[derive(Debug, Clone)]
pub(in crate::transfer) struct Readable {
    file: Arc<File>,
    path: PathBuf,
    spare: Spare,
}

impl Readable {
    /// Takes the open `file`, which lay at `path`, and buffers from `spare`.
    pub(in crate::transfer) const fn new(file: Arc<File>, path: PathBuf, spare: Spare) -> Self {
        Self { file, path, spare }
    }

    /// Opens the file at `path`. Blocks.
    pub(in crate::transfer) fn open(path: PathBuf, spare: Spare) -> Result<Self> {
        let file = File::open(&path).map_err(|error| trouble::disk(&path, error))?;
        Ok(Self::new(Arc::new(file), path, spare))
    }

    /// Reads the bytes of `range`. Blocks.
    pub(in crate::transfer) fn read(&self, range: &std::ops::Range<u64>) -> Result<Bytes> {
        let mut buffer = self.spare.take(usize::try_from(length(range)).unwrap_or(usize::MAX));
        disk::read_at(&self.file, &mut buffer, range.start)
            .map_err(|error| trouble::disk(&self.path, error))?;
        Ok(buffer.freeze())
    }

    /// Takes back what [`Self::read`] gave, if nobody else has it any more.
    pub(in crate::transfer) fn give_back(&self, bytes: Bytes) {
        if let Ok(buffer) = bytes.try_into_mut() {
            self.spare.put(buffer);
        }
    }

    /// Says that nobody will read `range` of a file of `size` bytes again.
    pub(in crate::transfer) fn done_with(&self, range: &std::ops::Range<u64>, size: u64) {
        if size >= LARGE {
            disk::forget_cached(&self.file, range);
        }
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
    job.budget.memory(bytes + BESIDES).await
}
