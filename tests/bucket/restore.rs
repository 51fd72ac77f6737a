//! Getting objects back from the archive classes, and the mode in which nothing can be changed.

use std::time::Duration;

use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::StorageClass;
use brainzlift::bucket::protection::{self, Wanted};
use brainzlift::bucket::{Bucket, Connection, Deletion, Doomed, Restoring, Target, Tier};
use brainzlift::error::{Error, Kind};
use futures::TryStreamExt;
use tokio_util::sync::CancellationToken;

use crate::folder::{put, put_all};
use crate::store::{fresh_bucket, fresh_name, good_target};

async fn put_cold(bucket: &Bucket, key: &str, class: StorageClass) {
    let put = bucket.client().put_object().bucket(bucket.name()).key(key).storage_class(class);
    put.body(ByteStream::from_static(b"cold")).send().await.unwrap();
}

async fn can_be_read(bucket: &Bucket, key: &str) -> bool {
    bucket.client().get_object().bucket(bucket.name()).key(key).send().await.is_ok()
}

#[tokio::test]
async fn an_archived_object_is_asked_for_waited_for_and_then_read() {
    let bucket = fresh_bucket().await;
    put_cold(&bucket, "k", StorageClass::Glacier).await;
    assert_eq!(bucket.restoring("k").await.unwrap(), Restoring::Needed);
    assert!(!can_be_read(&bucket, "k").await);
    assert_eq!(bucket.restore("k", 2, Tier::Standard).await.unwrap(), Restoring::InProgress);
    assert!(!can_be_read(&bucket, "k").await);
    let again = bucket.restore("k", 2, Tier::Standard).await.unwrap();
    assert_eq!(again, Restoring::InProgress, "one under way is left alone");
    let until = loop {
        match bucket.restoring("k").await.unwrap() {
            Restoring::Restored { until } => break until.unwrap(),
            state => assert_eq!(state, Restoring::InProgress),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert!(can_be_read(&bucket, "k").await);
    let longer = bucket.restore("k", 30, Tier::Standard).await.unwrap();
    assert!(matches!(longer, Restoring::Restored { until: Some(later) } if later > until), "{longer:?}");
}

#[tokio::test]
async fn what_can_be_read_is_not_asked_for_and_a_missing_tier_is_refused_before_it_is_sent() {
    let bucket = fresh_bucket().await;
    put(&bucket, "warm", b"x").await;
    put_cold(&bucket, "ir", StorageClass::GlacierIr).await;
    put_cold(&bucket, "deep", StorageClass::DeepArchive).await;
    for key in ["warm", "ir"] {
        assert_eq!(bucket.restore(key, 1, Tier::Bulk).await.unwrap(), Restoring::NotNeeded);
    }
    let refused = bucket.restore("deep", 1, Tier::Expedited).await.unwrap_err();
    assert_eq!(refused.kind(), Kind::Usage);
    assert!(refused.advice().unwrap().contains("Bulk"), "{refused}");
    assert_eq!(bucket.restore("nothing", 1, Tier::Bulk).await.unwrap_err().kind(), Kind::NotFound);
}

#[tokio::test]
async fn what_an_unfinished_upload_holds_is_counted() {
    let bucket = fresh_bucket().await;
    let begun =
        bucket.client().create_multipart_upload().bucket(bucket.name()).key("k").send().await.unwrap();
    for number in 1..=3 {
        let part = bucket.client().upload_part().bucket(bucket.name()).key("k").part_number(number);
        let part = part.upload_id(begun.upload_id().unwrap()).body(ByteStream::from_static(b"12345"));
        part.send().await.unwrap();
    }
    let upload = bucket.uploads().await.unwrap().remove(0);
    let parts = bucket.parts_of(&upload).await.unwrap().unwrap();
    assert_eq!((parts.count, parts.bytes), (3, 15));
    bucket.abort(&upload).await.unwrap();
    assert_eq!(bucket.parts_of(&upload).await.unwrap(), None);
}

/// Holds that an error is the refusal of read-only mode, and names who wants it.
fn refused<T>(what: &str, result: Result<T, Error>) {
    let Err(error) = result else { panic!("{what} was not refused") };
    assert_eq!(error.kind(), Kind::Usage, "{what}: {error}");
    assert!(error.to_string().contains("from --read-only"), "{what}: {error}");
}

#[tokio::test]
async fn read_only_everything_can_be_seen_and_nothing_can_be_changed() {
    let writable = fresh_bucket().await;
    put_all(&writable, &["a", "b/c"]).await;
    put_cold(&writable, "cold", StorageClass::Glacier).await;
    writable.client().create_multipart_upload().bucket(writable.name()).key("u").send().await.unwrap();
    let target = Target { read_only: Some("from --read-only".to_owned()), ..good_target() };
    let connection = Connection::open(&target).await.unwrap();
    let bucket = connection.bucket(writable.name()).await.unwrap();
    assert_eq!(bucket.read_only(), Some("from --read-only"));

    assert_eq!(bucket.objects("").await.unwrap().len(), 3);
    assert!(bucket.head("a").await.unwrap().is_some());
    let upload = bucket.uploads().await.unwrap().remove(0);
    assert!(bucket.parts_of(&upload).await.unwrap().is_some());
    let before = protection::read(&bucket).await.unwrap();
    let pages: Vec<_> = bucket.versions("", None).try_collect().await.unwrap();
    assert_eq!(pages[0].versions.len(), 3);
    assert!(can_be_read(&bucket, "a").await);

    refused("create", connection.create(&fresh_name(), "eu-west-3").await);
    refused("layout", bucket.ensure_layout().await);
    refused("abort", bucket.abort(&upload).await);
    refused("restore", bucket.restore("cold", 1, Tier::Standard).await);
    for what in [Doomed::Keys(vec!["a".to_owned()]), Doomed::Prefix("b/".to_owned()), Doomed::Everything] {
        for versions in [false, true] {
            let deletion = Deletion { what: what.clone(), versions };
            let steps = bucket.delete(&deletion, &CancellationToken::new());
            refused("delete", steps.try_collect::<Vec<_>>().await);
        }
    }
    let wanted = Wanted { versioning: Some(true), ..Wanted::default() };
    let changes = protection::diff(&before, &wanted);
    assert!(!changes.is_empty());
    let mut outcomes = Vec::new();
    let applied =
        protection::apply(&bucket, &changes, |_, outcome| outcomes.push(format!("{outcome:?}"))).await;
    assert!(applied.is_err() || !outcomes.is_empty());
    assert!(outcomes.iter().all(|outcome| outcome.contains("from --read-only")), "{outcomes:?}");
    raw_calls(&bucket, &upload.upload_id).await;

    assert_eq!(writable.objects("").await.unwrap().len(), 3);
    assert_eq!(writable.uploads().await.unwrap().len(), 1);
    assert_eq!(protection::read(&writable).await.unwrap(), before);
}

/// What a transfer sends over the client for data never leaves, either.
async fn raw_calls(bucket: &Bucket, upload: &str) {
    let (client, name) = (bucket.client(), bucket.name());
    let body = || ByteStream::from_static(b"x");
    let said = |error: &dyn std::error::Error| brainzlift_chain(error);
    let puts = client.put_object().bucket(name).key("n").body(body()).send().await.unwrap_err();
    assert!(said(&puts).contains("read-only"), "{puts:?}");
    let part = client.upload_part().bucket(name).key("u").upload_id(upload).part_number(1).body(body());
    assert!(said(&part.send().await.unwrap_err()).contains("read-only"));
    let begin = client.create_multipart_upload().bucket(name).key("n").send().await.unwrap_err();
    assert!(said(&begin).contains("read-only"));
    let complete = client.complete_multipart_upload().bucket(name).key("u").upload_id(upload);
    assert!(said(&complete.send().await.unwrap_err()).contains("read-only"));
    let copy = client.copy_object().bucket(name).key("n").copy_source(format!("{name}/a"));
    assert!(said(&copy.send().await.unwrap_err()).contains("read-only"));
    let delete = client.delete_object().bucket(name).key("a").send().await.unwrap_err();
    assert!(said(&delete).contains("read-only"));
    let bucket = client.delete_bucket().bucket(name).send().await.unwrap_err();
    assert!(said(&bucket).contains("read-only"));
}

fn brainzlift_chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
