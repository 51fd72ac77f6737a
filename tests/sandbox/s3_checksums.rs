//! Checksums of single puts: taken from headers and trailers, held against the bytes, given back.

use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumMode, ChecksumType};

use crate::support::{BUCKET, Bench, bytes, is, refusal};

const ALL: [ChecksumAlgorithm; 5] = [
    ChecksumAlgorithm::Crc32,
    ChecksumAlgorithm::Crc32C,
    ChecksumAlgorithm::Crc64Nvme,
    ChecksumAlgorithm::Sha1,
    ChecksumAlgorithm::Sha256,
];

/// The value of `algorithm` among five fields.
macro_rules! value {
    ($of:expr, $algorithm:expr) => {
        match $algorithm {
            ChecksumAlgorithm::Crc32 => $of.checksum_crc32(),
            ChecksumAlgorithm::Crc32C => $of.checksum_crc32_c(),
            ChecksumAlgorithm::Crc64Nvme => $of.checksum_crc64_nvme(),
            ChecksumAlgorithm::Sha1 => $of.checksum_sha1(),
            _ => $of.checksum_sha256(),
        }
    };
}

#[tokio::test]
async fn each_algorithm_is_checked_and_given_back() {
    let bench = Bench::with_bucket().await;
    let body = bytes(300_000, 3);
    for algorithm in ALL {
        let put = bench.client.put_object().bucket(BUCKET).key("k").checksum_algorithm(algorithm.clone());
        let put = put.body(body.clone().into()).send().await.unwrap();
        let told = value!(put, algorithm).unwrap();
        let head = bench.client.head_object().bucket(BUCKET).key("k").checksum_mode(ChecksumMode::Enabled);
        let head = head.send().await.unwrap();
        assert_eq!(value!(head, algorithm), Some(told), "{algorithm:?}");
        assert_eq!(head.checksum_type(), Some(&ChecksumType::FullObject));
        let silent = bench.client.head_object().bucket(BUCKET).key("k").send().await.unwrap();
        assert_eq!(value!(silent, algorithm), None);
        // The SDK holds the checksum against the bytes it reads.
        let got = bench.client.get_object().bucket(BUCKET).key("k").checksum_mode(ChecksumMode::Enabled);
        let got = got.send().await.unwrap();
        assert_eq!(value!(got, algorithm), Some(told));
        assert!(got.body.collect().await.unwrap().to_vec() == body);
    }
}

#[tokio::test]
async fn known_values_are_given() {
    let bench = Bench::with_bucket().await;
    let put = bench.client.put_object().bucket(BUCKET).key("k").body(b"123456789".to_vec().into());
    let put = put.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).send().await.unwrap();
    assert_eq!(put.checksum_crc64_nvme(), Some("rosUhgp5mIg="));
}

#[tokio::test]
async fn a_wrong_value_in_a_header_is_a_bad_digest_and_writes_nothing() {
    let bench = Bench::with_bucket().await;
    let wrong = [
        bench.client.put_object().checksum_crc32("AAAAAA=="),
        bench.client.put_object().checksum_crc32_c("AAAAAA=="),
        bench.client.put_object().checksum_crc64_nvme("AAAAAAAAAAA="),
        bench.client.put_object().checksum_sha1("AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        bench.client.put_object().checksum_sha256("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        bench.client.put_object().content_md5("AAAAAAAAAAAAAAAAAAAAAA=="),
    ];
    for put in wrong {
        let refused = put.bucket(BUCKET).key("k").body(b"x".to_vec().into()).send().await;
        assert_eq!(refusal(refused), is(400, "BadDigest"));
    }
    assert_eq!(refusal(bench.client.head_object().bucket(BUCKET).key("k").send().await).0, 404);
    assert_eq!(bench.blobs(), 0);
}

#[tokio::test]
async fn a_value_that_cannot_be_one_is_refused() {
    let bench = Bench::with_bucket().await;
    let short = bench.client.put_object().bucket(BUCKET).key("k").checksum_crc64_nvme("AAAAAA==");
    assert_eq!(refusal(short.body(b"x".to_vec().into()).send().await), is(400, "InvalidRequest"));
    let md5 = bench.client.put_object().bucket(BUCKET).key("k").content_md5("AAAA");
    assert_eq!(refusal(md5.body(b"x".to_vec().into()).send().await), is(400, "InvalidDigest"));
}

#[tokio::test]
async fn without_a_claim_the_server_computes_crc64nvme() {
    let bench = Bench::with_bucket().await;
    let soon = std::time::Duration::from_mins(1);
    let soon = aws_sdk_s3::presigning::PresigningConfig::expires_in(soon).unwrap();
    let url = bench.client.put_object().bucket(BUCKET).key("k").presigned(soon).await.unwrap();
    let put = reqwest::Client::new().put(url.uri()).body("123456789").send().await.unwrap();
    assert_eq!(put.status(), 200, "{}", put.text().await.unwrap());
    let head = bench.client.head_object().bucket(BUCKET).key("k").checksum_mode(ChecksumMode::Enabled);
    assert_eq!(head.send().await.unwrap().checksum_crc64_nvme(), Some("rosUhgp5mIg="));
}

#[tokio::test]
async fn a_streamed_body_carries_its_checksum_in_the_trailer() {
    let bench = Bench::with_bucket().await;
    let body = bytes(1_000_000, 4);
    let path = bench.dir.path().join("source");
    std::fs::write(&path, &body).unwrap();
    let stream = ByteStream::from_path(&path).await.unwrap();
    let put = bench.client.put_object().bucket(BUCKET).key("k").body(stream);
    let put = put.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).send().await.unwrap();
    assert!(put.checksum_crc64_nvme().is_some());
    assert!(bench.get("k").await == body);
    let head = bench.client.head_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(head.content_encoding(), None, "aws-chunked is no encoding of the object");
}

#[tokio::test]
async fn a_wrong_value_in_a_trailer_is_a_bad_digest() {
    let bench = Bench::with_bucket().await;
    let answer = trailing(&bench, "x-amz-checksum-crc32:AAAAAA==").await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("<Code>BadDigest</Code>"), "{answer}");
    let answer = trailing(&bench, "x-amz-checksum-crc32:y/U6HA==").await;
    assert!(answer.contains("<Code>BadDigest</Code>"), "{answer}");
    let answer = trailing(&bench, "x-amz-checksum-crc32:y/Q5Jg==").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(bench.get("k").await, b"123456789");
    let missing = trailing(&bench, "x-amz-checksum-sha1:AAAA").await;
    assert!(missing.contains("<Code>MalformedTrailerError</Code>"), "{missing}");
}

/// Puts "123456789" at `k` as an aws-chunked body with this trailer, signed by hand.
async fn trailing(bench: &Bench, trailer: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let body = format!("9\r\n123456789\r\n0\r\n{trailer}\r\n\r\n");
    let headers = [
        ("content-length", body.len().to_string()),
        ("x-amz-decoded-content-length", "9".to_owned()),
        ("x-amz-trailer", "x-amz-checksum-crc32".to_owned()),
        ("content-encoding", "aws-chunked".to_owned()),
    ];
    let head = crate::support::signed_put(&bench.sandbox, &format!("/{BUCKET}/k"), &headers);
    let address = bench.sandbox.s3_url().trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
