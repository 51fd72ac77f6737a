//! Reads one object from its first byte on, as long as somebody takes what comes and no further than allowed.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use aws_sdk_s3::operation::get_object::GetObjectOutput;
use bytes::Bytes;
use tokio::sync::mpsc;

use super::Wanted;
use crate::bucket::Object;
use crate::bucket::sdk::{self, Operation};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::retry::Tries;
use crate::words::harmless;

/// What the unpacking thread is told.
#[derive(Debug)]
pub(super) enum Told {
    /// The object has so many bytes.
    Size(u64),
    /// The next bytes.
    Piece(Bytes),
    /// The object ends here.
    Whole,
    /// More may not be read.
    Limit,
    /// More cannot be read.
    Failed(Error),
}

/// What reads.
pub(super) struct Source<'a> {
    pub(super) wanted: &'a Wanted,
    pub(super) read: &'a AtomicU64,
    pub(super) pieces: mpsc::Sender<Told>,
}

impl Source<'_> {
    /// Brings it until it ends, as much as is allowed came, or nobody takes it any more.
    pub(super) async fn bring(self) {
        let last = match self.all().await {
            Ok(last) => last,
            Err(error) => Told::Failed(error),
        };
        self.tell(last).await;
    }

    /// Whether somebody still listens.
    async fn tell(&self, told: Told) -> bool {
        self.pieces.send(told).await.is_ok()
    }

    async fn all(&self) -> Result<Told> {
        let head = self.wanted.bucket.head_version(&self.wanted.key, self.wanted.version.as_deref()).await?;
        let object = head.ok_or_else(|| self.gone())?;
        self.tell(Told::Size(object.size)).await;
        let end = object.size.min(self.wanted.most_read);
        let (mut position, mut tries) = (0, Tries::new(self.wanted.outage));
        while position < end {
            let before = position;
            let error = match self.stream(&object, &mut position, end).await {
                Ok(true) => continue,
                Ok(false) => return Ok(Told::Limit),
                Err(error) => error,
            };
            if position > before {
                tries.reset();
            }
            let Some(wait) = tries.next(&error) else { return Err(error) };
            tracing::warn!(key = %object.key, position, ?wait, ?error, "trying again");
            tokio::time::sleep(wait).await;
        }
        Ok(if end == object.size { Told::Whole } else { Told::Limit })
    }

    /// One request, and as many of its bytes as come and are taken; `false` where nobody takes them.
    async fn stream(&self, object: &Object, position: &mut u64, end: u64) -> Result<bool> {
        let mut answer = self.ask(object, *position, end).await?;
        while let Some(bytes) = self.next(&mut answer).await? {
            let length = bytes.len() as u64;
            if *position + length > end {
                return Err(self.trouble(say!("transfer-too-long")));
            }
            *position += length;
            self.read.fetch_add(length, Relaxed);
            if !self.tell(Told::Piece(bytes)).await {
                return Ok(false);
            }
        }
        if *position < end { Err(self.trouble(say!("transfer-ended-early"))) } else { Ok(true) }
    }

    async fn ask(&self, object: &Object, from: u64, end: u64) -> Result<GetObjectOutput> {
        let bucket = &self.wanted.bucket;
        let request = bucket.client().get_object().bucket(bucket.name()).key(&object.key);
        let request = request
            .set_version_id(self.wanted.version.clone())
            .set_if_match(object.etag.as_ref().map(|etag| format!("\"{etag}\"")))
            .range(format!("bytes={from}-{}", end - 1));
        let answer = tokio::time::timeout(self.wanted.stall, request.send()).await;
        let answer = match answer.map_err(|_elapsed| self.stalled())? {
            Ok(answer) => answer,
            Err(error) if sdk::status(&error) == Some(412) => return Err(self.replaced()),
            Err(error) => return Err(sdk::explain(Operation::GetObject, &self.uri(), &error)),
        };
        let wanted = format!("bytes {from}-{}/{}", end - 1, object.size);
        match answer.content_range() {
            Some(given) if given == wanted => Ok(answer),
            Some(given) => Err(self.trouble(say!("transfer-wrong-range", range = harmless(given)))),
            None => Err(self.trouble(say!("transfer-range-ignored"))),
        }
    }

    async fn next(&self, answer: &mut GetObjectOutput) -> Result<Option<Bytes>> {
        let next = tokio::time::timeout(self.wanted.stall, answer.body.next()).await;
        let next = next.map_err(|_elapsed| self.stalled())?;
        next.transpose().map_err(|error| self.trouble(sdk::chain(&error)))
    }

    fn uri(&self) -> String {
        self.wanted.bucket.uri(&self.wanted.key)
    }

    fn what(&self) -> String {
        Operation::GetObject.sentence(&harmless(&self.uri()))
    }

    fn trouble(&self, why: String) -> Error {
        Error::new(Kind::Transient, self.what()).because(why)
    }

    fn stalled(&self) -> Error {
        self.trouble(say!("transfer-stalled", seconds = self.wanted.stall.as_secs()))
    }

    fn replaced(&self) -> Error {
        Error::new(Kind::SourceChanged, self.what()).because(say!("fetch-replaced"))
    }

    fn gone(&self) -> Error {
        let error = Error::new(Kind::NotFound, self.what()).because(say!("fetch-missing"));
        error.hint(say!("fetch-missing-hint"))
    }
}
