//! Where an archive stands, as a symbol and words. Never by colour alone.

use ratatui::style::Style;

use crate::say;
use crate::transfer::{Line, Verdict};
use crate::tui::Theme;
use crate::tui::screens::transfer::bar::percent;

/// A symbol, and what it means in full and in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) symbol: &'static str,
    pub(super) long: String,
    pub(super) short: String,
    pub(super) tone: Tone,
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    Quiet,
    Plain,
    Good,
    Under,
    Warn,
}

impl Tone {
    pub(super) const fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Quiet => theme.dim,
            Self::Plain => theme.text,
            Self::Good => theme.good,
            Self::Under => theme.focus,
            Self::Warn => theme.warn,
        }
    }
}

impl Standing {
    fn new(symbol: &'static str, tone: Tone, long: String, short: String) -> Self {
        Self { symbol, long, short, tone }
    }

    /// A dataset that the newest dump does not have.
    pub(super) fn not_offered() -> Self {
        Self::new("–", Tone::Quiet, say!("datasets-not-offered"), say!("datasets-not-offered-short"))
    }

    /// A dataset of which the mirror told nothing.
    pub(super) fn not_known() -> Self {
        Self::new("?", Tone::Quiet, say!("home-not-known"), say!("home-not-known"))
    }

    /// What needs something comes before what is as it should be.
    pub(super) fn rank(&self) -> u8 {
        match self.symbol {
            "⚠" => 0,
            "◐" => 1,
            "↑" => 2,
            "○" => 3,
            "●" => 4,
            _ => 5,
        }
    }

    /// In the bucket, and nobody says whether there is a newer one.
    pub(super) fn in_bucket() -> Self {
        Self::new("●", Tone::Quiet, say!("standing-in-bucket"), say!("datasets-current-short"))
    }

    /// Of an archive, by what would be done about it.
    pub(super) fn of_line(line: &Line) -> Self {
        let size = line.archive.size;
        match &line.verdict {
            Verdict::Current => {
                Self::new("●", Tone::Good, say!("datasets-current"), say!("datasets-current-short"))
            }
            Verdict::Here => Self::new("◐", Tone::Under, say!("datasets-here"), say!("datasets-here-short")),
            Verdict::Partly { downloaded, uploaded } => partly(*downloaded, *uploaded, size),
            Verdict::Newer { .. } => {
                Self::new("↑", Tone::Under, say!("datasets-newer"), say!("datasets-newer-short"))
            }
            Verdict::Unknown => {
                Self::new("⚠", Tone::Warn, say!("datasets-unknown"), say!("datasets-unknown-short"))
            }
            Verdict::Missing | Verdict::NotHere => {
                Self::new("○", Tone::Quiet, say!("datasets-missing"), say!("datasets-missing"))
            }
        }
    }
}

/// What is here while it comes; what is in the bucket once all of it is here.
fn partly(downloaded: u64, uploaded: u64, size: u64) -> Standing {
    let words = if downloaded < size {
        say!("datasets-partly", percent = percent(downloaded, size, false))
    } else {
        say!("datasets-partly-up", percent = percent(uploaded, size, false))
    };
    Standing::new("◐", Tone::Under, words.clone(), words)
}
