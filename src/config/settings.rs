//! The settings: defaults, then the file, then the environment, then the flags; each later one is stronger, and each value knows where
//! it came from.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

use super::paths::resolve;
use super::read::{
    MOST_ARCHIVES, MOST_CONNECTIONS, MOST_PARTS, language, limit, memory, mode, number, palette, plain,
    switch, web_address,
};
use super::{Key, Origin, Palette, Paths, Set, file};
use crate::amounts::{Schedule, size};
use crate::error::{Error, Kind, Result};
use crate::{say, words};

const ARCHIVES_AT_ONCE: usize = 2;
const PARTS_AT_ONCE: usize = 16;
const CONNECTIONS: usize = 2;
/// Bytes for parts on their way.
const MEMORY: u64 = 128 << 20;

/// What happens to the local file of an archive that is lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// It stays.
    #[default]
    Keep,
    /// There is none.
    Stream,
}

impl Mode {
    /// As it is written everywhere.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Stream => "stream",
        }
    }
}

/// The variables of AWS's own chain that say where to go; the chain reads them, they are only shown here.
const AWS_VARIABLES: [&str; 5] =
    ["AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"];

/// What the command line gave, as it was written; stronger than the environment and the file.
#[derive(Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Flags {
    /// Another settings file, which must be there.
    pub config: Option<PathBuf>,
    /// The AWS profile.
    pub profile: Option<String>,
    /// The AWS region.
    pub region: Option<String>,
    /// Another S3 than AWS's.
    pub endpoint_url: Option<String>,
    /// The bucket.
    pub bucket: Option<String>,
    /// Another mirror than upstream's.
    pub mirror: Option<String>,
    /// Where archives are kept.
    pub data_dir: Option<PathBuf>,
    /// The language of the messages.
    pub lang: Option<String>,
    /// How many archives move at once.
    pub archives_at_once: Option<usize>,
    /// How many parts of one archive are in flight at once.
    pub parts_at_once: Option<usize>,
    /// How many ranges of one archive are asked of a mirror at once.
    pub connections: Option<usize>,
    /// Memory for parts on their way, such as `128MiB`.
    pub memory: Option<String>,
    /// How fast archives come from the mirror, such as `20MiB`.
    pub limit_down: Option<String>,
    /// How fast they go to S3.
    pub limit_up: Option<String>,
    /// What happens to the local file: `keep` or `stream`.
    pub mode: Option<String>,
    /// Whether nothing in a bucket may be changed.
    pub read_only: bool,
    /// The colours, such as `dark`.
    pub theme: Option<String>,
    /// Whether only ASCII is drawn besides letters.
    pub ascii: bool,
    /// Whether nothing turns and runs.
    pub reduced_motion: bool,
    /// Whether the mouse is left to the terminal.
    pub no_mouse: bool,
    /// Whether the terminal's title is left alone.
    pub no_title: bool,
    /// Whether the terminal never rings.
    pub no_bell: bool,
}

impl Flags {
    fn text(&self, key: Key) -> Option<String> {
        match key {
            Key::Profile => self.profile.clone(),
            Key::Region => self.region.clone(),
            Key::EndpointUrl => self.endpoint_url.clone(),
            Key::Bucket => self.bucket.clone(),
            Key::Mirror => self.mirror.clone(),
            Key::DataDir => self.data_dir.as_ref().map(|path| path.display().to_string()),
            Key::Lang => self.lang.clone(),
            Key::ArchivesAtOnce => self.archives_at_once.map(|number| number.to_string()),
            Key::PartsAtOnce => self.parts_at_once.map(|number| number.to_string()),
            Key::Connections => self.connections.map(|number| number.to_string()),
            Key::Memory => self.memory.clone(),
            Key::LimitDown => self.limit_down.clone(),
            Key::LimitUp => self.limit_up.clone(),
            Key::Mode => self.mode.clone(),
            Key::Theme => self.theme.clone(),
            // A switch that was not given says nothing.
            Key::ReadOnly => self.read_only.then(|| "true".to_owned()),
            Key::Ascii => self.ascii.then(|| "true".to_owned()),
            Key::Motion => self.reduced_motion.then(|| "false".to_owned()),
            Key::Mouse => self.no_mouse.then(|| "false".to_owned()),
            Key::Title => self.no_title.then(|| "false".to_owned()),
            Key::Bell => self.no_bell.then(|| "false".to_owned()),
        }
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = Key::ALL.iter().filter(|key| self.text(**key).is_some());
        f.debug_tuple("Flags").field(&given.map(|key| key.flag()).collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

/// The settings of one run, checked. What is `None` was set by nobody, and is left to whoever needs it.
#[derive(Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Settings {
    /// The AWS profile.
    pub profile: Option<String>,
    /// The AWS region.
    pub region: Option<String>,
    /// Another S3 than AWS's, an http or https URL; it may carry a user name and a password.
    pub endpoint_url: Option<String>,
    /// The bucket; its name is not checked yet.
    pub bucket: Option<String>,
    /// Another mirror than upstream's; it may carry a user name and a password.
    pub mirror: Option<Url>,
    /// Where archives are kept, where that is not [`Paths::data_dir`].
    pub data_dir: Option<PathBuf>,
    /// The language of the messages, one of [`words::LANGUAGES`].
    pub lang: Option<String>,
    /// How many archives move at once: 1 to 16.
    pub archives_at_once: usize,
    /// How many parts of one archive are in flight at once: 1 to 64.
    pub parts_at_once: usize,
    /// How many ranges of one archive are asked of a mirror at once: 1 to 8.
    pub connections: usize,
    /// Memory for parts on their way, in bytes: at least 32 MiB.
    pub memory: u64,
    /// How fast archives come from the mirror.
    pub limit_down: Schedule,
    /// How fast they go to S3.
    pub limit_up: Schedule,
    /// What happens to the local file of an archive that is lifted; `None` where nobody said.
    pub mode: Option<Mode>,
    /// Whether nothing in a bucket may be changed.
    pub read_only: bool,
    /// The colours.
    pub theme: Palette,
    /// Whether only ASCII is drawn besides letters.
    pub ascii: bool,
    /// Whether things turn and run on the screen.
    pub motion: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// Whether the terminal's title shows progress.
    pub title: bool,
    /// Whether the terminal rings at the end.
    pub bell: bool,
    /// The file that was read, or would have been.
    pub file: PathBuf,
    set: BTreeMap<Key, Set<String>>,
    /// Which keys do what, where the file says so.
    pub keys: Vec<file::Binding>,
}

/// A setting for people: its name, its value without secrets, where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which setting.
    pub key: Key,
    /// Its value, harmless and without secrets; `None` where nobody set it.
    pub value: Option<String>,
    /// Where it came from.
    pub origin: Origin,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.rows().into_iter().map(|row| (row.key.name(), row.value))).finish()
    }
}

/// The process's environment, for [`Settings::load`]; what is set to nothing is as good as not set.
#[must_use]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The variables of AWS's own chain that are set, for messages; the chain itself reads them. Never a key.
pub fn aws_environment(variable: impl Fn(&str) -> Option<String>) -> Vec<(&'static str, String)> {
    let shown = |value: String| {
        value.parse::<Url>().map_or_else(|_| words::excerpt(&value), |url| words::address(&url))
    };
    let set = |name: &'static str| Some((name, shown(variable(name).filter(|value| !value.is_empty())?)));
    AWS_VARIABLES.into_iter().filter_map(set).collect()
}

impl Settings {
    /// The settings file of this run, and whether somebody named it, so that it must be there.
    pub fn place(flags: &Flags, variable: impl Fn(&str) -> Option<String>, paths: &Paths) -> (PathBuf, bool) {
        let named = flags.config.clone().or_else(|| set(&variable, "BRAINZLIFT_CONFIG").map(PathBuf::from));
        let is_named = named.is_some();
        (named.unwrap_or_else(|| paths.config_file.clone()), is_named)
    }

    /// Merges the file, the environment and the flags, and checks every value. Blocks on the file.
    pub fn load(flags: &Flags, variable: impl Fn(&str) -> Option<String>, paths: &Paths) -> Result<Self> {
        let (path, is_named) = Self::place(flags, &variable, paths);
        let path = path.as_path();
        let mut merged = file::read(path, is_named)?;
        for key in Key::ALL.iter().copied() {
            let by_variable = || Some((set(&variable, key.variable())?, Origin::Environment(key.variable())));
            let by_flag = flags.text(key).map(|value| (value, Origin::Flag(key.flag())));
            if let Some((value, origin)) = by_flag.or_else(by_variable) {
                merged.insert(key, Set { value, origin });
            }
        }
        let settings = Self::check(merged, path)?;
        // A flag's path is taken as it is: it may not be text, and the shell has expanded it already.
        let keys = file::bindings(path)?;
        Ok(Self { data_dir: flags.data_dir.clone().or(settings.data_dir), keys, ..settings })
    }

    fn check(merged: BTreeMap<Key, Set<String>>, file: &Path) -> Result<Self> {
        let values = Values(&merged);
        let on = |key, usual| Ok::<_, Error>(values.parsed(key, switch)?.unwrap_or(usual));
        let at_once = |key, most, default| {
            Ok::<_, Error>(values.parsed(key, |text| number(text, most))?.unwrap_or(default))
        };
        Ok(Self {
            profile: values.parsed(Key::Profile, plain)?,
            region: values.parsed(Key::Region, plain)?,
            endpoint_url: values
                .parsed(Key::EndpointUrl, |text| web_address(text).map(|_| text.to_owned()))?,
            bucket: values.parsed(Key::Bucket, plain)?,
            mirror: values.parsed(Key::Mirror, web_address)?,
            data_dir: values.data_dir()?,
            lang: values.parsed(Key::Lang, language)?,
            archives_at_once: at_once(Key::ArchivesAtOnce, MOST_ARCHIVES, ARCHIVES_AT_ONCE)?,
            parts_at_once: at_once(Key::PartsAtOnce, MOST_PARTS, PARTS_AT_ONCE)?,
            connections: at_once(Key::Connections, MOST_CONNECTIONS, CONNECTIONS)?,
            memory: values.parsed(Key::Memory, memory)?.unwrap_or(MEMORY),
            limit_down: values.parsed(Key::LimitDown, limit)?.unwrap_or_default(),
            limit_up: values.parsed(Key::LimitUp, limit)?.unwrap_or_default(),
            mode: values.parsed(Key::Mode, mode)?,
            read_only: on(Key::ReadOnly, false)?,
            theme: values.parsed(Key::Theme, palette)?.unwrap_or_default(),
            ascii: on(Key::Ascii, false)?,
            motion: on(Key::Motion, true)?,
            mouse: on(Key::Mouse, true)?,
            title: on(Key::Title, true)?,
            bell: on(Key::Bell, true)?,
            file: file.to_owned(),
            set: merged,
            keys: Vec::new(),
        })
    }

    /// Where the value of `key` came from.
    #[must_use]
    pub fn origin(&self, key: Key) -> &Origin {
        self.set.get(&key).map_or(&Origin::Default, |set| &set.origin)
    }

    /// The value of `key` as somebody wrote it, to be edited; `None` where nobody did, or where it may hold a password.
    #[must_use]
    pub fn written(&self, key: Key) -> Option<&str> {
        let value = self.set.get(&key)?.value.trim();
        (!(is_address(key) && value.contains('@'))).then_some(value)
    }

    /// Every setting for people, in the order of [`Key::ALL`].
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let row = |key| Row { key, value: self.shown(key), origin: self.origin(key).clone() };
        Key::ALL.iter().copied().map(row).collect()
    }

    fn shown(&self, key: Key) -> Option<String> {
        let text = |text: &Option<String>| text.as_deref().map(words::harmless);
        match key {
            Key::Profile => text(&self.profile),
            Key::Region => text(&self.region),
            Key::EndpointUrl => self.endpoint_url.as_deref().map(shown_address),
            Key::Bucket => text(&self.bucket),
            Key::Mirror => self.mirror.as_ref().map(words::address),
            Key::DataDir => self.data_dir.as_ref().map(|path| words::harmless(&path.display().to_string())),
            Key::Lang => text(&self.lang),
            Key::ArchivesAtOnce => Some(self.archives_at_once.to_string()),
            Key::PartsAtOnce => Some(self.parts_at_once.to_string()),
            Key::Connections => Some(self.connections.to_string()),
            Key::Memory => Some(size::exact(self.memory)),
            Key::LimitDown => Some(self.limit_down.to_string()),
            Key::LimitUp => Some(self.limit_up.to_string()),
            Key::Mode => self.mode.map(|mode| mode.name().to_owned()),
            Key::ReadOnly => Some(self.read_only.to_string()),
            Key::Theme => Some(self.theme.name().to_owned()),
            Key::Ascii => Some(self.ascii.to_string()),
            Key::Motion => Some(self.motion.to_string()),
            Key::Mouse => Some(self.mouse.to_string()),
            Key::Title => Some(self.title.to_string()),
            Key::Bell => Some(self.bell.to_string()),
        }
    }
}

/// A value that may be an address, without its secrets.
fn shown_address(value: &str) -> String {
    value.parse::<Url>().map_or_else(|_| words::excerpt(value), |url| words::address(&url))
}

fn set(variable: impl Fn(&str) -> Option<String>, name: &str) -> Option<String> {
    variable(name).filter(|value| !value.is_empty())
}

/// The merged values as text.
struct Values<'a>(&'a BTreeMap<Key, Set<String>>);

impl Values<'_> {
    /// The value of `key`, read by `read`, which says what a good one looks like when this is none.
    fn parsed<T>(&self, key: Key, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>> {
        let Some(set) = self.0.get(&key) else { return Ok(None) };
        read(set.value.trim()).map(Some).map_err(|wanted| refused(key, set, wanted))
    }

    /// A relative path in the file is seen from the file; elsewhere from where the program runs.
    fn data_dir(&self) -> Result<Option<PathBuf>> {
        let beside = self.0.get(&Key::DataDir).and_then(|set| match &set.origin {
            Origin::File { path, .. } => path.parent(),
            _ => None,
        });
        self.parsed(Key::DataDir, |text| plain(text).map(|text| resolve(&text, beside)))
    }
}

const fn is_address(key: Key) -> bool {
    matches!(key, Key::EndpointUrl | Key::Mirror)
}

fn refused(key: Key, set: &Set<String>, wanted: String) -> Error {
    let what = say!("config-bad-value", key = key.name(), origin = set.origin.to_string());
    // What was meant as an address may carry a password in a place where no parser finds it.
    let shown = if is_address(key) && set.value.contains('@') {
        "…".to_owned()
    } else {
        words::excerpt(&set.value)
    };
    Error::new(Kind::Usage, what).because(say!("config-not-this", value = shown)).hint(wanted)
}

#[cfg(test)]
mod tests;
