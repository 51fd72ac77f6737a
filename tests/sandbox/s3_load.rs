//! Many parts at once, against the program in a process of its own, whose memory can then be measured.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region, RequestChecksumCalculation};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::types::{ChecksumMode, CompletedMultipartUpload, CompletedPart};
use base64::Engine as _;
use bytes::Bytes;
use crc_fast::{CrcAlgorithm, Digest};
use futures::StreamExt as _;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::Barrier;

use crate::support::{BUCKET, Bench, PART, bytes, make_bucket};

/// Parts in flight at the same time.
const PARTS: usize = 200;

/// Bytes sent before all parts wait for one another; a quarter of a part.
const BEFORE: usize = PART / 4;

/// Most memory that the server may have used, in bytes: a fifth of what it would be with the parts in memory.
const MEMORY: u64 = (PARTS * PART / 5) as u64;

/// `brainzlift sandbox`, ended when dropped.
struct Server {
    process: Child,
    client: Client,
    _dir: TempDir,
}

impl Server {
    fn start(samples: &std::path::Path) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(samples.join("mirror"), dir.path().join("mirror")).unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_brainzlift"))
            .args(["sandbox", "--json", "--dir"])
            .arg(dir.path())
            .env("HOME", dir.path())
            .env_remove("XDG_STATE_HOME")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap();
        let told = |name: &str| told[name].as_str().unwrap().to_owned();
        let keys = (told("AWS_ACCESS_KEY_ID"), told("AWS_SECRET_ACCESS_KEY"));
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(told("AWS_ENDPOINT_URL"))
            .region(Region::new(told("AWS_REGION")))
            .credentials_provider(Credentials::new(keys.0, keys.1, None, None, "test"))
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
        Self { process, client: Client::from_conf(config.build()), _dir: dir }
    }

    /// A line of what Linux says of the process's memory, in bytes.
    fn memory(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
        line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() << 10
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// A part's body, that stops after [`BEFORE`] until as many others are there.
fn body(part: Bytes, all: Arc<Barrier>) -> reqwest::Body {
    let chunks = futures::stream::iter((0..PART).step_by(64 << 10));
    reqwest::Body::wrap_stream(chunks.then(move |at| {
        let (part, all) = (part.clone(), Arc::clone(&all));
        async move {
            if at == BEFORE {
                all.wait().await;
            }
            Ok::<_, std::io::Error>(part.slice(at..at + (64 << 10)))
        }
    }))
}

/// Uploads part `number` and gives what names it.
async fn send(client: &Client, id: &str, number: i32, body: reqwest::Body) -> CompletedPart {
    let soon = PresigningConfig::expires_in(Duration::from_mins(10)).unwrap();
    let part = client.upload_part().bucket(BUCKET).key("k").upload_id(id).part_number(number);
    let url = part.presigned(soon).await.unwrap();
    let put = reqwest::Client::new().put(url.uri()).header("content-length", PART).body(body);
    let answer = put.send().await.unwrap().error_for_status().unwrap();
    let etag = answer.headers()["etag"].to_str().unwrap();
    CompletedPart::builder().part_number(number).e_tag(etag).build()
}

#[tokio::test]
async fn two_hundred_parts_at_once_need_little_memory() {
    // Its start made sure that sample dumps lie there, to be used again.
    let bench = Bench::new().await;
    let server = Server::start(env!("CARGO_TARGET_TMPDIR").as_ref());
    bench.sandbox.stop().await;
    let client = &server.client;
    make_bucket(client, BUCKET).await;
    let create = client.create_multipart_upload().bucket(BUCKET).key("k").send().await.unwrap();
    let id = create.upload_id().unwrap();

    let part = Bytes::from(bytes(PART, 9));
    let all = Arc::new(Barrier::new(PARTS));
    let parts = (1..=i32::try_from(PARTS).unwrap()).map(|number| {
        let body = body(part.clone(), Arc::clone(&all));
        send(client, id, number, body)
    });
    let parts = futures::future::join_all(parts).await;
    let parts = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
    let complete = client.complete_multipart_upload().bucket(BUCKET).key("k").upload_id(id);
    complete.multipart_upload(parts).send().await.unwrap();

    let mut whole = Digest::new(CrcAlgorithm::Crc64Nvme);
    (0..PARTS).for_each(|_| whole.update(&part));
    let expected = base64::engine::general_purpose::STANDARD.encode(whole.finalize().to_be_bytes());
    let head = client.head_object().bucket(BUCKET).key("k").checksum_mode(ChecksumMode::Enabled);
    let head = head.send().await.unwrap();
    assert_eq!(head.content_length(), Some(i64::try_from(PARTS * PART).unwrap()));
    assert_eq!(head.checksum_crc64_nvme(), Some(expected.as_str()));
    let peak = server.memory("VmHWM");
    assert!(peak < MEMORY, "{} MiB", peak >> 20);
}
