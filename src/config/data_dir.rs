//! Whether archives can be kept where the settings say.

use std::io::ErrorKind;
use std::path::Path;

use crate::error::{Error, Kind, Result};
use crate::say;

/// Makes the folder for archives, with the ones above it, and proves that files can be written there.
///
/// A file in its place is a [`Kind::Usage`] error; no right to write is [`Kind::Fatal`]; a full disk is [`Kind::OutOfSpace`].
pub fn prepare_data_dir(dir: &Path) -> Result<()> {
    if let Some(file) = dir.ancestors().find(|path| path.is_file()) {
        let what = say!("config-file-in-place", path = file.display().to_string());
        return Err(Error::new(Kind::Usage, what).hint(say!("config-data-dir-hint")));
    }
    // A file is really written: permissions alone do not tell of read-only disks.
    std::fs::create_dir_all(dir)
        .and_then(|()| tempfile::tempfile_in(dir))
        .map(drop)
        .map_err(|error| unwritable(dir, error))
}

fn unwritable(dir: &Path, error: std::io::Error) -> Error {
    let kind = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Kind::OutOfSpace,
        _ => Kind::Fatal,
    };
    let what = say!("config-not-writable", path = dir.display().to_string());
    Error::new(kind, what).because(&error).hint(say!("config-data-dir-hint")).caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_with_those_above_it_and_left_empty() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("a/b");
        prepare_data_dir(&data).unwrap();
        prepare_data_dir(&data).unwrap();
        assert_eq!(std::fs::read_dir(&data).unwrap().count(), 0);
    }

    #[test]
    fn a_file_in_its_place_or_above_it_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("data");
        std::fs::write(&file, "x").unwrap();
        for path in [file.clone(), file.join("raw")] {
            let error = prepare_data_dir(&path).unwrap_err();
            assert_eq!(error.kind(), Kind::Usage);
            assert!(
                error.what().contains(file.to_str().unwrap())
                    && error.advice().unwrap().contains("--data-dir")
            );
        }
    }

    #[test]
    fn a_folder_where_nothing_can_be_written_is_named() {
        // Nobody, not even root, makes folders here.
        let error = prepare_data_dir(Path::new("/proc/brainzlift")).unwrap_err();
        assert_eq!(error.kind(), Kind::Fatal);
        assert!(error.what().contains("/proc/brainzlift") && error.why().is_some());
    }

    #[test]
    fn a_full_disk_is_said_as_such() {
        let error = unwritable(Path::new("/d"), std::io::Error::from(ErrorKind::StorageFull));
        assert_eq!(error.kind(), Kind::OutOfSpace);
    }
}
