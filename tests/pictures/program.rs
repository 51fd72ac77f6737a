//! The program whose pictures are taken: built as this one was, so that they never show an older one.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

/// Builds the binary beside this example and says where it is.
pub(crate) fn built() -> Result<PathBuf> {
    // target/<profile>/examples/pictures
    let example = std::env::current_exe()?;
    let place = example.ancestors().nth(2).ok_or("no target directory above the example")?;
    build(place)?;
    Ok(place.join(format!("brainzlift{EXE_SUFFIX}")))
}

fn build(place: &Path) -> Result<()> {
    let profile = match place.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => "dev",
        Some(profile) => profile,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.current_dir(env!("CARGO_MANIFEST_DIR"));
    // With the example beside it, dependencies are built as they were for the example, not a second time.
    build.args(["build", "--quiet", "--bin", "brainzlift", "--example", "pictures"]);
    build.args(["--profile", profile, "--target-dir"]);
    build.arg(place.parent().unwrap_or(place));
    let status = build.status()?;
    if status.success() { Ok(()) } else { Err(format!("the program could not be built: {status}").into()) }
}
