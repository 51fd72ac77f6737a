//! Settings, changes and outcomes in words for people.

use std::fmt;

use super::{ArchiveRule, Change, Outcome};
use crate::say;

impl fmt::Display for ArchiveRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&say!("bucket-archive-rule", class = self.class.as_str(), days = self.after_days))
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Versioning { enable: true } => say!("bucket-change-versions-on"),
            Self::Versioning { enable: false } => say!("bucket-change-versions-off"),
            Self::Archive { from: None, to: Some(to) } => {
                say!("bucket-change-archive", rule = to.to_string())
            }
            Self::Archive { from: Some(from), to: Some(to) } => {
                say!("bucket-change-archive-other", rule = to.to_string(), before = from.to_string())
            }
            Self::Archive { from: Some(from), to: None } => {
                say!("bucket-change-archive-away", before = from.to_string())
            }
            Self::Archive { from: None, to: None } => say!("bucket-change-archive-none"),
            Self::AbortUnfinished { from: None, to } => say!("bucket-change-abort", days = to),
            Self::AbortUnfinished { from: Some(from), to } => {
                say!("bucket-change-abort-other", days = to, before = from)
            }
            Self::BlockPublicAccess => say!("bucket-change-block"),
            Self::Encrypt => say!("bucket-change-encrypt"),
        })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Done => say!("bucket-outcome-done"),
            Self::Unsupported => say!("bucket-outcome-unsupported"),
            Self::NotKept => say!("bucket-outcome-not-kept"),
            Self::Failed { why } => say!("bucket-outcome-failed", why = why.as_str()),
        })
    }
}
