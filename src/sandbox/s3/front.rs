//! What every request and answer of the S3 server passes: request ids, control characters in XML, the shape of STS's errors,
//! and the rest of a body that was refused.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, EXPECT};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;
use hyper::service::Service;
use s3s::service::S3Service;

use super::store::fresh_id;
use super::sts::is_sts;
use super::weak::{self, Checksums};
use crate::sandbox::body::{Body, BoxError, full};

/// Bytes of a refused body that are still read, so that a client that sends first and reads later sees the answer.
const DRAINED: u64 = 64 << 20;
/// How long that may take.
const DRAINING: Duration = Duration::from_secs(10);

/// s3s as a service over the sandbox's body type.
#[derive(Clone)]
pub(in crate::sandbox) struct Front {
    s3: S3Service,
    checksums: Checksums,
}

impl Front {
    pub(super) const fn new(s3: S3Service, checksums: Checksums) -> Self {
        Self { s3, checksums }
    }

    async fn answer(self, request: Request<Body>) -> Response<Body> {
        let sts = is_sts(request.method(), request.uri(), request.headers());
        let patient = request.headers().contains_key(EXPECT);
        let (method, algorithm) = (request.method().clone(), weak::algorithm(request.headers()));
        let (request, kept) = Kept::new(request);
        let request = request.map(s3s::Body::http_body_unsync);
        let response = match self.s3.call(request).await {
            Ok(response) => response.map(|body| body.map_err(BoxError::from).boxed_unsync()),
            Err(error) => {
                tracing::error!(?error, "an answer of the sandbox could not be written");
                let mut response = Response::new(full(Bytes::new()));
                *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                response
            }
        };
        if response.status().as_u16() >= 400 && !patient {
            kept.drain().await;
        }
        let response = finish(response, sts).await;
        let weaker = self.checksums.weaken(&method, algorithm, response).await;
        weaker.unwrap_or_else(|_| Response::new(full(Bytes::new())))
    }
}

impl Service<Request<Body>> for Front {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn call(&self, request: Request<Body>) -> Self::Future {
        let front = self.clone();
        Box::pin(async move { Ok(front.answer(request).await) })
    }
}

/// A request's body that can still be read when whoever had it let it go.
#[derive(Clone)]
struct Kept {
    body: Arc<Mutex<Body>>,
}

impl Kept {
    fn new(request: Request<Body>) -> (Request<Self>, Self) {
        let (parts, body) = request.into_parts();
        let kept = Self { body: Arc::new(Mutex::new(body)) };
        (Request::from_parts(parts, kept.clone()), kept)
    }

    /// Reads what is left, within limits, and forgets it.
    async fn drain(mut self) {
        let reading = async {
            let mut read = 0;
            while let Some(Ok(frame)) = self.frame().await
                && read < DRAINED
            {
                read += frame.data_ref().map_or(0, |bytes| bytes.len() as u64);
            }
        };
        if tokio::time::timeout(DRAINING, reading).await.is_err() {
            tracing::debug!("a client goes on sending what was refused");
        }
    }
}

impl http_body::Body for Kept {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

/// Gives an answer what every answer of S3 or STS has.
async fn finish(response: Response<Body>, sts: bool) -> Response<Body> {
    let id = fresh_id();
    let (mut parts, body) = response.into_parts();
    let xml = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().ends_with(b"xml"));
    // An object may call itself XML too; it has a length and is not written here.
    let ours = xml && !parts.headers.contains_key("etag");
    // s3s answers a HeadObject of a range with 200; S3 with 206, as for a GetObject.
    if parts.status == StatusCode::OK && parts.headers.contains_key(CONTENT_RANGE) {
        parts.status = StatusCode::PARTIAL_CONTENT;
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        parts.headers.insert(if sts { "x-amzn-requestid" } else { "x-amz-request-id" }, value);
    }
    if !ours {
        return Response::from_parts(parts, body);
    }
    let Ok(text) = body.collect().await else { return Response::from_parts(parts, full(Bytes::new())) };
    let text = text.to_bytes();
    let failed = parts.status.is_client_error() || parts.status.is_server_error();
    let text = if sts && failed { sts_error(&text, &id) } else { printable(&text) };
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, full(text))
}

/// XML 1.0 cannot hold most control characters, and s3s writes them as they are. AWS writes them as references, which its
/// clients read.
fn printable(xml: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(xml.len());
    for byte in xml {
        match byte {
            b'\t' | b'\n' | b' '.. => text.push(*byte),
            control => text.extend(format!("&#x{control:x};").into_bytes()),
        }
    }
    text
}

/// STS's form of an error that s3s wrote in S3's form, with STS's name for an unknown key.
fn sts_error(xml: &[u8], id: &str) -> Vec<u8> {
    let xml = String::from_utf8_lossy(xml);
    let code = match element(&xml, "Code") {
        "InvalidAccessKeyId" => "InvalidClientTokenId",
        code => code,
    };
    let message = match code {
        "InvalidClientTokenId" => "The security token included in the request is invalid.",
        _ => element(&xml, "Message"),
    };
    format!(
        r#"<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>{id}</RequestId></ErrorResponse>"#
    )
    .into_bytes()
}

/// The text of the first element called `name`, still escaped.
fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let inner = xml.split_once(&open).and_then(|(_, rest)| rest.split_once(&close));
    inner.map_or("", |(inner, _)| inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_references() {
        assert_eq!(printable("<Key>a\u{1}\r\té</Key>".as_bytes()), "<Key>a&#x1;&#xd;\té</Key>".as_bytes());
    }

    #[test]
    fn an_unknown_key_has_sts_s_own_name() {
        let error = sts_error(b"<Error><Code>InvalidAccessKeyId</Code></Error>", "1");
        let error = String::from_utf8(error).unwrap();
        assert!(error.contains("<ErrorResponse") && error.contains("<Code>InvalidClientTokenId</Code>"));
    }
}
