//! The sample dumps: upstream's folders, names and checksum files, with real archives of made-up records.
//!
//! Here lives when they are made and how they get in place as a whole. `layout` says which archives there are, `archive` packs
//! one, `records` and `listens` write what is in them. The bytes are the same everywhere: they come from a fixed seed.

mod archive;
mod layout;
mod listens;
mod parquet;
mod random;
mod records;
mod words;
mod write;

use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};
use crate::say;

/// How large the sample dumps are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// For people: the guide's four archives are about 24 MB together, all dumps under 60 MB.
    #[default]
    Person,
    /// For tests: the guide's four are about 12 MB together, `release` more than 6 MB, so that it has several parts.
    Test,
}

impl Scale {
    /// The size in this scale, in bytes, of what people would have `bytes` of, in the newest JSON dump.
    const fn of_the_guides(self, bytes: usize) -> usize {
        match self {
            Self::Person => bytes,
            Self::Test => bytes / 2,
        }
    }

    /// The same for all other archives, which no test needs in several parts.
    const fn of_the_rest(self, bytes: usize) -> usize {
        match self {
            Self::Person => bytes,
            Self::Test => bytes / 8,
        }
    }
}

/// The folder under the sandbox's that is served: it holds `pub/musicbrainz/`.
const FOLDER: &str = "mirror";

/// Stands in a finished folder and names what made it; another text there means that the dumps are made anew.
const MARKER: &str = ".samples";

/// What [`MARKER`] holds; goes up whenever the dumps change.
const EDITION: &str = "1";

/// Makes the sample dumps under `dir`, unless they stand there already, in whatever scale; gives the folder to serve.
///
/// They are made aside and renamed into place, so that they are whole or not there.
pub async fn ensure(dir: &Path, scale: Scale) -> Result<PathBuf> {
    let owned = dir.to_owned();
    let made = tokio::task::spawn_blocking(move || ensure_blocking(&owned, scale)).await;
    made.unwrap_or_else(|panic| Err(io::Error::other(panic))).map_err(|error| {
        let kind = match error.kind() {
            io::ErrorKind::StorageFull => Kind::OutOfSpace,
            _ => Kind::Fatal,
        };
        Error::new(kind, say!("sandbox-samples-failed", path = dir.display().to_string()))
            .because(&error)
            .hint(say!("sandbox-samples-failed-hint"))
            .caused_by(error)
    })
}

/// Whether the sample dumps stand under `dir`, so that nothing has to be made. Blocks on a small file.
#[must_use]
pub fn stand(dir: &Path) -> bool {
    is_finished(&dir.join(FOLDER))
}

fn ensure_blocking(dir: &Path, scale: Scale) -> io::Result<PathBuf> {
    let folder = dir.join(FOLDER);
    if is_finished(&folder) {
        return Ok(folder);
    }
    std::fs::create_dir_all(dir)?;
    let aside = tempfile::Builder::new().prefix(".mirror-").tempdir_in(dir)?;
    let made = aside.path().join(FOLDER);
    write::all(&made, scale)?;
    std::fs::write(made.join(MARKER), EDITION)?;
    if folder.exists() {
        std::fs::rename(&folder, aside.path().join("outdated"))?;
    }
    match std::fs::rename(&made, &folder) {
        // Another process was faster; its dumps are the same.
        Err(_) if is_finished(&folder) => Ok(folder),
        renamed => renamed.map(|()| folder),
    }
}

fn is_finished(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join(MARKER)).is_ok_and(|edition| edition == EDITION)
}

#[cfg(test)]
mod tests;
