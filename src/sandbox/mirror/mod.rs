//! The mirror: a folder of dumps served over HTTP as upstream's nginx does it.
//!
//! Here lives the server's start and stop. `site` answers requests; `samples` makes the dumps of the sandbox. Everything that is
//! served is a plain file under the folder, so that a stock nginx over a copy of it gives the same.

mod listing;
mod paths;
mod ranges;
mod rate;
pub mod samples;
mod site;
mod validators;

use std::net::Ipv4Addr;
use std::path::Path;

use http::Request;
use hyper::service::service_fn;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use self::rate::Rate;
use self::site::Site;
use super::body::Body;
use super::faults::{Faults, Layered, On};
use super::scheme;
use super::serve::serve;
use crate::error::{Error, Kind, Result};
use crate::say;

/// How fast archives are served where no rate is asked for, in bytes/s for all connections together: the guide's four archives
/// of the sample dumps (24 MB) take about 20 s, slow enough to watch.
pub const DEFAULT_RATE: u64 = 1_200_000;

/// Where the dumps begin, on this mirror as on upstream's.
pub const BASE: &str = "/pub/musicbrainz/";

/// What a mirror serves, and how: see [`Mirror::start`].
pub(super) struct Served<'a> {
    pub(super) root: &'a Path,
    pub(super) rate: Option<u64>,
    pub(super) faults: Faults,
}

/// A running mirror; dropping it stops it.
#[derive(Debug)]
pub struct Mirror {
    url: String,
    shutdown: CancellationToken,
    tasks: JoinSet<()>,
}

impl Mirror {
    /// Serves the folder `root`, which holds `pub/musicbrainz/`, on 127.0.0.1 and `port` (0: the system chooses).
    ///
    /// `rate` in bytes/s slows archives down, for all connections together: `None` is [`DEFAULT_RATE`], `Some(0)` no limit.
    pub async fn start(port: u16, root: &Path, rate: Option<u64>, faults: Faults) -> Result<Self> {
        Self::start_with(port, Served { root, rate, faults }, None).await
    }

    /// As [`Mirror::start`], over TLS where `tls` is given.
    pub(super) async fn start_with(port: u16, served: Served<'_>, tls: Option<TlsAcceptor>) -> Result<Self> {
        let Served { root, rate, faults } = served;
        let root = tokio::fs::canonicalize(root).await.map_err(|error| {
            Error::new(Kind::NotFound, say!("sandbox-mirror-no-folder", path = root.display().to_string()))
                .because(&error)
                .hint(say!("sandbox-mirror-no-folder-hint"))
                .caused_by(error)
        })?;
        let (listener, port) = listen(port).await?;
        let site = Site::new(root, Rate::new(rate.unwrap_or(DEFAULT_RATE)));
        let service = Layered::new(
            On::Mirror,
            faults,
            service_fn(move |request: Request<Body>| {
                let site = site.clone();
                async move { site.answer(request.map(drop)).await }
            }),
        );
        let shutdown = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let scheme = scheme(tls.as_ref());
        tasks.spawn(serve(listener, tls, service, shutdown.clone()));
        Ok(Self { url: format!("{scheme}://127.0.0.1:{port}{BASE}"), shutdown, tasks })
    }

    /// The base of all dumps, with its final slash: `http://127.0.0.1:PORT/pub/musicbrainz/`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops serving and waits until the port is free.
    pub async fn stop(mut self) {
        self.shutdown.cancel();
        while self.tasks.join_next().await.is_some() {}
    }
}

/// A listener on 127.0.0.1, and the port it has.
async fn listen(port: u16) -> Result<(TcpListener, u16)> {
    let failed = |error: std::io::Error| {
        Error::new(Kind::Fatal, say!("sandbox-mirror-no-port", port = port.to_string()))
            .because(&error)
            .hint(say!("sandbox-mirror-no-port-hint"))
            .caused_by(error)
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    Ok((listener, port))
}

/// Whether `path` names an archive: its bytes are slowed down to the mirror's rate, and counted.
pub(super) fn is_archive(path: &str) -> bool {
    [".tar", ".tar.xz", ".tar.zst", ".tar.bz2"].iter().any(|end| path.ends_with(end))
}
