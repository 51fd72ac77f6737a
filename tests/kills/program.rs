//! The program that is killed: built as this one was, so that it is never an older one.

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;
use std::process::Command;

/// Builds the binary beside the `example` that runs and says where it is.
pub(crate) fn built(example: &str) -> PathBuf {
    // target/<profile>/examples/<example>
    let running = std::env::current_exe().unwrap();
    let place = running.ancestors().nth(2).unwrap();
    let profile = match place.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => "dev",
        Some(profile) => profile,
    };
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.current_dir(env!("CARGO_MANIFEST_DIR"));
    // With the example beside it, dependencies are built as they were for the example, not a second time.
    build.args(["build", "--quiet", "--bin", "brainzlift", "--example", example, "--profile", profile]);
    build.arg("--target-dir").arg(place.parent().unwrap());
    assert!(build.status().unwrap().success(), "the program could not be built");
    place.join(format!("brainzlift{EXE_SUFFIX}"))
}
