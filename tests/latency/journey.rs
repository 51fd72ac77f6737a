//! The way to each screen, and which keys are measured there.

use std::path::Path;
use std::time::Duration;

use crate::frames;
use crate::idle;
use crate::sample::Times;
use crate::stage::{PREFIX, Stage};
use crate::terminal::Terminal;

const ENTER: &str = "\r";
const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";
const END: &str = "\x1b[F";
const ESC: &str = "\x1b";

/// What was measured.
pub(crate) struct Rows {
    pub(crate) latencies: Vec<(String, Times)>,
    pub(crate) frames: Vec<(String, Times)>,
    pub(crate) to_first: Duration,
    pub(crate) idle: String,
    /// Bytes.
    pub(crate) peak: u64,
}

pub(crate) fn run(stage: &Stage, binary: &Path, keys: usize, idle: u64) -> Rows {
    let mut terminal = Terminal::start(stage, binary, "warn,brainzlift=info,brainzlift::frame=trace");
    let mut latencies = Vec::new();
    to_the_transfer(&mut terminal);
    latencies.push(("transfer: cursor, 8 archives move".to_owned(), moves(&mut terminal, keys)));
    let to_first = to_the_keys(&mut terminal);
    terminal.press(END);
    std::thread::sleep(Duration::from_millis(300));
    latencies.push(("browser: cursor, keys listed, 8 archives move".to_owned(), moves(&mut terminal, keys)));
    latencies.push(("browser: filter typed, same".to_owned(), typing(&mut terminal, keys)));
    terminal.press(ESC);
    terminal.press("H");
    terminal.wait("the transfer's end", |screen| !screen.contents().contains("Transfer runs"));
    std::thread::sleep(Duration::from_secs(3));
    terminal.read_what_is_there();
    let idle = idle::measure(&mut terminal, Duration::from_secs(idle));
    let peak = idle::peak(terminal.pid());
    Rows { latencies, frames: frames::read(stage.home()), to_first, idle, peak }
}

/// Through the wizard with every archive of the first family.
fn to_the_transfer(terminal: &mut Terminal) {
    terminal.sees("answers");
    terminal.press(ENTER);
    terminal.sees("many-keys");
    terminal.press(ENTER);
    terminal.sees("What Enter changes");
    terminal.press(ENTER);
    terminal.sees("choose datasets");
    terminal.press(ENTER);
    terminal.wait("all sizes", |screen| {
        let text = screen.contents();
        text.contains("to move") && !text.contains("asking") && !text.contains("looking")
    });
    terminal.press("a");
    terminal.wait("eleven archives", |screen| screen.contents().contains("11 archives"));
    terminal.press(ENTER);
    terminal.sees("Review:");
    terminal.press(ENTER);
    terminal.sees("MiB/s");
}

/// To the prefix with very many keys; how long its first rows took.
fn to_the_keys(terminal: &mut Terminal) -> Duration {
    terminal.press("B");
    terminal.sees(PREFIX);
    terminal.time(ENTER, |screen| screen.contents().contains("00000001"))
}

/// The cursor goes down and up.
fn moves(terminal: &mut Terminal, keys: usize) -> Times {
    let mut times = Times::default();
    terminal.press(UP);
    std::thread::sleep(Duration::from_millis(100));
    for index in 0..keys {
        // Never in step with the frames.
        std::thread::sleep(Duration::from_millis(20 + (index as u64 * 7) % 41));
        terminal.read_what_is_there();
        let before = Terminal::selected(terminal.screen());
        let key = if index % 2 == 0 { UP } else { DOWN };
        times.add(terminal.time(key, |screen| Terminal::selected(screen) != before));
    }
    times
}

/// Letters go into the filter and out again.
fn typing(terminal: &mut Terminal, keys: usize) -> Times {
    let mut times = Times::default();
    terminal.press("/");
    std::thread::sleep(Duration::from_millis(100));
    for index in 0..keys {
        std::thread::sleep(Duration::from_millis(20 + (index as u64 * 7) % 41));
        let letters = "zqx".repeat(index / 2 % 3 + 1);
        let key = if index % 2 == 0 { letters.as_str() } else { "\x15" };
        let is_there = |screen: &vt100::Screen| screen.contents().contains(&letters) == (index % 2 == 0);
        times.add(terminal.time(key, is_there));
    }
    times
}
