//! What a later run goes on by: which object the unfinished file is of, and how much of it is durable. All of it blocks.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::place;
use crate::bucket::{Bucket, Object};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::digest::{Digests, SavedDigests};
use crate::transfer::{record, trouble};
use crate::words::harmless;

/// What tells an object from one that is put at its key later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pinned {
    /// The bucket's address and the key.
    place: String,
    version: Option<String>,
    etag: Option<String>,
    size: u64,
    modified: Option<i64>,
}

impl Pinned {
    pub(super) fn of(bucket: &Bucket, object: &Object, version: Option<&str>) -> Self {
        Self {
            place: format!("{}/{}", bucket.address(), object.key),
            version: version.map(str::to_owned),
            etag: object.etag.clone(),
            size: object.size,
            modified: object.modified,
        }
    }
}

/// The journal as it lies on the disk.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Journal {
    object: Pinned,
    /// Whose unfinished file it speaks of, for people who look.
    file: PathBuf,
    /// The running digests of what is durable.
    digests: Option<SavedDigests>,
}

/// Where everything of one fetch lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Places {
    /// The finished file.
    pub(super) to: PathBuf,
    /// The unfinished one.
    pub(super) part: PathBuf,
    journal: PathBuf,
    /// Held by the process that works on it.
    pub(super) lock: PathBuf,
}

/// What was begun.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) file: File,
    /// Of what is in it.
    pub(super) digests: Digests,
}

impl Places {
    /// The places of the file `to`; its journal is found again by its path.
    pub(super) fn new(to: &Path, state_dir: &Path) -> io::Result<Self> {
        let to = std::path::absolute(to)?;
        let name = hex::encode(&Sha256::digest(to.as_os_str().as_encoded_bytes())[..16]);
        Ok(Self {
            part: place::part(&to),
            journal: state_dir.join("fetch").join(format!("{name}.json")),
            lock: state_dir.join("lock/fetch").join(format!("{name}.lock")),
            to,
        })
    }

    /// Opens the unfinished file to go on with it where it is of `object`, else a new one.
    pub(super) fn begin(&self, object: &Pinned, replace: bool) -> Result<Begun> {
        let io = |error| trouble::disk(&self.part, error);
        if let Some(folder) = self.part.parent() {
            std::fs::create_dir_all(folder).map_err(|error| trouble::disk(folder, error))?;
        }
        let journal: Option<Journal> = record::read(&self.journal);
        if journal.is_none() && !replace && self.part.symlink_metadata().is_ok() {
            return Err(self.in_the_way());
        }
        // From here on the file is known to be ours, whatever happens.
        let durable = journal.filter(|journal| journal.object == *object).and_then(|journal| journal.digests);
        self.write(object, durable.clone())?;
        let options =
            || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.part);
        let file = options().map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        let durable = durable.filter(|durable| durable.bytes <= length);
        let digests = durable.as_ref().and_then(Digests::restore).unwrap_or_default();
        file.set_len(digests.bytes()).map_err(io)?;
        Ok(Begun { file, digests })
    }

    /// Notes that `digests` are those of what is durable.
    pub(super) fn keep(&self, object: &Pinned, digests: &Digests) -> Result<()> {
        self.write(object, Some(digests.save()))
    }

    fn write(&self, object: &Pinned, digests: Option<SavedDigests>) -> Result<()> {
        let journal = Journal { object: object.clone(), file: self.to.clone(), digests };
        record::write(&self.journal, &journal).map_err(|error| trouble::disk(&self.journal, error))
    }

    /// Throws away what was begun.
    pub(super) fn forget(&self) -> Result<()> {
        record::remove(&self.part).map_err(|error| trouble::disk(&self.part, error))?;
        self.forget_journal()
    }

    /// The file is in its place: nothing is left to go on with.
    pub(super) fn forget_journal(&self) -> Result<()> {
        record::remove(&self.journal).map_err(|error| trouble::disk(&self.journal, error))
    }

    fn in_the_way(&self) -> Error {
        let path = harmless(&self.part.display().to_string());
        Error::new(Kind::Fatal, say!("fetch-in-the-way", path = path))
            .because(say!("fetch-part-unknown"))
            .hint(say!("fetch-in-the-way-hint"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pinned(etag: &str) -> Pinned {
        Pinned { place: "b/k".into(), version: None, etag: Some(etag.into()), size: 6, modified: Some(1) }
    }

    fn places(dir: &Path) -> Places {
        Places::new(&dir.join("data/x"), &dir.join("state")).unwrap()
    }

    #[test]
    fn what_is_durable_is_gone_on_with_and_what_came_after_is_not_believed() {
        let dir = tempfile::tempdir().unwrap();
        let places = places(dir.path());
        places.begin(&pinned("a"), false).unwrap();
        let mut digests = Digests::default();
        digests.update(b"abc");
        places.keep(&pinned("a"), &digests).unwrap();
        std::fs::write(&places.part, b"abcZZ").unwrap();
        let begun = places.begin(&pinned("a"), false).unwrap();
        assert_eq!((begun.digests.bytes(), begun.file.metadata().unwrap().len()), (3, 3));
    }

    #[test]
    fn another_object_or_a_lost_file_begins_from_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let places = places(dir.path());
        places.begin(&pinned("a"), false).unwrap();
        let mut digests = Digests::default();
        digests.update(b"abc");
        places.keep(&pinned("a"), &digests).unwrap();
        assert_eq!(
            places.begin(&pinned("a"), false).unwrap().digests.bytes(),
            0,
            "the file is shorter than that"
        );
        std::fs::write(&places.part, b"abc").unwrap();
        assert_eq!(places.begin(&pinned("b"), false).unwrap().digests.bytes(), 0);
        assert_eq!(std::fs::read(&places.part).unwrap(), b"");
    }

    #[test]
    fn a_part_file_that_is_not_ours_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let places = places(dir.path());
        std::fs::create_dir_all(dir.path().join("data")).unwrap();
        std::fs::write(&places.part, b"somebody's").unwrap();
        assert!(places.begin(&pinned("a"), false).is_err());
        assert_eq!(std::fs::read(&places.part).unwrap(), b"somebody's");
        assert!(places.begin(&pinned("a"), true).is_ok());
    }
}
