//! What the mouse does: commands are picked and copied, texts scroll.

use ratatui::layout::Rect;

use super::panes::{Pane, panes};
use super::{Message, State};
use crate::tui::widgets::scroll_at;
use crate::tui::{Mouse, Theme};

pub(super) fn hit(state: &State, area: Rect, mouse: Mouse) -> Option<Message> {
    if state.saving.is_some() {
        return None;
    }
    // Where lines lie does not depend on their styles.
    let panes = panes(state, area, &Theme::plain());
    if let Some(message) = panes.iter().find_map(|pane| command(pane, mouse)) {
        return Some(message);
    }
    let pane = panes.iter().find(|pane| pane.is_scrolled)?;
    let scrolled = scroll_at(pane.inner(), pane.bar(), pane.lines.len(), pane.scroll, mouse);
    scrolled.map(Message::ScrollTo)
}

fn command(pane: &Pane, mouse: Mouse) -> Option<Message> {
    match mouse {
        Mouse::Click(at) => pane.command_at(at).map(|index| Message::Choose(index + 1)),
        Mouse::Again(at) => pane.command_at(at).map(|_| Message::Copy),
        _ => None,
    }
}
