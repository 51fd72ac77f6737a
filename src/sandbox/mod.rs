//! The sandbox: an S3 server and a dump mirror inside the program, on 127.0.0.1, reached over the real protocols.
//!
//! Here lives the start of both servers and what other programs must export to use them. The S3 store lives in `s3`, the mirror
//! and its sample dumps in `mirror`, faults on purpose in `faults`. Nothing here knows the rest of the program.

pub mod body;
pub mod faults;
pub mod mirror;
mod s3;
pub mod serve;
mod trouble;

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use faults::Faults;
use faults::{Layered, On};
use mirror::Mirror;
pub use mirror::samples::{Scale, stand as samples_stand};
pub use s3::Checksums;
use s3::keys::Keys;

use crate::error::Result;

/// The region that the sandbox's buckets are in when nothing else is said.
const REGION: &str = "eu-west-3";

/// How to start a sandbox.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the objects, the sample dumps and the keys lie; made if missing, kept afterwards.
    pub dir: PathBuf,
    /// Where the sample dumps lie instead: several sandboxes can share theirs, which takes seconds to make.
    pub samples: Option<PathBuf>,
    /// How large the sample dumps are when they are made.
    pub scale: Scale,
    /// Port of the S3 server; 0 lets the system choose.
    pub s3_port: u16,
    /// Port of the mirror; 0 lets the system choose.
    pub mirror_port: u16,
    /// How fast the mirror serves archives, in bytes/s for all connections together; `None` is the default rate
    /// (about 20 s for the guide's four archives), `Some(0)` is unlimited.
    pub rate: Option<u64>,
    /// What goes wrong on purpose, on either server.
    pub faults: Faults,
    /// What the S3 server does about checksums: other stores do less.
    pub checksums: Checksums,
}

/// Both servers, running. Dropping it stops them; [`stop`](Self::stop) also waits until the directory can be used again.
pub struct Sandbox {
    s3_url: String,
    keys: Keys,
    faults: Faults,
    server: s3::Server,
    mirror: Mirror,
    shutdown: CancellationToken,
    tasks: JoinSet<()>,
}

impl Sandbox {
    /// Opens or makes the store and the sample dumps under `options.dir`, and serves them on 127.0.0.1.
    pub async fn start(options: Options) -> Result<Self> {
        let (keys, server) = open(options.dir.clone(), options.checksums).await?;
        let samples =
            mirror::samples::ensure(options.samples.as_ref().unwrap_or(&options.dir), options.scale);
        let faults = options.faults;
        let mirror =
            Mirror::start(options.mirror_port, &samples.await?, options.rate, faults.clone()).await?;
        let listener = listen(options.s3_port).await?;
        let s3_url = url(&listener)?;
        let shutdown = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let service = Layered::new(On::S3, faults.clone(), server.service());
        tasks.spawn(serve::serve(listener, service, shutdown.clone()));
        Ok(Self { s3_url, keys, faults, server, mirror, shutdown, tasks })
    }

    /// Where the S3 server is: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn s3_url(&self) -> &str {
        &self.s3_url
    }

    /// Where the mirror's dumps begin: `http://127.0.0.1:PORT/pub/musicbrainz/`.
    #[must_use]
    pub fn mirror_url(&self) -> &str {
        self.mirror.url()
    }

    /// The access key id of the one account.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.keys.access_key
    }

    /// Its secret, which is the same as long as the directory is.
    #[must_use]
    pub const fn secret_key(&self) -> &SecretString {
        &self.keys.secret_key
    }

    /// The region to speak to.
    #[must_use]
    pub const fn region(&self) -> &str {
        REGION
    }

    /// What other programs must have in their environment to use both servers. The secret is in it: show it to nobody but the
    /// user.
    #[must_use]
    pub fn environment(&self) -> [(&'static str, String); 6] {
        [
            ("AWS_ENDPOINT_URL", self.s3_url.clone()),
            ("AWS_ACCESS_KEY_ID", self.access_key().to_owned()),
            ("AWS_SECRET_ACCESS_KEY", self.secret_key().expose_secret().to_owned()),
            ("AWS_REGION", REGION.to_owned()),
            // What the first version of AWS's own command line reads instead.
            ("AWS_DEFAULT_REGION", REGION.to_owned()),
            ("BRAINZLIFT_MIRROR", self.mirror_url().to_owned()),
        ]
    }

    /// The faults that both servers carry out; more can be added while they run.
    #[must_use]
    pub const fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Stops both servers, and waits until the directory can be used again.
    pub async fn stop(mut self) {
        self.shutdown.cancel();
        while self.tasks.join_next().await.is_some() {}
        self.mirror.stop().await;
        self.server.close().await;
    }
}

/// Makes the directory, its keys and its store, or opens them.
async fn open(dir: PathBuf, checksums: Checksums) -> Result<(Keys, s3::Server)> {
    let opening = tokio::task::spawn_blocking(move || {
        make(&dir)?;
        let path = dir.join("keys.toml");
        let keys = Keys::at(&path).map_err(|error| trouble::keys(&path, error))?;
        let server =
            s3::Server::open(&dir, &keys, checksums).map_err(|failure| trouble::store(&dir, failure))?;
        Ok((keys, server))
    });
    opening.await.map_err(trouble::broken)?
}

fn make(dir: &Path) -> Result<()> {
    if dir.exists() && !dir.is_dir() {
        return Err(trouble::not_a_folder(dir));
    }
    std::fs::create_dir_all(dir).map_err(|error| trouble::folder(dir, error))
}

/// Listens on 127.0.0.1, and nowhere else.
async fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| trouble::port(port, error))
}

fn url(listener: &TcpListener) -> Result<String> {
    let address = listener.local_addr().map_err(|error| trouble::port(0, error))?;
    Ok(format!("http://{address}"))
}
