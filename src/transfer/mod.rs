//! HOW it gets there: plan, pipeline, digests, multipart, journal, limits, progress.
//!
//! `survey` gathers what a plan needs; `plan` is pure: what would be done, and why. `engine` takes a plan, is the only place that spawns,
//! and reports on two lanes: facts on a bounded channel, bytes in atomics. `lift` decides what becomes of one archive, and
//! `legs` is one try at it: `source` (ranges of the mirror, or a file) gives pieces in order to `assemble`, the one thread that hashes and writes them
//! and makes parts of them for `upload`; `prove` compares at the end. `checkpoint` keeps the journal behind what is durable; `budget`, `gate` and `limit`
//! hold memory, parts in flight and each leg to what is allowed. `meter` and `pace` make rates and a time left of what was sampled, and are pure.
//! `verify` looks again at what stands in the bucket, `fetch` brings it back to the disk, `inside` looks into an archive without fetching it. Nothing here knows a screen or a command line.

mod assemble;
mod begun;
mod budget;
mod checkpoint;
mod checksum;
mod control;
mod digest;
mod disk;
mod door;
mod engine;
mod fact;
pub mod fetch;
mod flow;
mod gate;
pub mod inside;
mod job;
mod journal;
mod ledger;
mod legs;
mod lift;
mod limit;
mod lock;
mod meter;
mod multipart;
mod pace;
mod part;
mod part_state;
mod parts;
mod plan;
mod progress;
mod proof;
mod prove;
mod record;
mod repin;
mod retry;
mod shelf;
mod source;
mod survey;
mod tidy;
mod trouble;
mod upload;
pub mod verify;

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
pub use part_state::PartState;
pub use parts::{SMALLEST_PART, USUAL_PART, part_size};
pub use plan::{Action, Choice, Contents, Here, Line, Locals, Mode, Plan, Suggestion, Verdict, plan};
pub use progress::{Progress, Sample, Snapshot, Status};
pub use proof::{Checked, Proof};
pub use survey::{free_space, survey};
