//! An HTTP server with dumps: asks it for listings, checksum files and sizes, patiently. What they mean is the business of `discover`.

use std::sync::Arc;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use jiff::Timestamp;
use reqwest::header::{CONTENT_LENGTH, ETAG, HeaderMap, HeaderName, LAST_MODIFIED};
use reqwest::{Method, Response};
use tokio::sync::Semaphore;
use url::Url;

use super::listing::Index;
use super::{Validators, http};
use crate::error::{Error, Kind, Result};
use crate::network::Trust;
use crate::{say, words};

/// Upstream's own server, the only one there is.
pub const DEFAULT_MIRROR: &str = "https://data.metabrainz.org/pub/musicbrainz/";

/// Upstream publishes no limit: this many small requests at once are polite.
const AT_ONCE: usize = 3;
/// A listing or a checksum file that takes longer than this is not coming.
const DEADLINE: Duration = Duration::from_mins(1);
/// The most bytes that a listing may have.
const LISTING_CAP: usize = 8 << 20;
/// The most bytes that a checksum file may have.
const CHECKSUMS_CAP: usize = 1 << 20;

/// How a request that failed for a while is sent again: with growing, jittered pauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How often a request is sent at most.
    pub tries: usize,
    /// The first pause; each next one is twice as long.
    pub first: Duration,
    /// The longest pause that is not asked for by the server.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { tries: 4, first: Duration::from_millis(400), longest: Duration::from_secs(8) }
    }
}

impl Patience {
    fn pauses(self) -> ExponentialBuilder {
        ExponentialBuilder::default()
            .with_jitter()
            .with_min_delay(self.first)
            .with_max_delay(self.longest)
            .with_max_times(self.tries.saturating_sub(1))
    }
}

/// An HTTP server with dumps in upstream's layout. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Mirror {
    base: Url,
    client: reqwest::Client,
    at_once: Arc<Semaphore>,
    patience: Patience,
}

/// What a `HEAD` says of a file.
#[derive(Debug)]
pub struct Head {
    /// Bytes.
    pub size: u64,
    /// What identifies these bytes.
    pub validators: Validators,
}

impl Mirror {
    /// The mirror at `base`, which stands above `data/`, `listenbrainz/` and `canonical_data/`; with or without a slash at its end.
    ///
    /// A user name and a password in it are sent to that host only, and stand in no URL that comes out of here.
    pub fn new(base: Url) -> Result<Self> {
        Self::with_patience(base, Patience::default())
    }

    /// As [`Mirror::new`], sending failed requests again as `patience` says.
    pub fn with_patience(base: Url, patience: Patience) -> Result<Self> {
        Self::build(base, patience, &Trust::default())
    }

    /// As [`Mirror::new`], trusting the authorities of `trust` besides the system's.
    pub fn trusting(base: Url, trust: &Trust) -> Result<Self> {
        Self::build(base, Patience::default(), trust)
    }

    fn build(mut base: Url, patience: Patience, trust: &Trust) -> Result<Self> {
        if !matches!(base.scheme(), "http" | "https") || base.host().is_none() {
            let what = say!("catalog-mirror-not-http", url = words::address(&base));
            return Err(Error::new(Kind::Usage, what)
                .hint(say!("catalog-mirror-not-http-hint", example = DEFAULT_MIRROR)));
        }
        let login = http::Login::take_from(&mut base);
        base.set_query(None);
        base.set_fragment(None);
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let client = http::client(&base, login.as_ref(), trust)?;
        Ok(Self { base, client, at_once: Arc::new(Semaphore::new(AT_ONCE)), patience })
    }

    /// Where it is, ending in `/`, without user name or password.
    #[must_use]
    pub const fn base(&self) -> &Url {
        &self.base
    }

    /// The client that asks it, for whoever fetches the archives: it carries the `User-Agent`, the timeouts, the rules for
    /// redirects and the login. A body's read times out after 30 s of silence.
    #[must_use]
    pub const fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// The listing of the folder at `url`.
    pub(super) async fn index(&self, url: &Url) -> Result<Index> {
        let (base, html) = self.text(url, LISTING_CAP).await?;
        Ok(Index::read(&base, &html))
    }

    /// The checksum file at `url`.
    pub(super) async fn checksums(&self, url: &Url) -> Result<String> {
        Ok(self.text(url, CHECKSUMS_CAP).await?.1)
    }

    /// The size and the validators of the file at `url`.
    pub async fn head(&self, url: &Url) -> Result<Head> {
        let response = self.patiently(|| self.send(Method::HEAD, url)).await?;
        let length = header(response.headers(), &CONTENT_LENGTH).and_then(|length| length.parse().ok());
        let size = length.ok_or_else(|| {
            let what = say!("catalog-no-length", url = words::address(url));
            Error::new(Kind::Fatal, what).hint(say!("catalog-hint-mirror"))
        })?;
        let validators = Validators {
            etag: header(response.headers(), &ETAG),
            last_modified: header(response.headers(), &LAST_MODIFIED),
        };
        Ok(Head { size, validators })
    }

    /// Whether anything answers at all; whatever the answer is.
    pub(super) async fn knock(&self) -> Result<()> {
        match self.patiently(|| self.send(Method::HEAD, &self.base)).await {
            Err(error) if http::is_unreachable(&error) => Err(self.unreachable(error)),
            _ => Ok(()),
        }
    }

    fn unreachable(&self, error: Error) -> Error {
        let why = error.why().unwrap_or_default().to_owned();
        let known = http::obstacle(&error).map(|obstacle| obstacle.hint());
        Error::new(error.kind(), say!("catalog-mirror-unreachable", mirror = words::address(&self.base)))
            .because(why)
            .hint(known.unwrap_or_else(|| say!("catalog-mirror-unreachable-hint")))
            .caused_by(error)
    }

    /// The text at `url`, at most `cap` bytes of it, and where it was really found.
    async fn text(&self, url: &Url, cap: usize) -> Result<(Url, String)> {
        self.patiently(|| async {
            let mut response = self.send(Method::GET, url).await?;
            let mut body = Vec::new();
            while let Some(chunk) = response.chunk().await.map_err(|error| http::explain(url, error))? {
                if body.len() + chunk.len() > cap {
                    return Err(too_large(url, cap));
                }
                body.extend_from_slice(&chunk);
            }
            Ok((response.url().clone(), String::from_utf8_lossy(&body).into_owned()))
        })
        .await
    }

    async fn send(&self, method: Method, url: &Url) -> Result<Response> {
        // The semaphore is never closed.
        let _turn = self.at_once.acquire().await.ok();
        let request = self.client.request(method, url.clone()).timeout(DEADLINE);
        let response = request.send().await.map_err(|error| http::explain(url, error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(http::refusal(url, response.status(), response.headers(), Timestamp::now()))
    }

    async fn patiently<T, F: Future<Output = Result<T>>>(&self, ask: impl FnMut() -> F) -> Result<T> {
        ask.retry(self.patience.pauses())
            .when(|error: &Error| error.kind().is_retryable())
            .adjust(|error, pause| pause.map(|pause| error.wait().map_or(pause, |wait| wait.max(pause))))
            .notify(|error, pause| tracing::info!(%error, ?pause, "asking the mirror again"))
            .await
    }
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn too_large(url: &Url, cap: usize) -> Error {
    let what = say!("catalog-too-large", url = words::address(url), size = words::size(cap as u64));
    Error::new(Kind::Fatal, what).hint(say!("catalog-hint-mirror"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(url: &str) -> Result<String> {
        Ok(Mirror::new(url.parse().unwrap())?.base().to_string())
    }

    #[test]
    fn a_slash_at_the_end_does_not_matter() {
        assert_eq!(base("http://127.0.0.1:1/pub").unwrap(), "http://127.0.0.1:1/pub/");
        assert_eq!(base("http://127.0.0.1:1/pub/?a#b").unwrap(), "http://127.0.0.1:1/pub/");
        assert_eq!(base(DEFAULT_MIRROR).unwrap(), DEFAULT_MIRROR);
    }

    #[test]
    fn only_http_is_a_mirror() {
        for url in ["ftp://example.org/pub/", "file:///tmp/", "data:text/plain,x"] {
            let error = base(url).unwrap_err();
            assert_eq!(error.kind(), Kind::Usage);
            assert!(error.advice().unwrap().contains("https://"));
        }
    }

    #[test]
    fn a_password_shows_nowhere() {
        let mirror = Mirror::new("https://me:hunter2@example.org/pub".parse().unwrap()).unwrap();
        assert!(!format!("{mirror:?}").contains("hunter2"));
        assert_eq!(mirror.base().as_str(), "https://example.org/pub/");
    }
}
