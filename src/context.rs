//! What one run works with: settings, paths, where to connect, which mirror, and the sandbox where there is one.
//!
//! Here flags become what the commands and the wizard work with. Nothing here shows anything or asks the network; the sandbox,
//! which serves on this machine, is started.

use std::path::PathBuf;
use std::sync::Arc;

use url::Url;

use crate::bucket::Target;
use crate::config::{self, Flags, Paths, Settings};
use crate::error::{Error, Kind, Result};
use crate::{log, say, words};

/// The mirror where nobody named another one.
const UPSTREAM: &str = "https://data.metabrainz.org/pub/musicbrainz/";

/// How the sandbox was asked for.
#[derive(Debug, Clone, Default)]
pub struct SandboxFlags {
    /// Where it keeps everything; `None` is a lasting directory in the user's cache.
    pub dir: Option<PathBuf>,
    /// How fast its mirror serves archives, in bytes/s; `Some(0)` is unlimited.
    pub rate: Option<u64>,
    /// A file of faults on purpose.
    pub faults: Option<PathBuf>,
}

/// What one run works with. Clones share the sandbox, which stops when the last one is dropped.
#[derive(Debug, Clone)]
pub struct Context {
    /// The settings, merged.
    pub settings: Settings,
    /// Where files lie.
    pub paths: Paths,
    /// Where to connect.
    pub target: Target,
    /// The mirror's base URL.
    pub mirror: Url,
    /// The bucket that was named, by flag or setting.
    pub bucket: Option<String>,
    /// Held, not used: the log is written to the end when it is dropped.
    _log: Option<Arc<log::Guard>>,
}

impl Context {
    /// Resolves the flags, begins the log and starts the sandbox where one is wanted.
    #[expect(clippy::unused_async, reason = "starting the sandbox waits")]
    pub async fn open(mut flags: Flags, sandbox: Option<SandboxFlags>) -> Result<Self> {
        words::choose_language(flags.lang.as_deref());
        let mut paths = match &sandbox {
            Some(wanted) => in_sandbox(&mut flags, wanted)?,
            None => Paths::for_user()?,
        };
        let settings = Settings::load(&flags, config::environment, &paths)?;
        words::choose_language(settings.lang.as_deref());
        if let Some(dir) = &settings.data_dir {
            paths.data_dir.clone_from(dir);
        }
        let log = log::begin(&paths.log_file).map(Arc::new);
        let mirror = match &settings.mirror {
            Some(mirror) => mirror.clone(),
            None => Url::parse(UPSTREAM).map_err(|error| Error::new(Kind::Fatal, UPSTREAM).because(error))?,
        };
        let target = target(&settings);
        Ok(Self { bucket: settings.bucket.clone(), settings, paths, target, mirror, _log: log })
    }
}

/// Where files lie in the sandbox: all under its directory, so that it never mixes with the real world.
fn in_sandbox(flags: &mut Flags, wanted: &SandboxFlags) -> Result<Paths> {
    if let Some(flag) = contradiction(flags) {
        return Err(Error::new(Kind::Usage, say!("cli-sandbox-contradiction", flag = flag))
            .hint(say!("cli-sandbox-contradiction-hint")));
    }
    let paths = Paths::under(&sandbox_dir(wanted)?.join("home"));
    Ok(paths)
}

/// A flag that speaks of the real world.
fn contradiction(flags: &Flags) -> Option<&'static str> {
    let given = [(flags.profile.is_some(), "--profile"), (flags.endpoint_url.is_some(), "--endpoint-url")];
    given.into_iter().find_map(|(is_given, flag)| is_given.then_some(flag))
}

/// The sandbox's directory: the one that was named, or a lasting one in the user's cache.
fn sandbox_dir(wanted: &SandboxFlags) -> Result<PathBuf> {
    if let Some(dir) = &wanted.dir {
        return Ok(dir.clone());
    }
    let dirs = directories::ProjectDirs::from("", "", "brainzlift");
    let dirs =
        dirs.ok_or_else(|| Error::new(Kind::Fatal, say!("cli-no-home")).hint(say!("cli-no-home-hint")))?;
    Ok(dirs.cache_dir().join("sandbox"))
}

fn target(settings: &Settings) -> Target {
    Target {
        profile: settings.profile.clone(),
        region: settings.region.clone(),
        endpoint_url: settings.endpoint_url.clone(),
        keys: None,
    }
}
