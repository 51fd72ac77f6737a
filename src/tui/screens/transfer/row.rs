//! What is known of one archive of a run: facts folded in their order, and the newest sample of its counters.

use std::sync::Arc;
use std::time::Duration;

use crate::Error;
use crate::transfer::{Action, Leg, Line, Meter, Proof, Sample, Status, What};
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

/// A try that failed, or bytes that were of no use.
#[derive(Debug, Clone)]
pub(super) struct Failed {
    pub(super) at: Duration,
    /// Which leg was tried, and which try it was, from 1; `None` where all of it begins again.
    pub(super) attempt: Option<(Leg, u32)>,
    pub(super) why: Arc<Error>,
}

/// The oldest go first.
const MOST_FAILED: usize = 200;

/// One archive.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Harmless to show.
    pub(super) name: String,
    pub(super) key: String,
    /// Where it comes from, harmless to show.
    pub(super) url: String,
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
    /// Whether it was left out of this run by its user.
    pub(super) left_out: bool,
    /// Tries that failed, and how many there were in all.
    pub(super) failed: Vec<Failed>,
    pub(super) failures: usize,
    pub(super) down: Meter,
    pub(super) up: Meter,
    /// Bytes that were there when it began, of both legs.
    from: (u64, u64),
    began: Option<Duration>,
    ended: Option<Duration>,
}

impl Row {
    pub(super) fn new(line: &Line) -> Self {
        let status = if line.action == Action::Skip { Status::Skipped } else { Status::Queued };
        let size = line.archive.size;
        Self {
            name: words::harmless(&line.archive.name),
            key: words::harmless(&line.key),
            url: words::address(&line.archive.url),
            size,
            status,
            sample: Sample { status, size, down: line.down, up: line.up, ..Sample::default() },
            retry: None,
            why: None,
            verified: false,
            uploaded: false,
            proof: None,
            left_out: false,
            failed: Vec::new(),
            failures: 0,
            down: Meter::default(),
            up: Meter::default(),
            from: (0, 0),
            began: None,
            ended: None,
        }
    }

    /// Takes what happened.
    pub(super) fn fold(&mut self, what: &What, now: Duration) {
        match what {
            What::Started { down_from, up_from } => {
                self.starts(now);
                self.from = (*down_from, *up_from);
                (self.down, self.up) = (Meter::default(), Meter::default());
            }
            What::Retrying { leg, attempt, wait, why } => {
                self.note(now, Some((*leg, *attempt)), why);
                self.retry =
                    Some(Retry { leg: *leg, attempt: *attempt, at: now + *wait, why: Arc::clone(why) });
            }
            What::Restarted { why } => {
                (self.verified, self.uploaded) = (false, false);
                self.from = (0, 0);
                self.note(now, None, why);
            }
            What::Repinned { archive, key } => {
                (self.name, self.key) = (words::harmless(&archive.name), words::harmless(key));
                (self.url, self.size) = (words::address(&archive.url), archive.size);
                self.sample = Sample { size: archive.size, ..self.sample };
            }
            What::Downloaded => self.retry = None,
            What::Verified => self.verified = true,
            What::Uploaded => self.uploaded = true,
            What::Proven(proof) => {
                self.proof = Some(Arc::clone(proof));
                // The last frame may be older than the proof.
                let size = self.size;
                self.sample =
                    Sample { downloaded: size, hashed: size, uploaded: size, sending: 0, ..self.sample };
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
        self.down.feed(now, sample.downloaded.saturating_sub(self.from.0));
        self.up.feed(now, (sample.uploaded + sample.sending).saturating_sub(self.from.1));
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

    /// How long it took, or takes by now, where it was begun.
    pub(super) fn elapsed(&self, now: Duration) -> Option<Duration> {
        Some(self.ended.unwrap_or(now).saturating_sub(self.began?))
    }

    fn note(&mut self, at: Duration, attempt: Option<(Leg, u32)>, why: &Arc<Error>) {
        if self.failed.len() == MOST_FAILED {
            self.failed.remove(0);
        }
        self.failures += 1;
        self.failed.push(Failed { at, attempt, why: Arc::clone(why) });
    }

    fn starts(&mut self, now: Duration) {
        (self.retry, self.why, self.ended) = (None, None, None);
        (self.verified, self.uploaded) = (false, false);
        self.left_out = false;
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
