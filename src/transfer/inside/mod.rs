//! A look inside an archive that stands in the bucket: its first members and their first lines, read as a stream that ends as soon as enough was seen.
//!
//! Here lives what whoever asks must know: what to look for, the handle, what is seen. `source` reads the object and stops at a bounded number of bytes, `stream`
//! hands them to the one blocking thread, `packing` undoes the compression in bounded memory, `unpack` walks through the members, `text` makes lines of bytes.

mod packing;
mod seen;
mod source;
mod stream;
mod text;
mod unpack;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio_util::sync::CancellationToken;

pub use packing::Packing;
pub use seen::{Ended, Kind, Member, Seen};

use super::trouble::lost;
use crate::bucket::Bucket;
use source::Source;

/// What is seen and waits for whoever watches.
const SEEN: usize = 256;
/// Pieces of the object that wait to be unpacked.
const PIECES: usize = 16;

/// What to look into, and for how long.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Where it stands.
    pub bucket: Bucket,
    /// Its key.
    pub key: String,
    /// A version of it; `None` is the newest.
    pub version: Option<String>,
    /// How many members are shown.
    pub members: usize,
    /// Lines of each member, or of the one that is named; 0 is none.
    pub lines: usize,
    /// Only the lines of this member; all that come before it are named.
    pub member: Option<String>,
    /// Bytes of a line that are shown.
    pub line_bytes: usize,
    /// Bytes that are read from the store at most.
    pub most_read: u64,
    /// Bytes that are unpacked at most: a small archive may hold a very large file.
    pub most_unpacked: u64,
    /// How long the store may be silent in the middle of an answer.
    pub stall: Duration,
    /// How long a store that does not answer at all is waited for.
    pub outage: Duration,
}

impl Wanted {
    /// The first 10 members and 5 lines of each, within 32 MiB of the object.
    #[must_use]
    pub fn new(bucket: &Bucket, key: impl Into<String>) -> Self {
        Self {
            bucket: bucket.clone(),
            key: key.into(),
            version: None,
            members: 10,
            lines: 5,
            member: None,
            line_bytes: 4 << 10,
            most_read: 32 << 20,
            most_unpacked: 256 << 20,
            stall: Duration::from_secs(30),
            outage: Duration::from_mins(1),
        }
    }
}

/// A look under way. Dropping it stops the reading.
#[derive(Debug)]
pub struct Looking {
    /// What is seen, in order; the last one is [`Seen::Ended`] or [`Seen::Failed`].
    pub seen: mpsc::Receiver<Seen>,
    cancel: CancellationToken,
    read: Arc<AtomicU64>,
    /// Held, not asked: what it comes to is seen.
    _engine: JoinHandle<()>,
}

impl Looking {
    /// Bytes that were read from the store so far.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read.load(Relaxed)
    }

    /// Stops it; whatever was seen so far stays seen.
    pub fn stop(&self) {
        self.cancel.cancel();
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

/// Begins to look.
#[must_use]
pub fn start(wanted: Wanted) -> Looking {
    let (seen, receiver) = mpsc::channel(SEEN);
    let (cancel, read) = (CancellationToken::new(), Arc::new(AtomicU64::new(0)));
    let engine = tokio::spawn(look(wanted, seen, cancel.clone(), Arc::clone(&read)));
    Looking { seen: receiver, cancel, read, _engine: engine }
}

/// Reads and unpacks until enough was seen, then says how it ended.
async fn look(wanted: Wanted, seen: mpsc::Sender<Seen>, cancel: CancellationToken, read: Arc<AtomicU64>) {
    let wanted = Arc::new(wanted);
    let (pieces, queue) = mpsc::channel(PIECES);
    let (asked, told, counted) = (Arc::clone(&wanted), seen.clone(), Arc::clone(&read));
    let unpacking = spawn_blocking(move || unpack::unpack(&asked, queue, &told, &counted));
    let source = Source { wanted: &wanted, read: &read, pieces };
    // Where it is stopped, the thread finds that nothing more comes.
    let _stopped = cancel.run_until_cancelled(source.bring()).await;
    let last = match unpacking.await.map_err(lost).flatten() {
        Ok(ended) => Seen::Ended(ended),
        Err(error) => Seen::Failed { why: Arc::new(error) },
    };
    let _nobody_listens = seen.send(last).await;
}
