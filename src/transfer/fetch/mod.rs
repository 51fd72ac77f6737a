//! Brings objects from the bucket to the disk: ranges in parallel, resumable, compared with all that is known of them before a file stands at its name.
//!
//! Here lives what whoever asks must know: what to fetch, the handle of a run, its news and its sum. `place` makes paths of keys, `object` decides what
//! becomes of one object, `ranges` asks for bytes, `writer` is the thread that writes and hashes them in order, `journal` is what a later run goes on by,
//! `compare` says what the bytes are. Nothing in the bucket is changed.

mod compare;
mod journal;
mod news;
mod object;
mod place;
mod present;
mod ranges;
mod tally;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::stream::{self, StreamExt};
use serde::Serialize;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub use compare::{Fetched, Gap};
pub use news::{News, Skip, What};
pub use place::{place, place_below};
pub use tally::{Sample, State, Tally};

use super::limit::Throttle;
use crate::amounts::Schedule;
use crate::bucket::Bucket;
use crate::error::{Kind, Result};
use crate::sha256::Sha256Digest;
use object::{End, Work};

/// News that may wait for whoever watches.
const NEWS: usize = 256;

/// One object and the file that it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its key.
    pub key: String,
    /// A version of it; `None` is the newest.
    pub version: Option<String>,
    /// Bytes, where a listing has told: what progress begins with.
    pub size: u64,
    /// The file. [`place`] makes one of a key.
    pub to: PathBuf,
    /// The digest that the catalog knows to be published for it, where it does.
    pub published: Option<Sha256Digest>,
}

impl Item {
    /// The newest version of the object at `key`, to be put at `to`.
    #[must_use]
    pub fn new(key: impl Into<String>, to: PathBuf) -> Self {
        Self { key: key.into(), version: None, size: 0, to, published: None }
    }
}

/// How objects are fetched.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where journals, locks and local proofs lie.
    pub state_dir: PathBuf,
    /// Whether a file that is there and differs is written over.
    pub replace: bool,
    /// Objects that are fetched at once.
    pub objects_at_once: usize,
    /// Ranges that are asked for at once, all objects together.
    pub connections: usize,
    /// Bytes of a range. A run holds that many for each connection, and for two more.
    pub range: u64,
    /// How fast bytes may come, all objects together.
    pub limit: Schedule,
    /// How long the store may be silent in the middle of an answer.
    pub stall: Duration,
    /// How long a store that does not answer at all is waited for.
    pub outage: Duration,
    /// Bytes of the disk that stay free.
    pub reserve: u64,
}

impl Options {
    /// The defaults, with journals under `state_dir`.
    #[must_use]
    pub fn new(state_dir: PathBuf) -> Self {
        Self {
            state_dir,
            replace: false,
            objects_at_once: 2,
            connections: 6,
            range: 8 << 20,
            limit: Schedule::unlimited(),
            stall: Duration::from_secs(30),
            outage: Duration::from_hours(1),
            reserve: 48 << 20,
        }
    }
}

/// A fetch under way. Dropping it lets it go on to its end with nobody watching; cancel it first where that is not meant.
#[derive(Debug)]
pub struct Running {
    /// What happens, in order, none lost. The run waits while it is full, so read it.
    pub news: mpsc::Receiver<News>,
    /// Bytes, to be sampled when a frame is drawn.
    pub tally: Arc<Tally>,
    /// Stops it: what was begun stays on the disk and is gone on with by the next run.
    pub cancel: CancellationToken,
    engine: JoinHandle<Summary>,
}

impl Running {
    /// Waits until every object has come to its end, and gives the sum; news that nobody read is lost.
    pub async fn finish(self) -> Summary {
        let Self { mut news, engine, .. } = self;
        while news.recv().await.is_some() {}
        engine.await.unwrap_or_default()
    }
}

/// How a run ended.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Objects that were asked for.
    pub objects: usize,
    /// In their place, by this run.
    pub fetched: usize,
    /// There already, or nothing that could be a file.
    pub skipped: usize,
    /// Failed.
    pub failed: usize,
    /// Stopped; can be resumed.
    pub interrupted: usize,
    /// Bytes of the objects that this run put in their place.
    pub bytes: u64,
    /// Bytes that came from the store, what came twice included.
    pub moved: u64,
    /// How long it took.
    pub seconds: f64,
    /// The kinds of what failed.
    #[serde(skip)]
    pub failures: Vec<Kind>,
}

/// Begins to fetch `items` from `bucket`.
#[must_use]
pub fn start(bucket: &Bucket, items: Vec<Item>, options: Options) -> Running {
    let tally = Arc::new(Tally::new(items.iter().map(|item| item.size)));
    let (sender, news) = mpsc::channel(NEWS);
    let cancel = CancellationToken::new();
    let run = Run::new(bucket, options, Arc::clone(&tally), sender, cancel.clone());
    let engine = tokio::spawn(run.all(items));
    Running { news, tally, cancel, engine }
}

/// What all objects of a run share.
struct Run {
    bucket: Bucket,
    /// As the bucket's, without comparing checksums by itself: what it would call a broken answer is a wrong byte.
    client: aws_sdk_s3::Client,
    options: Options,
    throttle: Throttle,
    tally: Arc<Tally>,
    news: mpsc::Sender<News>,
    cancel: CancellationToken,
    connections: Semaphore,
    /// A permit is the memory of one range.
    memory: Arc<Semaphore>,
}

impl Run {
    fn new(
        bucket: &Bucket,
        options: Options,
        tally: Arc<Tally>,
        news: mpsc::Sender<News>,
        cancel: CancellationToken,
    ) -> Self {
        let connections = options.connections.max(1);
        Self {
            bucket: bucket.clone(),
            client: ranges::client(bucket),
            throttle: Throttle::new(options.limit.clone()),
            tally,
            news,
            cancel,
            connections: Semaphore::new(connections),
            memory: Arc::new(Semaphore::new(connections + 2)),
            options,
        }
    }

    async fn all(self, items: Vec<Item>) -> Summary {
        let began = Instant::now();
        let mut summary = Summary { objects: items.len(), ..Summary::default() };
        let run = &self;
        let works = place::told_apart(items).into_iter().enumerate();
        let works = works.map(|(number, (item, twin))| run.one(number, item, twin));
        let mut ends = stream::iter(works).buffer_unordered(self.options.objects_at_once.max(1));
        while let Some((number, end)) = ends.next().await {
            self.close(number, end, &mut summary).await;
        }
        drop(ends);
        (summary.moved, summary.seconds) = (self.tally.moved(), began.elapsed().as_secs_f64());
        summary
    }

    async fn one(&self, number: usize, item: Item, twin: Option<String>) -> (usize, Result<End>) {
        if self.cancel.is_cancelled() {
            return (number, Ok(End::Interrupted));
        }
        if let Some(other) = twin {
            return (number, Err(place::taken(&item.key, &other)));
        }
        (number, Work { run: self, number, item: &item }.fetch().await)
    }

    async fn close(&self, number: usize, end: Result<End>, summary: &mut Summary) {
        let (state, what) = match end {
            Ok(End::Fetched(fetched)) => {
                summary.fetched += 1;
                summary.bytes += fetched.size;
                (State::Fetched, What::Fetched(Arc::new(fetched)))
            }
            Ok(End::Skipped(why)) => {
                summary.skipped += 1;
                (State::Skipped, What::Skipped(why))
            }
            Ok(End::Interrupted) => {
                summary.interrupted += 1;
                (State::Interrupted, What::Interrupted)
            }
            Err(error) => {
                tracing::error!(?error, "an object could not be fetched");
                summary.failed += 1;
                summary.failures.push(error.kind());
                (State::Failed, What::Failed { why: Arc::new(error) })
            }
        };
        self.tally.set_state(number, state);
        self.tell(number, what).await;
    }

    /// Somebody who does not listen any more misses nothing.
    async fn tell(&self, item: usize, what: What) {
        let _nobody_listens = self.news.send(News { item, what }).await;
    }
}
