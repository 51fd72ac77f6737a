//! The HTTP client below S3's and STS's: whom it trusts, and which way it takes.
//!
//! What is asked over it is the business of `chain` and `client`.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Connector, ConnectorBuilder};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::error::{Error, Kind, Result};
use crate::network::{self, Trust};
use crate::say;

/// Connections to one host that are kept for the next request: more than parts are ever in flight.
const KEPT: usize = 128;

/// A client that trusts the system's authorities and those of `trust`, and goes through the proxies of the environment.
pub(super) fn client(trust: &Trust) -> Result<SharedHttpClient> {
    let store = trust.blocks().fold(TrustStore::default(), TrustStore::with_pem_certificate);
    let tls = TlsContext::builder().with_trust_store(store).build();
    let tls = tls.map_err(|error| Error::new(Kind::Fatal, say!("bucket-no-client")).caused_by(error))?;
    Ok(SharedHttpClient::new(Client { tls, connectors: Mutex::default() }))
}

/// What the SDK asks for connectors: one for each pair of limits of time, each with connections of its own.
#[derive(Debug)]
struct Client {
    tls: TlsContext,
    connectors: Mutex<HashMap<Limits, SharedHttpConnector>>,
}

/// How long connecting and the wait for an answer may take.
type Limits = (Option<Duration>, Option<Duration>);

impl HttpClient for Client {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let limits = (settings.connect_timeout(), settings.read_timeout());
        let mut connectors = self.connectors.lock().unwrap_or_else(PoisonError::into_inner);
        let connector = connectors
            .entry(limits)
            .or_insert_with(|| SharedHttpConnector::new(Ways::new(&self.tls, settings, components)));
        connector.clone()
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        Some(ConnectorMetadata::new("hyper", Some("1.x".into())))
    }
}

/// The straight way, and the one through a proxy where there is one.
#[derive(Debug)]
struct Ways {
    straight: Connector,
    by_proxy: Option<Connector>,
}

impl Ways {
    fn new(tls: &TlsContext, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> Self {
        let way = |proxies| {
            let mut builder: ConnectorBuilder<_> = Connector::builder()
                .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
                .tls_context(tls.clone());
            builder = builder
                .connector_settings(settings.clone())
                .proxy_config(proxies)
                .pool_max_idle_per_host(KEPT)
                .enable_tcp_nodelay(true);
            builder.set_sleep_impl(components.sleep_impl());
            builder.build()
        };
        Self {
            straight: way(ProxyConfig::disabled()),
            by_proxy: network::proxies_are_set().then(|| way(ProxyConfig::from_env())),
        }
    }
}

impl HttpConnector for Ways {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let is_near = || request.uri().parse().is_ok_and(|url| network::is_near(&url));
        match &self.by_proxy {
            Some(by_proxy) if !is_near() => by_proxy.call(request),
            _ => self.straight.call(request),
        }
    }
}
