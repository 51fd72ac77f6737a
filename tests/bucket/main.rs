//! How a bucket is reached, made, protected and read, over the real protocol: against the embedded S3, and against small odd
//! stores that do what stores in the wild have been seen to do.
//!
//! `BRAINZLIFT_TEST_ENDPOINT` (with `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`) runs the first kind against another store.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod chain;
mod connect;
mod delete;
mod delete_faults;
mod folder;
mod objects;
mod odd_settings;
mod odd_stores;
mod protect;
mod restore;
mod store;
mod stub;
mod target;
mod tls;

#[path = "../kit/mod.rs"]
mod kit;
