//! What a screen asks the world for. Only the runtime does any of it; `Go`, `Visit`, `Return`, `Bind` and `Wear` are the app's own.

use std::num::NonZeroU64;
use std::path::PathBuf;

use crate::bucket::protection::{Change, Wanted};
use crate::bucket::{Keys, Target};
use crate::catalog::{Archive, DatasetId, Family};
use crate::config::Key;
use crate::transfer::{Leg, Plan};

use super::eyes::Wish;
use super::keys::{Action, Keymap};
use super::screens::browser;
use super::{Seen, Step};

/// A wish of a screen. The answer, where there is one, comes back as a message of the screen that the line names.
#[derive(Debug)]
pub enum Effect {
    /// Shows another screen, as the wizard goes.
    Go(Step),
    /// Shows another screen and remembers where one came from.
    Visit(Step),
    /// Goes back to where one came from.
    Return,
    /// Finds credentials, asks who one is, and whether the mirror answers. Answers `connect`.
    Connect(Target),
    /// Tries typed keys and writes them to the AWS files when they work. Answers `connect`.
    SaveCredentials {
        /// The profile to write.
        profile: String,
        /// The keys to try and to write.
        keys: Keys,
        /// The region to write.
        region: String,
    },
    /// Lists one's buckets. Answers `bucket`.
    ListBuckets,
    /// Makes a bucket and opens it. Answers `bucket`.
    CreateBucket {
        /// Its name.
        name: String,
        /// Its region.
        region: String,
    },
    /// Opens a bucket, following it to its region. Answers `bucket`.
    OpenBucket(String),
    /// Reads the bucket's settings. Answers `protect`.
    ReadProtection,
    /// Makes the layout's keys, then applies the changes one by one. Answers `protect`.
    ApplySetup {
        /// What the user wants, for the log.
        wanted: Wanted,
        /// What differs.
        changes: Vec<Change>,
    },
    /// Asks the mirror for these families, each answered by itself. Answers who asks.
    Discover(Asker, Vec<Family>),
    /// Looks on the disk and in the bucket for these archives. Answers who asks.
    Survey(Asker, Vec<Archive>),
    /// Connects and opens the bucket, for a start that knows both. Answers `home`.
    Reopen {
        /// Where to connect.
        target: Target,
        /// The bucket.
        bucket: String,
    },
    /// Reads what the open bucket has: settings, datasets, unfinished uploads, and everything counted where that is wanted; and what
    /// the disk has begun. Answers `home`, each by itself.
    LookAround {
        /// Whether to count everything in the bucket.
        count: bool,
    },
    /// Keeps what was seen for the next start.
    Keep(Box<Seen>),
    /// Starts the transfer. Answers `transfer`: facts, then `Finished`.
    Start(Plan),
    /// Tells the running transfer something.
    Control(Command),
    /// Asks for the profiles of this machine. Answers `transfer`.
    FindProfiles,
    /// Opens the bucket of the running transfer with other credentials, and lets it use them. Answers `transfer`.
    Renew(Renewal),
    /// Remembers for the next start; what is `None` stays as it was.
    Remember {
        /// The bucket in use.
        bucket: Option<String>,
        /// The datasets chosen.
        datasets: Option<Vec<DatasetId>>,
    },
    /// Writes the report of a run to `NAME.txt` and `NAME.json`. Answers `done`.
    SaveReport {
        /// The name, with its folder.
        name: PathBuf,
        /// What goes into the text.
        text: String,
        /// What goes into the JSON.
        json: String,
    },
    /// Sleeps until the shell wakes the program.
    Suspend,
    /// Reads the settings again. Answers `settings`.
    ReadSettings,
    /// Writes a setting to the file, or takes it out where there is no value, and reads all again. Answers `settings`.
    WriteSetting {
        /// Which setting.
        key: Key,
        /// Its value, as the environment would have it.
        value: Option<String>,
    },
    /// Writes the keys of an action to the file, or takes them out so that the usual ones hold, and reads all again. Answers `settings`.
    WriteKeys {
        /// Whose keys.
        action: Action,
        /// As the file writes them.
        keys: Option<Vec<String>>,
    },
    /// Other keys from now on; the app's own.
    Bind(Keymap),
    /// Looks different from now on; the app's own.
    Wear(Wish),
    /// Speaks another language from now on; the desktop's where it is `None`.
    Speak(Option<&'static str>),
    /// What the browser wishes. Answers `browser`.
    Browser(browser::Wish),
    /// Copies to the terminal's clipboard.
    Copy(String),
    /// Leaves in order.
    Quit,
    /// Leaves at once: the second Ctrl-C.
    Leave,
}

/// Which screen wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// The home screen.
    Home,
    /// The choice of datasets.
    Datasets,
}

/// Where credentials come from that take the place of those that ran out.
#[derive(Debug, Clone)]
pub enum Renewal {
    /// From where they came before, read anew.
    Same,
    /// From this profile.
    Profile(String),
    /// They were typed, and are used for this run only.
    Keys(Keys),
}

/// What a running transfer can be told; `None` means every archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Holds still.
    Pause(Option<usize>),
    /// Goes on.
    Resume(Option<usize>),
    /// Gives up, leaving nothing behind that is billed.
    Cancel(Option<usize>),
    /// Leaves out of this run; what was moved stays.
    Leave(Option<usize>),
    /// Tries a line again that failed or was left out.
    Retry(usize),
    /// Works on a line before all others.
    PutFirst(usize),
    /// Asks the mirror for so many ranges at once.
    Connections(usize),
    /// Tells with each frame where the parts of that line are, or of none.
    Watch(Option<usize>),
    /// Holds a leg of all archives together to so many bytes/s; `None` is no limit.
    Limit(Leg, Option<NonZeroU64>),
    /// Winds down; what was moved can be resumed.
    Stop,
}
