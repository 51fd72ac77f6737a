//! Watches a running transfer until it ends: facts as they come, bytes now and then, and the signals that stop it.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::time::{MissedTickBehavior, interval};

use super::bars::Bars;
use super::rate::Rate;
use super::signals::Signals;
use super::{Exit, Output, facts};
use crate::say;
use crate::transfer::{Control, Fact, Plan, Running, Snapshot, Summary};
use crate::words::{self, size};

/// How often counters are looked at and bars are drawn.
const FRAME: Duration = Duration::from_millis(100);
/// How often programs hear of bytes.
const JSON_BEAT: Duration = Duration::from_secs(2);
/// How often a log hears of bytes.
const TEXT_BEAT: Duration = Duration::from_secs(10);

/// Reports until the transfer has ended, and says how it went.
pub(super) async fn watch(
    plan: &Plan,
    mut running: Running,
    signals: &mut Signals,
    output: &Output,
) -> (Summary, Exit) {
    let mut watcher = Watcher::new(plan, running.control.clone(), output);
    let mut beat = interval(FRAME);
    beat.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            fact = running.facts.recv() => match fact {
                Some(fact) => watcher.hear(&fact),
                None => break,
            },
            _ = beat.tick() => watcher.look(&running.progress.snapshot()),
            () = signals.next() => watcher.interrupt(),
        }
        watcher.end_when_nothing_more_can_happen(&running.progress.snapshot());
    }
    watcher.bars.clear();
    drop(watcher);
    let summary = running.finish().await;
    let exit = exit(&summary);
    (summary, exit)
}

/// The worst of what happened decides.
fn exit(summary: &Summary) -> Exit {
    let worst = Exit::worst(summary.failures.iter().copied(), summary.interrupted > 0);
    if summary.failed + summary.cancelled > 0 { worst.max(Exit::Failed) } else { worst }
}

struct Watcher<'a> {
    plan: &'a Plan,
    control: Control,
    output: &'a Output,
    bars: Bars,
    rate: Rate,
    began: Instant,
    /// When programs or a log last heard of bytes.
    told: Option<Instant>,
    stopped: bool,
    interrupted: bool,
}

impl<'a> Watcher<'a> {
    fn new(plan: &'a Plan, control: Control, output: &'a Output) -> Self {
        let (bars, rate, began) = (Bars::new(plan, output), Rate::default(), Instant::now());
        // People who read a log want no line before anything has happened.
        let told = (!output.is_json()).then_some(began);
        Self { plan, control, output, bars, rate, began, told, stopped: false, interrupted: false }
    }

    fn hear(&self, fact: &Fact) {
        self.bars.aside(|| facts::tell(self.plan, fact, self.output));
    }

    fn look(&mut self, now: &Snapshot) {
        self.rate.take(self.began.elapsed(), now);
        self.bars.draw(now, self.rate.left());
        let every = if self.output.is_json() { JSON_BEAT } else { TEXT_BEAT };
        if self.bars.is_shown() || self.told.is_some_and(|last| last.elapsed() < every) {
            return;
        }
        self.told = Some(Instant::now());
        if self.output.is_json() {
            self.output.event("progress", progress(now, &self.rate));
        } else {
            self.output.note(line(now, &self.rate));
        }
    }

    /// The first signal winds down; the second leaves at once, which a journal survives.
    fn interrupt(&mut self) {
        if self.interrupted {
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
        self.interrupted = true;
        self.stop();
        self.bars.aside(|| self.output.note(say!("cli-stopping")));
    }

    fn stop(&mut self) {
        self.stopped = true;
        self.control.stop();
    }

    /// Ends a transfer that is done, and one that nobody listens to any more.
    fn end_when_nothing_more_can_happen(&mut self, now: &Snapshot) {
        if !self.stopped && (now.is_final() || self.output.is_closed()) {
            self.stop();
        }
    }
}

fn progress(now: &Snapshot, rate: &Rate) -> serde_json::Value {
    json!({
        "done": now.done(),
        "total": now.total(),
        "moved_down": now.moved_down,
        "moved_up": now.moved_up,
        "down_per_second": rate.down(),
        "up_per_second": rate.up(),
        "limit_down": now.limit_down.rate,
        "limit_up": now.limit_up.rate,
        "seconds_left": rate.left().map(|left| left.as_secs()),
        "archives": now.archives,
    })
}

/// One line that is readable in a log.
fn line(now: &Snapshot, rate: &Rate) -> String {
    let left = rate.left().map_or_else(String::new, |left| say!("cli-left", time = words::span(left)));
    format!(
        "{} %  {} / {}  ↓ {}  ↑ {}  {left}",
        percent(now.done(), now.total()),
        size(now.done()),
        size(now.total()),
        words::rate(rate.down()),
        words::rate(rate.up()),
    )
    .trim_end()
    .to_owned()
}

/// Whole percents, rounded down: 100 only when all is proven.
fn percent(done: u64, total: u64) -> u64 {
    if total == 0 { 100 } else { u64::try_from(u128::from(done) * 100 / u128::from(total)).unwrap_or(100) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn percents_are_never_ahead() {
        assert_eq!((percent(0, 0), percent(199, 200), percent(200, 200)), (100, 99, 100));
        assert_eq!(percent(u64::MAX - 1, u64::MAX), 99);
    }

    #[test]
    fn the_worst_of_several_ends_decides() {
        let done = Summary { proven: 4, ..Summary::default() };
        assert_eq!(exit(&done), Exit::Done);
        let stopped = Summary { interrupted: 1, ..Summary::default() };
        assert_eq!(exit(&stopped), Exit::Interrupted);
        let failed = Summary {
            failed: 1,
            interrupted: 2,
            failures: vec![Kind::Transient, Kind::Integrity],
            ..Summary::default()
        };
        assert_eq!(exit(&failed), Exit::Integrity);
    }
}
