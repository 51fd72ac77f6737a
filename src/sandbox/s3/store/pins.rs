//! Body files that somebody reads: one that is deleted meanwhile stays on the disk until the last reader is done.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Piece;

/// All pins of a store.
#[derive(Clone, Default)]
pub(super) struct Pins {
    table: Arc<Mutex<Table>>,
}

/// Who reads what, and what goes afterwards.
#[derive(Default)]
pub(super) struct Table {
    readers: HashMap<String, usize>,
    doomed: HashSet<String>,
}

impl Pins {
    /// Between this and the end of the guard no body file is removed: what a state that is read meanwhile names can be pinned.
    pub(super) fn hold(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes the body files `unneeded` from `blobs`, each of them as soon as nobody reads it. Blocks.
    pub(super) fn remove(&self, blobs: &Path, unneeded: Vec<String>) {
        let mut table = self.hold();
        for id in unneeded {
            if table.readers.contains_key(&id) {
                table.doomed.insert(id);
            } else {
                unlink(&blobs.join(id));
            }
        }
    }

    /// Pins the body files of `pieces`, in a table that is [held](Self::hold) since before they were looked up.
    pub(super) fn pin(&self, table: &mut Table, blobs: PathBuf, pieces: &[Piece]) -> Pinned {
        let ids: Vec<String> = pieces.iter().map(|piece| piece.blob.clone()).collect();
        for id in &ids {
            *table.readers.entry(id.clone()).or_default() += 1;
        }
        Pinned { pins: self.clone(), blobs, ids }
    }
}

/// As long as this lives, the body files of one content stay.
pub(crate) struct Pinned {
    pins: Pins,
    blobs: PathBuf,
    ids: Vec<String>,
}

impl Drop for Pinned {
    fn drop(&mut self) {
        let mut table = self.pins.hold();
        for id in &self.ids {
            let Some(readers) = table.readers.get_mut(id) else { continue };
            *readers -= 1;
            if *readers > 0 {
                continue;
            }
            table.readers.remove(id);
            if table.doomed.remove(id) {
                unlink(&self.blobs.join(id));
            }
        }
    }
}

/// What cannot be removed now is swept at the next start.
fn unlink(path: &Path) {
    if let Err(error) = std::fs::remove_file(path) {
        tracing::warn!(%error, path = %path.display(), "an unneeded body file could not be removed");
    }
}
