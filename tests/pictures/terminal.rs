//! The real program in a pseudo-terminal: keys go in, a screen comes out.
//!
//! Every wait is for something on the screen and has an end.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::Result;

/// Columns and rows of every picture.
const COLUMNS: u16 = 100;
const ROWS: u16 = 30;

/// How long to wait for anything; making the sample dumps in a debug build is the longest.
const PATIENCE: Duration = Duration::from_secs(40);

/// Frames are written at once and at least 33 ms apart: after so long without a byte a frame is whole.
const FRAME_GAP: Duration = Duration::from_millis(15);

pub(crate) struct Terminal {
    screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    // Closing it hangs up on the program.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts the wizard in `language` over a sandbox inside `home`, which is also its home and where it stands.
    pub(crate) fn start(program: &Path, home: &Path, language: &str) -> Result<Self> {
        let size = PtySize { rows: ROWS, cols: COLUMNS, ..PtySize::default() };
        let pair = native_pty_system().openpty(size)?;
        let child = pair.slave.spawn_command(command(program, home, language))?;
        let output = listen(pair.master.try_clone_reader()?);
        Ok(Self {
            screen: vt100::Parser::new(ROWS, COLUMNS, 0),
            output,
            keys: pair.master.take_writer()?,
            child,
            _master: pair.master,
        })
    }

    /// Types `keys` as a terminal sends them.
    pub(crate) fn press(&mut self, keys: &str) -> Result<()> {
        self.keys.write_all(keys.as_bytes())?;
        Ok(self.keys.flush()?)
    }

    /// Waits until `is_there` says of the text on the screen that it is what is wanted, and gives that screen.
    pub(crate) fn wait(&mut self, what: &str, is_there: impl Fn(&str) -> bool) -> Result<&vt100::Screen> {
        let end = Instant::now() + PATIENCE;
        while !is_there(&self.screen.screen().contents()) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.read(&bytes),
                Err(_) => return Err(self.complaint(what)),
            }
        }
        Ok(self.screen.screen())
    }

    /// Waits until the screen shows `text`.
    pub(crate) fn sees(&mut self, text: &str) -> Result<()> {
        self.wait(text, |shown| shown.contains(text)).map(drop)
    }

    /// The program ends by itself.
    pub(crate) fn end(mut self) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        while let Ok(bytes) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.read(&bytes);
        }
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { Err(self.complaint(&format!("a good end, not {status:?}"))) }
    }

    /// Reads `first` and whatever belongs to the same frame.
    fn read(&mut self, first: &[u8]) {
        self.screen.process(first);
        loop {
            match self.output.recv_timeout(FRAME_GAP) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn complaint(&self, what: &str) -> Box<dyn std::error::Error> {
        format!("waited for {what}; the screen shows:\n{}", self.screen.screen().contents()).into()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // After a good end there is nobody to end.
        drop(self.child.kill());
    }
}

/// The wizard, with nothing of the user's around it.
fn command(program: &Path, home: &Path, language: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    // One archive after the other, so that the same archives are done each time.
    command.args(["--sandbox", "--sandbox-dir", "sandbox", "--archives-at-once", "1"]);
    // Nobody answers when a pseudo-terminal is asked for its background.
    command.args(["--theme", "dark", "--lang", language]);
    command.env_clear();
    command.cwd(home);
    command.env("HOME", home);
    for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        command.env(name, home.join(name));
    }
    command.env("TERM", "xterm-256color");
    command.env("COLORTERM", "truecolor");
    command.env("LANG", "en_US.UTF-8");
    command
}

/// What the program writes, as it comes; the channel closes with the terminal.
fn listen(mut reader: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 65_536];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    receiver
}
