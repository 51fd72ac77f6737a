//! What is known of one archive of a run: facts folded in their order, and the newest sample of its counters.

use std::sync::Arc;
use std::time::Duration;

use crate::Error;
use crate::transfer::{Action, Leg, Line, Proof, Sample, Status, What};
use crate::words;

/// A request that failed and will be sent again.
#[derive(Debug, Clone)]
pub(super) struct Retry {
    pub(super) leg: Leg,
    pub(super) attempt: u32,
    /// When it is sent.
    pub(super) at: Duration,
    pub(super) why: Arc<Error>,
}

/// One archive.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Harmless to show.
    pub(super) name: String,
    pub(super) key: String,
    /// Bytes.
    pub(super) size: u64,
    pub(super) status: Status,
    pub(super) sample: Sample,
    pub(super) retry: Option<Retry>,
    /// What is in the way, or what it failed of.
    pub(super) why: Option<Arc<Error>>,
    /// Whether the SHA-256 was found to be the published one.
    pub(super) verified: bool,
    /// Whether S3 has acknowledged every part.
    pub(super) uploaded: bool,
    pub(super) proof: Option<Arc<Proof>>,
    began: Option<Duration>,
    ended: Option<Duration>,
}

impl Row {
    pub(super) fn new(line: &Line) -> Self {
        let status = if line.action == Action::Skip { Status::Skipped } else { Status::Queued };
        let size = line.archive.size;
        Self {
            name: words::harmless(&line.archive.name),
            key: line.key.clone(),
            size,
            status,
            sample: Sample { status, size, down: line.down, up: line.up, ..Sample::default() },
            retry: None,
            why: None,
            verified: false,
            uploaded: false,
            proof: None,
            began: None,
            ended: None,
        }
    }

    /// Takes what happened.
    pub(super) fn fold(&mut self, what: &What, now: Duration) {
        match what {
            What::Started { .. } => self.starts(now),
            What::Retrying { leg, attempt, wait, why } => {
                self.retry =
                    Some(Retry { leg: *leg, attempt: *attempt, at: now + *wait, why: Arc::clone(why) });
            }
            What::Restarted { .. } => (self.verified, self.uploaded) = (false, false),
            What::Downloaded => self.retry = None,
            What::Verified => self.verified = true,
            What::Uploaded => self.uploaded = true,
            What::Proven(proof) => {
                self.proof = Some(Arc::clone(proof));
                // The last frame may be older than the proof.
                let size = self.size;
                self.sample = Sample { downloaded: size, hashed: size, uploaded: size, ..self.sample };
                self.ends(Status::Proven, now);
            }
            What::Skipped => self.ends(Status::Skipped, now),
            What::Waiting { why } => self.stands(Status::Waiting, Some(why)),
            What::Paused => self.stands(Status::Paused, None),
            What::Resumed => self.stands(Status::Running, None),
            What::Cancelled => self.ends(Status::Cancelled, now),
            What::Interrupted => self.ends(Status::Interrupted, now),
            What::Failed { why } => {
                self.why = Some(Arc::clone(why));
                self.ends(Status::Failed, now);
            }
        }
    }

    /// Takes the counters of a frame.
    pub(super) fn sample(&mut self, sample: Sample, now: Duration) {
        if self.retry.as_ref().is_some_and(|retry| now > retry.at && sample != self.sample) {
            self.retry = None;
        }
        self.sample = sample;
        // A proof is told by its fact: counters may say it a frame earlier.
        if sample.status != Status::Proven || self.proof.is_some() {
            self.status = sample.status;
        }
    }

    /// How long it took, where it was begun and has ended.
    pub(super) fn took(&self) -> Option<Duration> {
        Some(self.ended?.saturating_sub(self.began?))
    }

    fn starts(&mut self, now: Duration) {
        (self.retry, self.why, self.ended) = (None, None, None);
        (self.verified, self.uploaded) = (false, false);
        self.began.get_or_insert(now);
        self.status = Status::Running;
    }

    fn stands(&mut self, status: Status, why: Option<&Arc<Error>>) {
        self.status = status;
        self.retry = None;
        self.why = why.cloned();
    }

    fn ends(&mut self, status: Status, now: Duration) {
        self.status = status;
        self.retry = None;
        self.ended = Some(now);
    }
}
