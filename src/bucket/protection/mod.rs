//! A bucket's protection: what is set, what is wanted, and the difference.
//!
//! [`diff`] is pure and is what the review shows. Reading and applying are apart. Every setting is read back after it was written,
//! because stores in the wild accept settings that they do not keep.

mod apply;
mod diff;
mod lifecycle;
mod read;
mod words;

use serde::{Deserialize, Serialize};

pub use apply::apply;
pub use diff::{diff, skipped};
pub use lifecycle::{ABORT_RULE, ARCHIVE_RULE};
pub use read::read;

use crate::error::{Error, Kind, Result};
use crate::say;

/// The colder classes that a rule may name, warmest first.
pub const CLASSES: [&str; 3] = ["GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"];

/// The most days that a rule may wait: ten years.
pub const MOST_DAYS: u32 = 3650;

/// A setting that was read, or why there is nothing to say about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading<T> {
    /// The store said this.
    Is(T),
    /// The store does not know this setting.
    Unsupported,
    /// The credentials do not allow reading it.
    Denied,
}

/// What a bucket has now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Current {
    /// Whether versions are kept; `false` also when it was suspended.
    pub versioning: Reading<bool>,
    /// The rule that archives `raw/`, where there is one of ours.
    pub archive: Reading<Option<ArchiveRule>>,
    /// After how many days unfinished uploads are aborted.
    pub abort_days: Reading<Option<u32>>,
    /// How many lifecycle rules are not ours; they survive every change.
    pub foreign_rules: usize,
    /// Whether all four public-access switches are on.
    pub public_access_block: Reading<bool>,
    /// The default encryption: `AES256`, `aws:kms`.
    pub encryption: Reading<Option<String>>,
}

/// Moves what is under `raw/` to a colder class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveRule {
    /// Days after the object was made.
    pub after_days: u32,
    /// S3's name of the class: `GLACIER`, `GLACIER_IR`, `DEEP_ARCHIVE`.
    pub class: String,
}

impl ArchiveRule {
    /// Ninety days, then Glacier: what is offered first.
    #[must_use]
    pub fn offered() -> Self {
        Self { after_days: 90, class: "GLACIER".to_owned() }
    }

    /// Refuses a class or a number of days that a lifecycle rule cannot have.
    pub fn check(&self) -> Result<()> {
        if !CLASSES.contains(&self.class.as_str()) {
            let class = crate::words::harmless(&self.class);
            let error = Error::new(Kind::Usage, say!("bucket-bad-class", class = class));
            return Err(error.hint(say!("bucket-bad-class-hint", classes = CLASSES.join(", "))));
        }
        if self.after_days > MOST_DAYS {
            return Err(Error::new(
                Kind::Usage,
                say!("bucket-bad-days", days = self.after_days, most = MOST_DAYS),
            ));
        }
        Ok(())
    }
}

/// What the user wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// Keep versions; `None` leaves it as it is.
    pub versioning: Option<bool>,
    /// The archive rule; `None` leaves it as it is, `Some(None)` takes it away.
    pub archive: Option<Option<ArchiveRule>>,
    /// Days after which unfinished uploads are aborted.
    pub abort_days: u32,
}

impl Default for Wanted {
    /// The safe defaults: nothing that costs or deletes is switched on unasked.
    fn default() -> Self {
        Self { versioning: None, archive: None, abort_days: 7 }
    }
}

/// One thing that would be done to a bucket's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "setting")]
pub enum Change {
    /// Switch versioning on or off (S3 suspends).
    Versioning {
        /// Whether versions are kept afterwards.
        enable: bool,
    },
    /// Put or take away the rule that archives `raw/`.
    Archive {
        /// The rule before.
        from: Option<ArchiveRule>,
        /// The rule afterwards.
        to: Option<ArchiveRule>,
    },
    /// Abort unfinished uploads.
    AbortUnfinished {
        /// Days before, where there was a rule.
        from: Option<u32>,
        /// Days afterwards.
        to: u32,
    },
    /// Turn all four public-access switches on.
    BlockPublicAccess,
    /// Encrypt new objects with S3's own keys.
    Encrypt,
}

/// What became of one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "result")]
pub enum Outcome {
    /// Written, read back, and it is so.
    Done,
    /// The store does not know this setting.
    Unsupported,
    /// The store accepted it and does not keep it.
    NotKept,
    /// It failed.
    Failed {
        /// Why, in the user's language.
        why: String,
    },
}
