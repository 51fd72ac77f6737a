//! The binary between a mirror and a store: its environment is all that it knows of them.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use brainzlift::bucket::{Bucket, Connection, Keys, Target};
use brainzlift::sandbox::{Options, Sandbox, Scale};
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_mins(3);

pub(crate) struct World {
    dir: TempDir,
    pub(crate) mirror: Sandbox,
    store: Option<String>,
}

/// What a run said.
#[derive(Debug)]
pub(crate) struct Ended(Vec<Value>);

impl Ended {
    pub(crate) fn named(&self, name: &str) -> Vec<Value> {
        self.0.iter().filter(|event| event["event"] == name).cloned().collect()
    }

    pub(crate) fn summary(&self) -> Value {
        self.named("summary").pop().unwrap()
    }
}

impl World {
    /// The sandbox's mirror with the store at `url`.
    pub(crate) async fn new(url: &str) -> Self {
        Self { store: Some(url.to_owned()), ..Self::in_sandbox().await }
    }

    /// The sandbox's mirror with the sandbox's store.
    pub(crate) async fn in_sandbox() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("sandbox");
        let options = Options { dir: home, rate: Some(0), scale: Scale::Test, ..Options::default() };
        Self { mirror: Sandbox::start(options).await.unwrap(), dir, store: None }
    }

    /// The folder that the embedded mirror serves.
    pub(crate) fn mirror_dir(&self) -> PathBuf {
        self.dir.path().join("sandbox/mirror")
    }

    /// The bytes of an object in the sandbox's store.
    pub(crate) async fn object(&self, key: &str) -> Vec<u8> {
        let bucket = self.bucket().await;
        let got = bucket.client().get_object().bucket("lifted").key(key).send().await.unwrap();
        got.body.collect().await.unwrap().to_vec()
    }

    /// The bucket in the sandbox's store.
    pub(crate) async fn bucket(&self) -> Bucket {
        let keys = Keys {
            access_key_id: self.mirror.access_key().to_owned(),
            secret_access_key: self.mirror.secret_key().clone(),
            session_token: None,
        };
        let target = Target {
            endpoint_url: Some(self.mirror.s3_url().to_owned()),
            region: Some(self.mirror.region().to_owned()),
            keys: Some(keys),
            ..Target::default()
        };
        Connection::open(&target).await.unwrap().bucket("lifted").await.unwrap()
    }

    /// Runs the binary to its end, which must be 0.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_brainzlift"));
        command.env_clear().envs(self.mirror.environment()).env("HOME", self.dir.path().join("home"));
        command.envs([("BRAINZLIFT_LANG", "en"), ("BRAINZLIFT_BUCKET", "lifted")]);
        if let Some(url) = &self.store {
            command
                .env("AWS_ENDPOINT_URL", url)
                .env("AWS_ACCESS_KEY_ID", "test")
                .env("AWS_SECRET_ACCESS_KEY", "test");
        }
        // Small parts, so that the larger archives have several.
        command.args(["--yes", "--json", "--part-size", "5242880"]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let output = timeout(PATIENCE, command.spawn().unwrap().wait_with_output()).await.unwrap().unwrap();
        let (stdout, stderr) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{arguments:?}:\n{stdout}\n{stderr}");
        Ended(stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }
}
