//! The two clients of a region: one for control calls, which tries again by itself, and one for data, which does not.

use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{Builder, Region};

use super::read_only::ReadOnly;
use super::{Patience, chain};

/// Two clients that differ in patience only.
pub(super) struct Clients {
    /// One attempt, no limit but for connecting and standing still: `transfer` has its own policy.
    pub(super) data: Client,
    /// Three attempts, each limited in time.
    pub(super) control: Client,
}

impl Clients {
    pub(super) fn new(
        sdk_config: &SdkConfig,
        endpoint: Option<&str>,
        region: &str,
        patience: &Patience,
        read_only: Option<&str>,
    ) -> Self {
        let mut base = Builder::from(sdk_config)
            .region(Region::new(region.to_owned()))
            .force_path_style(chain::needs_path_style(endpoint));
        base.set_endpoint_url(endpoint.map(str::to_owned));
        if let Some(by) = read_only {
            base = base.interceptor(ReadOnly::new(by));
        }
        let connect = TimeoutConfig::builder().connect_timeout(patience.connect);
        let control = connect.clone().operation_attempt_timeout(patience.control).build();
        let data = base.clone().retry_config(RetryConfig::disabled()).timeout_config(connect.build());
        let control = base.retry_config(RetryConfig::standard().with_max_attempts(3)).timeout_config(control);
        Self { data: Client::from_conf(data.build()), control: Client::from_conf(control.build()) }
    }
}
