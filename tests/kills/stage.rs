//! Where it happens: the sandbox's mirror with an archive of many parts, a store that outlives every kill, and the real binary.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use brainzlift::bucket::{Bucket, Connection, Keys, Target};
use brainzlift::catalog::{Archive, Family, Mirror};
use brainzlift::sandbox::{Options, Sandbox, Scale};
use rand::rngs::StdRng;
use rand::{RngCore as _, SeedableRng as _};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::process::Command;

/// The one that is lifted.
pub(crate) const DATASET: &str = "musicbrainz/release";
const FILE: &str = "release.tar.xz";

/// What the binary is given in memory for what is on its way: the window that one kill may cost. Bytes.
pub(crate) const WINDOW: u64 = 32 << 20;

/// How a stage is set.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    /// The program that is killed.
    pub(crate) binary: PathBuf,
    /// Bytes of the archive.
    pub(crate) size: u64,
    /// How fast the mirror is, in bytes/s.
    pub(crate) rate: u64,
    /// Another store than the sandbox's own.
    pub(crate) store: Option<String>,
}

pub(crate) struct Stage {
    pub(crate) setting: Setting,
    pub(crate) sandbox: Sandbox,
    pub(crate) archive: Archive,
    dir: TempDir,
}

impl Stage {
    pub(crate) async fn set(setting: Setting) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("sandbox");
        let options =
            Options { dir: home.clone(), rate: Some(setting.rate), scale: Scale::Test, ..Options::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let small = published(&sandbox).await;
        let below = small.url.path().trim_start_matches('/');
        grow(&home.join("mirror").join(below), setting.size, &small.sha256.to_string());
        let archive = published(&sandbox).await;
        assert_eq!(archive.size, setting.size, "the mirror has not noticed its larger archive");
        Self { setting, sandbox, archive, dir }
    }

    /// A folder for the home of one round.
    pub(crate) fn home(&self) -> TempDir {
        tempfile::tempdir_in(self.dir.path()).unwrap()
    }

    /// A new bucket.
    pub(crate) async fn bucket(&self, name: &str) -> Bucket {
        let is_own = self.setting.store.is_none();
        let (id, secret) = ("test".to_owned(), "test".to_owned().into());
        let own = (self.sandbox.access_key().to_owned(), self.sandbox.secret_key().clone());
        let (access_key_id, secret_access_key) = if is_own { own } else { (id, secret) };
        let target = Target {
            endpoint_url: Some(self.store().to_owned()),
            region: Some(self.sandbox.region().to_owned()),
            keys: Some(Keys { access_key_id, secret_access_key, session_token: None }),
            ..Target::default()
        };
        let connection = Connection::open(&target).await.unwrap();
        connection.create(name, self.sandbox.region()).await.unwrap();
        connection.bucket(name).await.unwrap()
    }

    /// The URL of the store.
    pub(crate) fn store(&self) -> &str {
        self.setting.store.as_deref().unwrap_or_else(|| self.sandbox.s3_url())
    }

    /// The lift of the archive to `bucket`, with nothing in its environment but this stage.
    pub(crate) fn lift(&self, home: &Path, bucket: &str, mode: &str) -> Command {
        let mut command = Command::new(&self.setting.binary);
        command.env_clear().envs(self.sandbox.environment()).env("HOME", home);
        command.env("AWS_ENDPOINT_URL", self.store());
        if self.setting.store.is_some() {
            command.envs([("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")]);
        }
        command.envs([("BRAINZLIFT_LANG", "en"), ("AWS_EC2_METADATA_DISABLED", "true")]);
        command.args(["--yes", "--json", "--part-size", "5242880", "--memory", "32MiB", "--bucket", bucket]);
        command.args(["lift", DATASET, "--mode", mode]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        command
    }
}

/// What the mirror publishes of the archive, read by the library and not by what is killed.
async fn published(sandbox: &Sandbox) -> Archive {
    let mirror = Mirror::new(sandbox.mirror_url().parse().unwrap()).unwrap();
    let listing = mirror.discover(&[Family::MusicbrainzJson]).await.unwrap();
    listing.archives().find(|archive| archive.name == FILE).unwrap().clone()
}

/// Puts `size` incompressible bytes in the place of the sample, and publishes their digest.
fn grow(path: &Path, size: u64, sha256: &str) {
    let mut bytes = vec![0; usize::try_from(size).unwrap()];
    StdRng::seed_from_u64(size).fill_bytes(&mut bytes);
    std::fs::write(path, &bytes).unwrap();
    let sums = path.with_file_name("SHA256SUMS");
    let text = std::fs::read_to_string(&sums).unwrap();
    std::fs::write(&sums, text.replace(sha256, &hex::encode(Sha256::digest(&bytes)))).unwrap();
}
