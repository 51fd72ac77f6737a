//! A bucket's protection at a glance: five settings, each with a mark and a few words. Never by colour alone.

use std::fmt;

use super::standing::Tone;
use crate::bucket::protection::{ArchiveRule, Change, Current, Reading};
use crate::say;

/// One setting as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sight {
    /// Whether it is as it should be.
    pub(super) mark: &'static str,
    /// What it is.
    pub(super) text: String,
    /// How much it matters.
    pub(super) tone: Tone,
}

impl fmt::Display for Sight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.mark, self.text)
    }
}

/// At which place of [`sights`] the setting of a change stands.
pub(super) const fn place(change: &Change) -> usize {
    match change {
        Change::Versioning { .. } => 0,
        Change::Encrypt => 1,
        Change::BlockPublicAccess => 2,
        Change::Archive { .. } => 3,
        Change::AbortUnfinished { .. } => 4,
    }
}

/// The five that matter, each with a mark.
pub(super) fn sights(current: &Current) -> [Sight; 5] {
    let good = |text: String| Sight { mark: "✓", text, tone: Tone::Good };
    let plain = |text: String| Sight { mark: "–", text, tone: Tone::Quiet };
    let warn = |text: String| Sight { mark: "⚠", text, tone: Tone::Warn };
    let archive = |rule: &Option<ArchiveRule>| match rule {
        Some(rule) => good(say!("home-archive", class = rule.class.as_str(), days = rule.after_days)),
        None => plain(say!("home-archive-none")),
    };
    [
        seen(&current.versioning, say!("home-versions"), |kept| match kept {
            true => good(say!("home-versions-on")),
            false => plain(say!("home-versions-off")),
        }),
        seen(&current.encryption, say!("home-encryption"), |how| match how {
            Some(_) => good(say!("home-encrypted")),
            None => warn(say!("home-not-encrypted")),
        }),
        seen(&current.public_access_block, say!("home-public"), |blocked| match blocked {
            true => good(say!("home-private")),
            false => warn(say!("home-maybe-public")),
        }),
        seen(&current.archive, say!("home-archive-rule"), archive),
        seen(&current.abort_days, say!("home-abort-rule"), |days: &Option<u32>| match *days {
            Some(days) => good(say!("home-abort", days = days)),
            None => warn(say!("home-abort-none")),
        }),
    ]
}

fn seen<T>(reading: &Reading<T>, name: String, is: impl Fn(&T) -> Sight) -> Sight {
    match reading {
        Reading::Is(value) => is(value),
        Reading::Unsupported => {
            Sight { mark: "–", text: say!("home-unsupported", name = name), tone: Tone::Quiet }
        }
        Reading::Denied => Sight { mark: "?", text: say!("home-denied", name = name), tone: Tone::Quiet },
    }
}
