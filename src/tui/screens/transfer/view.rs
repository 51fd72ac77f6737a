//! Draws the transfer: the whole above, its chart, the archives below, what is known of one of them beside or over them, the log at the bottom.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::areas::{Areas, Drawn};
use super::log::{self, Entry};
use super::{State, bar, chart, detail, head, heading};
use crate::say;
use crate::tui::Theme;
use crate::tui::screens::figures::{at_right, span};
use crate::tui::widgets::{Look, bar_of, fit, panel, scrollbar, scrolled, width};

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let areas = Areas::of(state, area);
    let has_focus = !state.log.open && !state.opened;
    panel(&heading(state), has_focus, theme).render(areas.panel, buffer);
    let head = head::lines(state, usize::from(areas.head.width), areas.chart.is_empty(), theme);
    Paragraph::new(head).render(areas.head, buffer);
    if !areas.chart.is_empty() {
        chart::draw(state, areas.chart, buffer, theme);
    }
    archives(state, &areas, buffer, theme);
    if !areas.legend.is_empty() {
        bar::legend(state.mode, theme).render(areas.legend, buffer);
    }
    if let Some((line, row)) = state.cursor.and_then(|line| Some((line, state.rows.get(line)?)))
        && state.opened
    {
        Clear.render(areas.detail, buffer);
        let lines = detail::lines(state, (line, row), areas.detail, theme);
        let block = panel(&row.name, !state.log.open, theme);
        scrolled(lines, state.scroll, block, areas.detail, buffer, theme);
    }
    if state.log.open {
        log_pane(state, areas.log, buffer, theme);
    }
    if let Some(renew) = &state.renew {
        renew.view(area, buffer, theme);
    }
}

fn archives(state: &State, areas: &Areas, buffer: &mut Buffer, theme: &Theme) {
    let area = areas.archives;
    let drawn = Drawn::of(state, area, theme);
    let selected = state.cursor.map(|cursor| drawn.lines_of(cursor));
    for (y, index) in (area.y..area.bottom()).zip(drawn.shown.clone()) {
        let place = Rect { y, height: 1, ..area };
        if let Some(line) = drawn.lines.get(index) {
            line.render(place, buffer);
        }
        if selected.as_ref().is_some_and(|lines| lines.contains(&index)) {
            theme.select(place, buffer);
        }
    }
    // Beside the lines, which end a cell before it.
    let bar = Rect { x: area.right(), width: 1, ..area };
    scrollbar(bar, buffer, drawn.lines.len(), &drawn.shown, theme);
}

/// The lines of the log, and above them what is shown of it where that is not everything.
fn log_pane(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let title = crate::words::because(&say!("transfer-log"), &state.log.level.words());
    let block = panel(&title, true, theme);
    let mut inner = block.inner(area);
    block.render(area, buffer);
    if state.log.typing || !state.log.filter.value().is_empty() {
        let label = format!("{} ", say!("log-filter"));
        buffer.set_string(inner.x, inner.y, &label, theme.dim);
        let left = u16::try_from(width(&label)).unwrap_or(0).min(inner.width);
        let place = Rect { x: inner.x + left, width: inner.width - left, height: 1, ..inner };
        let look = Look { focused: state.log.typing, ..Look::default() };
        state.log.filter.render(place, buffer, look, theme);
        inner = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    }
    let shown = state.log.shown(usize::from(inner.height));
    let lines: Vec<Line> =
        shown.iter().map(|entry| log_line(state, entry, usize::from(inner.width), theme)).collect();
    let empty = lines.is_empty();
    Paragraph::new(lines).render(inner, buffer);
    if empty {
        buffer.set_stringn(inner.x, inner.y, say!("log-nothing"), usize::from(inner.width), theme.dim);
    }
    let (len, height) = (state.log.len(), usize::from(inner.height));
    let end = len - state.log.back.min(len);
    scrollbar(bar_of(area, inner), buffer, len, &(end.saturating_sub(height)..end), theme);
}

fn log_line(state: &State, entry: &Entry, cells: usize, theme: &Theme) -> Line<'static> {
    let time = at_right(&span(entry.at.saturating_sub(state.began.unwrap_or_default())), 11);
    let text = format!("{}  {}", state.name(entry.fact.line), log::sentence(&entry.fact.what));
    let text = fit(&text, cells.saturating_sub(15));
    let style = match entry.level {
        log::Level::All => theme.text,
        log::Level::Warnings => theme.warn,
        log::Level::Troubles => theme.bad,
    };
    Line::from(vec![
        Span::styled(time, theme.dim),
        Span::styled(format!("  {} ", entry.level.symbol()), style),
        Span::styled(text, style),
    ])
}
