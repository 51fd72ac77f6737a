//! Published digests: `SHA256SUMS` and the bare `<archive>.sha256`. Anything that is not one is refused, with its line quoted.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use url::Url;

use super::names;
use crate::error::{Error, Kind, Result};
use crate::sha256::Sha256Digest;
use crate::{say, words};

/// Reads a `SHA256SUMS`: lines of `<64 hex> *name`, the `*` of which may be a space. Empty lines do not count.
pub(super) fn sums(url: &Url, text: &str) -> Result<BTreeMap<String, Sha256Digest>> {
    let mut digests = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = Place { url, number: number + 1, line };
        let (digest, name) = read_line(line).ok_or_else(|| place.malformed(&say!("catalog-not-a-sum")))?;
        if !names::is_plain(name) {
            return Err(place.malformed(&say!("catalog-not-a-file-name")));
        }
        match digests.entry(name.to_owned()) {
            Entry::Vacant(free) => {
                free.insert(digest);
            }
            Entry::Occupied(known) if *known.get() == digest => {}
            Entry::Occupied(_) => return Err(place.malformed(&say!("catalog-two-digests"))),
        }
    }
    Ok(digests)
}

/// Reads what stands beside `archive`: its bare hex digest, with or without a newline; or a line as in `SHA256SUMS` that names it.
pub(super) fn beside(url: &Url, archive: &str, text: &str) -> Result<Sha256Digest> {
    let bare = text.trim();
    if let Some(digest) = hex(bare) {
        return Ok(digest);
    }
    if bare.is_empty() {
        return Err(Place { url, number: 1, line: "" }.malformed(&say!("catalog-empty-digest")));
    }
    let named = sums(url, text)?;
    let missing = || Place { url, number: 1, line: bare.lines().next().unwrap_or_default() };
    named.get(archive).copied().ok_or_else(|| missing().malformed(&say!("catalog-other-name")))
}

fn read_line(line: &str) -> Option<(Sha256Digest, &str)> {
    let (digest, rest) = line.split_at_checked(64)?;
    let rest = rest.strip_prefix(' ')?;
    Some((hex(digest)?, rest.strip_prefix(['*', ' ']).unwrap_or(rest)))
}

fn hex(text: &str) -> Option<Sha256Digest> {
    text.parse().ok()
}

/// Where a line stands, for the error about it.
struct Place<'a> {
    url: &'a Url,
    number: usize,
    line: &'a str,
}

impl Place<'_> {
    /// An integrity error: without readable digests nothing can be proven, and a try later may find the file repaired.
    fn malformed(&self, reason: &str) -> Error {
        let file = words::address(self.url);
        let what = say!("catalog-malformed-sums", file = file, line = self.number.to_string());
        let why = say!("catalog-malformed-line", reason = reason, line = words::excerpt(self.line));
        Error::new(Kind::Integrity, what).because(why).hint(say!("catalog-malformed-hint"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const A: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const B: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn url() -> Url {
        "https://me:secret@example.org/SHA256SUMS".parse().unwrap()
    }

    #[test]
    fn upstreams_own_form_and_its_siblings_are_read() {
        let text =
            format!("{A} *artist.tar.xz\n\n{B}  release.tar.xz\r\n{} *artist.tar.xz\n", A.to_uppercase());
        let digests = sums(&url(), &text).unwrap();
        assert_eq!(digests.len(), 2);
        assert_eq!(digests["artist.tar.xz"].to_string(), A);
        assert_eq!(digests["release.tar.xz"].to_string(), B);
    }

    #[test]
    fn a_malformed_line_is_named_by_file_and_number_and_quoted_harmlessly() {
        let bad = [
            "nonsense",
            &format!("{A}artist.tar.xz"),
            &format!("\\{A} *a\\nb"),
            &format!("{} *x", "é".repeat(32)),
            "<html>",
        ];
        for line in bad {
            let error = sums(&url(), &format!("{A} *artist.tar.xz\n{line}\n")).unwrap_err();
            assert_eq!(error.kind(), Kind::Integrity, "{line}");
            assert!(
                error.what().contains("https://example.org/SHA256SUMS") && error.what().contains('2'),
                "{error}"
            );
            assert!(!error.to_string().contains("secret"));
        }
    }

    #[test]
    fn a_name_that_is_not_a_plain_file_name_is_refused() {
        for name in ["../../etc/passwd", "a/b", "..", "\u{1b}[2J", "", "a\u{202e}b", &"x".repeat(300)] {
            let error = sums(&url(), &format!("{A} *{name}")).unwrap_err();
            assert_eq!(error.kind(), Kind::Integrity, "{name:?}");
            assert!(!error.to_string().contains('\u{1b}') && error.to_string().len() < 700);
        }
    }

    #[test]
    fn two_digests_for_one_name_are_refused() {
        assert!(sums(&url(), &format!("{A} *artist.tar.xz\n{B} *artist.tar.xz\n")).is_err());
    }

    #[test]
    fn a_bare_digest_needs_no_name_and_no_newline() {
        for text in
            [A.to_owned(), format!("{A}\n"), format!("{A}  x.tar\n"), format!("{B} *y.tar\n{A} *x.tar\n")]
        {
            assert_eq!(beside(&url(), "x.tar", &text).unwrap().to_string(), A);
        }
        for text in
            [String::new(), "\n".to_owned(), A[1..].to_owned(), format!("{A}{B}"), format!("{A} *y.tar")]
        {
            assert_eq!(beside(&url(), "x.tar", &text).unwrap_err().kind(), Kind::Integrity, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_published_is_read_back(files in prop::collection::btree_map("[a-z][a-z0-9.-]{0,30}", any::<[u8; 32]>(), 0..20)) {
            let lines: Vec<String> = files.iter().map(|(name, digest)| format!("{} *{name}", hex::encode(digest))).collect();
            let text = lines.join("\n");
            let read = sums(&url(), &text).unwrap();
            prop_assert_eq!(read, files.into_iter().map(|(name, digest)| (name, Sha256Digest(digest))).collect::<BTreeMap<_, _>>());
        }

        #[test]
        fn no_text_makes_the_readers_fail_and_only_plain_names_come_out(text in "(?s).{0,300}") {
            if let Ok(digests) = sums(&url(), &text) {
                prop_assert!(digests.keys().all(|name| names::is_plain(name)));
            }
            let _ = beside(&url(), "x", &text);
        }
    }
}
