//! `ETag` and `Last-Modified` of a file, and the conditions that name them, by nginx's rules.

use std::time::{SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::{HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};

/// What identifies one state of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Validators {
    /// `"<time in hex>-<size in hex>"`.
    pub(super) etag: String,
    /// The time of the last change, in whole seconds since 1970.
    seconds: i64,
}

/// What the conditions of a request say to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Send it.
    Send,
    /// 304.
    NotModified,
    /// 412.
    Failed,
}

impl Validators {
    pub(super) fn new(modified: SystemTime, size: u64) -> Self {
        let seconds = modified.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self {
            etag: format!("\"{seconds:x}-{size:x}\""),
            seconds: i64::try_from(seconds).unwrap_or(i64::MAX),
        }
    }

    /// The time of the last change as HTTP writes it.
    pub(super) fn last_modified(&self) -> String {
        let time = Timestamp::from_second(self.seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        DateTimePrinter::new().timestamp_to_rfc9110_string(&time).unwrap_or_default()
    }

    /// Whether a range of this file is what `If-Range` wants; without it, any range is.
    pub(super) fn allow_range(&self, headers: &HeaderMap) -> bool {
        match text(headers, &IF_RANGE) {
            None => true,
            Some(tag) if tag.ends_with('"') => tag == self.etag,
            Some(date) => seconds(date) == Some(self.seconds),
        }
    }

    /// What `If-Match`, `If-None-Match`, `If-Modified-Since` and `If-Unmodified-Since` come to.
    pub(super) fn verdict(&self, headers: &HeaderMap) -> Verdict {
        let is_newer = |date| seconds(date).is_none_or(|since| self.seconds > since);
        let failed = text(headers, &IF_UNMODIFIED_SINCE).is_some_and(is_newer)
            || text(headers, &IF_MATCH).is_some_and(|tags| !self.is_named(tags, false));
        if failed {
            return Verdict::Failed;
        }
        // nginx asks both to hold where both are given, and takes a date only when it is the very same.
        let since = text(headers, &IF_MODIFIED_SINCE).map(|date| seconds(date) == Some(self.seconds));
        let tags = text(headers, &IF_NONE_MATCH).map(|tags| self.is_named(tags, true));
        match (since, tags) {
            (None, None) | (Some(false), _) | (_, Some(false)) => Verdict::Send,
            _ => Verdict::NotModified,
        }
    }

    /// Whether a list of tags names this file; a weak tag does only where that is enough.
    fn is_named(&self, tags: &str, is_weak_enough: bool) -> bool {
        tags == "*"
            || tags.split(',').map(str::trim).any(|tag| {
                tag == self.etag || is_weak_enough && tag.strip_prefix("W/") == Some(self.etag.as_str())
            })
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn seconds(date: &str) -> Option<i64> {
    DateTimeParser::new().parse_timestamp(date).ok().map(Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::HeaderValue;

    use super::*;

    const TAG: &str = "\"6a11bf53-10\"";
    const DATE: &str = "Sat, 23 May 2026 14:53:07 GMT";

    fn file() -> Validators {
        Validators::new(UNIX_EPOCH + Duration::from_secs(0x6a11_bf53), 16)
    }

    fn verdict(conditions: &[(HeaderName, &'static str)]) -> Verdict {
        let headers = conditions.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        file().verdict(&headers.collect())
    }

    #[test]
    fn the_forms_are_nginxs() {
        assert_eq!((file().etag.as_str(), file().last_modified().as_str()), (TAG, DATE));
    }

    #[test]
    fn a_file_that_is_known_is_not_sent_again() {
        assert_eq!(verdict(&[]), Verdict::Send);
        assert_eq!(verdict(&[(IF_NONE_MATCH, TAG)]), Verdict::NotModified);
        assert_eq!(verdict(&[(IF_NONE_MATCH, "\"x\", W/\"6a11bf53-10\"")]), Verdict::NotModified);
        assert_eq!(verdict(&[(IF_NONE_MATCH, "*")]), Verdict::NotModified);
        assert_eq!(verdict(&[(IF_NONE_MATCH, "\"x\"")]), Verdict::Send);
        assert_eq!(verdict(&[(IF_MODIFIED_SINCE, DATE)]), Verdict::NotModified);
        assert_eq!(verdict(&[(IF_MODIFIED_SINCE, "Sun, 24 May 2026 14:53:07 GMT")]), Verdict::Send);
        assert_eq!(verdict(&[(IF_MODIFIED_SINCE, DATE), (IF_NONE_MATCH, "\"x\"")]), Verdict::Send);
    }

    #[test]
    fn a_file_that_is_another_one_fails_the_condition() {
        assert_eq!(verdict(&[(IF_MATCH, TAG)]), Verdict::Send);
        assert_eq!(verdict(&[(IF_MATCH, "W/\"6a11bf53-10\"")]), Verdict::Failed);
        assert_eq!(verdict(&[(IF_UNMODIFIED_SINCE, "Fri, 22 May 2026 14:53:07 GMT")]), Verdict::Failed);
        assert_eq!(verdict(&[(IF_UNMODIFIED_SINCE, "rubbish")]), Verdict::Failed);
        assert_eq!(verdict(&[(IF_UNMODIFIED_SINCE, DATE)]), Verdict::Send);
    }

    #[test]
    fn a_range_is_given_only_of_the_file_that_was_meant() {
        for (value, wanted) in [
            (TAG, true),
            (DATE, true),
            ("\"x\"", false),
            ("Sun, 24 May 2026 14:53:07 GMT", false),
            ("nonsense", false),
        ] {
            let headers = HeaderMap::from_iter([(IF_RANGE, HeaderValue::from_static(value))]);
            assert_eq!(file().allow_range(&headers), wanted, "{value}");
        }
        assert!(file().allow_range(&HeaderMap::new()));
    }
}
