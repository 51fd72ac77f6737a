//! S3 over HTTPS: the sandbox's own authority, certificates that are refused, and servers that speak something else.

use std::time::{Duration, Instant};

use brainzlift::bucket::{Connection, Target};
use brainzlift::network::Trust;
use brainzlift::sandbox::{Options, Sandbox};
use brainzlift::{Error, Kind, say};
use secrecy::ExposeSecret as _;

use crate::kit::{Authority, Far};
use crate::target::target;

/// Good now.
const NOW: (i32, i32) = (2020, 2120);

fn trusting(authority: &Authority) -> Trust {
    Trust::default().and_file("AWS_CA_BUNDLE", &authority.file()).unwrap()
}

async fn refused(url: &str, trust: Trust) -> Error {
    let target = Target { trust, ..target(url, "AKIATEST", "secret") };
    let error = Connection::open(&target).await.unwrap_err();
    assert!(error.what().contains(url), "{error}");
    error
}

#[tokio::test]
async fn the_sandbox_is_reached_over_https_by_whoever_trusts_its_authority() {
    let dir = tempfile::tempdir().unwrap();
    let samples = Some(std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bucket-sandbox"));
    let options = Options { dir: dir.path().to_owned(), samples, tls: true, ..Options::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    assert!(
        sandbox.s3_url().starts_with("https://127.0.0.1:") && sandbox.mirror_url().starts_with("https://")
    );
    let stranger = target(sandbox.s3_url(), sandbox.access_key(), sandbox.secret_key().expose_secret());
    let trust = Trust::default().and_file("AWS_CA_BUNDLE", sandbox.ca_file().unwrap()).unwrap();
    for url in [sandbox.s3_url().to_owned(), sandbox.s3_url().replace("127.0.0.1", "localhost")] {
        let friend = Target { endpoint_url: Some(url), trust: trust.clone(), ..stranger.clone() };
        let connection = Connection::open(&friend).await.unwrap();
        connection.buckets().await.unwrap();
    }
    let error = Connection::open(&stranger).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Fatal);
    assert_eq!(error.why(), Some(say!("network-why-unknown-issuer").as_str()));
    assert!(error.advice().unwrap().contains("AWS_CA_BUNDLE"));
}

#[tokio::test]
async fn each_fault_of_a_certificate_is_told_in_words_and_given_up_at_once() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let cases = [
        (theirs.sign("127.0.0.1", NOW), say!("network-why-unknown-issuer")),
        (ours.sign("s3.example.org", NOW), say!("network-why-other-names", names = "s3.example.org")),
        (ours.sign("127.0.0.1", (2020, 2021)), say!("network-why-expired")),
        (ours.sign("127.0.0.1", (2120, 2121)), say!("network-why-not-yet-valid")),
    ];
    for (acceptor, why) in cases {
        let far = Far::https(acceptor).await;
        let error = refused(&format!("https://{}", far.address), trusting(&ours)).await;
        assert_eq!((error.kind(), error.why()), (Kind::Fatal, Some(why.as_str())), "{error:?}");
        assert!(error.advice().is_some());
    }
}

#[tokio::test]
async fn a_bad_certificate_is_not_tried_again_and_again() {
    let far = Far::https(Authority::new().sign("127.0.0.1", NOW)).await;
    let begun = Instant::now();
    refused(&format!("https://{}", far.address), Trust::default()).await;
    // The control client of the SDK tries three times by itself, and no more.
    assert!(far.connections() <= 3, "{}", far.connections());
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn a_good_certificate_is_trusted_and_the_answer_is_what_is_told() {
    let ours = Authority::new();
    let far = Far::https(ours.sign("127.0.0.1", NOW)).await;
    let error = refused(&format!("https://{}", far.address), trusting(&ours)).await;
    assert_eq!(error.kind(), Kind::NotFound, "{error:?}");
}

#[tokio::test]
async fn https_and_http_that_were_mistaken_for_each_other_are_told() {
    let plain = Far::saying(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n").await;
    let error = refused(&format!("https://{}", plain.address), Trust::default()).await;
    assert_eq!(error.why(), Some(say!("network-why-not-tls").as_str()), "{error:?}");
    let alert = Far::saying(&[21, 3, 3, 0, 2, 2, 10]).await;
    let error = refused(&format!("http://{}", alert.address), Trust::default()).await;
    assert_eq!(error.why(), Some(say!("network-why-not-http").as_str()), "{error:?}");
    let go =
        Far::saying(b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n")
            .await;
    let error = refused(&format!("http://{}", go.address), Trust::default()).await;
    assert_eq!(error.why(), Some(say!("network-why-wants-tls").as_str()), "{error:?}");
    assert_eq!(error.kind(), Kind::Fatal);
}

#[tokio::test]
async fn a_handshake_that_is_cut_may_be_tried_again() {
    let far = Far::saying(b"").await;
    let error = refused(&format!("https://{}", far.address), Trust::default()).await;
    assert_eq!(error.kind(), Kind::Transient, "{error:?}");
}
