//! A world of its own for each test: a sandbox in this process, and the real binary that knows of it by its environment only.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use brainzlift::bucket::{Bucket, Connection, Keys, Target};
use brainzlift::catalog::{Archive, Family, Mirror};
use brainzlift::sandbox::{Options, Sandbox, Scale};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::sync::OnceCell;
use tokio::time::timeout;

/// Longer than this nothing here takes, even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_mins(3);

/// The bucket of every test.
pub(crate) const BUCKET: &str = "lifted";

/// Small parts, so that the larger archives have several.
const FLAGS: [&str; 4] = ["--yes", "--json", "--part-size", "5242880"];

/// Sample dumps are made once and copied.
static SAMPLES: OnceCell<TempDir> = OnceCell::const_new();

pub(crate) struct World {
    pub(crate) dir: TempDir,
    pub(crate) sandbox: Sandbox,
}

/// How a run of the binary ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    /// The events on stdout; every line must be one.
    pub(crate) fn events(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The events of one name.
    pub(crate) fn named(&self, name: &str) -> Vec<Value> {
        self.events().into_iter().filter(|event| event["event"] == name).collect()
    }

    pub(crate) fn summary(&self) -> Value {
        let last = self.events().pop().unwrap_or_else(|| panic!("no event; stderr: {}", self.stderr));
        assert_eq!(last["event"], "summary", "{}", self.stderr);
        last
    }

    /// Holds the exit code, and shows everything when it is another one.
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// A message for people stands on stderr, and a hint with it.
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.stderr.contains(part), "no {part:?} in:\n{}", self.stderr);
        }
        assert!(!self.stderr.contains("panicked") && !self.stderr.contains("Error {"), "{}", self.stderr);
        self
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with_rate(0).await
    }

    /// The mirror serves archives at `rate` bytes/s; 0 is unlimited.
    pub(crate) async fn with_rate(rate: u64) -> Self {
        Self::with(Options { rate: Some(rate), ..Options::default() }).await
    }

    /// A sandbox with these options in a folder of its own.
    pub(crate) async fn with(options: Options) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let samples = SAMPLES.get_or_init(make_samples).await;
        let home = dir.path().join("sandbox");
        copy(&samples.path().join("mirror"), &home.join("mirror"));
        let options = Options { dir: home, scale: Scale::Test, ..options };
        let sandbox = Sandbox::start(options).await.unwrap();
        Self { dir, sandbox }
    }

    /// A world whose bucket is set up.
    pub(crate) async fn ready() -> Self {
        let world = Self::new().await;
        world.run(&["setup"]).await.expect(0);
        world
    }

    /// The binary with nothing in its environment but this world.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_brainzlift"));
        command.env_clear().envs(self.sandbox.environment()).env("HOME", self.dir.path().join("home"));
        command.envs([
            ("BRAINZLIFT_LANG", "en"),
            ("BRAINZLIFT_BUCKET", BUCKET),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ]);
        command.args(arguments).stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Runs it to its end with `--yes --json`.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ended {
        finish(self.command(&[&FLAGS, arguments].concat())).await
    }

    /// Begins it with `--yes --json`, its output thrown away.
    pub(crate) fn begin(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(&[&FLAGS, arguments].concat());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.dir.path().join("home/.local/share/brainzlift")
    }

    /// What the mirror publishes of the MusicBrainz family, read by the library and not by what is tested.
    pub(crate) async fn published(&self) -> Vec<Archive> {
        let mirror = Mirror::new(self.sandbox.mirror_url().parse().unwrap()).unwrap();
        let listing = mirror.discover(&[Family::MusicbrainzJson]).await.unwrap();
        listing.archives().cloned().collect()
    }

    /// A connection of one's own to the store.
    pub(crate) async fn maker(&self) -> Connection {
        let keys = Keys {
            access_key_id: self.sandbox.access_key().to_owned(),
            secret_access_key: self.sandbox.secret_key().clone(),
            session_token: None,
        };
        let target = Target {
            endpoint_url: Some(self.sandbox.s3_url().to_owned()),
            region: Some("eu-west-3".to_owned()),
            keys: Some(keys),
            ..Target::default()
        };
        Connection::open(&target).await.unwrap()
    }

    pub(crate) async fn bucket(&self) -> Bucket {
        self.maker().await.bucket(BUCKET).await.unwrap()
    }

    /// Holds the promise above all others: whatever stands at an archive's key has the published digest.
    pub(crate) async fn hold_no_wrong_object(&self) -> usize {
        let bucket = self.bucket().await;
        let published = self.published().await;
        let mut standing = 0;
        for object in bucket.objects("raw/").await.unwrap().into_iter().filter(|object| object.size > 0) {
            let archive = published.iter().find(|archive| archive.key() == object.key).unwrap();
            let got = bucket.client().get_object().bucket(BUCKET).key(&object.key).send().await.unwrap();
            let bytes = got.body.collect().await.unwrap().into_bytes();
            assert_eq!(hex::encode(Sha256::digest(&bytes)), archive.sha256.to_string(), "{}", object.key);
            standing += 1;
        }
        standing
    }
}

/// Waits for the end, not longer than patience allows.
pub(crate) async fn finish(mut command: Command) -> Ended {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let output = timeout(PATIENCE, child.wait_with_output())
        .await
        .unwrap_or_else(|_| panic!("{command:?} hangs"))
        .unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Waits until `is_so`, not longer than patience allows.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("in vain: {what}"));
}

async fn make_samples() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { dir: dir.path().to_owned(), scale: Scale::Test, ..Options::default() };
    Sandbox::start(options).await.unwrap().stop().await;
    dir
}

/// Copies a folder with its files' times, from which the mirror makes its ETags.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    let done = std::process::Command::new("cp").args(["-a", "-T"]).args([from, to]).status().unwrap();
    assert!(done.success());
}
