//! The terminal: taken over at the start, given back whatever happens, and lent to the shell while the program sleeps.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write, stdin, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use tokio::sync::Notify;

use super::App;
use crate::error::{Error, Kind, Result};
use crate::say;

/// Whether the terminal is ours. Whoever gives it back first has done it: the end, a panic, or sleep.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Told by the panic hook: the terminal was given back under the interface, which has to end.
static BROKEN: Notify = Notify::const_new();

/// Bytes of a frame that are collected before they are written, so that a frame is one write.
const FRAME: usize = 256 * 1024;
/// Puts the title on the terminal's stack, and takes it from there.
const KEEP_TITLE: &str = "\x1b[22;0t";
const TITLE_BEFORE: &str = "\x1b[23;0t";

/// Refuses where there is no person in front: the wizard needs a terminal on both sides.
pub fn require() -> Result<()> {
    if stdin().is_terminal() && stdout().is_terminal() {
        return Ok(());
    }
    Err(Error::new(Kind::Usage, say!("tui-no-terminal")).hint(say!("tui-no-terminal-hint")))
}

/// What of the terminal is used; each of them can be turned off in the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// Whether clicks and the wheel are ours. The terminal's own selection then needs Shift held down.
    pub mouse: bool,
    /// Whether the title tells how far a transfer is.
    pub title: bool,
    /// Whether the end of a transfer rings.
    pub bell: bool,
}

impl Default for Manners {
    fn default() -> Self {
        Self { mouse: true, title: true, bell: true }
    }
}

/// What frames are drawn to.
type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Holds the terminal; dropping it gives the terminal back.
pub(super) struct Held {
    terminal: Screen,
    manners: Manners,
    /// What is on the screen, and where the next frame is drawn.
    shown: Option<Buffer>,
    next: Buffer,
    title: String,
    bells: u32,
    /// Whether a write failed: nobody sees anything any more, and nothing is written.
    is_gone: bool,
}

impl Held {
    /// Raw mode, the alternate screen, bracketed paste, the mouse, and a panic hook that undoes all of them first.
    pub(super) fn take(manners: Manners) -> Result<Self> {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let was_ours = give_back();
            hook(panic);
            // Only now: the process may end at once, and what went wrong has to be told before.
            if was_ours {
                BROKEN.notify_one();
            }
        }));
        let terminal = enter(manners).map_err(|error| {
            give_back();
            Error::new(Kind::Fatal, say!("tui-terminal-failed")).because(&error).caused_by(error)
        })?;
        Ok(Self {
            terminal,
            manners,
            shown: None,
            next: Buffer::default(),
            title: String::new(),
            bells: 0,
            is_gone: false,
        })
    }

    /// Columns and rows; `None` where there is no terminal any more.
    pub(super) fn size(&self) -> Option<Size> {
        self.terminal.size().ok().filter(|_| !self.is_gone)
    }

    /// Shows `app`: its screen, its title, its bell; writes only what differs from what is there. Whether anybody can see it.
    pub(super) fn show(&mut self, app: &App) -> bool {
        if !self.is_gone && TAKEN.load(Ordering::Relaxed) {
            self.is_gone = self.try_show(app).is_err();
        }
        !self.is_gone
    }

    fn try_show(&mut self, app: &App) -> io::Result<()> {
        self.tell(app)?;
        let size = self.terminal.size()?;
        self.next.resize(Rect::new(0, 0, size.width, size.height));
        self.next.reset();
        super::view(app, &mut self.next);
        if self.shown.as_ref() == Some(&self.next) {
            return Ok(());
        }
        let next = &self.next;
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            // The terminal may have changed its size since; what is drawn then is drawn again at once.
            if frame.buffer_mut().area == next.area {
                frame.buffer_mut().clone_from(next);
            }
        })?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        let before = self.shown.take().unwrap_or_default();
        self.shown = Some(std::mem::replace(&mut self.next, before));
        Ok(())
    }

    /// The title and the bell, where they changed.
    fn tell(&mut self, app: &App) -> io::Result<()> {
        let title = app.title();
        if self.manners.title && title != self.title {
            execute!(self.terminal.backend_mut(), SetTitle(&title))?;
            self.title = title;
        }
        if self.manners.bell && app.bells != self.bells {
            execute!(self.terminal.backend_mut(), Print('\x07'))?;
        }
        self.bells = app.bells;
        Ok(())
    }

    /// Gives the terminal to the shell and stops this process and those that it was started with. Comes back when the shell goes on
    /// with it, or at once where no shell could.
    #[cfg(unix)]
    pub(super) fn sleep() {
        give_back();
        let stopped = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
        if let Err(error) = stopped {
            tracing::warn!(%error, "cannot go to sleep");
        }
    }

    /// Takes the terminal again after sleep and draws everything anew.
    pub(super) fn wake(&mut self) {
        // Whoever woke us may have set the terminal up for itself.
        give_back();
        match enter(self.manners) {
            Ok(terminal) => self.terminal = terminal,
            Err(_) => self.is_gone = true,
        }
        self.shown = None;
        self.title.clear();
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        give_back();
    }
}

/// Waits until a panic has given the terminal back.
pub(super) async fn broken() {
    BROKEN.notified().await;
}

/// Takes the terminal, empty.
fn enter(manners: Manners) -> io::Result<Screen> {
    TAKEN.store(true, Ordering::Relaxed);
    enable_raw_mode()?;
    let mut out = stdout();
    queue!(out, EnterAlternateScreen, Clear(ClearType::All), Hide, EnableBracketedPaste)?;
    if manners.mouse {
        queue!(out, EnableMouseCapture)?;
    }
    if manners.title {
        queue!(out, Print(KEEP_TITLE))?;
    }
    out.flush()?;
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(FRAME, stdout())))
}

/// Undoes all of it, where it was not undone yet. On the way out there is nobody left to tell about a failure. A title is emptied
/// before the one from the stack comes back: a terminal without such a stack then shows its own.
fn give_back() -> bool {
    if !TAKEN.swap(false, Ordering::Relaxed) {
        return false;
    }
    let mut out = stdout();
    let input = execute!(out, DisableMouseCapture, DisableBracketedPaste);
    let title = execute!(out, SetTitle(""), Print(TITLE_BEFORE));
    let screen = execute!(out, LeaveAlternateScreen, Show);
    drop((input, title, screen, disable_raw_mode()));
    true
}
