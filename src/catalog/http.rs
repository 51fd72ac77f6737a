//! HTTP towards a mirror: the client, and what its errors and refusals mean in words and kinds.

use std::error::Error as _;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{ACCEPT_ENCODING, AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{StatusCode, redirect};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::error::{Error, Kind, Result};
use crate::network::{self, Obstacle, Trust};
use crate::{say, words};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a server may say nothing in the middle of an answer.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
const MOST_REDIRECTS: usize = 10;
/// However long a server asks to be left alone, nobody waits longer than this for one request.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// `brainzlift/0.1.0 ( contact )`, the form that upstream asks for; without the contact in a build that names no repository.
pub(crate) fn user_agent() -> String {
    let (version, contact) = (env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_REPOSITORY"));
    if contact.is_empty() {
        format!("brainzlift/{version}")
    } else {
        format!("brainzlift/{version} ( {contact} )")
    }
}

/// The user name and password that a URL may carry, kept apart so that no URL that is shown or saved has them.
pub(super) struct Login {
    user: String,
    password: SecretString,
}

impl Login {
    /// Takes them out of `url`, decoded.
    pub(super) fn take_from(url: &mut Url) -> Option<Self> {
        let decoded =
            |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let login = Self {
            user: decoded(url.username()),
            password: decoded(url.password().unwrap_or_default()).into(),
        };
        let has_any = !url.username().is_empty() || url.password().is_some();
        // Both fail only on URLs that cannot carry them.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        has_any.then_some(login)
    }

    /// The header that says it, marked so that nothing prints its value.
    fn headers(&self) -> HeaderMap {
        let bare = reqwest::Client::builder().no_proxy().build();
        let request = bare.and_then(|client| {
            client
                .get("http://localhost/")
                .basic_auth(&self.user, Some(self.password.expose_secret()))
                .build()
        });
        let value = request.ok().and_then(|mut request| request.headers_mut().remove(AUTHORIZATION));
        value.map(|value| (AUTHORIZATION, value)).into_iter().collect()
    }
}

/// A client for the mirror at `base`, which trusts the system's authorities and those of `trust`: follows redirects to http(s) only, never unpacks a body, never shows a password.
pub(super) fn client(base: &Url, login: Option<&Login>, trust: &Trust) -> Result<reqwest::Client> {
    let mut headers = login.map(Login::headers).unwrap_or_default();
    // Lengths and digests are of the bytes as published: nobody on the way may pack them.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let mut builder = reqwest::Client::builder()
        .user_agent(user_agent())
        .default_headers(headers)
        .referer(false)
        .redirect(redirect::Policy::custom(follow))
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        // Ranges that shared one connection would share its rate, too: several at once are meant to be several connections.
        .http1_only()
        .tls_certs_merge(trust.certificates());
    if network::is_near(base) {
        // A proxy elsewhere cannot reach this machine's own ports.
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| {
        Error::new(Kind::Fatal, say!("catalog-no-client")).because(root_cause(&error)).caused_by(error)
    })
}

fn follow(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let was_safe = attempt.previous().last().is_some_and(|url| url.scheme() == "https");
    match attempt.url().scheme() {
        _ if attempt.previous().len() > MOST_REDIRECTS => attempt.error(say!("catalog-redirects-endless")),
        "https" => attempt.follow(),
        // Digests that came over a connection anybody could change would prove nothing.
        "http" if !was_safe => attempt.follow(),
        _ => attempt.error(say!("catalog-redirect-unsafe")),
    }
}

/// What `error`, met on the way to `url`, means: its kind, in words, with what to do next.
pub(crate) fn explain(url: &Url, error: reqwest::Error) -> Error {
    let error = error.without_url();
    let (kind, why, hint) = meaning(&error);
    Error::new(kind, say!("catalog-request-failed", url = words::address(url)))
        .because(why)
        .hint(hint)
        .caused_by(error)
}

fn meaning(error: &reqwest::Error) -> (Kind, String, String) {
    let cause = root_cause(error);
    let io = io_kind(error);
    if let Some(obstacle) = Obstacle::find(&whole(error)) {
        (obstacle.kind(), obstacle.why(), obstacle.hint())
    } else if error.is_redirect() {
        (Kind::Fatal, cause, say!("catalog-hint-mirror"))
    } else if error.is_timeout() && error.is_connect() {
        (Kind::Offline, say!("catalog-timed-out"), say!("catalog-hint-network"))
    } else if error.is_timeout() || io == Some(std::io::ErrorKind::TimedOut) {
        (Kind::Transient, say!("catalog-timed-out"), say!("catalog-hint-later"))
    } else if error.is_dns() {
        (Kind::Offline, say!("catalog-name-unknown"), say!("catalog-hint-network"))
    } else if io == Some(std::io::ErrorKind::ConnectionRefused) {
        (Kind::Offline, say!("catalog-connection-refused"), say!("catalog-hint-network"))
    } else if error.is_connect() {
        (
            Kind::Offline,
            say!("catalog-no-connection", reason = words::excerpt(&cause)),
            say!("catalog-hint-network"),
        )
    } else if error.is_builder() {
        (Kind::Usage, words::excerpt(&cause), say!("catalog-hint-mirror"))
    } else {
        (
            Kind::Transient,
            say!("catalog-connection-broke", reason = words::excerpt(&cause)),
            say!("catalog-hint-later"),
        )
    }
}

fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |&cause: &&'a (dyn std::error::Error + 'static)| cause.source())
}

fn root_cause(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

fn io_kind(error: &reqwest::Error) -> Option<std::io::ErrorKind> {
    causes(error).filter_map(|cause| cause.downcast_ref::<std::io::Error>()).map(std::io::Error::kind).last()
}

/// What the error and all its causes say.
fn whole(error: &reqwest::Error) -> String {
    let causes = causes(error).map(ToString::to_string);
    std::iter::once(error.to_string()).chain(causes).collect::<Vec<_>>().join(": ")
}

/// What stood in the way, where that is known.
pub(super) fn obstacle(error: &Error) -> Option<Obstacle> {
    Obstacle::find(&whole(error.source()?.downcast_ref()?))
}

/// Whether nothing at all answered, so that other requests to the same host would fare no better.
pub(super) fn is_unreachable(error: &Error) -> bool {
    let source = error.source().and_then(|source| source.downcast_ref::<reqwest::Error>());
    source.is_some_and(|source| source.is_connect() || source.is_timeout() || source.is_dns())
}

/// What an answer that is not a success means: its kind, what to do next, and how long the server asks to be left alone.
pub(crate) fn refusal(url: &Url, status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Error {
    let (kind, hint) = match status.as_u16() {
        404 | 410 => (Kind::NotFound, say!("catalog-hint-gone")),
        401 | 403 | 407 => (Kind::Permission, say!("catalog-hint-forbidden")),
        429 | 503 => (Kind::Throttled, say!("catalog-hint-later")),
        408 | 500..=599 => (Kind::Transient, say!("catalog-hint-later")),
        // What servers that expect TLS answer to a plain request.
        400 if url.scheme() == "http" => (Kind::Fatal, say!("network-hint-https")),
        _ => (Kind::Fatal, say!("catalog-hint-mirror")),
    };
    let reason = status.canonical_reason().unwrap_or_default();
    let why = say!("catalog-status", status = format!("{} {reason}", status.as_u16()).trim_end().to_owned());
    let error =
        Error::new(kind, say!("catalog-request-failed", url = words::address(url))).because(why).hint(hint);
    match retry_after(headers, now) {
        Some(wait) => error.after(wait),
        None => error,
    }
}

/// How long the server asks to be left alone, in seconds or until a date, never longer than a minute.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if let Ok(seconds) = text.parse() {
        Duration::from_secs(seconds)
    } else {
        let then = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
        Duration::try_from(then.duration_since(now)).unwrap_or_default()
    };
    Some(wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(value: &str) -> HeaderMap {
        std::iter::once((RETRY_AFTER, value.parse().unwrap())).collect()
    }

    #[test]
    fn retry_after_is_read_as_seconds_or_as_a_date_and_capped() {
        let now: Timestamp = "2026-05-23T14:53:00Z".parse().unwrap();
        let cases = [
            ("7", Some(7)),
            ("0", Some(0)),
            ("86400", Some(60)),
            ("Sat, 23 May 2026 14:53:20 GMT", Some(20)),
            ("Sat, 23 May 2026 14:52:20 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ];
        for (value, seconds) in cases {
            assert_eq!(retry_after(&header(value), now), seconds.map(Duration::from_secs), "{value}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }

    #[test]
    fn a_status_becomes_a_kind_and_a_hint() {
        let url: Url = "https://me:secret@example.org/a?token=1".parse().unwrap();
        let cases = [
            (404, Kind::NotFound),
            (403, Kind::Permission),
            (429, Kind::Throttled),
            (503, Kind::Throttled),
            (500, Kind::Transient),
            (502, Kind::Transient),
            (418, Kind::Fatal),
        ];
        for (status, kind) in cases {
            let error =
                refusal(&url, StatusCode::from_u16(status).unwrap(), &header("3"), Timestamp::UNIX_EPOCH);
            assert_eq!(error.wait(), Some(Duration::from_secs(3)));
            assert_eq!(error.kind(), kind, "{status}");
            assert!(error.to_string().contains(&status.to_string()) && error.advice().is_some());
            assert!(!error.to_string().contains("secret") && !error.to_string().contains("token"));
        }
    }

    #[test]
    fn a_login_is_taken_out_of_the_url_and_sent_as_a_sensitive_header() {
        let mut url: Url = "https://me:p%40ss@example.org/".parse().unwrap();
        let login = Login::take_from(&mut url).unwrap();
        assert_eq!(url.as_str(), "https://example.org/");
        assert_eq!(login.password.expose_secret(), "p@ss");
        assert!(login.headers().values().all(HeaderValue::is_sensitive));
        assert_eq!(login.headers().len(), 1);
        assert!(Login::take_from(&mut url).is_none());
    }

    #[tokio::test]
    async fn a_refused_connection_is_offline_and_said_in_words() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: Url = format!("http://me:secret@{}/", listener.local_addr().unwrap()).parse().unwrap();
        drop(listener);
        let error = explain(
            &url,
            client(&url, None, &Trust::default()).unwrap().get(url.clone()).send().await.unwrap_err(),
        );
        assert_eq!(error.kind(), Kind::Offline);
        assert_eq!(error.why(), Some(say!("catalog-connection-refused").as_str()));
        assert!(is_unreachable(&error));
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}
