//! What a command says: plain text for people, or one JSON object a line for programs.
//!
//! Results go to stdout, what happens on the way and errors to stderr. When stdout is closed by its reader the rest is silence.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use crate::error::Error;
use crate::say;

/// Where a command says what it has to say.
#[derive(Debug)]
pub struct Output {
    json: bool,
    colour: bool,
    closed: AtomicBool,
}

impl Output {
    /// JSON lines where `json`, else text; colour only on a terminal and where `NO_COLOR` is unset.
    #[must_use]
    pub fn new(json: bool) -> Self {
        let colour =
            !json && io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        Self { json, colour, closed: AtomicBool::new(false) }
    }

    /// Whether programs read this.
    #[must_use]
    pub const fn is_json(&self) -> bool {
        self.json
    }

    /// Whether the reader of stdout went away.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// A line of text for people; nothing with `--json`.
    pub fn line(&self, text: impl AsRef<str>) {
        if !self.json {
            self.write(text.as_ref());
        }
    }

    /// Lines of text for people.
    pub fn lines(&self, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            self.line(line);
        }
    }

    /// A heading for people; bold on a terminal.
    pub fn heading(&self, text: &str) {
        if self.colour { self.line(format!("\u{1b}[1m{text}\u{1b}[0m")) } else { self.line(text) }
    }

    /// An event for programs, with the fields of `what`; nothing without `--json`.
    pub fn event(&self, name: &str, what: impl Serialize) {
        if !self.json {
            return;
        }
        match serde_json::to_string(&Event { event: name, what }) {
            Ok(line) => self.write(&line),
            Err(error) => tracing::error!(%error, name, "an event could not be written"),
        }
    }

    /// Something for people that is not a result, on stderr; nothing with `--json`, where an event says it.
    pub fn note(&self, text: impl AsRef<str>) {
        if !self.json {
            aloud(text.as_ref());
        }
    }

    /// An error: for people on stderr, and as an event with `--json`.
    pub fn error(&self, error: &Error) {
        tracing::error!(kind = ?error.kind(), %error, source = ?std::error::Error::source(error), "failed");
        self.event("error", Failure::from(error));
        aloud(&format!("brainzlift: {error}"));
        if let Some(hint) = error.advice() {
            aloud(&format!("  {}", say!("hint", text = hint)));
        }
    }

    fn write(&self, line: &str) {
        if self.is_closed() {
            return;
        }
        let mut stdout = io::stdout().lock();
        if writeln!(stdout, "{line}").and_then(|()| stdout.flush()).is_err() {
            self.closed.store(true, Ordering::Relaxed);
        }
    }
}

/// One line of JSON: the name first, so that people can read along.
#[derive(Serialize)]
struct Event<'a, T: Serialize> {
    event: &'a str,
    #[serde(flatten)]
    what: T,
}

fn aloud(text: &str) {
    // A closed stderr leaves nobody to tell.
    drop(writeln!(io::stderr().lock(), "{text}"));
}

/// An error as programs read it.
#[derive(Debug, Serialize)]
pub(super) struct Failure<'a> {
    kind: crate::error::Kind,
    what: &'a str,
    why: Option<&'a str>,
    hint: Option<&'a str>,
}

impl<'a> From<&'a Error> for Failure<'a> {
    fn from(error: &'a Error) -> Self {
        Self { kind: error.kind(), what: error.what(), why: error.why(), hint: error.advice() }
    }
}
