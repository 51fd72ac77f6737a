//! Bytes that are fetched, in atomics: sampled when a frame is drawn.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};

use serde::Serialize;

/// Where one object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum State {
    /// Not begun.
    #[default]
    Queued = 0,
    /// Bytes move, or what is here is looked at.
    Running = 1,
    /// In its place and compared.
    Fetched = 2,
    /// Nothing had to be done.
    Skipped = 3,
    /// Failed for good.
    Failed = 4,
    /// Stopped; can be resumed.
    Interrupted = 5,
}

impl State {
    const ALL: [Self; 6] =
        [Self::Queued, Self::Running, Self::Fetched, Self::Skipped, Self::Failed, Self::Interrupted];

    /// Whether nothing more happens to it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

/// One object at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sample {
    /// Bytes of the object.
    pub size: u64,
    /// Bytes of it that are here, or have come in this moment.
    pub here: u64,
    /// Where it stands.
    pub state: State,
}

#[derive(Debug, Default)]
struct Counter {
    size: AtomicU64,
    here: AtomicU64,
    state: AtomicU8,
}

/// The counters of a run.
#[derive(Debug, Default)]
pub struct Tally {
    items: Vec<Counter>,
    moved: AtomicU64,
}

impl Tally {
    /// Counters for objects of these sizes, as far as they are known.
    pub(super) fn new(sizes: impl Iterator<Item = u64>) -> Self {
        let counter = |size: u64| Counter { size: AtomicU64::new(size), ..Counter::default() };
        Self { items: sizes.map(counter).collect(), moved: AtomicU64::new(0) }
    }

    /// One object now; one that is not of the run is nothing.
    #[must_use]
    pub fn sample(&self, item: usize) -> Sample {
        let Some(counter) = self.items.get(item) else { return Sample::default() };
        let size = counter.size.load(Relaxed);
        let state = State::ALL.get(usize::from(counter.state.load(Relaxed))).copied().unwrap_or_default();
        Sample { size, here: counter.here.load(Relaxed).min(size), state }
    }

    /// All objects, in the order of the items.
    pub fn samples(&self) -> impl Iterator<Item = Sample> {
        (0..self.items.len()).map(|item| self.sample(item))
    }

    /// Bytes of all objects, as far as their sizes are known.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.samples().map(|sample| sample.size).sum()
    }

    /// Bytes of all objects that are here.
    #[must_use]
    pub fn here(&self) -> u64 {
        self.samples().map(|sample| sample.here).sum()
    }

    /// Bytes that came from the store, what came twice included: what a rate is made of.
    #[must_use]
    pub fn moved(&self) -> u64 {
        self.moved.load(Relaxed)
    }

    pub(super) fn set_state(&self, item: usize, state: State) {
        let Some(counter) = self.items.get(item) else { return };
        counter.state.store(state as u8, Relaxed);
        if matches!(state, State::Fetched | State::Skipped) {
            counter.here.store(counter.size.load(Relaxed), Relaxed);
        }
    }

    /// The object has `size` bytes, `here` of which are on the disk.
    pub(super) fn begin(&self, item: usize, size: u64, here: u64) {
        let Some(counter) = self.items.get(item) else { return };
        counter.size.store(size, Relaxed);
        counter.here.store(here, Relaxed);
    }

    /// So many more bytes came.
    pub(super) fn add(&self, item: usize, bytes: u64) {
        self.moved.fetch_add(bytes, Relaxed);
        if let Some(counter) = self.items.get(item) {
            counter.here.fetch_add(bytes, Relaxed);
        }
    }
}
