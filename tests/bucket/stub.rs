//! A store of a few lines, for what real stores would not do on demand.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use brainzlift::bucket::{Connection, Target};

use crate::target::target;

/// A request as the stub sees it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// `/bucket/key`.
    pub(crate) path: String,
    pub(crate) query: String,
    /// The region in the signature.
    pub(crate) region: String,
    pub(crate) body: String,
}

impl Asked {
    /// Whether a setting such as `lifecycle` is asked for.
    pub(crate) fn is_about(&self, setting: &str) -> bool {
        self.query.split('&').any(|part| part.trim_end_matches('=') == setting)
    }
}

/// A running stub; it ends when this is dropped.
pub(crate) struct Stub {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Asked>>>,
    server: tokio::task::JoinHandle<()>,
}

impl Stub {
    /// Answers every request with what `answer` says; `None` is 501 NotImplemented.
    pub(crate) async fn start(
        answer: impl Fn(&Asked) -> Option<Response> + Clone + Send + Sync + 'static,
    ) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let app = Router::new().fallback(move |request: Request| {
            let (answer, log) = (answer.clone(), Arc::clone(&log));
            async move {
                let asked = read(request).await;
                log.lock().unwrap().push(asked.clone());
                answer(&asked).unwrap_or_else(|| refused(501, "NotImplemented"))
            }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, seen, server }
    }

    pub(crate) fn target(&self) -> Target {
        target(&self.url, "AKIATEST", "secret")
    }

    pub(crate) async fn connect(&self) -> Connection {
        Connection::open(&self.target()).await.unwrap()
    }

    /// What was asked so far.
    pub(crate) fn seen(&self) -> Vec<Asked> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn read(request: Request) -> Asked {
    let (head, body) = request.into_parts();
    let authorization =
        head.headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    Asked {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        region: authorization.split('/').nth(2).unwrap_or_default().to_owned(),
        body: String::from_utf8_lossy(&to_bytes(body, 1 << 20).await.unwrap()).into_owned(),
    }
}

/// An answer with an XML body.
pub(crate) fn xml(status: u16, body: &str) -> Response {
    (StatusCode::from_u16(status).unwrap(), [("content-type", "application/xml")], body.to_owned())
        .into_response()
}

/// S3's form of an error.
pub(crate) fn refused(status: u16, code: &str) -> Response {
    xml(status, &format!("<Error><Code>{code}</Code><Message>the stub says so</Message></Error>"))
}

/// An answer without a body, with headers.
pub(crate) fn bare(status: u16, headers: &[(&'static str, &str)]) -> Response {
    let builder =
        headers.iter().fold(Response::builder().status(status), |b, (name, value)| b.header(*name, *value));
    builder.body(Body::empty()).unwrap()
}

/// What a store without STS, with no buckets, says at its root; `None` for everything else.
pub(crate) fn root(asked: &Asked) -> Option<Response> {
    let is_list = asked.path == "/" && asked.method == "GET";
    is_list.then(|| xml(200, "<ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>"))
}
