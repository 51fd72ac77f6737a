//! Both ends, in this process: a bucket with very many keys, and a mirror whose archives take a while.

use std::fs;
use std::path::{Path, PathBuf};

use brainzlift::bucket::{Connection, Keys, Target};
use brainzlift::catalog::{Family, Mirror};
use brainzlift::sandbox::{Options, Sandbox, Scale};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// The bucket, and the prefix under which its many keys lie.
pub(crate) const BUCKET: &str = "many-keys";
pub(crate) const PREFIX: &str = "many/";

pub(crate) struct Stage {
    sandbox: Sandbox,
    home: PathBuf,
    _dir: TempDir,
}

impl Stage {
    /// A bucket of `objects` keys, and archives of `size` bytes each.
    pub(crate) async fn set(objects: u32, size: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("sandbox");
        let options = Options { dir: root.clone(), rate: Some(0), scale: Scale::Test, ..Options::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        make_bucket(&sandbox).await;
        sandbox.fill(BUCKET, PREFIX, objects).await.unwrap();
        grow(&sandbox, &root.join("mirror"), size).await;
        let home = dir.path().join("home");
        fs::create_dir(&home).unwrap();
        Self { sandbox, home, _dir: dir }
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// What the program is given: this stage and nothing else.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let home = self.home.display().to_string();
        let own = self.sandbox.environment().into_iter().map(|(name, value)| (name.to_owned(), value));
        own.chain([("HOME".to_owned(), home), ("AWS_EC2_METADATA_DISABLED".to_owned(), "true".to_owned())])
            .collect()
    }
}

async fn make_bucket(sandbox: &Sandbox) {
    let keys = Keys {
        access_key_id: sandbox.access_key().to_owned(),
        secret_access_key: sandbox.secret_key().clone(),
        session_token: None,
    };
    let target = Target {
        endpoint_url: Some(sandbox.s3_url().to_owned()),
        region: Some(sandbox.region().to_owned()),
        keys: Some(keys),
        ..Target::default()
    };
    Connection::open(&target).await.unwrap().create(BUCKET, sandbox.region()).await.unwrap();
}

/// Puts `size` bytes in the place of every sample of the JSON dump, and publishes their digest. All are one file on the disk.
async fn grow(sandbox: &Sandbox, root: &Path, size: u64) {
    let one = root.join("one");
    fs::write(&one, vec![0; usize::try_from(size).unwrap()]).unwrap();
    let digest = hex::encode(Sha256::digest(fs::read(&one).unwrap()));
    let mirror = Mirror::new(sandbox.mirror_url().parse().unwrap()).unwrap();
    let listing = mirror.discover(&[Family::MusicbrainzJson]).await.unwrap();
    for archive in listing.archives() {
        let path = root.join(archive.url.path().trim_start_matches('/'));
        fs::remove_file(&path).unwrap();
        fs::hard_link(&one, &path).unwrap();
        let sums = path.with_file_name("SHA256SUMS");
        let text = fs::read_to_string(&sums).unwrap();
        fs::write(&sums, text.replace(&archive.sha256.to_string(), &digest)).unwrap();
    }
}
