//! What it means when no secure connection came about: a certificate, a protocol, a proxy.
//!
//! The types of the TLS library are not ours to name, and each client wraps them differently: its words are what both have in common.
//! The tests hold them against real handshakes. What fails now and then (a handshake that was cut, an alert) is no obstacle: it is
//! left to whoever retries.

use crate::error::{Error, Kind};
use crate::{say, words};

/// What stands between us and the far end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// Its certificate is signed by nobody we trust.
    UnknownIssuer,
    /// Its certificate is for these names, if any.
    WrongName(Vec<String>),
    /// Its certificate is no longer good.
    Expired,
    /// Its certificate is not yet good.
    NotYetValid,
    /// Its certificate was revoked.
    Revoked,
    /// Something else is wrong with its certificate, in the TLS library's words.
    Certificate(String),
    /// It answers, but not by TLS.
    NotTls,
    /// It answers, but not by HTTP.
    NotHttp,
    /// The proxy wants a user name and a password.
    ProxyLogin,
    /// The proxy would not connect to it.
    ProxyRefused,
    /// The proxy itself cannot be reached.
    ProxyGone,
}

impl Obstacle {
    /// Looks for one in what an error and its causes say, joined.
    pub(crate) fn find(said: &str) -> Option<Self> {
        if let Some((_, reason)) = said.split_once("invalid peer certificate: ") {
            return Some(Self::certificate(reason));
        }
        let has = |words: &str| said.contains(words);
        match () {
            () if has("received corrupt message") => Some(Self::NotTls),
            () if has("invalid HTTP version parsed") || has("invalid HTTP header parsed") => {
                Some(Self::NotHttp)
            }
            () if has("proxy authorization required") => Some(Self::ProxyLogin),
            () if has("tunnel error: failed to create underlying connection") => Some(Self::ProxyGone),
            () if has("tunnel error") => Some(Self::ProxyRefused),
            () => None,
        }
    }

    fn certificate(reason: &str) -> Self {
        let begins = |words: &[&str]| words.iter().any(|word| reason.starts_with(word));
        match () {
            () if begins(&["UnknownIssuer"]) => Self::UnknownIssuer,
            () if begins(&["certificate not valid for name", "NotValidForName"]) => {
                Self::WrongName(names(reason))
            }
            () if begins(&["certificate expired", "Expired"]) => Self::Expired,
            () if begins(&["certificate not valid yet", "NotValidYet"]) => Self::NotYetValid,
            () if begins(&["Revoked"]) => Self::Revoked,
            () => Self::Certificate(words::excerpt(reason)),
        }
    }

    /// Whether an answer to a plain request says that TLS was expected: what nginx and Go's servers answer with 400.
    pub(crate) fn is_plea_for_tls(answer: &[u8]) -> bool {
        let text = String::from_utf8_lossy(answer).to_lowercase();
        text.contains("https port") || text.contains("https server")
    }

    /// A certificate does not become better by trying again; a server or a proxy may.
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Self::ProxyLogin => Kind::Permission,
            Self::NotTls | Self::NotHttp | Self::ProxyRefused => Kind::Transient,
            Self::ProxyGone => Kind::Offline,
            _ => Kind::Fatal,
        }
    }

    /// The reason, for people.
    pub(crate) fn why(&self) -> String {
        match self {
            Self::UnknownIssuer => say!("network-why-unknown-issuer"),
            Self::WrongName(names) if names.is_empty() => say!("network-why-wrong-name"),
            Self::WrongName(names) => say!("network-why-other-names", names = names.join(", ")),
            Self::Expired => say!("network-why-expired"),
            Self::NotYetValid => say!("network-why-not-yet-valid"),
            Self::Revoked => say!("network-why-revoked"),
            Self::Certificate(reason) => say!("network-why-certificate", reason = reason.clone()),
            Self::NotTls => say!("network-why-not-tls"),
            Self::NotHttp => say!("network-why-not-http"),
            Self::ProxyLogin => say!("network-why-proxy-login"),
            Self::ProxyRefused => say!("network-why-proxy-refused"),
            Self::ProxyGone => say!("network-why-proxy-gone"),
        }
    }

    /// What can be done.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::UnknownIssuer | Self::Certificate(_) => say!("network-hint-issuer"),
            Self::WrongName(_) | Self::Revoked => say!("network-hint-name"),
            Self::Expired | Self::NotYetValid => say!("network-hint-clock"),
            Self::NotTls => say!("network-hint-plain"),
            Self::NotHttp => say!("network-hint-https"),
            Self::ProxyLogin => say!("network-hint-proxy-login"),
            Self::ProxyRefused | Self::ProxyGone => say!("network-hint-proxy"),
        }
    }

    /// The error for people; `what` names what failed.
    pub(crate) fn explain(&self, what: String) -> Error {
        Error::new(self.kind(), what).because(self.why()).hint(self.hint())
    }
}

/// The names in “… is only valid for DnsName("a"), DnsName("b") or IpAddress(127.0.0.1)”.
fn names(reason: &str) -> Vec<String> {
    let Some((_, presented)) = reason.split_once("is only valid for ") else { return Vec::new() };
    let inner = presented.split('(').skip(1).filter_map(|rest| rest.split_once(')'));
    let bare = inner.map(|(name, _)| name.trim_matches('"'));
    bare.filter(|name| !name.is_empty()).map(words::excerpt).collect()
}

#[cfg(test)]
mod tests;
