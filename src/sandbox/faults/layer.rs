//! The layer around a server that carries a plan of faults out, logs requests and counts bytes.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures::TryFutureExt;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, RANGE};
use http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::service::Service;
use percent_encoding::percent_decode_str;

use super::fault::{On, What};
use super::log::Seen;
use super::{Faults, answers, rewrite, shape};
use crate::sandbox::body::{Body, BoxError, full};
use crate::sandbox::serve::Hangup;

/// A service with faults in front of it: a hyper service over any request body, fit for [`serve`](crate::sandbox::serve::serve).
///
/// The service inside takes and gives [`Body`]; `hyper::service::service_fn` makes one of a closure.
#[derive(Clone, Debug)]
pub struct Layered<S> {
    inner: S,
    on: On,
    faults: Faults,
}

/// An answer on its way.
type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

impl<S> Layered<S> {
    /// Puts `faults` in front of `inner`, which is server `on`.
    pub const fn new(on: On, faults: Faults, inner: S) -> Self {
        Self { inner, on, faults }
    }
}

impl<S, B> Service<Request<B>> for Layered<S>
where
    S: Service<Request<Body>, Response = Response<Body>> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    S::Error: Into<BoxError> + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Answering;

    fn call(&self, request: Request<B>) -> Self::Future {
        let layer = self.clone();
        let request = request.map(|body| body.map_err(Into::into).boxed_unsync());
        Box::pin(layer.run(request))
    }
}

impl<S> Layered<S>
where
    S: Service<Request<Body>, Response = Response<Body>> + Sync,
    S::Future: Send + 'static,
    S::Error: Into<BoxError> + 'static,
{
    /// The server's own answer, boxed: the compiler cannot see through the service's future here.
    fn ask(&self, request: Request<Body>) -> Answering {
        Box::pin(self.inner.call(request).map_err(Into::into))
    }

    async fn run(self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let seen = self.see(&request);
        let struck = self.faults.strike(&seen);
        let request = match self.on {
            On::S3 => request.map(|body| shape::counted(body, self.faults.clone(), On::S3)),
            On::Mirror => request,
        };
        if struck.contains(&What::Refuse) {
            return Err(Hangup::Close.into());
        }
        if let Some(answer) = self.instead(&struck, &request, &seen) {
            // A client that is still sending would see a reset, and never the answer.
            drain(request.into_body()).await;
            return Ok(answer);
        }
        let is_upload = matches!(*request.method(), Method::PUT | Method::POST);
        let request = struck.iter().fold(request, |request, what| self.before(what, is_upload, request));
        let mut response = self.ask(request).await?;
        for what in &struck {
            response = self.after(what, is_upload, &seen, response).await?;
        }
        let response = self.without_the_vanished(&seen, response).await?;
        Ok(self.counted(&seen, response))
    }

    fn see(&self, request: &Request<Body>) -> Seen {
        let range = request.headers().get(RANGE);
        Seen {
            on: self.on,
            method: request.method().to_string(),
            path: percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            range: range.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
            // The SHA-256 in hex; everything else is a word for a payload that is not signed, or not as a whole.
            is_payload_signed: request
                .headers()
                .get("x-amz-content-sha256")
                .is_some_and(|value| value.len() == 64),
        }
    }

    fn instead(&self, struck: &[What], request: &Request<Body>, seen: &Seen) -> Option<Response<Body>> {
        let is_outdated = self.on == On::S3
            && matches!(*request.method(), Method::GET | Method::HEAD)
            && struck.contains(&What::ChangedEtag)
            && rewrite::wants_the_old_one(request.headers());
        if is_outdated {
            return Some(answers::outdated(&seen.path));
        }
        struck.iter().find_map(|what| answers::instead(what, self.on, &seen.path))
    }

    /// What goes wrong with a request before the server has it.
    fn before(&self, what: &What, is_upload: bool, mut request: Request<Body>) -> Request<Body> {
        match what {
            What::IgnoreRange => {
                request.headers_mut().remove(RANGE);
            }
            // On S3 the headers are signed.
            What::ChangedEtag if self.on == On::Mirror => {
                rewrite::translate_conditions(request.headers_mut());
            }
            What::Reset { after } if is_upload => {
                return request.map(|b| shape::cut(b, *after, Hangup::Reset));
            }
            What::Stall { after, seconds } if is_upload => {
                return request.map(|body| shape::stall(body, *after, Duration::from_secs(*seconds)));
            }
            What::FlipByte { offset } if is_upload => {
                let length = content_length(request.headers());
                return request.map(|body| shape::flip(body, *offset, length));
            }
            _ => {}
        }
        request
    }

    /// What goes wrong with the server's answer.
    async fn after(
        &self,
        what: &What,
        is_upload: bool,
        seen: &Seen,
        mut response: Response<Body>,
    ) -> Result<Response<Body>, BoxError> {
        let has_body = seen.method != "HEAD" && !http_body::Body::is_end_stream(response.body());
        match what {
            What::LostAnswer => return Err(Hangup::Reset.into()),
            What::Reset { .. } if is_upload || !has_body => return Err(Hangup::Reset.into()),
            What::Reset { after } => return Ok(response.map(|b| shape::cut(b, *after, Hangup::Reset))),
            What::Truncate { after } => return Ok(response.map(|b| shape::cut(b, *after, Hangup::Close))),
            What::Stall { seconds, .. } if !is_upload && !has_body => {
                tokio::time::sleep(Duration::from_secs(*seconds)).await;
            }
            What::Stall { after, seconds } if !is_upload => {
                return Ok(response.map(|b| shape::stall(b, *after, Duration::from_secs(*seconds))));
            }
            What::FlipByte { offset } if !is_upload => {
                let length = http_body::Body::size_hint(response.body()).exact();
                let length = length.or_else(|| content_length(response.headers()));
                return Ok(response.map(|body| shape::flip(body, *offset, length)));
            }
            What::WrongContentRange => rewrite::shift_content_range(response.headers_mut()),
            What::ChangedEtag => rewrite::change_validators(response.headers_mut()),
            What::WrongDigest if response.status().is_success() => {
                return rewritten(response, |text| rewrite::falsify_digests(&text)).await;
            }
            _ => {}
        }
        Ok(response)
    }

    /// A listing of the mirror without what has vanished.
    async fn without_the_vanished(
        &self,
        seen: &Seen,
        response: Response<Body>,
    ) -> Result<Response<Body>, BoxError> {
        let is_html = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "text/html");
        let is_listing = self.on == On::Mirror && seen.method == "GET" && seen.path.ends_with('/') && is_html;
        if !is_listing || response.status() != StatusCode::OK || !self.faults.anything_vanished() {
            return Ok(response);
        }
        let is_gone = |name: &str| {
            let name = percent_decode_str(name).decode_utf8_lossy();
            self.faults.has_vanished(&format!("{}{name}", seen.path))
        };
        rewritten(response, |text| rewrite::drop_lines(&String::from_utf8_lossy(&text), is_gone).into()).await
    }

    /// The mirror's answer, whose bytes count when they are those of an archive.
    fn counted(&self, seen: &Seen, response: Response<Body>) -> Response<Body> {
        let is_archive = self.on == On::Mirror && seen.method == "GET" && response.status().is_success();
        if !is_archive || !crate::sandbox::mirror::is_archive(&seen.path) {
            return response;
        }
        response.map(|body| shape::counted(body, self.faults.clone(), On::Mirror))
    }
}

/// `response` with its whole body changed.
async fn rewritten(
    response: Response<Body>,
    change: impl FnOnce(Bytes) -> Vec<u8>,
) -> Result<Response<Body>, BoxError> {
    let (mut head, body) = response.into_parts();
    let bytes = change(body.collect().await?.to_bytes());
    head.headers.remove(CONTENT_LENGTH);
    Ok(Response::from_parts(head, full(bytes)))
}

fn content_length(headers: &http::HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads a body to its end for nothing.
async fn drain(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

#[cfg(test)]
mod tests;
