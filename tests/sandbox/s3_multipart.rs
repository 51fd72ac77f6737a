//! Multipart uploads on their way: parts, their listing, other uploads, and the end without an object.

use aws_sdk_s3::types::{AbortIncompleteMultipartUpload, BucketLifecycleConfiguration, ChecksumAlgorithm};
use aws_sdk_s3::types::{
    ChecksumType, ExpirationStatus, LifecycleRule, LifecycleRuleFilter, Part, StorageClass,
};
use futures::StreamExt;

use crate::support::{BUCKET, Bench, bytes, is, refusal};

/// Begins an upload with CRC64NVME to `key`.
async fn begin(bench: &Bench, key: &str) -> String {
    let upload = bench.client.create_multipart_upload().bucket(BUCKET).key(key);
    let upload = upload.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).send().await.unwrap();
    assert_eq!(upload.checksum_type(), Some(&ChecksumType::FullObject));
    upload.upload_id().unwrap().to_owned()
}

/// Uploads `body` as part `number`, with its CRC64NVME.
async fn part(bench: &Bench, key: &str, id: &str, number: i32, body: Vec<u8>) -> String {
    let part = bench.client.upload_part().bucket(BUCKET).key(key).upload_id(id).part_number(number);
    let part = part.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).body(body.into());
    part.send().await.unwrap().e_tag().unwrap().to_owned()
}

#[tokio::test]
async fn list_parts_tells_etag_size_and_checksum_of_each() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, "k").await;
    let etag = part(&bench, "k", &id, 7, b"123456789".to_vec()).await;
    let listed = bench.client.list_parts().bucket(BUCKET).key("k").upload_id(&id).send().await.unwrap();
    let [only] = listed.parts() else { panic!("{listed:?}") };
    assert_eq!((only.part_number(), only.size()), (Some(7), Some(9)));
    assert_eq!(only.e_tag(), Some(etag.as_str()));
    assert_eq!(only.checksum_crc64_nvme(), Some("rosUhgp5mIg="));
    assert!(only.last_modified().is_some());
    assert_eq!(listed.checksum_algorithm(), Some(&ChecksumAlgorithm::Crc64Nvme));
    assert_eq!((listed.is_truncated(), listed.abort_date()), (Some(false), None));
}

#[tokio::test]
async fn a_part_that_comes_again_takes_the_place_of_the_first() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, "k").await;
    part(&bench, "k", &id, 1, b"first".to_vec()).await;
    part(&bench, "k", &id, 1, b"second".to_vec()).await;
    let listed = bench.client.list_parts().bucket(BUCKET).key("k").upload_id(&id).send().await.unwrap();
    assert_eq!((listed.parts().len(), listed.parts()[0].size()), (1, Some(6)));
    assert_eq!(bench.blobs(), 1);
}

#[tokio::test]
async fn parts_come_in_pages() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, "k").await;
    let parts = futures::stream::iter(1..=1003).map(|number| part(&bench, "k", &id, number, vec![1]));
    parts.buffer_unordered(32).collect::<Vec<_>>().await;
    let first = bench.client.list_parts().bucket(BUCKET).key("k").upload_id(&id).send().await.unwrap();
    assert_eq!((first.parts().len(), first.is_truncated()), (1000, Some(true)));
    assert_eq!(first.next_part_number_marker(), Some("1000"));
    let paginator = bench.client.list_parts().bucket(BUCKET).key("k").upload_id(&id).max_parts(300);
    let pages: Vec<_> = paginator.into_paginator().send().try_collect().await.unwrap();
    let numbers: Vec<_> =
        pages.iter().flat_map(|page| page.parts().iter().filter_map(Part::part_number)).collect();
    assert_eq!(numbers, (1..=1003).collect::<Vec<_>>());
}

#[tokio::test]
async fn unfinished_uploads_are_listed_in_pages_with_prefix_and_delimiter() {
    let bench = Bench::with_bucket().await;
    let mut ids = Vec::new();
    for key in ["raw/a", "raw/b", "raw/b", "z"] {
        ids.push((key.to_owned(), begin(&bench, key).await));
    }
    ids.sort();
    let all = bench.client.list_multipart_uploads().bucket(BUCKET).send().await.unwrap();
    let found = |uploads: &[aws_sdk_s3::types::MultipartUpload]| -> Vec<(String, String)> {
        let pair = |one: &aws_sdk_s3::types::MultipartUpload| {
            (one.key().unwrap().to_owned(), one.upload_id().unwrap().to_owned())
        };
        uploads.iter().map(pair).collect()
    };
    assert_eq!(found(all.uploads()), ids);
    assert!(all.uploads()[0].initiated().is_some());
    let (mut pages, mut key, mut id) = (Vec::new(), None, None);
    loop {
        let page = bench.client.list_multipart_uploads().bucket(BUCKET).max_uploads(1);
        let page = page.set_key_marker(key).set_upload_id_marker(id).send().await.unwrap();
        pages.extend(found(page.uploads()));
        if page.is_truncated() != Some(true) {
            break;
        }
        key = page.next_key_marker().map(str::to_owned);
        id = page.next_upload_id_marker().map(str::to_owned);
    }
    assert_eq!(pages, ids);
    let raw = bench.client.list_multipart_uploads().bucket(BUCKET).prefix("raw/").send().await.unwrap();
    assert_eq!(raw.uploads().len(), 3);
    let folded = bench.client.list_multipart_uploads().bucket(BUCKET).delimiter("/").send().await.unwrap();
    assert_eq!(folded.common_prefixes()[0].prefix(), Some("raw/"));
    assert_eq!(folded.uploads().len(), 1);
}

#[tokio::test]
async fn an_aborted_upload_leaves_nothing() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, "k").await;
    part(&bench, "k", &id, 1, bytes(100_000, 5)).await;
    bench.client.abort_multipart_upload().bucket(BUCKET).key("k").upload_id(&id).send().await.unwrap();
    assert_eq!(bench.blobs(), 0);
    let again = bench.client.abort_multipart_upload().bucket(BUCKET).key("k").upload_id(&id).send().await;
    assert_eq!(refusal(again), is(404, "NoSuchUpload"));
    let late = bench.client.upload_part().bucket(BUCKET).key("k").upload_id(&id).part_number(2);
    assert_eq!(refusal(late.body(b"x".to_vec().into()).send().await), is(404, "NoSuchUpload"));
    let listed = bench.client.list_parts().bucket(BUCKET).key("k").upload_id(&id).send().await;
    assert_eq!(refusal(listed), is(404, "NoSuchUpload"));
    let other = begin(&bench, "k").await;
    let elsewhere = bench.client.list_parts().bucket(BUCKET).key("other").upload_id(&other).send().await;
    assert_eq!(refusal(elsewhere), is(404, "NoSuchUpload"));
}

#[tokio::test]
async fn an_upload_is_no_object_and_is_seen_by_no_listing() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, "k").await;
    part(&bench, "k", &id, 1, vec![1]).await;
    assert_eq!(refusal(bench.client.get_object().bucket(BUCKET).key("k").send().await).1, "NoSuchKey");
    let listed = bench.client.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    assert!(listed.contents().is_empty());
}

#[tokio::test]
async fn a_part_number_has_its_limits() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, "k").await;
    for number in [0, 10_001] {
        let part = bench.client.upload_part().bucket(BUCKET).key("k").upload_id(&id).part_number(number);
        let part = part.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).body(b"x".to_vec().into());
        assert_eq!(refusal(part.send().await), is(400, "InvalidArgument"), "{number}");
    }
    part(&bench, "k", &id, 10_000, vec![1]).await;
}

#[tokio::test]
async fn a_part_with_another_algorithm_than_the_upload_is_refused() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, "k").await;
    let part = bench.client.upload_part().bucket(BUCKET).key("k").upload_id(&id).part_number(1);
    let part = part.checksum_algorithm(ChecksumAlgorithm::Sha256).body(b"x".to_vec().into());
    assert_eq!(refusal(part.send().await), is(400, "InvalidRequest"));
}

#[tokio::test]
async fn a_part_with_a_wrong_checksum_is_a_bad_digest() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, "k").await;
    let part = bench.client.upload_part().bucket(BUCKET).key("k").upload_id(&id).part_number(1);
    let part = part.checksum_crc64_nvme("AAAAAAAAAAA=").body(b"x".to_vec().into());
    assert_eq!(refusal(part.send().await), is(400, "BadDigest"));
    assert_eq!(bench.blobs(), 0);
}

#[tokio::test]
async fn algorithms_and_kinds_that_do_not_go_together_are_refused() {
    let bench = Bench::with_bucket().await;
    for (algorithm, kind) in [
        (ChecksumAlgorithm::Crc64Nvme, ChecksumType::Composite),
        (ChecksumAlgorithm::Sha256, ChecksumType::FullObject),
        (ChecksumAlgorithm::Sha1, ChecksumType::FullObject),
    ] {
        let create = bench.client.create_multipart_upload().bucket(BUCKET).key("k");
        let create = create.checksum_algorithm(algorithm).checksum_type(kind).send().await;
        assert_eq!(refusal(create), is(400, "InvalidRequest"));
    }
}

#[tokio::test]
async fn an_upload_says_when_a_lifecycle_rule_will_abort_it() {
    let bench = Bench::with_bucket().await;
    let rule = LifecycleRule::builder()
        .id("stale")
        .status(ExpirationStatus::Enabled)
        .filter(LifecycleRuleFilter::builder().prefix("").build())
        .abort_incomplete_multipart_upload(
            AbortIncompleteMultipartUpload::builder().days_after_initiation(7).build(),
        )
        .build()
        .unwrap();
    let rules = BucketLifecycleConfiguration::builder().rules(rule).build().unwrap();
    let put = bench.client.put_bucket_lifecycle_configuration().bucket(BUCKET);
    put.lifecycle_configuration(rules).send().await.unwrap();
    let upload = bench.client.create_multipart_upload().bucket(BUCKET).key("k");
    let upload = upload.storage_class(StorageClass::StandardIa).send().await.unwrap();
    assert_eq!(upload.abort_rule_id(), Some("stale"));
    let due = upload.abort_date().unwrap().secs();
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()).unwrap();
    assert_eq!(due % 86_400, 0);
    assert!((now + 7 * 86_400..=now + 8 * 86_400).contains(&due));
    let listed = bench.client.list_parts().bucket(BUCKET).key("k").upload_id(upload.upload_id().unwrap());
    let listed = listed.send().await.unwrap();
    assert_eq!(listed.abort_date(), upload.abort_date());
    assert_eq!(listed.storage_class(), Some(&StorageClass::StandardIa));
}
