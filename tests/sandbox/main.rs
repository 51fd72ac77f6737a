//! The sandbox, spoken to as its users will: over HTTP, with the AWS SDK, and raw where the SDK hides things.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod mirror_dumps;
mod mirror_faults;
mod mirror_http;
mod mirror_kit;
