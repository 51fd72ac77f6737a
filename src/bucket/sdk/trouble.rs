//! What it really was when no answer came: no credentials, nobody listening, an unknown name, TLS, silence.

use std::error::Error as StdError;
use std::io;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_s3::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::chain;
use crate::error::{Error, Kind};
use crate::network::Obstacle;
use crate::say;

/// Why no answer came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The credentials could not be had; the finished error.
    Credentials { expired: bool, detail: String },
    /// Nothing listens at the address.
    Refused,
    /// The host's name is not known.
    Unresolved,
    /// Something in the way that has words of its own: a certificate, a protocol, a proxy.
    Obstacle(Obstacle),
    /// The handshake, which fails now and then.
    Tls(String),
    /// Silence.
    TimedOut,
    /// No way to the host at all.
    Unreachable(String),
    /// Another network failure, or an answer that was cut.
    Network(String),
    /// An answer that is none of S3's.
    Garbled,
    /// The request could not even be made.
    NotSent(String),
}

impl Trouble {
    /// Looks through the whole chain of causes.
    pub(super) fn find<E: StdError + 'static>(error: &SdkError<E, HttpResponse>) -> Self {
        let first: &(dyn StdError + 'static) = error;
        let causes: Vec<_> = std::iter::successors(Some(first), |cause| (*cause).source()).collect();
        if let Some(found) = causes.iter().find_map(|cause| cause.downcast_ref::<CredentialsError>()) {
            return Self::of_credentials(found);
        }
        let deepest = causes.last().map(ToString::to_string).unwrap_or_default();
        let whole = chain(error);
        if let Some(obstacle) = Obstacle::find(&whole) {
            return Self::Obstacle(obstacle);
        }
        let whole = whole.to_lowercase();
        match error {
            _ if whole.contains("tls") || whole.contains("received fatal alert") => Self::Tls(deepest),
            _ if whole.contains("dns error") || whole.contains("lookup address") => Self::Unresolved,
            _ if causes.iter().any(|cause| is(*cause, &[io::ErrorKind::ConnectionRefused])) => Self::Refused,
            _ if causes.iter().any(|cause| is(*cause, NO_WAY)) => Self::Unreachable(deepest),
            SdkError::TimeoutError(_) => Self::TimedOut,
            SdkError::DispatchFailure(failure) if failure.is_timeout() => Self::TimedOut,
            SdkError::ServiceError(_) => Self::Garbled,
            SdkError::ConstructionFailure(_) => Self::NotSent(deepest),
            SdkError::DispatchFailure(failure) if failure.is_user() => Self::NotSent(deepest),
            _ => Self::Network(deepest),
        }
    }

    fn of_credentials(error: &CredentialsError) -> Self {
        let detail = chain(error);
        let lower = detail.to_lowercase();
        Self::Credentials { expired: lower.contains("expired") || lower.contains("refresh"), detail }
    }

    /// The error for people.
    pub(super) fn explain(self, what: String) -> Error {
        match self {
            Self::Credentials { expired, detail } => credentials(what, expired, &detail),
            Self::Refused => {
                let error = Error::new(Kind::Offline, what).because(say!("bucket-why-refused"));
                error.hint(say!("bucket-hint-endpoint"))
            }
            Self::Unresolved => {
                let error = Error::new(Kind::Offline, what).because(say!("bucket-why-unresolved"));
                error.hint(say!("bucket-hint-endpoint"))
            }
            Self::Obstacle(obstacle) => obstacle.explain(what),
            Self::Tls(detail) => {
                let error =
                    Error::new(Kind::Transient, what).because(say!("bucket-why-tls", detail = detail));
                error.hint(say!("bucket-hint-tls"))
            }
            Self::TimedOut => {
                let error = Error::new(Kind::Offline, what).because(say!("bucket-why-silent"));
                error.hint(say!("bucket-hint-endpoint"))
            }
            Self::Unreachable(detail) => {
                let error =
                    Error::new(Kind::Offline, what).because(say!("bucket-why-network", detail = detail));
                error.hint(say!("bucket-hint-transient"))
            }
            Self::Network(detail) => {
                let error =
                    Error::new(Kind::Transient, what).because(say!("bucket-why-network", detail = detail));
                error.hint(say!("bucket-hint-transient"))
            }
            Self::Garbled => {
                let error = Error::new(Kind::Fatal, what).because(say!("bucket-why-garbled"));
                error.hint(say!("bucket-hint-endpoint"))
            }
            Self::NotSent(detail) => Error::new(Kind::Fatal, what).because(detail),
        }
    }
}

/// The error of a credential chain that gave nothing, or failed on the way.
pub(crate) fn no_usable_credentials(what: String, error: &CredentialsError) -> Error {
    if matches!(error, CredentialsError::CredentialsNotLoaded(_)) {
        let none = Error::new(Kind::Credentials, what).because(say!("bucket-why-no-credentials"));
        return none.hint(say!("bucket-hint-no-credentials")).caused_by(chain(error));
    }
    Trouble::of_credentials(error).explain(what).caused_by(chain(error))
}

fn credentials(what: String, expired: bool, detail: &str) -> Error {
    let error = Error::new(Kind::Credentials, what).because(say!("bucket-why-provider", detail = detail));
    error.hint(if expired { say!("bucket-hint-expired") } else { say!("bucket-hint-credentials") })
}

/// The network is down, here or on the way.
const NO_WAY: &[io::ErrorKind] =
    &[io::ErrorKind::NetworkUnreachable, io::ErrorKind::HostUnreachable, io::ErrorKind::NetworkDown];

fn is(cause: &(dyn StdError + 'static), kinds: &[io::ErrorKind]) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|error| kinds.contains(&error.kind()))
}
