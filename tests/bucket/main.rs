//! How a bucket is reached and protected, over the real protocol: AWS's chain in processes with an environment of their own, and
//! small odd stores that do what stores in the wild have been seen to do.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod chain;
mod odd_settings;
mod odd_stores;
mod stub;
mod target;
