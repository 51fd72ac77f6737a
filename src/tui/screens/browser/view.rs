//! The whole screen: the list, the details, and what is open over them.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget};

use super::list::layout::Parts;
use super::{Pane, State, detail, list};
use crate::say;
use crate::tui::widgets::{lines_at, panel};
use crate::tui::{Step, Theme};

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    if state.bucket.is_none() {
        return without_bucket(state, area, buffer, theme);
    }
    match &state.pane {
        Some(Pane::Fetches) => return state.fetches.view(area, buffer, theme, now),
        Some(Pane::Inside(pane)) => return pane.view(area, buffer, theme, now),
        Some(Pane::Uploads(pane)) => return pane.view(area, buffer, theme, now),
        _ => {}
    }
    let parts = Parts::of(state, area);
    list::view::view(state, &parts, buffer, theme, now);
    if let Some(place) = parts.detail {
        detail::view(state, place, buffer, theme, now);
    }
    match &state.pane {
        Some(Pane::Delete(pane)) => pane.view(area, buffer, theme, now),
        Some(Pane::Ask(pane)) => pane.view(area, buffer, theme),
        Some(Pane::Restore(pane)) => pane.view(area, buffer, theme, now),
        _ => {}
    }
}

fn without_bucket(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let block = panel(&Step::Browser.name(), true, theme);
    let cells = usize::from(block.inner(area).width);
    let next =
        if state.connected { say!("browser-no-bucket-choose") } else { say!("browser-no-bucket-connect") };
    let mut lines = lines_at(&say!("browser-no-bucket"), cells, 0, theme.strong);
    lines.push(Line::default());
    lines.extend(lines_at(&next, cells, 0, theme.text));
    Paragraph::new(lines).block(block).render(area, buffer);
}
