//! The read-only mode: on a client that has it, nothing that changes anything is ever sent.
//!
//! It sits in the SDK's client itself, below every function of this program, so that no way leads around it.

use aws_sdk_s3::config::Intercept;
use aws_sdk_s3::config::interceptors::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use crate::error::{Error, Kind};
use crate::say;

/// How the names of S3's operations begin that change nothing.
const READING: [&str; 3] = ["Get", "Head", "List"];

/// Lets only reading operations pass.
#[derive(Debug)]
pub(super) struct ReadOnly {
    by: String,
}

impl ReadOnly {
    /// `by` says in words who wants it: "from --read-only".
    pub(super) fn new(by: &str) -> Self {
        Self { by: by.to_owned() }
    }
}

/// An operation that was not sent.
#[derive(Debug, thiserror::Error)]
#[error("{operation} was not sent: read-only")]
pub(super) struct NotSent {
    operation: String,
    by: String,
}

impl NotSent {
    /// The error for people.
    pub(super) fn explain(&self, what: String) -> Error {
        refusal(what, &self.by)
    }
}

/// The error of what read-only mode does not do; `by` says in words who wants it.
#[must_use]
pub fn refusal(what: impl Into<String>, by: &str) -> Error {
    let error = Error::new(Kind::Usage, what).because(say!("bucket-why-read-only", by = by.to_owned()));
    error.hint(say!("bucket-hint-read-only"))
}

impl Intercept for ReadOnly {
    fn name(&self) -> &'static str {
        "ReadOnly"
    }

    // The first hook at which the operation's name is known; nothing is signed or sent before it.
    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // What has no name is not known to change nothing.
        let operation = config.load::<Metadata>().map(Metadata::name).unwrap_or_default();
        if READING.iter().any(|reading| operation.starts_with(reading)) {
            return Ok(());
        }
        Err(NotSent { operation: operation.to_owned(), by: self.by.clone() }.into())
    }
}
