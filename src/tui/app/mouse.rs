//! What the mouse hits: the answers of a question, the footer, else the screen.

use ratatui::layout::Rect;

use super::{App, Screen, shown};
use crate::tui::frame::{self, Areas};
use crate::tui::widgets::KeyLine;
use crate::tui::{Effect, Mouse};

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let areas = Areas::of(area);
        if let Some(question) = self.question() {
            let (row, answers) = question.answers(area, &self.keymap, &self.theme);
            return self.pressed(mouse, row, &answers);
        }
        if self.overlay.is_some() {
            return self.dismissed(mouse);
        }
        if areas.footer.contains(mouse.at()) {
            let footer = frame::footer(self, usize::from(areas.footer.width));
            return self.pressed(mouse, areas.footer, &footer);
        }
        shown!(self, mut screen => match screen.mouse(areas.screen, mouse) {
            Some(message) => screen.update(message),
            None => Vec::new(),
        })
    }

    /// A click on a key of a line does what the key does.
    fn pressed(&mut self, mouse: Mouse, row: Rect, line: &KeyLine) -> Vec<Effect> {
        let (Mouse::Click(at) | Mouse::Again(at)) = mouse else { return Vec::new() };
        let Some(action) = line.hit(row, at) else { return Vec::new() };
        self.perform(action)
    }
}
