//! The log pane: every fact of the run as a line, newest last, filtered by what is typed and by how much it matters. Facts are kept, not
//! sentences, so that they follow the language.

use std::collections::VecDeque;
use std::time::Duration;

use crate::Error;
use crate::say;
use crate::transfer::{Checked, Fact, Leg, Proof, What};
use crate::tui::widgets::Field;
use crate::words;

/// The oldest lines go first; the log file has them all.
const MOST: usize = 2000;

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Level {
    /// The ordinary course of things.
    #[default]
    All,
    /// What was tried again or began anew, too.
    Warnings,
    /// What failed, or waits for somebody.
    Troubles,
}

impl Level {
    const fn of(what: &What) -> Self {
        match what {
            What::Failed { .. } | What::Waiting { .. } => Self::Troubles,
            What::Retrying { .. }
            | What::Restarted { .. }
            | What::Repinned { .. }
            | What::Cancelled
            | What::Interrupted => Self::Warnings,
            _ => Self::All,
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::All => Self::Warnings,
            Self::Warnings => Self::Troubles,
            Self::Troubles => Self::All,
        }
    }

    pub(super) fn words(self) -> String {
        match self {
            Self::All => say!("log-level-all"),
            Self::Warnings => say!("log-level-warnings"),
            Self::Troubles => say!("log-level-troubles"),
        }
    }

    pub(super) const fn symbol(self) -> &'static str {
        match self {
            Self::All => " ",
            Self::Warnings => "↻",
            Self::Troubles => "⚠",
        }
    }
}

/// A fact, when it came, and what a filter looks at.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) at: Duration,
    pub(super) fact: Fact,
    pub(super) level: Level,
    name: String,
    text: String,
}

/// Facts and how they are looked at.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) open: bool,
    entries: VecDeque<Entry>,
    /// How many lines the end is scrolled out of sight.
    pub(super) back: usize,
    pub(super) level: Level,
    /// What lines must hold, and whether it is being typed.
    pub(super) filter: Field,
    pub(super) typing: bool,
}

impl Log {
    pub(super) fn push(&mut self, now: Duration, fact: Fact, name: &str) {
        if self.entries.len() == MOST {
            self.entries.pop_front();
        }
        let mut entry =
            Entry { at: now, level: Level::of(&fact.what), fact, name: name.to_owned(), text: String::new() };
        entry.spell();
        // Whoever has scrolled back keeps what they read.
        if self.back > 0 && self.shows(&entry) {
            self.back += 1;
        }
        self.entries.push_back(entry);
        self.scroll(0);
    }

    pub(super) fn toggle(&mut self) {
        self.open = !self.open;
        (self.back, self.typing) = (0, false);
    }

    pub(super) fn next_level(&mut self) {
        self.level = self.level.next();
        self.back = 0;
    }

    /// Begins to type a filter; the language may be another one than when the facts came.
    pub(super) fn type_filter(&mut self) {
        (self.open, self.typing) = (true, true);
        self.entries.iter_mut().for_each(Entry::spell);
    }

    /// Ends the typing; `clear` forgets what was typed.
    pub(super) fn end_filter(&mut self, clear: bool) {
        self.typing = false;
        if clear {
            self.filter.set("");
        }
        self.back = 0;
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        let most = self.len().saturating_sub(1);
        self.back = self.back.saturating_add_signed(-rows).min(most);
    }

    /// Lines that pass the filter.
    pub(super) fn len(&self) -> usize {
        self.passing().count()
    }

    /// What a pane of `height` lines shows, oldest first.
    pub(super) fn shown(&self, height: usize) -> Vec<&Entry> {
        let newest = self.passing().rev().skip(self.back).take(height);
        let mut shown: Vec<&Entry> = newest.collect();
        shown.reverse();
        shown
    }

    fn passing(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| self.shows(entry))
    }

    fn shows(&self, entry: &Entry) -> bool {
        let wanted = self.filter.value().trim().to_lowercase();
        entry.level >= self.level && (wanted.is_empty() || entry.text.contains(&wanted))
    }
}

impl Entry {
    fn spell(&mut self) {
        self.text = format!("{} {}", self.name, sentence(&self.fact.what)).to_lowercase();
    }
}
/// A fact in words.
pub(super) fn sentence(what: &What) -> String {
    match what {
        What::Started { down_from: 0, up_from: 0 } => say!("log-started"),
        What::Started { down_from, up_from } => {
            say!("log-resumed-at", down = words::size(*down_from), up = words::size(*up_from))
        }
        What::Retrying { leg, attempt, wait, why } => {
            let attempt = *attempt;
            say!(
                "log-retrying",
                leg = leg_words(*leg),
                attempt = attempt,
                wait = words::wait(*wait),
                why = error(why)
            )
        }
        What::Restarted { why } => say!("log-restarted", why = error(why)),
        What::Repinned { archive, .. } => {
            say!("log-repinned", dump = words::harmless(&archive.dump.name), size = words::size(archive.size))
        }
        What::Downloaded => say!("log-downloaded"),
        What::Verified => say!("log-verified"),
        What::Uploaded => say!("log-uploaded"),
        What::Proven(proof) => proof_words(proof),
        What::Skipped => say!("log-skipped"),
        What::Waiting { why } => say!("log-waiting", why = error(why)),
        What::Paused => say!("log-paused"),
        What::Resumed => say!("log-resumed"),
        What::Cancelled => say!("log-cancelled"),
        What::Interrupted => say!("log-interrupted"),
        What::Failed { why } => say!("log-failed", why = error(why)),
    }
}

pub(super) fn leg_words(leg: Leg) -> String {
    match leg {
        Leg::Download => say!("leg-download"),
        Leg::Upload => say!("leg-upload"),
    }
}

/// "what: why", which is safe to show.
fn error(error: &Error) -> String {
    words::harmless(&error.to_string())
}

/// What was checked, the way `✓ SHA-256 ✓ CRC64NVME ✓ size` says it; what could not be compared says why.
pub(in crate::tui::screens) fn proof_words(proof: &Proof) -> String {
    let sha = Some("✓ SHA-256".to_owned());
    let crc = match proof.checksum {
        Some(weaker) if proof.crc64nvme_checked != Checked::Equal => {
            checked(&say!("proof-of-parts", what = weaker.name()), proof.checksum_checked)
        }
        _ => checked("CRC64NVME", proof.crc64nvme_checked),
    };
    let size = checked(&say!("proof-size"), proof.size_checked);
    [sha, crc, size].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn checked(name: &str, checked: Checked) -> Option<String> {
    match checked {
        Checked::Equal => Some(format!("✓ {name}")),
        Checked::NotGiven => Some(format!("– {name} {}", say!("proof-not-given"))),
        Checked::Malformed => Some(format!("– {name} {}", say!("proof-malformed"))),
        Checked::NotApplicable => None,
    }
}
