//! Amounts as people write them: sizes ("128MiB") and limits by the hour ("08:00,5MiB 23:00,off").
//!
//! Only reading and writing them lives here; what holds to a limit is the business of `transfer`.

mod schedule;
pub mod size;

pub use schedule::{InForce, SLOWEST, Schedule};
