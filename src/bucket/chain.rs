//! Where credentials, region and endpoint come from: the target first, then AWS's own chain.
//!
//! Nothing here talks to S3. The chain itself is the SDK's; what is ours is that a named profile wins over keys in the
//! environment (as with the `aws` client), and that a machine without an instance role is not waited for.

use std::time::Duration;

use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::environment::EnvironmentVariableRegionProvider;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider};
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig, imds};
use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::service_config::ServiceConfigKey;
use secrecy::ExposeSecret;

use super::{DEFAULT_REGION, Keys, Target};
use crate::say;

/// How patient a connection is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    /// How long a TCP and TLS connection may take.
    pub connect: Duration,
    /// How long one attempt of a control call (settings, listings) may take; data calls have no such limit.
    pub control: Duration,
    /// How long a stream of bytes may stand still before it is given up. Slow uploads have been killed by shorter ones.
    pub stalled: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(7),
            control: Duration::from_secs(30),
            stalled: Duration::from_secs(30),
        }
    }
}

/// What the chain found.
pub(super) struct Found {
    pub(super) sdk_config: SdkConfig,
    pub(super) credentials: SharedCredentialsProvider,
    /// `None` where no region is set anywhere.
    pub(super) region: Option<String>,
}

/// Builds the SDK's configuration for `target`. Reads files and variables; asks the network only where a provider does, by `http`.
pub(super) async fn find(target: &Target, patience: &Patience, http: SharedHttpClient) -> Found {
    let region = region(target).await;
    let assumed = region.clone().unwrap_or_else(|| Region::from_static(DEFAULT_REGION));
    let conf =
        ProviderConfig::without_region().with_region(Some(assumed.clone())).with_http_client(http.clone());
    let credentials = credentials(target, conf, assumed.clone()).await;
    let timeouts = TimeoutConfig::builder().connect_timeout(patience.connect).build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .region(assumed)
        .http_client(http)
        .credentials_provider(credentials.clone())
        .timeout_config(timeouts)
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .stalled_stream_protection(
            StalledStreamProtectionConfig::enabled().grace_period(patience.stalled).build(),
        )
        // Only checksums that we set ourselves: S3-compatible stores refuse those that newer SDKs add unasked.
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    if let Some(profile) = &target.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(endpoint) = &target.endpoint_url {
        loader = loader.endpoint_url(endpoint);
    }
    if let Ok(name) = AppName::new(concat!("brainzlift-", env!("CARGO_PKG_VERSION"))) {
        loader = loader.app_name(name);
    }
    let sdk_config = loader.load().await;
    Found { sdk_config, credentials, region: region.map(|region| region.to_string()) }
}

/// Target, environment, profile. The instance is asked only when its credentials are used: see [`instance_region`].
async fn region(target: &Target) -> Option<Region> {
    let mut profile = ProfileFileRegionProvider::builder();
    if let Some(name) = &target.profile {
        profile = profile.profile_name(name);
    }
    RegionProviderChain::first_try(target.region.clone().map(Region::new))
        .or_else(EnvironmentVariableRegionProvider::new())
        .or_else(profile.build())
        .region()
        .await
}

/// The region of the EC2 instance on which this runs.
pub(super) async fn instance_region() -> Option<String> {
    let provider = imds::region::ImdsRegionProvider::builder().imds_client(imds_client()).build();
    provider.region().await.map(|region| region.to_string())
}

async fn credentials(target: &Target, conf: ProviderConfig, region: Region) -> SharedCredentialsProvider {
    if let Some(keys) = &target.keys {
        return SharedCredentialsProvider::new(given(keys));
    }
    if let Some(profile) = &target.profile {
        let provider = ProfileFileCredentialsProvider::builder().configure(&conf).profile_name(profile);
        return SharedCredentialsProvider::new(provider.build());
    }
    let chain = DefaultCredentialsChain::builder().configure(conf).region(region).imds_client(imds_client());
    SharedCredentialsProvider::new(chain.build().await)
}

/// Off EC2 nothing answers at the metadata address: one short attempt tells.
fn imds_client() -> imds::Client {
    let second = Duration::from_secs(1);
    imds::Client::builder()
        .max_attempts(1)
        .connect_timeout(second)
        .read_timeout(second)
        .operation_timeout(2 * second)
        .build()
}

fn given(keys: &Keys) -> Credentials {
    let token = keys.session_token.as_ref().map(|token| token.expose_secret().to_owned());
    let secret = keys.secret_access_key.expose_secret();
    let mut credentials = Credentials::new(&keys.access_key_id, secret, token, None, "brainzlift");
    credentials.set_property(vec![AwsCredentialFeature::CredentialsCode]);
    credentials
}

/// The endpoint that S3's calls will use, where it is not AWS's own: the target's, `AWS_ENDPOINT_URL_S3` or the profile's
/// `services` section, then the general one.
pub(super) fn s3_endpoint(target: &Target, sdk_config: &SdkConfig) -> Option<String> {
    let special = || service_endpoint(sdk_config, "S3");
    target.endpoint_url.clone().or_else(special).or_else(|| sdk_config.endpoint_url().map(str::to_owned))
}

/// The endpoint at which to ask who one is. A store's own endpoint is asked for that, too; AWS's S3 endpoints know no STS.
pub(super) fn sts_endpoint(s3: Option<&str>, sdk_config: &SdkConfig) -> Option<String> {
    let own = s3.filter(|url| !is_amazon(url)).map(str::to_owned);
    // What holds for every service is weaker than the endpoint that was named for this run.
    let general = service_endpoint(sdk_config, "brainzlift");
    let special = service_endpoint(sdk_config, "STS").filter(|url| Some(url) != general.as_ref());
    special.or(own).or(general)
}

fn service_endpoint(sdk_config: &SdkConfig, service: &str) -> Option<String> {
    let key = ServiceConfigKey::builder().service_id(service).env("AWS_ENDPOINT_URL").profile("endpoint_url");
    sdk_config.service_config()?.load_config(key.build().ok()?)
}

/// Whether an endpoint needs the bucket in the path: all but AWS's own, whose certificates and names fit `bucket.host`.
pub(super) fn needs_path_style(endpoint: Option<&str>) -> bool {
    endpoint.is_some_and(|url| !is_amazon(url))
}

fn is_amazon(url: &str) -> bool {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_ascii_lowercase));
    host.is_some_and(|host| {
        ["amazonaws.com", "amazonaws.com.cn", "api.aws"].iter().any(|domain| {
            host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    })
}

/// Where credentials came from, in words for people.
pub(super) fn provider(credentials: &Credentials, profile: &str) -> String {
    let features =
        credentials.get_property::<Vec<AwsCredentialFeature>>().map(Vec::as_slice).unwrap_or_default();
    provider_words(features, profile)
}

fn provider_words(features: &[AwsCredentialFeature], profile: &str) -> String {
    use AwsCredentialFeature as Feature;
    let has = |wanted: &[Feature]| features.iter().any(|feature| wanted.contains(feature));
    if has(&[Feature::CredentialsProfileSso, Feature::CredentialsSso]) {
        return say!("bucket-from-sso", profile = profile);
    }
    if has(&[Feature::CredentialsProfileLogin, Feature::CredentialsLogin]) {
        return say!("bucket-from-login", profile = profile);
    }
    if has(&[Feature::CredentialsProfileProcess, Feature::CredentialsProcess]) {
        return say!("bucket-from-process", profile = profile);
    }
    if has(&[Feature::CredentialsEnvVarsStsWebIdToken]) {
        return say!("bucket-from-web-identity");
    }
    if has(&[Feature::CredentialsStsAssumeRole, Feature::CredentialsStsAssumeRoleWebId]) {
        return say!("bucket-from-role", profile = profile);
    }
    match features.first() {
        Some(Feature::CredentialsCode) => say!("bucket-from-keys"),
        Some(Feature::CredentialsEnvVars) => say!("bucket-from-environment"),
        Some(Feature::CredentialsHttp) => say!("bucket-from-container"),
        Some(Feature::CredentialsImds) => say!("bucket-from-instance"),
        _ => say!("bucket-from-profile", profile = profile),
    }
}

/// Whether the credentials are those of the EC2 instance.
pub(super) fn is_of_the_instance(credentials: &Credentials) -> bool {
    let features = credentials.get_property::<Vec<AwsCredentialFeature>>();
    features.is_some_and(|features| features.contains(&AwsCredentialFeature::CredentialsImds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_but_amazons_takes_the_bucket_in_the_path() {
        for url in [
            "http://127.0.0.1:9000",
            "http://localhost:4566",
            "https://minio.example.org",
            "https://notamazonaws.com",
        ] {
            assert!(needs_path_style(Some(url)), "{url}");
        }
        for url in ["https://s3.eu-west-3.amazonaws.com", "https://s3.cn-north-1.amazonaws.com.cn"] {
            assert!(!needs_path_style(Some(url)), "{url}");
        }
        assert!(!needs_path_style(None));
    }

    #[test]
    fn amazons_own_s3_endpoint_is_not_asked_who_one_is() {
        let config = SdkConfig::builder().build();
        assert_eq!(sts_endpoint(Some("https://s3.eu-west-3.amazonaws.com"), &config), None);
        assert_eq!(
            sts_endpoint(Some("http://127.0.0.1:9000"), &config).as_deref(),
            Some("http://127.0.0.1:9000")
        );
    }

    #[test]
    fn keys_that_were_given_say_so() {
        let keys = Keys { access_key_id: "AK".into(), secret_access_key: "s".into(), session_token: None };
        assert_eq!(provider(&given(&keys), "default"), say!("bucket-from-keys"));
    }

    #[test]
    fn a_profile_that_signs_in_by_sso_says_so() {
        let features =
            [AwsCredentialFeature::CredentialsProfile, AwsCredentialFeature::CredentialsProfileSso];
        assert_eq!(provider_words(&features, "work"), say!("bucket-from-sso", profile = "work"));
    }
}
