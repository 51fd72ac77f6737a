//! The store that the tests share, and buckets of their own in it.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use brainzlift::bucket::{Bucket, Connection, Target};
use brainzlift::sandbox::{Options, Sandbox};
use secrecy::ExposeSecret;

use crate::target::target;

/// Where the store is and how to get in.
pub(crate) struct Store {
    pub(crate) url: String,
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
}

static STORE: LazyLock<Store> = LazyLock::new(|| match std::env::var("BRAINZLIFT_TEST_ENDPOINT") {
    Ok(url) => Store {
        url,
        access_key: std::env::var("AWS_ACCESS_KEY_ID").unwrap(),
        secret_key: std::env::var("AWS_SECRET_ACCESS_KEY").unwrap(),
    },
    Err(_) => embedded(),
});

pub(crate) fn store() -> &'static Store {
    &STORE
}

/// Whether it is the embedded store, which checks signatures and knows a reserved name.
pub(crate) fn is_embedded() -> bool {
    std::env::var_os("BRAINZLIFT_TEST_ENDPOINT").is_none()
}

/// Starts the sandbox on a runtime of its own: each test has a runtime that ends with it, and the sandbox must outlive them.
fn embedded() -> Store {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async move {
            let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bucket-sandbox");
            let sandbox = Sandbox::start(Options { dir, ..Options::default() }).await.unwrap();
            let store = Store {
                url: sandbox.s3_url().to_owned(),
                access_key: sandbox.access_key().to_owned(),
                secret_key: sandbox.secret_key().expose_secret().to_owned(),
            };
            tell.send(store).unwrap();
            std::future::pending::<()>().await;
        });
    });
    told.recv().unwrap()
}

pub(crate) fn good_target() -> Target {
    let store = store();
    target(&store.url, &store.access_key, &store.secret_key)
}

pub(crate) async fn connect() -> Connection {
    Connection::open(&good_target()).await.unwrap()
}

/// A name that no other test and no earlier run has used.
pub(crate) fn fresh_name() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis();
    format!("test-{now}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

pub(crate) async fn fresh_bucket() -> Bucket {
    connect().await.create(&fresh_name(), "eu-west-3").await.unwrap().into_bucket()
}
