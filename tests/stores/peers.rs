//! Starting the other servers: each as a process of the test, on a port of its own, in a folder that goes away.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// LocalStack loads for half a minute on a busy machine.
const PATIENCE: Duration = Duration::from_mins(3);

/// A running server; dropping it ends it.
pub(crate) struct Peer {
    pub(crate) url: String,
    _process: Child,
    _dir: TempDir,
}

/// How one kind of server is started.
pub(crate) trait Kind {
    const NAME: &'static str;
    /// The program; `None` where it is not installed.
    fn program() -> Option<PathBuf>;
    /// The command that serves on `port`, with `dir` for its own files and `served` for what it serves.
    fn command(program: &Path, port: u16, dir: &Path, served: &Path) -> Command;
    /// The path that answers when it is ready.
    const READY: &'static str;
}

pub(crate) struct LocalStack;

/// The Python of what `.ci/install-peers` has put into `name`.
pub(crate) fn installed(name: &str) -> Option<PathBuf> {
    let home = |folder: &str| Some(PathBuf::from(std::env::var_os("HOME")?).join(folder));
    let peers = std::env::var_os("BRAINZLIFT_PEERS").map(PathBuf::from);
    let cache = || std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| home(".cache"));
    let peers = peers.or_else(|| Some(cache()?.join("brainzlift-ci")))?;
    Some(peers.join(name).join("bin/python")).filter(|python| python.exists())
}

impl Kind for LocalStack {
    const NAME: &'static str = "LocalStack";
    const READY: &'static str = "/_localstack/health";

    fn program() -> Option<PathBuf> {
        installed("localstack")
    }

    fn command(program: &Path, port: u16, dir: &Path, _served: &Path) -> Command {
        for folder in ["usr/lib/localstack", "var/lib/localstack"] {
            std::fs::create_dir_all(dir.join(folder)).unwrap();
        }
        let mut command = Command::new(program);
        command.args(["-m", "localstack.runtime.main"]).current_dir(dir);
        command.env("FILESYSTEM_ROOT", dir).env("GATEWAY_LISTEN", format!("127.0.0.1:{port}"));
        command.envs([
            ("GATEWAY_SERVER", "hypercorn"),
            ("SERVICES", "s3,sts,iam"),
            ("EAGER_SERVICE_LOADING", "0"),
        ]);
        command.envs([("DISABLE_EVENTS", "1"), ("SKIP_SSL_CERT_DOWNLOAD", "1"), ("DNS_ADDRESS", "0")]);
        command.envs([("PERSISTENCE", "0"), ("S3_SKIP_SIGNATURE_VALIDATION", "0")]);
        command
    }
}

impl Peer {
    pub(crate) async fn start<K: Kind>() -> Option<Self> {
        Self::start_in::<K>(Path::new("/nonexistent")).await
    }

    /// Starts one that serves the folder `served`; `None` where it is not installed, which under CI is a failure.
    pub(crate) async fn start_in<K: Kind>(served: &Path) -> Option<Self> {
        let Some(program) = K::program() else {
            assert!(std::env::var_os("CI").is_none(), "{} is not installed: run .ci/install-peers", K::NAME);
            eprintln!("{} is not installed, so nothing was lifted to it: run .ci/install-peers", K::NAME);
            return None;
        };
        let dir = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = K::command(&program, port, dir.path(), served);
        let log = std::fs::File::create(dir.path().join("output")).unwrap();
        command.stdout(log.try_clone().unwrap()).stderr(log).stdin(Stdio::null()).kill_on_drop(true);
        let mut process = command.spawn().unwrap();
        let url = format!("http://127.0.0.1:{port}");
        let ready = timeout(PATIENCE, wait_for(&format!("{url}{}", K::READY), &mut process)).await;
        let output = || std::fs::read_to_string(dir.path().join("output")).unwrap_or_default();
        assert!(ready == Ok(true), "{} does not answer:\n{}", K::NAME, output());
        Some(Self { url, _process: process, _dir: dir })
    }
}

/// Asks until it answers; `false` when the process has ended instead.
async fn wait_for(url: &str, process: &mut Child) -> bool {
    while process.try_wait().unwrap().is_none() {
        if reqwest::get(url).await.is_ok_and(|answer| answer.status().is_success()) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    false
}
