//! The bucket under one's hands, in the real program: browse, fetch back, delete.

use tempfile::TempDir;

use crate::terminal::{ENTER, ESC, Terminal};

const FAST: u64 = 60_000_000;
const BUCKET: &str = "music-recommendation-data";
const DOWN: &str = "\x1b[B";

/// A bucket with the guide's four archives in it, open in the browser.
fn browsing(dir: &TempDir) -> Terminal {
    let mut wizard = Terminal::wizard(dir.path(), FAST, (100, 30));
    for key in ["enter choose the bucket", "enter create", "enter apply", "enter choose datasets"] {
        wizard.sees(key);
        wizard.press(ENTER);
    }
    wizard.sees("4 archives");
    wizard.sees("not yet");
    wizard.sees("enter review");
    wizard.press(ENTER);
    wizard.sees("enter start");
    wizard.press(ENTER);
    wizard.sees("enter result");
    wizard.press("B");
    wizard.sees("3 entries");
    wizard
}

/// Into `raw/musicbrainz/`, with the cursor on the first archive.
fn to_the_archives(wizard: &mut Terminal) {
    wizard.press("G");
    wizard.press(ENTER);
    wizard.sees("› raw");
    wizard.sees("musicbrainz/");
    wizard.press("G");
    wizard.press(ENTER);
    wizard.sees("› musicbrainz");
    wizard.sees("5 entries");
    wizard.press(DOWN);
    wizard.sees("musicbrainz/artist");
}

#[test]
fn one_browses_looks_inside_and_fetches_back() {
    let dir = TempDir::new().unwrap();
    let mut wizard = browsing(&dir);
    to_the_archives(&mut wizard);
    wizard.press("o");
    wizard.sees("TIMESTAMP");
    wizard.sees("the whole archive");
    wizard.press(ESC);
    wizard.waits(|parser| !parser.screen().contents().contains("TIMESTAMP"), "the list");

    wizard.press("f");
    wizard.sees("Into which folder?");
    wizard.press(&"\x7f".repeat(120));
    wizard.sees("✗ type a folder");
    let back = dir.path().join("back");
    wizard.press(back.to_str().unwrap());
    wizard.press(ENTER);
    wizard.sees("✓ 1 object fetched and checked");
    wizard.press("F");
    wizard.sees("SHA-256 ✓");
    assert!(back.join("raw/musicbrainz/artist.tar.xz").is_file());
    wizard.press(ESC);
    wizard.sees("5 entries");
}

#[test]
fn only_the_right_name_deletes() {
    let dir = TempDir::new().unwrap();
    let mut wizard = browsing(&dir);
    wizard.press("G");
    wizard.press("d");
    wizard.sees("everything under raw/");
    wizard.sees("6 objects");
    wizard.press("music-box");
    wizard.sees("✗ that is not this bucket’s name");
    wizard.press(ENTER);
    wizard.press(&"\x7f".repeat("music-box".len()));
    wizard.press(BUCKET);
    wizard.sees("✓ that is the name");
    wizard.press(ENTER);
    wizard.sees("6 entries have gone");
    wizard.press(ENTER);
    wizard.sees("2 entries");
    wizard.waits(|parser| !parser.screen().contents().contains("raw/"), "raw/ gone");
    wizard.press(ESC);
    wizard.sees("▶ 6 Transfer");
}
