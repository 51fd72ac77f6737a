//! How a bucket is reached, and as whom.

use secrecy::SecretString;
use serde::Serialize;

use super::Patience;
use crate::network::Trust;

/// Where to connect, before anything was asked of the network. What is `None` is left to AWS's own chain.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// A profile of the AWS configuration files.
    pub profile: Option<String>,
    /// A region such as `eu-west-3`.
    pub region: Option<String>,
    /// An S3-compatible endpoint instead of AWS's.
    pub endpoint_url: Option<String>,
    /// Keys that stand in for the chain: the sandbox's, or those typed into the form.
    pub keys: Option<Keys>,
    /// Whose certificates are trusted besides those of the system's authorities.
    pub trust: Trust,
    /// Who wants that nothing is changed, in words ("from --read-only"); `None` where changing is allowed. With it, nothing that changes
    /// a bucket is ever sent.
    pub read_only: Option<String>,
}

/// An access key. Its secret parts are never shown.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The public half, such as `AKIA…`.
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: SecretString,
    /// Needed with temporary keys only.
    pub session_token: Option<SecretString>,
}

/// Who the far end says one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The account's number; `None` where the store has no STS.
    pub account: Option<String>,
    /// The user's or role's ARN; `None` where the store has no STS.
    pub arn: Option<String>,
    /// The access key in use, public half.
    pub access_key_id: String,
    /// Where the credentials came from, in words for people: "environment", "profile default".
    pub provider: String,
}

/// A connection that was tried and works. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Connection {
    pub(super) client: aws_sdk_s3::Client,
    pub(super) sdk_config: aws_config::SdkConfig,
    pub(super) patience: Patience,
    pub(super) read_only: Option<String>,
    /// Who one is.
    pub identity: Identity,
    /// The region in which new buckets are made.
    pub region: String,
    /// Whether no region was set anywhere, so that `region` is only our default.
    pub region_is_assumed: bool,
    /// The S3-compatible endpoint, where it is not AWS's own.
    pub endpoint_url: Option<String>,
}

/// A bucket of one's own, as ListBuckets tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BucketSummary {
    /// Its name.
    pub name: String,
    /// Its region, where the store says it.
    pub region: Option<String>,
    /// When it was made, ISO 8601, where the store says it.
    pub created: Option<String>,
}

/// A bucket that exists and may be used, with a client for the region in which it lies. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Bucket {
    pub(crate) client: aws_sdk_s3::Client,
    pub(super) control: aws_sdk_s3::Client,
    pub(crate) name: String,
    pub(crate) region: String,
    pub(super) endpoint_url: Option<String>,
    pub(super) read_only: Option<String>,
}

impl Connection {
    /// Who wants that nothing is changed, in words; `None` where changing is allowed.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }
}

impl Bucket {
    /// Who wants that nothing is changed, in words ("from --read-only"); `None` where changing is allowed.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// The client for data whose region and endpoint fit this bucket. It makes one attempt and has no limit of time but for
    /// connecting and for bytes that stand still: trying again is decided by whoever transfers.
    #[must_use]
    pub const fn client(&self) -> &aws_sdk_s3::Client {
        &self.client
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it lies.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Whether it stands in Amazon's own S3, of which is known what it checks.
    pub(crate) const fn is_amazons(&self) -> bool {
        self.endpoint_url.is_none()
    }

    /// What tells it from every other bucket of every store: its name, and the host where that is not AWS's own. Without the
    /// port: a store that is started anew, as the sandbox is, is the same store at another one.
    #[must_use]
    pub fn address(&self) -> String {
        let endpoint = self.endpoint_url.as_deref().and_then(|endpoint| url::Url::parse(endpoint).ok());
        match endpoint.as_ref().and_then(url::Url::host_str) {
            Some(host) => format!("{host}/{}", self.name),
            None => self.name.clone(),
        }
    }
}
