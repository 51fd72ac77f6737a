//! A figure that grows while something is counted or deleted, and the signal that ends it.

use std::future::Future;
use std::io::IsTerminal;
use std::time::Duration;

use indicatif::ProgressBar;

use super::Output;
use super::signals::Signals;
use crate::bucket::Extent;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::size;

/// One line on a terminal; elsewhere nothing.
pub(super) struct Counter(ProgressBar);

impl Counter {
    pub(super) fn new(output: &Output) -> Self {
        if output.is_json() || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    /// Shows `text` from now on.
    pub(super) fn say(&self, text: String) {
        self.0.set_message(text);
    }

    /// Shows how much was counted so far.
    pub(super) fn count(&self, extent: &Extent) {
        self.say(say!("cli-counting", objects = extent.entries(), bytes = size(extent.bytes)));
    }

    /// Says something above the line.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        self.0.suspend(say);
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Does `work`, which only looks, unless a signal comes first: then that is the end.
pub(super) async fn unless_stopped<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let mut signals = Signals::listen()?;
    tokio::select! {
        done = work => done,
        () = signals.next() => Err(Error::new(Kind::Interrupted, say!("cli-stopped"))),
    }
}
