//! The one error type: what failed on what, why, and what to do next, in the user's language.
//!
//! Here lives the shape of an error and the kinds that decide what happens to it. The sentences live in [`crate::words`];
//! how an error is drawn or which exit code it becomes is the business of `cli` and `tui`.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use crate::words;

/// Every fallible function of the library returns this.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What an error means for whoever has to decide what happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// The network or a server hiccuped: trying again is worth it.
    Transient,
    /// Nothing answers: the network is down, or the far end is. Trying again is worth it for as long as that lasts.
    Offline,
    /// The far end asked for fewer requests: try again, slower.
    Throttled,
    /// No credentials, wrong ones, or expired ones: ask for others, then go on.
    Credentials,
    /// The credentials are good but do not allow this.
    Permission,
    /// The archive upstream is not the one that was begun: start that archive again.
    SourceChanged,
    /// The bytes are not the published ones.
    Integrity,
    /// The object lies in a cold class: it has to be restored before it can be read.
    Archived,
    /// The disk is full, or would be.
    OutOfSpace,
    /// The far end does not know this feature: say so and go on without it.
    Unsupported,
    /// The thing asked for does not exist.
    NotFound,
    /// The user's input is wrong: a flag, a setting, a name.
    Usage,
    /// Stopped by the user or by a signal; it can be resumed.
    Interrupted,
    /// Everything else: trying again would not help.
    Fatal,
}

impl Kind {
    /// Whether the same request may succeed when it is sent again.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::Transient | Self::Offline | Self::Throttled)
    }
}

/// What failed on what, why, and what to do next.
///
/// `Display` gives "what: why" on one line, in the user's language, safe to print. The hint is apart, so that it can be drawn apart.
#[derive(Debug, thiserror::Error)]
pub struct Error {
    kind: Kind,
    what: String,
    why: Option<String>,
    hint: Option<String>,
    wait: Option<Duration>,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of `kind`; `what` names what failed and on what, as a sentence without a final stop.
    pub fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), why: None, hint: None, wait: None, source: None }
    }

    /// Adds the reason, as a clause that can follow a colon.
    #[must_use]
    pub fn because(mut self, why: impl fmt::Display) -> Self {
        self.why = Some(crate::words::harmless(&why.to_string()));
        self
    }

    /// Adds what the user can do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds what the user can do next, where nothing better is known already.
    #[must_use]
    pub fn or_hint(mut self, hint: impl FnOnce() -> String) -> Self {
        self.hint = self.hint.or_else(|| Some(hint()));
        self
    }

    /// Adds how long the far end asked to wait (`Retry-After`).
    #[must_use]
    pub const fn after(mut self, wait: Duration) -> Self {
        self.wait = Some(wait);
        self
    }

    /// Adds the lower error for the log; users are shown `why` instead.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What this error means for the caller.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The sentence that names what failed, without the reason.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The reason, where one is known.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// How long the far end asked to wait, where it did.
    #[must_use]
    pub const fn wait(&self) -> Option<Duration> {
        self.wait
    }

    /// What the user can do next, where there is something.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Some(why) => f.write_str(&words::because(&self.what, why)),
            None => f.write_str(&self.what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_what_then_why_and_keeps_the_hint_apart() {
        let error = Error::new(Kind::Transient, "the mirror did not answer")
            .because("connection refused")
            .hint("try later");
        assert_eq!(error.to_string(), "the mirror did not answer: connection refused");
        assert_eq!(error.advice(), Some("try later"));
    }

    #[test]
    fn a_reason_from_outside_cannot_move_the_cursor() {
        let error = Error::new(Kind::Fatal, "refused").because("bad\u{1b}[2Jname");
        assert!(!error.to_string().contains('\u{1b}'));
    }
}
