//! All state of the interface, and how a message changes it. No I/O, no clock: what is to be done comes out as effects.

mod keys;
mod mouse;
mod moves;

use std::time::Duration;

use super::keys::{Action, Keymap};
use super::palette;
use super::screens::{
    Screen, browser, bucket, connect, datasets, done, home, protect, review, settings, transfer,
};
use super::widgets::{Hint, Question};
use super::{Command, Effect, Eyes, Known, Message, Step, Surroundings, Theme};
use crate::say;

/// What lies over the screen and takes the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// The keys that work now, explained.
    Help,
    /// Every action by its name.
    Palette,
    /// Whether to stop a running transfer.
    AskQuit,
    /// The transfer winds down; there is nothing to press but Ctrl-C again.
    Stopping,
}

/// Everything the interface knows.
#[derive(Debug)]
pub struct App {
    /// What screens share.
    pub known: Known,
    /// The screen that is shown.
    pub step: Step,
    /// What lies over it.
    pub overlay: Option<Overlay>,
    /// The styles.
    pub theme: Theme,
    /// How it is drawn besides.
    pub eyes: Eyes,
    /// What is known of the terminal, for the theme that suits it.
    pub surroundings: Surroundings,
    /// Which keys do what.
    pub keymap: Keymap,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The time of the last tick, since the start.
    pub now: Duration,
    /// From which line on the help shows.
    pub help_top: usize,
    /// What is typed into the palette.
    pub palette: palette::State,
    /// How often the terminal was to ring: at the end of each transfer.
    pub bells: u32,
    /// How much of the transfer that runs has moved, in percent; below 100 until all is proven.
    moved: Option<u64>,
    /// Where one came from, the last at the end.
    visited: Vec<Step>,
    pub(super) home: home::State,
    pub(super) browser: browser::State,
    pub(super) settings: settings::State,
    pub(super) connect: connect::State,
    pub(super) bucket: bucket::State,
    pub(super) protect: protect::State,
    pub(super) datasets: datasets::State,
    pub(super) review: review::State,
    pub(super) transfer: transfer::State,
    pub(super) done: done::State,
}

/// Runs `$what` with `$screen` bound to the state of the screen that is shown.
macro_rules! shown {
    ($app:expr, $screen:ident => $what:expr) => {
        match $app.step {
            $crate::tui::Step::Home => {
                let $screen = &$app.home;
                $what
            }
            $crate::tui::Step::Browser => {
                let $screen = &$app.browser;
                $what
            }
            $crate::tui::Step::Settings => {
                let $screen = &$app.settings;
                $what
            }
            $crate::tui::Step::Connect => {
                let $screen = &$app.connect;
                $what
            }
            $crate::tui::Step::Bucket => {
                let $screen = &$app.bucket;
                $what
            }
            $crate::tui::Step::Protect => {
                let $screen = &$app.protect;
                $what
            }
            $crate::tui::Step::Datasets => {
                let $screen = &$app.datasets;
                $what
            }
            $crate::tui::Step::Review => {
                let $screen = &$app.review;
                $what
            }
            $crate::tui::Step::Transfer => {
                let $screen = &$app.transfer;
                $what
            }
            $crate::tui::Step::Done => {
                let $screen = &$app.done;
                $what
            }
        }
    };
    ($app:expr, mut $screen:ident => $what:expr) => {
        match $app.step {
            $crate::tui::Step::Home => {
                let $screen = &mut $app.home;
                $what
            }
            $crate::tui::Step::Browser => {
                let $screen = &mut $app.browser;
                $what
            }
            $crate::tui::Step::Settings => {
                let $screen = &mut $app.settings;
                $what
            }
            $crate::tui::Step::Connect => {
                let $screen = &mut $app.connect;
                $what
            }
            $crate::tui::Step::Bucket => {
                let $screen = &mut $app.bucket;
                $what
            }
            $crate::tui::Step::Protect => {
                let $screen = &mut $app.protect;
                $what
            }
            $crate::tui::Step::Datasets => {
                let $screen = &mut $app.datasets;
                $what
            }
            $crate::tui::Step::Review => {
                let $screen = &mut $app.review;
                $what
            }
            $crate::tui::Step::Transfer => {
                let $screen = &mut $app.transfer;
                $what
            }
            $crate::tui::Step::Done => {
                let $screen = &mut $app.done;
                $what
            }
        }
    };
}
pub(super) use shown;

impl App {
    /// The interface before anything was asked of the world.
    #[must_use]
    pub fn new(known: Known, theme: Theme) -> Self {
        Self {
            step: if known.returning { Step::Home } else { Step::default() },
            known,
            overlay: None,
            theme,
            eyes: Eyes::default(),
            surroundings: Surroundings::default(),
            keymap: Keymap::default(),
            size: super::frame::SMALLEST,
            now: Duration::ZERO,
            help_top: 0,
            palette: palette::State::default(),
            bells: 0,
            moved: None,
            visited: Vec::new(),
            home: home::State::default(),
            browser: browser::State::default(),
            settings: settings::State::default(),
            connect: connect::State::default(),
            bucket: bucket::State::default(),
            protect: protect::State::default(),
            datasets: datasets::State::default(),
            review: review::State::default(),
            transfer: transfer::State::default(),
            done: done::State::default(),
        }
    }

    /// Enters the first screen.
    pub fn start(&mut self) -> Vec<Effect> {
        let effects = self.go(self.step);
        self.follow(effects)
    }

    /// Changes the state and says what is to be done; moves between screens are followed here and never come out.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let was_running = self.transfer.is_running();
        let effects = match message {
            Message::Key(key) => self.key(key),
            Message::Paste(text) => self.paste(&text),
            Message::Mouse(mouse) => self.mouse(mouse),
            Message::Resize(columns, rows) => {
                self.size = (columns, rows);
                Vec::new()
            }
            Message::Tick(tick) => self.tick(&tick),
            Message::Terminate => self.terminate(),
            Message::Home(message) => self.home.update(message),
            Message::Browser(message) => self.browser.update(message),
            Message::Settings(message) => self.settings.update(message),
            Message::Connect(message) => self.connect.update(message),
            Message::Bucket(message) => self.bucket.update(message),
            Message::Protect(message) => self.protect.update(message),
            Message::Datasets(message) => self.datasets.update(message),
            Message::Review(message) => self.review.update(message),
            Message::Transfer(message) => self.transfer.update(message),
            Message::Done(message) => self.done.update(message),
        };
        let mut effects = self.follow(effects);
        if was_running && !self.transfer.is_running() {
            self.moved = None;
            self.bells += u32::from(self.overlay != Some(Overlay::Stopping));
        }
        if self.overlay == Some(Overlay::Stopping) && !self.transfer.is_running() {
            effects.push(Effect::Quit);
        }
        effects
    }

    /// Whether frames are needed without any message: a spinner turns, or bytes move.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        self.transfer.is_running() || shown!(self, screen => screen.is_moving())
    }

    /// What the terminal's title says: how far the transfer is while one runs.
    #[must_use]
    pub fn title(&self) -> String {
        match self.moved {
            Some(percent) if self.transfer.is_running() => say!("tui-title-running", percent = percent),
            _ if self.bells > 0 => say!("tui-title-done"),
            _ => "brainzlift".to_owned(),
        }
    }

    /// What can be done now: what the screen offers, and what the frame does on every one.
    #[must_use]
    pub fn working(&self) -> Vec<Action> {
        let offered = self.screen_keys().into_iter().flat_map(|hint| hint.actions);
        offered.chain(Action::FRAME).collect()
    }

    /// The keys of the screen that is shown.
    #[must_use]
    pub fn screen_keys(&self) -> Vec<Hint> {
        shown!(self, screen => screen.keys())
    }

    /// What is asked over the screen now, by the frame or by the screen.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        let words = |title, text, hints| Some(Question { title, text, hints });
        match self.overlay {
            Some(Overlay::AskQuit) => {
                let hints = vec![
                    Hint::new(Action::Forward, say!("tui-quit-stop")),
                    Hint::new(Action::Back, say!("tui-quit-stay")),
                ];
                words(say!("tui-quit-title"), say!("tui-quit-text"), hints)
            }
            Some(Overlay::Stopping) => {
                words(say!("tui-stopping-title"), say!("tui-stopping-text"), Vec::new())
            }
            Some(Overlay::Help | Overlay::Palette) => None,
            None => shown!(self, screen => screen.question()),
        }
    }

    /// A signal: as Ctrl-C, without asking.
    fn terminate(&mut self) -> Vec<Effect> {
        if self.transfer.is_running() { self.stop() } else { vec![Effect::Quit] }
    }

    pub(super) fn stop(&mut self) -> Vec<Effect> {
        self.overlay = Some(Overlay::Stopping);
        vec![Effect::Control(Command::Stop)]
    }
}

#[cfg(test)]
mod tests;
