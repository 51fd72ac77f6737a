//! The table from S3's codes and statuses to our kinds, and its words.
//!
//! Codes are AWS's own (API reference, "Error responses") with those of STS, Ceph and MinIO beside them.

use crate::error::Kind;
use crate::say;

/// What a code means; one that is not in the table is judged by its status.
pub(super) fn by_code(code: &str, status: Option<u16>) -> Kind {
    match code {
        "SlowDown"
        | "SlowDownRead"
        | "SlowDownWrite"
        | "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "TooManyRequests"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "RequestThrottled"
        | "BandwidthLimitExceeded"
        | "ServiceUnavailable"
        | "Busy" => Kind::Throttled,
        "RequestTimeout"
        | "RequestTimeoutException"
        | "InternalError"
        | "InternalFailure"
        | "IncompleteBody"
        | "OperationAborted"
        | "ConditionalRequestConflict"
        | "TemporaryRedirect"
        | "XMinioServerNotInitialized" => Kind::Transient,
        code if is_about_credentials(code) => Kind::Credentials,
        "AccessDenied"
        | "AccessDeniedException"
        | "AllAccessDisabled"
        | "UnauthorizedAccess"
        | "Forbidden"
        | "AccountProblem" => Kind::Permission,
        "NoSuchBucket" | "NoSuchKey" | "NoSuchUpload" | "NoSuchVersion" | "NotFound" => Kind::NotFound,
        "BadDigest" | "InvalidDigest" | "XAmzContentChecksumMismatch" | "XAmzContentSHA256Mismatch" => {
            Kind::Integrity
        }
        "GlacierExpeditedRetrievalNotAvailable" => Kind::Unsupported,
        "NotImplemented" | "XNotImplemented" | "MethodNotAllowed" | "UnsupportedOperation" => {
            Kind::Unsupported
        }
        "InvalidObjectState" => Kind::Archived,
        "InvalidBucketName" | "BucketAlreadyExists" => Kind::Usage,
        "QuotaExceeded" | "XMinioStorageFull" | "InsufficientStorage" => Kind::OutOfSpace,
        _ => status.map_or(Kind::Fatal, by_status),
    }
}

fn is_about_credentials(code: &str) -> bool {
    is_expired(code)
        || is_unknown_key(code)
        || is_wrong_secret(code)
        || is_clock(code)
        || code == "InvalidToken"
}

fn is_expired(code: &str) -> bool {
    matches!(code, "ExpiredToken" | "ExpiredTokenException" | "TokenRefreshRequired")
}

fn is_unknown_key(code: &str) -> bool {
    matches!(
        code,
        "InvalidAccessKeyId" | "InvalidClientTokenId" | "UnrecognizedClientException" | "NotSignedUp"
    )
}

fn is_wrong_secret(code: &str) -> bool {
    matches!(code, "SignatureDoesNotMatch" | "InvalidSignatureException" | "IncompleteSignature")
}

fn is_clock(code: &str) -> bool {
    matches!(code, "RequestTimeTooSkewed" | "RequestExpired")
}

/// What a status means where there is no code, or one that the table does not know.
pub(super) const fn by_status(status: u16) -> Kind {
    match status {
        429 | 503 => Kind::Throttled,
        408 | 500 | 502 | 504 => Kind::Transient,
        401 => Kind::Credentials,
        403 => Kind::Permission,
        404 => Kind::NotFound,
        405 | 501 => Kind::Unsupported,
        507 => Kind::OutOfSpace,
        _ => Kind::Fatal,
    }
}

/// Our own words for a code, where the store's would not help.
pub(super) fn why(code: &str) -> Option<String> {
    Some(match code {
        code if is_expired(code) => say!("bucket-why-expired", code = code),
        code if is_unknown_key(code) => say!("bucket-why-unknown-key", code = code),
        code if is_wrong_secret(code) => say!("bucket-why-wrong-secret", code = code),
        code if is_clock(code) => say!("bucket-why-clock", code = code),
        "InvalidToken" => say!("bucket-why-token", code = code),
        "NoSuchBucket" => say!("bucket-why-no-bucket", code = code),
        "NoSuchUpload" => say!("bucket-why-no-upload", code = code),
        "BucketAlreadyExists" => say!("bucket-why-taken", code = code),
        "TooManyBuckets" => say!("bucket-why-too-many", code = code),
        "GlacierExpeditedRetrievalNotAvailable" => say!("bucket-why-no-expedited", code = code),
        "InvalidObjectState" => say!("bucket-why-archived", code = code),
        _ => return None,
    })
}

/// The store's own words, the code first; the status where there are none.
pub(super) fn quote(code: &str, message: &str, status: Option<u16>) -> String {
    let status = status.map_or_else(String::new, |status| status.to_string());
    match (code, message) {
        ("", "") => say!("bucket-why-status", status = status),
        ("", text) | (text, "") => text.to_owned(),
        (code, message) => format!("{code}: {message}"),
    }
}

/// What to do next.
pub(super) fn hint(kind: Kind, code: &str) -> Option<String> {
    Some(match (kind, code) {
        (_, code) if is_clock(code) => say!("bucket-hint-clock"),
        (_, code) if is_expired(code) => say!("bucket-hint-expired"),
        (_, code) if is_wrong_secret(code) => say!("bucket-hint-wrong-secret"),
        (_, "BucketAlreadyExists") => say!("bucket-hint-taken"),
        (_, "TooManyBuckets") => say!("bucket-hint-too-many"),
        (_, "PermanentRedirect" | "AuthorizationHeaderMalformed" | "IllegalLocationConstraintException") => {
            say!("bucket-hint-region")
        }
        (Kind::Credentials, _) => say!("bucket-hint-credentials"),
        (Kind::Permission, _) => say!("bucket-hint-permission"),
        (Kind::Throttled, _) => say!("bucket-hint-throttled"),
        (Kind::Transient, _) => say!("bucket-hint-transient"),
        (Kind::OutOfSpace, _) => say!("bucket-hint-store-full"),
        (Kind::Archived, _) => say!("bucket-hint-archived"),
        _ => return None,
    })
}
