//! A sandbox of its own for each test, a client of it, and how to look at errors.

use std::path::PathBuf;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use brainzlift::sandbox::{Options, Sandbox, Scale};
use secrecy::ExposeSecret;
use tempfile::TempDir;

/// Bytes of the smallest part that is not the last.
pub(crate) const PART: usize = 5 << 20;

/// The bucket that [`Bench::with_bucket`] makes.
pub(crate) const BUCKET: &str = "music";

/// A running sandbox in a folder of its own.
pub(crate) struct Bench {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    pub(crate) dir: TempDir,
}

impl Bench {
    /// An empty sandbox.
    pub(crate) async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sandbox = start(&dir).await;
        let client = client(&sandbox, sandbox.secret_key().expose_secret());
        Self { sandbox, client, dir }
    }

    /// A sandbox with [`BUCKET`] in it.
    pub(crate) async fn with_bucket() -> Self {
        let bench = Self::new().await;
        make_bucket(&bench.client, BUCKET).await;
        bench
    }

    /// Stops the sandbox and starts it again over the same folder.
    pub(crate) async fn restarted(self) -> Self {
        self.sandbox.stop().await;
        let sandbox = start(&self.dir).await;
        let client = client(&sandbox, sandbox.secret_key().expose_secret());
        Self { sandbox, client, dir: self.dir }
    }

    /// Puts `body` at `key`.
    pub(crate) async fn put(&self, key: &str, body: &[u8]) {
        let body = ByteStream::from(body.to_vec());
        self.client.put_object().bucket(BUCKET).key(key).body(body).send().await.unwrap();
    }

    /// The bytes at `key`.
    pub(crate) async fn get(&self, key: &str) -> Vec<u8> {
        let got = self.client.get_object().bucket(BUCKET).key(key).send().await.unwrap();
        got.body.collect().await.unwrap().to_vec()
    }

    /// How many body files lie in the store.
    pub(crate) fn blobs(&self) -> usize {
        let count = |name: &str| std::fs::read_dir(self.dir.path().join(name)).unwrap().count();
        count("blobs") + count("incoming")
    }
}

/// Starts a sandbox in `dir` on ports that the system chooses.
pub(crate) async fn start(dir: &TempDir) -> Sandbox {
    Sandbox::start(options(dir)).await.unwrap()
}

/// Options for a sandbox in `dir`.
pub(crate) fn options(dir: &TempDir) -> Options {
    Options {
        dir: dir.path().to_owned(),
        samples: Some(PathBuf::from(env!("CARGO_TARGET_TMPDIR"))),
        scale: Scale::Test,
        rate: Some(0),
        ..Options::default()
    }
}

/// The settings of a client with this secret.
pub(crate) fn config(sandbox: &Sandbox, key: &str, secret: &str) -> Builder {
    aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(sandbox.s3_url())
        .region(Region::new(sandbox.region().to_owned()))
        .credentials_provider(Credentials::new(key, secret, None, None, "test"))
}

/// A client with this secret.
pub(crate) fn client(sandbox: &Sandbox, secret: &str) -> Client {
    Client::from_conf(config(sandbox, sandbox.access_key(), secret).build())
}

/// Makes a bucket where the sandbox is.
pub(crate) async fn make_bucket(client: &Client, name: &str) {
    let here = CreateBucketConfiguration::builder()
        .location_constraint(BucketLocationConstraint::from("eu-west-3"))
        .build();
    client.create_bucket().bucket(name).create_bucket_configuration(here).send().await.unwrap();
}

/// The status and the code that a request was refused with.
pub(crate) fn refusal<T: std::fmt::Debug, E: ProvideErrorMetadata + std::fmt::Debug>(
    answer: Result<T, SdkError<E>>,
) -> (u16, String) {
    let error = answer.unwrap_err();
    let Some(response) = error.raw_response() else { panic!("no answer at all: {error:?}") };
    (response.status().as_u16(), error.code().unwrap_or_default().to_owned())
}

/// `(status, code)` to compare with [`refusal`].
pub(crate) fn is(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// `length` bytes that are the same each time and do not repeat soon.
pub(crate) fn bytes(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// The head of a `PUT path` with an unsigned aws-chunked body and a trailer, signed with the sandbox's keys.
pub(crate) fn signed_put(sandbox: &Sandbox, path: &str, headers: &[(&str, String)]) -> String {
    use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
    let host = sandbox.s3_url().trim_start_matches("http://").to_owned();
    let mut all: Vec<(&str, String)> = headers.to_vec();
    all.push(("host", host));
    all.push(("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER".to_owned()));
    let identity =
        Credentials::new(sandbox.access_key(), sandbox.secret_key().expose_secret(), None, None, "test")
            .into();
    let params = aws_sigv4::sign::v4::SigningParams::builder()
        .identity(&identity)
        .region(sandbox.region())
        .name("s3")
        .time(std::time::SystemTime::now())
        .settings(SigningSettings::default())
        .build()
        .unwrap();
    let borrowed = all.iter().map(|(name, value)| (*name, value.as_str()));
    let body = SignableBody::Precomputed("STREAMING-UNSIGNED-PAYLOAD-TRAILER".to_owned());
    let url = format!("{}{path}", sandbox.s3_url());
    let request = SignableRequest::new("PUT", url, borrowed, body).unwrap();
    let (signed, _) = sign(request, &params.into()).unwrap().into_parts();
    let (signed, _) = signed.into_parts();
    let own = all.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    let added = signed.iter().map(|header| format!("{}: {}\r\n", header.name(), header.value()));
    let headers: String = own.chain(added).collect();
    format!("PUT {path} HTTP/1.1\r\nconnection: close\r\n{headers}\r\n")
}
