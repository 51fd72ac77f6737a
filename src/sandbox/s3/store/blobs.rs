//! Body files: written aside, given their name when complete, removed when nothing names them.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::fresh_id;

/// A body file that no change names yet: dropping it removes the file.
pub(crate) struct Blob {
    id: String,
    file: File,
    path: PathBuf,
    named: PathBuf,
}

impl Blob {
    pub(super) fn new(incoming: &Path, blobs: &Path) -> io::Result<Self> {
        let id = fresh_id();
        let (path, named) = (incoming.join(&id), blobs.join(&id));
        let file = File::options().write(true).create_new(true).open(&path)?;
        Ok(Self { id, file, path, named })
    }

    /// Appends `bytes`.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Puts all bytes on the disk and the file under its name.
    pub(crate) fn complete(&mut self) -> io::Result<()> {
        self.file.sync_data()?;
        std::fs::rename(&self.path, &self.named)?;
        self.path.clone_from(&self.named);
        Ok(())
    }

    /// The name by which a record can have it.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The file stays: a committed change names it.
    pub(super) fn kept(mut self) {
        self.path = PathBuf::new();
    }
}

impl Drop for Blob {
    fn drop(&mut self) {
        // An unlink is short enough for wherever a request was given up; what is left is swept at the next start.
        if !self.path.as_os_str().is_empty() && std::fs::remove_file(&self.path).is_err() {
            tracing::debug!(blob = self.id, "a body file that nobody needs was left behind");
        }
    }
}

/// Removes all body files but those in `kept`, and everything that was on its way in.
pub(super) fn sweep(blobs: &Path, incoming: &Path, kept: &HashSet<String>) -> io::Result<()> {
    for entry in std::fs::read_dir(incoming)? {
        std::fs::remove_file(entry?.path())?;
    }
    for entry in std::fs::read_dir(blobs)? {
        let entry = entry?;
        if !entry.file_name().to_str().is_some_and(|name| kept.contains(name)) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
