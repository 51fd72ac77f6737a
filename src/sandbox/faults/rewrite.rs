//! Answers that are changed on their way out, and the conditions of requests to go with them.

use bytes::Bytes;
use http::header::{
    CONTENT_RANGE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED,
};
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use jiff::{SignedDuration, Timestamp};

/// What a changed `ETag` begins with, after its quote.
const CHANGED: &str = "changed-";

/// How much later a changed file was written.
const LATER: SignedDuration = SignedDuration::from_hours(24);

/// Makes the validators of an answer those of a changed file.
pub(super) fn change_validators(headers: &mut HeaderMap) {
    edit(headers, ETAG, |tag| Some(tag.replacen('"', &format!("\"{CHANGED}"), 1)));
    edit(headers, LAST_MODIFIED, |date| shifted(date, LATER));
}

/// Translates the conditions of a request for a changed file into those that the server, which knows of no change, answers
/// rightly: the new validators become the old ones, the old ones such that never match.
pub(super) fn translate_conditions(headers: &mut HeaderMap) {
    for name in [IF_RANGE, IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE] {
        edit(headers, name, |value| match value {
            "*" => None,
            tag if tag.contains(CHANGED) => Some(tag.replace(CHANGED, "")),
            tag if tag.contains('"') => Some("\"of-before-the-change\"".to_owned()),
            date => shifted(date, -LATER),
        });
    }
}

/// Whether a condition of the request names validators of before the change, so that S3 refuses it with 412.
pub(super) fn wants_the_old_one(headers: &HeaderMap) -> bool {
    let tag = headers.get(IF_MATCH).and_then(|value| value.to_str().ok());
    tag.is_some_and(|tag| tag != "*" && !tag.contains(CHANGED))
}

/// Makes `Content-Range` speak of other bytes, as many of them.
pub(super) fn shift_content_range(headers: &mut HeaderMap) {
    edit(headers, CONTENT_RANGE, |value| {
        let (range, size) = value.strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
        Some(format!("bytes {}-{}/{size}", first + 1, last + 1))
    });
}

/// A checksum file in which the first digit of every digest is another one.
pub(super) fn falsify_digests(text: &Bytes) -> Vec<u8> {
    let mut bytes = text.to_vec();
    let mut at_start = true;
    for byte in &mut bytes {
        if at_start {
            *byte = match *byte {
                b'0' => b'1',
                digit if digit.is_ascii_hexdigit() => b'0',
                other => other,
            };
        }
        at_start = *byte == b'\n';
    }
    bytes
}

/// A listing without the lines whose link is gone.
pub(super) fn drop_lines(listing: &str, is_gone: impl Fn(&str) -> bool) -> String {
    let link = |line: &str| Some(line.strip_prefix("<a href=\"")?.split_once('"')?.0.to_owned());
    listing.split_inclusive('\n').filter(|line| !link(line).is_some_and(|name| is_gone(&name))).collect()
}

fn edit(headers: &mut HeaderMap, name: HeaderName, change: impl Fn(&str) -> Option<String>) {
    let changed = headers.get(&name).and_then(|value| value.to_str().ok()).and_then(change);
    if let Some(value) = changed.and_then(|text| HeaderValue::try_from(text).ok()) {
        headers.insert(name, value);
    }
}

fn shifted(date: &str, by: SignedDuration) -> Option<String> {
    let moved: Timestamp = DateTimeParser::new().parse_timestamp(date).ok()?.checked_add(by).ok()?;
    DateTimePrinter::new().timestamp_to_rfc9110_string(&moved).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn changed_validators_are_understood_when_they_come_back_and_the_old_ones_are_not() {
        let mut answer = headers(ETAG, "\"6a1-10\"");
        answer.insert(LAST_MODIFIED, HeaderValue::from_static("Sat, 23 May 2026 14:53:00 GMT"));
        change_validators(&mut answer);
        assert_eq!(answer[ETAG], "\"changed-6a1-10\"");
        assert_eq!(answer[LAST_MODIFIED], "Sun, 24 May 2026 14:53:00 GMT");
        for (sent, meant) in [
            ("\"changed-6a1-10\"", "\"6a1-10\""),
            ("\"6a1-10\"", "\"of-before-the-change\""),
            ("Sun, 24 May 2026 14:53:00 GMT", "Sat, 23 May 2026 14:53:00 GMT"),
        ] {
            let mut request = headers(IF_RANGE, sent);
            translate_conditions(&mut request);
            assert_eq!(request[IF_RANGE], meant);
        }
    }

    #[test]
    fn a_wrong_content_range_has_the_right_length() {
        let mut answer = headers(CONTENT_RANGE, "bytes 10-19/100");
        shift_content_range(&mut answer);
        assert_eq!(answer[CONTENT_RANGE], "bytes 11-20/100");
    }

    #[test]
    fn every_digest_is_falsified_and_nothing_else() {
        let sums = Bytes::from_static(b"0a *artist.tar.xz\nfb *0.tar.xz\n");
        assert_eq!(falsify_digests(&sums), b"1a *artist.tar.xz\n0b *0.tar.xz\n");
        assert_eq!(falsify_digests(&Bytes::from_static(b"7c")), b"0c");
    }

    #[test]
    fn a_listing_loses_only_what_is_gone() {
        let listing =
            "<pre><a href=\"../\">../</a>\r\n<a href=\"a/\">a/</a>\r\n<a href=\"b/\">b/</a>\r\n</pre>";
        let left = drop_lines(listing, |name| name == "a/");
        assert_eq!(left, "<pre><a href=\"../\">../</a>\r\n<a href=\"b/\">b/</a>\r\n</pre>");
    }
}
