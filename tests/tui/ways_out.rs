//! Sleep, floods, and every rude way to end: the terminal and the journal are in order afterwards.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::journey::{FAST, SLOW, USUAL, folder, to_the_transfer};
use crate::terminal::{ESC, Terminal};

const CTRL_Z: &str = "\x1a";

fn signal(wizard: &Terminal, name: &str) {
    assert!(Command::new("kill").args([name, &wizard.pid().to_string()]).status().unwrap().success());
}

/// Started again it stands at the datasets, with something begun.
fn can_be_resumed(dir: &std::path::Path) {
    let again = Terminal::wizard(dir, SLOW, USUAL);
    again.sees("◐");
}

#[test]
fn ctrl_z_lends_the_terminal_to_the_shell_and_fg_draws_everything_anew() {
    let dir = folder();
    let mut shell = Terminal::shell(dir.path(), FAST, USUAL);
    shell.sees("✓ connected");
    for _ in 0..2 {
        shell.press(CTRL_Z);
        shell.sees("Stopped");
        shell.is_given_back();
        shell.press("echo $((6 * 111111))\r");
        shell.sees("666666");
        shell.press("fg\r");
        shell.sees("✓ connected");
        shell.waits(|parser| parser.screen().alternate_screen(), "the screen taken again");
    }
    shell.press("?");
    shell.sees("Keys: Connect");
    shell.press(ESC);
    shell.waits(|parser| !parser.screen().contents().contains("Keys: Connect"), "the help gone");
    shell.press("q");
    shell.is_given_back();
    shell.press("clear; echo $?$((6 * 111111))\r");
    shell.sees("666666");
}

#[test]
fn where_no_shell_could_wake_it_it_does_not_go_to_sleep() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    wizard.press(CTRL_Z);
    wizard.press("?");
    wizard.sees("Keys: Connect");
}

#[test]
fn woken_from_outside_it_draws_everything_anew() {
    let dir = folder();
    let wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    let before = wizard.written();
    signal(&wizard, "-STOP");
    signal(&wizard, "-CONT");
    wizard.waits(|_| wizard.wrote("Connect", before), "everything anew");
}

#[test]
fn a_window_that_is_closed_ends_a_transfer_in_order() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), SLOW, USUAL);
    to_the_transfer(&mut wizard);
    wizard.sees("hashed");
    wizard.vanish();
    wizard.exits();
    can_be_resumed(dir.path());
}

#[test]
fn a_window_that_is_closed_on_a_quiet_screen_ends_it_soon() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    wizard.vanish();
    let began = Instant::now();
    wizard.exits();
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn a_signal_stops_a_transfer_in_order() {
    let dir = folder();
    for name in ["-TERM", "-HUP"] {
        let mut wizard = Terminal::wizard(dir.path(), SLOW, USUAL);
        if name == "-TERM" {
            to_the_transfer(&mut wizard);
            wizard.sees("hashed");
        } else {
            wizard.sees("◐");
        }
        signal(&wizard, name);
        wizard.ends();
    }
    can_be_resumed(dir.path());
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told() {
    let dir = folder();
    for place in ["loop", "task"] {
        let mut wizard = Terminal::wizard_with(dir.path(), FAST, USUAL, &[("BRAINZLIFT_TEST_PANIC", place)]);
        wizard.sees("✓ connected");
        wizard.press("j");
        assert!(!wizard.ends().success(), "{place}");
        wizard.waits(|_| wizard.wrote("provoked by BRAINZLIFT_TEST_PANIC", 0), "what went wrong");
    }
}

#[test]
fn a_storm_of_sizes_ends_with_the_last_one_drawn() {
    let dir = folder();
    let wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    for step in 0..400_u16 {
        wizard.resize((60 + step % 90, 18 + step % 30));
    }
    wizard.resize((100, 30));
    let is_whole = |parser: &vt100::Parser| {
        let rows: Vec<String> = parser.screen().rows(0, 100).collect();
        rows[29].contains("? help") && rows[2].chars().count() > 90
    };
    wizard.waits(is_whole, "the last size drawn");
}

#[test]
fn five_pasted_megabytes_hold_nothing_up() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    wizard.press("\r");
    wizard.sees("enter create");
    let began = Instant::now();
    wizard.press(&format!("\x1b[200~{}\x1b[201~", "x".repeat(5_000_000)));
    wizard.sees("xxxxxxxx");
    wizard.press("\x1bOP");
    wizard.sees("Keys: Bucket");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    wizard.sees("✓ answers");
    // What was under way has been drawn when a key has been.
    wizard.press("?");
    wizard.sees("Keys: Connect");
    std::thread::sleep(Duration::from_millis(300));
    let before = wizard.written();
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(wizard.written(), before);
}

#[test]
fn the_title_tells_how_far_a_transfer_is_and_its_end_rings() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    to_the_transfer(&mut wizard);
    wizard.waits(|_| wizard.wrote("% · brainzlift\x07", 0), "percent in the title");
    wizard.sees("enter result");
    wizard
        .waits(|_| wizard.wrote("\x1b]0;done · brainzlift\x07\x07", 0), "the end in the title, and the bell");
    wizard.press("q");
    assert!(wizard.ends().success());
    assert!(wizard.wrote("\x1b]0;\x07\x1b[23;0t", 0), "the title before comes back");
}
