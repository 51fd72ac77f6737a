//! Reads one object back, in order and in bounded memory, and computes its digests on a thread of their own.
//!
//! A connection that breaks is taken up where it broke; an object that was replaced meanwhile is never mixed with the old one.

use std::sync::Arc;

use aws_sdk_s3::operation::get_object::GetObjectOutput;
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::{News, Tally, Wanted, send};
use crate::bucket::Object;
use crate::bucket::sdk::{self, Operation};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::digest::{Computed, Digests};
use crate::transfer::retry::Tries;
use crate::transfer::trouble::lost;

/// Pieces that may wait to be hashed; a piece is what came from the socket at once.
const QUEUE: usize = 64;

/// How reading ended, where it was no error.
pub(super) enum Read {
    Whole(Computed),
    /// Its class has to be restored first.
    Archived,
    /// Another object stands at the key by now.
    Replaced,
}

/// Hashes what it is given, off the runtime. Dropping it ends its thread.
struct Hasher {
    pieces: mpsc::Sender<Bytes>,
    thread: JoinHandle<Digests>,
}

impl Hasher {
    fn start() -> Self {
        let (pieces, mut queue) = mpsc::channel::<Bytes>(QUEUE);
        let hash = move || {
            let mut digests = Digests::default();
            while let Some(bytes) = queue.blocking_recv() {
                digests.update(&bytes);
            }
            digests
        };
        Self { pieces, thread: tokio::task::spawn_blocking(hash) }
    }

    async fn finish(self) -> Result<Computed> {
        drop(self.pieces);
        self.thread.await.map(Digests::finish).map_err(lost)
    }
}

/// What reads one object.
pub(super) struct Reader<'a> {
    pub(super) wanted: &'a Wanted,
    pub(super) news: &'a mpsc::Sender<News>,
    pub(super) tally: &'a Tally,
    pub(super) object: &'a Object,
}

impl Reader<'_> {
    /// Reads all of it.
    pub(super) async fn read(&self) -> Result<Read> {
        let mut position = 0;
        let read = self.read_from(&mut position).await;
        self.tally.give_up(self.object.size - position);
        read
    }

    async fn read_from(&self, position: &mut u64) -> Result<Read> {
        let (hasher, mut tries) = (Hasher::start(), Tries::new(self.wanted.outage));
        while *position < self.object.size {
            let before = *position;
            let error = match self.stream(&hasher, position).await {
                Ok(None) => continue,
                Ok(Some(stopped)) => return Ok(stopped),
                Err(error) => error,
            };
            if *position > before {
                tries.reset();
            }
            let Some(wait) = tries.next(&error) else { return Err(error) };
            let (key, attempt) = (self.object.key.clone(), tries.failed());
            send(self.news, News::Retrying { key, attempt, wait, why: Arc::new(error) }).await;
            tokio::time::sleep(wait).await;
        }
        hasher.finish().await.map(Read::Whole)
    }

    /// One request, and as many of its bytes as come. `Some` where no other request would help.
    async fn stream(&self, hasher: &Hasher, position: &mut u64) -> Result<Option<Read>> {
        let mut answer = match self.ask(*position).await? {
            Ok(answer) => answer,
            Err(stopped) => return Ok(Some(stopped)),
        };
        let mut skip = self.accept(&answer, *position)?;
        while let Some(bytes) = self.next(&mut answer).await? {
            let bytes = pass_over(&mut skip, bytes);
            let length = bytes.len() as u64;
            if *position + length > self.object.size {
                return Err(self.trouble(say!("transfer-too-long")));
            }
            if hasher.pieces.send(bytes).await.is_err() {
                return Err(Error::new(Kind::Fatal, say!("transfer-broken")));
            }
            *position += length;
            self.tally.add(length);
        }
        if *position < self.object.size { Err(self.trouble(say!("transfer-ended-early"))) } else { Ok(None) }
    }

    async fn ask(&self, from: u64) -> Result<Result<GetObjectOutput, Read>> {
        let bucket = &self.wanted.bucket;
        let request = bucket.client().get_object().bucket(bucket.name()).key(&self.object.key);
        let request = request
            .set_if_match(self.object.etag.as_ref().map(|etag| format!("\"{etag}\"")))
            .set_range((from > 0).then(|| format!("bytes={from}-")));
        let answer = tokio::time::timeout(self.wanted.stall, request.send())
            .await
            .map_err(|_elapsed| self.stalled())?;
        let error = match answer {
            Ok(answer) => return Ok(Ok(answer)),
            Err(error) => error,
        };
        match (sdk::code(&error), sdk::status(&error)) {
            (Some("InvalidObjectState"), _) => Ok(Err(Read::Archived)),
            (_, Some(412)) => Ok(Err(Read::Replaced)),
            _ => Err(sdk::explain(Operation::GetObject, &self.uri(), &error)),
        }
    }

    /// Bytes to pass over: none where the answer is the range that was asked for, all before it where it is the whole object.
    fn accept(&self, answer: &GetObjectOutput, from: u64) -> Result<u64> {
        let size = self.object.size;
        match answer.content_range() {
            None => Ok(from),
            Some(range) if range == format!("bytes {from}-{}/{size}", size - 1) => Ok(0),
            Some(range) => {
                Err(self.trouble(say!("transfer-wrong-range", range = crate::words::harmless(range))))
            }
        }
    }

    async fn next(&self, answer: &mut GetObjectOutput) -> Result<Option<Bytes>> {
        let next = tokio::time::timeout(self.wanted.stall, answer.body.next()).await;
        let next = next.map_err(|_elapsed| self.stalled())?;
        next.transpose().map_err(|error| self.trouble(sdk::chain(&error)))
    }

    fn uri(&self) -> String {
        self.wanted.bucket.uri(&self.object.key)
    }

    fn trouble(&self, why: String) -> Error {
        let what = Operation::GetObject.sentence(&crate::words::harmless(&self.uri()));
        Error::new(Kind::Transient, what).because(why)
    }

    fn stalled(&self) -> Error {
        self.trouble(say!("transfer-stalled", seconds = self.wanted.stall.as_secs()))
    }
}

fn pass_over(skip: &mut u64, mut bytes: Bytes) -> Bytes {
    let over = usize::try_from(*skip).unwrap_or(usize::MAX).min(bytes.len());
    *skip -= over as u64;
    bytes.split_off(over)
}
