//! If-None-Match and If-Match, on writes and on reads.

use aws_sdk_s3::primitives::DateTime;
use aws_sdk_s3::types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart};

use crate::support::{BUCKET, Bench, is, refusal};

const OTHER: &str = "\"00000000000000000000000000000000\"";

#[tokio::test]
async fn if_none_match_star_writes_only_where_nothing_is() {
    let bench = Bench::with_bucket().await;
    let put = || bench.client.put_object().bucket(BUCKET).key("k").if_none_match("*");
    put().body(b"first".to_vec().into()).send().await.unwrap();
    let second = put().body(b"second".to_vec().into()).send().await;
    assert_eq!(refusal(second), is(412, "PreconditionFailed"));
    assert_eq!(bench.get("k").await, b"first");
    assert_eq!(bench.blobs(), 1);
}

#[tokio::test]
async fn if_match_writes_only_over_what_it_names() {
    let bench = Bench::with_bucket().await;
    let put = |etag: &str| bench.client.put_object().bucket(BUCKET).key("k").if_match(etag);
    let absent = put("*").body(b"x".to_vec().into()).send().await;
    assert_eq!(refusal(absent), is(404, "NoSuchKey"));
    bench.put("k", b"abc").await;
    let other = put(OTHER).body(b"x".to_vec().into()).send().await;
    assert_eq!(refusal(other), is(412, "PreconditionFailed"));
    put("\"900150983cd24fb0d6963f7d28e17f72\"").body(b"new".to_vec().into()).send().await.unwrap();
    assert_eq!(bench.get("k").await, b"new");
}

#[tokio::test]
async fn of_many_who_create_the_same_key_one_does() {
    let bench = Bench::with_bucket().await;
    let puts = (0..16_u8).map(|number| {
        let put = bench.client.put_object().bucket(BUCKET).key("lock").if_none_match("*");
        put.body(vec![number; 1000].into()).send()
    });
    let won = futures::future::join_all(puts).await.into_iter().flatten().count();
    assert_eq!(won, 1);
}

#[tokio::test]
async fn conditions_hold_when_an_upload_completes() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"abc").await;
    let upload = bench.client.create_multipart_upload().bucket(BUCKET).key("k");
    let upload = upload.checksum_algorithm(ChecksumAlgorithm::Crc32).send().await.unwrap();
    let id = upload.upload_id().unwrap();
    let part = bench.client.upload_part().bucket(BUCKET).key("k").upload_id(id).part_number(1);
    let part = part.body(b"x".to_vec().into()).send().await.unwrap();
    let named = CompletedPart::builder()
        .part_number(1)
        .set_e_tag(part.e_tag().map(str::to_owned))
        .set_checksum_crc32(part.checksum_crc32().map(str::to_owned))
        .build();
    let parts = CompletedMultipartUpload::builder().parts(named).build();
    let complete = || {
        let complete = bench.client.complete_multipart_upload().bucket(BUCKET).key("k").upload_id(id);
        complete.multipart_upload(parts.clone())
    };
    assert_eq!(refusal(complete().if_none_match("*").send().await), is(412, "PreconditionFailed"));
    assert_eq!(refusal(complete().if_match(OTHER).send().await), is(412, "PreconditionFailed"));
    assert_eq!(bench.get("k").await, b"abc");
    // The upload is still there to be completed otherwise.
    complete().if_match("\"900150983cd24fb0d6963f7d28e17f72\"").send().await.unwrap();
    assert_eq!(bench.get("k").await, b"x");
}

#[tokio::test]
async fn reads_have_conditions_too() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"abc").await;
    let get = || bench.client.get_object().bucket(BUCKET).key("k");
    assert_eq!(refusal(get().if_match(OTHER).send().await), is(412, "PreconditionFailed"));
    let etag = "\"900150983cd24fb0d6963f7d28e17f72\"";
    assert_eq!(refusal(get().if_none_match(etag).send().await).0, 304);
    assert!(get().if_match(etag).if_none_match(OTHER).send().await.is_ok());
    let (past, future) = (DateTime::from_secs(1_000_000_000), DateTime::from_secs(4_000_000_000));
    assert_eq!(refusal(get().if_unmodified_since(past).send().await), is(412, "PreconditionFailed"));
    assert_eq!(refusal(get().if_modified_since(future).send().await).0, 304);
    let head = bench.client.head_object().bucket(BUCKET).key("k").if_match(OTHER).send().await;
    assert_eq!(refusal(head).0, 412);
}

#[tokio::test]
async fn a_delete_can_name_what_it_deletes() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"abc").await;
    let other = bench.client.delete_object().bucket(BUCKET).key("k").if_match(OTHER).send().await;
    assert_eq!(refusal(other), is(412, "PreconditionFailed"));
    assert_eq!(bench.get("k").await, b"abc");
}
