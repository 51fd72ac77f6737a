//! Opening a connection: credentials, endpoint, region, and who one is.

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_sdk_s3::error::SdkError;

use super::chain::{self, Found};
use super::client::Clients;
use super::credentials::{looked_at, profiles};
use super::sdk::{self, Operation};
use super::{Connection, DEFAULT_REGION, Identity, Patience, Surroundings, Target, bundle, http};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::harmless;

/// A `credential_process` may ask a person for a code; longer than this it is stuck.
const CREDENTIALS_WAIT: std::time::Duration = std::time::Duration::from_secs(90);

impl Connection {
    /// Finds credentials, connects, and asks who one is.
    pub async fn open(target: &Target) -> Result<Self> {
        Self::open_with(target, &Patience::default()).await
    }

    /// [`Connection::open`] with its time limits given.
    pub async fn open_with(target: &Target, patience: &Patience) -> Result<Self> {
        check_endpoint(target.endpoint_url.as_deref())?;
        let client = http::client(&bundle::trust(target).await?)?;
        let found = chain::find(target, patience, client).await;
        let endpoint_url = chain::s3_endpoint(target, &found.sdk_config);
        check_endpoint(endpoint_url.as_deref())?;
        let credentials = credentials(target, &found, endpoint_url.as_deref()).await?;
        let (region, region_is_assumed) = region(&found, &credentials).await;
        let read_only = target.read_only.as_deref();
        let clients = Clients::new(&found.sdk_config, endpoint_url.as_deref(), &region, patience, read_only);
        let mut connection = Self {
            client: clients.control,
            sdk_config: found.sdk_config,
            patience: patience.clone(),
            read_only: target.read_only.clone(),
            identity: unknown_identity(target, &credentials),
            region,
            region_is_assumed,
            endpoint_url,
        };
        connection.identify().await?;
        Ok(connection)
    }

    /// The place where one is connected to, for messages: the endpoint, else AWS and the region.
    #[must_use]
    pub fn place(&self) -> String {
        self.endpoint_url.as_deref().map_or_else(|| format!("AWS {}", self.region), harmless)
    }

    /// Asks STS who one is. A store without STS, or one that cannot be reached for that, is asked for its buckets instead: that
    /// proves the keys as well, and gives no account.
    async fn identify(&mut self) -> Result<()> {
        let answer = self.sts().get_caller_identity().send().await;
        let error = match answer {
            Ok(who) => {
                self.identity.account = who.account().map(str::to_owned);
                self.identity.arn = who.arn().map(str::to_owned);
                return Ok(());
            }
            Err(error) => error,
        };
        // Where STS has another address than S3, its silence says nothing about S3.
        let is_same_place = self.endpoint_url.is_some() && self.sts_endpoint() == self.endpoint_url;
        let is_unreachable = matches!(error, SdkError::DispatchFailure(_) | SdkError::TimeoutError(_));
        let explained = sdk::explain(Operation::Connect, &self.place(), &error);
        if explained.kind() == Kind::Credentials || (is_unreachable && is_same_place) {
            return Err(explained);
        }
        tracing::info!(place = self.place(), why = %explained, "no STS here: listing buckets instead");
        self.identify_by_listing().await
    }

    async fn identify_by_listing(&self) -> Result<()> {
        let Err(error) = self.client.list_buckets().max_buckets(1).send().await else { return Ok(()) };
        let explained = sdk::explain(Operation::Connect, &self.place(), &error);
        // Keys that are bound to one bucket may not list: the store knew them, so they are good.
        match explained.kind() {
            Kind::Permission | Kind::Unsupported => Ok(()),
            _ => Err(explained),
        }
    }

    fn sts(&self) -> aws_sdk_sts::Client {
        let timeouts = aws_config::timeout::TimeoutConfig::builder()
            .connect_timeout(self.patience.connect)
            .operation_attempt_timeout(self.patience.control)
            .build();
        let mut config = aws_sdk_sts::config::Builder::from(&self.sdk_config)
            .region(aws_config::Region::new(self.region.clone()))
            .timeout_config(timeouts);
        config.set_endpoint_url(self.sts_endpoint());
        aws_sdk_sts::Client::from_conf(config.build())
    }

    fn sts_endpoint(&self) -> Option<String> {
        chain::sts_endpoint(self.endpoint_url.as_deref(), &self.sdk_config)
    }
}

/// The region in use and whether it was only assumed.
async fn region(found: &Found, credentials: &Credentials) -> (String, bool) {
    if let Some(region) = &found.region {
        return (region.clone(), false);
    }
    if chain::is_of_the_instance(credentials)
        && let Some(region) = chain::instance_region().await
    {
        return (region, false);
    }
    tracing::info!(region = DEFAULT_REGION, "no region is set anywhere: assuming one");
    (DEFAULT_REGION.to_owned(), true)
}

fn unknown_identity(target: &Target, credentials: &Credentials) -> Identity {
    let profile = target.profile.clone().unwrap_or_else(|| Surroundings::real().profile());
    let provider = chain::provider(credentials, &harmless(&profile));
    Identity { account: None, arn: None, access_key_id: credentials.access_key_id().to_owned(), provider }
}

/// Resolves credentials once, up front, so that their absence is told as such and not as a failed request.
async fn credentials(target: &Target, found: &Found, endpoint: Option<&str>) -> Result<Credentials> {
    let what = || Operation::Connect.sentence(&endpoint.map_or_else(|| "AWS".to_owned(), harmless));
    let resolved = tokio::time::timeout(CREDENTIALS_WAIT, found.credentials.provide_credentials()).await;
    let error = match resolved {
        Ok(Ok(credentials)) => return Ok(credentials),
        Ok(Err(error)) => error,
        Err(_) => {
            let error = Error::new(Kind::Credentials, what()).because(say!("bucket-why-provider-silent"));
            return Err(error.hint(say!("bucket-hint-credentials")));
        }
    };
    if let Some(error) = missing_profile(target, what()).await {
        return Err(error);
    }
    let explained = sdk::no_usable_credentials(what(), &error);
    if explained.advice() == Some(&say!("bucket-hint-no-credentials")) {
        return Err(explained.because(everywhere(target).await));
    }
    Err(explained)
}

/// A profile that was asked for and is not there, with those that are.
async fn missing_profile(target: &Target, what: String) -> Option<Error> {
    let surroundings = Surroundings::real();
    let wanted = target.profile.clone().or_else(|| surroundings.get("AWS_PROFILE"))?;
    let known = match profiles().await {
        Ok(known) => known,
        Err(error) => return Some(error),
    };
    if known.iter().any(|profile| profile.name == wanted) {
        return None;
    }
    let names = known.iter().map(|profile| harmless(&profile.name)).collect::<Vec<_>>().join(", ");
    let error = Error::new(Kind::Credentials, what);
    let error = error.because(say!("bucket-why-no-profile", name = harmless(&wanted)));
    Some(if names.is_empty() {
        error.hint(say!("bucket-hint-no-profiles"))
    } else {
        error.hint(say!("bucket-hint-profiles", names = names))
    })
}

/// "No credentials; looked at: …", on one line.
async fn everywhere(target: &Target) -> String {
    let places = looked_at(target).await;
    let places = crate::words::series(places.iter().map(|seen| format!("{} ({})", seen.place, seen.note)));
    say!("bucket-why-nothing-found", places = places)
}

/// An endpoint must be an http(s) URL with a host: anything else would surface as a failed request with Rust types in it.
fn check_endpoint(endpoint: Option<&str>) -> Result<()> {
    let Some(text) = endpoint else { return Ok(()) };
    let url = url::Url::parse(text).ok();
    if url.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
        return Ok(());
    }
    let error = Error::new(Kind::Usage, say!("bucket-bad-endpoint", url = harmless(text)));
    Err(error.hint(say!("bucket-bad-endpoint-hint")))
}
