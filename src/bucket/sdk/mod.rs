//! What the SDK's errors mean, in one place: every call to S3 that fails passes through [`explain`].
//!
//! Here live the table from S3's codes to our kinds (`verdict`), what a failed connection really was (`trouble`), and the
//! sentences for both. When to try again is decided by whoever called.

mod operation;
mod trouble;
mod verdict;

use std::time::Duration;

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

pub use operation::Operation;
use trouble::Trouble;
pub(crate) use trouble::no_usable_credentials;

use super::read_only::NotSent;
use crate::error::{Error, Kind};
use crate::network::Obstacle;
use crate::say;
use crate::words::harmless;

/// Turns an error of the SDK into ours. `subject` is what the operation was tried on: a bucket, `s3://bucket/key`, an endpoint.
///
/// The SDK's error itself is not kept: its `Debug` holds the raw answer, in which some stores repeat the session token.
pub fn explain<E>(operation: Operation, subject: &str, error: &SdkError<E, HttpResponse>) -> Error
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let what = operation.sentence(&harmless(subject));
    if let Some(not_sent) = not_sent(error) {
        return not_sent.explain(what);
    }
    // A failure with a good status is an answer that was cut or that means nothing.
    let status = status(error).filter(|status| !(200..300).contains(status));
    let answered =
        code(error).map(|code| verdict::by_code(code, status)).or_else(|| status.map(verdict::by_status));
    let explained = match answered {
        Some(_) if wants_tls(error) => {
            let error = Error::new(Kind::Fatal, what).because(say!("network-why-wants-tls"));
            error.hint(say!("network-hint-https"))
        }
        Some(verdict) => said_by_the_store(what, verdict, error),
        None => Trouble::find(error).explain(what),
    };
    let explained = explained.caused_by(chain(error));
    match header(error, "retry-after").and_then(|seconds| seconds.trim().parse().ok()) {
        Some(seconds) => explained.after(Duration::from_secs(seconds)),
        None => explained,
    }
}

/// What a code means that stands in an answer of many parts, such as that of DeleteObjects.
pub(super) fn kind(code: &str) -> Kind {
    verdict::by_code(code, None)
}

/// Such a code and its message in words for people.
pub(super) fn words(code: &str, message: &str) -> String {
    verdict::why(code).unwrap_or_else(|| verdict::quote(code, message, None))
}

/// The refusal of read-only mode, where it was that.
fn not_sent<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a NotSent> {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.find_map(|cause| cause.downcast_ref::<NotSent>())
}

/// S3's code of an error, such as `NoSuchUpload`; `None` where the store gave none (a HEAD has no body) or never answered.
pub fn code<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<&str> {
    error.as_service_error().and_then(ProvideErrorMetadata::code)
}

/// The HTTP status of an error, where there was an answer at all.
pub fn status<E>(error: &SdkError<E, HttpResponse>) -> Option<u16> {
    error.raw_response().map(|answer| answer.status().as_u16())
}

/// A header of the answer that was an error, such as `x-amz-bucket-region` or `retry-after`.
pub fn header<'a, E>(error: &'a SdkError<E, HttpResponse>, name: &str) -> Option<&'a str> {
    error.raw_response().and_then(|answer| answer.headers().get(name))
}

/// Whether a plain request met a server that speaks TLS. Such servers answer 400, and not in S3's form.
fn wants_tls<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    let answer = error.raw_response().filter(|answer| answer.status().as_u16() == 400);
    let body = answer.and_then(|answer| answer.body().bytes());
    code(error).is_none() && body.is_some_and(Obstacle::is_plea_for_tls)
}

/// The error of an answer: our kind and words where the code is known, and the store's own words where not.
fn said_by_the_store<E: ProvideErrorMetadata>(
    what: String,
    kind: Kind,
    error: &SdkError<E, HttpResponse>,
) -> Error {
    let code = code(error).unwrap_or_default();
    let message = error.as_service_error().and_then(ProvideErrorMetadata::message).unwrap_or_default();
    let why = verdict::why(code).unwrap_or_else(|| verdict::quote(code, message, status(error)));
    let explained = Error::new(kind, what).because(why);
    match verdict::hint(kind, code) {
        Some(hint) => explained.hint(hint),
        None => explained,
    }
}

/// The `Display` of an error and of everything below it, for the log. Never `Debug`: that may hold whole answers.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    harmless(&causes.map(ToString::to_string).collect::<Vec<_>>().join(": "))
}

#[cfg(test)]
mod tests;
