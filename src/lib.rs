//! `brainzlift` takes people from no bucket at all to verified MusicBrainz and ListenBrainz dumps in S3.
//!
//! The house, room by room:
//!
//! - [`catalog`]: WHAT can be lifted: datasets, mirrors, dumps, archives, published digests
//! - [`bucket`]: WHERE it goes: connection and identity, bucket, its protection, objects in it
//! - [`transfer`]: HOW it gets there: plan, pipeline, digests, multipart, journal, limits, progress
//! - [`cost`]: what it will cost, from `assets/prices.toml`
//! - [`config`]: settings: file, environment, flags, in that order of growing strength
//! - `sandbox`: an embedded S3 server and an embedded mirror with sample dumps (feature `sandbox`)
//! - [`context`]: what one run works with, made from settings and flags; [`log`]: the log file
//! - [`cli`]: the commands: arguments, one file a command, human and JSON output
//! - [`tui`]: the terminal interface: event loop, app, one room a screen, widgets, theme
//! - [`error`], [`words`], [`amounts`] and [`sha256`]: the one error type, the messages in the user's language, sizes and limits as people
//!   write them, the published digest
//! - [`network`]: the way out that both clients share: whom they trust, proxies, what a failed handshake means
//!
//! Imports run one way: `main → cli, tui → context → transfer → bucket, catalog → nothing of ours`. [`cost`], [`config`], [`error`], [`amounts`], [`network`],
//! [`sha256`] and [`words`] are leaves. `sandbox` knows none of the others but the leaves. A test holds these.

pub mod amounts;
pub mod bucket;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod context;
pub mod cost;
pub mod error;
pub mod log;
pub mod network;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod sha256;
pub mod transfer;
pub mod tui;
pub mod words;

pub use error::{Error, Kind, Result};
