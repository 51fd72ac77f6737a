//! Who takes pictures on the way: one that draws them, and one that compares them with those that stand.

use std::path::{Path, PathBuf};

use crate::Result;
use crate::skeleton::skeleton;
use crate::svg;
use crate::terminal::Terminal;

/// Where a picture of a screen in `language` lies.
pub(crate) fn path(name: &str, language: &str) -> PathBuf {
    let file = if language == "en" { format!("{name}.svg") } else { format!("{name}.{language}.svg") };
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots").join(file)
}

/// Is handed each screen of which there is a picture.
pub(crate) trait Keeper {
    /// A screen that is to be kept as soon as `is_there` says of its text that it is.
    fn keep(&mut self, name: &str, terminal: &mut Terminal, is_there: &dyn Fn(&str) -> bool) -> Result<()>;
}

/// Draws every picture anew.
pub(crate) struct Drawer<'a>(pub(crate) &'a str);

impl Keeper for Drawer<'_> {
    fn keep(&mut self, name: &str, terminal: &mut Terminal, is_there: &dyn Fn(&str) -> bool) -> Result<()> {
        let screen = terminal.wait(name, is_there)?;
        std::fs::write(path(name, self.0), svg::draw(screen, &format!("brainzlift: {name}")))?;
        Ok(())
    }
}

/// Waits until the screen is the one of its picture, which it must become.
pub(crate) struct Comparer<'a>(pub(crate) &'a str);

impl Keeper for Comparer<'_> {
    fn keep(&mut self, name: &str, terminal: &mut Terminal, is_there: &dyn Fn(&str) -> bool) -> Result<()> {
        let picture = std::fs::read_to_string(path(name, self.0))?;
        let wanted = skeleton(&svg::described(&picture).ok_or("a picture without words")?);
        terminal.wait(name, is_there)?;
        let seen = terminal.wait(name, |text| skeleton(text) == wanted).map(drop);
        let again = "the screen is not the one of its picture; `cargo run --example pictures` draws it anew";
        seen.map_err(|error| {
            format!("{name} ({}): {again}. The picture says:\n{wanted}\n{error}", self.0).into()
        })
    }
}
