//! Where the bytes of an archive come from: ranges of a mirror (`window`, `run`), or a file on the disk (`file`).
//!
//! All of them give pieces in order; what is done with these is the business of `assemble`.

pub(super) mod file;
pub(super) mod run;
pub(super) mod window;
