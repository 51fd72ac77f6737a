//! The lane of bytes: atomics that the pipeline counts in and that a screen samples when it draws a frame.
//!
//! Bytes count when they are acknowledged: written to the disk, hashed, answered by S3. A retry takes back what it had counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};

use serde::Serialize;

use super::limit::Throttles;
use crate::amounts::InForce;

/// Where an archive stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Status {
    /// Not begun.
    #[default]
    Queued = 0,
    /// Bytes move.
    Running = 1,
    /// Paused by the user.
    Paused = 2,
    /// Waits for somebody to do something (credentials, disk).
    Waiting = 3,
    /// In its place and checked.
    Proven = 4,
    /// Was in its place before.
    Skipped = 5,
    /// Failed for good.
    Failed = 6,
    /// Cancelled by the user.
    Cancelled = 7,
    /// Stopped on the way out; can be resumed.
    Interrupted = 8,
}

impl Status {
    const ALL: [Self; 9] = [
        Self::Queued,
        Self::Running,
        Self::Paused,
        Self::Waiting,
        Self::Proven,
        Self::Skipped,
        Self::Failed,
        Self::Cancelled,
        Self::Interrupted,
    ];

    /// Whether nothing more will happen to it by itself.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Proven | Self::Skipped | Self::Failed | Self::Cancelled | Self::Interrupted)
    }
}

/// Counters of one archive.
#[derive(Debug, Default)]
struct Counters {
    size: u64,
    down: u64,
    up: u64,
    status: AtomicU8,
    downloaded: AtomicU64,
    hashed: AtomicU64,
    uploaded: AtomicU64,
}

/// Counters of a whole plan, shared by the pipeline and whoever watches.
#[derive(Debug, Default)]
pub struct Progress {
    archives: Vec<Counters>,
    /// Archive bytes that came over the network from the mirror, retries included.
    moved_down: AtomicU64,
    /// Archive bytes that S3 acknowledged in this run.
    moved_up: AtomicU64,
    throttles: Arc<Throttles>,
}

/// One archive at one instant, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sample {
    /// Where it stands.
    pub status: Status,
    /// Its size.
    pub size: u64,
    /// Bytes that the plan wants on the download leg; 0 where there is no such leg.
    pub down: u64,
    /// Bytes that the plan wants on the upload leg; 0 where there is no such leg.
    pub up: u64,
    /// Bytes of it that are on the disk.
    pub downloaded: u64,
    /// Bytes of it that went through SHA-256.
    pub hashed: u64,
    /// Bytes of it that S3 has acknowledged.
    pub uploaded: u64,
}

impl Sample {
    /// Bytes done of [`Self::total`], both legs together; never all of them before the archive is proven.
    #[must_use]
    pub fn done(&self) -> u64 {
        let total = self.total();
        match self.status {
            Status::Proven | Status::Skipped => total,
            _ => {
                let down = if self.down > 0 { self.downloaded.min(self.size) } else { 0 };
                let up = if self.up > 0 { self.uploaded.min(self.size) } else { 0 };
                (down + up).min(total.saturating_sub(1))
            }
        }
    }

    /// Bytes of both legs together: the measure of a bar.
    #[must_use]
    pub const fn total(&self) -> u64 {
        (if self.down > 0 { self.size } else { 0 }) + (if self.up > 0 { self.size } else { 0 })
    }
}

/// A whole plan at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Snapshot {
    /// In the order of the plan's lines.
    pub archives: Vec<Sample>,
    /// Archive bytes that came from the mirror in this run, retries included: the source of a download rate.
    pub moved_down: u64,
    /// Archive bytes that S3 acknowledged in this run: the source of an upload rate.
    pub moved_up: u64,
    /// The limit of the download leg at that instant.
    pub limit_down: InForce,
    /// The limit of the upload leg at that instant.
    pub limit_up: InForce,
}

impl Snapshot {
    /// Bytes done of all archives.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.archives.iter().map(Sample::done).sum()
    }

    /// Bytes of all archives, both legs together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.archives.iter().map(Sample::total).sum()
    }

    /// Whether nothing more will happen by itself.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.archives.iter().all(|sample| sample.status.is_final())
    }
}

impl Progress {
    /// Counters for `archives` of (size, bytes wanted on the download leg, bytes wanted on the upload leg), which share `throttles`.
    pub(super) fn new(archives: impl Iterator<Item = (u64, u64, u64)>, throttles: Arc<Throttles>) -> Self {
        let archives =
            archives.map(|(size, down, up)| Counters { size, down, up, ..Counters::default() }).collect();
        Self { archives, throttles, ..Self::default() }
    }

    /// What all counters say now. Costs a few loads; call it when a frame is drawn.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let sample = |c: &Counters| Sample {
            status: Status::ALL.get(usize::from(c.status.load(Relaxed))).copied().unwrap_or_default(),
            size: c.size,
            down: c.down,
            up: c.up,
            downloaded: c.downloaded.load(Relaxed),
            hashed: c.hashed.load(Relaxed),
            uploaded: c.uploaded.load(Relaxed),
        };
        Snapshot {
            archives: self.archives.iter().map(sample).collect(),
            moved_down: self.moved_down.load(Relaxed),
            moved_up: self.moved_up.load(Relaxed),
            limit_down: self.throttles.down.in_force(),
            limit_up: self.throttles.up.in_force(),
        }
    }

    /// What holds both legs to their limits.
    pub(super) const fn throttles(&self) -> &Arc<Throttles> {
        &self.throttles
    }

    pub(super) fn status(&self, line: usize) -> Status {
        let code = self.archives[line].status.load(Relaxed);
        Status::ALL.get(usize::from(code)).copied().unwrap_or_default()
    }

    pub(super) fn set_status(&self, line: usize, status: Status) {
        self.archives[line].status.store(status as u8, Relaxed);
    }

    pub(super) fn set_downloaded(&self, line: usize, bytes: u64) {
        self.archives[line].downloaded.store(bytes, Relaxed);
    }

    pub(super) fn set_hashed(&self, line: usize, bytes: u64) {
        self.archives[line].hashed.store(bytes, Relaxed);
    }

    pub(super) fn set_uploaded(&self, line: usize, bytes: u64) {
        self.archives[line].uploaded.store(bytes, Relaxed);
    }

    pub(super) fn add_uploaded(&self, line: usize, bytes: u64) {
        self.archives[line].uploaded.fetch_add(bytes, Relaxed);
        self.moved_up.fetch_add(bytes, Relaxed);
    }

    /// `bytes` that were counted as uploaded are to be uploaded again.
    pub(super) fn take_back(&self, line: usize, bytes: u64) {
        self.archives[line].uploaded.fetch_sub(bytes, Relaxed);
    }

    pub(super) fn add_moved_down(&self, bytes: u64) {
        self.moved_down.fetch_add(bytes, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(status: Status, downloaded: u64, uploaded: u64) -> Sample {
        Sample { status, size: 100, down: 100, up: 100, downloaded, hashed: downloaded, uploaded }
    }

    #[test]
    fn all_bytes_moved_is_not_yet_all_done() {
        assert_eq!(sample(Status::Running, 100, 100).done(), 199);
        assert_eq!(sample(Status::Proven, 100, 100).done(), 200);
    }

    #[test]
    fn a_leg_that_is_not_wanted_does_not_count() {
        let upload_only = Sample { down: 0, ..sample(Status::Running, 100, 40) };
        assert_eq!((upload_only.done(), upload_only.total()), (40, 100));
    }
}
