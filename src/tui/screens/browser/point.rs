//! What the mouse hits: the places are those of the view.

use ratatui::layout::Rect;

use super::list::layout::Parts;
use super::{Message, Pane, State, inside};
use crate::tui::Mouse;
use crate::tui::widgets::Pressed;

impl State {
    pub(super) fn point(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        match &self.pane {
            None if self.bucket.is_some() => self.point_list(area, mouse),
            Some(Pane::Delete(pane)) => pane.mouse(area, mouse).map(Message::Act),
            Some(Pane::Restore(pane)) => pane.mouse(area, mouse).map(Message::Act),
            None | Some(Pane::Ask(_)) => None,
            Some(Pane::Fetches) => match mouse {
                Mouse::Wheel(_, lines) => Some(Message::ScrollPane(lines)),
                Mouse::Click(at) | Mouse::Again(at) | Mouse::Drag(at) => {
                    self.fetches.by_bar(area, at).map(Message::ScrollPane)
                }
            },
            Some(Pane::Inside(pane)) => {
                let wheel = inside::State::wheel(area, mouse).map(Message::ScrollPane);
                wheel.or_else(|| pane.mouse(area, mouse).map(in_pane))
            }
            Some(Pane::Uploads(pane)) => pane.mouse(area, mouse).map(in_pane),
        }
    }

    fn point_list(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        let parts = Parts::of(self, area);
        if let Mouse::Wheel(at, lines) = mouse
            && parts.detail.is_some_and(|detail| detail.contains(at))
        {
            return Some(Message::ScrollDetails(lines));
        }
        if let Mouse::Click(at) | Mouse::Again(at) = mouse
            && let Some(prefix) = parts.crumb(self, at)
        {
            return Some(Message::Enter(prefix));
        }
        let pressed = self.level.cursor.mouse(parts.rows, parts.bar, self.level.len(), mouse)?;
        Some(match pressed {
            Pressed::Moved(cursor) => Message::Put(cursor),
            Pressed::Chosen(cursor) => Message::Choose(cursor),
        })
    }
}

fn in_pane(pressed: Pressed) -> Message {
    match pressed {
        Pressed::Moved(cursor) => Message::PutInPane(cursor),
        Pressed::Chosen(cursor) => Message::ChooseInPane(cursor),
    }
}
