//! The interface as people meet it: pictures of the frame and of its first screens in both languages, and the real program in a
//! real pseudo-terminal.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod browse;
mod hands;
mod journey;
mod pictures;
mod stage;
mod terminal;
mod transfer;
mod ways_out;
mod whole;
