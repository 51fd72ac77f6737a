//! Starts that fail, and what is said then.

use brainzlift::error::Kind;
use brainzlift::sandbox::{Options, Sandbox};

use crate::support::{Bench, options};

/// Why a sandbox with these options does not start.
async fn failure(options: Options) -> brainzlift::Error {
    match Sandbox::start(options).await {
        Ok(_) => panic!("it started"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_file_in_place_of_the_folder_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sandbox");
    std::fs::write(&path, "a file").unwrap();
    let error = failure(Options { dir: path, ..options(&dir) }).await;
    assert_eq!(error.kind(), Kind::Usage);
    assert!(error.to_string().contains("sandbox") && error.advice().is_some(), "{error}");
}

#[tokio::test]
async fn a_second_program_is_told_that_the_first_is_there() {
    let bench = Bench::new().await;
    let error = failure(options(&bench.dir)).await;
    assert_eq!(error.kind(), Kind::Usage);
    assert!(error.to_string().starts_with("another program uses the sandbox"), "{error}");
    assert!(error.advice().is_some());
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let dir = tempfile::tempdir().unwrap();
    let error = failure(Options { s3_port: port, ..options(&dir) }).await;
    assert!(error.to_string().contains(&port.to_string()) && error.advice().is_some(), "{error}");
}

#[tokio::test]
async fn a_store_that_is_none_is_said_to_be_unreadable() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("store.redb"), vec![7; 8192]).unwrap();
    let error = failure(options(&dir)).await;
    assert!(error.advice().is_some(), "{error}");
    assert!(error.to_string().contains(dir.path().to_str().unwrap()), "{error}");
}

#[tokio::test]
async fn a_broken_key_file_is_named_and_not_quoted() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("keys.toml"), "secret_key = sesame").unwrap();
    let error = failure(options(&dir)).await;
    assert!(error.to_string().contains("keys.toml"), "{error}");
    assert!(!format!("{error:?}").contains("sesame"));
}

#[tokio::test]
async fn what_to_export_is_what_is_served() {
    let bench = Bench::new().await;
    let environment = bench.sandbox.environment();
    let value = |name: &str| environment.iter().find(|(known, _)| *known == name).unwrap().1.clone();
    assert_eq!(value("AWS_ENDPOINT_URL"), bench.sandbox.s3_url());
    assert_eq!(value("AWS_ACCESS_KEY_ID"), bench.sandbox.access_key());
    assert_eq!(value("AWS_REGION"), "eu-west-3");
    let mirror = reqwest::get(value("BRAINZLIFT_MIRROR")).await.unwrap();
    assert_eq!(mirror.status(), 200);
}

#[tokio::test]
async fn a_dropped_sandbox_serves_no_more() {
    let bench = Bench::new().await;
    let address = bench.sandbox.s3_url().trim_start_matches("http://").to_owned();
    drop(bench);
    for _ in 0..200 {
        if tokio::net::TcpStream::connect(&address).await.is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("it still listens");
}
