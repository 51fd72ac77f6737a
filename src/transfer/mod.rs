//! HOW it gets there: plan, pipeline, digests, multipart, journal, limits, progress.
//!
//! `plan` is pure: what would be done, and why. `survey` gathers what a plan needs. `engine` takes a plan, is the only place that spawns,
//! and reports on two lanes: facts on a bounded channel, bytes in atomics. Nothing here knows a screen or a command line.

mod fact;
mod plan;
mod progress;
mod proof;

pub use fact::{Fact, Leg, What};
pub use plan::{Action, Choice, Contents, Here, Line, Locals, Mode, Plan, Verdict, plan};
pub use progress::{Progress, Sample, Snapshot, Status};
pub use proof::{Checked, Proof};
