//! What can be set, under which names, and where a value came from.

use std::fmt;
use std::path::PathBuf;

use crate::say;

/// A setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The AWS profile.
    Profile,
    /// The AWS region.
    Region,
    /// Another S3 than AWS's.
    EndpointUrl,
    /// The bucket.
    Bucket,
    /// Another mirror than upstream's.
    Mirror,
    /// Where archives are kept on this machine.
    DataDir,
    /// The language of the messages.
    Lang,
    /// How many archives are transferred at once.
    ArchivesAtOnce,
    /// How many parts of one archive are on their way to S3 at once.
    PartsAtOnce,
    /// How many ranges of one archive are asked of a mirror at once.
    Connections,
    /// Memory for parts on their way.
    Memory,
    /// How fast archives come from the mirror.
    LimitDown,
    /// How fast they go to S3.
    LimitUp,
    /// What happens to the local file.
    Mode,
    /// Whether nothing in a bucket may be changed.
    ReadOnly,
}

impl Key {
    /// Every setting, in the order in which they are shown.
    pub const ALL: [Self; 15] = [
        Self::Profile,
        Self::Region,
        Self::EndpointUrl,
        Self::Bucket,
        Self::Mirror,
        Self::DataDir,
        Self::Lang,
        Self::ArchivesAtOnce,
        Self::PartsAtOnce,
        Self::Connections,
        Self::Memory,
        Self::LimitDown,
        Self::LimitUp,
        Self::Mode,
        Self::ReadOnly,
    ];

    /// Its name in the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Region => "region",
            Self::EndpointUrl => "endpoint_url",
            Self::Bucket => "bucket",
            Self::Mirror => "mirror",
            Self::DataDir => "data_dir",
            Self::Lang => "lang",
            Self::ArchivesAtOnce => "archives_at_once",
            Self::PartsAtOnce => "parts_at_once",
            Self::Connections => "connections",
            Self::Memory => "memory",
            Self::LimitDown => "limit_down",
            Self::LimitUp => "limit_up",
            Self::Mode => "mode",
            Self::ReadOnly => "read_only",
        }
    }

    /// Its name in the environment.
    #[must_use]
    pub const fn variable(self) -> &'static str {
        match self {
            Self::Profile => "BRAINZLIFT_PROFILE",
            Self::Region => "BRAINZLIFT_REGION",
            Self::EndpointUrl => "BRAINZLIFT_ENDPOINT_URL",
            Self::Bucket => "BRAINZLIFT_BUCKET",
            Self::Mirror => "BRAINZLIFT_MIRROR",
            Self::DataDir => "BRAINZLIFT_DATA_DIR",
            Self::Lang => "BRAINZLIFT_LANG",
            Self::ArchivesAtOnce => "BRAINZLIFT_ARCHIVES_AT_ONCE",
            Self::PartsAtOnce => "BRAINZLIFT_PARTS_AT_ONCE",
            Self::Connections => "BRAINZLIFT_CONNECTIONS",
            Self::Memory => "BRAINZLIFT_MEMORY",
            Self::LimitDown => "BRAINZLIFT_LIMIT_DOWN",
            Self::LimitUp => "BRAINZLIFT_LIMIT_UP",
            Self::Mode => "BRAINZLIFT_MODE",
            Self::ReadOnly => "BRAINZLIFT_READ_ONLY",
        }
    }

    /// Its name on the command line.
    #[must_use]
    pub const fn flag(self) -> &'static str {
        match self {
            Self::Profile => "--profile",
            Self::Region => "--region",
            Self::EndpointUrl => "--endpoint-url",
            Self::Bucket => "--bucket",
            Self::Mirror => "--mirror",
            Self::DataDir => "--data-dir",
            Self::Lang => "--lang",
            Self::ArchivesAtOnce => "--archives-at-once",
            Self::PartsAtOnce => "--parts-at-once",
            Self::Connections => "--connections",
            Self::Memory => "--memory",
            Self::LimitDown => "--limit-down",
            Self::LimitUp => "--limit-up",
            Self::Mode => "--mode",
            Self::ReadOnly => "--read-only",
        }
    }

    /// Whether the file writes it as a whole number; everything else but a switch is a string.
    #[must_use]
    pub(super) const fn is_number(self) -> bool {
        matches!(self, Self::ArchivesAtOnce | Self::PartsAtOnce | Self::Connections)
    }

    /// Whether it is an amount of bytes: a string with a unit in the file, or a whole number of bytes.
    #[must_use]
    pub(super) const fn is_amount(self) -> bool {
        matches!(self, Self::Memory | Self::LimitDown | Self::LimitUp)
    }

    /// Whether the file writes it as `true` or `false`.
    #[must_use]
    pub(super) const fn is_switch(self) -> bool {
        matches!(self, Self::ReadOnly)
    }

    /// A value that it may have, as the file writes it.
    #[must_use]
    pub(super) const fn example(self) -> &'static str {
        match self {
            Self::Memory => "\"128MiB\"",
            Self::LimitDown | Self::LimitUp => "\"20MiB\"",
            Self::Mode => "\"stream\"",
            Self::ReadOnly => "true",
            _ if self.is_number() => "2",
            _ => "\"…\"",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }
}

/// Where a value came from; shown in messages: "from --region".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// A line of the file, counted from 1.
    File {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
    },
    /// A variable of the environment.
    Environment(&'static str),
    /// A flag on the command line.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Default => say!("config-from-default"),
            Self::File { path, line } => {
                say!("config-from-file", path = path.display().to_string(), line = line.to_string())
            }
            Self::Environment(name) | Self::Flag(name) => say!("config-from", name = (*name).to_owned()),
        })
    }
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Set<T> {
    pub(super) value: T,
    pub(super) origin: Origin,
}
