//! The sandbox: an S3 server and a dump mirror inside the program, on 127.0.0.1, reached over the real protocols.
//!
//! Here lives the start of both servers and what other programs must export to use them. The S3 store lives in `s3`, the mirror
//! and its sample dumps in `mirror`, faults on purpose in `faults`. Nothing here knows the rest of the program.

pub mod body;
pub mod faults;
pub mod mirror;
pub mod serve;

use std::path::PathBuf;

pub use faults::Faults;
pub use mirror::samples::Scale;

/// How to start a sandbox.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the objects, the sample dumps and the keys lie; made if missing, kept afterwards.
    pub dir: PathBuf,
    /// How large the sample dumps are when they are made.
    pub scale: Scale,
    /// Port of the S3 server; 0 lets the system choose.
    pub s3_port: u16,
    /// Port of the mirror; 0 lets the system choose.
    pub mirror_port: u16,
    /// How fast the mirror serves archives, in bytes/s for all connections together; `None` is the default rate
    /// (about 20 s for the guide's four archives), `Some(0)` is unlimited.
    pub rate: Option<u64>,
}
