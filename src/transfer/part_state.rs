//! Where each part of an archive is, for whoever draws a map of it: one byte a part, changed when a part changes, never for each piece.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;

/// Where a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum PartState {
    /// Nothing of it was moved.
    #[default]
    Waiting = 0,
    /// Its bytes come from the mirror.
    Downloading = 1,
    /// All of it is here, in memory or in the file.
    Here = 2,
    /// It is on its way to S3, which has not acknowledged it.
    Uploading = 3,
    /// S3 has acknowledged it.
    InS3 = 4,
    /// It failed and will be moved again.
    Again = 5,
}

impl PartState {
    /// All of them, in the order in which a part goes through them.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Downloading, Self::Here, Self::Uploading, Self::InS3, Self::Again];

    fn of(code: u8) -> Self {
        Self::ALL.get(usize::from(code)).copied().unwrap_or_default()
    }
}

/// The states of the parts of one archive, in their order. Ten thousand at most: S3 takes no more.
#[derive(Debug, Default)]
pub(super) struct PartStates(RwLock<Arc<[AtomicU8]>>);

impl PartStates {
    /// From now on there are `count` parts, and nothing is known of them.
    pub(super) fn cut(&self, count: usize) {
        let fresh = (0..count).map(|_| AtomicU8::new(0)).collect();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = fresh;
    }

    /// The part with that number, from 1, is now `state`, if it `may` become so from what it was.
    pub(super) fn set(&self, number: i32, state: PartState, may: impl Fn(PartState) -> bool) {
        let parts = self.parts();
        let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        if let Some(part) = index.and_then(|index| parts.get(index))
            && may(PartState::of(part.load(Relaxed)))
        {
            part.store(state as u8, Relaxed);
        }
    }

    /// What all of them are now.
    pub(super) fn all(&self) -> Vec<PartState> {
        self.parts().iter().map(|part| PartState::of(part.load(Relaxed))).collect()
    }

    fn parts(&self) -> Arc<[AtomicU8]> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_from_one_and_what_is_not_there_is_nothing() {
        let states = PartStates::default();
        states.set(1, PartState::Here, |_| true);
        states.cut(3);
        states.set(1, PartState::Here, |_| true);
        states.set(3, PartState::InS3, |_| true);
        states.set(3, PartState::Downloading, |was| was == PartState::Waiting);
        states.set(4, PartState::Here, |_| true);
        states.set(-1, PartState::Here, |_| true);
        assert_eq!(states.all(), [PartState::Here, PartState::Waiting, PartState::InS3]);
    }
}
