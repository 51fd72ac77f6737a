//! What one run works with: settings, paths, where to connect, which mirror, and the sandbox where there is one.
//!
//! Here flags become what the commands and the wizard work with. Nothing here shows anything or asks the network; the sandbox,
//! which serves on this machine, is started.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use url::Url;

#[cfg(feature = "sandbox")]
use crate::bucket::Keys;
use crate::bucket::{self, Target};
use crate::catalog::{DEFAULT_MIRROR, Mirror};
use crate::config::{self, Flags, Key, Paths, Settings};
use crate::error::{Error, Kind, Result};
use crate::network::{self, Trust};
#[cfg(feature = "sandbox")]
use crate::sandbox::{Faults, Options, Sandbox};
use crate::transfer::{self, Limits};
use crate::{log, say, words};

/// Variables that speak of the real world, which the sandbox does not hear.
const REAL: [&str; 5] = [
    "BRAINZLIFT_CONFIG",
    "BRAINZLIFT_DATA_DIR",
    "BRAINZLIFT_ENDPOINT_URL",
    "BRAINZLIFT_MIRROR",
    "BRAINZLIFT_PROFILE",
];

/// How the sandbox was asked for.
#[derive(Debug, Clone, Default)]
pub struct SandboxFlags {
    /// Where it keeps everything; `None` is a lasting directory in the user's cache.
    pub dir: Option<PathBuf>,
    /// How fast its mirror serves archives, in bytes/s; `Some(0)` is unlimited.
    pub rate: Option<u64>,
    /// A file of faults on purpose.
    pub faults: Option<PathBuf>,
    /// Whether its servers speak HTTPS, with a certificate of its own authority.
    pub tls: bool,
}

/// What one run works with. Clones share the sandbox, which stops when the last one is dropped.
#[derive(Clone)]
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
    /// The sandbox, where this run is in one.
    #[cfg(feature = "sandbox")]
    pub sandbox: Option<Arc<Sandbox>>,
    endpoint: Option<Url>,
    /// What the command line gave, to read the settings again with.
    flags: Flags,
    /// Held, not used: the log is written to the end when it is dropped.
    _log: Option<Arc<log::Guard>>,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("settings", &self.settings)
            .field("paths", &self.paths)
            .finish_non_exhaustive()
    }
}

impl Context {
    /// The mirror, with the trust of this run.
    pub fn open_mirror(&self) -> Result<Mirror> {
        Mirror::trusting(self.mirror.clone(), &self.target.trust)
    }

    /// Resolves the flags, begins the log and starts the sandbox where one is wanted.
    pub async fn open(flags: Flags, sandbox: Option<SandboxFlags>) -> Result<Self> {
        let wanted = sandbox.clone();
        let resolving = tokio::task::spawn_blocking(move || Resolved::from(&flags, sandbox.as_ref()));
        let resolved = resolving
            .await
            .map_err(|error| Error::new(Kind::Fatal, say!("cli-broken")).caused_by(error))??;
        match wanted {
            Some(wanted) => resolved.in_sandbox(wanted).await,
            None => resolved.in_the_world(),
        }
    }

    /// Under which address things are remembered: the endpoint where it is not AWS's own. The sandbox, whose port changes and
    /// whose state lies apart, has none.
    #[must_use]
    pub const fn endpoint(&self) -> Option<&Url> {
        self.endpoint.as_ref()
    }

    /// How the settings want a transfer to be done.
    #[must_use]
    pub fn transfer(&self) -> transfer::Options {
        let settings = &self.settings;
        transfer::Options {
            archives_at_once: settings.archives_at_once,
            parts_at_once: settings.parts_at_once,
            connections: settings.connections,
            memory: settings.memory,
            limits: self.limits(),
            ..transfer::Options::new(self.paths.data_dir.clone(), self.paths.state_dir.clone())
        }
    }

    /// The limits that the settings give to each leg.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits { down: self.settings.limit_down.clone(), up: self.settings.limit_up.clone() }
    }

    /// What the settings want to happen to local files; `None` where nobody said.
    #[must_use]
    pub fn mode(&self) -> Option<transfer::Mode> {
        self.settings.mode.map(Into::into)
    }

    /// The settings as they are now: the file may have been changed since the start. Blocks on it.
    pub fn reload(&self) -> Result<Settings> {
        Settings::load(&self.flags, |name| heard(name, self.is_sandbox()), &self.paths)
    }

    /// An error where this run may change nothing; `what` names what it would have done.
    pub fn may_change(&self, what: String) -> Result<()> {
        match &self.target.read_only {
            Some(by) => Err(bucket::refusal(what, by)),
            None => Ok(()),
        }
    }

    /// Whether this run is in the sandbox.
    #[must_use]
    pub const fn is_sandbox(&self) -> bool {
        #[cfg(feature = "sandbox")]
        return self.sandbox.is_some();
        #[cfg(not(feature = "sandbox"))]
        false
    }
}

/// What the flags, the environment and the file come to.
struct Resolved {
    settings: Settings,
    paths: Paths,
    mirror: Option<Url>,
    trust: Trust,
    flags: Flags,
    log: Option<log::Guard>,
}

/// The variable of that name, where this run listens to it.
fn heard(name: &str, in_sandbox: bool) -> Option<String> {
    config::environment(name).filter(|_| !in_sandbox || !REAL.contains(&name))
}

fn places(flags: &Flags, sandbox: Option<&SandboxFlags>) -> Result<Paths> {
    match sandbox {
        Some(wanted) => places_in_sandbox(flags, wanted),
        None => Paths::for_user(),
    }
}

/// The settings of a run that does nothing else. Blocks on small files.
pub fn settings(flags: &Flags, sandbox: Option<&SandboxFlags>) -> Result<Settings> {
    Settings::load(flags, |name| heard(name, sandbox.is_some()), &places(flags, sandbox)?)
}

/// The file of those settings, whether it is there or not.
pub fn settings_file(flags: &Flags, sandbox: Option<&SandboxFlags>) -> Result<PathBuf> {
    let paths = places(flags, sandbox)?;
    Ok(Settings::place(flags, |name| heard(name, sandbox.is_some()), &paths).0)
}

impl From<config::Mode> for transfer::Mode {
    fn from(mode: config::Mode) -> Self {
        match mode {
            config::Mode::Keep => Self::Keep,
            config::Mode::Stream => Self::Stream,
        }
    }
}

impl Resolved {
    /// Blocks on small files.
    fn from(flags: &Flags, sandbox: Option<&SandboxFlags>) -> Result<Self> {
        let spoken = flags.lang.clone().or_else(|| config::environment("BRAINZLIFT_LANG"));
        words::choose_language(spoken.as_deref());
        let mut paths = places(flags, sandbox)?;
        let settings = Settings::load(flags, |name| heard(name, sandbox.is_some()), &paths)?;
        words::choose_language(settings.lang.as_deref());
        if let Some(dir) = &settings.data_dir {
            paths.data_dir.clone_from(dir);
        }
        let log = log::begin(&paths.log_file);
        tracing::info!(version = env!("CARGO_PKG_VERSION"), ?settings, sandbox = sandbox.is_some(), "begins");
        let trust = match sandbox {
            Some(_) => Trust::from_system(|name| std::env::var_os(name))?,
            None => Trust::from_environment(|name| std::env::var_os(name))?,
        };
        if sandbox.is_none() {
            network::check_proxies(config::environment)?;
        }
        Ok(Self { mirror: settings.mirror.clone(), settings, paths, trust, flags: flags.clone(), log })
    }

    fn in_the_world(self) -> Result<Context> {
        let mirror = self.mirror.clone().map_or_else(|| address(DEFAULT_MIRROR), Ok)?;
        let target = Target {
            profile: self.settings.profile.clone(),
            region: self.settings.region.clone(),
            endpoint_url: self.settings.endpoint_url.clone(),
            keys: None,
            trust: self.trust,
            read_only: read_only(&self.settings),
        };
        let endpoint = target.endpoint_url.clone().or_else(|| {
            ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"].into_iter().find_map(config::environment)
        });
        let endpoint = endpoint.and_then(|url| url.parse().ok());
        Ok(Context {
            bucket: self.settings.bucket.clone(),
            settings: self.settings,
            paths: self.paths,
            target,
            mirror,
            #[cfg(feature = "sandbox")]
            sandbox: None,
            endpoint,
            flags: self.flags,
            _log: self.log.map(Arc::new),
        })
    }

    #[cfg(feature = "sandbox")]
    async fn in_sandbox(self, wanted: SandboxFlags) -> Result<Context> {
        let faults = match &wanted.faults {
            Some(path) => Faults::read(path).await?,
            None => Faults::none(),
        };
        let dir = sandbox_dir(&wanted)?;
        let options = Options { dir, rate: wanted.rate, faults, tls: wanted.tls, ..Options::default() };
        let sandbox = Sandbox::start(options).await?;
        let keys = Keys {
            access_key_id: sandbox.access_key().to_owned(),
            secret_access_key: sandbox.secret_key().clone(),
            session_token: None,
        };
        let target = Target {
            profile: None,
            region: Some(self.settings.region.clone().unwrap_or_else(|| sandbox.region().to_owned())),
            endpoint_url: Some(sandbox.s3_url().to_owned()),
            keys: Some(keys),
            trust: trusting_sandbox(self.trust, &sandbox).await?,
            read_only: read_only(&self.settings),
        };
        let mirror = self.mirror.clone().map_or_else(|| address(sandbox.mirror_url()), Ok)?;
        Ok(Context {
            bucket: self.settings.bucket.clone(),
            settings: self.settings,
            paths: self.paths,
            target,
            mirror,
            sandbox: Some(Arc::new(sandbox)),
            endpoint: None,
            flags: self.flags,
            _log: self.log.map(Arc::new),
        })
    }

    #[cfg(not(feature = "sandbox"))]
    #[expect(clippy::unused_async, reason = "the other build waits for the sandbox")]
    async fn in_sandbox(self, _wanted: SandboxFlags) -> Result<Context> {
        Err(Error::new(Kind::Unsupported, say!("cli-no-sandbox")).hint(say!("cli-no-sandbox-hint")))
    }
}

/// In TLS's sandbox, its authority is trusted as well: nothing has to be exported first.
#[cfg(feature = "sandbox")]
async fn trusting_sandbox(trust: Trust, sandbox: &Sandbox) -> Result<Trust> {
    let Some(ca) = sandbox.ca_file().map(PathBuf::from) else { return Ok(trust) };
    let reading = tokio::task::spawn_blocking(move || trust.and_file("--sandbox-tls", &ca));
    reading.await.map_err(|error| Error::new(Kind::Fatal, say!("cli-broken")).caused_by(error))?
}

/// Who wants that nothing is changed, for messages.
fn read_only(settings: &Settings) -> Option<String> {
    settings.read_only.then(|| settings.origin(Key::ReadOnly).to_string())
}

fn address(url: &str) -> Result<Url> {
    Url::parse(url).map_err(|error| Error::new(Kind::Fatal, words::harmless(url)).because(error))
}

/// Where files lie in the sandbox: all under its directory, so that it never mixes with the real world.
fn places_in_sandbox(flags: &Flags, wanted: &SandboxFlags) -> Result<Paths> {
    let given = [(flags.profile.is_some(), "--profile"), (flags.endpoint_url.is_some(), "--endpoint-url")];
    if let Some((_, flag)) = given.into_iter().find(|(is_given, _)| *is_given) {
        let what = say!("cli-sandbox-contradiction", flag = flag);
        return Err(Error::new(Kind::Usage, what).hint(say!("cli-sandbox-contradiction-hint")));
    }
    Ok(Paths::under(&sandbox_dir(wanted)?.join("home")))
}

/// The sandbox's directory: the one that was named, or a lasting one in the user's cache.
pub fn sandbox_dir(wanted: &SandboxFlags) -> Result<PathBuf> {
    match &wanted.dir {
        Some(dir) => Ok(dir.clone()),
        None => Ok(Paths::cache_of_user()?.join("sandbox")),
    }
}
