//! How the interface is drawn besides its colours.

use std::time::Duration;

use crate::config::Palette;

/// What eyes and terminals want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eyes {
    /// Whether only ASCII is drawn besides letters.
    pub ascii: bool,
    /// Whether things turn and run.
    pub motion: bool,
}

/// A change of how it is drawn that holds at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Other colours.
    Palette(Palette),
    /// ASCII only, or not.
    Ascii(bool),
    /// Things turn and run, or not.
    Motion(bool),
}

impl Default for Eyes {
    fn default() -> Self {
        Self { ascii: false, motion: true }
    }
}

impl Eyes {
    /// The time as views are told it: without motion in whole seconds, so that spinners, which turn within one, stand still.
    #[must_use]
    pub const fn time(self, now: Duration) -> Duration {
        if self.motion { now } else { Duration::from_secs(now.as_secs()) }
    }

    /// How long a frame stands while something moves.
    #[must_use]
    pub const fn frame(self) -> Duration {
        if self.motion { Duration::from_millis(33) } else { Duration::from_secs(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::spinner;

    #[test]
    fn without_motion_a_spinner_stands_still() {
        let still = Eyes { motion: false, ..Eyes::default() };
        let drawn = (0..100).map(|tenth| spinner(still.time(Duration::from_millis(tenth * 100))));
        assert_eq!(drawn.collect::<std::collections::BTreeSet<_>>().len(), 1);
        assert_eq!(still.frame(), Duration::from_secs(1));
        let turning = (0..10).map(|tenth| spinner(Eyes::default().time(Duration::from_millis(tenth * 100))));
        assert!(turning.collect::<std::collections::BTreeSet<_>>().len() > 1);
    }
}
