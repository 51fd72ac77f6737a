//! What a fault is: where it strikes, how often, and what then goes wrong.
//!
//! Here lives the data only; the file format is in `file`, the doing in `layer`.

use serde::Deserialize;

use super::glob;
use super::log::Seen;

/// Which of the two servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum On {
    /// The S3 server.
    S3,
    /// The mirror.
    Mirror,
}

/// What goes wrong. Offsets and counts are in bytes of the body of one request or answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// 500 with `InternalError`.
    InternalError,
    /// 503 with `SlowDown`.
    SlowDown,
    /// 429 with `Retry-After`.
    TooManyRequests {
        /// What `Retry-After` says, in seconds.
        retry_after: u64,
    },
    /// 200 with an error in its body, as S3 may answer `CompleteMultipartUpload` and `CopyObject`.
    ErrorInOk,
    /// A TCP reset: in the answer, or in the request where that carries the bytes (PUT, POST).
    Reset {
        /// How many bytes pass before.
        after: u64,
    },
    /// The request is carried out, and the connection is reset instead of answering.
    LostAnswer,
    /// The connection is closed without an answer and without carrying the request out.
    Refuse,
    /// Nothing moves for a while, then all goes on: in the answer, or in the request of a PUT or POST.
    Stall {
        /// How many bytes pass before.
        after: u64,
        /// How long nothing moves, in seconds.
        seconds: u64,
    },
    /// The answer's body ends early, although `Content-Length` promises more.
    Truncate {
        /// How many bytes are sent.
        after: u64,
    },
    /// One byte is another one: in the answer, or in the request of a PUT or POST.
    FlipByte {
        /// Which one; `None` is the middle of the body. Past the end, the last one is meant.
        offset: Option<u64>,
    },
    /// `Range` is ignored: 200 with the whole file.
    IgnoreRange,
    /// 206 whose `Content-Range` is not the range asked for.
    WrongContentRange,
    /// `ETag` and `Last-Modified` are others from now on; conditions are answered accordingly.
    ChangedEtag,
    /// 404 from now on, and no longer listed by the mirror.
    Vanish,
    /// The digests in a published checksum file are wrong from now on.
    WrongDigest,
    /// 400 with `ExpiredToken`.
    ExpiredToken,
    /// 403 with `AccessDenied`.
    AccessDenied,
    /// The same, for a payload that is not signed.
    WantSignedPayload,
}

impl What {
    /// Whether it is a change of state, which stays and goes together with other faults, rather than an accident.
    pub(super) const fn lasts(&self) -> bool {
        matches!(self, Self::ChangedEtag | Self::Vanish | Self::WrongDigest)
    }

    /// Whether there is something in the request to go wrong: a strike must not be spent on a `HEAD` that has no body.
    fn can_strike(&self, seen: &Seen) -> bool {
        let has_body = seen.method != "HEAD";
        match self {
            Self::Reset { after } | Self::Stall { after, .. } => has_body || *after == 0,
            Self::Truncate { .. } | Self::FlipByte { .. } | Self::WrongDigest => has_body,
            Self::IgnoreRange | Self::WrongContentRange => has_body && seen.range.is_some(),
            Self::WantSignedPayload => seen.method == "PUT" && !seen.is_payload_signed,
            _ => true,
        }
    }
}

/// One fault: requests it strikes, how often, and what goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "super::file::Entry")]
pub struct Fault {
    /// The server.
    pub on: On,
    /// The method, where only one is meant.
    pub method: Option<String>,
    /// The decoded path: `/bucket/key` on S3, `/pub/musicbrainz/…` on the mirror. `*` stands for anything.
    pub path: String,
    /// Text that the raw query must hold, such as `uploadId=` or `partNumber=2`.
    pub query: Option<String>,
    /// How many matching requests are let through first.
    pub skip: u64,
    /// How many are struck after that; 0 is all of them.
    pub times: u64,
    /// What goes wrong.
    pub what: What,
}

impl Fault {
    /// `what` on the first request for `path` (a pattern) of server `on`; for a lasting change, on all of them.
    pub fn new(on: On, path: impl Into<String>, what: What) -> Self {
        let times = u64::from(!what.lasts());
        Self { on, method: None, path: path.into(), query: None, skip: 0, times, what }
    }

    /// Only requests of this method.
    #[must_use]
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Only requests whose raw query holds this text.
    #[must_use]
    pub fn query(mut self, query: impl Into<String>) -> Self {
        self.query = Some(query.into());
        self
    }

    /// Lets the first `skip` matching requests through.
    #[must_use]
    pub const fn skip(mut self, skip: u64) -> Self {
        self.skip = skip;
        self
    }

    /// Strikes `times` matching requests; 0 is all of them.
    #[must_use]
    pub const fn times(mut self, times: u64) -> Self {
        self.times = times;
        self
    }

    /// Whether a request is one of those meant, whatever the counts say.
    pub(super) fn is_for(&self, seen: &Seen) -> bool {
        self.on == seen.on
            && self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&seen.method))
            && self.query.as_deref().is_none_or(|wanted| seen.query.contains(wanted))
            && glob::matches(&self.path, &seen.path)
            && self.what.can_strike(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(method: &str, path: &str, query: &str, range: Option<&str>) -> Seen {
        let (method, path, query) = (method.to_owned(), path.to_owned(), query.to_owned());
        Seen { on: On::S3, method, path, query, range: range.map(str::to_owned), is_payload_signed: true }
    }

    #[test]
    fn a_fault_can_be_aimed_at_one_part_of_an_upload() {
        let fault = Fault::new(On::S3, "/b/raw/*", What::SlowDown).method("put").query("partNumber=2&");
        let part = seen("PUT", "/b/raw/musicbrainz/artist.tar.xz", "partNumber=2&uploadId=x", None);
        assert!(fault.is_for(&part));
        assert!(!fault.is_for(&Seen { query: "partNumber=21&uploadId=x".to_owned(), ..part.clone() }));
        assert!(!fault.is_for(&Seen { method: "GET".to_owned(), ..part.clone() }));
        assert!(!fault.is_for(&Seen { path: "/c/raw/x".to_owned(), ..part.clone() }));
        assert!(!fault.is_for(&Seen { on: On::Mirror, ..part }));
    }

    #[test]
    fn no_strike_is_spent_where_there_is_nothing_to_go_wrong() {
        let flip = Fault::new(On::S3, "*", What::FlipByte { offset: None });
        assert!(flip.is_for(&seen("GET", "/a", "", None)));
        assert!(!flip.is_for(&seen("HEAD", "/a", "", None)));
        let whole = Fault::new(On::S3, "*", What::IgnoreRange);
        assert!(whole.is_for(&seen("GET", "/a", "", Some("bytes=1-"))));
        assert!(!whole.is_for(&seen("GET", "/a", "", None)));
    }

    #[test]
    fn accidents_strike_once_and_changes_stay() {
        assert_eq!(Fault::new(On::S3, "*", What::SlowDown).times, 1);
        assert_eq!(Fault::new(On::Mirror, "*", What::Vanish).times, 0);
    }
}
