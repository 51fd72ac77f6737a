//! What survives a restart, and what is swept away by one.

use aws_sdk_s3::types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart};
use secrecy::ExposeSecret;

use crate::support::{BUCKET, Bench, PART, bytes, is, refusal};

#[tokio::test]
async fn objects_uploads_keys_and_settings_survive() {
    let bench = Bench::with_bucket().await;
    let body = bytes(PART + 10, 8);
    bench.put("raw/", b"").await;
    bench.put("k", &body).await;
    let upload = bench.client.create_multipart_upload().bucket(BUCKET).key("u");
    let upload = upload.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).send().await.unwrap();
    let id = upload.upload_id().unwrap();
    let part = bench.client.upload_part().bucket(BUCKET).key("u").upload_id(id).part_number(1);
    let part = part.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).body(body[..PART].to_vec().into());
    let first = part.send().await.unwrap();
    let secret = bench.sandbox.secret_key().expose_secret().to_owned();

    let bench = bench.restarted().await;
    assert_eq!(bench.sandbox.secret_key().expose_secret(), secret);
    assert!(bench.get("k").await == body);
    let listed = bench.client.list_parts().bucket(BUCKET).key("u").upload_id(id).send().await.unwrap();
    assert_eq!(listed.parts()[0].e_tag(), first.e_tag());
    let part = bench.client.upload_part().bucket(BUCKET).key("u").upload_id(id).part_number(2);
    let part = part.checksum_algorithm(ChecksumAlgorithm::Crc64Nvme).body(body[PART..].to_vec().into());
    let second = part.send().await.unwrap();
    let parts = [first.e_tag(), second.e_tag()].into_iter().zip(1..).map(|(etag, number)| {
        CompletedPart::builder().part_number(number).set_e_tag(etag.map(str::to_owned)).build()
    });
    let parts = CompletedMultipartUpload::builder().set_parts(Some(parts.collect())).build();
    let complete = bench.client.complete_multipart_upload().bucket(BUCKET).key("u").upload_id(id);
    complete.multipart_upload(parts).send().await.unwrap();
    assert!(bench.get("u").await == body);
}

#[tokio::test]
async fn files_that_nothing_names_are_swept_at_the_start() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"kept").await;
    let stray = |folder: &str| bench.dir.path().join(folder).join("0123456789abcdef0123456789abcdef");
    for folder in ["blobs", "incoming"] {
        std::fs::write(stray(folder), b"left by a crash").unwrap();
    }
    let bench = bench.restarted().await;
    assert_eq!(bench.blobs(), 1);
    assert_eq!(bench.get("k").await, b"kept");
}

#[tokio::test]
async fn a_client_that_hangs_up_leaves_neither_object_nor_bytes() {
    use tokio::io::AsyncWriteExt;
    let bench = Bench::with_bucket().await;
    let headers = [
        ("content-length", "2000100".to_owned()),
        ("x-amz-decoded-content-length", "2000000".to_owned()),
        ("x-amz-trailer", "x-amz-checksum-crc32".to_owned()),
    ];
    let head = crate::support::signed_put(&bench.sandbox, &format!("/{BUCKET}/k"), &headers);
    let address = bench.sandbox.s3_url().trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..10 {
        // s3s gives the bytes of a chunk when it has all of it.
        stream.write_all(b"186a0\r\n").await.unwrap();
        stream.write_all(&bytes(100_000, 9)).await.unwrap();
        stream.write_all(b"\r\n").await.unwrap();
    }
    until(|| bench.blobs() > 0).await;
    drop(stream);
    until(|| bench.blobs() == 0).await;
    let head = bench.client.get_object().bucket(BUCKET).key("k").send().await;
    assert_eq!(refusal(head), is(404, "NoSuchKey"));
}

/// Waits until `holds`, ten seconds at most.
async fn until(holds: impl Fn() -> bool) {
    for _ in 0..2000 {
        if holds() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("it never held");
}
