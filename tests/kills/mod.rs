//! Lifts that are killed again and again, and what must hold afterwards. The command is `kills.rs`; tests run the same rounds.

pub(crate) mod moment;
pub(crate) mod outage;
pub(crate) mod relay;
pub(crate) mod round;
pub(crate) mod stage;
