//! What all archives of a run share: memory for buffers, connections to the mirror, and parts in flight to the bucket.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Options;
use super::door::{Door, First, Inside};
use super::gate::Gate;
use super::source::file::Spare;

/// The unit in which memory is lent.
const MEBIBYTE: u64 = 1 << 20;

/// What may be used at once; clones share it.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    memory: Arc<Semaphore>,
    /// All of the memory, in MiB.
    mebibytes: u32,
    /// One part beyond the memory.
    aside: Arc<Semaphore>,
    /// Connections to the mirror.
    pub(super) connections: Connections,
    /// The archive that goes before all others.
    pub(super) first: First,
    /// Parts in flight to the bucket.
    pub(super) gate: Arc<Gate>,
    /// Buffers into which files are read.
    pub(super) spare: Spare,
}

/// Memory that is lent as long as this lives.
#[derive(Debug)]
pub(super) struct Memory {
    _permit: Option<OwnedSemaphorePermit>,
}

/// A connection to the mirror that may be used as long as this lives.
#[derive(Debug)]
pub(super) struct Connection {
    _inside: Inside,
}

/// How many connections to the mirror there may be at once, which can be changed, and those that there are; clones share it.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    most: Arc<AtomicUsize>,
    door: Door,
}

impl Connections {
    fn new(most: usize, first: First) -> Self {
        Self { most: Arc::new(AtomicUsize::new(most.max(1))), door: Door::new(first) }
    }

    /// How many there may be.
    pub(super) fn most(&self) -> usize {
        self.most.load(Relaxed)
    }

    /// How many are in use.
    pub(super) fn used(&self) -> usize {
        self.door.inside()
    }

    /// From now on there may be `most`; those that are too many end with what they bring.
    pub(super) fn allow(&self, most: usize) {
        self.most.store(most.max(1), Relaxed);
        self.door.changed();
    }

    /// Waits for one for line `line`.
    pub(super) async fn enter(&self, line: usize) -> Connection {
        Connection { _inside: self.door.enter(line, || self.most(), || ()).await }
    }
}

impl Budget {
    /// What `options` allow.
    pub(super) fn new(options: &Options) -> Self {
        let mebibytes = u32::try_from((options.memory / MEBIBYTE).max(1)).unwrap_or(u32::MAX >> 4);
        let first = First::default();
        Self {
            memory: Arc::new(Semaphore::new(mebibytes as usize)),
            mebibytes,
            aside: Arc::new(Semaphore::new(1)),
            connections: Connections::new(options.connections, first.clone()),
            gate: Arc::new(Gate::new(options.parts_at_once.max(1), first.clone())),
            first,
            spare: Spare::default(),
        }
    }

    /// Waits for the memory of a part of `bytes`. A part that is larger than all there is waits for all of it, not for ever.
    pub(super) async fn memory(&self, bytes: u64) -> Memory {
        let wanted = u32::try_from(bytes.div_ceil(MEBIBYTE)).unwrap_or(u32::MAX).clamp(1, self.mebibytes);
        // It is never closed.
        Memory { _permit: Arc::clone(&self.memory).acquire_many_owned(wanted).await.ok() }
    }

    /// Waits for the memory of a part of `bytes` that comes from a socket.
    pub(super) async fn memory_from_socket(&self, bytes: u64) -> Memory {
        // Two of them fit in any case, else S3 and the mirror would wait for each other.
        let half = u64::from(self.mebibytes) * MEBIBYTE / 2;
        self.memory(with_what_sockets_leave(bytes).min(half).max(bytes)).await
    }

    /// How many parts of `bytes` that come from a socket there is memory for.
    pub(super) fn parts_from_socket(&self, bytes: u64) -> u64 {
        u64::from(self.mebibytes) * MEBIBYTE / with_what_sockets_leave(bytes).max(1)
    }

    /// Waits for the memory of a part of `bytes` that is read from the file again. All memory may be lent to parts that wait behind
    /// this one, so one such part at a time goes on beyond it: else both would wait for ever.
    pub(super) async fn memory_from_file(&self, bytes: u64) -> Memory {
        tokio::select! {
            biased;
            memory = self.memory(bytes) => memory,
            permit = Arc::clone(&self.aside).acquire_owned() => Memory { _permit: permit.ok() },
        }
    }
}

/// What `bytes` from a socket really take: the pieces of a part are stretches of the buffers into which the HTTP client reads, and what
/// a read leaves of its buffer is not used by anybody (measured: in all up to 2.1 times the bytes, where they come slowly).
const fn with_what_sockets_leave(bytes: u64) -> u64 {
    bytes.saturating_add(bytes / 4 * 5)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn budget() -> Budget {
        Budget::new(&Options { memory: 32 << 20, ..Options::new("data".into(), "state".into()) })
    }

    #[tokio::test]
    async fn a_part_that_is_read_again_does_not_wait_for_those_that_wait_for_it() {
        let budget = budget();
        let _all = budget.memory(32 << 20).await;
        assert!(budget.memory(5 << 20).now_or_never().is_none());
        let first = budget.memory_from_file(5 << 20).now_or_never();
        assert!(first.is_some(), "it would wait for ever");
        assert!(budget.memory_from_file(5 << 20).now_or_never().is_none(), "one at a time");
        drop(first);
        assert!(budget.memory_from_file(5 << 20).now_or_never().is_some());
    }

    #[tokio::test]
    async fn of_the_largest_parts_two_come_from_sockets_at_once() {
        let budget = Budget::new(&Options::new("data".into(), "state".into()));
        let part = crate::transfer::part_size(300_000_000_000, crate::transfer::USUAL_PART);
        let lent: Vec<Memory> =
            std::iter::from_fn(|| budget.memory_from_socket(part).now_or_never()).take(10).collect();
        assert_eq!(lent.len(), 2);
    }

    #[tokio::test]
    async fn parts_of_the_largest_archives_in_flight_stay_within_the_memory() {
        for size in [300_000_000_000, 300 << 30] {
            let part = crate::transfer::part_size(size, crate::transfer::USUAL_PART);
            let options = Options::new("data".into(), "state".into());
            let budget = Budget::new(&options);
            let lent: Vec<Memory> =
                std::iter::from_fn(|| budget.memory(part).now_or_never()).take(10_000).collect();
            let bytes = part * lent.len() as u64;
            assert!((2..=4).contains(&lent.len()) && bytes <= options.memory, "{} of {part}", lent.len());
        }
    }
}
