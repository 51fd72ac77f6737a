//! Lets as many parts fly at once as `flow` finds best, for all archives together.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::door::{Door, First, Inside};
use super::flow::Flow;

/// Shared by all archives of a run.
#[derive(Debug)]
pub(super) struct Gate {
    flow: Mutex<Flow>,
    door: Door,
    began: Instant,
}

/// A part in flight, as long as this lives.
#[derive(Debug)]
pub(super) struct Flight {
    _inside: Inside,
}

impl Gate {
    /// A gate for at most `most` parts; those of the `first` archive go before all others.
    pub(super) fn new(most: usize, first: First) -> Self {
        Self { flow: Mutex::new(Flow::new(most)), door: Door::new(first), began: Instant::now() }
    }

    /// Waits until another part, of line `line`, may fly.
    pub(super) async fn enter(&self, line: usize) -> Flight {
        let inside = self.door.enter(line, || self.limit(), || self.lock().waited());
        Flight { _inside: inside.await }
    }

    /// Parts that may fly at once now.
    pub(super) fn limit(&self) -> usize {
        self.lock().limit()
    }

    /// Parts that fly now.
    pub(super) fn flying(&self) -> usize {
        self.door.inside()
    }

    /// A part of `bytes` was acknowledged.
    pub(super) fn acknowledged(&self, bytes: u64) {
        self.lock().acknowledged(self.began.elapsed(), bytes);
    }

    /// The far end asked for fewer requests.
    pub(super) fn throttled(&self) {
        self.lock().throttled(self.began.elapsed());
    }

    /// A panic while it was held leaves numbers that are still numbers.
    fn lock(&self) -> MutexGuard<'_, Flow> {
        self.flow.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_part_waits_until_another_has_landed() {
        let gate = Gate::new(1, First::default());
        let first = gate.enter(0).await;
        let second = gate.enter(0);
        tokio::pin!(second);
        assert!(futures::poll!(&mut second).is_pending());
        drop(first);
        assert!(futures::poll!(&mut second).is_ready());
    }
}
