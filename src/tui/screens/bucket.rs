//! The screen "bucket".

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
pub enum Message {}

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
