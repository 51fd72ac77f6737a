//! A mirror of the sample dumps to talk to.

use std::path::{Path, PathBuf};

use brainzlift::sandbox::mirror::Mirror;
use brainzlift::sandbox::{Faults, Scale, mirror};
use reqwest::{Client, RequestBuilder, Response};
use tokio::sync::OnceCell;

/// The newest JSON dump.
pub(crate) const NEWEST: &str = "data/json-dumps/20260919-001002/";

/// A running mirror and a client of its own.
pub(crate) struct Served {
    pub(crate) mirror: Mirror,
    pub(crate) faults: Faults,
    client: Client,
}

/// The folder of the sample dumps, made once a run.
pub(crate) async fn samples() -> &'static Path {
    static FOLDER: OnceCell<PathBuf> = OnceCell::const_new();
    let make = async || {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mirror-samples");
        let _ = tokio::fs::remove_dir_all(&dir).await;
        mirror::samples::ensure(&dir, Scale::Test).await.unwrap()
    };
    FOLDER.get_or_init(make).await
}

/// Where a file of the dumps lies on disk.
pub(crate) async fn on_disk(path: &str) -> PathBuf {
    samples().await.join("pub/musicbrainz").join(path)
}

/// The mirror at this rate (bytes/s; 0 is no limit), with no fault yet.
pub(crate) async fn served(rate: u64) -> Served {
    let faults = Faults::none();
    let mirror = Mirror::start(0, samples().await, Some(rate), faults.clone()).await.unwrap();
    let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    Served { mirror, faults, client }
}

impl Served {
    /// A request for a path below the base.
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        self.client.request(method, format!("{}{path}", self.mirror.url()))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request("GET", path).send().await.unwrap()
    }

    /// A `GET` with these headers.
    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let with = |request: RequestBuilder, (name, value): &(&str, &str)| request.header(*name, *value);
        headers.iter().fold(self.request("GET", path), with).send().await.unwrap()
    }

    pub(crate) async fn text(&self, path: &str) -> String {
        self.get(path).await.text().await.unwrap()
    }
}

/// A header's value; empty where there is none.
pub(crate) fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
