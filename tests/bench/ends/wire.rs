//! Requests as the discarding S3 sees them, and answers as it gives them.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, LAST_MODIFIED};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use crate::Result;
use crate::memory::Object;
use crate::xml;

pub(crate) type Answer = Response<Full<Bytes>>;

/// Nothing here changes with time.
const MODIFIED: &str = "Thu, 01 Jan 2026 00:00:00 GMT";

/// A request's head, taken apart.
pub(crate) struct Head {
    pub(crate) method: Method,
    pub(crate) bucket: String,
    pub(crate) key: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
}

impl Head {
    pub(crate) fn new(parts: Parts) -> Self {
        let path = percent_encoding::percent_decode_str(parts.uri.path()).decode_utf8_lossy();
        let path = path.trim_start_matches('/');
        let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
        let query = parts.uri.query().unwrap_or_default();
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            method: parts.method,
            query,
            headers: parts.headers,
        }
    }

    /// The value of a query parameter; a bare name has an empty one.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What comes back with the object.
    pub(crate) fn kept(&self) -> Vec<(String, String)> {
        let is_kept = |name: &str| name == "content-type" || name.starts_with("x-amz-meta-");
        let kept = self.headers.iter().filter(|(name, _)| is_kept(name.as_str()));
        kept.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect()
    }

    /// S3's ETag for the body: its MD5 as the client gave it, where it did.
    pub(crate) fn etag(&self) -> String {
        use base64::Engine as _;
        let given =
            self.header("content-md5").map(|md5| base64::engine::general_purpose::STANDARD.decode(md5));
        given.and_then(std::result::Result::ok).map_or_else(|| "0".repeat(32), hex::encode)
    }

    /// `answer` with the checksums that the request named or brought, as S3's own answers have them.
    pub(crate) fn echo(&self, mut answer: Answer) -> Answer {
        let checksums = self.headers.iter().filter(|(name, _)| name.as_str().starts_with("x-amz-checksum-"));
        answer.headers_mut().extend(checksums.map(|(name, value)| (name.clone(), value.clone())));
        answer
    }

    /// Bytes of the object or part in a body of `received` bytes: signed chunks carry more than it.
    pub(crate) fn size(&self, received: u64) -> u64 {
        let decoded = self.header("x-amz-decoded-content-length").and_then(|length| length.parse().ok());
        decoded.unwrap_or(received)
    }

    /// Which integrity work the request shows: how the payload is signed, and which digests go with it.
    pub(crate) fn integrity(&self) -> Vec<String> {
        let signed = match self.header("x-amz-content-sha256") {
            Some(hash) if hash.len() == 64 => Some("SHA-256".to_owned()),
            Some(chunks) if chunks.starts_with("STREAMING-AWS4-HMAC") => Some("SHA-256".to_owned()),
            _ => None,
        };
        let md5 = self.header("content-md5").map(|_| "MD5".to_owned());
        let names = self.headers.keys().map(HeaderName::as_str).chain(self.header("x-amz-trailer"));
        let checksums = names
            .filter_map(|name| name.strip_prefix("x-amz-checksum-"))
            .filter(|name| !matches!(*name, "algorithm" | "type" | "mode"))
            .map(str::to_uppercase);
        signed.into_iter().chain(md5).chain(checksums).collect()
    }
}

/// Reads the body to its end and lets each piece go; gives its bytes.
pub(crate) async fn discard(mut body: Incoming) -> Result<u64> {
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        bytes += frame?.data_ref().map_or(0, |data| data.len() as u64);
    }
    Ok(bytes)
}

pub(crate) fn empty(status: StatusCode) -> Answer {
    let mut answer = Answer::default();
    *answer.status_mut() = status;
    answer
}

/// 200 with an XML document.
pub(crate) fn document(text: String) -> Answer {
    typed(StatusCode::OK, "application/xml", text)
}

/// S3's error of that code.
pub(crate) fn error(status: StatusCode, code: &str) -> Answer {
    typed(status, "application/xml", xml::error(code))
}

pub(crate) fn typed(status: StatusCode, kind: &'static str, text: String) -> Answer {
    let mut answer = Answer::new(text.into());
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// 200 with nothing but an ETag.
pub(crate) fn tagged(etag: &str) -> Answer {
    let mut answer = empty(StatusCode::OK);
    answer.headers_mut().insert(ETAG, quoted(etag));
    answer
}

/// What a `HEAD` of the object says. No checksum: nothing was read that one could be made of.
pub(crate) fn described(object: &Object) -> Answer {
    let mut answer = tagged(&object.etag);
    let headers = answer.headers_mut();
    headers.insert(CONTENT_LENGTH, object.size.into());
    headers.insert(LAST_MODIFIED, HeaderValue::from_static(MODIFIED));
    for (name, value) in &object.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    }
    answer
}

fn quoted(etag: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{etag}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}
