//! The thread that writes what comes and hashes it, in order, and makes progress last: the data first, then the journal that speaks of it.

use std::fs::File;
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::{Instant, timeout_at};

use super::journal::{Pinned, Places};
use crate::error::Result;
use crate::transfer::digest::Digests;
use crate::transfer::{disk, trouble};

/// The least time between two checkpoints.
const PAUSE: Duration = Duration::from_millis(250);
/// Objects from this size on do not stay in the system's cache.
const LARGE: u64 = 1 << 30;
/// Pieces that are taken at once.
const PIECES: usize = 64;

/// One range, in order.
#[derive(Debug)]
pub(super) struct Stretch {
    /// Where its first byte lies in the object.
    pub(super) start: u64,
    /// Its bytes as they come; they end early where the request was given up.
    pub(super) pieces: mpsc::UnboundedReceiver<Bytes>,
    /// Held as long as its bytes are in memory.
    pub(super) memory: Option<OwnedSemaphorePermit>,
}

/// What the thread works on.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) file: File,
    pub(super) digests: Digests,
    pub(super) places: Places,
    pub(super) object: Pinned,
    /// Bytes of the object.
    pub(super) size: u64,
    /// Bytes of the disk that stay free for others.
    pub(super) reserve: u64,
    /// Bytes from the first on that are durable, and that the journal speaks of.
    pub(super) durable: u64,
}

impl Writer {
    /// Takes all stretches; gives the digests of as much as came in order. Blocks: runs on a thread of the runtime for that.
    pub(super) fn run(mut self, mut stretches: mpsc::UnboundedReceiver<Stretch>) -> Result<Digests> {
        let runtime = Handle::current();
        let mut due = Instant::now() + PAUSE;
        let mut pieces = Vec::with_capacity(PIECES);
        while let Some(mut stretch) = stretches.blocking_recv() {
            // One that was given up leaves a gap: what lies behind it comes again.
            let in_order = stretch.start == self.digests.bytes();
            // A connection that stalls keeps nothing that came before it from being made durable.
            while runtime.block_on(came(&mut stretch.pieces, &mut pieces, due)) {
                for piece in pieces.drain(..).filter(|_| in_order) {
                    self.take(&piece)?;
                }
                if Instant::now() >= due {
                    self.checkpoint()?;
                    due = Instant::now() + PAUSE;
                }
            }
            drop(stretch.memory);
        }
        self.checkpoint()?;
        Ok(self.digests)
    }

    fn take(&mut self, piece: &[u8]) -> Result<()> {
        disk::write_at(&self.file, piece, self.digests.bytes())
            .map_err(|error| trouble::disk(&self.places.part, error))?;
        self.digests.update(piece);
        Ok(())
    }

    fn checkpoint(&mut self) -> Result<()> {
        let reached = self.digests.bytes();
        if reached == self.durable {
            return Ok(());
        }
        self.file.sync_data().map_err(|error| trouble::disk(&self.places.part, error))?;
        self.places.keep(&self.object, &self.digests)?;
        if self.size >= LARGE {
            disk::forget_cached(&self.file, &(self.durable..reached));
        }
        self.durable = reached;
        self.check_space()
    }

    /// An error before the disk is full, where what is still to come does not fit.
    fn check_space(&self) -> Result<()> {
        let left = self.size.saturating_sub(self.durable);
        match self.places.part.parent().and_then(|folder| fs4::available_space(folder).ok()) {
            Some(free) if left > 0 && free < self.reserve => {
                Err(trouble::too_small(&self.places.part, left, free))
            }
            _ => Ok(()),
        }
    }
}

/// Waits for pieces until `due`; false when the stretch is at its end.
async fn came(from: &mut mpsc::UnboundedReceiver<Bytes>, pieces: &mut Vec<Bytes>, due: Instant) -> bool {
    timeout_at(due, from.recv_many(pieces, PIECES)).await != Ok(0)
}
