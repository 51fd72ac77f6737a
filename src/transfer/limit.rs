//! What holds a leg to its limit: one throttle a leg, shared by all archives.
//!
//! A line of bytes: every piece takes its place at the end, and the line moves at the limit of the moment. Places are kept in
//! bytes, not in times, so that a limit that changes (by hand or by the hour) moves everybody in the line at the new speed. The
//! `governor` crate can do neither: its quota is fixed for its life, and its cells are u32.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::Leg;
use crate::amounts::{InForce, Schedule};

/// What may pass at once after a quiet time, as time at the limit: long enough to hide timers, too short to be a burst.
const BURST: Duration = Duration::from_millis(250);
/// How often the clock on the wall is asked which limit holds.
const HOUR_CHECK: Duration = Duration::from_secs(1);

/// The limits of both legs, for all archives together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Limits {
    /// From the mirror.
    pub down: Schedule,
    /// To S3.
    pub up: Schedule,
}

/// The throttles of both legs.
#[derive(Debug, Default)]
pub(super) struct Throttles {
    /// From the mirror.
    pub(super) down: Arc<Throttle>,
    /// To S3.
    pub(super) up: Arc<Throttle>,
}

impl Throttles {
    /// Throttles that begin with `limits`.
    pub(super) fn new(limits: Limits) -> Self {
        Self { down: Arc::new(Throttle::new(limits.down)), up: Arc::new(Throttle::new(limits.up)) }
    }

    /// The throttle of `leg`.
    pub(super) const fn of(&self, leg: Leg) -> &Arc<Throttle> {
        match leg {
            Leg::Download => &self.down,
            Leg::Upload => &self.up,
        }
    }
}

/// The time of day, asked for when it matters which limit holds.
type Wall = Box<dyn Fn() -> Time + Send + Sync>;

/// Holds a leg to its limit. Without one it costs an atomic load.
pub(super) struct Throttle {
    /// Whether any hour has a limit.
    is_limited: AtomicBool,
    line: Mutex<Line>,
    /// Wakes whoever waits when the limit is changed.
    changed: Notify,
    wall: Wall,
}

/// The line of bytes.
#[derive(Debug)]
struct Line {
    schedule: Schedule,
    /// The limit that holds now, bytes/s.
    rate: Option<NonZeroU64>,
    /// When that was looked up.
    asked: Instant,
    /// Until when `passed` is true.
    at: Instant,
    /// The end of the line: bytes that were ever reserved.
    reserved: u64,
    /// Bytes that may have passed by `at`: at most [`BURST`] more than were reserved.
    passed: f64,
}

impl Default for Throttle {
    fn default() -> Self {
        Self::new(Schedule::unlimited())
    }
}

impl fmt::Debug for Throttle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Throttle").field("line", &self.line()).finish_non_exhaustive()
    }
}

impl Throttle {
    /// A throttle that begins with `schedule`, by the wall clock of this machine.
    pub(super) fn new(schedule: Schedule) -> Self {
        Self::with_wall(schedule, Box::new(|| jiff::Zoned::now().time()))
    }

    fn with_wall(schedule: Schedule, wall: Wall) -> Self {
        let now = Instant::now();
        let rate = schedule.at(wall());
        Self {
            is_limited: AtomicBool::new(!schedule.is_unlimited()),
            line: Mutex::new(Line { schedule, rate, asked: now, at: now, reserved: 0, passed: 0.0 }),
            changed: Notify::new(),
            wall,
        }
    }

    /// Changes the limit, for those who wait already too.
    pub(super) fn set(&self, schedule: Schedule) {
        let mut line = self.line();
        line.settle(Instant::now());
        line.rate = schedule.at((self.wall)());
        self.is_limited.store(!schedule.is_unlimited(), Relaxed);
        line.schedule = schedule;
        drop(line);
        self.changed.notify_waiters();
    }

    /// The limit at this moment, and until when it holds.
    pub(super) fn in_force(&self) -> InForce {
        if !self.is_limited.load(Relaxed) {
            return InForce::default();
        }
        self.line().schedule.in_force((self.wall)())
    }

    /// The limit at this moment, bytes/s; `None` is no limit.
    pub(super) fn rate_now(&self) -> Option<NonZeroU64> {
        self.in_force().rate
    }

    /// Takes a place in the line for `bytes`, and says how long from now they must wait before they may move. Where the limit
    /// may change meanwhile, [`Self::take`] is better: it notices.
    pub(super) fn reserve(&self, bytes: u64) -> Duration {
        if !self.is_limited.load(Relaxed) {
            return Duration::ZERO;
        }
        let mut line = self.now();
        let place = line.join(bytes);
        line.wait(place)
    }

    /// Takes a place in the line for `bytes`, and returns when they may move: by the limit of each moment. Dropped before that, it
    /// gives the place back.
    pub(super) async fn take(&self, bytes: u64) {
        if !self.is_limited.load(Relaxed) {
            return;
        }
        let place = self.now().join(bytes);
        let mut waiting = Waiting { throttle: self, bytes };
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            // From here on a change is noticed, so none falls between the look and the wait.
            changed.as_mut().enable();
            let wait = self.now().wait(place);
            if wait.is_zero() {
                waiting.bytes = 0;
                return;
            }
            let _changed = tokio::time::timeout(wait.min(HOUR_CHECK), changed).await;
        }
    }

    /// The line as of now, at the limit of now.
    fn now(&self) -> MutexGuard<'_, Line> {
        let mut line = self.line();
        let now = Instant::now();
        line.settle(now);
        if now.duration_since(line.asked) >= HOUR_CHECK {
            line.rate = line.schedule.at((self.wall)());
            line.asked = now;
        }
        line
    }

    /// A panic while it was held cannot have left it half changed.
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the line; whoever leaves it unused lets the others move up.
struct Waiting<'a> {
    throttle: &'a Throttle,
    bytes: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if self.bytes > 0 {
            let mut line = self.throttle.now();
            line.pass(float(self.bytes));
            drop(line);
            self.throttle.changed.notify_waiters();
        }
    }
}

impl Line {
    /// Lets pass what the limit allowed since the last look.
    fn settle(&mut self, now: Instant) {
        let time = now.duration_since(self.at);
        self.at = now;
        match self.rate {
            Some(rate) => self.pass(float(rate.get()) * time.as_secs_f64()),
            None => self.passed = float(self.reserved),
        }
    }

    /// Lets `bytes` pass; a pause builds up no more than [`BURST`].
    fn pass(&mut self, bytes: f64) {
        let burst = self.rate.map_or(0.0, |rate| float(rate.get()) * BURST.as_secs_f64());
        self.passed = (self.passed + bytes).min(float(self.reserved) + burst);
    }

    /// Takes a place at the end; gives back where it ends.
    const fn join(&mut self, bytes: u64) -> u64 {
        self.reserved = self.reserved.saturating_add(bytes);
        self.reserved
    }

    /// How long until the line has passed `place`.
    fn wait(&self, place: u64) -> Duration {
        let Some(rate) = self.rate else { return Duration::ZERO };
        let ahead = (float(place) - self.passed).max(0.0);
        // Rounded up, so that whoever waits so long finds that it was enough.
        let nanos = (ahead / float(rate.get()) * 1e9).ceil();
        Duration::try_from_secs_f64(nanos / 1e9).unwrap_or(Duration::MAX)
    }
}

/// Exact up to 8 PiB, which is more than a run moves.
#[expect(clippy::cast_precision_loss, reason = "see above")]
const fn float(bytes: u64) -> f64 {
    bytes as f64
}

#[cfg(test)]
mod tests;
