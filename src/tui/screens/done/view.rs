//! Draws the end: one column that scrolls, or two where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::State;
use super::sections::Section;
use crate::say;
use crate::tui::Theme;
use crate::tui::widgets::{panel, scrolled};

/// From this width on there are two columns.
const TWO: u16 = 110;

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    sections(state, area, buffer, theme);
    if let Some(saving) = &state.saving {
        saving.view(area, buffer, theme);
    }
}

fn sections(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    if area.width < TWO {
        return column(state, area, buffer, theme);
    }
    let [left, right] = Layout::horizontal([Constraint::Percentage(50), Constraint::Fill(1)]).areas(area);
    let cells = usize::from(left.width.min(right.width).saturating_sub(4));
    let [result, cost, next, tree] = state.sections(cells, theme);
    let height = u16::try_from(result.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let [above, below] = Layout::vertical([Constraint::Max(height), Constraint::Min(6)]).areas(left);
    boxed(result, state.scroll, true, above, buffer, theme);
    boxed(tree, 0, false, below, buffer, theme);
    let height = u16::try_from(cost.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let [above, below] = Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(right);
    boxed(cost, 0, false, above, buffer, theme);
    boxed(next, 0, false, below, buffer, theme);
}

/// Everything below one another, with headings.
fn column(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let cells = usize::from(area.width.saturating_sub(4));
    let [result, rest @ ..] = state.sections(cells, theme);
    let mut lines = result.lines;
    for section in rest {
        lines.push(Line::default());
        lines.push(Line::styled(section.title, theme.accent));
        lines.extend(section.lines);
    }
    scrolled(lines, state.scroll, panel(&say!("done-title"), true, theme), area, buffer, theme);
}

fn boxed(section: Section, scroll: usize, focus: bool, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    scrolled(section.lines, scroll, panel(&section.title, focus, theme), area, buffer, theme);
}
