use super::*;
use crate::bucket::Object;
use crate::catalog::{DatasetId, Published};
use crate::sha256::Sha256Digest;
use crate::transfer::Checked;

const RIGHT: Sha256Digest = Sha256Digest([1; 32]);
const OTHER: Sha256Digest = Sha256Digest([2; 32]);
const URI: &str = "s3://b/raw/musicbrainz/artist.tar.xz";

fn object() -> Object {
    Object {
        key: "raw/musicbrainz/artist.tar.xz".to_owned(),
        size: 10,
        sha256: Some(RIGHT),
        dump: Some("20260523-001002".to_owned()),
        dataset: Some("musicbrainz/artist".to_owned()),
        crc64nvme: Some(7),
        ..Object::default()
    }
}

fn proof() -> Proof {
    Proof {
        dataset: DatasetId("musicbrainz/artist".to_owned()),
        dump: "20260523-001002".to_owned(),
        archive: "artist.tar.xz".to_owned(),
        place: URI.to_owned(),
        size: 10,
        sha256: RIGHT,
        crc64nvme: Some(hex(7)),
        checksum: None,
        checksum_checked: Checked::Equal,
        size_checked: Checked::Equal,
        crc64nvme_checked: Checked::Equal,
        at: 0,
    }
}

/// All is well.
fn subject() -> Subject {
    Subject {
        object: object(),
        dataset: Some(DatasetId("musicbrainz/artist".to_owned())),
        proof: Some(proof()),
        upstream: Upstream::Published(Published { sha256: RIGHT, size: Some(10) }),
        uri: URI.to_owned(),
    }
}

const READ: Computed = Computed { sha256: RIGHT, crc64nvme: 7 };

fn outcome_of(subject: &Subject, read: Option<Computed>) -> Outcome {
    judge(subject, read).outcome
}

#[test]
fn all_the_same_everywhere_is_verified_with_nothing_left_open() {
    for read in [None, Some(READ)] {
        let checkup = judge(&subject(), read);
        assert_eq!((checkup.outcome, checkup.gaps), (Outcome::Verified, vec![]), "{read:?}");
        assert!(checkup.checks.iter().all(|check| check.equal));
    }
}

#[test]
fn whatever_differs_is_wrong_and_named() {
    let with = |object: Object| Subject { object, ..subject() };
    let upstream = Upstream::Published(Published { sha256: OTHER, size: Some(10) });
    let wrong = [
        (with(Object { size: 9, ..object() }), None, Value::Size),
        (with(Object { crc64nvme: Some(8), ..object() }), None, Value::Crc64nvme),
        (with(Object { sha256: Some(OTHER), ..object() }), None, Value::Recorded),
        (Subject { upstream, ..subject() }, None, Value::Recorded),
        (subject(), Some(Computed { sha256: OTHER, ..READ }), Value::Sha256),
        (subject(), Some(Computed { crc64nvme: 8, ..READ }), Value::Crc64nvmeRead),
    ];
    for (subject, read, value) in wrong {
        let checkup = judge(&subject, read);
        assert_eq!(checkup.outcome, Outcome::Wrong, "{value:?}");
        assert!(checkup.checks.iter().any(|check| check.what == value && !check.equal), "{value:?}");
    }
}

#[test]
fn a_dump_that_is_gone_is_held_against_the_proof_and_that_is_said() {
    let gone = Subject { upstream: Upstream::Gone, ..subject() };
    let checkup = judge(&gone, None);
    assert_eq!((checkup.outcome, checkup.gaps), (Outcome::Verified, vec![Gap::NoLongerPublished]));
}

#[test]
fn metadata_alone_ties_no_bytes_to_a_digest_until_they_are_read() {
    let elsewhere = Subject { proof: None, ..subject() };
    assert_eq!(outcome_of(&elsewhere, None), Outcome::CannotTell);
    assert_eq!(outcome_of(&elsewhere, Some(READ)), Outcome::Verified);
    let silent = Subject { object: Object { crc64nvme: None, ..object() }, ..subject() };
    assert_eq!(outcome_of(&silent, None), Outcome::CannotTell);
    assert!(judge(&silent, None).gaps.contains(&Gap::NoCrc64nvme));
    assert_eq!(outcome_of(&silent, Some(READ)), Outcome::Verified);
}

#[test]
fn a_proof_of_another_dump_says_nothing() {
    let newer =
        Proof { dump: "20260601-001002".to_owned(), sha256: OTHER, crc64nvme: Some(hex(9)), ..proof() };
    let checkup = judge(&Subject { proof: Some(newer), ..subject() }, None);
    assert_eq!(checkup.outcome, Outcome::CannotTell);
    assert!(checkup.gaps.contains(&Gap::NoProof));
}

#[test]
fn without_metadata_an_object_is_a_strangers_unless_a_proof_here_knows_it() {
    let bare = Object { sha256: None, dump: None, dataset: None, ..object() };
    let ours = Subject { object: bare.clone(), ..subject() };
    let checkup = judge(&ours, None);
    assert_eq!((checkup.outcome, checkup.gaps), (Outcome::Verified, vec![Gap::NoMetadata]));
    let strangers = Subject { object: bare, proof: None, ..subject() };
    let checkup = judge(&strangers, None);
    assert_eq!((checkup.outcome, checkup.gaps), (Outcome::Unknown, vec![Gap::NotOurs]));
}
