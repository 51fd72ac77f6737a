//! An S3 that throws every byte away: what a client reaches against it is the client's own ceiling.
//!
//! It answers what uploaders ask: multipart uploads, PutObject, HeadObject with size and metadata, listings, deletes, a bucket's
//! settings as they are when nobody set them, and who one is. It checks no signature and no checksum; as S3 does, it gives
//! those of a part or an object back in its answer, but it keeps none.
//! `GET /-/seen` tells which integrity work the requests since the last such question showed, one word a line.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::Result;
use crate::memory::{Memory, Object, Part, Upload};
use crate::wire::{Answer, Head, described, discard, document, empty, error, tagged, typed};
use crate::xml;

/// Bytes that are read ahead on a connection.
const READ_AHEAD: usize = 512 << 10;

/// Serves until the process ends.
pub(crate) async fn serve(listener: TcpListener) -> Result<()> {
    let memory = Arc::new(Mutex::new(Memory::default()));
    loop {
        let (stream, _) = listener.accept().await?;
        let _ = stream.set_nodelay(true);
        let memory = Arc::clone(&memory);
        let service = service_fn(move |request| {
            let memory = Arc::clone(&memory);
            async move { Ok::<_, Infallible>(answer(&memory, request).await) }
        });
        let mut http = http1::Builder::new();
        http.max_buf_size(READ_AHEAD);
        tokio::spawn(async move { http.serve_connection(TokioIo::new(stream), service).await });
    }
}

async fn answer(memory: &Mutex<Memory>, request: Request<Incoming>) -> Answer {
    let (parts, body) = request.into_parts();
    let head = Head::new(parts);
    let answered = match head.method {
        Method::PUT => put(memory, &head, body).await,
        Method::POST => post(memory, &head, body).await,
        Method::GET | Method::HEAD => Ok(get(&mut lock(memory), &head)),
        Method::DELETE => Ok(delete(&mut lock(memory), &head)),
        _ => Ok(error(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed")),
    };
    answered.unwrap_or_else(|_| error(StatusCode::BAD_REQUEST, "IncompleteBody"))
}

fn lock(memory: &Mutex<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn put(memory: &Mutex<Memory>, head: &Head, body: Incoming) -> Result<Answer> {
    let size = head.size(discard(body).await?);
    let mut memory = lock(memory);
    if head.key.is_empty() {
        return Ok(empty(StatusCode::OK));
    }
    memory.seen.extend(head.integrity());
    let etag = head.etag();
    if let Some(id) = head.query("uploadId") {
        let number = head.query("partNumber").and_then(|number| number.parse().ok());
        return Ok(match (memory.uploads.get_mut(id), number) {
            (Some(upload), Some(number)) => {
                upload.parts.insert(number, Part { size, etag: etag.clone() });
                head.echo(tagged(&etag))
            }
            _ => error(StatusCode::NOT_FOUND, "NoSuchUpload"),
        });
    }
    let object = Object { size, etag: etag.clone(), headers: head.kept() };
    memory.objects.insert((head.bucket.clone(), head.key.clone()), object);
    Ok(head.echo(tagged(&etag)))
}

async fn post(memory: &Mutex<Memory>, head: &Head, body: Incoming) -> Result<Answer> {
    let body = body.collect().await?.to_bytes();
    let mut memory = lock(memory);
    if head.bucket.is_empty() {
        return Ok(typed(StatusCode::OK, "text/xml", xml::IDENTITY.to_owned()));
    }
    if head.query("delete").is_some() {
        let keys = keys(&String::from_utf8_lossy(&body));
        for key in &keys {
            memory.objects.remove(&(head.bucket.clone(), key.clone()));
        }
        return Ok(document(xml::deleted(&keys)));
    }
    if head.query("uploads").is_some() {
        return Ok(head.echo(document(xml::begun(head, &begin(&mut memory, head)))));
    }
    let Some(id) = head.query("uploadId") else {
        return Ok(error(StatusCode::NOT_IMPLEMENTED, "NotImplemented"));
    };
    memory.seen.extend(head.integrity());
    Ok(match memory.complete(id) {
        Some(object) => document(xml::completed(head, &object.etag)),
        None => error(StatusCode::NOT_FOUND, "NoSuchUpload"),
    })
}

fn begin(memory: &mut Memory, head: &Head) -> String {
    let id = memory.fresh_id();
    let (bucket, key) = (head.bucket.clone(), head.key.clone());
    memory.uploads.insert(id.clone(), Upload { bucket, key, headers: head.kept(), ..Upload::default() });
    id
}

/// The keys of a request to delete several.
fn keys(body: &str) -> Vec<String> {
    let ends = body.split("<Key>").skip(1).filter_map(|rest| rest.split_once("</Key>"));
    ends.map(|(key, _)| xml::unescaped(key)).collect()
}

fn get(memory: &mut Memory, head: &Head) -> Answer {
    match (head.bucket.as_str(), head.key.as_str()) {
        ("", _) => document(xml::buckets(memory)),
        ("-", "seen") => {
            let seen: Vec<String> = std::mem::take(&mut memory.seen).into_iter().collect();
            typed(StatusCode::OK, "text/plain", seen.join("\n"))
        }
        (_, "") if head.method == Method::HEAD => empty(StatusCode::OK),
        (_, "") => setting(memory, head),
        _ => object(memory, head),
    }
}

fn object(memory: &Memory, head: &Head) -> Answer {
    if let Some(id) = head.query("uploadId") {
        return match memory.uploads.get(id) {
            Some(upload) => document(xml::parts(id, upload)),
            None => error(StatusCode::NOT_FOUND, "NoSuchUpload"),
        };
    }
    let found = memory.objects.get(&(head.bucket.clone(), head.key.clone()));
    match (&head.method, found) {
        (&Method::HEAD, Some(object)) => described(object),
        (&Method::HEAD, None) => empty(StatusCode::NOT_FOUND),
        (_, Some(_)) => error(StatusCode::NOT_IMPLEMENTED, "NotImplemented"),
        (_, None) => error(StatusCode::NOT_FOUND, "NoSuchKey"),
    }
}

/// Listings, and the settings of a bucket that nobody has set.
fn setting(memory: &Memory, head: &Head) -> Answer {
    let asked = |name: &str| head.query(name).is_some();
    let unset = |code: &str| error(StatusCode::NOT_FOUND, code);
    if asked("location") {
        document(xml::nothing("LocationConstraint"))
    } else if asked("versioning") {
        document(xml::nothing("VersioningConfiguration"))
    } else if asked("encryption") {
        document(xml::encryption())
    } else if asked("lifecycle") {
        unset("NoSuchLifecycleConfiguration")
    } else if asked("publicAccessBlock") {
        unset("NoSuchPublicAccessBlockConfiguration")
    } else if asked("policy") {
        unset("NoSuchBucketPolicy")
    } else if asked("object-lock") {
        unset("ObjectLockConfigurationNotFoundError")
    } else if asked("uploads") {
        document(xml::uploads(memory, head))
    } else {
        document(xml::objects(memory, head))
    }
}

fn delete(memory: &mut Memory, head: &Head) -> Answer {
    if let Some(id) = head.query("uploadId") {
        if memory.uploads.remove(id).is_none() {
            return error(StatusCode::NOT_FOUND, "NoSuchUpload");
        }
    } else {
        memory.objects.remove(&(head.bucket.clone(), head.key.clone()));
    }
    empty(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use reqwest::{Client, Response};

    use super::*;

    async fn started() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener));
        url
    }

    async fn text(answer: Response) -> String {
        assert!(answer.status().is_success(), "{answer:?}");
        answer.text().await.unwrap()
    }

    #[tokio::test]
    async fn an_upload_in_parts_becomes_an_object_with_size_and_metadata_and_without_checksum() {
        let (url, client) = (started().await, Client::new());
        let key = format!("{url}/bench/raw/a%20b");
        let begun =
            client.post(format!("{key}?uploads")).header("x-amz-meta-sha256", "abc").send().await.unwrap();
        let begun = text(begun).await;
        let id = begun.split("<UploadId>").nth(1).unwrap().split('<').next().unwrap();
        for number in [1, 2] {
            let part = client.put(format!("{key}?partNumber={number}&uploadId={id}")).body(vec![7; 1000]);
            let part = part.header("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=");
            let sent = part.header("x-amz-content-sha256", "UNSIGNED-PAYLOAD").send().await.unwrap();
            assert_eq!(sent.headers()["x-amz-checksum-crc64nvme"], "AAAAAAAAAAA=");
            text(sent).await;
        }
        let parts = text(client.get(format!("{key}?uploadId={id}")).send().await.unwrap()).await;
        assert_eq!(parts.matches("<Size>1000</Size>").count(), 2, "{parts}");
        text(client.post(format!("{key}?uploadId={id}")).body("<x/>").send().await.unwrap()).await;

        let head = client.head(&key).send().await.unwrap();
        let header = |name: &str| head.headers().get(name).map(|value| value.to_str().unwrap());
        assert_eq!((header("content-length"), header("x-amz-meta-sha256")), (Some("2000"), Some("abc")));
        assert!(!head.headers().keys().any(|name| name.as_str().starts_with("x-amz-checksum")));
        assert_eq!(text(client.get(format!("{url}/-/seen")).send().await.unwrap()).await, "CRC64NVME");
        let listed =
            text(client.get(format!("{url}/bench?list-type=2&prefix=raw/")).send().await.unwrap()).await;
        assert!(listed.contains("<Key>raw/a b</Key>"), "{listed}");
    }

    #[tokio::test]
    async fn chunks_that_are_signed_count_without_their_signatures() {
        let (url, client) = (started().await, Client::new());
        let put = client.put(format!("{url}/bench/a")).header("x-amz-decoded-content-length", "5");
        let put = put.header("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        text(put.body("5;chunk-signature=0\r\nhello\r\n0\r\n\r\n").send().await.unwrap()).await;
        let head = client.head(format!("{url}/bench/a")).send().await.unwrap();
        assert_eq!(head.headers()["content-length"], "5");
        let keys = "<Delete><Object><Key>a</Key></Object></Delete>";
        text(client.post(format!("{url}/bench?delete")).body(keys).send().await.unwrap()).await;
        assert_eq!(
            client.head(format!("{url}/bench/a")).send().await.unwrap().status(),
            StatusCode::NOT_FOUND
        );
    }
}
