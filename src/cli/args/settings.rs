//! What the command of the settings takes.

use clap::{Args, Subcommand};

/// What `settings` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Settings {
    /// What to do; nothing shows them all.
    #[command(subcommand)]
    pub change: Option<Change>,
}

/// What can be done to the settings file.
#[derive(Debug, Clone, Subcommand)]
pub enum Change {
    /// Write a setting; the rest of the file stays as it is, comments and all.
    Set {
        /// Its name, as `brainzlift settings` shows it.
        key: String,
        /// Its value.
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Take a setting out, so that its default holds again.
    Unset {
        /// Its name.
        key: String,
    },
    /// Show where the file is.
    Path,
}
