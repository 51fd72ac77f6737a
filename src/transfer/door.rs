//! Lets in as many as there is room for: those of the archive that was put first before all others, the others in the order in which they came.
//!
//! What they do inside, and how many there is room for, is the business of `budget` and `gate`.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// Which archive was put first; clones share it.
#[derive(Debug, Clone)]
pub(super) struct First(Arc<AtomicUsize>);

impl Default for First {
    fn default() -> Self {
        // No plan has so many lines.
        Self(Arc::new(AtomicUsize::new(usize::MAX)))
    }
}

impl First {
    /// From now on it is `line`.
    pub(super) fn set(&self, line: usize) {
        self.0.store(line, Relaxed);
    }

    fn is(&self, line: usize) -> bool {
        self.0.load(Relaxed) == line
    }
}

/// A door; clones share it.
#[derive(Debug, Clone)]
pub(super) struct Door(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    first: First,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    inside: usize,
    /// Who waits: when they came, and for which line.
    waiting: Vec<(u64, usize)>,
    came: u64,
}

/// Somebody inside, as long as this lives.
#[derive(Debug)]
pub(super) struct Inside(Door);

/// Somebody who waits, as long as this lives.
struct Ticket<'a> {
    door: &'a Door,
    number: u64,
    line: usize,
}

impl Door {
    pub(super) fn new(first: First) -> Self {
        Self(Arc::new(Inner { first, state: Mutex::default(), changed: Notify::new() }))
    }

    /// How many are inside.
    pub(super) fn inside(&self) -> usize {
        self.lock().inside
    }

    /// There may be more room: whoever waits looks again.
    pub(super) fn changed(&self) {
        self.0.changed.notify_waiters();
    }

    /// Waits until there is room for somebody of `line`: fewer than `most` are inside, and nobody goes before. `waits` is called whenever
    /// there is none.
    pub(super) async fn enter(&self, line: usize, most: impl Fn() -> usize, waits: impl Fn()) -> Inside {
        let ticket = self.come(line);
        loop {
            let changed = self.0.changed.notified();
            tokio::pin!(changed);
            // Whoever leaves between the look and the wait must not be missed.
            changed.as_mut().enable();
            if self.try_enter(&ticket, most()) {
                return Inside(self.clone());
            }
            waits();
            changed.await;
        }
    }

    fn come(&self, line: usize) -> Ticket<'_> {
        let mut state = self.lock();
        state.came += 1;
        let number = state.came;
        state.waiting.push((number, line));
        Ticket { door: self, number, line }
    }

    fn try_enter(&self, ticket: &Ticket, most: usize) -> bool {
        let mut state = self.lock();
        let rank = |number: u64, line: usize| (!self.0.first.is(line), number);
        let mine = rank(ticket.number, ticket.line);
        let is_next = state.waiting.iter().all(|(number, line)| rank(*number, *line) >= mine);
        let enters = is_next && state.inside < most;
        state.inside += usize::from(enters);
        enters
    }

    /// A panic while it was held leaves numbers that are still numbers.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.door.lock().waiting.retain(|(number, _)| *number != self.number);
        // There may be room for the next one, too.
        self.door.changed();
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.lock().inside -= 1;
        self.0.changed();
    }
}

#[cfg(test)]
mod tests {
    use futures::poll;

    use super::*;

    #[tokio::test]
    async fn who_came_first_goes_first() {
        let door = Door::new(First::default());
        let inside = door.enter(0, || 1, || ()).await;
        let (one, other) = (door.enter(1, || 1, || ()), door.enter(2, || 1, || ()));
        tokio::pin!(one, other);
        assert!(poll!(&mut one).is_pending() && poll!(&mut other).is_pending());
        drop(inside);
        assert!(poll!(&mut other).is_pending());
        assert!(poll!(&mut one).is_ready());
    }

    #[tokio::test]
    async fn the_line_that_was_put_first_goes_before_those_that_came_earlier() {
        let first = First::default();
        let door = Door::new(first.clone());
        let inside = door.enter(0, || 1, || ()).await;
        let (earlier, later) = (door.enter(1, || 1, || ()), door.enter(2, || 1, || ()));
        tokio::pin!(earlier, later);
        assert!(poll!(&mut earlier).is_pending() && poll!(&mut later).is_pending());
        first.set(2);
        drop(inside);
        assert!(poll!(&mut earlier).is_pending());
        let entered = poll!(&mut later);
        assert!(entered.is_ready());
        drop(entered);
        assert!(poll!(&mut earlier).is_ready());
    }

    #[tokio::test]
    async fn somebody_who_waits_no_more_is_in_nobodys_way() {
        let door = Door::new(First::default());
        let inside = door.enter(0, || 1, || ()).await;
        {
            let gone = door.enter(1, || 1, || ());
            tokio::pin!(gone);
            assert!(poll!(&mut gone).is_pending());
        }
        drop(inside);
        let next = door.enter(2, || 1, || ());
        tokio::pin!(next);
        assert!(poll!(&mut next).is_ready());
    }

    #[tokio::test]
    async fn room_that_is_made_is_used_at_once() {
        let door = Door::new(First::default());
        let most = AtomicUsize::new(1);
        let _inside = door.enter(0, || most.load(Relaxed), || ()).await;
        let next = door.enter(0, || most.load(Relaxed), || ());
        tokio::pin!(next);
        assert!(poll!(&mut next).is_pending());
        most.store(2, Relaxed);
        door.changed();
        assert!(poll!(&mut next).is_ready());
        assert_eq!(door.inside(), 1, "a guard that was polled out and dropped has left");
    }
}
