//! Where files lie: XDG's folders on Linux, their like elsewhere, or one folder for everything in a sandbox.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use crate::error::{Error, Kind, Result};
use crate::say;

/// The program's places. Nothing is made until something is written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Settings: `~/.config/brainzlift/config.toml`.
    pub config_file: PathBuf,
    /// Journals and what is remembered: `~/.local/state/brainzlift`.
    pub state_dir: PathBuf,
    /// Archives, unless a setting says otherwise: `~/.local/share/brainzlift`.
    pub data_dir: PathBuf,
    /// The log, inside the state folder.
    pub log_file: PathBuf,
}

impl Paths {
    /// The user's places.
    pub fn for_user() -> Result<Self> {
        let dirs = Self::dirs()?;
        let state = dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir());
        Ok(Self::of(dirs.config_dir(), state, dirs.data_local_dir().to_owned()))
    }

    /// What can be made again and should last all the same: `~/.cache/brainzlift`.
    pub fn cache_of_user() -> Result<PathBuf> {
        Self::dirs().map(|dirs| dirs.cache_dir().to_owned())
    }

    fn dirs() -> Result<ProjectDirs> {
        ProjectDirs::from("", "", "brainzlift")
            .ok_or_else(|| Error::new(Kind::Fatal, say!("config-no-home")).hint(say!("config-no-home-hint")))
    }

    /// Everything under one folder, so that a sandbox touches nothing of the user's.
    #[must_use]
    pub fn under(dir: &Path) -> Self {
        Self::of(&dir.join("config"), &dir.join("state"), dir.join("data"))
    }

    fn of(config: &Path, state: &Path, data_dir: PathBuf) -> Self {
        let (config_file, log_file) = (config.join("config.toml"), state.join("brainzlift.log"));
        Self { config_file, state_dir: state.to_owned(), data_dir, log_file }
    }
}

/// `text` as a path: `~` is the home folder, and what is relative is seen from `base` where there is one.
pub(super) fn resolve(text: &str, base: Option<&Path>) -> PathBuf {
    let home = || BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    let in_home = match text.strip_prefix('~') {
        Some("") => home(),
        Some(rest) => rest.strip_prefix('/').and_then(|rest| Some(home()?.join(rest))),
        None => None,
    };
    in_home.unwrap_or_else(|| base.map_or_else(|| PathBuf::from(text), |base| base.join(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sandbox_keeps_everything_in_its_folder() {
        let paths = Paths::under(Path::new("/s"));
        for path in [&paths.config_file, &paths.state_dir, &paths.data_dir, &paths.log_file] {
            assert!(path.starts_with("/s"), "{}", path.display());
        }
        assert!(paths.log_file.starts_with(&paths.state_dir));
    }

    #[test]
    fn a_path_is_seen_from_home_or_from_its_base() {
        let home = BaseDirs::new().unwrap().home_dir().to_owned();
        assert_eq!(resolve("~/dumps", Some(Path::new("/b"))), home.join("dumps"));
        assert_eq!(resolve("~", None), home);
        assert_eq!(resolve("dumps", Some(Path::new("/b"))), Path::new("/b/dumps"));
        assert_eq!(resolve("/abs", Some(Path::new("/b"))), Path::new("/abs"));
        assert_eq!(resolve("~other/x", None), Path::new("~other/x"));
    }
}
