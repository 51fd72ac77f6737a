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

/// What home says while archives move, and the browser while pages come.
const MOVING: &str = "A transfer is running";
const LISTING: &str = ", more";
/// Where nothing is written for so long, nothing goes on.
const QUIET: Duration = Duration::from_secs(3);
/// What its keys are while the filter is typed.
const TYPING: &str = "enter keep";

/// What was measured.
pub(crate) struct Rows {
    pub(crate) latencies: Vec<(String, Times)>,
    pub(crate) frames: Vec<(String, Times)>,
    pub(crate) to_first: Duration,
    pub(crate) to_last: Duration,
    /// Whether archives still moved when the last key was pressed.
    pub(crate) was_moving: bool,
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
    latencies.push(("browser: cursor, and keys listed".to_owned(), listed(&mut terminal, keys, move_once)));
    latencies
        .push(("browser: filter typed, and keys listed".to_owned(), listed(&mut terminal, keys, type_once)));
    let was_moving = is_moving(&mut terminal);
    terminal.press("B");
    terminal.sees("0000001");
    let to_last = to_the_last_key(&mut terminal);
    is_moving(&mut terminal);
    terminal.wait("the transfer's end", |screen| !screen.contents().contains(MOVING));
    while terminal.bytes_in(QUIET) > 0 {}
    let idle = idle::measure(&mut terminal, Duration::from_secs(idle));
    let peak = idle::peak(terminal.pid());
    Rows { latencies, frames: frames::read(stage.home()), to_first, to_last, was_moving, idle, peak }
}

/// Through the wizard with every archive of the first family.
fn to_the_transfer(terminal: &mut Terminal) {
    terminal.sees("answers");
    terminal.press(ENTER);
    terminal.sees("many-keys");
    terminal.press(UP);
    terminal.sees("▸ many-keys");
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
    terminal.press(DOWN);
    terminal.sees(&format!("▸ {PREFIX}"));
    terminal.time(ENTER, |screen| screen.contents().contains("0000001"))
}

/// Goes home, which knows whether archives move.
fn is_moving(terminal: &mut Terminal) -> bool {
    terminal.press(ESC);
    // Not in one breath: that would be Alt and the next key.
    std::thread::sleep(Duration::from_millis(200));
    terminal.press("H");
    terminal.sees("protection");
    terminal.text().contains(MOVING)
}

/// To the end of the list, all of which comes then; how long that took.
fn to_the_last_key(terminal: &mut Terminal) -> Duration {
    let is_whole = |screen: &vt100::Screen| {
        let text = screen.contents();
        text.contains(" entries") && !text.contains(LISTING)
    };
    terminal.time(END, is_whole)
}

/// The cursor goes up and down.
fn moves(terminal: &mut Terminal, keys: usize) -> Times {
    let mut times = Times::default();
    // Away from the first line and the last, beyond which nothing moves.
    for index in 0..3 {
        terminal.press(DOWN);
        pause(index);
    }
    for index in 0..keys {
        pause(index);
        times.add(move_once(terminal, index));
    }
    times
}

/// Keys of one kind, each pressed while pages still come; the list is opened anew where it is whole too soon.
fn listed(terminal: &mut Terminal, keys: usize, press: fn(&mut Terminal, usize) -> Duration) -> Times {
    let mut times = Times::default();
    for index in 0..keys {
        pause(index);
        terminal.read_what_is_there();
        if !terminal.text().contains(LISTING) {
            list_anew(terminal);
        }
        times.add(press(terminal, index));
    }
    times
}

/// Out of the prefix, in again, and a filter that every key is looked through for.
fn list_anew(terminal: &mut Terminal) {
    for _ in 0..3 {
        terminal.press(ESC);
        pause(3);
        terminal.read_what_is_there();
        if terminal.text().contains(&format!("▸ {PREFIX}")) {
            break;
        }
    }
    terminal.press(ENTER);
    terminal.sees("0000001");
    terminal.press("/0");
    terminal.press(ENTER);
    terminal.sees(LISTING);
}

/// Never in step with the frames.
fn pause(index: usize) {
    std::thread::sleep(Duration::from_millis(20 + (index as u64 * 7) % 41));
}

fn move_once(terminal: &mut Terminal, index: usize) -> Duration {
    terminal.read_what_is_there();
    let before = Terminal::selected(terminal.screen());
    let key = if index.is_multiple_of(2) { DOWN } else { UP };
    terminal.time(key, |screen| Terminal::selected(screen) != before)
}

/// A letter into the filter, or all that is in it away.
fn type_once(terminal: &mut Terminal, index: usize) -> Duration {
    if !terminal.text().contains(TYPING) {
        terminal.press("/");
        terminal.sees(TYPING);
        pause(index);
    }
    terminal.read_what_is_there();
    let before = filter(terminal.screen());
    let is_empty = before.as_deref().is_none_or(str::is_empty);
    terminal.time(if is_empty { "7" } else { "\x15" }, |screen| filter(screen) != before)
}

/// What stands in the filter's line.
fn filter(screen: &vt100::Screen) -> Option<String> {
    let contents = screen.contents();
    let text = contents.lines().find_map(|line| line.split_once("/ filter"))?.1;
    Some(text.split('│').next()?.trim().to_owned())
}
