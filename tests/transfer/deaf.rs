//! A store that does not hear `Range`: what it answers must not become a file.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use brainzlift::bucket::{Bucket, Connection, Keys, Target};
use brainzlift::transfer::fetch::{self, Item, Options, What};

use crate::fetch::{KEY, bytes};

/// A store of a few lines that answers every request for bytes with all of them.
async fn deaf_to_ranges() -> (Bucket, tokio::task::JoinHandle<()>) {
    let answer = |request: Request| async move {
        if request.uri().path() == "/" {
            let none = "<ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>";
            let status = if request.method() == "GET" { 200 } else { 501 };
            return Response::builder().status(status).body(Body::from(none));
        }
        let body = if request.method() == "GET" { bytes(300_000) } else { Vec::new() };
        Response::builder()
            .header("etag", "\"a-2\"")
            .header("content-length", "300000")
            .body(Body::from(body))
    };
    let app = Router::new().fallback(move |request| async move { answer(request).await.unwrap() });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let keys = Keys {
        access_key_id: "AKIATEST".to_owned(),
        secret_access_key: "secret".to_owned().into(),
        session_token: None,
    };
    let (region, endpoint_url) = (Some("eu-west-3".to_owned()), Some(url));
    let target = Target { region, endpoint_url, keys: Some(keys), ..Target::default() };
    let bucket = Connection::open(&target).await.unwrap().bucket("lifted").await.unwrap();
    (bucket, server)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_ignores_the_range_never_reaches_the_file() {
    let (bucket, server) = deaf_to_ranges().await;
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("thing.bin");
    let options = Options { range: 64 << 10, ..Options::new(dir.path().join("state")) };
    let running = fetch::start(&bucket, vec![Item::new(KEY, to.clone())], options);
    let (tally, cancel) = (std::sync::Arc::clone(&running.tally), running.cancel.clone());
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(1)).await;
        cancel.cancel();
    });
    let mut running = running;
    let mut retries = 0;
    while let Some(told) = running.news.recv().await {
        retries += usize::from(matches!(told.what, What::Retrying { .. }));
    }
    assert_eq!((running.finish().await.interrupted, tally.moved()), (1, 0));
    assert!(retries > 0, "nothing was refused");
    assert!(!to.exists());
    server.abort();
}
