//! Servers that stumble are asked again; servers that are not there are said so at once.

use std::time::{Duration, Instant};

use brainzlift::Kind;
use brainzlift::catalog::{Family, Mirror};

use crate::fake::{Fake, HASTE, Trouble};

const STAMP: &str = "20260523-001002";
const LISTING: &str = "data/json-dumps/";

async fn fake() -> Fake {
    let fake = Fake::start().await;
    fake.json_dump(STAMP, &["artist"]).file(&format!("{LISTING}latest-is-{STAMP}"), "");
    fake
}

fn status(status: u16) -> Trouble {
    Trouble { path: LISTING, status, header: None }
}

#[tokio::test]
async fn a_server_that_stumbles_is_asked_again() {
    let fake = fake().await;
    fake.trouble(status(500)).trouble(status(503)).trouble(status(502));
    assert!(fake.family(Family::MusicbrainzJson).await.dump.is_ok());
    assert_eq!(fake.seen(LISTING).len(), 4);
}

#[tokio::test]
async fn patience_ends_and_the_error_says_what_the_server_said() {
    let fake = fake().await;
    for _ in 0..HASTE.tries {
        fake.trouble(status(500));
    }
    let error = fake.family(Family::MusicbrainzJson).await.dump.unwrap_err();
    assert_eq!(error.kind(), Kind::Transient);
    assert!(error.to_string().contains("500") && error.what().contains(LISTING), "{error}");
    assert_eq!(fake.seen(LISTING).len(), HASTE.tries);
}

#[tokio::test]
async fn retry_after_is_honoured() {
    let fake = fake().await;
    fake.trouble(Trouble { path: LISTING, status: 429, header: Some(("retry-after", "1".to_owned())) });
    let begun = Instant::now();
    assert!(fake.family(Family::MusicbrainzJson).await.dump.is_ok());
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn what_is_not_there_or_forbidden_is_not_asked_for_twice() {
    for (answer, kind) in [(404, Kind::NotFound), (403, Kind::Permission)] {
        let fake = fake().await;
        fake.trouble(status(answer));
        assert_eq!(fake.family(Family::MusicbrainzJson).await.dump.unwrap_err().kind(), kind);
        assert_eq!(fake.seen(LISTING).len(), 1);
    }
}

#[tokio::test]
async fn a_mirror_that_is_not_there_is_one_clear_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://me:hunter2@{}/pub", listener.local_addr().unwrap());
    drop(listener);
    let mirror = Mirror::with_patience(url.parse().unwrap(), HASTE).unwrap();
    let error = mirror.discover(&Family::ALL).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Offline);
    assert!(
        error.what().contains("127.0.0.1") && error.why().is_some() && error.advice().is_some(),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[tokio::test]
async fn requests_name_the_program_and_a_login_goes_to_its_own_host_only() {
    let (fake, other) = (fake().await, fake().await);
    let url = fake.url.replace("http://", "http://me:hunter2@");
    fake.trouble(Trouble {
        path: "data/json-dumps/",
        status: 302,
        header: Some(("location", format!("{}{LISTING}", other.url))),
    });
    let listing = Mirror::with_patience(url.parse().unwrap(), HASTE)
        .unwrap()
        .discover(&[Family::MusicbrainzJson])
        .await
        .unwrap();
    let archive = listing.archives().next().unwrap();
    assert!(!archive.url.as_str().contains("hunter2"));
    let asked = &fake.seen(LISTING)[0];
    assert_eq!(asked.headers["authorization"], "Basic bWU6aHVudGVyMg==");
    assert!(asked.headers["user-agent"].to_str().unwrap().starts_with("brainzlift/"));
    assert_eq!(asked.headers["accept-encoding"], "identity");
    assert!(!other.seen(LISTING)[0].headers.contains_key("authorization"));
}
