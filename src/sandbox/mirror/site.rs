//! Requests to the mirror and their answers: files, parts of files, listings, and what is not there.

use std::io::SeekFrom;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures::stream;
use http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HOST, HeaderName, HeaderValue,
    LAST_MODIFIED, LOCATION, RANGE, SERVER,
};
use http::{Method, Request, Response, StatusCode};
use http_body::SizeHint;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::paths::below_root;
use super::ranges::{Asked, asked};
use super::rate::Rate;
use super::validators::{Validators, Verdict};
use super::{is_archive, listing};
use crate::sandbox::body::{Body, BoxError, empty, streamed};
use crate::sandbox::faults::error_page;

/// The folder that is served and the rate of its archives. Clones share both.
#[derive(Clone, Debug)]
pub(super) struct Site {
    root: Arc<Path>,
    rate: Rate,
}

impl Site {
    /// `root` must be canonical.
    pub(super) fn new(root: PathBuf, rate: Rate) -> Self {
        Self { root: root.into(), rate }
    }

    /// The answer to a request; an error only where a file cannot be read to its end.
    pub(super) async fn answer(&self, request: Request<()>) -> Result<Response<Body>, BoxError> {
        let mut response = match *request.method() {
            Method::GET | Method::HEAD => self.find(&request).await?,
            _ => error_page(StatusCode::METHOD_NOT_ALLOWED),
        };
        response.headers_mut().insert(SERVER, HeaderValue::from_static("brainzlift-sandbox"));
        Ok(response)
    }

    async fn find(&self, request: &Request<()>) -> Result<Response<Body>, BoxError> {
        let raw = request.uri().path();
        let Some(path) = below_root(raw) else { return Ok(error_page(StatusCode::BAD_REQUEST)) };
        // What a link leads to must lie in the folder too.
        let path = match tokio::fs::canonicalize(self.root.join(path)).await {
            Ok(path) if path.starts_with(&self.root) => path,
            _ => return Ok(error_page(StatusCode::NOT_FOUND)),
        };
        let about = tokio::fs::metadata(&path).await?;
        match (about.is_dir(), raw.ends_with('/')) {
            (true, true) => self.list(&path).await,
            (true, false) => Ok(moved(request)),
            (false, true) => Ok(error_page(StatusCode::NOT_FOUND)),
            (false, false) => self.file(&path, &about, request).await,
        }
    }

    /// A listing, of unknown length as nginx's are.
    async fn list(&self, path: &Path) -> Result<Response<Body>, BoxError> {
        let below = path.strip_prefix(&self.root)?;
        let title =
            if below.as_os_str().is_empty() { "/".to_owned() } else { format!("/{}/", below.display()) };
        let page = listing::page(path, &title).await?;
        let mut response = Response::new(streamed(stream::iter([Ok(page.into())]), SizeHint::default()));
        set(&mut response, CONTENT_TYPE, "text/html");
        Ok(response)
    }

    async fn file(
        &self,
        path: &Path,
        about: &std::fs::Metadata,
        request: &Request<()>,
    ) -> Result<Response<Body>, BoxError> {
        let (headers, size) = (request.headers(), about.len());
        let validators = Validators::new(about.modified()?, size);
        let wanted = headers.get(RANGE).filter(|_| validators.allow_range(headers));
        let wanted = wanted.map(|value| value.to_str().unwrap_or_default());
        let mut response = match (validators.verdict(headers), asked(wanted, size)) {
            (Verdict::Failed, _) => return Ok(error_page(StatusCode::PRECONDITION_FAILED)),
            (Verdict::NotModified, _) => with_status(StatusCode::NOT_MODIFIED),
            (Verdict::Send, Asked::Unsatisfiable) => return Ok(unsatisfiable(size)),
            (Verdict::Send, Asked::Whole) => self.part(path, 0..size, request).await?,
            (Verdict::Send, Asked::Part(part)) => {
                let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
                let mut response = self.part(path, part, request).await?;
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                set(&mut response, CONTENT_RANGE, &range);
                response
            }
        };
        set(&mut response, LAST_MODIFIED, &validators.last_modified());
        set(&mut response, ETAG, &validators.etag);
        if response.status() == StatusCode::OK {
            set(&mut response, ACCEPT_RANGES, "bytes");
        }
        Ok(response)
    }

    /// 200 with a part of the file, or only what would be said of it.
    async fn part(
        &self,
        path: &Path,
        part: Range<u64>,
        request: &Request<()>,
    ) -> Result<Response<Body>, BoxError> {
        let length = part.end - part.start;
        let body = match *request.method() {
            Method::HEAD => empty(),
            _ => self.bytes(path, part).await?,
        };
        let mut response = Response::new(body);
        set(&mut response, CONTENT_TYPE, "application/octet-stream");
        set(&mut response, CONTENT_LENGTH, &length.to_string());
        Ok(response)
    }

    /// A part of the file as it is read; an archive no faster than the rate.
    async fn bytes(&self, path: &Path, part: Range<u64>) -> Result<Body, BoxError> {
        let mut file = File::open(path).await?;
        file.seek(SeekFrom::Start(part.start)).await?;
        let rate = if is_archive(&path.to_string_lossy()) { self.rate.clone() } else { Rate::new(0) };
        let length = part.end - part.start;
        let reading = Reading { file, left: length, rate };
        Ok(streamed(stream::try_unfold(reading, Reading::next), SizeHint::with_exact(length)))
    }
}

/// A file on its way out.
struct Reading {
    file: File,
    left: u64,
    rate: Rate,
}

impl Reading {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, BoxError> {
        if self.left == 0 {
            return Ok(None);
        }
        let wanted = usize::try_from(self.rate.piece().min(self.left))?;
        let mut piece = BytesMut::zeroed(wanted);
        self.file.read_exact(&mut piece).await?;
        self.rate.pass(piece.len() as u64).await;
        self.left -= piece.len() as u64;
        Ok(Some((piece.freeze(), self)))
    }
}

/// 301 to the same path with its slash.
fn moved(request: &Request<()>) -> Response<Body> {
    let host = request.headers().get(HOST).and_then(|value| value.to_str().ok()).unwrap_or("127.0.0.1");
    let mut response = error_page(StatusCode::MOVED_PERMANENTLY);
    set(&mut response, LOCATION, &format!("http://{host}{}/", request.uri().path()));
    response
}

fn unsatisfiable(size: u64) -> Response<Body> {
    let mut response = error_page(StatusCode::RANGE_NOT_SATISFIABLE);
    set(&mut response, CONTENT_RANGE, &format!("bytes */{size}"));
    response
}

fn with_status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(empty());
    *response.status_mut() = status;
    response
}

/// Sets a header; all values here are made of printable ASCII, or come from a header and are so already.
fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}
