//! Deleting from a store that stumbles: what is busy is asked again, what is refused is said, and nothing is counted that still stands.

use brainzlift::bucket::{Bucket, Connection, Deleted, Deletion, Doomed};
use brainzlift::error::Kind;
use brainzlift::sandbox::faults::{Fault, On, What};
use brainzlift::sandbox::{Options, Sandbox, Scale};
use futures::TryStreamExt;
use secrecy::ExposeSecret;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::target::target;

const COUNT: u32 = 2_500;

/// A store of its own, whose faults strike nobody else.
struct Trial {
    sandbox: Sandbox,
    bucket: Bucket,
    _dir: TempDir,
}

impl Trial {
    /// Filled with [`COUNT`] objects under `k/`.
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options { dir: dir.path().to_owned(), scale: Scale::Test, ..Options::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let target = target(sandbox.s3_url(), sandbox.access_key(), sandbox.secret_key().expose_secret());
        let connection = Connection::open(&target).await.unwrap();
        let bucket = connection.create("trial", "eu-west-3").await.unwrap().into_bucket();
        sandbox.fill("trial", "k/", COUNT).await.unwrap();
        Self { sandbox, bucket, _dir: dir }
    }

    /// Lets `what` strike the requests of many keys.
    fn strike(&self, what: What, times: u64) {
        let fault = Fault::new(On::S3, "/trial*", what).method("POST").query("delete");
        self.sandbox.faults().add(fault.times(times));
    }

    async fn delete(&self, what: Doomed) -> brainzlift::error::Result<Vec<Deleted>> {
        let deletion = Deletion { what, versions: false };
        self.bucket.delete(&deletion, &CancellationToken::new()).try_collect().await
    }

    async fn left(&self) -> u64 {
        u64::try_from(self.bucket.objects("").await.unwrap().len()).unwrap()
    }
}

#[tokio::test]
async fn a_busy_store_and_a_broken_line_are_got_over() {
    let trial = Trial::new().await;
    trial.strike(What::SlowDown, 4);
    trial.strike(What::InternalError, 3);
    trial.strike(What::LostAnswer, 2);
    let steps = trial.delete(Doomed::Prefix("k/".to_owned())).await.unwrap();
    let last = steps.last().unwrap();
    assert_eq!((last.objects, last.bytes, last.failed), (u64::from(COUNT), u64::from(COUNT), 0));
    assert_eq!(trial.left().await, 0);
    assert!(trial.sandbox.faults().hits().len() >= 9);
}

#[tokio::test]
async fn what_is_not_allowed_is_an_error_and_what_went_before_was_counted() {
    let trial = Trial::new().await;
    let fault = Fault::new(On::S3, "/trial*", What::AccessDenied).method("POST").query("delete");
    trial.sandbox.faults().add(fault.skip(1).times(0));
    let deletion = Deletion { what: Doomed::Everything, versions: false };
    let mut steps = trial.bucket.delete(&deletion, &CancellationToken::new());
    let mut gone = 0;
    let error = loop {
        match steps.try_next().await {
            Ok(step) => gone = step.unwrap().objects,
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), Kind::Permission);
    drop(steps);
    trial.sandbox.faults().clear();
    assert!(gone > 0, "one request was let through");
    assert_eq!(trial.left().await, u64::from(COUNT) - gone);
}

#[tokio::test]
async fn a_single_key_that_is_refused_is_named_with_the_reason_and_the_others_go() {
    let trial = Trial::new().await;
    // Keys that XML cannot carry safely are deleted one by one.
    for key in ["odd\n1", "odd\n2"] {
        crate::folder::put(&trial.bucket, key, b"xyz").await;
    }
    let fault = Fault::new(On::S3, "*odd*1", What::AccessDenied).method("DELETE");
    trial.sandbox.faults().add(fault.times(0));
    let steps = trial.delete(Doomed::Prefix("odd".to_owned())).await.unwrap();
    let last = steps.last().unwrap();
    assert_eq!((last.objects, last.bytes, last.failed), (1, 3, 1));
    let refused: Vec<_> = steps.iter().flat_map(|step| &step.refused).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].key, "odd\n1");
    assert!(refused[0].why.contains("AccessDenied"), "{}", refused[0].why);
    assert!(trial.bucket.head("odd\n1").await.unwrap().is_some());
}

#[tokio::test]
async fn a_stop_half_way_leaves_exactly_what_was_not_counted() {
    let trial = Trial::new().await;
    trial.sandbox.fill("trial", "l/", 9_000).await.unwrap();
    let all = trial.left().await;
    let stop = CancellationToken::new();
    let deletion = Deletion { what: Doomed::Everything, versions: false };
    let mut steps = trial.bucket.delete(&deletion, &stop);
    let mut gone = 0;
    while let Some(step) = steps.try_next().await.unwrap() {
        gone = step.objects;
        if gone > 0 {
            stop.cancel();
        }
    }
    assert!(gone > 0 && gone < all, "{gone} of {all}");
    assert_eq!(trial.left().await, all - gone);
}
