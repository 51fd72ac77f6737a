//! Each fault of the mirror, as a client lives through it.

use std::time::{Duration, Instant};

use brainzlift::sandbox::faults::{Fault, On, What};
use bytes::Bytes;
use reqwest::Response;

use crate::mirror_kit::{NEWEST, Served, header, on_disk, served};

const FILE: &str = "data/json-dumps/20260919-001002/label.tar.xz";

/// A mirror on which `what` strikes the label archive.
async fn with(what: What) -> Served {
    let mirror = served(0).await;
    mirror.faults.add(Fault::new(On::Mirror, "*/label.tar.xz", what));
    mirror
}

async fn whole() -> Vec<u8> {
    std::fs::read(on_disk(FILE).await).unwrap()
}

/// What arrives of a body, and whether it ended as it should.
async fn arrived(mut response: Response) -> (Vec<u8>, bool) {
    let mut got = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(bytes)) => got.extend_from_slice(&bytes),
            Ok(None) => return (got, true),
            Err(_) => return (got, false),
        }
    }
}

/// After its one strike, all is as it was.
async fn is_well_again(mirror: &Served) {
    let again = mirror.get(FILE).await;
    assert_eq!(again.status(), 200);
    assert!(again.bytes().await.unwrap() == whole().await);
    assert_eq!(mirror.faults.hits().len(), 1);
}

#[tokio::test]
async fn errors_come_with_their_status_once() {
    for (what, status) in [
        (What::InternalError, 500),
        (What::SlowDown, 503),
        (What::TooManyRequests { retry_after: 7 }, 429),
        (What::AccessDenied, 403),
    ] {
        let mirror = with(what).await;
        let answer = mirror.get(FILE).await;
        assert_eq!(answer.status(), status);
        assert_eq!(header(&answer, "retry-after"), if status == 429 { "7" } else { "" });
        is_well_again(&mirror).await;
    }
}

#[tokio::test]
async fn a_reset_leaves_exactly_the_bytes_before_it() {
    let mirror = with(What::Reset { after: 1000 }).await;
    assert_eq!(arrived(mirror.get(FILE).await).await, (whole().await[..1000].to_vec(), false));
    assert_eq!(mirror.faults.mirror_bytes_sent(), 1000);
    is_well_again(&mirror).await;
}

#[tokio::test]
async fn a_truncated_body_is_shorter_than_it_said() {
    let mirror = with(What::Truncate { after: 1000 }).await;
    let answer = mirror.get(FILE).await;
    assert_eq!(header(&answer, "content-length"), whole().await.len().to_string());
    assert_eq!(arrived(answer).await, (whole().await[..1000].to_vec(), false));
    is_well_again(&mirror).await;
}

#[tokio::test]
async fn a_refused_request_has_no_answer() {
    let mirror = with(What::Refuse).await;
    assert!(mirror.request("GET", FILE).send().await.is_err());
    let mirror = with(What::LostAnswer).await;
    assert!(mirror.request("GET", FILE).send().await.is_err());
    is_well_again(&mirror).await;
}

#[tokio::test]
async fn a_stall_takes_its_time_and_then_all_arrives() {
    let mirror = with(What::Stall { after: 1000, seconds: 1 }).await;
    let start = Instant::now();
    assert_eq!(arrived(mirror.get(FILE).await).await, (whole().await, true));
    assert!(start.elapsed() >= Duration::from_secs(1));
    is_well_again(&mirror).await;
}

#[tokio::test]
async fn one_byte_is_wrong_and_the_length_is_right() {
    let mirror = with(What::FlipByte { offset: Some(500) }).await;
    let (got, is_whole) = arrived(mirror.get(FILE).await).await;
    let wrong: Vec<usize> =
        got.iter().zip(whole().await).enumerate().filter(|(_, (a, b))| *a != b).map(|(at, _)| at).collect();
    assert_eq!((wrong, got.len(), is_whole), (vec![500], whole().await.len(), true));
    is_well_again(&mirror).await;
}

#[tokio::test]
async fn an_ignored_range_gives_the_whole_file() {
    let mirror = with(What::IgnoreRange).await;
    assert_eq!(mirror.get(FILE).await.status(), 200);
    assert!(mirror.faults.hits().is_empty());
    let answer = mirror.get_with(FILE, &[("range", "bytes=10-19")]).await;
    assert_eq!((answer.status().as_u16(), header(&answer, "content-range")), (200, ""));
    assert!(answer.bytes().await.unwrap() == whole().await);
    is_well_again(&mirror).await;
}

#[tokio::test]
async fn a_wrong_content_range_is_not_the_one_asked_for() {
    let mirror = with(What::WrongContentRange).await;
    let answer = mirror.get_with(FILE, &[("range", "bytes=10-19")]).await;
    assert_eq!(answer.status(), 206);
    assert_eq!(header(&answer, "content-range"), format!("bytes 11-20/{}", whole().await.len()));
    is_well_again(&mirror).await;
}

#[tokio::test]
async fn a_changed_file_no_longer_answers_to_its_old_validators() {
    let mirror = served(0).await;
    let before = mirror.get(FILE).await;
    mirror.faults.add(Fault::new(On::Mirror, "*/label.tar.xz", What::ChangedEtag));
    let after = mirror.get(FILE).await;
    let range = async |tag: &str| {
        mirror.get_with(FILE, &[("range", "bytes=1-2"), ("if-range", tag)]).await.status().as_u16()
    };
    for name in ["etag", "last-modified"] {
        let (old, new) = (header(&before, name), header(&after, name));
        assert_ne!(old, new);
        assert_eq!((range(old).await, range(new).await), (200, 206), "{name}");
    }
}

#[tokio::test]
async fn a_vanished_dump_is_gone_from_the_listing_too() {
    let mirror = served(0).await;
    mirror.faults.add(Fault::new(On::Mirror, format!("*/{NEWEST}*"), What::Vanish).skip(1));
    assert_eq!(mirror.get(FILE).await.status(), 200);
    assert!(mirror.text("data/json-dumps/").await.contains("\"20260919-001002/\""));
    assert_eq!(mirror.get(FILE).await.status(), 404);
    assert_eq!(mirror.get(&format!("{NEWEST}SHA256SUMS")).await.status(), 404);
    let listing = mirror.text("data/json-dumps/").await;
    assert!(
        !listing.contains("\"20260919-001002/\"") && listing.contains("\"20260916-001001/\""),
        "{listing}"
    );
}

#[tokio::test]
async fn published_digests_are_wrong_in_both_forms() {
    let mirror = served(0).await;
    let sums = format!("{NEWEST}SHA256SUMS");
    let beside = "canonical_data/musicbrainz-canonical-dump-20260917-080003/musicbrainz-canonical-dump-20260917-080003.tar.zst.sha256";
    for path in [sums.as_str(), beside] {
        let right = mirror.text(path).await;
        mirror.faults.add(Fault::new(On::Mirror, format!("*/{path}"), What::WrongDigest));
        let wrong = mirror.text(path).await;
        assert_eq!(right.len(), wrong.len());
        for (right, wrong) in right.lines().zip(wrong.lines()) {
            assert!(right[..1] != wrong[..1] && right[1..] == wrong[1..], "{right}, {wrong}");
        }
    }
}

#[tokio::test]
async fn what_was_asked_for_can_be_counted() {
    let mirror = served(0).await;
    mirror.get_with(&format!("{FILE}?a=b"), &[("range", "bytes=0-9")]).await.bytes().await.unwrap();
    let listing: Bytes = mirror.get("data/").await.bytes().await.unwrap();
    assert!(!listing.is_empty());
    let seen = mirror.faults.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!((seen[0].method.as_str(), seen[0].query.as_str()), ("GET", "a=b"));
    assert_eq!(
        (seen[0].path.as_str(), seen[0].range.as_deref()),
        (&*format!("/pub/musicbrainz/{FILE}"), Some("bytes=0-9"))
    );
    assert_eq!(mirror.faults.mirror_bytes_sent(), 10);
}
