//! What a request claims about the bytes of its body, and whether that holds.
//!
//! Claims come in headers, or in the trailer behind an aws-chunked body. How the values are computed lives in `checksum`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, StatusCode};
use s3s::{S3Result, TrailingHeaders, s3_error};

use super::checksum::{Algorithm, Checksum, decode};
use super::refusal;

/// What the headers of a PutObject or UploadPart claim about its body.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    md5: Option<[u8; 16]>,
    value: Option<(Algorithm, String)>,
    trailer: Option<Algorithm>,
}

impl Claims {
    /// Reads the claims, and refuses those that no body could meet.
    pub(crate) fn read(headers: &HeaderMap) -> S3Result<Self> {
        let claims = Self { md5: md5(headers)?, value: value(headers)?, trailer: announced(headers) };
        if claims.value.is_some() && claims.trailer.is_some() {
            return Err(several());
        }
        match text(headers, "x-amz-sdk-checksum-algorithm").map(Algorithm::named) {
            Some(None) => {
                Err(s3_error!(InvalidRequest, "Value for x-amz-sdk-checksum-algorithm header is invalid."))
            }
            Some(Some(_)) if claims.algorithm().is_none() => Err(s3_error!(
                InvalidRequest,
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."
            )),
            _ => Ok(claims),
        }
    }

    /// The algorithm that the claim needs, where there is one.
    pub(crate) fn algorithm(&self) -> Option<Algorithm> {
        self.value.as_ref().map(|(algorithm, _)| *algorithm).or(self.trailer)
    }

    /// Compares the claims with what came: `sums` of the body and its MD5. The trailer is read here, so the body must
    /// have been read to its end.
    pub(crate) fn verify(
        &self,
        trailers: Option<&TrailingHeaders>,
        sums: &[Checksum],
        md5: [u8; 16],
    ) -> S3Result<()> {
        if self.md5.is_some_and(|claimed| claimed != md5) {
            return Err(s3_error!(
                BadDigest,
                "The Content-MD5 you specified did not match what we received."
            ));
        }
        let trailed = self.trailer.map(|algorithm| in_trailer(trailers, algorithm)).transpose()?;
        match self.value.as_ref().or(trailed.as_ref()) {
            Some((algorithm, claimed)) => matches(sums, *algorithm, claimed),
            None => Ok(()),
        }
    }
}

/// Whether `claimed` is the computed value of `algorithm`.
fn matches(sums: &[Checksum], algorithm: Algorithm, claimed: &str) -> S3Result<()> {
    let computed = sums.iter().find(|sum| sum.algorithm == algorithm);
    if computed.is_some_and(|sum| sum.value == claimed) {
        return Ok(());
    }
    let name = algorithm.name();
    Err(s3_error!(BadDigest, "The {name} you specified did not match the calculated checksum."))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn md5(headers: &HeaderMap) -> S3Result<Option<[u8; 16]>> {
    let invalid = || s3_error!(InvalidDigest, "The Content-MD5 you specified is not valid.");
    let Some(value) = text(headers, "content-md5") else { return Ok(None) };
    let bytes = STANDARD.decode(value).map_err(|_| invalid())?;
    bytes.try_into().map(Some).map_err(|_| invalid())
}

/// The one checksum among the headers.
fn value(headers: &HeaderMap) -> S3Result<Option<(Algorithm, String)>> {
    let mut found = None;
    for algorithm in Algorithm::ALL {
        let Some(value) = text(headers, algorithm.header()) else { continue };
        if found.is_some() {
            return Err(several());
        }
        found = Some((algorithm, well_formed(algorithm, value)?));
    }
    Ok(found)
}

/// The checksum that is announced to follow the body.
fn announced(headers: &HeaderMap) -> Option<Algorithm> {
    let names = text(headers, "x-amz-trailer")?;
    Algorithm::ALL
        .into_iter()
        .find(|algorithm| names.split(',').any(|name| name.trim().eq_ignore_ascii_case(algorithm.header())))
}

/// The checksum behind the body.
fn in_trailer(trailers: Option<&TrailingHeaders>, algorithm: Algorithm) -> S3Result<(Algorithm, String)> {
    let value = trailers.and_then(|trailers| {
        trailers.read(|headers| text(headers, algorithm.header()).map(str::to_owned)).flatten()
    });
    match value {
        Some(value) => Ok((algorithm, well_formed(algorithm, value.trim())?)),
        None => Err(refusal(
            "MalformedTrailerError",
            StatusCode::BAD_REQUEST,
            "The request contained trailing data that was not well-formed or did not conform to our published schema.",
        )),
    }
}

/// `value`, where it can be one of `algorithm`.
pub(crate) fn well_formed(algorithm: Algorithm, value: &str) -> S3Result<String> {
    match decode(algorithm, value) {
        Some(_) => Ok(value.to_owned()),
        None => Err(s3_error!(InvalidRequest, "Value for {} header is invalid.", algorithm.header())),
    }
}

fn several() -> s3s::S3Error {
    s3_error!(
        InvalidRequest,
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
    )
}
