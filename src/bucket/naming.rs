//! S3's rules for the names of buckets, and free names near a taken one.
//!
//! The rules are those of general-purpose buckets (Amazon S3 User Guide, "Bucket naming rules"). Pure: cheap enough to call at
//! every key that is pressed.

use std::fmt;
use std::net::Ipv4Addr;

use sha2::{Digest, Sha256};

use crate::error::{Error, Kind};
use crate::say;

/// The name that is offered first.
pub const DEFAULT_BUCKET: &str = "music-recommendation-data";

const SHORTEST: usize = 3;
const LONGEST: usize = 63;
const RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/// A rule that a name breaks. `Display` says the rule to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// At least three characters.
    TooShort,
    /// At most 63 characters.
    TooLong,
    /// No capital letters.
    Capitals,
    /// Only lower-case letters, digits, dots and hyphens.
    Characters,
    /// Begins with a letter or a digit.
    Start,
    /// Ends with a letter or a digit.
    End,
    /// No two dots in a row.
    TwoDots,
    /// Not of the form of an IP address.
    IpAddress,
    /// Does not begin with what AWS keeps for itself.
    ReservedPrefix(&'static str),
    /// Does not end with what AWS keeps for itself.
    ReservedSuffix(&'static str),
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Self::TooShort => say!("bucket-name-too-short", count = SHORTEST),
            Self::TooLong => say!("bucket-name-too-long", count = LONGEST),
            Self::Capitals => say!("bucket-name-capitals"),
            Self::Characters => say!("bucket-name-characters"),
            Self::Start => say!("bucket-name-start"),
            Self::End => say!("bucket-name-end"),
            Self::TwoDots => say!("bucket-name-two-dots"),
            Self::IpAddress => say!("bucket-name-ip"),
            Self::ReservedPrefix(prefix) => say!("bucket-name-prefix", prefix = prefix),
            Self::ReservedSuffix(suffix) => say!("bucket-name-suffix", suffix = suffix),
        };
        f.write_str(&text)
    }
}

/// Checks `name`; every rule that it breaks, most telling first.
pub fn check(name: &str) -> Result<(), Vec<Rule>> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let length = name.chars().count();
    let mut broken = Vec::new();
    let mut rule = |is_broken: bool, rule: Rule| {
        if is_broken {
            broken.push(rule);
        }
    };
    rule(name.chars().any(char::is_uppercase), Rule::Capitals);
    rule(!name.chars().all(|c| plain(c) || c == '.' || c == '-' || c.is_uppercase()), Rule::Characters);
    rule(length < SHORTEST, Rule::TooShort);
    rule(length > LONGEST, Rule::TooLong);
    rule(name.starts_with(['.', '-']), Rule::Start);
    rule(name.ends_with(['.', '-']), Rule::End);
    rule(name.contains(".."), Rule::TwoDots);
    rule(name.parse::<Ipv4Addr>().is_ok(), Rule::IpAddress);
    for prefix in RESERVED_PREFIXES {
        rule(name.starts_with(prefix), Rule::ReservedPrefix(prefix));
    }
    for suffix in RESERVED_SUFFIXES {
        rule(name.ends_with(suffix), Rule::ReservedSuffix(suffix));
    }
    if broken.is_empty() { Ok(()) } else { Err(broken) }
}

/// Checks `name` and makes an error of all that is wrong with it on AWS.
pub fn require(name: &str) -> crate::Result<()> {
    check(name).map_err(|rules| refused(name, &rules))
}

/// As [`require`], for a store that is not AWS: several of them allow names of one or two letters.
pub fn require_elsewhere(name: &str) -> crate::Result<()> {
    let mut broken = check(name).err().unwrap_or_default();
    broken.retain(|rule| *rule != Rule::TooShort || name.is_empty());
    if broken.is_empty() { Ok(()) } else { Err(refused(name, &broken)) }
}

fn refused(name: &str, rules: &[Rule]) -> Error {
    let why = crate::words::series(rules.iter().map(ToString::to_string));
    let name = crate::words::harmless(name);
    Error::new(Kind::Usage, say!("bucket-name-refused", name = name))
        .because(why)
        .hint(say!("bucket-name-hint"))
}

/// Names near `name` that are most likely free: with the account's number, where one is known, and with six letters that
/// come from `salt`, so that the same salt gives the same names. All of them keep the rules, provided that `name` does.
#[must_use]
pub fn suggest(name: &str, account: Option<&str>, salt: &str) -> Vec<String> {
    let digest = hex::encode(Sha256::digest(format!("{name}/{}/{salt}", account.unwrap_or_default())));
    let endings = [account.unwrap_or_default(), &digest[..6], &digest[6..12]];
    let near =
        endings.into_iter().filter(|ending| !ending.is_empty()).map(|ending| with_ending(name, ending));
    near.filter(|candidate| check(candidate).is_ok()).collect()
}

/// `name-ending`, with `name` cut where the whole would be too long.
fn with_ending(name: &str, ending: &str) -> String {
    let room = LONGEST.saturating_sub(ending.len() + 1);
    let cut: String = name.chars().take(room).collect();
    format!("{}-{ending}", cut.trim_end_matches(['.', '-']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_name_is_refused_on_aws_only_and_capitals_everywhere() {
        assert!(require("b").is_err());
        assert!(require_elsewhere("b").is_ok());
        assert!(require_elsewhere("").is_err());
        assert_eq!(require_elsewhere("B").unwrap_err().kind(), Kind::Usage);
    }

    #[test]
    fn the_default_name_keeps_the_rules() {
        assert_eq!(check(DEFAULT_BUCKET), Ok(()));
    }

    #[test]
    fn each_rule_is_named_when_it_is_broken() {
        let table = [
            ("ab", Rule::TooShort),
            ("MyBucket", Rule::Capitals),
            ("Éclair", Rule::Capitals),
            ("my_bucket", Rule::Characters),
            ("my bucket", Rule::Characters),
            ("été-data", Rule::Characters),
            ("-bucket", Rule::Start),
            (".bucket", Rule::Start),
            ("bucket-", Rule::End),
            ("bucket.", Rule::End),
            ("my..bucket", Rule::TwoDots),
            ("192.168.5.4", Rule::IpAddress),
            ("xn--bucket", Rule::ReservedPrefix("xn--")),
            ("sthree-bucket", Rule::ReservedPrefix("sthree-")),
            ("amzn-s3-demo-bucket", Rule::ReservedPrefix("amzn-s3-demo-")),
            ("bucket-s3alias", Rule::ReservedSuffix("-s3alias")),
            ("bucket--ol-s3", Rule::ReservedSuffix("--ol-s3")),
            ("bucket.mrap", Rule::ReservedSuffix(".mrap")),
            ("bucket--x-s3", Rule::ReservedSuffix("--x-s3")),
            ("bucket--table-s3", Rule::ReservedSuffix("--table-s3")),
        ];
        for (name, rule) in table {
            assert_eq!(check(name), Err(vec![rule]), "{name}");
        }
        assert_eq!(check(&"a".repeat(63)), Ok(()));
        assert_eq!(check(&"a".repeat(64)), Err(vec![Rule::TooLong]));
    }

    #[test]
    fn a_refused_name_says_every_rule_and_what_to_do() {
        let error = require("-My..Bucket").unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        let why = error.why().unwrap();
        for rule in [Rule::Capitals, Rule::Start, Rule::TwoDots] {
            assert!(why.contains(&rule.to_string()), "{why}");
        }
        assert!(error.advice().is_some());
    }

    #[test]
    fn suggestions_use_the_account_and_differ_by_salt() {
        let one = suggest(DEFAULT_BUCKET, Some("123456789012"), "a");
        assert_eq!(one[0], "music-recommendation-data-123456789012");
        assert_eq!(one, suggest(DEFAULT_BUCKET, Some("123456789012"), "a"));
        assert_ne!(one[1], suggest(DEFAULT_BUCKET, Some("123456789012"), "b")[1]);
        assert_eq!(suggest(DEFAULT_BUCKET, None, "a").len(), 2);
    }

    proptest! {
        #[test]
        fn names_of_letters_digits_and_single_hyphens_are_good(name in "[a-z][a-z0-9]{2,9}(-[a-z0-9]{1,9}){0,4}") {
            let reserved = name.starts_with("sthree-") || name.starts_with("amzn-s3-demo-") || name.ends_with("-s3alias");
            prop_assert_eq!(check(&name).is_ok(), !reserved);
        }

        #[test]
        fn whatever_passes_is_plain_and_of_a_good_length(name in "\\PC{0,70}") {
            if check(&name).is_ok() {
                prop_assert!((SHORTEST..=LONGEST).contains(&name.len()));
                prop_assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-'));
                prop_assert!(!name.contains(".."));
            }
        }

        #[test]
        fn what_is_suggested_keeps_the_rules(name in "[a-z0-9]{1,40}[.-]?[a-z0-9]{2,22}", salt in "\\PC{0,9}") {
            prop_assume!(check(&name).is_ok());
            let names = suggest(&name, Some("123456789012"), &salt);
            prop_assert!(names.len() >= 2);
            for candidate in names {
                prop_assert_eq!(check(&candidate), Ok(()));
                prop_assert_ne!(candidate, name.clone());
            }
        }
    }
}
