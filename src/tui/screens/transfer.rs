//! The screen "transfer".

use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Screen;
use crate::tui::widgets::Hint;
use crate::tui::{Effect, Known, Theme};

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// Something happened to a line of the plan.
    Fact(crate::transfer::Fact),
    /// The engine has wound down.
    Finished(crate::tui::known::Report),
}

impl State {
    /// Whether bytes still move, so that quitting asks.
    #[must_use]
    pub fn is_running(&self) -> bool {
        false
    }
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, _known: &Known) -> Vec<Effect> {
        Vec::new()
    }

    fn key(&self, _key: KeyEvent) -> Option<Message> {
        None
    }

    fn update(&mut self, _message: Message) -> Vec<Effect> {
        Vec::new()
    }

    fn view(&self, _area: Rect, _buffer: &mut Buffer, _theme: &Theme, _now: Duration) {}

    fn keys(&self) -> Vec<Hint> {
        Vec::new()
    }
}
