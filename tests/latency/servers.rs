//! Both ends, in a process of their own that takes nothing from the program that is measured: they stand for other machines.

use std::fs;
use std::io::Read;
use std::path::Path;

use brainzlift::bucket::{Connection, Keys, Target};
use brainzlift::catalog::{Family, Mirror};
use brainzlift::sandbox::{Options, Sandbox, Scale};
use sha2::{Digest, Sha256};

use crate::stage::{BUCKET, PREFIX};

/// Serves a bucket of `objects` keys, and archives of `size` bytes each, out of `root`; says on stdout what the program needs to know, and
/// ends with stdin.
pub(crate) fn serve(root: &Path, objects: u32, size: u64) {
    give_way();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let sandbox = runtime.block_on(set(root, objects, size));
    let environment: Vec<(&str, String)> = sandbox.environment().into_iter().collect();
    println!("{}", serde_json::to_string(&environment).unwrap());
    let nothing = std::io::stdin().read_to_end(&mut Vec::new());
    drop(nothing);
    runtime.block_on(sandbox.stop());
}

/// A session of its own, and in it less of the cores than anybody else: by thread, and by session where Linux shares them out so.
fn give_way() {
    rustix::process::setsid().unwrap();
    rustix::process::setpriority_process(None, 19).unwrap();
    let by_session = fs::write("/proc/self/autogroup", "19");
    drop(by_session);
}

async fn set(root: &Path, objects: u32, size: u64) -> Sandbox {
    let options = Options { dir: root.to_owned(), rate: Some(0), scale: Scale::Test, ..Options::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    make_bucket(&sandbox).await;
    sandbox.fill(BUCKET, PREFIX, objects).await.unwrap();
    grow(&sandbox, &root.join("mirror"), size).await;
    sandbox
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
