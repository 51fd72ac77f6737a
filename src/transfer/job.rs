//! What the work on one archive needs to know, and how it speaks to whoever watches.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};

use super::budget::Budget;
use super::control::Orders;
use super::limit::Throttles;
use super::shelf::Shelf;
use super::upload::Signing;
use super::{Fact, Leg, Limits, Mode, Progress, What};
use crate::bucket::Bucket;
use crate::catalog::{Archive, Mirror};
use crate::error::Error;

/// The two far ends. A run without a leg needs no end for it.
#[derive(Debug, Clone, Default)]
pub struct Ends {
    /// Where archives come from.
    pub mirror: Option<Mirror>,
    /// Where they go.
    pub bucket: Option<Bucket>,
}

/// How a transfer is done.
#[derive(Debug, Clone)]
pub struct Options {
    /// Under which files lie at their keys.
    pub data_dir: PathBuf,
    /// Where journals, locks and local proofs lie.
    pub state_dir: PathBuf,
    /// Archives that are worked on at once.
    pub archives_at_once: usize,
    /// Parts of all archives together that are sent at once at most; how many is found while they move.
    pub parts_at_once: usize,
    /// The part size in bytes to begin with; very large archives get larger ones.
    pub smallest_part: u64,
    /// Memory for the bytes of parts, from the mirror until S3 has them; in bytes, for all archives together.
    pub memory: u64,
    /// Ranges that are asked of the mirror at once, for all archives together: 1 to 8.
    pub connections: usize,
    /// How fast each leg may be, all archives together.
    pub limits: Limits,
    /// How long either far end may be silent in the middle of a request.
    pub stall: Duration,
    /// Bytes of the disk that stay free: an archive waits, or fails resumably, before it takes them.
    pub reserve: u64,
    /// How long a far end that does not answer at all is waited for.
    pub outage: Duration,
    /// Whether somebody watches who can renew credentials or make room: then such an archive waits instead of failing.
    pub patient: bool,
}

impl Options {
    /// The defaults, with files under `data_dir` and journals under `state_dir`.
    #[must_use]
    pub fn new(data_dir: PathBuf, state_dir: PathBuf) -> Self {
        Self {
            data_dir,
            state_dir,
            archives_at_once: 2,
            parts_at_once: 16,
            smallest_part: super::USUAL_PART,
            memory: 128 << 20,
            connections: 2,
            limits: Limits::default(),
            stall: Duration::from_secs(30),
            reserve: 48 << 20,
            outage: Duration::from_hours(12),
            patient: false,
        }
    }
}

/// The work on one archive.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) line: usize,
    pub(super) archive: Archive,
    pub(super) key: String,
    pub(super) mode: Mode,
    /// Bytes that S3 was known to have when the plan was made.
    pub(super) sent: u64,
    pub(super) shelf: Shelf,
    pub(super) ends: Ends,
    pub(super) options: Arc<Options>,
    pub(super) progress: Arc<Progress>,
    pub(super) facts: mpsc::Sender<Fact>,
    pub(super) orders: Orders,
    pub(super) budget: Budget,
    pub(super) throttles: Arc<Throttles>,
    pub(super) signing: Arc<Signing>,
    /// The bucket with renewed credentials, once there is one.
    pub(super) renewed: watch::Receiver<Option<Bucket>>,
    /// Told when an archive begins to wait for somebody, so that another one takes its place.
    pub(super) held: Arc<Notify>,
}

impl Job {
    /// Says what happened. Waits while the channel is full; somebody who does not listen any more misses nothing.
    pub(super) async fn tell(&self, what: What) {
        let _nobody_listens = self.facts.send(Fact { line: self.line, what }).await;
    }

    /// Says that a request failed and is sent again, then waits, until somebody does not want to wait any more.
    pub(super) async fn wait(&self, leg: Leg, attempt: u32, wait: Duration, why: Error) {
        tracing::warn!(archive = %self.archive.name, ?leg, attempt, ?wait, error = ?why, "trying again");
        let nudged = self.orders.nudges().notified();
        tokio::pin!(nudged);
        nudged.as_mut().enable();
        self.tell(What::Retrying { leg, attempt, wait, why: Arc::new(why) }).await;
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = nudged => {}
        }
    }
}
