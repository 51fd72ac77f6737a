//! The frame's own keys: quit, help, language. Everything else is the screen's.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{App, Overlay, Screen, shown};
use crate::tui::Effect;
use crate::words;

impl App {
    pub(super) fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        if is_ctrl_c(key) {
            return self.ctrl_c();
        }
        match self.overlay {
            Some(Overlay::Help) => self.close_overlay(),
            Some(Overlay::AskQuit) => self.answer(key),
            Some(Overlay::Stopping) => Vec::new(),
            None => self.frame_key(key),
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if self.overlay.is_some() {
            return Vec::new();
        }
        shown!(self, mut screen => match screen.paste(text) {
            Some(message) => screen.update(message),
            None => Vec::new(),
        })
    }

    /// Asks while bytes move; the second one leaves at once.
    fn ctrl_c(&mut self) -> Vec<Effect> {
        match self.overlay {
            Some(Overlay::AskQuit | Overlay::Stopping) => vec![Effect::Leave],
            _ => self.quit(),
        }
    }

    fn quit(&mut self) -> Vec<Effect> {
        if self.transfer.is_running() {
            self.overlay = Some(Overlay::AskQuit);
            return Vec::new();
        }
        vec![Effect::Quit]
    }

    fn close_overlay(&mut self) -> Vec<Effect> {
        self.overlay = None;
        Vec::new()
    }

    fn answer(&mut self, key: KeyEvent) -> Vec<Effect> {
        match key.code {
            KeyCode::Enter => self.stop(),
            KeyCode::Esc => self.close_overlay(),
            _ => Vec::new(),
        }
    }

    fn frame_key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let typing = shown!(self, screen => screen.is_typing());
        match key.code {
            KeyCode::F(1) => self.help(),
            KeyCode::F(2) => vec![speak()],
            KeyCode::Char('?') if !typing => self.help(),
            KeyCode::Char('L') if !typing => vec![speak()],
            KeyCode::Char('q') if !typing && key.modifiers.is_empty() => self.quit(),
            _ => self.screen_key(key),
        }
    }

    fn help(&mut self) -> Vec<Effect> {
        self.overlay = Some(Overlay::Help);
        Vec::new()
    }

    fn screen_key(&mut self, key: KeyEvent) -> Vec<Effect> {
        shown!(self, mut screen => match screen.key(key) {
            Some(message) => screen.update(message),
            None => Vec::new(),
        })
    }
}

fn is_ctrl_c(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
}

/// The language after the one in use.
fn speak() -> Effect {
    let languages = words::LANGUAGES;
    let current = languages.iter().position(|tag| *tag == words::language()).unwrap_or(0);
    Effect::Speak(languages[(current + 1) % languages.len()])
}
