//! The commands, lived through with the real binary over the real protocols.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod browse;
mod faults;
mod get;
mod journey;
mod killed;
#[path = "../kills/mod.rs"]
#[expect(dead_code, reason = "the command of the same rounds does more with them")]
mod kills;
mod limits;
mod look;
mod messages;
mod output;
mod proxies;
mod proxy;
mod settings;
mod support;
mod tls;
mod verify;
