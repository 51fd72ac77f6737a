//! The transfer against the embedded S3 and the embedded mirror: what it moves, what it survives, and what it leaves behind.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod checksums;
mod control;
mod deaf;
mod faults;
mod fetch;
mod inside;
mod leftovers;
mod legs;
mod limits;
mod outage;
#[path = "../kills/relay.rs"]
mod relay;
mod resume;
mod rig;
mod steering;
mod stream;
mod verify;
