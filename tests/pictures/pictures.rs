//! Draws the pictures of the README: `cargo run --example pictures`.
//!
//! `-- --check` compares the screens with the pictures instead, as the test does.
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

use clap::Parser;

use keeper::Keeper;

/// Whatever goes wrong ends the run: it is a tool for those who work on this.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Draws the pictures of the README from the real screens.
#[derive(Debug, Parser)]
struct Arguments {
    /// Compares the screens with the pictures that stand instead.
    #[arg(long)]
    check: bool,
}

fn main() -> Result<()> {
    let Arguments { check } = Arguments::parse();
    take(|language| {
        if check {
            Box::new(keeper::Comparer(language))
        } else {
            Box::new(keeper::Drawer(language)) as Box<dyn Keeper>
        }
    })
}

/// Goes the whole way once in each language.
fn take(keeper: impl Fn(&'static str) -> Box<dyn Keeper>) -> Result<()> {
    let program = program::built()?;
    for language in brainzlift::words::LANGUAGES {
        brainzlift::words::choose_language(Some(language));
        // Every path that a screen shows is relative to this folder, so that pictures do not change with it.
        let home = tempfile::tempdir()?;
        journey::take(&program, home.path(), language, keeper(language).as_mut())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn no_screen_has_changed_since_its_picture_was_drawn() {
        take(|language| Box::new(keeper::Comparer(language))).unwrap();
    }

    #[test]
    fn every_picture_that_a_readme_shows_is_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for readme in ["README.md", "assets/README.fr.md"] {
            let readme = root.join(readme);
            let text = std::fs::read_to_string(&readme).unwrap();
            let links = text.split("](").filter_map(|rest| rest.split(')').next());
            let is_picture =
                |path: &&str| Path::new(path).extension().is_some_and(|extension| extension == "svg");
            let shown: Vec<&str> = links.filter(is_picture).collect();
            assert!(shown.iter().any(|path| path.contains("transfer.")), "{shown:?}");
            for path in shown {
                assert!(readme.with_file_name(path).is_file(), "{path}");
            }
        }
    }
}
