//! The signals that ask a command to end: Ctrl-C, and on Unix SIGTERM and SIGHUP.

use crate::error::{Error, Kind, Result};
use crate::say;

/// Listens from the moment it is made, so that no signal falls between two looks.
#[derive(Debug)]
pub(super) struct Signals {
    #[cfg(unix)]
    kinds: [tokio::signal::unix::Signal; 3],
}

impl Signals {
    /// Begins to listen; from now on these signals no longer end the program by themselves.
    #[cfg(unix)]
    pub(super) fn listen() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| {
            signal(kind).map_err(|error| Error::new(Kind::Fatal, say!("cli-no-signals")).because(error))
        };
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        let [interrupt, terminate, hangup] = kinds.map(listen);
        Ok(Self { kinds: [interrupt?, terminate?, hangup?] })
    }

    /// Returns at the next signal.
    #[cfg(unix)]
    pub(super) async fn next(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.kinds;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }

    /// Begins to listen.
    #[cfg(not(unix))]
    pub(super) fn listen() -> Result<Self> {
        Ok(Self {})
    }

    /// Returns at the next Ctrl-C.
    #[cfg(not(unix))]
    pub(super) async fn next(&mut self) {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(error = %Error::new(Kind::Fatal, say!("cli-no-signals")).because(error), "no Ctrl-C");
            std::future::pending::<()>().await;
        }
    }
}
