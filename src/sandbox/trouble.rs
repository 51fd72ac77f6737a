//! Why a sandbox did not start, and what to do about it.

use std::io;
use std::path::Path;

use redb::{DatabaseError, StorageError};

use super::s3::Failure;
use crate::error::{Error, Kind};
use crate::say;
use crate::words::harmless;

fn shown(path: &Path) -> String {
    harmless(&path.display().to_string())
}

/// Something else is at the path of the directory.
pub(super) fn not_a_folder(dir: &Path) -> Error {
    Error::new(Kind::Usage, say!("sandbox-folder-is-a-file", path = shown(dir)))
        .hint(say!("sandbox-folder-hint"))
}

/// The directory could not be made.
pub(super) fn folder(dir: &Path, error: io::Error) -> Error {
    Error::new(kind(&error), say!("sandbox-folder-unusable", path = shown(dir)))
        .because(&error)
        .hint(say!("sandbox-folder-hint"))
        .caused_by(error)
}

/// The keys could not be read or made.
pub(super) fn keys(path: &Path, error: io::Error) -> Error {
    Error::new(kind(&error), say!("sandbox-keys-unreadable", path = shown(path)))
        .because(&error)
        .hint(say!("sandbox-keys-hint"))
        .caused_by(error)
}

/// The certificate authority could not be read or made.
pub(super) fn authority(path: &Path, error: io::Error) -> Error {
    Error::new(kind(&error), say!("sandbox-authority-unusable", path = shown(path)))
        .because(&error)
        .hint(say!("sandbox-authority-hint"))
        .caused_by(error)
}

/// The store could not be opened.
pub(super) fn store(dir: &Path, failure: Failure) -> Error {
    let path = shown(dir);
    match failure {
        Failure::Open(DatabaseError::DatabaseAlreadyOpen) => {
            Error::new(Kind::Usage, say!("sandbox-store-in-use", path = path))
                .hint(say!("sandbox-store-in-use-hint"))
        }
        Failure::Body(error) | Failure::Open(DatabaseError::Storage(StorageError::Io(error))) => {
            folder(dir, error)
        }
        failure => Error::new(Kind::Fatal, say!("sandbox-store-unreadable", path = path))
            .because(&failure)
            .hint(say!("sandbox-store-hint"))
            .caused_by(failure),
    }
}

/// A bucket could not be filled.
pub(super) fn filling(bucket: &str, failure: Failure) -> Error {
    let error = Error::new(Kind::Fatal, say!("sandbox-not-filled", bucket = harmless(bucket)));
    error.because(&failure).caused_by(failure)
}

/// The port could not be had.
pub(super) fn port(port: u16, error: io::Error) -> Error {
    Error::new(Kind::Usage, say!("sandbox-port-unusable", port = port.to_string()))
        .because(&error)
        .hint(say!("sandbox-port-hint"))
        .caused_by(error)
}

/// The thread that was to open everything ended in the middle.
pub(super) fn broken(error: tokio::task::JoinError) -> Error {
    Error::new(Kind::Fatal, say!("sandbox-broken")).because(&error).caused_by(error)
}

fn kind(error: &io::Error) -> Kind {
    match error.kind() {
        io::ErrorKind::StorageFull => Kind::OutOfSpace,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Kind::Permission,
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => Kind::Usage,
        _ => Kind::Fatal,
    }
}
