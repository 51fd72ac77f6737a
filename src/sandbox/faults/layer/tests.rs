//! The faults of the S3 server, in front of one that gives back what it is sent. Those of the mirror are tested over HTTP.

use http::header::{ETAG, IF_MATCH};
use hyper::service::service_fn;

use super::*;
use crate::sandbox::faults::Fault;

/// Sends a request with `body` through `faults` to a server that echoes it.
async fn send(
    faults: &Faults,
    request: http::request::Builder,
    body: &'static str,
) -> Result<Response<Body>, BoxError> {
    let echo = service_fn(|request: Request<Body>| async move {
        let mut response = Response::new(full(request.into_body().collect().await?.to_bytes()));
        response.headers_mut().insert(ETAG, http::HeaderValue::from_static("\"1\""));
        Ok::<_, BoxError>(response)
    });
    let layer = Layered::new(On::S3, faults.clone(), echo);
    Service::call(&layer, request.body(full(body)).unwrap()).await
}

fn put() -> http::request::Builder {
    Request::put("/bucket/a%20key?partNumber=1&uploadId=x").header(CONTENT_LENGTH, 10)
}

fn with(what: What) -> Faults {
    let faults = Faults::none();
    faults.add(Fault::new(On::S3, "/bucket/a key", what));
    faults
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8_lossy(&response.into_body().collect().await.unwrap().to_bytes()).into_owned()
}

#[tokio::test]
async fn errors_are_what_s3_says() {
    for (what, status, code) in [
        (What::InternalError, 500, "InternalError"),
        (What::SlowDown, 503, "SlowDown"),
        (What::ErrorInOk, 200, "InternalError"),
        (What::ExpiredToken, 400, "ExpiredToken"),
        (What::AccessDenied, 403, "AccessDenied"),
        (What::Vanish, 404, "NoSuchKey"),
    ] {
        let answer = send(&with(what), put(), "0123456789").await.unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()[CONTENT_TYPE], "application/xml");
        let text = text(answer).await;
        assert!(text.contains(&format!("<Error><Code>{code}</Code>")), "{text}");
    }
}

#[tokio::test]
async fn a_wrong_byte_of_an_upload_is_what_the_server_sees() {
    let answer = send(&with(What::FlipByte { offset: None }), put(), "0123456789").await.unwrap();
    let got = answer.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(&got[..], b"01234\xca6789");
}

#[tokio::test]
async fn an_upload_that_is_reset_fails_whatever_the_server_made_of_it() {
    for what in [What::Reset { after: 3 }, What::Reset { after: 100 }, What::LostAnswer] {
        let error = send(&with(what), put(), "0123456789").await.unwrap_err();
        assert_eq!(error.downcast_ref(), Some(&Hangup::Reset));
    }
    let refused = send(&with(What::Refuse), put(), "0123456789").await.unwrap_err();
    assert_eq!(refused.downcast_ref(), Some(&Hangup::Close));
}

#[tokio::test]
async fn a_changed_object_refuses_its_old_tag() {
    let faults = with(What::ChangedEtag);
    let get = || Request::get("/bucket/a%20key");
    let answer = send(&faults, get(), "").await.unwrap();
    assert_eq!(answer.headers()[ETAG], "\"changed-1\"");
    let answer = send(&faults, get().header(IF_MATCH, "\"1\""), "").await.unwrap();
    assert_eq!(answer.status(), 412);
    assert!(text(answer).await.contains("PreconditionFailed"));
}

#[tokio::test]
async fn requests_are_logged_decoded_and_their_bytes_counted() {
    let faults = Faults::none();
    assert_eq!(text(send(&faults, put(), "0123456789").await.unwrap()).await, "0123456789");
    let seen = faults.seen();
    assert_eq!((seen[0].path.as_str(), seen[0].query.as_str()), ("/bucket/a key", "partNumber=1&uploadId=x"));
    assert_eq!((faults.s3_bytes_received(), faults.mirror_bytes_sent()), (10, 0));
}
