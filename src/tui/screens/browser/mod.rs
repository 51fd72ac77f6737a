//! Browser: what stands in the bucket, to look at, to fetch back and to delete.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::Screen;
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::{Hint, panel};
use crate::tui::{Effect, Known, Step, Theme};

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// Back to where one came from.
    Back,
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, _known: &Known) -> Vec<Effect> {
        Vec::new()
    }

    fn act(&self, action: Action) -> Option<Message> {
        (action == Action::Back).then_some(Message::Back)
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Back => vec![Effect::Return],
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, _now: Duration) {
        panel(&Step::Browser.name(), true, theme).render(area, buffer);
    }

    fn keys(&self) -> Vec<Hint> {
        vec![Hint::new(Action::Back, say!("tui-key-back"))]
    }
}
