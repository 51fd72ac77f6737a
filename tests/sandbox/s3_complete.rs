//! CompleteMultipartUpload: every claim is held against the parts.

use aws_sdk_s3::operation::upload_part::UploadPartOutput;
use aws_sdk_s3::types::{
    ChecksumAlgorithm, ChecksumMode, ChecksumType, CompletedMultipartUpload, CompletedPart,
};

use crate::support::{BUCKET, Bench, PART, bytes, is, refusal};

/// An upload to `k`, its parts, and what it takes to complete it.
struct Upload<'a> {
    bench: &'a Bench,
    id: String,
    parts: Vec<CompletedPart>,
}

impl<'a> Upload<'a> {
    async fn begin(
        bench: &'a Bench,
        algorithm: Option<ChecksumAlgorithm>,
        kind: Option<ChecksumType>,
    ) -> Self {
        let create = bench.client.create_multipart_upload().bucket(BUCKET).key("k");
        let create = create.set_checksum_algorithm(algorithm).set_checksum_type(kind);
        let id = create.send().await.unwrap().upload_id().unwrap().to_owned();
        Self { bench, id, parts: Vec::new() }
    }

    /// The next part, with a checksum of this algorithm.
    async fn part(&mut self, algorithm: ChecksumAlgorithm, body: Vec<u8>) {
        let number = i32::try_from(self.parts.len() + 1).unwrap();
        let part = self.bench.client.upload_part().bucket(BUCKET).key("k").upload_id(&self.id);
        let part = part.part_number(number).checksum_algorithm(algorithm).body(body.into());
        self.parts.push(named(number, &part.send().await.unwrap()));
    }

    fn complete(
        &self,
    ) -> aws_sdk_s3::operation::complete_multipart_upload::builders::CompleteMultipartUploadFluentBuilder
    {
        self.complete_with(self.parts.clone())
    }

    fn complete_with(
        &self,
        parts: Vec<CompletedPart>,
    ) -> aws_sdk_s3::operation::complete_multipart_upload::builders::CompleteMultipartUploadFluentBuilder
    {
        let parts = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
        let complete = self.bench.client.complete_multipart_upload().bucket(BUCKET).key("k");
        complete.upload_id(&self.id).multipart_upload(parts)
    }
}

fn named(number: i32, part: &UploadPartOutput) -> CompletedPart {
    CompletedPart::builder()
        .part_number(number)
        .set_e_tag(part.e_tag().map(str::to_owned))
        .set_checksum_crc32(part.checksum_crc32().map(str::to_owned))
        .set_checksum_crc32_c(part.checksum_crc32_c().map(str::to_owned))
        .set_checksum_crc64_nvme(part.checksum_crc64_nvme().map(str::to_owned))
        .set_checksum_sha1(part.checksum_sha1().map(str::to_owned))
        .set_checksum_sha256(part.checksum_sha256().map(str::to_owned))
        .build()
}

/// Two parts with CRC64NVME, ready to complete, and their bytes.
async fn two_parts(bench: &Bench) -> (Upload<'_>, Vec<u8>) {
    let body = bytes(PART + 1000, 6);
    let mut upload = Upload::begin(bench, Some(ChecksumAlgorithm::Crc64Nvme), None).await;
    upload.part(ChecksumAlgorithm::Crc64Nvme, body[..PART].to_vec()).await;
    upload.part(ChecksumAlgorithm::Crc64Nvme, body[PART..].to_vec()).await;
    (upload, body)
}

/// The CRC64NVME of `body` as another path of the server computes it: a single put.
async fn crc_of(bench: &Bench, body: &[u8]) -> String {
    let put = bench.client.put_object().bucket(BUCKET).key("whole").body(body.to_vec().into());
    let put = put.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).send().await.unwrap();
    put.checksum_crc64_nvme().unwrap().to_owned()
}

#[tokio::test]
async fn the_whole_has_the_crc64nvme_of_all_bytes_and_aws_s_form_of_etag() {
    let bench = Bench::with_bucket().await;
    let (upload, body) = two_parts(&bench).await;
    let crc = crc_of(&bench, &body).await;
    let size = i64::try_from(body.len()).unwrap();
    let done = upload.complete().checksum_crc64_nvme(&crc).mpu_object_size(size);
    let done = done.checksum_type(ChecksumType::FullObject).send().await.unwrap();
    assert_eq!(done.checksum_crc64_nvme(), Some(crc.as_str()));
    let etag = done.e_tag().unwrap().trim_matches('"').to_owned();
    assert!(etag.ends_with("-2") && etag.len() == 34, "{etag}");

    let head = bench.client.head_object().bucket(BUCKET).key("k").checksum_mode(ChecksumMode::Enabled);
    let head = head.send().await.unwrap();
    assert_eq!((head.content_length(), head.e_tag()), (Some(size), done.e_tag()));
    assert_eq!(head.checksum_crc64_nvme(), Some(crc.as_str()));
    assert_eq!(head.checksum_type(), Some(&ChecksumType::FullObject));
    assert!(bench.get("k").await == body);
    let over_the_seam = format!("bytes={}-{}", PART - 10, PART + 9);
    let seam = bench.client.get_object().bucket(BUCKET).key("k").range(over_the_seam).send().await.unwrap();
    assert!(seam.body.collect().await.unwrap().to_vec() == body[PART - 10..PART + 10]);
    let second = bench.client.get_object().bucket(BUCKET).key("k").part_number(2).send().await.unwrap();
    assert_eq!(second.parts_count(), Some(2));
    assert!(second.body.collect().await.unwrap().to_vec() == body[PART..]);
    let third = bench.client.get_object().bucket(BUCKET).key("k").part_number(3).send().await;
    assert_eq!(refusal(third), is(416, "InvalidPartNumber"));

    let uploads = bench.client.list_multipart_uploads().bucket(BUCKET).send().await.unwrap();
    assert!(uploads.uploads().is_empty());
    assert_eq!(refusal(upload.complete().send().await), is(404, "NoSuchUpload"));
}

#[tokio::test]
async fn the_etag_is_the_md5_of_the_md5s() {
    let bench = Bench::with_bucket().await;
    let mut upload = Upload::begin(&bench, Some(ChecksumAlgorithm::Crc32), None).await;
    upload.part(ChecksumAlgorithm::Crc32, b"abc".to_vec()).await;
    let done = upload.complete().send().await.unwrap();
    // md5(unhex(md5("abc"))), computed with openssl.
    assert_eq!(done.e_tag(), Some("\"af5da9f45af7a300e3aded972f8ff687-1\""));
}

#[tokio::test]
async fn a_wrong_crc64nvme_of_the_whole_is_a_bad_digest_and_leaves_the_upload() {
    let bench = Bench::with_bucket().await;
    let (upload, _) = two_parts(&bench).await;
    let wrong = upload.complete().checksum_crc64_nvme("AAAAAAAAAAA=").send().await;
    assert_eq!(refusal(wrong), is(400, "BadDigest"));
    assert_eq!(refusal(bench.client.get_object().bucket(BUCKET).key("k").send().await).1, "NoSuchKey");
    upload.complete().send().await.unwrap();
}

#[tokio::test]
async fn a_wrong_size_of_the_whole_is_an_invalid_request() {
    let bench = Bench::with_bucket().await;
    let (upload, body) = two_parts(&bench).await;
    let wrong = upload.complete().mpu_object_size(i64::try_from(body.len()).unwrap() - 1).send().await;
    assert_eq!(refusal(wrong), is(400, "InvalidRequest"));
    assert_eq!(refusal(bench.client.get_object().bucket(BUCKET).key("k").send().await).1, "NoSuchKey");
}

#[tokio::test]
async fn a_small_part_may_only_be_the_last() {
    let bench = Bench::with_bucket().await;
    let mut upload = Upload::begin(&bench, Some(ChecksumAlgorithm::Crc64Nvme), None).await;
    upload.part(ChecksumAlgorithm::Crc64Nvme, vec![0; PART - 1]).await;
    upload.part(ChecksumAlgorithm::Crc64Nvme, vec![0; PART]).await;
    assert_eq!(refusal(upload.complete().send().await), is(400, "EntityTooSmall"));
}

#[tokio::test]
async fn a_wrong_etag_checksum_or_number_is_an_invalid_part() {
    let bench = Bench::with_bucket().await;
    let (upload, _) = two_parts(&bench).await;
    let other = |change: fn(&CompletedPart) -> CompletedPart| {
        let parts = vec![change(&upload.parts[0]), upload.parts[1].clone()];
        upload.complete_with(parts).send()
    };
    let etag = |_: &CompletedPart| {
        CompletedPart::builder().part_number(1).e_tag("\"00000000000000000000000000000000\"").build()
    };
    assert_eq!(refusal(other(etag).await), is(400, "InvalidPart"));
    let checksum = |part: &CompletedPart| {
        let part = CompletedPart::builder().part_number(1).set_e_tag(part.e_tag().map(str::to_owned));
        part.checksum_crc64_nvme("AAAAAAAAAAA=").build()
    };
    assert_eq!(refusal(other(checksum).await), is(400, "InvalidPart"));
    let mut missing = upload.parts.clone();
    missing
        .push(CompletedPart::builder().part_number(3).e_tag("\"00000000000000000000000000000000\"").build());
    assert_eq!(refusal(upload.complete_with(missing).send().await), is(400, "InvalidPart"));
}

#[tokio::test]
async fn parts_out_of_order_or_none_at_all_are_refused() {
    let bench = Bench::with_bucket().await;
    let (upload, _) = two_parts(&bench).await;
    let reversed = upload.parts.iter().rev().cloned().collect();
    assert_eq!(refusal(upload.complete_with(reversed).send().await), is(400, "InvalidPartOrder"));
    assert_eq!(refusal(upload.complete_with(Vec::new()).send().await), is(400, "MalformedXML"));
}

#[tokio::test]
async fn parts_that_are_not_named_are_dropped() {
    let bench = Bench::with_bucket().await;
    let (mut upload, body) = two_parts(&bench).await;
    upload.part(ChecksumAlgorithm::Crc64Nvme, vec![9; 10]).await;
    upload.complete_with(upload.parts[..2].to_vec()).send().await.unwrap();
    assert!(bench.get("k").await == body);
    assert_eq!(bench.blobs(), 2);
    bench.client.delete_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(bench.blobs(), 0);
}

#[tokio::test]
async fn other_algorithms_are_composite_unless_the_whole_is_asked_for() {
    let bench = Bench::with_bucket().await;
    let body = bytes(PART + 5, 7);
    for (algorithm, kind) in [
        (ChecksumAlgorithm::Crc32, ChecksumType::Composite),
        (ChecksumAlgorithm::Sha1, ChecksumType::Composite),
        (ChecksumAlgorithm::Sha256, ChecksumType::Composite),
        (ChecksumAlgorithm::Crc32, ChecksumType::FullObject),
        (ChecksumAlgorithm::Crc32C, ChecksumType::FullObject),
    ] {
        let asked = (kind == ChecksumType::FullObject).then(|| kind.clone());
        let mut upload = Upload::begin(&bench, Some(algorithm.clone()), asked).await;
        upload.part(algorithm.clone(), body[..PART].to_vec()).await;
        upload.part(algorithm.clone(), body[PART..].to_vec()).await;
        upload.complete().send().await.unwrap();
        let head = bench.client.head_object().bucket(BUCKET).key("k").checksum_mode(ChecksumMode::Enabled);
        let head = head.send().await.unwrap();
        assert_eq!(head.checksum_type(), Some(&kind));
        let fields =
            [head.checksum_crc32(), head.checksum_crc32_c(), head.checksum_sha1(), head.checksum_sha256()];
        let value = fields.into_iter().flatten().next().unwrap();
        assert_eq!(value.ends_with("-2"), kind == ChecksumType::Composite, "{algorithm:?} {value}");
        if kind == ChecksumType::FullObject {
            let put = bench.client.put_object().bucket(BUCKET).key("whole").body(body.clone().into());
            let put = put.checksum_algorithm(algorithm).send().await.unwrap();
            assert!([put.checksum_crc32(), put.checksum_crc32_c()].contains(&Some(value)));
        }
    }
}

#[tokio::test]
async fn a_composite_upload_needs_the_checksum_of_each_part() {
    let bench = Bench::with_bucket().await;
    let mut upload = Upload::begin(&bench, Some(ChecksumAlgorithm::Sha256), None).await;
    upload.part(ChecksumAlgorithm::Sha256, b"x".to_vec()).await;
    let bare = CompletedPart::builder().part_number(1).set_e_tag(upload.parts[0].e_tag().map(str::to_owned));
    assert_eq!(refusal(upload.complete_with(vec![bare.build()]).send().await), is(400, "InvalidRequest"));
}

#[tokio::test]
async fn another_kind_or_algorithm_than_the_upload_s_is_refused() {
    let bench = Bench::with_bucket().await;
    let (upload, _) = two_parts(&bench).await;
    let kind = upload.complete().checksum_type(ChecksumType::Composite).send().await;
    assert_eq!(refusal(kind), is(400, "InvalidRequest"));
    let algorithm = upload.complete().checksum_crc32("AAAAAA==").send().await;
    assert_eq!(refusal(algorithm), is(400, "InvalidRequest"));
}
