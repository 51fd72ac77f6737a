//! Keys, mouse and palette in a real pseudo-terminal.

use crate::journey::{FAST, USUAL, folder};
use crate::terminal::{ENTER, Terminal};

#[test]
fn the_mouse_presses_the_footer_and_the_rows_of_the_help() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    wizard.click("enter choose the bucket");
    wizard.sees("enter create");
    wizard.click("✓ Connect");
    wizard.sees("▶ 1 Connect");
    wizard.click("? help");
    wizard.sees("Keys: Connect");
    wizard.click("English or French");
    wizard.sees("▶ 1 Connexion");
}

#[test]
fn the_palette_does_what_fingers_know() {
    let dir = folder();
    let mut wizard = Terminal::wizard(dir.path(), FAST, USUAL);
    wizard.sees("✓ connected");
    wizard.press(":french");
    wizard.sees("▸ English or French");
    wizard.press(ENTER);
    wizard.sees("▶ 1 Connexion");
    wizard.press(":q");
    wizard.press(ENTER);
    assert!(wizard.ends().success());
}

#[test]
fn keys_of_the_settings_file_work_and_are_shown() {
    let dir = folder();
    let file = dir.path().join("keys.toml");
    std::fs::write(&file, "[keys]\nlanguage = \"X\"\nhelp = [\"f1\"]\n").unwrap();
    let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_brainzlift"));
    command.args(["--lang", "en", "--config", file.to_str().unwrap(), "--sandbox-dir"]);
    command.arg(dir.path().join("sandbox"));
    let mut wizard = Terminal::running(command, dir.path(), USUAL);
    wizard.sees("F1 help");
    wizard.press("X");
    wizard.sees("▶ 1 Connexion");
}
