//! HOW it gets there: plan, pipeline, digests, multipart, journal, limits, progress.
//!
//! `survey` gathers what a plan needs; `plan` is pure: what would be done, and why. `engine` takes a plan, is the only place that spawns,
//! and reports on two lanes: facts on a bounded channel, bytes in atomics. `lift` is the work on one archive: `download` or `reading` as the
//! source, `upload` behind it, `prove` at the end; `limit` holds each leg to its limit. `meter` and `pace` make rates and a time left of what was sampled, and are pure. Nothing here knows a screen or a command line.

mod begun;
mod checksum;
mod control;
mod digest;
mod download;
mod engine;
mod fact;
mod job;
mod journal;
mod ledger;
mod lift;
mod limit;
mod lock;
mod meter;
mod multipart;
mod pace;
mod parts;
mod plan;
mod progress;
mod proof;
mod prove;
mod reading;
mod record;
mod retry;
mod shelf;
mod sink;
mod survey;
mod tap;
mod trouble;
mod upload;

pub use crate::amounts::{InForce, Schedule};
pub use begun::{Begun, begun};
pub use checksum::Checksum;
pub use control::Control;
pub use engine::{Running, Summary, start};
pub use fact::{Fact, Leg, What};
pub use job::{Ends, Options};
pub use limit::Limits;
pub use meter::Meter;
pub use pace::Pace;
pub use parts::{SMALLEST_PART, USUAL_PART, part_size};
pub use plan::{Action, Choice, Contents, Here, Line, Locals, Mode, Plan, Suggestion, Verdict, plan};
pub use progress::{Progress, Sample, Snapshot, Status};
pub use proof::{Checked, Proof};
pub use survey::{free_space, survey};
