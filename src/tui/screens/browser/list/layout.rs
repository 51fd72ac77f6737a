//! Where the parts of the list lie, for the view and for the mouse.

use std::ops::Range;

use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::widgets::{Block, Padding};

use crate::say;
use crate::tui::screens::browser::State;
use crate::tui::screens::browser::figures::shown;
use crate::tui::widgets::{bar_of, fit, width};

/// From this width on, the details stand beside the list.
const WIDE: u16 = 100;
/// Rows of the details below the list.
const BELOW: u16 = 9;

/// The parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui::screens::browser) struct Parts {
    /// The panel of the list.
    pub(in crate::tui::screens::browser) panel: Rect,
    /// The names of the columns.
    pub(super) head: Rect,
    /// The rows.
    pub(in crate::tui::screens::browser) rows: Rect,
    /// Their scroll bar.
    pub(in crate::tui::screens::browser) bar: Rect,
    /// The filter, where there is one.
    pub(super) filter: Rect,
    /// What is fetched, where anything is.
    pub(super) fetch: Rect,
    /// How many there are.
    pub(super) status: Rect,
    /// The details, where they are shown.
    pub(in crate::tui::screens::browser) detail: Option<Rect>,
}

impl Parts {
    /// The parts of the screen in `area`.
    #[must_use]
    pub(in crate::tui::screens::browser) fn of(state: &State, area: Rect) -> Self {
        let (panel, detail) = Self::split(state, area);
        let inner = Block::bordered().padding(Padding::horizontal(1)).inner(panel);
        let filter = state.typing || state.level.order.is_filtered();
        let rows = [
            Constraint::Length(1),
            Constraint::Fill(1),
            Constraint::Length(u16::from(filter)),
            Constraint::Length(u16::from(state.fetches.is_any())),
            Constraint::Length(1),
        ];
        let [head, rows, filter, fetch, status] = Layout::vertical(rows).areas(inner);
        Self { panel, head, rows, bar: bar_of(panel, rows), filter, fetch, status, detail }
    }

    fn split(state: &State, area: Rect) -> (Rect, Option<Rect>) {
        let wide = area.width >= WIDE;
        if state.flipped == wide {
            return (area, None);
        }
        let [list, detail] = if wide {
            let side = Constraint::Length((area.width * 2 / 5).min(56));
            Layout::horizontal([Constraint::Fill(1), side]).areas(area)
        } else {
            Layout::vertical([Constraint::Fill(1), Constraint::Length(BELOW.min(area.height / 2))])
                .areas(area)
        };
        (list, Some(detail))
    }

    /// The prefix of the part of the path that is hit.
    pub(in crate::tui::screens::browser) fn crumb(&self, state: &State, at: Position) -> Option<String> {
        if at.y != self.panel.y {
            return None;
        }
        let cell = usize::from(at.x.checked_sub(self.panel.x + 2)?);
        let (_, crumbs) = path(state, self.room(state));
        crumbs.into_iter().find(|(cells, _)| cells.contains(&cell)).map(|(_, prefix)| prefix)
    }

    /// Cells for the path in the panel's title.
    pub(super) fn room(&self, state: &State) -> usize {
        let badge = if state.read_only.is_some() { width(&say!("browser-read-only")) + 2 } else { 0 };
        usize::from(self.panel.width).saturating_sub(6 + badge)
    }
}

/// A part of the path: its cells, counted from the path's first, and the prefix that it stands for.
type Crumb = (Range<usize>, String);

/// The path from the bucket down in at most `room` cells, and which cells of it lead where. What does not fit is left out in the middle.
pub(super) fn path(state: &State, room: usize) -> (String, Vec<Crumb>) {
    let most = if state.level.prefix.is_empty() { room } else { (room / 2).max(8) };
    let bucket = fit(&shown(state.bucket.as_deref().unwrap_or_default()), most);
    let mut names = Vec::new();
    let mut start = 0;
    for (at, _) in state.level.prefix.match_indices('/') {
        names.push((
            fit(&shown(&state.level.prefix[start..at]), room / 2),
            state.level.prefix[..=at].to_owned(),
        ));
        start = at + 1;
    }
    let long = |names: &[(String, String)]| names.iter().map(|(name, _)| width(name) + 3).sum::<usize>();
    let mut cut = 0;
    while cut + 1 < names.len() && width(&bucket) + long(&names[cut..]) + 4 * usize::from(cut > 0) > room {
        cut += 1;
    }
    let mut text = bucket;
    let mut crumbs = vec![(0..width(&text), String::new())];
    if cut > 0 {
        text.push_str(" › …");
    }
    for (name, prefix) in names.drain(cut..) {
        text.push_str(" › ");
        let from = width(&text);
        text.push_str(&name);
        crumbs.push((from..width(&text), prefix));
    }
    (text, crumbs)
}
