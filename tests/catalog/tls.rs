//! The mirror over HTTPS: the sandbox's own authority, certificates that are refused, and servers that speak something else.

use std::time::Instant;

use brainzlift::catalog::{Family, Mirror};
use brainzlift::network::Trust;
use brainzlift::sandbox::{Options, Sandbox};
use brainzlift::{Error, Kind, say};

use crate::fake::HASTE;
use crate::kit::{Authority, Far};

/// Good now.
const NOW: (i32, i32) = (2020, 2120);

async fn refused(url: &str, trust: &Trust) -> Error {
    let mirror = Mirror::trusting(url.parse().unwrap(), trust).unwrap();
    mirror.head(&url.parse().unwrap()).await.unwrap_err()
}

fn trusting(authority: &Authority) -> Trust {
    Trust::default().and_file("SSL_CERT_FILE", &authority.file()).unwrap()
}

#[tokio::test]
async fn dumps_are_found_over_https_by_whoever_trusts_the_authority() {
    let dir = tempfile::tempdir().unwrap();
    let samples = Some(std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("catalog-tls"));
    let options = Options { dir: dir.path().to_owned(), samples, tls: true, ..Options::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let trust = Trust::default().and_file("SSL_CERT_FILE", sandbox.ca_file().unwrap()).unwrap();
    let mirror = Mirror::trusting(sandbox.mirror_url().parse().unwrap(), &trust).unwrap();
    let listing = mirror.discover(&[Family::MusicbrainzJson]).await.unwrap();
    assert!(listing.archives().all(|archive| archive.url.scheme() == "https"));
    assert!(listing.archives().count() > 0);
    let error = refused(sandbox.mirror_url(), &Trust::default()).await;
    assert_eq!(error.why(), Some(say!("network-why-unknown-issuer").as_str()));
}

#[tokio::test]
async fn each_fault_of_a_certificate_is_told_in_words_and_tried_once() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let cases = [
        (theirs.sign("127.0.0.1", NOW), say!("network-why-unknown-issuer")),
        (ours.sign("mirror.example.org", NOW), say!("network-why-other-names", names = "mirror.example.org")),
        (ours.sign("127.0.0.1", (2020, 2021)), say!("network-why-expired")),
        (ours.sign("127.0.0.1", (2120, 2121)), say!("network-why-not-yet-valid")),
    ];
    for (acceptor, why) in cases {
        let far = Far::https(acceptor).await;
        let error = refused(&format!("https://{}/", far.address), &trusting(&ours)).await;
        assert_eq!((error.kind(), error.why()), (Kind::Fatal, Some(why.as_str())), "{error:?}");
        assert!(error.advice().is_some());
        assert_eq!(far.connections(), 1, "{why}");
    }
}

#[tokio::test]
async fn a_good_certificate_is_trusted_and_the_answer_is_what_is_told() {
    let ours = Authority::new();
    let far = Far::https(ours.sign("127.0.0.1", NOW)).await;
    let error = refused(&format!("https://{}/", far.address), &trusting(&ours)).await;
    assert_eq!(error.kind(), Kind::NotFound, "{error:?}");
}

#[tokio::test]
async fn https_and_http_that_were_mistaken_for_each_other_are_told() {
    let hasty = |url: String| async move {
        let mirror = Mirror::with_patience(url.parse().unwrap(), HASTE).unwrap();
        mirror.head(&url.parse().unwrap()).await.unwrap_err()
    };
    let plain = Far::saying(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n").await;
    let error = hasty(format!("https://{}/", plain.address)).await;
    assert_eq!(error.why(), Some(say!("network-why-not-tls").as_str()), "{error:?}");
    assert_eq!(error.advice(), Some(say!("network-hint-plain").as_str()));
    let error = hasty(format!("http://{}/", plain.address)).await;
    assert_eq!(error.advice(), Some(say!("network-hint-https").as_str()), "{error:?}");
    let alert = Far::saying(&[21, 3, 3, 0, 2, 2, 10]).await;
    let error = hasty(format!("http://{}/", alert.address)).await;
    assert_eq!(error.why(), Some(say!("network-why-not-http").as_str()), "{error:?}");
}

#[tokio::test]
async fn a_handshake_that_is_cut_is_tried_again() {
    let far = Far::saying(b"").await;
    let begun = Instant::now();
    let url = format!("https://{}/", far.address);
    let mirror = Mirror::with_patience(url.parse().unwrap(), HASTE).unwrap();
    let error = mirror.head(&url.parse().unwrap()).await.unwrap_err();
    assert!(error.kind().is_retryable(), "{error:?}");
    assert_eq!(far.connections(), HASTE.tries);
    assert!(begun.elapsed().as_secs() < 20);
}
