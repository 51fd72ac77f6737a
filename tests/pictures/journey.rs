//! The way through the wizard, and where pictures are taken on it.

use vt100::Screen;

use crate::Result;
use crate::terminal::Terminal;

const ENTER: &str = "\r";
const DOWN: &str = "\x1b[B";

/// Walks from the first screen to the last and hands each picture's name and screen to `keep`.
pub(crate) fn take(terminal: &mut Terminal, keep: impl Fn(&str, &Screen) -> Result<()>) -> Result<()> {
    terminal.wait("a connection", |text| text.contains("arn:aws:iam") && text.contains("answers"))?;
    terminal.press(ENTER)?;
    terminal.wait("the buckets", |text| text.contains("music-recommendation-data"))?;
    terminal.press(ENTER)?;
    terminal.wait("the settings", |text| text.contains("What Enter changes"))?;
    // The second line is the rule that moves raw/ to a colder class.
    terminal.press(&format!("{DOWN} "))?;
    keep("protect", terminal.wait("the rule", |text| text.contains("GLACIER"))?)?;
    terminal.press(ENTER)?;
    terminal
        .wait("the outcomes", |text| text.contains("What was done") && text.contains("choose datasets"))?;
    terminal.press(ENTER)?;
    transfer(terminal, keep)
}

/// From the choice of datasets to the end.
fn transfer(terminal: &mut Terminal, keep: impl Fn(&str, &Screen) -> Result<()>) -> Result<()> {
    let is_known =
        |text: &str| text.contains("to move") && !text.contains("asking") && !text.contains("looking");
    terminal.wait("all sizes and states", is_known)?;
    // From the head of the family to its ninth line.
    terminal.press(&DOWN.repeat(8))?;
    keep("datasets", terminal.wait("what is known of release", |text| text.contains("unpacked"))?)?;
    terminal.press(ENTER)?;
    keep("review", terminal.wait("the plan", |text| text.contains("Review:") && text.contains("start"))?)?;
    terminal.press(ENTER)?;
    keep("transfer", terminal.wait("half of the transfer", |text| percent(text) >= 50)?)?;
    terminal.wait("the end of the transfer", |text| text.contains("all proven"))?;
    terminal.press(ENTER)?;
    keep("done", terminal.wait("the proofs", |text| text.contains("4 proven"))?)?;
    terminal.press("q")
}

/// The whole's percent: the first that stands on the transfer screen.
fn percent(text: &str) -> u64 {
    let transfer = text.split_once("Transfer ").map_or("", |(_, rest)| rest);
    let before = transfer.split_once(" %").map_or("", |(before, _)| before);
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
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
