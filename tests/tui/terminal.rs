//! The real program in a real pseudo-terminal.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::{MouseProtocolMode, Parser};

/// Longer than this nothing takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

pub(crate) const ENTER: &str = "\r";
pub(crate) const ESC: &str = "\x1b";
pub(crate) const CTRL_C: &str = "\x03";

/// What the terminal shows; the reader tells whoever waits that it changed.
type Shown = Arc<(Mutex<Parser>, Condvar)>;

/// Every byte that was written to the terminal.
type Written = Arc<Mutex<Vec<u8>>>;

/// `brainzlift` in a pseudo-terminal.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    /// What the terminal is made of, until it vanishes.
    held: Option<Held>,
    shown: Shown,
    written: Written,
}

/// The terminal's own end.
struct Held {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    watch: JoinHandle<()>,
    /// Whether nobody looks any more.
    is_over: Arc<AtomicBool>,
}

/// The arguments of the wizard in English, in a sandbox under `dir` whose mirror serves `rate` bytes/s.
fn arguments(dir: &Path, rate: u64) -> Vec<String> {
    let sandbox = dir.join("sandbox").to_str().unwrap().to_owned();
    ["--lang", "en", "--sandbox-rate", &rate.to_string(), "--sandbox-dir", &sandbox].map(str::to_owned).into()
}

impl Terminal {
    /// The wizard in English, in a sandbox under `dir` whose mirror serves `rate` bytes/s.
    pub(crate) fn wizard(dir: &Path, rate: u64, size: (u16, u16)) -> Self {
        Self::wizard_with(dir, rate, size, &[])
    }

    /// The same with more arguments.
    pub(crate) fn wizard_given(dir: &Path, rate: u64, size: (u16, u16), more: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_brainzlift"));
        command.args(arguments(dir, rate));
        command.args(more);
        Self::running(command, dir, size)
    }

    /// The same with more variables in its environment.
    pub(crate) fn wizard_with(dir: &Path, rate: u64, size: (u16, u16), variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_brainzlift"));
        command.args(arguments(dir, rate));
        for (name, value) in variables {
            command.env(name, value);
        }
        Self::running(command, dir, size)
    }

    /// A shell that can hold jobs, with the wizard as one of them.
    pub(crate) fn shell(dir: &Path, rate: u64, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("bash");
        command.args(["--norc", "--noprofile", "-i"]);
        command.env("PS1", "shell> ");
        // The shell's own line asks for bracketed paste, too, which is not what is looked at.
        let inputrc = dir.join("inputrc");
        std::fs::write(&inputrc, "set enable-bracketed-paste off\n").unwrap();
        command.env("INPUTRC", inputrc);
        let mut shell = Self::running(command, dir, size);
        shell.sees("shell> ");
        let line = [vec![env!("CARGO_BIN_EXE_brainzlift").to_owned()], arguments(dir, rate)].concat();
        shell.press(&format!("{}\r", line.join(" ")));
        shell
    }

    /// Any command.
    pub(crate) fn running(mut command: CommandBuilder, dir: &Path, (columns, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("TERM", "xterm-256color");
        command.env("HOME", dir);
        command.cwd(dir);
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let shown: Shown = Arc::new((Mutex::new(Parser::new(rows, columns, 0)), Condvar::new()));
        let (written, is_over) = (Written::default(), Arc::new(AtomicBool::new(false)));
        let watch = std::thread::spawn({
            let (shown, written, is_over) = (Arc::clone(&shown), Arc::clone(&written), Arc::clone(&is_over));
            move || watch(reader, &shown, &written, &is_over)
        });
        let writer = pair.master.take_writer().unwrap();
        Self { child, held: Some(Held { master: pair.master, writer, watch, is_over }), shown, written }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        let writer = &mut self.held.as_mut().unwrap().writer;
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Clicks where `text` is shown first.
    pub(crate) fn click(&mut self, text: &str) {
        self.sees(text);
        self.settles();
        let place = self.places(text)[0];
        self.click_at(place);
    }

    /// Clicks where `text` is shown last: in the footer, if it stands there.
    pub(crate) fn click_lowest(&mut self, text: &str) {
        self.sees(text);
        self.settles();
        let place = self.places(text).pop().unwrap();
        self.click_at(place);
    }

    /// Waits until the frame is whole, as an eye would before it points somewhere; where something always turns, no longer than a second.
    fn settles(&self) {
        let mut drawn = self.written();
        for _ in 0..10 {
            std::thread::sleep(Duration::from_millis(100));
            if std::mem::replace(&mut drawn, self.written()) == self.written() {
                return;
            }
        }
    }

    fn click_at(&mut self, (row, column): (usize, usize)) {
        self.press(&format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", column + 1, row + 1, column + 1, row + 1));
    }

    /// Turns the wheel down over the middle, and waits until that has moved something and the frame is whole.
    pub(crate) fn wheel_down(&mut self) {
        let before = self.contents();
        self.press("\x1b[<65;40;12M");
        self.waits(|parser| parser.screen().contents() != before, "something that the wheel moved");
        self.settles();
    }

    /// Whether `text` is shown now.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.contents().contains(text)
    }

    /// What is shown now.
    pub(crate) fn contents(&self) -> String {
        self.shown.0.lock().unwrap().screen().contents()
    }

    /// Row and column of the first letter of `text` in each row that has it.
    fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let parser = self.shown.0.lock().unwrap();
        let (_, columns) = parser.screen().size();
        let place = |(row, line): (usize, String)| Some((row, line[..line.find(text)?].chars().count()));
        parser.screen().rows(0, columns).enumerate().filter_map(place).collect()
    }

    /// How many bytes were written to the terminal so far.
    pub(crate) fn written(&self) -> usize {
        self.written.lock().unwrap().len()
    }

    /// Whether these bytes were written to the terminal, from byte `since` on.
    pub(crate) fn wrote(&self, bytes: &str, since: usize) -> bool {
        self.written.lock().unwrap()[since..].windows(bytes.len()).any(|window| window == bytes.as_bytes())
    }

    /// The window is closed: what held the terminal is gone. Something is pressed so that whoever reads it wakes up.
    pub(crate) fn vanish(&mut self) {
        self.held.as_ref().unwrap().is_over.store(true, Ordering::Relaxed);
        self.press("?");
        let Held { master, writer, watch, .. } = self.held.take().unwrap();
        watch.join().unwrap();
        drop((writer, master));
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
        self.held
            .as_ref()
            .unwrap()
            .master
            .resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .unwrap();
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the end, and sees that the terminal was given back.
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let status = self.exits();
        self.is_given_back();
        status
    }

    /// Waits for the end.
    pub(crate) fn exits(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sees that the terminal is as it was: no alternate screen, no mouse, no bracketed paste, a cursor.
    pub(crate) fn is_given_back(&self) {
        let given_back = |parser: &Parser| {
            let screen = parser.screen();
            let input = screen.bracketed_paste() || screen.mouse_protocol_mode() != MouseProtocolMode::None;
            !screen.alternate_screen() && !input && !screen.hide_cursor()
        };
        self.waits(given_back, "the terminal as it was");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn watch(
    mut reader: Box<dyn Read + Send>,
    (parser, changed): &(Mutex<Parser>, Condvar),
    written: &Mutex<Vec<u8>>,
    is_over: &AtomicBool,
) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = reader.read(&mut bytes) {
        if is_over.load(Ordering::Relaxed) {
            return;
        }
        written.lock().unwrap().extend_from_slice(&bytes[..count]);
        parser.lock().unwrap().process(&bytes[..count]);
        changed.notify_all();
    }
}
