//! Keys become actions, and actions become what the overlay, the screen or the frame does.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{App, Overlay, Screen, shown};
use crate::tui::keys::{Action, Chord};
use crate::tui::{Effect, Step, help, palette};
use crate::words;

impl App {
    pub(super) fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        if is_ctrl_c(key) {
            return self.ctrl_c();
        }
        if !Chord::of(key).is_letter() && self.keymap.among(key, [Action::Suspend]).is_some() {
            return vec![Effect::Suspend];
        }
        match self.overlay {
            Some(Overlay::Help) => self.help_key(key),
            Some(Overlay::Palette) => self.palette_key(key),
            Some(Overlay::AskQuit) => match self.keymap.among(key, [Action::Forward, Action::Back]) {
                Some(action) => self.answer(action),
                None => Vec::new(),
            },
            Some(Overlay::Stopping) => Vec::new(),
            None => self.screen_or_frame(key),
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if self.overlay == Some(Overlay::Palette) {
            self.palette.paste(text);
        }
        if self.overlay.is_some() {
            return Vec::new();
        }
        shown!(self, mut screen => match screen.paste(text) {
            Some(message) => screen.update(message),
            None => Vec::new(),
        })
    }

    /// Does what was chosen by a click or in the palette.
    pub(super) fn perform(&mut self, action: Action) -> Vec<Effect> {
        match self.overlay {
            Some(Overlay::AskQuit) => self.answer(action),
            _ => self.act(action).unwrap_or_default(),
        }
    }

    /// Keys that move scroll a help that does not fit; every other one closes it.
    fn help_key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let motion = self.keymap.among(key, Action::MOTIONS);
        match motion.and_then(|motion| help::moved(self, self.help_top, motion, self.area())) {
            Some(top) => self.help_top = top,
            None => self.overlay = None,
        }
        Vec::new()
    }

    fn palette_key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let known =
            [Action::Forward, Action::Back, Action::Up, Action::Down, Action::PageUp, Action::PageDown];
        let is_typed = Chord::of(key).is_letter() || key.modifiers.contains(KeyModifiers::CONTROL);
        let Some(action) = self.keymap.among(key, known).filter(|_| !is_typed) else {
            self.palette.key(key);
            return Vec::new();
        };
        let mut palette = std::mem::take(&mut self.palette);
        let answer = palette.act(self, action);
        self.palette = palette;
        self.palette_answer(answer)
    }

    pub(super) fn palette_answer(&mut self, answer: palette::Answer) -> Vec<Effect> {
        match answer {
            palette::Answer::Stay => Vec::new(),
            palette::Answer::Closed => self.close_overlay(),
            palette::Answer::Chosen(action) => self.do_after_closing(action),
        }
    }

    /// Closes what lies over the screen and does what was chosen there.
    pub(super) fn do_after_closing(&mut self, action: Action) -> Vec<Effect> {
        self.overlay = None;
        self.act(action).unwrap_or_default()
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

    fn answer(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Forward => self.stop(),
            Action::Back => self.close_overlay(),
            _ => Vec::new(),
        }
    }

    /// A letter that is typed is no action; a key that is no action is the screen's.
    fn screen_or_frame(&mut self, key: KeyEvent) -> Vec<Effect> {
        let typing = shown!(self, screen => screen.is_typing());
        let catches = shown!(self, screen => screen.catches());
        let is_screens = catches || typing && Chord::of(key).is_letter();
        if !is_screens && let Some(effects) = self.resolve(key) {
            return effects;
        }
        shown!(self, mut screen => match screen.key(key) {
            Some(message) => screen.update(message),
            None => Vec::new(),
        })
    }

    /// What is offered comes first, then the frame's own, then what moves a cursor.
    fn resolve(&mut self, key: KeyEvent) -> Option<Vec<Effect>> {
        let offered = self.keymap.offered(key, &self.screen_keys());
        if let Some(effects) = offered.and_then(|action| self.act(action)) {
            return Some(effects);
        }
        if self.question().is_some() {
            return None;
        }
        let typing = shown!(self, screen => screen.is_typing());
        let frame = self.keymap.among(key, Action::FRAME);
        let motion = || self.keymap.among(key, Action::MOTIONS);
        // A field has its own use for Ctrl and a letter.
        let is_fields = typing && key.modifiers.contains(KeyModifiers::CONTROL);
        let action = frame.filter(|_| !is_fields).or_else(motion)?;
        self.act(action)
    }

    /// Does it, where the screen or the frame knows what it means now.
    fn act(&mut self, action: Action) -> Option<Vec<Effect>> {
        if Action::FRAME.contains(&action) {
            return Some(self.frame_act(action));
        }
        shown!(self, mut screen => screen.act(action).map(|message| screen.update(message)))
    }

    fn frame_act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Help => {
                (self.overlay, self.help_top) = (Some(Overlay::Help), 0);
                Vec::new()
            }
            Action::Palette => {
                (self.overlay, self.palette) = (Some(Overlay::Palette), palette::State::default());
                Vec::new()
            }
            Action::Home => vec![Effect::Visit(Step::Home)],
            Action::Browse => vec![Effect::Visit(Step::Browser)],
            Action::Settings => vec![Effect::Visit(Step::Settings)],
            Action::Language => vec![speak()],
            Action::Theme => {
                self.theme = self.theme.next();
                Vec::new()
            }
            Action::Suspend => vec![Effect::Suspend],
            Action::Quit => self.quit(),
            _ => Vec::new(),
        }
    }
}

fn is_ctrl_c(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
}

/// The language after the one in use.
fn speak() -> Effect {
    let languages = words::LANGUAGES;
    let current = languages.iter().position(|tag| *tag == words::language()).unwrap_or(0);
    Effect::Speak(Some(languages[(current + 1) % languages.len()]))
}
