//! Errors of the disk, in words.

use std::io;
use std::path::Path;

use crate::error::{Error, Kind};
use crate::say;
use crate::words::{harmless, size};

/// An error of the file system on `path`; a full disk is [`Kind::OutOfSpace`].
pub(super) fn disk(path: &Path, error: io::Error) -> Error {
    let path = harmless(&path.display().to_string());
    let full = matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    );
    let (kind, what, hint) = if full {
        (Kind::OutOfSpace, say!("transfer-disk-full", path = path), say!("transfer-disk-full-hint"))
    } else {
        (Kind::Fatal, say!("transfer-disk", path = path), say!("transfer-disk-hint"))
    };
    Error::new(kind, what).because(&error).hint(hint).caused_by(error)
}

/// A disk that is known to be too small before anything was written.
pub(super) fn too_small(path: &Path, needed: u64, free: u64) -> Error {
    let path = harmless(&path.display().to_string());
    Error::new(Kind::OutOfSpace, say!("transfer-disk-full", path = path))
        .because(say!("transfer-disk-needs", needed = size(needed), free = size(free)))
        .hint(say!("transfer-disk-full-hint"))
}

/// A thread that panicked: a fault of the program, not of the user.
pub(super) fn lost(error: tokio::task::JoinError) -> Error {
    Error::new(Kind::Fatal, say!("transfer-broken")).because(&error).caused_by(error)
}

/// An end that was ordered: everything is left so that it can be resumed.
pub(super) fn interrupted() -> Error {
    Error::new(Kind::Interrupted, say!("transfer-interrupted"))
}
