//! Draws the transfer: the whole above, the archives below it, the log at the bottom where it is open.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use super::line::{self, Room};
use super::row::Row;
use super::{State, bar, heading, log};
use crate::transfer::{Meter, Sample, Status};
use crate::tui::Theme;
use crate::tui::screens::figures::{at_right, span};
use crate::tui::widgets::{fit, panel, scrollbar, width};
use crate::{say, words};

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let block = panel(&heading(state), !state.log.open, theme);
    let log_height = if state.log.open { (area.height / 3).max(5) } else { 0 };
    let [above, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(log_height)]).areas(area);
    let inner = block.inner(above);
    block.render(above, buffer);
    let mut head = whole(state, usize::from(inner.width), theme);
    if inner.height >= 12 {
        head.push(Line::default());
    }
    let head_height = u16::try_from(head.len()).unwrap_or(u16::MAX);
    let [top, body] = Layout::vertical([Constraint::Length(head_height), Constraint::Fill(1)]).areas(inner);
    Paragraph::new(head).render(top, buffer);
    archives(state, body, above.right().saturating_sub(1), buffer, theme);
    if state.log.open {
        log_pane(state, below, buffer, theme);
    }
}

/// The bar of all, a line for each leg that there is, and their limits while bytes move.
fn whole(state: &State, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![total(state, cells, theme)];
    let legs = Legs::of(&state.rows);
    if state.mode.downloads() {
        lines.push(leg("↓", legs.down, &state.down, cells, theme));
    }
    if state.mode.uploads() {
        lines.push(leg("↑", legs.up, &state.up, cells, theme));
    }
    if !state.is_final() {
        lines.push(Line::styled(fit(&state.limits_line(), cells), theme.dim));
    }
    lines
}

/// `▕██████████████▌        ▏  48 %   5 min 34 s left`
fn total(state: &State, cells: usize, theme: &Theme) -> Line<'static> {
    let (done, all) = (state.snapshot.done(), state.snapshot.total());
    let proven = !state.rows.is_empty() && state.is_proven();
    let (says, style) = phase(state, theme);
    let percent = at_right(&say!("percent", percent = bar::percent(done, all, proven)), 6);
    // The words keep their room while they change, so that the bar does not.
    let room = width(&says).max(20).min(cells / 2);
    let wide = cells.saturating_sub(2 + width(&percent) + 2 + room);
    Line::from(vec![
        Span::styled("▕", theme.dim),
        Span::styled(bar::whole(u16::try_from(wide).unwrap_or(0), done, all, proven), theme.bar),
        Span::styled("▏", theme.dim),
        Span::styled(percent, theme.strong),
        Span::styled(format!("  {}", at_right(&fit(&says, room), room)), style),
    ])
}

/// What is true of the whole now.
fn phase(state: &State, theme: &Theme) -> (String, ratatui::style::Style) {
    let has = |status| state.rows.iter().any(|row| row.status == status);
    if state.is_final() {
        let took = span(state.took());
        return if state.is_proven() {
            (say!("transfer-all-proven", time = took), theme.good)
        } else {
            (say!("transfer-ended", time = took), theme.warn)
        };
    }
    if has(Status::Running) {
        return match state.pace.left() {
            Some(left) => (say!("transfer-left", time = span(left)), theme.text),
            None => (say!("transfer-estimating"), theme.dim),
        };
    }
    if has(Status::Waiting) {
        (say!("transfer-all-waiting"), theme.warn)
    } else if has(Status::Paused) {
        (say!("transfer-all-paused"), theme.warn)
    } else {
        (say!("transfer-beginning"), theme.dim)
    }
}

/// Bytes done of all bytes, a leg each.
struct Legs {
    down: (u64, u64),
    up: (u64, u64),
}

impl Legs {
    fn of(rows: &[Row]) -> Self {
        let sum = |wanted: fn(&Sample) -> bool, bytes: fn(&Sample) -> u64| {
            let samples = || rows.iter().map(|row| &row.sample).filter(|sample| wanted(sample));
            let done = samples().map(|sample| bytes(sample).min(sample.size)).sum();
            (done, samples().map(|sample| sample.size).sum())
        };
        Self {
            down: sum(|sample| sample.down > 0, |sample| sample.downloaded),
            up: sum(|sample| sample.up > 0, |sample| sample.uploaded),
        }
    }
}

/// "1023.9 MiB/s".
const RATE: usize = 12;
/// "1023.9 MiB of 1023.9 MiB".
const OF: usize = 24;

/// `↓  38.2 MiB/s  ▁▂▄▆▇▇▆▇▇  11.6 GiB of 24.1 GiB`
fn leg(
    symbol: &'static str,
    (done, all): (u64, u64),
    meter: &Meter,
    cells: usize,
    theme: &Theme,
) -> Line<'static> {
    let rate = meter.rate().map_or_else(|| "–".to_owned(), words::rate);
    let moved = say!("transfer-of", done = words::size(done), all = words::size(all));
    let wide = cells.saturating_sub(2 + RATE + 2 + 2 + OF).min(60);
    let spark = bar::spark(meter.history(), u16::try_from(wide).unwrap_or(0));
    Line::from(vec![
        Span::styled(format!("{symbol} "), theme.accent),
        Span::styled(at_right(&rate, RATE), theme.text),
        Span::styled(format!("  {spark}"), theme.bar),
        Span::styled(at_right(&moved, cells.saturating_sub(2 + RATE + 2 + wide)), theme.text),
    ])
}

/// The archives, scrolled so that the one under the cursor, or the first that moves, is seen whole.
fn archives(state: &State, area: Rect, bar_x: u16, buffer: &mut Buffer, theme: &Theme) {
    let room = Room::of(&state.rows, usize::from(area.width));
    let drawn: Vec<Vec<Line>> =
        state.rows.iter().map(|row| line::lines(row, state.now, room, theme)).collect();
    let heights: Vec<usize> = drawn.iter().map(Vec::len).collect();
    let all: usize = heights.iter().sum();
    let height = usize::from(area.height);
    let start = scrolled(&heights, shown_first(state), height);
    let selected = state.cursor.map(|cursor| {
        let before: usize = heights.iter().take(cursor).sum();
        before..before + heights.get(cursor).copied().unwrap_or(0)
    });
    for (y, (index, line)) in (area.y..area.bottom()).zip(drawn.into_iter().flatten().enumerate().skip(start))
    {
        let place = Rect { y, height: 1, ..area };
        line.render(place, buffer);
        if selected.as_ref().is_some_and(|lines| lines.contains(&index)) {
            buffer.set_style(place, theme.selected);
        }
    }
    let bar = Rect { x: bar_x, width: 1, ..area };
    scrollbar(bar, buffer, all, &(start..(start + height).min(all)), theme);
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
    before.saturating_sub(above).min(all.saturating_sub(height))
}

fn log_pane(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let block = panel(&say!("transfer-log"), true, theme);
    let inner = block.inner(area);
    block.render(area, buffer);
    let began = state.began.unwrap_or_default();
    let cells = usize::from(inner.width);
    let lines: Vec<Line> = state
        .log
        .shown(usize::from(inner.height))
        .map(|(at, fact)| {
            let time = at_right(&span(at.saturating_sub(began)), 11);
            let text = format!("{}  {}", state.name(fact.line), log::sentence(&fact.what));
            let text = fit(&text, cells.saturating_sub(13));
            Line::from(vec![Span::styled(time, theme.dim), Span::styled(format!("  {text}"), theme.text)])
        })
        .collect();
    Paragraph::new(lines).render(inner, buffer);
    let (len, height) = (state.log.len(), usize::from(inner.height));
    let end = len - state.log.back.min(len);
    let bar = Rect { x: area.right().saturating_sub(1), y: inner.y, width: 1, height: inner.height };
    scrollbar(bar, buffer, len, &(end.saturating_sub(height)..end), theme);
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
    }
}
