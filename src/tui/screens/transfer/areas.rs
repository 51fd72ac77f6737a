//! What lies where: the one place that view and mouse ask.

use std::ops::Range;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::line::{self, Room};
use super::{State, chart};
use crate::transfer::Status;
use crate::tui::Theme;
use crate::tui::screens::transfer::head;

/// From this width on, an archive that is opened stands beside the others.
const BESIDE: u16 = 110;
/// From this height on there is room for an empty line and for what the bars' letters mean.
const AIRY: u16 = 13;
/// Above this width, lines of archives are wide enough with the detail beside them.
const DETAIL: u16 = 54;

/// The rectangles of the screen; those that are not shown are empty.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Areas {
    /// The panel of the whole, and its inside.
    pub(super) panel: Rect,
    pub(super) head: Rect,
    pub(super) chart: Rect,
    pub(super) archives: Rect,
    pub(super) legend: Rect,
    /// The panel of the archive that is opened.
    pub(super) detail: Rect,
    /// The panel of the log.
    pub(super) log: Rect,
}

impl Areas {
    pub(super) fn of(state: &State, area: Rect) -> Self {
        let log_height = if state.log.open { (area.height * 2 / 5).max(6) } else { 0 };
        let [panel, log] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(log_height)]).areas(area);
        // A frame, and a cell of air at both sides.
        let inner = Rect {
            x: panel.x + 2,
            y: panel.y + 1,
            width: panel.width.saturating_sub(4),
            height: panel.height.saturating_sub(2),
        };
        let is_beside = state.opened && area.width >= BESIDE;
        let covers = state.opened && !is_beside;
        let head = u16::try_from(head::height(state)).unwrap_or(0).min(inner.height);
        // Beside an archive that is opened, it gives way to what is told of that.
        let room = if is_beside { inner.height.saturating_sub(12) } else { inner.height };
        let airy = u16::from(inner.height >= AIRY);
        // Two lines an archive: what one says of itself must not move the others.
        let rows = u16::try_from(state.rows.len()).unwrap_or(u16::MAX).saturating_mul(2);
        let others = rows.saturating_add(head + 4 * airy);
        let others = if is_beside { room } else { others };
        let chart = if covers { 0 } else { chart::height_in(room, inner.width, others) };
        let gaps = [airy, if chart > 0 { airy } else { 0 }];
        let [head, _, chart, _, body] = Layout::vertical([
            Constraint::Length(head),
            Constraint::Length(gaps[0]),
            Constraint::Length(chart),
            Constraint::Length(gaps[1]),
            Constraint::Fill(1),
        ])
        .areas(inner);
        let wide = if is_beside { (inner.width / 2).max(DETAIL) } else { 0 };
        let [body, _, beside] = Layout::horizontal([
            Constraint::Fill(1),
            Constraint::Length(u16::from(is_beside)),
            Constraint::Length(wide),
        ])
        .areas(body);
        let legend = if covers { 0 } else { airy };
        let [archives, legend] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(legend)]).areas(body);
        let over = Rect { x: panel.x, width: panel.width, height: body.height + 1, ..body };
        let detail = if covers { over } else { beside };
        Self { panel, head, chart, archives, legend, detail, log }
    }
}

/// The lines of all archives, and which of them are shown.
pub(super) struct Drawn {
    pub(super) lines: Vec<Line<'static>>,
    heights: Vec<usize>,
    pub(super) shown: Range<usize>,
}

impl Drawn {
    pub(super) fn of(state: &State, area: Rect, theme: &Theme) -> Self {
        let room = Room::of(&state.rows, usize::from(area.width));
        let drawn: Vec<Vec<Line>> =
            state.rows.iter().map(|row| line::lines(row, state.now, room, theme)).collect();
        let heights: Vec<usize> = drawn.iter().map(Vec::len).collect();
        let (all, height) = (heights.iter().sum::<usize>(), usize::from(area.height));
        let start = scrolled(&heights, shown_first(state), height);
        Self {
            lines: drawn.into_iter().flatten().collect(),
            heights,
            shown: start..(start + height).min(all),
        }
    }

    /// The lines of one archive.
    pub(super) fn lines_of(&self, row: usize) -> Range<usize> {
        let before: usize = self.heights.iter().take(row).sum();
        before..before + self.heights.get(row).copied().unwrap_or(0)
    }

    /// Which archive stands in that line of the area.
    pub(super) fn row_at(&self, y: usize) -> Option<usize> {
        self.row_of(self.shown.start + y)
    }

    /// Which archive the line of all lines belongs to.
    pub(super) fn row_of(&self, line: usize) -> Option<usize> {
        (0..self.heights.len()).find(|row| self.lines_of(*row).contains(&line))
    }
}

fn shown_first(state: &State) -> usize {
    let moving = state.rows.iter().position(|row| !row.status.is_final());
    let failed = state.rows.iter().position(|row| row.status == Status::Failed);
    state.cursor.or(moving).or(failed).unwrap_or(0)
}

/// From which line on `heights` are shown in `height` lines, so that the row `first` is whole with one above it.
fn scrolled(heights: &[usize], first: usize, height: usize) -> usize {
    let all: usize = heights.iter().sum();
    let before: usize = heights.iter().take(first).sum();
    let above = first.checked_sub(1).and_then(|row| heights.get(row)).copied().unwrap_or(0);
    let own = heights.get(first).copied().unwrap_or(0);
    // The one above gives way where the row itself would not be whole.
    let least = (before + own).saturating_sub(height);
    before.saturating_sub(above).max(least).min(all.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::scrolled;

    #[test]
    fn the_row_that_matters_is_scrolled_into_sight_with_one_above_it() {
        assert_eq!(scrolled(&[1, 2, 2, 1], 0, 4), 0);
        assert_eq!(scrolled(&[1, 2, 2, 1], 2, 4), 1);
        assert_eq!(scrolled(&[1, 2, 2, 1], 3, 4), 2);
        assert_eq!(scrolled(&[1, 1], 1, 10), 0);
        assert_eq!(scrolled(&[3, 3, 1], 1, 3), 3, "the one above gives way");
    }
}
