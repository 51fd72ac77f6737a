//! The download leg: one archive from the mirror, in order, taken up where the journal says it can be.
//!
//! What a server answers is checked before a byte of it is used: the status, the range, the length and the validators.

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{CONTENT_RANGE, ETAG, HeaderMap, IF_RANGE, LAST_MODIFIED, RANGE};
use reqwest::{Response, StatusCode};
use tokio_util::sync::CancellationToken;

use super::Leg;
use super::digest::Digests;
use super::job::Job;
use super::retry::Tries;
use super::sink::Sink;
use crate::catalog::{Validators, http};
use crate::error::{Error, Kind, Result};
use crate::say;

/// Brings what is missing into `sink`, and gives the digests of the whole. Ends early, with everything durable, when `halt` is cancelled.
pub(super) async fn download(job: &Job, mut sink: Sink, halt: &CancellationToken) -> Result<Digests> {
    let fetched = halt.run_until_cancelled(fetch(job, &mut sink)).await;
    let digests = sink.close().await;
    match (fetched, digests) {
        // The disk's own word, whatever the network made of it.
        (_, Err(error)) | (Some(Err(error)), _) => Err(error),
        (Some(Ok(())), digests) => digests,
        (None, Ok(_)) => Err(Error::new(Kind::Interrupted, say!("transfer-interrupted"))),
    }
}

/// Requests until all is there.
async fn fetch(job: &Job, sink: &mut Sink) -> Result<()> {
    let mut tries = Tries::new();
    let mut ignored_ranges = 0;
    while sink.position() < job.archive.size {
        let before = sink.position();
        let Err(error) = attempt(job, sink, &mut ignored_ranges).await else { continue };
        if sink.position() > before {
            tries.reset();
        }
        match tries.next(&error) {
            Some(wait) => job.wait(Leg::Download, tries.failed(), wait, error).await,
            None => return Err(error),
        }
    }
    Ok(())
}

/// One request, and as many of its bytes as come.
async fn attempt(job: &Job, sink: &mut Sink, ignored_ranges: &mut u32) -> Result<()> {
    let response = request(job, sink.position()).await?;
    let mut skip = match accept(job, &response, sink.position()) {
        Ok(Accepted::Range) => 0,
        // Once is a hiccup; twice is a server without ranges, of which the bytes that are here already are passed over.
        Ok(Accepted::Whole) if sink.position() == 0 || *ignored_ranges > 0 => sink.position(),
        Ok(Accepted::Whole) => {
            *ignored_ranges += 1;
            return Err(trouble(job, Kind::Transient, say!("transfer-range-ignored")));
        }
        Err(error) => return Err(error),
    };
    let mut response = response;
    let mut orders = job.orders.clone();
    loop {
        orders.go().await;
        let Some(bytes) = next(job, &mut response).await? else { break };
        let bytes = pass_over(&mut skip, bytes);
        if sink.position() + bytes.len() as u64 > job.archive.size {
            return Err(trouble(job, Kind::Transient, say!("transfer-too-long")));
        }
        job.progress.add_moved_down(bytes.len() as u64);
        if !bytes.is_empty() && !sink.write(bytes).await {
            // The disk's own error is told when the sink is closed.
            return Err(trouble(job, Kind::Fatal, say!("transfer-disk-gone")));
        }
    }
    if sink.position() < job.archive.size {
        return Err(trouble(job, Kind::Transient, say!("transfer-ended-early")));
    }
    Ok(())
}

async fn request(job: &Job, from: u64) -> Result<Response> {
    let Some(mirror) = &job.ends.mirror else {
        return Err(trouble(job, Kind::Fatal, say!("transfer-no-mirror")));
    };
    let url = &job.archive.url;
    let mut request = mirror.client().get(url.clone());
    if from > 0 {
        request = request.header(RANGE, format!("bytes={from}-"));
        if let Some(validator) = strong(&job.archive.validators) {
            request = request.header(IF_RANGE, validator);
        }
    }
    let response =
        tokio::time::timeout(job.options.stall, request.send()).await.map_err(|_elapsed| stalled(job))?;
    response.map_err(|error| http::explain(url, error))
}

/// What identifies the bytes well enough for `If-Range`, which allows no weak tag.
fn strong(validators: &Validators) -> Option<&str> {
    let tag = validators.etag.as_deref().filter(|tag| !tag.starts_with("W/"));
    tag.or(validators.last_modified.as_deref())
}

async fn next(job: &Job, response: &mut Response) -> Result<Option<Bytes>> {
    let chunk =
        tokio::time::timeout(job.options.stall, response.chunk()).await.map_err(|_elapsed| stalled(job))?;
    chunk.map_err(|error| http::explain(&job.archive.url, error))
}

fn pass_over(skip: &mut u64, mut bytes: Bytes) -> Bytes {
    let over = usize::try_from(*skip).unwrap_or(usize::MAX).min(bytes.len());
    *skip -= over as u64;
    bytes.split_off(over)
}

/// What a server agreed to send.
#[derive(Debug, PartialEq, Eq)]
enum Accepted {
    /// The bytes that were asked for.
    Range,
    /// The archive from its first byte.
    Whole,
}

/// Compares an answer with what was asked; nothing that differs reaches the disk.
fn accept(job: &Job, response: &Response, from: u64) -> Result<Accepted> {
    let (status, headers) = (response.status(), response.headers());
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => return Err(gone(job)),
        StatusCode::RANGE_NOT_SATISFIABLE => return Err(changed(job)),
        StatusCode::OK | StatusCode::PARTIAL_CONTENT => {}
        _ => {
            return Err(http::refusal(&job.archive.url, status, headers, Timestamp::now()));
        }
    }
    if differs(&job.archive.validators, headers) {
        return Err(changed(job));
    }
    let size = job.archive.size;
    if status == StatusCode::OK {
        let other = response.content_length().is_some_and(|length| length != size);
        return if other { Err(changed(job)) } else { Ok(Accepted::Whole) };
    }
    let range = headers.get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
    if range == Some(format!("bytes {from}-{}/{size}", size - 1).as_str()) {
        Ok(Accepted::Range)
    } else {
        Err(trouble(
            job,
            Kind::Transient,
            say!("transfer-wrong-range", range = crate::words::harmless(range.unwrap_or("-"))),
        ))
    }
}

/// Whether both sides name a validator and the two are not the same.
fn differs(pinned: &Validators, headers: &HeaderMap) -> bool {
    let other = |pinned: &Option<String>, name| {
        let now = headers.get(name).and_then(|value| value.to_str().ok());
        pinned.as_deref().zip(now).is_some_and(|(pinned, now)| pinned != now)
    };
    other(&pinned.etag, ETAG) || (pinned.etag.is_none() && other(&pinned.last_modified, LAST_MODIFIED))
}

fn trouble(job: &Job, kind: Kind, why: String) -> Error {
    Error::new(kind, say!("transfer-cannot-download", archive = job.archive.name.clone()))
        .because(why)
        .hint(say!("transfer-cannot-download-hint"))
}

fn stalled(job: &Job) -> Error {
    trouble(job, Kind::Transient, say!("transfer-stalled", seconds = job.options.stall.as_secs()))
}

fn changed(job: &Job) -> Error {
    trouble(job, Kind::SourceChanged, say!("transfer-changed")).hint(say!("transfer-changed-hint"))
}

fn gone(job: &Job) -> Error {
    trouble(job, Kind::NotFound, say!("transfer-gone", dump = job.archive.dump.name.clone()))
        .hint(say!("transfer-gone-hint"))
}
