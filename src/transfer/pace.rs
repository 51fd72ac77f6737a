//! How long a transfer will still take: a pure function of snapshots over time that does not jump. No clock is read here.
//!
//! The legs overlap, so the slower one decides. A leg is only timed while it has something to do: an upload that waits for the
//! download is not slow, and parts that are acknowledged in lumps are not fast.

use std::num::NonZeroU64;
use std::time::Duration;

use super::{Sample, Snapshot, Status, USUAL_PART, part_size};

/// What a leg did more than about this many seconds of work ago no longer counts.
const MEMORY: f64 = 12.0;
/// Seconds of work on a leg before anything is said of it.
const ENOUGH: f64 = 2.0;
/// In about this many seconds what is shown follows a new estimate.
const FOLLOW: f64 = 4.0;
/// A hundred days: whatever is longer is no estimate.
const MOST: f64 = 8_640_000.0;

/// Estimates the time left of two legs that run side by side.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    down: Leg,
    up: Leg,
    at: Option<Duration>,
    shown: Option<f64>,
}

impl Pace {
    /// Tells where all archives are at `now`; several times a second, so that it is seen when a leg has nothing to do.
    /// Time in which no archive runs (paused, waiting) does not count.
    pub fn feed(&mut self, now: Duration, snapshot: &Snapshot) {
        let before = self.at.replace(now);
        if !snapshot.archives.iter().any(|sample| sample.status == Status::Running) {
            return;
        }
        let passed = before.and_then(|then| now.checked_sub(then)).unwrap_or_default().as_secs_f64();
        let work = Work::of(snapshot);
        self.down.limit = snapshot.limit_down.rate;
        self.up.limit = snapshot.limit_up.rate;
        self.down.feed(passed, snapshot.moved_down, work.down > 0 && self.down.has_moved());
        self.up.feed(passed, snapshot.moved_up, work.ready > 0);
        self.shown = self.estimate(&work).map(|wanted| self.follow(wanted, passed));
    }

    /// The time left; `None` until it is known.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        self.shown.map(Duration::from_secs_f64)
    }

    /// Seconds until the slower leg is done.
    fn estimate(&self, work: &Work) -> Option<f64> {
        let down = match work.down {
            0 => 0.0,
            bytes => float(bytes) / self.down.rate().filter(|_| self.down.seconds >= ENOUGH)?,
        };
        match self.up.rate() {
            _ if work.up == 0 => Some(down),
            // What comes last off one leg has still to go over the other.
            Some(rate) => Some((float(work.up) / rate).max(down + float(work.last) / rate)),
            None if work.ready > 0 && self.shown.is_none() => None,
            // Nothing was acknowledged yet: it cannot be faster than if what is ready came through now.
            None if work.ready > 0 => Some(down.max(float(work.up) * self.up.waited / float(work.ready))),
            // Nothing was ready to be uploaded yet: it is taken to be as fast as what it waits for.
            None if work.down > 0 => Some(down),
            None => self.down.rate().map(|rate| float(work.up) / rate),
        }
    }

    /// What is shown counts down by itself and bends towards `wanted`; near the end it obeys at once.
    fn follow(&self, wanted: f64, passed: f64) -> f64 {
        let Some(shown) = self.shown.filter(|_| wanted > 2.0) else { return wanted.min(MOST) };
        let expected = (shown - passed).max(0.0);
        let bend = 1.0 - (-passed / FOLLOW).exp();
        (expected + (wanted - expected) * bend).clamp(0.0, MOST)
    }
}

/// What is before both legs, in bytes. What has ended, even badly, is not waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Work {
    /// Still to download.
    down: u64,
    /// Still to upload.
    up: u64,
    /// Of these, what can be uploaded now.
    ready: u64,
    /// What can be uploaded only when the last byte is there.
    last: u64,
}

impl Work {
    fn of(snapshot: &Snapshot) -> Self {
        let open = || snapshot.archives.iter().filter(|sample| !sample.status.is_final());
        let down =
            |sample: &Sample| if sample.down > 0 { sample.size.saturating_sub(sample.downloaded) } else { 0 };
        let up =
            |sample: &Sample| if sample.up > 0 { sample.size.saturating_sub(sample.uploaded) } else { 0 };
        Self {
            down: open().map(down).sum(),
            up: open().map(up).sum(),
            ready: open().map(ready).sum(),
            last: open().map(|sample| up(sample).min(part(sample)).min(down(sample))).max().unwrap_or(0),
        }
    }
}

/// Bytes of whole parts that are there and not acknowledged.
fn ready(sample: &Sample) -> u64 {
    if sample.up == 0 {
        return 0;
    }
    let there =
        if sample.hashed >= sample.size { sample.size } else { sample.hashed / part(sample) * part(sample) };
    there.saturating_sub(sample.uploaded)
}

/// Bytes that are uploaded as one.
fn part(sample: &Sample) -> u64 {
    part_size(sample.size, USUAL_PART)
}

/// One leg: bytes over seconds of work with a fading memory, taken when bytes arrive, so that lumps do not show.
#[derive(Debug, Clone, Default)]
struct Leg {
    bytes: f64,
    seconds: f64,
    /// Seconds of work since bytes arrived.
    waited: f64,
    /// The longest wait for bytes of late, in seconds.
    usual_wait: f64,
    last: Option<u64>,
    /// What it may do now, bytes/s: a limit that was lowered is believed before it is felt.
    limit: Option<NonZeroU64>,
}

impl Leg {
    fn feed(&mut self, passed: f64, moved: u64, is_busy: bool) {
        let more = self.last.map_or(moved, |last| moved.saturating_sub(last));
        self.last = Some(moved);
        if is_busy || more > 0 {
            self.waited += passed;
        }
        if more > 0 {
            self.usual_wait = self.waited.max(self.usual_wait * fade(self.waited));
            self.take(more);
        } else if self.bytes > 0.0 && self.waited > (2.0 * self.usual_wait).max(1.0) {
            self.take(0);
        }
    }

    fn take(&mut self, bytes: u64) {
        let fade = fade(self.waited);
        self.bytes = self.bytes * fade + float(bytes);
        self.seconds = self.seconds * fade + self.waited;
        self.waited = 0.0;
    }

    const fn has_moved(&self) -> bool {
        self.bytes > 0.0
    }

    /// Bytes/s of work; `None` while nothing has moved. Bytes that came between two looks took hardly any time.
    fn rate(&self) -> Option<f64> {
        let most = self.limit.map_or(f64::INFINITY, |limit| float(limit.get()));
        (self.bytes >= 1.0).then(|| (self.bytes / self.seconds.max(0.01)).min(most))
    }
}

fn fade(seconds: f64) -> f64 {
    (-seconds / MEMORY).exp()
}

#[expect(clippy::cast_precision_loss, reason = "an estimate needs no more than 52 bits")]
const fn float(bytes: u64) -> f64 {
    bytes as f64
}

#[cfg(test)]
mod tests;
