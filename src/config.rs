//! Settings: the file, the environment and the flags, in that order of growing strength, and where files lie.

use std::path::{Path, PathBuf};

use url::Url;

use crate::error::{Error, Kind, Result};

/// What was given on the command line; stronger than the environment and the file.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// Another settings file.
    pub config: Option<PathBuf>,
    /// A profile of the AWS configuration files.
    pub profile: Option<String>,
    /// A region such as `eu-west-3`.
    pub region: Option<String>,
    /// An S3-compatible endpoint.
    pub endpoint_url: Option<String>,
    /// The bucket.
    pub bucket: Option<String>,
    /// The mirror's base URL.
    pub mirror: Option<String>,
    /// Where archives are kept.
    pub data_dir: Option<PathBuf>,
    /// The language: `en` or `fr`.
    pub lang: Option<String>,
}

/// The settings of one run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A profile of the AWS configuration files.
    pub profile: Option<String>,
    /// A region such as `eu-west-3`.
    pub region: Option<String>,
    /// An S3-compatible endpoint.
    pub endpoint_url: Option<String>,
    /// The bucket.
    pub bucket: Option<String>,
    /// The mirror's base URL, where it is not upstream's.
    pub mirror: Option<Url>,
    /// Where archives are kept, where it is not the default.
    pub data_dir: Option<PathBuf>,
    /// The language.
    pub lang: Option<String>,
    /// How many archives move at once.
    pub archives_at_once: usize,
    /// How many parts of one archive are in flight at once.
    pub parts_at_once: usize,
}

/// Where files lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The settings file.
    pub config_file: PathBuf,
    /// Journals and what is remembered.
    pub state_dir: PathBuf,
    /// Archives, unless the settings say otherwise.
    pub data_dir: PathBuf,
    /// The log.
    pub log_file: PathBuf,
}

impl Settings {
    /// The settings that `flags` result in.
    pub fn load(flags: &Flags) -> Result<Self> {
        let mirror = flags.mirror.as_deref().map(|text| {
            Url::parse(text).map_err(|error| Error::new(Kind::Usage, text.to_owned()).because(error))
        });
        Ok(Self {
            profile: flags.profile.clone(),
            region: flags.region.clone(),
            endpoint_url: flags.endpoint_url.clone(),
            bucket: flags.bucket.clone(),
            mirror: mirror.transpose()?,
            data_dir: flags.data_dir.clone(),
            lang: flags.lang.clone(),
            archives_at_once: 2,
            parts_at_once: 4,
        })
    }
}

impl Paths {
    /// Where files lie for this user.
    pub fn for_user() -> Result<Self> {
        let dirs = directories::ProjectDirs::from("", "", "brainzlift")
            .ok_or_else(|| Error::new(Kind::Fatal, "no home directory"))?;
        let state = dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_path_buf();
        Ok(Self {
            config_file: dirs.config_dir().join("config.toml"),
            log_file: state.join("brainzlift.log"),
            state_dir: state,
            data_dir: dirs.data_dir().to_path_buf(),
        })
    }

    /// Where files lie when all of them lie under `dir`.
    #[must_use]
    pub fn under(dir: &Path) -> Self {
        Self {
            config_file: dir.join("config.toml"),
            state_dir: dir.join("state"),
            data_dir: dir.join("data"),
            log_file: dir.join("state").join("brainzlift.log"),
        }
    }
}
