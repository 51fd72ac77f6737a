//! The way through all screens, and where pictures are taken on it. What is waited for are the program's own words, so that the way is
//! the same in every language.

use std::path::Path;

use brainzlift::say;

use crate::Result;
use crate::keeper::Keeper;
use crate::terminal::Terminal;

const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const DOWN: &str = "\x1b[B";

/// Runs `program` in `language`, at home in `home`, and hands each screen to `keeper`.
pub(crate) fn take(program: &Path, home: &Path, language: &str, keeper: &mut dyn Keeper) -> Result<()> {
    let mut terminal = Terminal::start(program, home, language)?;
    let ready = shown(&say!("tui-connect-key-forward"));
    keeper.keep("connect", &mut terminal, &|text| text.contains(&ready))?;
    terminal.press(ENTER)?;
    let bucket = |text: &str| text.contains("music-recommendation-data") && text.contains("eu-west-3");
    keeper.keep("bucket", &mut terminal, &bucket)?;
    terminal.press(ENTER)?;
    protect(&mut terminal, keeper)?;
    lift(&mut terminal, keeper)?;
    look_around(&mut terminal, keeper)?;
    terminal.press("q")?;
    terminal.end()
}

fn protect(terminal: &mut Terminal, keeper: &mut dyn Keeper) -> Result<()> {
    terminal.sees(&shown(&say!("tui-protect-key-apply")))?;
    // The second line is the rule that moves raw/ to a colder class.
    terminal.press(DOWN)?;
    terminal.press(" ")?;
    keeper.keep("protect", terminal, &|text| text.contains("GLACIER"))?;
    terminal.press(ENTER)?;
    let applied = (shown(&say!("tui-protect-outcomes")), shown(&say!("tui-protect-key-datasets")));
    terminal.wait("the outcomes", |text| text.contains(&applied.0) && text.contains(&applied.1))?;
    terminal.press(ENTER)
}

/// From the choice of datasets to the proofs.
fn lift(terminal: &mut Terminal, keeper: &mut dyn Keeper) -> Result<()> {
    let waits = [shown(&say!("datasets-asking")), shown(&say!("datasets-looking"))];
    let is_known = |text: &str| {
        text.contains(&shown(&say!("datasets-selection"))) && !waits.iter().any(|wait| text.contains(wait))
    };
    terminal.wait("all sizes and states", is_known)?;
    // From the head of the family to its ninth line.
    (0..8).try_for_each(|_| terminal.press(DOWN))?;
    keeper.keep("datasets", terminal, &|text| is_known(text) && text.contains("CC0"))?;
    terminal.press(ENTER)?;
    let start = shown(&say!("review-key-start"));
    keeper.keep("review", terminal, &|text| text.contains(&start))?;
    terminal.press(ENTER)?;
    keeper.keep("transfer", terminal, &|text| percent(text) >= 50)?;
    let result = shown(&say!("transfer-key-result"));
    terminal.wait("the end of the transfer", |text| text.contains(&result))?;
    terminal.press(ENTER)?;
    let proven = shown(&say!("done-proven", count = 4));
    keeper.keep("done", terminal, &|text| text.contains(&proven))
}

/// Everything else, of a bucket that has its archives.
fn look_around(terminal: &mut Terminal, keeper: &mut dyn Keeper) -> Result<()> {
    terminal.press("H")?;
    // Behind the colon it may go on in the next line.
    let newest = shown(&say!("home-all-current"));
    let newest = newest.split(':').next().unwrap_or_default().trim_end();
    let counted = shown(&say!("home-holds", count = 10, size = "")).trim().to_owned();
    let is_known = |text: &str| text.contains(newest) && text.contains(&counted) && text.contains("GLACIER");
    keeper.keep("home", terminal, &is_known)?;
    terminal.press("B")?;
    for folder in ["raw/", "musicbrainz/"] {
        terminal.sees(folder)?;
        // Each is the last of its folder.
        terminal.press("G")?;
        terminal.press(ENTER)?;
    }
    terminal.sees("artist.tar.xz")?;
    // The first line is the folder's own key.
    terminal.press(DOWN)?;
    let is_described = |text: &str| text.contains("musicbrainz/artist") && text.contains("SHA-256");
    keeper.keep("browser", terminal, &is_described)?;
    terminal.press(":")?;
    let palette = shown(&say!("action-look-inside"));
    terminal.press(&palette.chars().take(2).collect::<String>())?;
    keeper.keep("palette", terminal, &|text| text.contains(&palette))?;
    terminal.press(ESC)?;
    terminal.wait("the browser again", |text| !text.contains(&palette))?;
    terminal.press(",")?;
    let settings = shown(&say!("tui-step-settings"));
    keeper.keep("settings", terminal, &|text| text.contains(&settings) && text.contains("config.toml"))
}

/// As a screen shows it: no-break spaces are spaces there.
fn shown(words: &str) -> String {
    words.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The whole's percent: the first that stands on the transfer screen.
fn percent(text: &str) -> u64 {
    let before =
        text.split_once("\u{a0}%").or_else(|| text.split_once(" %")).map_or("", |(before, _)| before);
    let is_transfer = text.contains(&shown(&say!("transfer-title")));
    let number = before.rsplit([' ', '▏']).next().and_then(|number| number.parse().ok());
    number.filter(|_| is_transfer).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_percent_is_that_of_the_whole() {
        assert_eq!(percent("6 Transfer\n╭ Transfer ──╮\n│ ▕███▌  ▏ 48 %  11 of 24 MiB\n a 62 % down"), 48);
        assert_eq!(percent("Review 50 %"), 0);
    }
}
