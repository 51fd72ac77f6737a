//! The sandbox: an S3 server and a dump mirror inside the program, on 127.0.0.1, reached over the real protocols.
//!
//! Here lives the start of both servers and what other programs must export to use them. The S3 store lives in `s3`, the mirror
//! and its sample dumps in `mirror`, faults on purpose in `faults`. Nothing here knows the rest of the program.

pub mod body;
pub mod faults;
pub mod mirror;
mod s3;
pub mod serve;
mod tls;
mod trouble;
mod wire;

use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

pub use faults::Faults;
use faults::{Layered, On};
use mirror::Mirror;
pub use mirror::samples::{Scale, stand as samples_stand};
pub use s3::Checksums;
use s3::keys::Keys;
use tls::Tls;

use crate::error::Result;

/// The region that the sandbox's buckets are in when nothing else is said.
const REGION: &str = "eu-west-3";

/// How long a restore from an archive class takes when nothing else is said: hours would teach nobody anything.
const RESTORING: Duration = Duration::from_secs(3);

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
    /// Whether both servers speak HTTPS, with a certificate that the sandbox's own authority signed: see [`Sandbox::ca_file`].
    pub tls: bool,
    /// Names for which that certificate is good besides this machine's own.
    pub tls_names: Vec<String>,
    /// How long a restore from an archive class takes; `None` is 3 s.
    pub restoring: Option<Duration>,
}

/// Both servers, running. Dropping it stops them; [`stop`](Self::stop) also waits until the directory can be used again.
pub struct Sandbox {
    s3_url: String,
    ca_file: Option<PathBuf>,
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
        let Opened { keys, server, tls } = open(&options).await?;
        let (ca_file, tls) = tls.map(|tls| (tls.ca_file, tls.acceptor)).unzip();
        let samples =
            mirror::samples::ensure(options.samples.as_ref().unwrap_or(&options.dir), options.scale);
        let faults = options.faults;
        let served = mirror::Served { root: &samples.await?, rate: options.rate, faults: faults.clone() };
        let mirror = Mirror::start_with(options.mirror_port, served, tls.clone()).await?;
        let listener = listen(options.s3_port).await?;
        let s3_url = url(&listener, tls.as_ref())?;
        let shutdown = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let service = Layered::new(On::S3, faults.clone(), server.service());
        tasks.spawn(serve::serve(listener, tls, service, shutdown.clone()));
        Ok(Self { s3_url, ca_file, keys, faults, server, mirror, shutdown, tasks })
    }

    /// Where the S3 server is: `http://127.0.0.1:PORT`, with TLS `https://127.0.0.1:PORT`.
    #[must_use]
    pub fn s3_url(&self) -> &str {
        &self.s3_url
    }

    /// Where the mirror's dumps begin: `http://127.0.0.1:PORT/pub/musicbrainz/`, with TLS `https://…`.
    #[must_use]
    pub fn mirror_url(&self) -> &str {
        self.mirror.url()
    }

    /// The certificate of the authority that clients must trust, PEM; `None` without TLS. It is the same as long as the directory is.
    #[must_use]
    pub fn ca_file(&self) -> Option<&Path> {
        self.ca_file.as_deref()
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
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("AWS_ENDPOINT_URL", self.s3_url.clone()),
            ("AWS_ACCESS_KEY_ID", self.access_key().to_owned()),
            ("AWS_SECRET_ACCESS_KEY", self.secret_key().expose_secret().to_owned()),
            ("AWS_REGION", REGION.to_owned()),
            // What the first version of AWS's own command line reads instead.
            ("AWS_DEFAULT_REGION", REGION.to_owned()),
            ("BRAINZLIFT_MIRROR", self.mirror_url().to_owned()),
        ];
        if let Some(ca) = &self.ca_file {
            // AWS's own tools read the first, nearly everything else the second.
            let ca = ca.display().to_string();
            variables.extend([("AWS_CA_BUNDLE", ca.clone()), ("SSL_CERT_FILE", ca)]);
        }
        variables
    }

    /// The faults that both servers carry out; more can be added while they run.
    #[must_use]
    pub const fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Fills a bucket, which must exist and keep no versions, with `count` objects of one byte: `prefix` with `0000000`, `0000001`, …
    /// behind it. Straight into the store: a million takes seconds.
    pub async fn fill(&self, bucket: &str, prefix: &str, count: u32) -> Result<()> {
        let filled = self.server.fill(bucket.to_owned(), prefix.to_owned(), count).await;
        filled.map_err(|failure| trouble::filling(bucket, failure))
    }

    /// Stops both servers, and waits until the directory can be used again.
    pub async fn stop(mut self) {
        self.shutdown.cancel();
        while self.tasks.join_next().await.is_some() {}
        self.mirror.stop().await;
        self.server.close().await;
    }
}

/// What lies in the directory.
struct Opened {
    keys: Keys,
    server: s3::Server,
    tls: Option<Tls>,
}

/// Makes the directory, its keys, its authority and its store, or opens them.
async fn open(options: &Options) -> Result<Opened> {
    let (checksums, restoring) = (options.checksums, options.restoring.unwrap_or(RESTORING));
    let (dir, names) = (options.dir.clone(), options.tls.then(|| options.tls_names.clone()));
    let opening = tokio::task::spawn_blocking(move || {
        make(&dir)?;
        let path = dir.join("keys.toml");
        let keys = Keys::at(&path).map_err(|error| trouble::keys(&path, error))?;
        let tls = names.map(|names| authority(&dir, &names)).transpose()?;
        let server = s3::Server::open(&dir, &keys, checksums, restoring)
            .map_err(|failure| trouble::store(&dir, failure))?;
        Ok(Opened { keys, server, tls })
    });
    opening.await.map_err(trouble::broken)?
}

/// By an absolute path, since programs that run elsewhere are told it.
fn authority(dir: &Path, names: &[String]) -> Result<Tls> {
    let tls = std::path::absolute(dir).and_then(|dir| Tls::at(&dir, names));
    tls.map_err(|error| trouble::authority(&dir.join("tls"), error))
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

fn url(listener: &TcpListener, tls: Option<&TlsAcceptor>) -> Result<String> {
    let address = listener.local_addr().map_err(|error| trouble::port(0, error))?;
    Ok(format!("{}://{address}", scheme(tls)))
}

const fn scheme(tls: Option<&TlsAcceptor>) -> &'static str {
    if tls.is_some() { "https" } else { "http" }
}
