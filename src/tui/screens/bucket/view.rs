//! How the screen looks: the buckets on the left, what is under the cursor on the right.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use super::{List, State};
use crate::bucket::{BucketSummary, LAYOUT};
use crate::say;
use crate::tui::Theme;
use crate::tui::widgets::{bar_of, fit, lines_at, pad, pair, panel, scrollbar, spinner, trouble, width};
use crate::words::harmless;

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let [left, right] = halves(area);
    list(state, left, buffer, theme, now);
    detail(state, right, buffer, theme, now);
}

/// The list, and what is under its cursor.
fn halves(area: Rect) -> [Rect; 2] {
    if area.width >= 76 {
        Layout::horizontal([Constraint::Percentage(45), Constraint::Fill(1)]).areas(area)
    } else {
        Layout::vertical([Constraint::Fill(1), Constraint::Length(9)]).areas(area)
    }
}

/// Where the mouse finds what is drawn.
pub(super) struct Places {
    /// The rows of the list.
    pub(super) list: Rect,
    /// Its scroll bar.
    pub(super) bar: Rect,
    /// The form.
    pub(super) form: Rect,
}

impl Places {
    pub(super) fn of(state: &State, area: Rect) -> Self {
        let [left, right] = halves(area);
        let inner = |area| panel("", true, &Theme::plain()).inner(area);
        let mut list = inner(left);
        // What went wrong stands above the one row that is left.
        if let List::Failed(error) = &state.list {
            let above = trouble(error, usize::from(list.width), &Theme::plain()).len() + 1;
            let above = u16::try_from(above).unwrap_or(u16::MAX).min(list.height);
            list = Rect { y: list.y + above, height: list.height - above, ..list };
        }
        Self { list, bar: bar_of(left, list), form: inner(right) }
    }
}

fn list(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let block = panel(&say!("tui-bucket-title"), !state.typing, theme);
    let inner = block.inner(area);
    block.render(area, buffer);
    let cells = usize::from(inner.width);
    match &state.list {
        List::Waiting => waiting(&say!("tui-bucket-listing"), theme, now).render(inner, buffer),
        List::Failed(error) => {
            let mut lines = trouble(error, cells, theme);
            lines.extend([Line::default(), create_row(state, cells, theme)]);
            Paragraph::new(lines).render(inner, buffer);
        }
        List::Got(buckets) => {
            let all = buckets.len() + 1;
            let shown = state.cursor.shown(all, usize::from(inner.height));
            let rows = shown.clone().map(|index| match buckets.get(index) {
                Some(bucket) => row(state, bucket, index, cells, theme),
                None => create_row(state, cells, theme),
            });
            Paragraph::new(rows.collect::<Vec<_>>()).render(inner, buffer);
            scrollbar(bar_of(area, inner), buffer, all, &shown, theme);
        }
    }
}

fn row(state: &State, bucket: &BucketSummary, index: usize, cells: usize, theme: &Theme) -> Line<'static> {
    let is_last = state.last.as_deref() == Some(bucket.name.as_str());
    let note = if is_last { say!("tui-bucket-last") } else { bucket.region.clone().unwrap_or_default() };
    let name = harmless(&bucket.name);
    // The name is what is looked for: a note goes before a letter of it does.
    let note = if width(&name) + width(&note) + 4 <= cells { note } else { String::new() };
    let room = cells.saturating_sub(width(&note) + 4);
    let name = pad(&name, room);
    line(index == state.cursor.line, &name, &note, cells, theme)
}

fn create_row(state: &State, cells: usize, theme: &Theme) -> Line<'static> {
    let text = format!("+ {}", say!("tui-bucket-create"));
    line(state.on_create(), &fit(&text, cells.saturating_sub(2)), "", cells, theme)
}

fn line(here: bool, name: &str, note: &str, cells: usize, theme: &Theme) -> Line<'static> {
    if here {
        return Line::styled(pad(&format!("▸ {name}  {note}"), cells), theme.selected);
    }
    Line::from(vec![
        Span::styled(format!("  {name}  "), theme.text),
        Span::styled(note.to_owned(), theme.dim),
    ])
}

fn detail(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let title = match state.under_cursor() {
        Some(bucket) => harmless(&bucket.name),
        None => say!("tui-bucket-create"),
    };
    let block = panel(&fit(&title, usize::from(area.width.saturating_sub(6))), state.typing, theme);
    let inner = block.inner(area);
    block.render(area, buffer);
    let cells = usize::from(inner.width);
    let (mut lines, used) = match state.under_cursor() {
        Some(bucket) => (about(state, bucket, cells, theme), 0),
        None => (state.form.view(inner, buffer, state.typing && state.busy.is_none(), theme), 3),
    };
    if let Some(busy) = &state.busy {
        lines = vec![waiting(&say!("tui-bucket-opening", name = harmless(busy)), theme, now)];
    } else if let Some(refused) = &state.refused {
        lines = trouble(&refused.error, cells, theme);
        lines.extend(state.free().map(|name| free(name, cells, theme)).into_iter().flatten());
    } else if state.on_create() && state.form.broken().is_empty() {
        lines.extend(layout(cells, theme));
    }
    let rest =
        Rect { y: inner.y + used.min(inner.height), height: inner.height.saturating_sub(used), ..inner };
    Paragraph::new(lines).render(rest, buffer);
}

fn free(name: &str, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    lines_at(&say!("tui-bucket-free", name = name), cells, 2, theme.strong)
}

fn about(state: &State, bucket: &BucketSummary, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let labels = [say!("tui-bucket-region"), say!("tui-bucket-created")];
    let label = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 2;
    let region = bucket.region.as_deref().map_or_else(|| say!("tui-bucket-region-unsaid"), harmless);
    let mut lines = pair(&labels[0], label, &region, cells, theme);
    if let Some(created) = &bucket.created {
        let day: String = created.chars().take(10).collect();
        lines.extend(pair(&labels[1], label, &harmless(&day), cells, theme));
    }
    let elsewhere = bucket.region.as_ref().is_some_and(|region| *region != state.region);
    if elsewhere {
        lines.push(Line::default());
        lines.extend(lines_at(&say!("tui-bucket-elsewhere", region = region), cells, 0, theme.text));
    }
    if state.last.as_deref() == Some(bucket.name.as_str()) && state.resumable > 0 {
        lines.push(Line::default());
        lines.extend(lines_at(&say!("tui-bucket-resumable", count = state.resumable), cells, 0, theme.warn));
    }
    lines
}

/// What will stand in a new bucket.
fn layout(cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    lines.extend(lines_at(&say!("tui-bucket-layout"), cells, 0, theme.dim));
    lines.extend(LAYOUT.iter().map(|key| Line::styled(format!("  {key}"), theme.dim)));
    lines
}

fn waiting(text: &str, theme: &Theme, now: Duration) -> Line<'static> {
    Line::from(vec![Span::styled(spinner(now), theme.accent), Span::raw(format!(" {text}"))])
}
