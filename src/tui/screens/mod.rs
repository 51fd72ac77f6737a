//! One room a screen: its state, its messages, its update, its view. Screens know [`Known`], never each other.

use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::keys::Action;
use super::widgets::{Hint, Question};
use super::{Effect, Known, Mouse, Theme, Tick};

pub mod browser;
pub mod bucket;
pub mod connect;
pub mod datasets;
pub mod done;
pub mod figures;
pub mod home;
mod look;
pub mod money;
pub mod protect;
pub mod review;
#[cfg(test)]
pub(super) mod sample;
pub mod settings;
mod sights;
pub mod speed;
mod standing;
pub mod transfer;

/// What the frame needs of every screen.
pub trait Screen {
    /// The screen's own messages, under a dozen.
    type Message;

    /// Called each time the screen comes up, forwards or backwards: what is already there stays, so that going back loses nothing.
    fn enter(&mut self, known: &Known) -> Vec<Effect>;

    /// Called instead where one comes back from a visit to another screen.
    fn resume(&mut self, known: &Known) -> Vec<Effect> {
        self.enter(known)
    }

    /// Called each time another screen comes up: adds what this one found out.
    fn leave(&self, _known: &mut Known) {}

    /// What an action means here, if anything: one of those that [`Screen::keys`] offers, or a motion.
    fn act(&self, action: Action) -> Option<Self::Message>;

    /// What a key that is no action means here, if anything: what is typed into a field.
    fn key(&self, _key: KeyEvent) -> Option<Self::Message> {
        None
    }

    /// What the mouse means here, if anything; `area` is the one in which the screen was drawn.
    fn mouse(&self, _area: Rect, _mouse: Mouse) -> Option<Self::Message> {
        None
    }

    /// What pasted text means here, if anything.
    fn paste(&self, _text: &str) -> Option<Self::Message> {
        None
    }

    /// Changes the state, without I/O, and says what is to be done.
    fn update(&mut self, message: Self::Message) -> Vec<Effect>;

    /// Time went by. Arrives at every screen, shown or not.
    fn tick(&mut self, _tick: &Tick) {}

    /// Draws the screen into `area`; `now` is the time since the start, for what turns.
    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration);

    /// A question over the screen, drawn by the frame; its hints are what [`Screen::keys`] offers meanwhile.
    fn question(&self) -> Option<Question> {
        None
    }

    /// What can be done now, the most needed first: keys work through it, and footer, help and palette are made from it.
    fn keys(&self) -> Vec<Hint>;

    /// Whether letters are typed into a field now, so that they are no keys of the frame.
    fn is_typing(&self) -> bool {
        false
    }

    /// Whether the next key, whatever it does otherwise, is [`Screen::key`]'s: it is asked for.
    fn catches(&self) -> bool {
        false
    }

    /// Whether something moves on the screen, so that frames are needed without any key.
    fn is_moving(&self) -> bool {
        false
    }
}
