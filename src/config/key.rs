//! What can be set, under which names, and where a value came from.

use std::fmt;
use std::path::PathBuf;

use crate::say;

/// How a value is written, and so how it is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A name, a path or an address: a string in the file.
    Text,
    /// A whole number.
    Number,
    /// An amount of bytes: a string with a unit in the file, or a whole number of bytes.
    Amount,
    /// A limit: an amount for each second, or amounts by the hour.
    Limit,
    /// `true` or `false`.
    Switch,
    /// One of a few words.
    Choice(&'static [&'static str]),
}

/// Settings that belong together, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Where everything is.
    Places,
    /// How archives move.
    Moving,
    /// How the interface looks and behaves.
    Interface,
    /// What must not happen.
    Safety,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Places, Self::Moving, Self::Interface, Self::Safety];

    /// What people call it.
    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::Places => say!("setting-group-places"),
            Self::Moving => say!("setting-group-moving"),
            Self::Interface => say!("setting-group-interface"),
            Self::Safety => say!("setting-group-safety"),
        }
    }
}

/// Makes the enum and everything that is read of it from one table.
macro_rules! settings {
    ($($(#[$doc:meta])* $key:ident $name:literal $variable:literal $flag:literal $shape:expr, $group:ident $title:literal $about:literal;)*) => {
        /// A setting.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $($(#[$doc])* $key,)*
        }

        impl Key {
            /// Every setting, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$key,)*];

            /// Its name in the file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$key => $name,)* }
            }

            /// Its name in the environment.
            #[must_use]
            pub const fn variable(self) -> &'static str {
                match self { $(Self::$key => $variable,)* }
            }

            /// Its name on the command line.
            #[must_use]
            pub const fn flag(self) -> &'static str {
                match self { $(Self::$key => $flag,)* }
            }

            /// How its value is written.
            #[must_use]
            pub const fn shape(self) -> Shape {
                match self { $(Self::$key => $shape,)* }
            }

            /// Among which ones it is shown.
            #[must_use]
            pub const fn group(self) -> Group {
                match self { $(Self::$key => Group::$group,)* }
            }

            /// What people call it.
            #[must_use]
            pub fn title(self) -> String {
                match self { $(Self::$key => say!($title),)* }
            }

            /// What it is for, in a sentence or two.
            #[must_use]
            pub fn about(self) -> String {
                match self { $(Self::$key => say!($about),)* }
            }
        }
    };
}

settings! {
    /// The AWS profile.
    Profile "profile" "BRAINZLIFT_PROFILE" "--profile" Shape::Text, Places "setting-profile" "setting-profile-about";
    /// The AWS region.
    Region "region" "BRAINZLIFT_REGION" "--region" Shape::Text, Places "setting-region" "setting-region-about";
    /// Another S3 than AWS's.
    EndpointUrl "endpoint_url" "BRAINZLIFT_ENDPOINT_URL" "--endpoint-url" Shape::Text, Places "setting-endpoint" "setting-endpoint-about";
    /// The bucket.
    Bucket "bucket" "BRAINZLIFT_BUCKET" "--bucket" Shape::Text, Places "setting-bucket" "setting-bucket-about";
    /// Another mirror than upstream's.
    Mirror "mirror" "BRAINZLIFT_MIRROR" "--mirror" Shape::Text, Places "setting-mirror" "setting-mirror-about";
    /// Where archives are kept on this machine.
    DataDir "data_dir" "BRAINZLIFT_DATA_DIR" "--data-dir" Shape::Text, Places "setting-data-dir" "setting-data-dir-about";
    /// What happens to the local file.
    Mode "mode" "BRAINZLIFT_MODE" "--mode" Shape::Choice(&["keep", "stream"]), Moving "setting-mode" "setting-mode-about";
    /// How fast archives come from the mirror.
    LimitDown "limit_down" "BRAINZLIFT_LIMIT_DOWN" "--limit-down" Shape::Limit, Moving "setting-limit-down" "setting-limit-down-about";
    /// How fast they go to S3.
    LimitUp "limit_up" "BRAINZLIFT_LIMIT_UP" "--limit-up" Shape::Limit, Moving "setting-limit-up" "setting-limit-up-about";
    /// How many archives are transferred at once.
    ArchivesAtOnce "archives_at_once" "BRAINZLIFT_ARCHIVES_AT_ONCE" "--archives-at-once" Shape::Number, Moving "setting-archives" "setting-archives-about";
    /// How many parts of one archive are on their way to S3 at once.
    PartsAtOnce "parts_at_once" "BRAINZLIFT_PARTS_AT_ONCE" "--parts-at-once" Shape::Number, Moving "setting-parts" "setting-parts-about";
    /// How many ranges of one archive are asked of a mirror at once.
    Connections "connections" "BRAINZLIFT_CONNECTIONS" "--connections" Shape::Number, Moving "setting-connections" "setting-connections-about";
    /// Memory for parts on their way.
    Memory "memory" "BRAINZLIFT_MEMORY" "--memory" Shape::Amount, Moving "setting-memory" "setting-memory-about";
    /// The language of the messages.
    Lang "lang" "BRAINZLIFT_LANG" "--lang" Shape::Choice(&crate::words::LANGUAGES), Interface "setting-lang" "setting-lang-about";
    /// The colours.
    Theme "theme" "BRAINZLIFT_THEME" "--theme" Shape::Choice(&super::Palette::NAMES), Interface "setting-theme" "setting-theme-about";
    /// Whether only ASCII is drawn besides letters.
    Ascii "ascii" "BRAINZLIFT_ASCII" "--ascii" Shape::Switch, Interface "setting-ascii" "setting-ascii-about";
    /// Whether things turn and run on the screen.
    Motion "motion" "BRAINZLIFT_MOTION" "--reduced-motion" Shape::Switch, Interface "setting-motion" "setting-motion-about";
    /// Whether the mouse is listened to.
    Mouse "mouse" "BRAINZLIFT_MOUSE" "--no-mouse" Shape::Switch, Interface "setting-mouse" "setting-mouse-about";
    /// Whether the terminal's title shows progress.
    Title "title" "BRAINZLIFT_TITLE" "--no-title" Shape::Switch, Interface "setting-title" "setting-title-about";
    /// Whether the terminal rings at the end.
    Bell "bell" "BRAINZLIFT_BELL" "--no-bell" Shape::Switch, Interface "setting-bell" "setting-bell-about";
    /// Whether nothing in a bucket may be changed.
    ReadOnly "read_only" "BRAINZLIFT_READ_ONLY" "--read-only" Shape::Switch, Safety "setting-read-only" "setting-read-only-about";
}

impl Key {
    /// A value that it may have, as the file writes it.
    #[must_use]
    pub(super) const fn example(self) -> &'static str {
        match (self, self.shape()) {
            (Self::Memory, _) => "\"128MiB\"",
            (Self::Mode, _) => "\"stream\"",
            (Self::Lang, _) => "\"fr\"",
            (Self::Theme, _) => "\"dark\"",
            (_, Shape::Amount | Shape::Limit) => "\"20MiB\"",
            (_, Shape::Switch) => "true",
            (_, Shape::Number) => "2",
            (_, Shape::Text | Shape::Choice(_)) => "\"…\"",
        }
    }

    /// The one of that name in the file.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.name() == name)
    }
}

/// Where a value came from; shown in messages: "from --region".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin {
    /// Nobody set it.
    #[default]
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
