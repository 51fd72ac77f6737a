//! Objects: put, read whole and in ranges, described, removed.

use aws_sdk_s3::primitives::DateTime;
use aws_sdk_s3::types::{
    ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart, Delete, ObjectIdentifier, StorageClass, Tag,
    Tagging,
};

use crate::support::{BUCKET, Bench, PART, bytes, is, refusal};

#[tokio::test]
async fn what_is_put_is_what_is_read() {
    let bench = Bench::with_bucket().await;
    for size in [0, 1, 127 << 10, (128 << 10) + 1, 3 << 20] {
        let body = bytes(size, 1);
        bench.put("k", &body).await;
        assert!(bench.get("k").await == body, "{size}");
    }
    assert_eq!(bench.blobs(), 1, "an overwritten body stays on the disk");
}

#[tokio::test]
async fn the_etag_of_an_object_is_its_md5() {
    let bench = Bench::with_bucket().await;
    let put =
        bench.client.put_object().bucket(BUCKET).key("k").body(b"abc".to_vec().into()).send().await.unwrap();
    assert_eq!(put.e_tag(), Some("\"900150983cd24fb0d6963f7d28e17f72\""));
    let head = bench.client.head_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(head.e_tag(), put.e_tag());
    assert_eq!(head.content_length(), Some(3));
}

#[tokio::test]
async fn everything_said_of_an_object_is_given_back() {
    let bench = Bench::with_bucket().await;
    let expires = DateTime::from_secs(2_000_000_000);
    let put = bench.client.put_object().bucket(BUCKET).key("k").body(b"x".to_vec().into());
    put.content_type("application/x-xz")
        .content_encoding("xz")
        .content_language("fr")
        .content_disposition("attachment")
        .cache_control("no-cache")
        .expires(expires)
        .metadata("dump", "20260523-001001")
        .metadata("sha256", "abc")
        .storage_class(StorageClass::GlacierIr)
        .tagging("team=music&for=a%20test")
        .send()
        .await
        .unwrap();
    let head = bench.client.head_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(head.content_type(), Some("application/x-xz"));
    assert_eq!(head.content_encoding(), Some("xz"));
    assert_eq!(head.content_language(), Some("fr"));
    assert_eq!(head.content_disposition(), Some("attachment"));
    assert_eq!(head.cache_control(), Some("no-cache"));
    assert!(head.expires_string().is_some());
    assert_eq!(head.metadata().unwrap()["dump"], "20260523-001001");
    assert_eq!(head.storage_class(), Some(&StorageClass::GlacierIr));
    assert!(head.last_modified().is_some());
    let got = bench.client.get_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!((got.tag_count(), got.content_type()), (Some(2), Some("application/x-xz")));
    let tags = bench.client.get_object_tagging().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(tags.tag_set()[1].value(), "a test");
}

#[tokio::test]
async fn a_storage_class_that_does_not_exist_is_refused() {
    let bench = Bench::with_bucket().await;
    let put = bench.client.put_object().bucket(BUCKET).key("k").storage_class(StorageClass::from("CELLAR"));
    assert_eq!(refusal(put.send().await), is(400, "InvalidStorageClass"));
}

#[tokio::test]
async fn an_archived_object_is_described_but_not_read() {
    let bench = Bench::with_bucket().await;
    let put = bench.client.put_object().bucket(BUCKET).key("k").body(b"x".to_vec().into());
    put.storage_class(StorageClass::Glacier).send().await.unwrap();
    let head = bench.client.head_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(head.storage_class(), Some(&StorageClass::Glacier));
    let get = bench.client.get_object().bucket(BUCKET).key("k").send().await;
    assert_eq!(refusal(get), is(403, "InvalidObjectState"));
}

#[tokio::test]
async fn a_range_gives_those_bytes_and_no_others() {
    let bench = Bench::with_bucket().await;
    let body = bytes(1 << 20, 2);
    bench.put("k", &body).await;
    let size = body.len();
    for (range, expected) in [
        ("bytes=0-0", 0..1),
        ("bytes=100-299999", 100..300_000),
        ("bytes=1048570-", size - 6..size),
        ("bytes=-5", size - 5..size),
        ("bytes=1048570-9999999", size - 6..size),
    ] {
        let got = bench.client.get_object().bucket(BUCKET).key("k").range(range).send().await.unwrap();
        let content_range = format!("bytes {}-{}/{size}", expected.start, expected.end - 1);
        assert_eq!(got.content_range(), Some(content_range.as_str()));
        assert_eq!(got.content_length(), Some(i64::try_from(expected.len()).unwrap()));
        assert!(got.body.collect().await.unwrap().to_vec() == body[expected], "{range}");
    }
    let beyond = bench.client.get_object().bucket(BUCKET).key("k").range("bytes=1048576-").send().await;
    assert_eq!(refusal(beyond), is(416, "InvalidRange"));
}

#[tokio::test]
async fn a_ranged_answer_is_a_206_and_a_whole_one_a_200() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"0123456789").await;
    let soon = || {
        let soon = std::time::Duration::from_mins(1);
        aws_sdk_s3::presigning::PresigningConfig::expires_in(soon).unwrap()
    };
    let url = bench.client.get_object().bucket(BUCKET).key("k").presigned(soon()).await.unwrap();
    let whole = reqwest::get(url.uri()).await.unwrap();
    assert_eq!((whole.status().as_u16(), whole.headers()["accept-ranges"].to_str().unwrap()), (200, "bytes"));
    let ranged = reqwest::Client::new().get(url.uri()).header("range", "bytes=2-4").send().await.unwrap();
    assert_eq!(ranged.status(), 206);
    assert_eq!(ranged.headers()["content-length"], "3");
    assert_eq!(ranged.text().await.unwrap(), "234");
    let url = bench.client.head_object().bucket(BUCKET).key("k").presigned(soon()).await.unwrap();
    let head = reqwest::Client::new().head(url.uri()).header("range", "bytes=2-4").send().await.unwrap();
    assert_eq!(
        (head.status().as_u16(), head.headers()["content-range"].to_str().unwrap()),
        (206, "bytes 2-4/10")
    );
}

#[tokio::test]
async fn a_folder_is_a_key_of_no_bytes_that_ends_in_a_slash() {
    let bench = Bench::with_bucket().await;
    bench.put("raw/musicbrainz/", b"").await;
    bench.put("raw/musicbrainz/artist.tar.xz", b"x").await;
    let head = bench.client.head_object().bucket(BUCKET).key("raw/musicbrainz/").send().await.unwrap();
    assert_eq!(head.content_length(), Some(0));
    assert!(bench.get("raw/musicbrainz/").await.is_empty());
    let without = bench.client.head_object().bucket(BUCKET).key("raw/musicbrainz").send().await;
    assert_eq!(refusal(without).0, 404);
}

#[tokio::test]
async fn what_is_missing_says_what_is_missing() {
    let bench = Bench::with_bucket().await;
    let key = bench.client.get_object().bucket(BUCKET).key("nothing").send().await;
    assert_eq!(refusal(key), is(404, "NoSuchKey"));
    let head = bench.client.head_object().bucket(BUCKET).key("nothing").send().await;
    assert_eq!(refusal(head).0, 404);
    let bucket = bench.client.get_object().bucket("nowhere").key("nothing").send().await;
    assert_eq!(refusal(bucket), is(404, "NoSuchBucket"));
    let put = bench.client.put_object().bucket("nowhere").key("k").body(vec![0; 1 << 20].into()).send().await;
    assert_eq!(refusal(put), is(404, "NoSuchBucket"));
    assert_eq!(bench.blobs(), 0);
}

#[tokio::test]
async fn deleting_removes_the_bytes_and_what_is_not_there_is_no_error() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"x").await;
    for _ in 0..2 {
        bench.client.delete_object().bucket(BUCKET).key("k").send().await.unwrap();
    }
    assert_eq!(refusal(bench.client.get_object().bucket(BUCKET).key("k").send().await).1, "NoSuchKey");
    assert_eq!(bench.blobs(), 0);
}

#[tokio::test]
async fn many_are_deleted_at_once() {
    let bench = Bench::with_bucket().await;
    for key in ["a", "b", "c&d"] {
        bench.put(key, b"x").await;
    }
    let named = ["a", "c&d", "never"].map(|key| ObjectIdentifier::builder().key(key).build().unwrap());
    let delete = Delete::builder().set_objects(Some(named.to_vec())).build().unwrap();
    let done = bench.client.delete_objects().bucket(BUCKET).delete(delete).send().await.unwrap();
    assert_eq!((done.deleted().len(), done.errors().len()), (3, 0));
    let left = bench.client.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    assert_eq!(left.contents().iter().filter_map(|object| object.key()).collect::<Vec<_>>(), ["b"]);

    let quiet = ObjectIdentifier::builder().key("b").build().unwrap();
    let delete = Delete::builder().objects(quiet).quiet(true).build().unwrap();
    let done = bench.client.delete_objects().bucket(BUCKET).delete(delete).send().await.unwrap();
    assert!(done.deleted().is_empty());
    assert_eq!(bench.blobs(), 0);
}

#[tokio::test]
async fn tags_of_an_object_are_replaced_and_removed() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"x").await;
    let tag = Tag::builder().key("state").value("proven").build().unwrap();
    let tagging = Tagging::builder().tag_set(tag).build().unwrap();
    bench.client.put_object_tagging().bucket(BUCKET).key("k").tagging(tagging).send().await.unwrap();
    let tags = bench.client.get_object_tagging().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!((tags.tag_set()[0].key(), tags.tag_set()[0].value()), ("state", "proven"));
    bench.client.delete_object_tagging().bucket(BUCKET).key("k").send().await.unwrap();
    let tags = bench.client.get_object_tagging().bucket(BUCKET).key("k").send().await.unwrap();
    assert!(tags.tag_set().is_empty());
}

#[tokio::test]
async fn what_is_being_read_is_read_to_its_end_whatever_becomes_of_its_key() {
    let bench = Bench::with_bucket().await;
    let part = bytes(PART, 3);
    let create = bench.client.create_multipart_upload().bucket(BUCKET).key("k");
    let create = create.checksum_algorithm(ChecksumAlgorithm::Crc32).send().await.unwrap();
    let id = create.upload_id().unwrap();
    let mut parts = Vec::new();
    for number in 1..=4 {
        let sent = bench.client.upload_part().bucket(BUCKET).key("k").upload_id(id).part_number(number);
        let sent = sent.body(part.clone().into()).send().await.unwrap();
        let named = CompletedPart::builder().part_number(number).set_e_tag(sent.e_tag().map(str::to_owned));
        parts.push(named.set_checksum_crc32(sent.checksum_crc32().map(str::to_owned)).build());
    }
    let parts = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
    let complete = bench.client.complete_multipart_upload().bucket(BUCKET).key("k").upload_id(id);
    complete.multipart_upload(parts).send().await.unwrap();

    let mut reading = bench.client.get_object().bucket(BUCKET).key("k").send().await.unwrap().body;
    let mut read = reading.next().await.unwrap().unwrap().to_vec();
    bench.put("k", b"other").await;
    bench.client.delete_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(bench.blobs(), 4, "somebody still reads them");
    while let Some(more) = reading.next().await {
        read.extend(more.unwrap());
    }
    assert!(read == part.repeat(4));
    drop(reading);
    for _ in 0..200 {
        if bench.blobs() == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("what nobody reads any more is still there");
}
