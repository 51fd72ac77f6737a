//! A small mirror in memory that can also serve what the sandbox never would: hostile listings, broken files, refusals.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use brainzlift::catalog::{Family, FamilyListing, Mirror, Patience};
use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;

/// Failed requests are sent again at once, so that tests are fast.
pub(crate) const HASTE: Patience =
    Patience { tries: 4, first: Duration::from_millis(1), longest: Duration::from_millis(4) };

/// An answer that is given once instead of the page.
pub(crate) struct Trouble {
    pub(crate) path: &'static str,
    pub(crate) status: u16,
    pub(crate) header: Option<(&'static str, String)>,
}

/// One request that came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
}

#[derive(Default)]
struct Inside {
    files: BTreeMap<String, Vec<u8>>,
    pages: BTreeMap<String, String>,
    troubles: VecDeque<Trouble>,
    seen: Vec<Seen>,
}

/// The server; it stops when dropped.
pub(crate) struct Fake {
    inside: Arc<Mutex<Inside>>,
    pub(crate) url: String,
    server: JoinHandle<()>,
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Fake {
    pub(crate) async fn start() -> Self {
        let inside = Arc::new(Mutex::new(Inside::default()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/pub/", listener.local_addr().unwrap());
        let router = axum::Router::new().fallback(answer).with_state(inside.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { inside, url, server }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    /// Puts a file at a path under the base.
    pub(crate) fn file(&self, path: &str, bytes: impl Into<Vec<u8>>) -> &Self {
        self.inside().files.insert(format!("/pub/{path}"), bytes.into());
        self
    }

    /// Puts a page at a folder's path, in place of its listing.
    pub(crate) fn page(&self, path: &str, html: &str) -> &Self {
        self.inside().pages.insert(format!("/pub/{path}"), html.to_owned());
        self
    }

    pub(crate) fn trouble(&self, trouble: Trouble) -> &Self {
        self.inside().troubles.push_back(trouble);
        self
    }

    /// A MusicBrainz JSON dump with its SHA256SUMS in upstream's form.
    pub(crate) fn json_dump(&self, stamp: &str, entities: &[&str]) -> &Self {
        let mut sums = String::new();
        for entity in entities {
            let body = format!("{entity} of {stamp}");
            writeln!(sums, "{} *{entity}.tar.xz", sha256(&body)).unwrap();
            self.file(&format!("data/json-dumps/{stamp}/{entity}.tar.xz"), body);
        }
        self.file(&format!("data/json-dumps/{stamp}/SHA256SUMS"), sums)
    }

    /// An archive with its bare `.sha256` beside it.
    pub(crate) fn proven(&self, path: &str) -> &Self {
        self.file(path, path).file(&format!("{path}.sha256"), sha256(path))
    }

    pub(crate) fn mirror(&self) -> Mirror {
        Mirror::with_patience(self.url.parse().unwrap(), HASTE).unwrap()
    }

    /// What is found of one family.
    pub(crate) async fn family(&self, family: Family) -> FamilyListing {
        let mut listing = self.mirror().discover(&[family]).await.unwrap();
        assert_eq!(listing.families.len(), 1);
        listing.families.remove(0)
    }

    pub(crate) fn seen(&self, path: &str) -> Vec<Seen> {
        let path = format!("/pub/{path}");
        self.inside().seen.iter().filter(|seen| seen.path == path).cloned().collect()
    }
}

pub(crate) fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

async fn answer(State(inside): State<Arc<Mutex<Inside>>>, request: Request) -> Response<Body> {
    let mut inside = inside.lock().unwrap();
    let path = request.uri().path().to_owned();
    inside.seen.push(Seen { path: path.clone(), headers: request.headers().clone() });
    if let Some(at) = inside.troubles.iter().position(|trouble| path == format!("/pub/{}", trouble.path)) {
        return stumble(&inside.troubles.remove(at).unwrap());
    }
    if let Some(html) = inside.pages.get(&path).cloned().or_else(|| index(&inside.files, &path)) {
        return Response::builder().header("content-type", "text/html").body(html.into()).unwrap();
    }
    match inside.files.get(&path) {
        Some(bytes) => Response::builder()
            .header("etag", format!("\"{:x}\"", bytes.len()))
            .header("last-modified", "Sat, 23 May 2026 14:53:00 GMT")
            .body(bytes.clone().into())
            .unwrap(),
        None => Response::builder().status(StatusCode::NOT_FOUND).body(Body::empty()).unwrap(),
    }
}

fn stumble(trouble: &Trouble) -> Response<Body> {
    let mut response = Response::builder().status(trouble.status);
    if let Some((name, value)) = &trouble.header {
        response = response.header(*name, value);
    }
    response.body(Body::empty()).unwrap()
}

/// The listing of a folder in the way of nginx; `None` where no file lies under it.
fn index(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Option<String> {
    if !path.ends_with('/') {
        return None;
    }
    let mut names: Vec<String> = files
        .keys()
        .filter_map(|file| file.strip_prefix(path))
        .map(|rest| rest.split_inclusive('/').next().unwrap_or_default().to_owned())
        .collect();
    names.dedup();
    let mut html = format!("<html><body><h1>Index of {path}</h1><hr><pre><a href=\"../\">../</a>\n");
    for name in &names {
        let shown: String = name.chars().take(47).collect();
        writeln!(html, "<a href=\"{name}\">{shown}..&gt;</a>  23-May-2026 14:53    1").unwrap();
    }
    html.push_str("</pre><hr></body></html>");
    (!names.is_empty()).then_some(html)
}
