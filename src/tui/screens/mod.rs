//! One room a screen: its state, its messages, its update, its view. Screens know [`Known`], never each other.

use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::widgets::Hint;
use super::{Effect, Known, Theme, Tick};

pub mod bucket;
pub mod connect;
pub mod datasets;
pub mod done;
pub mod figures;
pub mod money;
pub mod protect;
pub mod review;
#[cfg(test)]
pub(super) mod sample;
pub mod transfer;

/// What the frame needs of every screen.
pub trait Screen {
    /// The screen's own messages, under a dozen.
    type Message;

    /// Called each time the screen comes up, forwards or backwards: what is already there stays, so that going back loses nothing.
    fn enter(&mut self, known: &Known) -> Vec<Effect>;

    /// Called each time another screen comes up: adds what this one found out.
    fn leave(&self, _known: &mut Known) {}

    /// What a key means here, if anything. The frame's own keys (quit, help, language) never arrive, unless one is typing.
    fn key(&self, key: KeyEvent) -> Option<Self::Message>;

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

    /// The keys that work now, the most needed first: the footer and the help are made from it.
    fn keys(&self) -> Vec<Hint>;

    /// Whether letters are typed into a field now, so that they are no keys of the frame.
    fn is_typing(&self) -> bool {
        false
    }

    /// Whether something moves on the screen, so that frames are needed without any key.
    fn is_moving(&self) -> bool {
        false
    }
}
