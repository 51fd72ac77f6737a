//! Stores that check less than S3 does, played: what they refuse, what they only seem to take, and what they do not give back.
//!
//! Requests are made weaker behind the signature, which covers their headers; answers on their way out.

use http::header::HeaderName;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use http_body_util::BodyExt as _;
use s3s::access::S3Access;
use s3s::dto::{
    ChecksumAlgorithm, CompleteMultipartUploadInput, CreateMultipartUploadInput, PutObjectInput,
    UploadPartInput,
};
use s3s::{S3Request, S3Result, s3_error};

use crate::sandbox::body::{Body, BoxError, full};

/// What the sandbox's S3 does about checksums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Checksums {
    /// All that S3 does.
    #[default]
    Checked,
    /// CRC64NVME is refused, the older ones are checked.
    WithoutCrc64Nvme,
    /// All of them are refused; `Content-MD5` is checked.
    Refused,
    /// All of them, and `Content-MD5`, are taken and checked by nobody; none is given back.
    Ignored,
    /// As [`Self::Ignored`], but the answers name the algorithm and objects have a value that is none.
    Malformed,
}

/// What every header about checksums begins with.
const PREFIX: &str = "x-amz-checksum-";
const ALGORITHM: &str = "x-amz-checksum-algorithm";
const CRC64NVME: &str = "x-amz-checksum-crc64nvme";
/// Four bytes where eight belong.
const NO_CRC64NVME: HeaderValue = HeaderValue::from_static("r/zBbw==");

impl Checksums {
    const fn is_deaf(self) -> bool {
        matches!(self, Self::Ignored | Self::Malformed)
    }

    /// Refuses what this store does not know, and forgets what it does not hear.
    fn hear(self, headers: &mut HeaderMap) -> S3Result<()> {
        let names: Vec<HeaderName> = headers.keys().filter(|name| is_about(name)).cloned().collect();
        let is_crc64nvme = |name: &HeaderName| {
            *name == CRC64NVME || headers.get(name).is_some_and(|value| value == ChecksumAlgorithm::CRC64NVME)
        };
        let refused = match self {
            Self::WithoutCrc64Nvme => names.iter().any(is_crc64nvme),
            Self::Refused => !names.is_empty(),
            Self::Checked | Self::Ignored | Self::Malformed => false,
        };
        if refused {
            let why = "A header you provided implies functionality that is not implemented";
            return Err(s3_error!(NotImplemented, "{why}"));
        }
        if self.is_deaf() {
            for name in names {
                headers.remove(name);
            }
            headers.remove("content-md5");
        }
        Ok(())
    }

    /// An answer to a request of `method` that named `algorithm`, as this store gives it.
    pub(super) async fn weaken(
        self,
        method: &Method,
        algorithm: Option<HeaderValue>,
        response: Response<Body>,
    ) -> Result<Response<Body>, BoxError> {
        if self == Self::Checked {
            return Ok(response);
        }
        let (mut head, body) = response.into_parts();
        let unknown =
            |name: &HeaderName| is_about(name) && (self != Self::WithoutCrc64Nvme || *name == CRC64NVME);
        let names: Vec<HeaderName> = head.headers.keys().filter(|name| unknown(name)).cloned().collect();
        for name in names {
            head.headers.remove(name);
        }
        if self == Self::Malformed && head.status == StatusCode::OK {
            let is_object =
                matches!(*method, Method::HEAD | Method::GET) && head.headers.contains_key("etag");
            is_object.then(|| head.headers.insert(CRC64NVME, NO_CRC64NVME));
            algorithm.filter(|_| *method == Method::POST).map(|name| head.headers.insert(ALGORITHM, name));
        }
        let is_xml = head.headers.get("content-type").is_some_and(|kind| kind.as_bytes().ends_with(b"xml"));
        if self == Self::WithoutCrc64Nvme || !is_xml || head.headers.contains_key("etag") {
            return Ok(Response::from_parts(head, body));
        }
        let text = body.collect().await?.to_bytes();
        head.headers.remove(http::header::CONTENT_LENGTH);
        Ok(Response::from_parts(head, full(without_checksums(&String::from_utf8_lossy(&text)))))
    }
}

/// The algorithm that a request names.
pub(super) fn algorithm(headers: &HeaderMap) -> Option<HeaderValue> {
    headers.get(ALGORITHM).cloned()
}

fn is_about(name: &HeaderName) -> bool {
    name.as_str().starts_with(PREFIX) && *name != "x-amz-checksum-mode"
}

/// XML without the elements whose names begin with `Checksum`; none of them holds another element.
fn without_checksums(xml: &str) -> Vec<u8> {
    let mut left = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, element)) = rest.split_once("<Checksum") {
        left.push_str(before);
        rest = element
            .split_once("</Checksum")
            .and_then(|(_, end)| end.split_once('>'))
            .map_or("", |(_, rest)| rest);
    }
    left.push_str(rest);
    left.into_bytes()
}

#[async_trait::async_trait]
impl S3Access for Checksums {
    async fn create_multipart_upload(
        &self,
        request: &mut S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<()> {
        self.hear(&mut request.headers)?;
        if self.is_deaf() {
            (request.input.checksum_algorithm, request.input.checksum_type) = (None, None);
        }
        Ok(())
    }

    async fn upload_part(&self, request: &mut S3Request<UploadPartInput>) -> S3Result<()> {
        self.hear(&mut request.headers)
    }

    async fn put_object(&self, request: &mut S3Request<PutObjectInput>) -> S3Result<()> {
        self.hear(&mut request.headers)
    }

    async fn complete_multipart_upload(
        &self,
        request: &mut S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<()> {
        self.hear(&mut request.headers)?;
        if self.is_deaf() {
            (request.input.checksum_crc64nvme, request.input.checksum_type) = (None, None);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))])
    }

    #[test]
    fn a_store_refuses_what_it_does_not_know_and_nothing_else() {
        let crc64nvme = || headers(CRC64NVME, "rosUhgp5mIg=");
        let crc32c = || headers("x-amz-checksum-crc32c", "4waSgw==");
        assert!(Checksums::Checked.hear(&mut crc64nvme()).is_ok());
        assert!(Checksums::WithoutCrc64Nvme.hear(&mut crc64nvme()).is_err());
        assert!(Checksums::WithoutCrc64Nvme.hear(&mut headers(ALGORITHM, "CRC64NVME")).is_err());
        assert!(Checksums::WithoutCrc64Nvme.hear(&mut crc32c()).is_ok());
        assert!(Checksums::Refused.hear(&mut crc32c()).is_err());
        assert!(Checksums::Refused.hear(&mut headers("content-md5", "x")).is_ok());
    }

    #[test]
    fn a_deaf_store_forgets_every_claim() {
        let mut claimed = headers(CRC64NVME, "rosUhgp5mIg=");
        claimed.insert("content-md5", HeaderValue::from_static("x"));
        Checksums::Ignored.hear(&mut claimed).unwrap();
        assert!(claimed.is_empty());
    }

    #[test]
    fn checksums_are_taken_out_of_xml() {
        let xml = "<L><ChecksumType>FULL</ChecksumType><Part><ETag>e</ETag><ChecksumCRC64NVME>x=</ChecksumCRC64NVME></Part></L>";
        assert_eq!(without_checksums(xml), b"<L><Part><ETag>e</ETag></Part></L>");
    }
}
