//! What the system tells the process.

use crate::error::{Error, Kind, Result};
use crate::say;

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// To leave in order: SIGTERM, SIGINT, SIGQUIT, and SIGHUP when the terminal is closed.
    Terminate,
    /// The shell goes on with us.
    Continued,
    /// The window has another size.
    Resized,
}

/// Listens to all of them.
#[cfg(unix)]
pub(super) struct Signals {
    ends: [tokio::signal::unix::Signal; 4],
    continued: tokio::signal::unix::Signal,
    resized: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    pub(super) fn new() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let failed = |error: std::io::Error| {
            Error::new(Kind::Fatal, say!("tui-broken")).because(&error).caused_by(error)
        };
        let listen = |kind: SignalKind| signal(kind).map_err(failed);
        Ok(Self {
            ends: [
                listen(SignalKind::terminate())?,
                listen(SignalKind::interrupt())?,
                listen(SignalKind::quit())?,
                listen(SignalKind::hangup())?,
            ],
            continued: listen(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
            resized: listen(SignalKind::window_change())?,
        })
    }

    /// The next one. A storm of one kind is one.
    pub(super) async fn next(&mut self) -> Signal {
        let [term, int, quit, hup] = &mut self.ends;
        tokio::select! {
            _ = term.recv() => Signal::Terminate,
            _ = int.recv() => Signal::Terminate,
            _ = quit.recv() => Signal::Terminate,
            _ = hup.recv() => Signal::Terminate,
            () = told(&mut self.continued) => Signal::Continued,
            () = told(&mut self.resized) => Signal::Resized,
        }
    }

    /// Waits until the shell goes on with us.
    pub(super) async fn continued(&mut self) {
        told(&mut self.continued).await;
    }
}

#[cfg(unix)]
async fn told(signal: &mut tokio::signal::unix::Signal) {
    signal.recv().await;
}

/// Elsewhere the console tells through its events.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
    pub(super) fn new() -> Result<Self> {
        Ok(Self)
    }

    pub(super) async fn next(&mut self) -> Signal {
        std::future::pending().await
    }
}
