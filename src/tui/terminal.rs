//! The terminal: taken over at the start, and given back whatever happens.

use std::io::{IsTerminal, stdin, stdout};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use ratatui::DefaultTerminal;

use crate::error::{Error, Kind, Result};
use crate::say;

/// Refuses where there is no person in front: the wizard needs a terminal on both sides.
pub fn require() -> Result<()> {
    if stdin().is_terminal() && stdout().is_terminal() {
        return Ok(());
    }
    Err(Error::new(Kind::Usage, say!("tui-no-terminal")).hint(say!("tui-no-terminal-hint")))
}

/// Holds the terminal; dropping it gives the terminal back.
pub(super) struct Held {
    pub(super) terminal: DefaultTerminal,
}

impl Held {
    /// Raw mode, the alternate screen, bracketed paste, the mouse, and a panic hook that undoes all of them first.
    pub(super) fn take() -> Result<Self> {
        let failed =
            |error| Error::new(Kind::Fatal, say!("tui-terminal-failed")).because(&error).caused_by(error);
        let terminal = ratatui::try_init().map_err(failed)?;
        let held = Self { terminal };
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            release_input();
            hook(panic);
        }));
        execute!(stdout(), EnableBracketedPaste, EnableMouseCapture).map_err(failed)?;
        Ok(held)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        release_input();
        ratatui::restore();
    }
}

/// On the way out there is nobody left to tell about a failure.
fn release_input() {
    drop(execute!(stdout(), DisableBracketedPaste, DisableMouseCapture));
}
