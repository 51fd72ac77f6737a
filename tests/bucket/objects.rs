//! Listing and describing what stands in a bucket, and what was left unfinished.

use aws_sdk_s3::primitives::ByteStream;
use brainzlift::bucket::{Bucket, meta};
use futures::{StreamExt, TryStreamExt};

use crate::store::fresh_bucket;

async fn put(bucket: &Bucket, key: &str, body: &'static [u8]) {
    let put = bucket.client().put_object().bucket(bucket.name()).key(key);
    put.body(ByteStream::from_static(body)).send().await.unwrap();
}

#[tokio::test]
async fn a_listing_of_more_than_a_page_is_whole_and_in_order() {
    let bucket = fresh_bucket().await;
    let keys: Vec<String> = (0..1005).map(|n| format!("many/{n:05}")).collect();
    futures::stream::iter(&keys).for_each_concurrent(16, |key| put(&bucket, key, b"x")).await;
    put(&bucket, "other", b"x").await;
    let seen: Vec<String> =
        bucket.objects("many/").await.unwrap().into_iter().map(|object| object.key).collect();
    assert_eq!(seen, keys);
    let pages: Vec<usize> =
        bucket.pages("many/", None).map_ok(|page| page.len()).try_collect().await.unwrap();
    assert_eq!(pages, [1000, 5]);
    let rest: Vec<_> = bucket.pages("many/", Some("many/01002")).try_concat().await.unwrap();
    assert_eq!(
        rest.iter().map(|object| object.key.as_str()).collect::<Vec<_>>(),
        ["many/01003", "many/01004"]
    );
}

#[tokio::test]
async fn an_empty_bucket_lists_nothing() {
    assert_eq!(fresh_bucket().await.objects("").await.unwrap(), []);
}

#[tokio::test]
async fn a_description_holds_size_class_metadata_and_checksum() {
    let bucket = fresh_bucket().await;
    let digest = "ab".repeat(32);
    let put = bucket
        .client()
        .put_object()
        .bucket(bucket.name())
        .key("raw/x é")
        .body(ByteStream::from_static(b"123456789"));
    let put = put.metadata(meta::SHA256, &digest).metadata(meta::DUMP, "20260523-001002");
    put.metadata(meta::DATASET, "musicbrainz/artist")
        .checksum_crc64_nvme("rosUhgp5mIg=")
        .send()
        .await
        .unwrap();
    let object = bucket.head("raw/x é").await.unwrap().unwrap();
    assert_eq!((object.size, object.class.as_deref()), (9, Some("STANDARD")));
    assert_eq!(object.sha256.unwrap().to_string(), digest);
    assert_eq!(object.dump.as_deref(), Some("20260523-001002"));
    assert_eq!(object.dataset.as_deref(), Some("musicbrainz/artist"));
    // The check value of CRC-64/NVME over "123456789", from its definition in the catalogue of CRCs.
    assert_eq!((object.crc64nvme, object.checksum_malformed), (Some(0xae8b_1486_0a79_9888), false));
    assert!(object.modified.is_some_and(|seconds| seconds > 1_700_000_000));
    assert!(object.etag.is_some_and(|etag| !etag.contains('"')));
}

#[tokio::test]
async fn a_key_where_nothing_stands_is_none_and_no_error() {
    assert_eq!(fresh_bucket().await.head("nothing").await.unwrap(), None);
}

#[tokio::test]
async fn unfinished_uploads_are_shown_and_can_be_thrown_away() {
    let bucket = fresh_bucket().await;
    for key in ["raw/a", "raw/b"] {
        bucket.client().create_multipart_upload().bucket(bucket.name()).key(key).send().await.unwrap();
    }
    let uploads = bucket.uploads().await.unwrap();
    assert_eq!(uploads.iter().map(|upload| upload.key.as_str()).collect::<Vec<_>>(), ["raw/a", "raw/b"]);
    assert!(uploads.iter().all(|upload| upload.initiated.is_some()));
    bucket.abort(&uploads[0]).await.unwrap();
    assert_eq!(bucket.uploads().await.unwrap(), uploads[1..]);
}

#[tokio::test]
async fn aborting_what_is_gone_already_is_no_error() {
    let bucket = fresh_bucket().await;
    bucket.client().create_multipart_upload().bucket(bucket.name()).key("k").send().await.unwrap();
    let uploads = bucket.uploads().await.unwrap();
    bucket.abort(&uploads[0]).await.unwrap();
    bucket.abort(&uploads[0]).await.unwrap();
}
