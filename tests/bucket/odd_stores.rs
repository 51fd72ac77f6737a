//! Stores that answer otherwise than AWS does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use brainzlift::Kind;
use brainzlift::bucket::{Connection, Created};

use crate::stub::{Asked, Stub, bare, refused, root, xml};

#[tokio::test]
async fn a_store_without_sts_is_asked_for_its_buckets_instead() {
    for status in [400, 403, 404, 405, 501] {
        let stub = Stub::start(
            move |asked| {
                if asked.method == "POST" { Some(bare(status, &[])) } else { root(asked) }
            },
        )
        .await;
        let identity = stub.connect().await.identity;
        assert_eq!((identity.account, identity.arn), (None, None), "{status}");
        assert_eq!(identity.access_key_id, "AKIATEST");
    }
}

#[tokio::test]
async fn keys_that_may_not_list_buckets_are_good_keys_all_the_same() {
    let stub = Stub::start(|asked| {
        (asked.path == "/" && asked.method == "GET").then(|| refused(403, "AccessDenied"))
    })
    .await;
    stub.connect().await;
}

#[tokio::test]
async fn without_sts_a_wrong_secret_is_still_found_out() {
    let stub =
        Stub::start(|asked| (asked.method == "GET").then(|| refused(403, "SignatureDoesNotMatch"))).await;
    let error = Connection::open(&stub.target()).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Credentials);
}

#[tokio::test]
async fn an_expired_token_is_told_as_expired() {
    let stub = Stub::start(|_| Some(refused(400, "ExpiredToken"))).await;
    let error = Connection::open(&stub.target()).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Credentials);
    assert_eq!(error.advice(), Some(brainzlift::say!("bucket-hint-expired").as_str()));
}

/// A store whose bucket `b` lies in eu-north-1 and which refuses other regions with `status`.
fn elsewhere(status: u16) -> impl Fn(&Asked) -> Option<axum::response::Response> + Clone {
    move |asked| match asked.region.as_str() {
        _ if asked.path == "/" => root(asked),
        "eu-north-1" => Some(bare(200, &[("x-amz-bucket-region", "eu-north-1")])),
        _ => Some(bare(status, &[("x-amz-bucket-region", "eu-north-1")])),
    }
}

#[tokio::test]
async fn a_bucket_in_another_region_is_followed_there() {
    for status in [301, 307, 400, 403] {
        let stub = Stub::start(elsewhere(status)).await;
        let bucket = stub.connect().await.bucket("b-elsewhere").await.unwrap();
        assert_eq!(bucket.region(), "eu-north-1", "{status}");
        bucket.client().head_bucket().bucket("b-elsewhere").send().await.unwrap();
        assert_eq!(stub.seen().last().unwrap().region, "eu-north-1");
    }
}

#[tokio::test]
async fn regions_that_point_at_each_other_are_not_followed_for_ever() {
    let stub = Stub::start(|asked| {
        let next = if asked.region == "eu-west-3" { "eu-west-1" } else { "eu-west-3" };
        root(asked).or_else(|| Some(bare(301, &[("x-amz-bucket-region", next)])))
    })
    .await;
    let error = stub.connect().await.bucket("b-nowhere").await.unwrap_err();
    assert_eq!(error.kind(), Kind::Fatal);
}

#[tokio::test]
async fn a_bucket_that_may_not_be_used_is_a_matter_of_permission() {
    let stub = Stub::start(|asked| root(asked).or_else(|| Some(bare(403, &[])))).await;
    let error = stub.connect().await.bucket("theirs").await.unwrap_err();
    assert_eq!(error.kind(), Kind::Permission);
    assert_eq!(error.why(), Some(brainzlift::say!("bucket-why-not-yours").as_str()));
}

#[tokio::test]
async fn a_store_that_says_already_exists_of_my_own_bucket_goes_on() {
    let mine = "<ListAllMyBucketsResult><Buckets><Bucket><Name>mine-already</Name></Bucket></Buckets></ListAllMyBucketsResult>";
    let stub = Stub::start(move |asked| match asked.method.as_str() {
        "PUT" => Some(refused(409, "BucketAlreadyExists")),
        "HEAD" => Some(bare(200, &[])),
        "GET" if asked.path == "/" => Some(xml(200, mine)),
        _ => None,
    })
    .await;
    let created = stub.connect().await.create("mine-already", "eu-west-3").await.unwrap();
    assert!(matches!(created, Created::AlreadyYours(_)));
    let put = stub.seen().into_iter().find(|asked| asked.method == "PUT").unwrap();
    assert!(put.body.contains("<LocationConstraint>eu-west-3</LocationConstraint>"), "{}", put.body);
}

#[tokio::test]
async fn in_us_east_1_no_location_is_named() {
    let stub = Stub::start(|asked| root(asked).or_else(|| Some(bare(200, &[])))).await;
    stub.connect().await.create("new-bucket", "us-east-1").await.unwrap();
    let put = stub.seen().into_iter().find(|asked| asked.method == "PUT").unwrap();
    assert!(!put.body.contains("LocationConstraint"));
    assert_eq!(put.region, "us-east-1");
}

#[tokio::test]
async fn a_malformed_checksum_is_flagged_and_not_taken_for_one() {
    let stub = Stub::start(|asked| match asked.method.as_str() {
        "HEAD" if asked.path == "/b-odd/key" => {
            Some(bare(200, &[("content-length", "5"), ("x-amz-checksum-crc64nvme", "AAAAAAAAAAE=-2")]))
        }
        "HEAD" => Some(bare(200, &[])),
        _ => root(asked),
    })
    .await;
    let bucket = stub.connect().await.bucket("b-odd").await.unwrap();
    let object = bucket.head("key").await.unwrap().unwrap();
    assert_eq!((object.size, object.crc64nvme, object.checksum_malformed), (5, None, true));
}

#[tokio::test]
async fn a_control_call_is_tried_again_when_the_store_stumbles() {
    let count = Arc::new(AtomicUsize::new(0));
    let stub = Stub::start(move |asked| match asked.method.as_str() {
        "HEAD" if count.fetch_add(1, Ordering::Relaxed) < 2 => Some(bare(503, &[])),
        "HEAD" => Some(bare(200, &[])),
        _ => root(asked),
    })
    .await;
    stub.connect().await.bucket("b-shaky").await.unwrap();
    assert_eq!(stub.seen().iter().filter(|asked| asked.method == "HEAD").count(), 3);
}

#[tokio::test]
async fn a_data_call_is_tried_once_and_says_how_long_to_wait() {
    let stub = Stub::start(|asked| match asked.method.as_str() {
        "HEAD" => Some(bare(200, &[])),
        "PUT" => Some(bare(503, &[("retry-after", "9")])),
        _ => root(asked),
    })
    .await;
    let bucket = stub.connect().await.bucket("b-busy").await.unwrap();
    let error = bucket.client().put_object().bucket("b-busy").key("k").send().await.unwrap_err();
    let error = brainzlift::bucket::sdk::explain(brainzlift::bucket::sdk::Operation::PutObject, "k", &error);
    assert_eq!((error.kind(), error.wait().unwrap().as_secs()), (Kind::Throttled, 9));
    assert_eq!(stub.seen().iter().filter(|asked| asked.method == "PUT").count(), 1);
}
