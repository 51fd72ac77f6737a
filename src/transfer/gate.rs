//! Lets as many parts fly at once as `flow` finds best, for all archives together.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

use super::flow::Flow;

/// Shared by all archives of a run.
#[derive(Debug)]
pub(super) struct Gate {
    state: Mutex<State>,
    left: Notify,
    began: Instant,
}

#[derive(Debug)]
struct State {
    flow: Flow,
    flying: usize,
}

/// A part in flight, as long as this lives.
#[derive(Debug)]
pub(super) struct Flight(Arc<Gate>);

impl Gate {
    /// A gate for at most `most` parts.
    pub(super) fn new(most: usize) -> Self {
        let state = Mutex::new(State { flow: Flow::new(most), flying: 0 });
        Self { state, left: Notify::new(), began: Instant::now() }
    }

    /// Waits until another part may fly.
    pub(super) async fn enter(self: &Arc<Self>) -> Flight {
        loop {
            let left = self.left.notified();
            tokio::pin!(left);
            // Whoever leaves between the look and the wait must not be missed.
            left.as_mut().enable();
            if self.try_enter() {
                return Flight(Arc::clone(self));
            }
            left.await;
        }
    }

    /// Parts that may fly at once now.
    pub(super) fn limit(&self) -> usize {
        self.lock().flow.limit()
    }

    /// A part of `bytes` was acknowledged.
    pub(super) fn acknowledged(&self, bytes: u64) {
        self.lock().flow.acknowledged(self.began.elapsed(), bytes);
    }

    /// The far end asked for fewer requests.
    pub(super) fn throttled(&self) {
        self.lock().flow.throttled(self.began.elapsed());
    }

    fn try_enter(&self) -> bool {
        let mut state = self.lock();
        let is_free = state.flying < state.flow.limit();
        if is_free {
            state.flying += 1;
        } else {
            state.flow.waited();
        }
        is_free
    }

    /// A panic while it was held leaves numbers that are still numbers.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.0.lock().flying -= 1;
        // The limit may have grown meanwhile: everybody looks again.
        self.0.left.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_part_waits_until_another_has_landed() {
        let gate = Arc::new(Gate::new(1));
        let first = gate.enter().await;
        let second = gate.enter();
        tokio::pin!(second);
        assert!(futures::poll!(&mut second).is_pending());
        drop(first);
        assert!(futures::poll!(&mut second).is_ready());
    }
}
