//! The lane of bytes: atomics that the pipeline counts in and that a screen samples when it draws a frame.
//!
//! Bytes count when they are acknowledged: written to the disk, hashed, answered by S3. A retry takes back what it had counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering::Relaxed};

use serde::Serialize;

use super::PartState;
use super::budget::{Budget, Connections};
use super::gate::Gate;
use super::limit::Throttles;
use super::part_state::PartStates;
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
    size: AtomicU64,
    down: u64,
    up: u64,
    status: AtomicU8,
    downloaded: AtomicU64,
    hashed: AtomicU64,
    uploaded: AtomicU64,
    sending: AtomicU64,
    parts: PartStates,
}

/// Counters of a whole plan, shared by the pipeline and whoever watches.
#[derive(Debug, Default)]
pub struct Progress {
    archives: Vec<Counters>,
    /// Archive bytes that came over the network from the mirror, retries included.
    moved_down: AtomicU64,
    /// Archive bytes that S3 acknowledged in this run.
    moved_up: AtomicU64,
    /// Archive bytes that were handed to the system for S3 in this run, retries included.
    sent_up: AtomicU64,
    throttles: Arc<Throttles>,
    connections: Option<Connections>,
    gate: Option<Arc<Gate>>,
    /// 1 more than the line of which snapshots tell the parts; 0: of none.
    watched: AtomicUsize,
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
    /// Bytes of it that are on their way to S3: handed to the system, not acknowledged, so not counted as uploaded.
    pub sending: u64,
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
    /// Archive bytes that were handed to the system for S3 in this run, retries included: they move evenly where whole parts do not, and
    /// count for nothing until they are acknowledged.
    pub sent_up: u64,
    /// The limit of the download leg at that instant.
    pub limit_down: InForce,
    /// The limit of the upload leg at that instant.
    pub limit_up: InForce,
    /// Connections to the mirror: how many there may be, all archives together.
    pub connections: usize,
    /// How many of them are in use.
    pub connected: usize,
    /// Parts that are on their way to S3.
    pub flying: usize,
    /// The line that [`Progress::watch`] named, and where its parts are, in their order.
    #[serde(skip)]
    pub parts: Option<(usize, Vec<PartState>)>,
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
    /// Counters for `archives` of (size, bytes wanted on the download leg, bytes wanted on the upload leg), which share `throttles` and
    /// what there is of `budget`.
    pub(super) fn new(
        archives: impl Iterator<Item = (u64, u64, u64)>,
        throttles: Arc<Throttles>,
        budget: &Budget,
    ) -> Self {
        let archives =
            archives.map(|(size, down, up)| Counters { size: size.into(), down, up, ..Counters::default() });
        let archives = archives.collect();
        let (connections, gate) = (Some(budget.connections.clone()), Some(Arc::clone(&budget.gate)));
        Self { archives, throttles, connections, gate, ..Self::default() }
    }

    /// What all counters say now. Costs a few loads; call it when a frame is drawn.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let sample = |c: &Counters| Sample {
            status: Status::ALL.get(usize::from(c.status.load(Relaxed))).copied().unwrap_or_default(),
            size: c.size.load(Relaxed),
            down: c.down,
            up: c.up,
            downloaded: c.downloaded.load(Relaxed),
            hashed: c.hashed.load(Relaxed),
            uploaded: c.uploaded.load(Relaxed),
            sending: c.sending.load(Relaxed),
        };
        Snapshot {
            archives: self.archives.iter().map(sample).collect(),
            moved_down: self.moved_down.load(Relaxed),
            moved_up: self.moved_up.load(Relaxed),
            limit_down: self.throttles.down.in_force(),
            sent_up: self.sent_up.load(Relaxed),
            limit_up: self.throttles.up.in_force(),
            connections: self.connections.as_ref().map_or(0, Connections::most),
            connected: self.connections.as_ref().map_or(0, Connections::used),
            parts: self.watched.load(Relaxed).checked_sub(1).map(|line| (line, self.parts(line))),
            flying: self.gate.as_ref().map_or(0, |gate| gate.flying()),
        }
    }

    /// Where each part of an archive is, in their order; nothing where it was not cut yet. Costs a load for each part: ask for the one
    /// archive that is looked at, when a frame is drawn.
    #[must_use]
    pub fn parts(&self, line: usize) -> Vec<PartState> {
        self.archives.get(line).map(|archive| archive.parts.all()).unwrap_or_default()
    }

    /// From now on, snapshots tell the parts of that line, or of none.
    pub fn watch(&self, line: Option<usize>) {
        self.watched.store(line.map_or(0, |line| line.saturating_add(1)), Relaxed);
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

    /// The archive of another dump is `bytes` large.
    pub(super) fn set_size(&self, line: usize, bytes: u64) {
        self.archives[line].size.store(bytes, Relaxed);
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

    /// `bytes` were handed to the system for S3.
    pub(super) fn add_sending(&self, line: usize, bytes: u64) {
        self.archives[line].sending.fetch_add(bytes, Relaxed);
        self.sent_up.fetch_add(bytes, Relaxed);
    }

    /// `bytes` are not on their way any more: acknowledged, or given up.
    pub(super) fn sent(&self, line: usize, bytes: u64) {
        self.archives[line].sending.fetch_sub(bytes, Relaxed);
    }

    pub(super) fn add_moved_down(&self, bytes: u64) {
        self.moved_down.fetch_add(bytes, Relaxed);
    }
}

/// Where parts are.
impl Progress {
    /// The archive is cut into parts of `part_size`, of which nothing is known yet; `None`: it is not.
    pub(super) fn cut(&self, line: usize, part_size: Option<u64>) {
        let archive = &self.archives[line];
        let count = part_size.map_or(0, |part_size| archive.size.load(Relaxed).div_ceil(part_size.max(1)));
        archive.parts.cut(usize::try_from(count).unwrap_or_default());
    }

    /// The part is now `state`.
    pub(super) fn part(&self, line: usize, number: i32, state: PartState) {
        self.archives[line].parts.set(number, state, |_| true);
    }

    /// It comes from the mirror, or will come again; what is here, or in S3, stays what it is.
    pub(super) fn part_coming(&self, line: usize, number: i32, state: PartState) {
        let may = |was| matches!(was, PartState::Waiting | PartState::Downloading | PartState::Again);
        self.archives[line].parts.set(number, state, may);
    }

    /// All of it went by here.
    pub(super) fn part_here(&self, line: usize, number: i32) {
        self.part_coming(line, number, PartState::Here);
    }

    /// A try to send it has ended.
    pub(super) fn part_ended(&self, line: usize, number: i32, is_there: bool) {
        self.part(line, number, if is_there { PartState::InS3 } else { PartState::Again });
    }

    /// The first `bytes` are here, in parts of `part_size`.
    pub(super) fn here_until(&self, line: usize, part_size: u64, bytes: u64) {
        let whole = i32::try_from(bytes / part_size.max(1)).unwrap_or(i32::MAX);
        (1..=whole).for_each(|number| self.part_here(line, number));
    }

    /// The whole archive is here; what is in S3 stays there.
    pub(super) fn all_here(&self, line: usize) {
        self.each_part(line, |was| was != PartState::InS3);
    }

    /// Nothing of it is in S3 any more; it is here.
    pub(super) fn parts_taken_back(&self, line: usize) {
        self.each_part(line, |_| true);
    }

    fn each_part(&self, line: usize, is_here: impl Fn(PartState) -> bool) {
        let parts = &self.archives[line].parts;
        let count = i32::try_from(parts.all().len()).unwrap_or(i32::MAX);
        (1..=count).for_each(|number| parts.set(number, PartState::Here, &is_here));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(status: Status, downloaded: u64, uploaded: u64) -> Sample {
        Sample { status, size: 100, down: 100, up: 100, downloaded, hashed: downloaded, uploaded, sending: 0 }
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
