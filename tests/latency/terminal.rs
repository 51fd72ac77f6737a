//! The program in a pseudo-terminal, with the moment at which each byte of its output came.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

use crate::stage::Stage;

const COLUMNS: u16 = 120;
const ROWS: u16 = 40;
/// Columns in which lists show names.
const NAME: u16 = 30;

/// Longer than this nothing takes.
const PATIENCE: Duration = Duration::from_mins(3);

pub(crate) struct Terminal {
    parser: Parser,
    output: Receiver<(Instant, Vec<u8>)>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    // Closing it hangs up on the program.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    pub(crate) fn start(stage: &Stage, binary: &Path, log: &str) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(binary);
        command.env_clear();
        for (name, value) in stage.environment() {
            command.env(name, value);
        }
        command.env("TERM", "xterm-256color");
        // Without colours the line under the cursor is reversed, which is what is looked for.
        command.env("NO_COLOR", "1");
        command.env("BRAINZLIFT_LOG", log);
        command.cwd(stage.home());
        command.args(["--lang", "en", "--archives-at-once", "8"]);
        let child = pair.slave.spawn_command(command).unwrap();
        let output = listen(pair.master.try_clone_reader().unwrap());
        let keys = pair.master.take_writer().unwrap();
        Self { parser: Parser::new(ROWS, COLUMNS, 0), output, keys, child, _master: pair.master }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub(crate) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// Waits until the screen shows what is wanted, and says when it came.
    pub(crate) fn wait(&mut self, what: &str, is_there: impl Fn(&vt100::Screen) -> bool) -> Instant {
        let end = Instant::now() + PATIENCE;
        let mut came = Instant::now();
        while !is_there(self.parser.screen()) {
            let Ok((at, bytes)) = self.output.recv_timeout(end.saturating_duration_since(Instant::now()))
            else {
                panic!("waited for {what}; the screen shows:\n{}", self.text())
            };
            self.parser.process(&bytes);
            came = at;
        }
        came
    }

    pub(crate) fn sees(&mut self, text: &str) -> Instant {
        self.wait(text, |screen| screen.contents().contains(text))
    }

    /// From the press of `key` until the screen shows it.
    pub(crate) fn time(&mut self, key: &str, is_there: impl Fn(&vt100::Screen) -> bool) -> Duration {
        self.read_what_is_there();
        let pressed = Instant::now();
        self.press(key);
        self.wait(key, is_there).saturating_duration_since(pressed)
    }

    /// Bytes that come while nothing is done for so long.
    pub(crate) fn bytes_in(&mut self, time: Duration) -> usize {
        let end = Instant::now() + time;
        let mut count = 0;
        while let Ok((_, bytes)) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.parser.process(&bytes);
            count += bytes.len();
        }
        count
    }

    pub(crate) fn read_what_is_there(&mut self) {
        while let Ok((_, bytes)) = self.output.try_recv() {
            self.parser.process(&bytes);
        }
    }

    /// The line under the cursor, told by its row and its first letters: the one with the most reversed cells.
    pub(crate) fn selected(screen: &vt100::Screen) -> Option<(u16, String)> {
        let reversed = |row: u16| {
            (0..COLUMNS).filter(|column| screen.cell(row, *column).is_some_and(vt100::Cell::inverse)).count()
        };
        let (count, row) = (1..ROWS - 1).map(|row| (reversed(row), row)).max()?;
        let name = screen.contents_between(row, 0, row, NAME);
        (count > 3).then_some((row, name))
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What the program writes, as it comes; the channel closes with the terminal.
fn listen(mut reader: Box<dyn Read + Send>) -> Receiver<(Instant, Vec<u8>)> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 65_536];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                return;
            }
        }
    });
    receiver
}
