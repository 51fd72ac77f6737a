//! One process works on an archive at a time. The lock dies with its owner, so a crash leaves nothing to clean.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::trouble;
use crate::error::{Error, Kind, Result};
use crate::say;

/// Held as long as it lives.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Who holds a lock, for the one who does not get it.
#[derive(Debug, Serialize, Deserialize)]
struct Owner {
    process: u32,
    since: String,
}

impl Lock {
    /// Takes the lock at `path` for the archive `name`. Blocks only for the file system.
    ///
    /// Errors with [`Kind::Fatal`] and who holds it since when, if another process does.
    pub(super) fn take(path: &Path, name: &str) -> Result<Self> {
        let io = |error| trouble::disk(path, error);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(io)?;
        }
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(taken(&mut file, name)),
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        sign(&mut file).map_err(io)?;
        Ok(Self { _file: file })
    }
}

fn sign(file: &mut File) -> std::io::Result<()> {
    let owner =
        Owner { process: std::process::id(), since: jiff::Zoned::now().strftime("%F %T").to_string() };
    file.set_len(0)?;
    file.write_all(&serde_json::to_vec(&owner)?)
}

fn taken(file: &mut File, name: &str) -> Error {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.read_to_string(&mut text));
    let owner = read.ok().and_then(|_| serde_json::from_str::<Owner>(&text).ok());
    let error =
        Error::new(Kind::Fatal, say!("transfer-locked", archive = name)).hint(say!("transfer-locked-hint"));
    match owner {
        Some(owner) => error.because(say!(
            "transfer-locked-by",
            process = owner.process.to_string(),
            since = owner.since
        )),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_one_is_told_who_holds_it_and_gets_it_afterwards() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock/artist.lock");
        let held = Lock::take(&path, "artist.tar.xz").unwrap();
        let refused = Lock::take(&path, "artist.tar.xz").unwrap_err();
        assert!(refused.to_string().contains(&std::process::id().to_string()), "{refused}");
        drop(held);
        Lock::take(&path, "artist.tar.xz").unwrap();
    }
}
