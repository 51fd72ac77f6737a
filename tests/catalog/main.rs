//! What a mirror is found to have: complete and incomplete dumps, hostile pages, servers that stumble.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod discovery;
mod fake;
mod hostile;
mod patience;
mod sandbox;
mod tls;

#[path = "../kit/mod.rs"]
mod kit;
