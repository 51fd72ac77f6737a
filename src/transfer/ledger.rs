//! The journal of the archive that is being worked on, shared by both legs; every change is on the disk when the call returns.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::digest::Digests;
use super::journal::{Journal, Upload};
use super::trouble;
use crate::error::Result;

/// The open journal of one archive.
#[derive(Debug)]
pub(super) struct Ledger {
    path: PathBuf,
    journal: Mutex<Journal>,
}

impl Ledger {
    /// Takes `journal`, which lies or will lie at `path`.
    pub(super) fn new(path: PathBuf, journal: Journal) -> Self {
        Self { path, journal: Mutex::new(journal) }
    }

    /// The running digests at the last durable byte, where they can be taken up.
    pub(super) fn digests(&self) -> Option<Digests> {
        self.lock().digests.as_ref().and_then(Digests::restore)
    }

    /// Bytes of every part but the last.
    pub(super) fn part_size(&self) -> u64 {
        self.lock().part_size
    }

    /// The running digests in the middle of a part, where the unfinished file is known to go as far.
    pub(super) fn head(&self) -> Option<Digests> {
        self.lock().head.as_ref().and_then(Digests::restore)
    }

    /// The unfinished upload to the bucket at `address`.
    pub(super) fn upload(&self, address: &str) -> Option<Upload> {
        self.lock().uploads.get(address).cloned()
    }

    /// Unfinished uploads, to whichever bucket.
    pub(super) fn upload_count(&self) -> usize {
        self.lock().uploads.len()
    }

    /// Changes the journal and writes it. Blocks: call it off the runtime.
    pub(super) fn change(&self, change: impl FnOnce(&mut Journal)) -> Result<()> {
        let mut journal = self.lock();
        change(&mut journal);
        journal.write(&self.path).map_err(|error| trouble::disk(&self.path, error))
    }

    /// A panic while it was held cannot have left it half changed: a change is one assignment.
    fn lock(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
