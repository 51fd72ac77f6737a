//! Where everything of one archive lies on this machine: the file, its unfinished half, its journal, its lock and its local proof.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::digest::Computed;
use super::{Proof, record};
use crate::sha256::Sha256Digest;

/// The places of one archive. Its key in the bucket is its path under the data directory too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shelf {
    /// The finished file.
    pub(super) file: PathBuf,
    /// What is being downloaded; renamed when it is proven.
    pub(super) part: PathBuf,
    /// What a transfer needs to resume.
    pub(super) journal: PathBuf,
    /// Held by the process that works on the archive.
    pub(super) lock: PathBuf,
    /// The proof of the last time.
    pub(super) proof: PathBuf,
}

/// A proof and the file that it speaks of, so that a file that was touched since is not believed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Shelved {
    proof: Proof,
    file: Option<Stamp>,
}

/// What tells a file from one that was written later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    size: u64,
    modified_nanos: u128,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self { size: metadata.len(), modified_nanos: modified.as_nanos() })
    }
}

impl Shelf {
    /// The places of the archive at `key`, which the catalog has made sure is plain names only.
    pub(super) fn new(data_dir: &Path, state_dir: &Path, key: &str) -> Self {
        let file = data_dir.join(key);
        let beside = |folder: &str, ending: &str| state_dir.join(folder).join(format!("{key}{ending}"));
        Self {
            part: data_dir.join(format!("{key}.part")),
            journal: beside("journal", ".json"),
            lock: beside("lock", ".lock"),
            proof: beside("proof", ".json"),
            file,
        }
    }

    /// Size in bytes of the finished file, where there is one.
    pub(super) fn size(&self) -> Option<u64> {
        std::fs::metadata(&self.file).ok().filter(Metadata::is_file).map(|metadata| metadata.len())
    }

    /// The digest that the file was proven to have, if it has not been touched since.
    pub(super) fn proven(&self) -> Option<Sha256Digest> {
        let shelved: Shelved = record::read(&self.proof)?;
        let now = std::fs::metadata(&self.file).ok().and_then(|metadata| Stamp::of(&metadata))?;
        (shelved.file == Some(now)).then_some(shelved.proof.sha256)
    }

    /// What the file was proven to be, if it has not been touched since: its digests need not be computed again.
    pub(super) fn known(&self) -> Option<Computed> {
        let shelved: Shelved = record::read(&self.proof)?;
        let now = std::fs::metadata(&self.file).ok().and_then(|metadata| Stamp::of(&metadata))?;
        let crc64nvme = u64::from_str_radix(shelved.proof.crc64nvme.as_deref()?, 16).ok()?;
        (shelved.file == Some(now)).then_some(Computed { sha256: shelved.proof.sha256, crc64nvme })
    }

    /// The proof of the last time, whatever became of the file.
    pub(super) fn recorded(&self) -> Option<Proof> {
        record::read::<Shelved>(&self.proof).map(|shelved| shelved.proof)
    }

    /// Keeps `proof`, and what the file looks like now.
    pub(super) fn keep(&self, proof: &Proof) -> io::Result<()> {
        let file = std::fs::metadata(&self.file).ok().and_then(|metadata| Stamp::of(&metadata));
        record::write(&self.proof, &Shelved { proof: proof.clone(), file })
    }

    /// Forgets all that was begun: the unfinished file and the journal.
    pub(super) fn forget(&self) -> io::Result<()> {
        record::remove(&self.part)?;
        record::remove(&self.journal)
    }
}

/// Every proof on this machine. Blocks.
pub(super) fn proofs(state_dir: &Path) -> Vec<Proof> {
    let paths = super::begun::files(&state_dir.join("proof")).into_iter();
    paths.filter_map(|path| record::read::<Shelved>(&path)).map(|shelved| shelved.proof).collect()
}
