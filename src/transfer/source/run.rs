//! One run: a stretch of an archive from the mirror over one connection, taken up where it broke.
//!
//! What a server answers is checked before a byte of it is used: the status, the range, the length and the validators.

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{CONTENT_RANGE, ETAG, HeaderMap, IF_RANGE, LAST_MODIFIED, RANGE};
use reqwest::{Response, StatusCode};
use tokio::sync::mpsc;

use crate::catalog::{Validators, http};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::budget::{Connection, Memory};
use crate::transfer::job::Job;
use crate::transfer::part::Piece;
use crate::transfer::parts::Cut;
use crate::transfer::retry::Tries;
use crate::transfer::{Leg, PartState};

/// How a run ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// All its bytes were handed on.
    Complete,
    /// The server sends whole archives only.
    WithoutRanges,
}

/// Where a run gets memory from, and where it hands its pieces on.
#[derive(Debug)]
pub(super) struct Lane {
    /// One a part, in order.
    pub(super) memory: mpsc::UnboundedReceiver<Memory>,
    pub(super) pieces: mpsc::UnboundedSender<Piece>,
}

/// A run and how far it is.
struct Reader<'a> {
    job: &'a Job,
    cuts: Vec<Cut>,
    lane: Lane,
    /// Whether the server is believed to know ranges.
    by_ranges: bool,
    /// The first byte that is still wanted.
    at: u64,
    /// The first byte after the run.
    end: u64,
    /// Answers without the range that was asked for.
    ignored: u32,
}

/// Streams `cuts`, which follow one another, until all are handed on.
pub(super) async fn stream(
    job: &Job,
    cuts: Vec<Cut>,
    lane: Lane,
    by_ranges: bool,
    _connection: Connection,
) -> Result<Ended> {
    let at = cuts.first().map_or(0, |cut| cut.range.start);
    let end = cuts.last().map_or(0, |cut| cut.range.end);
    let mut reader = Reader { job, cuts, lane, by_ranges, at, end, ignored: 0 };
    let mut tries = Tries::new(job.options.outage);
    while reader.at < reader.end {
        let before = reader.at;
        let error = match reader.attempt().await {
            Ok(Ended::WithoutRanges) => return Ok(Ended::WithoutRanges),
            Ok(Ended::Complete) => continue,
            Err(error) => error,
        };
        if reader.at > before {
            tries.reset();
        }
        match tries.next(&error) {
            Some(wait) => {
                reader.tell_part(PartState::Again);
                job.wait(Leg::Download, tries.failed(), wait, error).await;
            }
            None => return Err(error),
        }
    }
    Ok(Ended::Complete)
}

impl Reader<'_> {
    /// One request, and as many of its bytes as come.
    async fn attempt(&mut self) -> Result<Ended> {
        let mut response = self.request().await?;
        let mut skip = match accept(self.job, &response, self.at, self.last())? {
            Accepted::Range => 0,
            Accepted::Whole if self.wants_whole() => self.at,
            Accepted::Whole => return self.without_range(),
        };
        self.tell_part(PartState::Downloading);
        let mut orders = self.job.orders.clone();
        while self.at < self.end {
            orders.go().await;
            let Some(bytes) = next(self.job, &mut response).await? else { break };
            self.job.throttles.down.take(bytes.len() as u64).await;
            self.job.progress.add_moved_down(bytes.len() as u64);
            self.hand_on(pass_over(&mut skip, bytes)).await?;
        }
        if self.at < self.end {
            return Err(trouble(self.job, Kind::Transient, say!("transfer-ended-early")));
        }
        Ok(Ended::Complete)
    }

    /// Says how it is with the part of which bytes are wanted next.
    fn tell_part(&self, state: PartState) {
        if let Some(cut) = self.cuts.iter().find(|cut| cut.range.contains(&self.at)) {
            self.job.progress.part_coming(self.job.line, cut.number, state);
        }
    }

    /// Whether an answer with the whole archive is of use.
    const fn wants_whole(&self) -> bool {
        !self.by_ranges || (self.at == 0 && self.end == self.job.archive.size)
    }

    /// Once is a hiccup; twice, or at the very beginning, it is a server without ranges.
    fn without_range(&mut self) -> Result<Ended> {
        self.ignored += 1;
        if self.at == 0 || self.ignored > 1 {
            return Ok(Ended::WithoutRanges);
        }
        Err(trouble(self.job, Kind::Transient, say!("transfer-range-ignored")))
    }

    /// The last byte of the range that is asked for.
    const fn last(&self) -> u64 {
        self.end - 1
    }

    /// Cuts `bytes` where parts begin, and hands them on with the memory of their part.
    async fn hand_on(&mut self, mut bytes: Bytes) -> Result<()> {
        if self.at + bytes.len() as u64 > self.end {
            return Err(trouble(self.job, Kind::Transient, say!("transfer-too-long")));
        }
        while !bytes.is_empty() {
            let Some(cut) = self.cuts.iter().find(|cut| cut.range.contains(&self.at)) else { break };
            let (is_first, left) = (cut.range.start == self.at, cut.range.end - self.at);
            let memory = if is_first { self.lane.memory.recv().await } else { None };
            if is_first {
                self.job.progress.part_coming(self.job.line, cut.number, PartState::Downloading);
            }
            let length = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let piece = Piece { bytes: bytes.split_to(length), memory };
            if self.lane.pieces.send(piece).is_err() {
                // Whoever took the pieces says why it does so no more.
                return Err(trouble(self.job, Kind::Fatal, say!("transfer-disk-gone")));
            }
            self.at += length as u64;
        }
        Ok(())
    }

    async fn request(&self) -> Result<Response> {
        let job = self.job;
        let Some(mirror) = &job.ends.mirror else {
            return Err(trouble(job, Kind::Fatal, say!("transfer-no-mirror")));
        };
        let url = &job.archive.url;
        let mut request = mirror.client().get(url.clone());
        if self.at > 0 || !self.wants_whole() {
            request = request.header(RANGE, format!("bytes={}-{}", self.at, self.last()));
            if let Some(validator) = strong(&job.archive.validators) {
                request = request.header(IF_RANGE, validator);
            }
        }
        let response =
            tokio::time::timeout(job.options.stall, request.send()).await.map_err(|_elapsed| stalled(job))?;
        response.map_err(|error| http::explain(url, error))
    }
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
fn accept(job: &Job, response: &Response, from: u64, last: u64) -> Result<Accepted> {
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
    if range == Some(format!("bytes {from}-{last}/{size}").as_str()) {
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
