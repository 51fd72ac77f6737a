//! Draws the end.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::State;
use super::panes::panes;
use crate::tui::Theme;
use crate::tui::widgets::{panel, scrolled};

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    for pane in panes(state, area, theme) {
        let block = panel(&pane.title, pane.has_focus, theme);
        scrolled(pane.lines, pane.scroll, block, pane.area, buffer, theme);
    }
    if let Some(saving) = &state.saving {
        saving.view(area, buffer, theme);
    }
}
