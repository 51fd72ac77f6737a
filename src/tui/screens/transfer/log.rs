//! The log pane: every fact of the run as a line, newest last. Facts are kept, not sentences, so that they follow the language.

use std::collections::VecDeque;
use std::time::Duration;

use crate::Error;
use crate::say;
use crate::transfer::{Checked, Fact, Leg, Proof, What};
use crate::words;

/// The oldest lines go first; the log file has them all.
const MOST: usize = 2000;

/// Facts and when they came.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) open: bool,
    facts: VecDeque<(Duration, Fact)>,
    /// How many lines the end is scrolled out of sight.
    pub(super) back: usize,
}

impl Log {
    pub(super) fn push(&mut self, now: Duration, fact: Fact) {
        if self.facts.len() == MOST {
            self.facts.pop_front();
        }
        // Whoever has scrolled back keeps what they read.
        if self.back > 0 {
            self.back = (self.back + 1).min(self.facts.len());
        }
        self.facts.push_back((now, fact));
    }

    pub(super) fn toggle(&mut self) {
        self.open = !self.open;
        self.back = 0;
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        self.back = self.back.saturating_add_signed(-rows).min(self.facts.len().saturating_sub(1));
    }

    pub(super) fn len(&self) -> usize {
        self.facts.len()
    }

    /// The facts that a pane of `height` lines shows, oldest first.
    pub(super) fn shown(&self, height: usize) -> impl Iterator<Item = &(Duration, Fact)> {
        let end = self.facts.len().saturating_sub(self.back);
        let start = end.saturating_sub(height);
        self.facts.iter().skip(start).take(end - start)
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
