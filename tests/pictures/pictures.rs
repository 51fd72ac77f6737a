//! Draws the pictures of the README: `cargo run --example pictures`.
//!
//! Here the real program runs in a pseudo-terminal over its own sandbox, is driven by keys, and what stands on its screen at
//! the right moment becomes an SVG under `assets/screenshots/`. Nothing here knows the inside of the program.

mod journey;
mod keeper;
mod palette;
mod program;
mod shapes;
mod skeleton;
mod svg;
mod terminal;

use std::error::Error;

/// Whatever goes wrong ends the run: it is a tool for those who work on this.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let program = program::built()?;
    for language in brainzlift::words::LANGUAGES {
        brainzlift::words::choose_language(Some(language));
        // Every path that a screen shows is relative to this folder, so that pictures do not change with it.
        let home = tempfile::tempdir()?;
        journey::take(&program, home.path(), language, &mut keeper::Drawer(language))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_picture_that_the_readme_shows_is_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
        let shown: Vec<&str> = readme
            .split("](")
            .filter_map(|rest| rest.split(')').next())
            .filter(|path| Path::new(path).extension().is_some_and(|extension| extension == "svg"))
            .collect();
        assert!(shown.iter().any(|path| path.ends_with("datasets.svg")), "{shown:?}");
        assert!(shown.iter().any(|path| path.ends_with("transfer.svg")), "{shown:?}");
        for path in shown {
            assert!(root.join(path).is_file(), "{path}");
        }
    }
}
