//! A transfer under one's hands, in the real program: what stands in its way, what is given up, and what goes on meanwhile.

use std::path::Path;

use crate::journey::{FAST, USUAL, folder, to_the_transfer};
use crate::terminal::{ENTER, ESC, Terminal};

/// Fast enough to see bytes, slow enough that the largest archive does not end before some keys were pressed.
const STEADY: u64 = 400_000;
const DOWN: &str = "\x1b[B";

/// The wizard over a sandbox in which `faults` strike.
fn with_faults(dir: &Path, rate: u64, faults: &str) -> Terminal {
    let file = dir.join("faults.toml");
    std::fs::write(&file, faults).unwrap();
    Terminal::wizard_given(dir, rate, USUAL, &["--sandbox-faults", file.to_str().unwrap()])
}

/// Waits until the terminal shows `text` no more.
fn loses(wizard: &Terminal, text: &str) {
    wizard.waits(|parser| !parser.screen().contents().contains(text), &format!("{text} gone"));
}

/// Whether a file or folder of that name lies anywhere under `dir`.
fn lies(dir: &Path, name: &str) -> bool {
    let Ok(entries) = std::fs::read_dir(dir) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy() == name || lies(&entry.path(), name))
}

#[test]
fn credentials_that_expire_half_way_are_renewed_and_everything_is_proven() {
    let dir = folder();
    let expired = r#"
        [[fault]]
        on = "s3"
        method = "PUT"
        path = "*/raw/musicbrainz/*.tar.xz"
        skip = 1
        times = 1
        what = "expired-token"
    "#;
    let mut wizard = with_faults(dir.path(), FAST, expired);
    to_the_transfer(&mut wizard);
    wizard.sees("waiting: ");
    wizard.sees("ExpiredToken");
    wizard.sees("r go on");
    wizard.press("r");
    wizard.sees("enter result");
    wizard.press(ENTER);
    wizard.sees("4 proven");
    wizard.press("q");
    assert!(wizard.ends().success());
}

#[test]
fn a_dump_that_vanishes_half_way_waits_while_the_rest_goes_on_and_one_key_takes_the_newest() {
    let dir = folder();
    let vanished = r#"
        [[fault]]
        on = "mirror"
        method = "GET"
        path = "*/20260919-001002/release.tar.xz"
        what = "reset"
        after = 1_000_000
        [[fault]]
        on = "mirror"
        path = "*/20260919-001002/release.tar.xz"
        skip = 2
        what = "vanish"
    "#;
    let mut wizard = with_faults(dir.path(), FAST, vanished);
    to_the_transfer(&mut wizard);
    wizard.sees("is gone from the mirror");
    wizard.sees("r newest dump");
    // The others do not wait for it.
    wizard.waits(
        |parser| parser.screen().contents().matches("✓ CRC64NVME").count() == 3,
        "three others proven",
    );
    wizard.press("r");
    wizard.sees("enter result");
    wizard.press(ENTER);
    wizard.sees("4 proven");
    wizard.press("q");
    assert!(wizard.ends().success());
}

#[test]
fn a_cancelled_archive_is_kept_or_thrown_away_as_was_said() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), STEADY, USUAL);
    to_the_transfer(&mut wizard);
    wizard.sees("✓ recording.tar.xz");
    wizard.sees("▶ release.tar.xz");
    assert!(lies(dir.path(), "artist.tar.xz.part") && lies(dir.path(), "release.tar.xz.part"));
    wizard.press(DOWN);
    wizard.sees("f first");
    wizard.press("c");
    wizard.sees("Cancel artist.tar.xz?");
    wizard.press("x");
    wizard.sees("cancelled, nothing left behind");
    for _ in 0..2 {
        wizard.press(DOWN);
    }
    wizard.sees("f first");
    wizard.press("c");
    wizard.sees("Cancel release.tar.xz?");
    wizard.press("k");
    wizard.sees("left out");
    assert!(!lies(dir.path(), "artist.tar.xz.part"), "thrown away");
    assert!(lies(dir.path(), "release.tar.xz.part"), "kept");
    // What was kept is gone on with.
    wizard.press("r");
    wizard.sees("▶ release.tar.xz");
}

#[test]
fn the_browser_and_home_are_visited_while_it_runs_and_nothing_begins_anew() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), STEADY, USUAL);
    to_the_transfer(&mut wizard);
    wizard.sees("✓ recording.tar.xz");
    wizard.press("B");
    wizard.sees("3 entries");
    wizard.press(ESC);
    wizard.sees("✓ recording.tar.xz");
    wizard.press("H");
    loses(&wizard, "✓ recording.tar.xz");
    wizard.press(ESC);
    wizard.sees("✓ recording.tar.xz");
    wizard.press("l");
    wizard.press("/");
    wizard.press("artist.tar.xz started");
    wizard.press(ENTER);
    wizard.sees("artist.tar.xz  started");
    let begun = |parser: &vt100::Parser| parser.screen().contents().matches("artist.tar.xz  started").count();
    wizard.waits(|parser| begun(parser) == 1, "one beginning");
    wizard.press("l");
    wizard.sees("▶ ");
}

#[test]
fn everything_is_paused_what_has_not_begun_too_and_goes_on_with_the_same_key() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), STEADY, USUAL);
    to_the_transfer(&mut wizard);
    wizard.sees("hashed");
    wizard.sees("○ release-group.tar.xz");
    wizard.press("p");
    wizard.sees("p resume");
    wizard.sees("‖ release-group.tar.xz");
    loses(&wizard, "▶ artist.tar.xz");
    wizard.press("p");
    wizard.sees("p pause");
    wizard.sees("○ release-group.tar.xz");
    wizard.sees("▶ artist.tar.xz");
}
