//! Looks again at what stands in the bucket: quickly by what is known of it, or deeply by reading it back. Nothing is changed, nothing deleted.
//!
//! Here lives what whoever asks must know: what to look at, the news on the way, the report. `gather` finds the objects and what
//! is known of them, `judge` is pure and says what that comes to, `deep` reads one object back.

mod checkup;
mod deep;
mod gather;
mod judge;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use futures::stream::{self, StreamExt};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub use checkup::{Against, Check, Checkup, Gap, Outcome, Value};
use deep::{Read, Reader};
use gather::Subject;
use judge::judge;

use crate::bucket::Bucket;
use crate::catalog::{DatasetId, Mirror};
use crate::error::{Error, Result};

/// What to look at, and how.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Where the archives stand.
    pub bucket: Bucket,
    /// Whom to ask what is published now; `None` compares with the proofs on this machine only.
    pub mirror: Option<Mirror>,
    /// Only these datasets; `None` is everything under `raw/`.
    pub datasets: Option<Vec<DatasetId>>,
    /// Whether to read the objects back.
    pub deep: bool,
    /// Where the local proofs lie.
    pub state_dir: PathBuf,
    /// How many objects are read at once.
    pub at_once: usize,
    /// How long the store may be silent in the middle of an answer.
    pub stall: Duration,
    /// How long a store that does not answer at all is waited for.
    pub outage: Duration,
}

/// Bytes that are read back, to be sampled while it runs.
#[derive(Debug, Default)]
pub struct Tally {
    total: AtomicU64,
    read: AtomicU64,
}

impl Tally {
    /// Bytes that will have been read at the end.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total.load(Relaxed)
    }

    /// Bytes read and hashed so far.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read.load(Relaxed)
    }

    fn expect(&self, bytes: u64) {
        self.total.fetch_add(bytes, Relaxed);
    }

    /// They will not be read after all.
    fn give_up(&self, bytes: u64) {
        self.total.fetch_sub(bytes, Relaxed);
    }

    fn add(&self, bytes: u64) {
        self.read.fetch_add(bytes, Relaxed);
    }
}

/// What happens on the way.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum News {
    /// The mirror could not be asked; what is published is compared with nothing.
    MirrorSilent {
        /// Why.
        why: Arc<Error>,
    },
    /// So many objects will be read back.
    Reading {
        /// How many.
        objects: usize,
        /// Bytes of all of them.
        bytes: u64,
    },
    /// Reading broke and is taken up where it broke.
    Retrying {
        /// Which object.
        key: String,
        /// Which try failed, from 1.
        attempt: u32,
        /// How long until the next one.
        wait: Duration,
        /// Why it failed.
        why: Arc<Error>,
    },
    /// All there is to say of one object.
    Checked(Checkup),
}

/// How it ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Objects that were looked at.
    pub objects: usize,
    /// Those that are what was published.
    pub verified: usize,
    /// Those that are not.
    pub wrong: usize,
    /// Those of which that cannot be told.
    pub cannot_tell: usize,
    /// Those that brainzlift did not put there.
    pub unknown: usize,
    /// Bytes that were read back.
    pub read: u64,
    /// Whether it was stopped before all was looked at.
    pub interrupted: bool,
}

impl Report {
    fn count(&mut self, outcome: Outcome) {
        self.objects += 1;
        match outcome {
            Outcome::Verified => self.verified += 1,
            Outcome::Wrong => self.wrong += 1,
            Outcome::CannotTell => self.cannot_tell += 1,
            Outcome::Unknown => self.unknown += 1,
        }
    }
}

/// Looks at everything that is wanted, tells each object's outcome, and stops soon after `halt` is cancelled.
pub async fn verify(
    wanted: &Wanted,
    news: &mpsc::Sender<News>,
    tally: &Tally,
    halt: &CancellationToken,
) -> Result<Report> {
    let mut report = Report::default();
    let work = look(wanted, news, tally, &mut report);
    let ended = halt.run_until_cancelled(work).await;
    (report.read, report.interrupted) = (tally.read(), ended.is_none());
    ended.transpose().map(|_| report)
}

async fn look(wanted: &Wanted, news: &mpsc::Sender<News>, tally: &Tally, report: &mut Report) -> Result<()> {
    let (subjects, missing) = gather::gather(wanted, news).await?;
    for checkup in missing {
        tell(checkup, news, report).await;
    }
    let mut to_read = Vec::new();
    for subject in subjects {
        let quick = judge(&subject, None);
        let is_open = matches!(quick.outcome, Outcome::Verified | Outcome::CannotTell);
        if wanted.deep && is_open { to_read.push(subject) } else { tell(quick, news, report).await }
    }
    let bytes = to_read.iter().map(|subject| subject.object.size).sum();
    tally.expect(bytes);
    if !to_read.is_empty() {
        send(news, News::Reading { objects: to_read.len(), bytes }).await;
    }
    let reads = stream::iter(to_read).map(|subject| read_back(wanted, news, tally, subject));
    let mut reads = reads.buffer_unordered(wanted.at_once.max(1));
    while let Some(checkup) = reads.next().await {
        tell(checkup, news, report).await;
    }
    Ok(())
}

/// Reads one object back. What differs is read a second time before it is called wrong: it may have been damaged on the way here.
async fn read_back(wanted: &Wanted, news: &mpsc::Sender<News>, tally: &Tally, subject: Subject) -> Checkup {
    let reader = Reader { wanted, news, tally, object: &subject.object };
    let mut checkup = judge_read(&subject, reader.read().await);
    if checkup.outcome == Outcome::Wrong {
        tally.expect(subject.object.size);
        checkup = judge_read(&subject, reader.read().await);
    }
    checkup
}

fn judge_read(subject: &Subject, read: Result<Read>) -> Checkup {
    let stopped = |gap, error: Option<Error>| {
        let checkup = judge(subject, None);
        let gaps = [checkup.gaps, vec![gap]].concat();
        let error = error.map(|error| error.to_string());
        Checkup { outcome: Outcome::CannotTell, gaps, error, ..checkup }
    };
    match read {
        Ok(Read::Whole(computed)) => judge(subject, Some(computed)),
        Ok(Read::Archived) => stopped(Gap::Archived, None),
        Ok(Read::Replaced) => stopped(Gap::Replaced, None),
        Err(error) => stopped(Gap::Unreadable, Some(error)),
    }
}

async fn tell(checkup: Checkup, news: &mpsc::Sender<News>, report: &mut Report) {
    report.count(checkup.outcome);
    send(news, News::Checked(checkup)).await;
}

/// Somebody who does not listen any more misses nothing.
async fn send(news: &mpsc::Sender<News>, what: News) {
    let _nobody_listens = news.send(what).await;
}
