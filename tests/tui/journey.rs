//! From the first key to the end screen, and every way out.

use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::terminal::{CTRL_C, ENTER, ESC, Terminal};

/// Fast enough to be done soon, slow enough that the gauges are seen to move.
pub(crate) const FAST: u64 = 6_000_000;
/// So slow that nothing is done before a key is pressed.
pub(crate) const SLOW: u64 = 150_000;
pub(crate) const USUAL: (u16, u16) = (80, 24);

pub(crate) fn folder() -> TempDir {
    TempDir::new().unwrap()
}

/// Enter, Enter … until the transfer runs.
pub(crate) fn to_the_transfer(wizard: &mut Terminal) {
    to_the_review(wizard);
    wizard.press(ENTER);
    wizard.sees("▶ 6 Transfer");
}

fn to_the_review(wizard: &mut Terminal) {
    for key in ["enter choose the bucket", "enter create", "enter apply", "enter choose datasets"] {
        wizard.sees(key);
        wizard.press(ENTER);
    }
    wizard.sees("4 archives");
    wizard.sees("not yet");
    wizard.sees("enter review");
    wizard.press(ENTER);
    wizard.sees("enter start");
}

#[test]
fn what_somebody_thought_about_the_review_is_not_the_transfers_time() {
    const THOUGHT: Duration = Duration::from_secs(5);
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    to_the_review(&mut wizard);
    std::thread::sleep(THOUGHT);
    let began = Instant::now();
    wizard.press(ENTER);
    wizard.sees("all proven in ");
    let most = began.elapsed().as_secs() + 1;
    let shown = wizard.contents();
    let time = shown.split_once("all proven in ").unwrap().1.split('│').next().unwrap();
    let numbers = time.split_whitespace().filter_map(|word| word.parse::<u64>().ok());
    let seconds = numbers.fold(0, |minutes, number| minutes * 60 + number);
    assert!((1..=most).contains(&seconds), "{time}, and {most} s at most");
}

#[test]
fn enter_enter_reaches_the_end_with_the_guides_four_archives_proven() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    to_the_transfer(&mut wizard);
    wizard.sees("hashed");
    wizard.sees("enter result");
    wizard.press(ENTER);
    wizard.sees("4 proven");
    wizard.press("q");
    assert!(wizard.ends().success());
}

#[test]
fn stopped_in_a_transfer_it_asks_ends_with_code_5_and_opens_there_again() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), SLOW, USUAL);
    to_the_transfer(&mut wizard);
    wizard.sees("hashed");
    wizard.press(CTRL_C);
    wizard.sees("Stop the transfer?");
    wizard.press(ESC);
    wizard.waits(|parser| !parser.screen().contents().contains("Stop the transfer?"), "the question gone");
    wizard.press("q");
    wizard.sees("Stop the transfer?");
    wizard.press(ENTER);
    assert_eq!(wizard.ends().exit_code(), 5);

    let mut again = Terminal::wizard(dir.path(), FAST, USUAL);
    again.sees("s3://music-recommendation-data");
    again.sees("that were begun");
    again.sees("◐ artist");
    again.press(ENTER);
    again.sees("enter start");
    again.press(ENTER);
    again.sees("enter result");
    again.press(ENTER);
    again.sees("proven");
    again.press("q");
    assert!(again.ends().success());

    let third = Terminal::wizard(dir.path(), FAST, USUAL);
    third.sees("● artist");
    third.sees("$/month");
}

#[test]
fn a_second_ctrl_c_leaves_at_once() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), SLOW, USUAL);
    to_the_transfer(&mut wizard);
    wizard.sees("hashed");
    wizard.press(CTRL_C);
    wizard.sees("Stop the transfer?");
    wizard.press(CTRL_C);
    wizard.ends();
}

#[test]
fn ctrl_c_on_a_quiet_screen_gives_the_terminal_back() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("▶ 1 Connect");
    wizard.press(CTRL_C);
    assert!(wizard.ends().success());
}

#[test]
fn a_signal_gives_the_terminal_back() {
    let dir = folder();
    for signal in ["-TERM", "-HUP"] {
        let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
        wizard.sees("▶ 1 Connect");
        assert!(Command::new("kill").args([signal, &wizard.pid().to_string()]).status().unwrap().success());
        wizard.ends();
    }
}

#[test]
fn a_small_terminal_is_told_its_size_and_a_larger_one_shows_the_screen() {
    let dir = folder();
    let wizard = Terminal::wizard(dir.path(), FAST, (50, 12));
    wizard.sees("60×18");
    wizard.resize(USUAL);
    wizard.sees("▶ 1 Connect");
}

#[test]
fn the_language_changes_with_a_key_while_it_runs() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    wizard.press("L");
    wizard.sees("▶ 1 Connexion");
    wizard.press("L");
    wizard.sees("▶ 1 Connect ");
}

#[test]
fn going_back_loses_nothing() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    wizard.press(ENTER);
    wizard.sees("enter create");
    wizard.press("-mine");
    wizard.sees("music-recommendation-data-mine");
    wizard.press(ESC);
    wizard.sees("▶ 1 Connect");
    wizard.press(ENTER);
    wizard.sees("music-recommendation-data-mine");
}

#[test]
fn without_a_terminal_it_names_the_commands() {
    let dir = folder();
    let mut wizard = assert_cmd::Command::new(env!("CARGO_BIN_EXE_brainzlift"));
    let ended =
        wizard.args(["--lang", "en", "--sandbox-dir"]).arg(dir.path()).env("HOME", dir.path()).assert();
    ended.code(2).stderr(predicates::str::contains("setup"));
}
