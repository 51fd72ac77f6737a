//! The ranges of one object, a few at once, each taken up where it broke; an object that was replaced meanwhile is never mixed with the old one.

use std::ops::Range;
use std::sync::Arc;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::ResponseChecksumValidation;
use aws_sdk_s3::operation::get_object::GetObjectOutput;
use bytes::Bytes;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::mpsc;

use super::writer::Stretch;
use super::{Run, What};
use crate::bucket::sdk::{self, Operation};
use crate::bucket::{Bucket, Object};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::retry::Tries;
use crate::words::harmless;

/// The bucket's client, without comparing checksums by itself.
pub(super) fn client(bucket: &Bucket) -> Client {
    let config = bucket.client().config().to_builder();
    Client::from_conf(config.response_checksum_validation(ResponseChecksumValidation::WhenRequired).build())
}

/// What asks for one object.
#[derive(Clone, Copy)]
pub(super) struct Ranges<'a> {
    pub(super) run: &'a Run,
    /// Which item.
    pub(super) number: usize,
    pub(super) object: &'a Object,
    pub(super) version: Option<&'a str>,
}

/// A range that is announced to the writer, and where its bytes go.
struct Announced {
    range: Range<u64>,
    pieces: mpsc::UnboundedSender<Bytes>,
}

impl Ranges<'_> {
    /// Brings all from byte `from` on to whoever takes `stretches`.
    pub(super) async fn bring(self, from: u64, stretches: mpsc::UnboundedSender<Stretch>) -> Result<()> {
        let (mut start, mut flying) = (from, FuturesUnordered::new());
        loop {
            let is_next = start < self.object.size && flying.len() < self.run.options.connections.max(1);
            tokio::select! {
                Some(ended) = flying.next() => ended?,
                next = self.announce(start, &stretches), if is_next => {
                    start = next.range.end;
                    flying.push(self.one(next));
                }
                else => return Ok(()),
            }
        }
    }

    /// The next range, as soon as there is memory for it. Ranges are announced in order, so the one for which all others wait has its
    /// memory first.
    async fn announce(self, start: u64, stretches: &mpsc::UnboundedSender<Stretch>) -> Announced {
        // It is never closed.
        let memory = Arc::clone(&self.run.memory).acquire_owned().await.ok();
        let end = start.saturating_add(self.run.options.range.max(1)).min(self.object.size);
        let (pieces, queue) = mpsc::unbounded_channel();
        // A writer that has ended says why itself; whoever sends it a piece notices.
        let _ended = stretches.send(Stretch { start, pieces: queue, memory });
        Announced { range: start..end, pieces }
    }

    /// One range, tried again from where it broke.
    async fn one(self, Announced { range, pieces }: Announced) -> Result<()> {
        // It is never closed.
        let _connection = self.run.connections.acquire().await;
        let (mut position, mut tries) = (range.start, Tries::new(self.run.options.outage));
        while position < range.end {
            let before = position;
            let Err(error) = self.ask_and_take(&mut position, range.end, &pieces).await else { continue };
            if position > before {
                tries.reset();
            }
            let Some(wait) = tries.next(&error) else { return Err(error) };
            tracing::warn!(key = %self.object.key, position, ?wait, ?error, "trying again");
            let what = What::Retrying { attempt: tries.failed(), wait, why: Arc::new(error) };
            self.run.tell(self.number, what).await;
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// One request, and as many of its bytes as come.
    async fn ask_and_take(
        self,
        position: &mut u64,
        end: u64,
        pieces: &mpsc::UnboundedSender<Bytes>,
    ) -> Result<()> {
        let mut answer = self.ask(*position..end).await?;
        while let Some(bytes) = self.next(&mut answer).await? {
            let length = bytes.len() as u64;
            if *position + length > end {
                return Err(self.trouble(say!("transfer-too-long")));
            }
            self.run.throttle.take(length).await;
            if pieces.send(bytes).is_err() {
                return Err(Error::new(Kind::Fatal, say!("transfer-broken")));
            }
            *position += length;
            self.run.tally.add(self.number, length);
        }
        if *position < end { Err(self.trouble(say!("transfer-ended-early"))) } else { Ok(()) }
    }

    async fn ask(self, range: Range<u64>) -> Result<GetObjectOutput> {
        let bytes = format!("bytes={}-{}", range.start, range.end - 1);
        let request = self.run.client.get_object().bucket(self.run.bucket.name()).key(&self.object.key);
        let request = request
            .range(bytes)
            .set_version_id(self.version.map(str::to_owned))
            .set_if_match(self.object.etag.as_ref().map(|etag| format!("\"{etag}\"")));
        let answer = tokio::time::timeout(self.run.options.stall, request.send()).await;
        match answer.map_err(|_elapsed| self.stalled())? {
            Ok(answer) => self.accept(answer, &range),
            Err(error) if sdk::status(&error) == Some(412) => Err(self.replaced()),
            Err(error) => Err(sdk::explain(Operation::GetObject, &self.uri(), &error)),
        }
    }

    /// Refuses an answer that is of another object, or not the range that was asked for.
    fn accept(self, answer: GetObjectOutput, range: &Range<u64>) -> Result<GetObjectOutput> {
        let etag = answer.e_tag().map(|etag| etag.trim_matches('"'));
        if etag.zip(self.object.etag.as_deref()).is_some_and(|(now, pinned)| now != pinned) {
            return Err(self.replaced());
        }
        let wanted = format!("bytes {}-{}/{}", range.start, range.end - 1, self.object.size);
        match answer.content_range() {
            Some(given) if given == wanted => Ok(answer),
            Some(given) => Err(self.trouble(say!("transfer-wrong-range", range = harmless(given)))),
            None => Err(self.trouble(say!("transfer-range-ignored"))),
        }
    }

    async fn next(self, answer: &mut GetObjectOutput) -> Result<Option<Bytes>> {
        let next = tokio::time::timeout(self.run.options.stall, answer.body.next()).await;
        let next = next.map_err(|_elapsed| self.stalled())?;
        next.transpose().map_err(|error| self.trouble(sdk::chain(&error)))
    }

    fn uri(self) -> String {
        self.run.bucket.uri(&self.object.key)
    }

    fn what(self) -> String {
        Operation::GetObject.sentence(&harmless(&self.uri()))
    }

    fn trouble(self, why: String) -> Error {
        Error::new(Kind::Transient, self.what()).because(why).hint(say!("fetch-again-hint"))
    }

    fn stalled(self) -> Error {
        self.trouble(say!("transfer-stalled", seconds = self.run.options.stall.as_secs()))
    }

    fn replaced(self) -> Error {
        Error::new(Kind::SourceChanged, self.what())
            .because(say!("fetch-replaced"))
            .hint(say!("fetch-again-hint"))
    }
}
