//! The real program in a real pseudo-terminal.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

/// Longer than this nothing takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

pub(crate) const ENTER: &str = "\r";
pub(crate) const ESC: &str = "\x1b";
pub(crate) const CTRL_C: &str = "\x03";

/// What the terminal shows; the reader tells whoever waits that it changed.
type Shown = Arc<(Mutex<Parser>, Condvar)>;

/// `brainzlift` in a pseudo-terminal.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    shown: Shown,
}

impl Terminal {
    /// The wizard in English, in a sandbox under `dir` whose mirror serves `rate` bytes/s.
    pub(crate) fn wizard(dir: &Path, rate: u64, (columns, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_brainzlift"));
        command.env("TERM", "xterm-256color");
        command.env("HOME", dir);
        command.cwd(dir);
        command.args(["--lang", "en", "--sandbox-rate", &rate.to_string(), "--sandbox-dir"]);
        command.arg(dir.join("sandbox"));
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let shown: Shown = Arc::new((Mutex::new(Parser::new(rows, columns, 0)), Condvar::new()));
        std::thread::spawn({
            let shown = Arc::clone(&shown);
            move || watch(reader, &shown)
        });
        let writer = pair.master.take_writer().unwrap();
        Self { child, master: pair.master, writer, shown }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits until the terminal shows `text`.
    pub(crate) fn sees(&self, text: &str) {
        self.waits(|parser| parser.screen().contents().contains(text), text);
    }

    /// Waits until what the terminal shows is as `wanted`.
    pub(crate) fn waits(&self, wanted: impl Fn(&Parser) -> bool, what: &str) {
        let (parser, changed) = &*self.shown;
        let parser = parser.lock().unwrap();
        let (parser, wait) = changed.wait_timeout_while(parser, PATIENCE, |parser| !wanted(parser)).unwrap();
        assert!(!wait.timed_out(), "never seen: {what}\n{}", parser.screen().contents());
    }

    pub(crate) fn resize(&self, (columns, rows): (u16, u16)) {
        self.shown.0.lock().unwrap().screen_mut().set_size(rows, columns);
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the end, and sees that the terminal was given back.
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(began.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        };
        let given_back = |parser: &Parser| {
            let screen = parser.screen();
            !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
        };
        self.waits(given_back, "the terminal as it was");
        status
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn watch(mut reader: Box<dyn Read + Send>, (parser, changed): &(Mutex<Parser>, Condvar)) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = reader.read(&mut bytes) {
        parser.lock().unwrap().process(&bytes[..count]);
        changed.notify_all();
    }
}
