//! What the mouse hits: the answers of a question, the footer, else the screen.

use ratatui::layout::Rect;

use super::{App, Overlay, Screen, shown};
use crate::tui::frame::{self, Areas};
use crate::tui::widgets::{KeyLine, step_at};
use crate::tui::{Effect, Mouse, Step, help};

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        let area = self.area();
        let areas = Areas::of(area);
        if let Some(question) = self.question() {
            let (row, answers) = question.answers(area, &self.keymap, &self.theme);
            return self.pressed(mouse, row, &answers);
        }
        match self.overlay {
            Some(Overlay::Help) => return self.help_mouse(area, mouse),
            Some(Overlay::Palette) => {
                let mut palette = std::mem::take(&mut self.palette);
                let answer = palette.mouse(self, area, mouse);
                self.palette = palette;
                return self.palette_answer(answer);
            }
            _ => {}
        }
        if areas.header.contains(mouse.at()) {
            return self.step_pressed(areas.header, mouse);
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

    /// The whole terminal.
    pub(super) const fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.0, self.size.1)
    }

    fn help_mouse(&mut self, area: Rect, mouse: Mouse) -> Vec<Effect> {
        match help::pressed(self, self.help_top, area, mouse) {
            Some(help::Pressed::Scrolled(top)) => self.help_top = top,
            Some(help::Pressed::Closed) => self.overlay = None,
            Some(help::Pressed::Chosen(action)) => return self.do_after_closing(action),
            None => {}
        }
        Vec::new()
    }

    /// A click on a step that was done goes back to it: only from a step of the wizard, and not while bytes move or something is
    /// asked.
    fn step_pressed(&self, row: Rect, mouse: Mouse) -> Vec<Effect> {
        let (Mouse::Click(at) | Mouse::Again(at)) = mouse else { return Vec::new() };
        let is_safe = Step::NUMBERED.contains(&self.step) && !self.transfer.is_running();
        let badge = frame::badge_width(self);
        let cells = usize::from(row.width.saturating_sub(badge));
        let step = step_at(self.step, cells, usize::from(at.x - row.x));
        step.filter(|step| is_safe && *step < self.step).map(Effect::Go).into_iter().collect()
    }

    /// A click on a key of a line does what the key does.
    fn pressed(&mut self, mouse: Mouse, row: Rect, line: &KeyLine) -> Vec<Effect> {
        let (Mouse::Click(at) | Mouse::Again(at)) = mouse else { return Vec::new() };
        let Some(action) = line.hit(row, at) else { return Vec::new() };
        self.perform(action)
    }
}
