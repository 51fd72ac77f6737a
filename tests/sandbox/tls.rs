//! The sandbox over HTTPS, and those who disturb it.

use std::time::Duration;

use brainzlift::sandbox::faults::{Fault, On, What};
use brainzlift::sandbox::{Options, Sandbox, Scale};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn sandbox(dir: &std::path::Path) -> Sandbox {
    let samples = Some(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("tls-samples"));
    let options = Options {
        dir: dir.to_owned(),
        samples,
        scale: Scale::Test,
        rate: Some(0),
        tls: true,
        tls_names: vec!["sandbox.test".to_owned()],
        ..Options::default()
    };
    Sandbox::start(options).await.unwrap()
}

fn client(sandbox: &Sandbox) -> reqwest::Client {
    let pem = std::fs::read(sandbox.ca_file().unwrap()).unwrap();
    let address = address(sandbox.mirror_url()).parse().unwrap();
    reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([reqwest::Certificate::from_pem(&pem).unwrap()])
        .resolve("sandbox.test", address)
        .build()
        .unwrap()
}

fn address(url: &str) -> &str {
    url.trim_start_matches("https://").split('/').next().unwrap()
}

async fn is_served(client: &reqwest::Client, url: &str) -> bool {
    let answer = tokio::time::timeout(Duration::from_secs(20), client.get(url).send()).await.unwrap();
    answer.unwrap().status().is_success()
}

#[tokio::test]
async fn its_certificate_is_good_for_this_machine_and_for_names_that_were_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = sandbox(dir.path()).await;
    let client = client(&sandbox);
    for host in ["127.0.0.1", "localhost", "sandbox.test"] {
        assert!(is_served(&client, &sandbox.mirror_url().replace("127.0.0.1", host)).await, "{host}");
    }
}

#[tokio::test]
async fn the_authority_stays_when_it_is_started_again() {
    let dir = tempfile::tempdir().unwrap();
    let first = sandbox(dir.path()).await;
    let client = client(&first);
    first.stop().await;
    let second = sandbox(dir.path()).await;
    assert!(is_served(&client, second.mirror_url()).await);
    let environment = second.environment();
    for name in ["AWS_CA_BUNDLE", "SSL_CERT_FILE"] {
        let (_, value) = environment.iter().find(|(variable, _)| *variable == name).unwrap();
        assert_eq!(std::path::Path::new(value), second.ca_file().unwrap());
        assert!(second.ca_file().unwrap().is_absolute());
    }
}

#[tokio::test]
async fn those_who_say_nothing_or_nonsense_hold_up_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = sandbox(dir.path()).await;
    let client = client(&sandbox);
    for url in [sandbox.s3_url(), sandbox.mirror_url()] {
        let mut silent = Vec::new();
        for _ in 0..100 {
            silent.push(TcpStream::connect(address(url)).await.unwrap());
        }
        for noise in [b"\x16\x03\x01garbage that is no handshake".as_slice(), b"\0\0\0\0", b"\x16"] {
            let mut stream = TcpStream::connect(address(url)).await.unwrap();
            stream.write_all(noise).await.unwrap();
            silent.push(stream);
        }
        assert!(is_served(&client, sandbox.mirror_url()).await);
    }
}

#[tokio::test]
async fn a_plain_request_is_told_that_this_is_https() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = sandbox(dir.path()).await;
    for url in [sandbox.s3_url(), sandbox.mirror_url()] {
        let mut stream = TcpStream::connect(address(url)).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("HTTPS server"), "{answer}");
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        assert!(answer.contains(&format!("content-length: {}\r\n", body.len())));
    }
}

#[tokio::test]
async fn faults_work_over_https_too() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = sandbox(dir.path()).await;
    let client = client(&sandbox);
    for what in [What::Reset { after: 10 }, What::Truncate { after: 10 }, What::Refuse] {
        sandbox.faults().add(Fault::new(On::Mirror, "/pub/musicbrainz/", what.clone()));
        let broken = match client.get(sandbox.mirror_url()).send().await {
            Ok(answer) => answer.bytes().await.is_err(),
            Err(_) => true,
        };
        assert!(broken, "{what:?}");
        assert!(is_served(&client, sandbox.mirror_url()).await);
    }
    assert_eq!(sandbox.faults().hits().len(), 3);
}
