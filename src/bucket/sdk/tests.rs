use aws_sdk_s3::error::{ConnectorError, ErrorMetadata};
use aws_sdk_s3::operation::head_bucket::HeadBucketError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

use super::*;

type Failure = SdkError<HeadBucketError, HttpResponse>;

fn answer(status: u16, code: Option<&str>, message: Option<&str>) -> Failure {
    let mut meta = ErrorMetadata::builder();
    if let Some(code) = code {
        meta = meta.code(code);
    }
    if let Some(message) = message {
        meta = meta.message(message);
    }
    let raw = HttpResponse::new(
        StatusCode::try_from(status).unwrap(),
        SdkBody::from("<StringToSign>secret</StringToSign>"),
    );
    SdkError::service_error(HeadBucketError::generic(meta.build()), raw)
}

fn kind(status: u16, code: &str) -> Kind {
    explain(Operation::OpenBucket, "b", &answer(status, Some(code), None)).kind()
}

#[test]
fn each_code_has_the_kind_that_decides_what_happens_next() {
    for (status, code, expected) in [
        (503, "SlowDown", Kind::Throttled),
        (400, "ThrottlingException", Kind::Throttled),
        (400, "RequestTimeout", Kind::Transient),
        (500, "InternalError", Kind::Transient),
        (409, "OperationAborted", Kind::Transient),
        (400, "ExpiredToken", Kind::Credentials),
        (403, "InvalidAccessKeyId", Kind::Credentials),
        (403, "InvalidClientTokenId", Kind::Credentials),
        (403, "SignatureDoesNotMatch", Kind::Credentials),
        (403, "RequestTimeTooSkewed", Kind::Credentials),
        (403, "AccessDenied", Kind::Permission),
        (404, "NoSuchBucket", Kind::NotFound),
        (404, "NoSuchUpload", Kind::NotFound),
        (400, "BadDigest", Kind::Integrity),
        (400, "XAmzContentChecksumMismatch", Kind::Integrity),
        (501, "NotImplemented", Kind::Unsupported),
        (405, "MethodNotAllowed", Kind::Unsupported),
        (409, "BucketAlreadyExists", Kind::Usage),
        (507, "XMinioStorageFull", Kind::OutOfSpace),
        (412, "PreconditionFailed", Kind::Fatal),
        (503, "SomethingNew", Kind::Throttled),
        (418, "SomethingNew", Kind::Fatal),
    ] {
        assert_eq!(kind(status, code), expected, "{code}");
    }
}

#[test]
fn without_a_code_the_status_decides() {
    for (status, expected) in [
        (401, Kind::Credentials),
        (403, Kind::Permission),
        (404, Kind::NotFound),
        (429, Kind::Throttled),
        (500, Kind::Transient),
        (501, Kind::Unsupported),
        (503, Kind::Throttled),
    ] {
        let error = explain(Operation::HeadObject, "s3://b/k", &answer(status, None, None));
        assert_eq!(error.kind(), expected, "{status}");
        assert!(error.why().unwrap().contains(&status.to_string()));
    }
}

#[test]
fn wrong_secret_unknown_key_expired_token_and_clock_have_words_of_their_own() {
    let codes = ["SignatureDoesNotMatch", "InvalidAccessKeyId", "ExpiredToken", "RequestTimeTooSkewed"];
    let errors =
        codes.map(|code| explain(Operation::Connect, "AWS", &answer(403, Some(code), Some("theirs"))));
    let mut words: Vec<_> = errors.iter().map(|error| error.why().unwrap().to_owned()).collect();
    assert!(errors.iter().all(|error| error.advice().is_some()));
    words.sort();
    words.dedup();
    assert_eq!(words.len(), codes.len());
}

#[test]
fn a_code_that_is_not_known_is_quoted_and_made_harmless() {
    let error = explain(
        Operation::PutObject,
        "s3://b/\u{1b}[2J",
        &answer(418, Some("Teapot"), Some("I am\u{1b}[2J a pot")),
    );
    let text = error.to_string();
    assert!(text.contains("Teapot: I am") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn the_wait_that_the_store_asks_for_is_kept() {
    let meta = ErrorMetadata::builder().code("SlowDown").build();
    let mut raw = HttpResponse::new(StatusCode::try_from(503).unwrap(), SdkBody::empty());
    raw.headers_mut().insert("retry-after", "17");
    let error: Failure = SdkError::service_error(HeadBucketError::generic(meta), raw);
    assert_eq!(explain(Operation::OpenBucket, "b", &error).wait(), Some(Duration::from_secs(17)));
}

#[test]
fn the_raw_answer_is_not_kept() {
    let error = explain(Operation::Connect, "AWS", &answer(403, Some("SignatureDoesNotMatch"), None));
    assert!(!format!("{error:?}").contains("StringToSign"));
}

#[test]
fn nobody_listening_is_told_from_silence_and_from_a_bad_certificate() {
    let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
    let refused: Failure = SdkError::dispatch_failure(ConnectorError::io(refused.into()));
    let silent: Failure = SdkError::timeout_error("connect timeout");
    let tls: Failure =
        SdkError::dispatch_failure(ConnectorError::io("invalid peer certificate: UnknownIssuer".into()));
    let unknown: Failure = SdkError::dispatch_failure(ConnectorError::io("dns error: no such host".into()));
    let errors =
        [&refused, &silent, &tls, &unknown].map(|error| explain(Operation::Connect, "http://h", error));
    let kinds = errors.each_ref().map(Error::kind);
    assert_eq!(kinds, [Kind::Offline, Kind::Offline, Kind::Fatal, Kind::Offline]);
    assert!(errors.iter().all(|error| error.advice().is_some()));
    let why = errors.each_ref().map(|error| error.why().unwrap().to_owned());
    assert_eq!(why[0], crate::say!("bucket-why-refused"));
    assert_eq!(why[1], crate::say!("bucket-why-silent"));
    assert_eq!(why[2], crate::say!("network-why-unknown-issuer"));
    assert_eq!(why[3], crate::say!("bucket-why-unresolved"));
}

#[test]
fn a_handshake_that_was_cut_is_worth_another_try() {
    let cut: Failure = SdkError::dispatch_failure(ConnectorError::io("tls handshake eof".into()));
    let error = explain(Operation::Connect, "https://h", &cut);
    assert_eq!(error.kind(), Kind::Transient);
    assert_eq!(error.why(), Some(crate::say!("bucket-why-tls", detail = "tls handshake eof").as_str()));
}

#[test]
fn an_answer_that_was_cut_is_worth_another_try_and_one_in_another_tongue_is_not() {
    let raw = || HttpResponse::new(StatusCode::try_from(200).unwrap(), SdkBody::empty());
    let cut: Failure = SdkError::response_error("end of file before message length reached", raw());
    let error = explain(Operation::ListObjects, "b", &cut);
    assert_eq!(error.kind(), Kind::Transient, "{error:?}");
    let html: Failure = SdkError::service_error(HeadBucketError::unhandled("error parsing XML"), raw());
    let error = explain(Operation::ListObjects, "b", &html);
    assert_eq!((error.kind(), error.why()), (Kind::Fatal, Some(crate::say!("bucket-why-garbled").as_str())));
}
