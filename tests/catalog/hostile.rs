//! Upstream's text is not trusted: what is foul is refused, quoted harmlessly, and never followed.

use brainzlift::Kind;
use brainzlift::catalog::Family;

use crate::fake::{Fake, Trouble, sha256};

const STAMP: &str = "20260523-001002";

async fn with_sums(sums: &str) -> Fake {
    let fake = Fake::start().await;
    fake.json_dump(STAMP, &["artist"]).file(&format!("data/json-dumps/latest-is-{STAMP}"), "");
    fake.file(&format!("data/json-dumps/{STAMP}/SHA256SUMS"), sums);
    fake
}

#[tokio::test]
async fn a_malformed_sha256sums_is_an_integrity_error_that_names_file_and_line() {
    let good = format!("{} *artist.tar.xz", sha256("x"));
    let foul = [
        "<html>moved</html>".to_owned(),
        format!("{} *../../etc/passwd", sha256("x")),
        format!("{} *a\u{1b}[2Jb", sha256("x")),
        format!("{} *artist.tar.xz", sha256("another")),
    ];
    for line in foul {
        let fake = with_sums(&format!("{good}\n{line}\n")).await;
        let listing = fake.family(Family::MusicbrainzJson).await;
        let error = listing.dump.unwrap_err();
        assert_eq!(error.kind(), Kind::Integrity, "{line}");
        assert!(error.what().contains("SHA256SUMS") && error.what().contains('2'), "{error}");
        assert!(!error.to_string().contains('\u{1b}') && error.advice().is_some());
        assert!(listing.archives.is_empty());
    }
}

#[tokio::test]
async fn a_foul_name_in_a_listing_is_reported_and_the_good_ones_are_taken() {
    let fake = with_sums(&format!("{} *artist.tar.xz\n", sha256("x"))).await;
    let links = format!(
        "<a href='..%2F..%2Fetc/'>x</a><a href='20260524-001002%1b%5B2J/'>x</a><a href='{STAMP}/'>x</a><a href='latest-is-{STAMP}'>x</a>"
    );
    fake.page("data/json-dumps/", &links);
    let listing = fake.family(Family::MusicbrainzJson).await;
    assert_eq!(listing.dump.unwrap().name, STAMP);
    assert_eq!(listing.passed_over.len(), 2);
    assert!(listing.passed_over.iter().all(|passed| !passed.dump.contains(char::is_control)));
}

#[tokio::test]
async fn a_checksum_file_without_end_is_not_read_to_its_end() {
    let fake = with_sums(&format!("{} *artist.tar.xz\n", sha256("x")).repeat(20_000)).await;
    let error = fake.family(Family::MusicbrainzJson).await.dump.unwrap_err();
    assert_eq!(error.kind(), Kind::Fatal);
    assert!(error.what().contains("1 MiB") || error.what().contains("1.0 MiB"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_followed_to_http_only_and_not_without_end() {
    let fake = Fake::start().await;
    fake.json_dump(STAMP, &["artist"]).file(&format!("data/json-dumps/latest-is-{STAMP}"), "");
    let to = |to: &str| Trouble {
        path: "canonical_data/",
        status: 302,
        header: Some(("location", to.to_owned())),
    };
    fake.trouble(to("ftp://127.0.0.1/"));
    assert_eq!(fake.family(Family::MusicbrainzCanonical).await.dump.unwrap_err().kind(), Kind::Fatal);
    for _ in 0..12 {
        fake.trouble(to(&format!("{}canonical_data/", fake.url)));
    }
    let error = fake.family(Family::MusicbrainzCanonical).await.dump.unwrap_err();
    assert_eq!(error.kind(), Kind::Fatal);
    assert!(error.why().is_some());
}
