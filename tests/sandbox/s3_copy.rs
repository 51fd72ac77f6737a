//! CopyObject and UploadPartCopy.

use aws_sdk_s3::operation::copy_object::builders::CopyObjectFluentBuilder;
use aws_sdk_s3::types::{
    BucketVersioningStatus, ChecksumAlgorithm, ChecksumMode, ChecksumType, CompletedMultipartUpload,
    CompletedPart, MetadataDirective, StorageClass, TaggingDirective, VersioningConfiguration,
};

use crate::support::{BUCKET, Bench, PART, bytes, is, make_bucket, refusal};

/// A copy of `from` (a bucket and a key, written as in a URL) to `key`.
fn copy(bench: &Bench, from: &str, key: &str) -> CopyObjectFluentBuilder {
    bench.client.copy_object().bucket(BUCKET).key(key).copy_source(from)
}

/// Puts an object that has something of everything.
async fn put_rich(bench: &Bench, key: &str) {
    let put = bench.client.put_object().bucket(BUCKET).key(key).body(b"123456789".to_vec().into());
    let put = put.content_type("application/x-xz").metadata("dump", "20260523").tagging("state=proven");
    put.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).send().await.unwrap();
}

async fn version_everything(bench: &Bench) {
    let wanted = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled).build();
    let put = bench.client.put_bucket_versioning().bucket(BUCKET).versioning_configuration(wanted);
    put.send().await.unwrap();
}

#[tokio::test]
async fn a_copy_has_the_bytes_metadata_tags_and_checksum_of_its_source() {
    let bench = Bench::with_bucket().await;
    make_bucket(&bench.client, "elsewhere").await;
    put_rich(&bench, "raw/é a+b").await;
    let copied = bench.client.copy_object().bucket("elsewhere").key("k");
    let copied = copied.copy_source(format!("{BUCKET}/raw/%C3%A9%20a%2Bb")).send().await.unwrap();
    let result = copied.copy_object_result().unwrap();
    assert_eq!(result.checksum_crc64_nvme(), Some("rosUhgp5mIg="));
    assert!(result.last_modified().is_some());
    let head = bench.client.head_object().bucket("elsewhere").key("k").checksum_mode(ChecksumMode::Enabled);
    let head = head.send().await.unwrap();
    assert_eq!((head.e_tag(), head.content_length()), (result.e_tag(), Some(9)));
    assert_eq!(head.checksum_crc64_nvme(), Some("rosUhgp5mIg="));
    assert_eq!(
        (head.content_type(), head.metadata().unwrap()["dump"].as_str()),
        (Some("application/x-xz"), "20260523")
    );
    let tags = bench.client.get_object_tagging().bucket("elsewhere").key("k").send().await.unwrap();
    assert_eq!(tags.tag_set()[0].value(), "proven");
}

#[tokio::test]
async fn a_copy_outlives_its_source_and_the_last_of_both_takes_the_bytes_along() {
    let bench = Bench::with_bucket().await;
    bench.put("a", b"shared").await;
    copy(&bench, "music/a", "b").send().await.unwrap();
    assert_eq!(bench.blobs(), 1, "a copy costs no disk");
    bench.client.delete_object().bucket(BUCKET).key("a").send().await.unwrap();
    let bench = bench.restarted().await;
    assert_eq!(bench.get("b").await, b"shared");
    bench.client.delete_object().bucket(BUCKET).key("b").send().await.unwrap();
    assert_eq!(bench.blobs(), 0);
}

#[tokio::test]
async fn directives_say_whether_metadata_and_tags_are_the_source_s_or_new() {
    let bench = Bench::with_bucket().await;
    put_rich(&bench, "a").await;
    copy(&bench, "music/a", "ignored").metadata("dump", "new").tagging("state=new").send().await.unwrap();
    let head = bench.client.head_object().bucket(BUCKET).key("ignored").send().await.unwrap();
    assert_eq!(head.metadata().unwrap()["dump"], "20260523");
    let replaced = copy(&bench, "music/a", "replaced").metadata_directive(MetadataDirective::Replace);
    replaced.metadata("source", "mirror").send().await.unwrap();
    let head = bench.client.head_object().bucket(BUCKET).key("replaced").send().await.unwrap();
    assert_eq!(head.metadata().unwrap().get("dump"), None);
    assert_eq!(head.metadata().unwrap()["source"], "mirror");
    assert_eq!(head.content_type(), Some("binary/octet-stream"));
    let tags = bench.client.get_object_tagging().bucket(BUCKET).key("replaced").send().await.unwrap();
    assert_eq!(tags.tag_set()[0].value(), "proven", "tags have a directive of their own");
    let retagged = copy(&bench, "music/a", "retagged").tagging_directive(TaggingDirective::Replace);
    retagged.tagging("state=old").send().await.unwrap();
    let tags = bench.client.get_object_tagging().bucket(BUCKET).key("retagged").send().await.unwrap();
    assert_eq!(tags.tag_set()[0].value(), "old");
    let odd = copy(&bench, "music/a", "odd").metadata_directive(MetadataDirective::from("PERHAPS"));
    assert_eq!(refusal(odd.send().await), is(400, "InvalidArgument"));
}

#[tokio::test]
async fn a_copy_to_itself_must_change_something() {
    let bench = Bench::with_bucket().await;
    put_rich(&bench, "a").await;
    assert_eq!(refusal(copy(&bench, "music/a", "a").send().await), is(400, "InvalidRequest"));
    copy(&bench, "music/a", "a").storage_class(StorageClass::GlacierIr).send().await.unwrap();
    let head = bench.client.head_object().bucket(BUCKET).key("a").send().await.unwrap();
    assert_eq!(head.storage_class(), Some(&StorageClass::GlacierIr));
    copy(&bench, "music/a", "a").storage_class(StorageClass::Standard).send().await.unwrap();
    let head = bench.client.head_object().bucket(BUCKET).key("a").send().await.unwrap();
    assert_eq!(head.storage_class(), None);
    let relabelled = copy(&bench, "music/a", "a").metadata_directive(MetadataDirective::Replace);
    relabelled.metadata("dump", "other").send().await.unwrap();
    let head = bench.client.head_object().bucket(BUCKET).key("a").send().await.unwrap();
    assert_eq!(head.metadata().unwrap()["dump"], "other");
    assert_eq!((bench.get("a").await, bench.blobs()), (b"123456789".to_vec(), 1));
}

#[tokio::test]
async fn another_checksum_is_computed_where_it_is_asked_for() {
    let bench = Bench::with_bucket().await;
    put_rich(&bench, "a").await;
    let copied = copy(&bench, "music/a", "b").checksum_algorithm(ChecksumAlgorithm::Crc32).send().await;
    let crc32 = copied.unwrap().copy_object_result().unwrap().checksum_crc32().map(str::to_owned);
    assert_eq!(crc32.as_deref(), Some("y/Q5Jg=="));
    let head = bench.client.head_object().bucket(BUCKET).key("b").checksum_mode(ChecksumMode::Enabled);
    let head = head.send().await.unwrap();
    assert_eq!((head.checksum_crc32(), head.checksum_crc64_nvme()), (Some("y/Q5Jg=="), None));
    assert_eq!(head.e_tag(), Some("\"25f9e794323b453885f5181f1b624d0b\""));
}

#[tokio::test]
async fn what_must_hold_of_source_and_target_is_held() {
    let bench = Bench::with_bucket().await;
    bench.put("a", b"123456789").await;
    let etag = "\"25f9e794323b453885f5181f1b624d0b\"";
    let failed = is(412, "PreconditionFailed");
    assert_eq!(refusal(copy(&bench, "music/a", "b").copy_source_if_match("\"0\"").send().await), failed);
    assert_eq!(refusal(copy(&bench, "music/a", "b").copy_source_if_none_match(etag).send().await), failed);
    copy(&bench, "music/a", "b").copy_source_if_match(etag).if_none_match("*").send().await.unwrap();
    assert_eq!(refusal(copy(&bench, "music/a", "b").if_none_match("*").send().await), failed);
    assert_eq!(refusal(copy(&bench, "music/a", "b").if_match("\"0\"").send().await), failed);
    copy(&bench, "music/a", "b").if_match(etag).send().await.unwrap();
    assert_eq!((bench.get("b").await, bench.blobs()), (b"123456789".to_vec(), 1));
}

#[tokio::test]
async fn sources_that_cannot_be_copied_say_why() {
    let bench = Bench::with_bucket().await;
    assert_eq!(refusal(copy(&bench, "music/none", "b").send().await), is(404, "NoSuchKey"));
    assert_eq!(refusal(copy(&bench, "nowhere/a", "b").send().await), is(404, "NoSuchBucket"));
    bench.put("a", b"x").await;
    let away = bench.client.copy_object().bucket("nowhere").key("b").copy_source("music/a").send().await;
    assert_eq!(refusal(away), is(404, "NoSuchBucket"));
    let cold = bench.client.put_object().bucket(BUCKET).key("cold").storage_class(StorageClass::Glacier);
    cold.body(b"x".to_vec().into()).send().await.unwrap();
    let cold = copy(&bench, "music/cold", "b").send().await;
    assert_eq!(refusal(cold), is(403, "ObjectNotInActiveTierError"));
    version_everything(&bench).await;
    let marker = bench.client.delete_object().bucket(BUCKET).key("a").send().await.unwrap();
    assert_eq!(refusal(copy(&bench, "music/a", "b").send().await), is(404, "NoSuchKey"));
    let named = format!("music/a?versionId={}", marker.version_id().unwrap());
    assert_eq!(refusal(copy(&bench, &named, "b").send().await), is(400, "InvalidRequest"));
}

#[tokio::test]
async fn an_old_version_copied_to_its_own_key_is_the_newest_again() {
    let bench = Bench::with_bucket().await;
    version_everything(&bench).await;
    let old = bench.client.put_object().bucket(BUCKET).key("k").body(b"old".to_vec().into());
    let old = old.send().await.unwrap().version_id().unwrap().to_owned();
    bench.put("k", b"new").await;
    let back = copy(&bench, &format!("music/k?versionId={old}"), "k").send().await.unwrap();
    assert_eq!(back.copy_source_version_id(), Some(old.as_str()));
    assert!(back.version_id().is_some_and(|id| id != old));
    assert_eq!(bench.get("k").await, b"old");
    let all = bench.client.list_object_versions().bucket(BUCKET).send().await.unwrap();
    assert_eq!((all.versions().len(), bench.blobs()), (3, 2));
}

/// Begins an upload to `key` with CRC64NVME and gives its id.
async fn begin(bench: &Bench, key: &str) -> String {
    let create = bench.client.create_multipart_upload().bucket(BUCKET).key(key);
    let create = create.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).send().await.unwrap();
    create.upload_id().unwrap().to_owned()
}

/// Copies bytes of `from` as part `number`.
async fn part(
    bench: &Bench,
    upload: (&str, &str),
    number: i32,
    from: &str,
    range: Option<&str>,
) -> Result<CompletedPart, (u16, String)> {
    let (key, id) = upload;
    let part = bench.client.upload_part_copy().bucket(BUCKET).key(key).upload_id(id).part_number(number);
    let answer = part.copy_source(from).set_copy_source_range(range.map(str::to_owned)).send().await;
    let Ok(answer) = answer else { return Err(refusal(answer)) };
    let result = answer.copy_part_result().unwrap();
    assert!(result.checksum_crc64_nvme().is_some() && result.last_modified().is_some());
    let part = CompletedPart::builder().part_number(number).set_e_tag(result.e_tag().map(str::to_owned));
    Ok(part.build())
}

async fn complete(bench: &Bench, upload: (&str, &str), parts: Vec<CompletedPart>) {
    let (key, id) = upload;
    let parts = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
    let complete = bench.client.complete_multipart_upload().bucket(BUCKET).key(key).upload_id(id);
    complete.multipart_upload(parts).send().await.unwrap();
}

#[tokio::test]
async fn parts_are_copied_whole_or_in_ranges() {
    let bench = Bench::with_bucket().await;
    let body = bytes(PART + 1000, 8);
    bench.put("a", &body).await;
    let id = begin(&bench, "k").await;
    let upload = ("k", id.as_str());
    let first = part(&bench, upload, 1, "music/a", None).await.unwrap();
    let second = part(&bench, upload, 2, "music/a", Some("bytes=500-999")).await.unwrap();
    complete(&bench, upload, vec![first, second]).await;
    assert!(bench.get("k").await == [&body[..], &body[500..1000]].concat());
    // What copies were made of parts is one piece again, and says so by its ETag and its checksum.
    let whole = copy(&bench, "music/k", "one").send().await.unwrap();
    let result = whole.copy_object_result().unwrap();
    assert!(!result.e_tag().unwrap().contains('-'));
    assert_eq!(result.checksum_type(), Some(&ChecksumType::FullObject));
    let of = |key: &'static str| {
        bench.client.head_object().bucket(BUCKET).key(key).checksum_mode(ChecksumMode::Enabled).send()
    };
    let (parts, one) = (of("k").await.unwrap(), of("one").await.unwrap());
    assert_eq!(parts.checksum_crc64_nvme(), one.checksum_crc64_nvme());
    assert!(bench.get("one").await == bench.get("k").await);
}

#[tokio::test]
async fn a_part_is_not_copied_from_outside_its_source() {
    let bench = Bench::with_bucket().await;
    bench.put("a", b"123456789").await;
    let id = begin(&bench, "k").await;
    let upload = ("k", id.as_str());
    for range in ["bytes=0-9", "bytes=9-9", "bytes=5-4", "bytes=5-", "bytes=-5", "5-6"] {
        let refused = part(&bench, upload, 1, "music/a", Some(range)).await;
        assert_eq!(refused, Err(is(400, "InvalidArgument")), "{range}");
    }
    assert_eq!(part(&bench, upload, 1, "music/none", None).await, Err(is(404, "NoSuchKey")));
    assert_eq!(part(&bench, ("k", "0"), 1, "music/a", None).await, Err(is(404, "NoSuchUpload")));
    assert_eq!(part(&bench, upload, 10_001, "music/a", None).await, Err(is(400, "InvalidArgument")));
    assert_eq!(bench.blobs(), 1);
}
