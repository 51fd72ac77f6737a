//! The whole of a run in a few lines: percent, time left, both legs with their rates, limits and connections.

use std::time::Duration;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::row::Row;
use super::{State, bar};
use crate::transfer::{Leg, Meter, Sample, Status};
use crate::tui::Theme;
use crate::tui::screens::figures::{at_right, span};
use crate::tui::widgets::{fit, pad, width};
use crate::{say, words};

/// "1023.9 MiB/s".
const RATE: usize = 12;
/// "1023.9 MiB of 1023.9 MiB".
const OF: usize = 24;

/// How many lines [`lines`] gives.
pub(super) fn height(state: &State) -> usize {
    1 + state.legs().count() + usize::from(!state.is_final())
}

/// The bar of all, a line for each leg that there is, and their limits while bytes move. `with_sparks` where no chart shows the past.
pub(super) fn lines(state: &State, cells: usize, with_sparks: bool, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![total(state, cells, theme)];
    let moved = Legs::of(&state.rows);
    for one in state.legs() {
        let (symbol, moved, meter, bytes) = match one {
            Leg::Download => ("↓", moved.down, &state.down, state.snapshot.moved_down),
            Leg::Upload => ("↑", moved.up, &state.up, state.snapshot.moved_up),
        };
        // What moved last says nothing of a run that is over.
        let rate = if state.is_final() { average(bytes, state.took()) } else { meter.rate() };
        let past = (with_sparks && !state.is_final()).then_some(meter);
        let note = if state.is_final() { say!("transfer-average") } else { String::new() };
        lines.push(leg(symbol, moved, rate, (past, &note), cells, theme));
    }
    if !state.is_final() {
        lines.push(limits(state, cells, theme));
    }
    lines
}

fn limits(state: &State, cells: usize, theme: &Theme) -> Line<'static> {
    let limits = fit(&state.limits_line(), cells);
    let connections = state.connections_words(cells.saturating_sub(width(&limits) + 3));
    let gap = cells.saturating_sub(width(&limits) + width(&connections));
    Line::styled(limits + &" ".repeat(gap) + &connections, theme.dim)
}

/// `▕██████████████▌        ▏  48 %   5 min 35 s left`
fn total(state: &State, cells: usize, theme: &Theme) -> Line<'static> {
    let (done, all) = (state.snapshot.done(), state.snapshot.total());
    let proven = !state.rows.is_empty() && state.is_proven();
    let (says, style) = phase(state, theme);
    let percent = at_right(&say!("percent", percent = bar::percent(done, all, proven)), 6);
    // The words keep their room while they change, so that the bar does not.
    let room = width(&says).max(20).min(cells / 2);
    let wide = cells.saturating_sub(2 + width(&percent) + 2 + room);
    let style_of_bar = if proven { theme.bar_proven } else { theme.bar };
    Line::from(vec![
        Span::styled("▕", theme.dim),
        Span::styled(bar::whole(u16::try_from(wide).unwrap_or(0), done, all, proven), style_of_bar),
        Span::styled("▏", theme.dim),
        Span::styled(percent, theme.strong),
        Span::styled(format!("  {}", at_right(&fit(&says, room), room)), style),
    ])
}

/// What is true of the whole now.
fn phase(state: &State, theme: &Theme) -> (String, Style) {
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
        return match state.countdown.left(state.now) {
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

/// Bytes/s over the whole of a run.
fn average(bytes: u64, took: Duration) -> Option<u64> {
    let millis = took.as_millis().max(1);
    (bytes > 0).then(|| u64::try_from(u128::from(bytes) * 1000 / millis).unwrap_or(u64::MAX))
}

/// `↓  38.2 MiB/s  ▁▂▄▆▇▇▆▇▇  11.6 GiB of 24.1 GiB`: between both figures what moved lately, or a note.
fn leg(
    symbol: &'static str,
    (done, all): (u64, u64),
    rate: Option<u64>,
    (past, note): (Option<&Meter>, &str),
    cells: usize,
    theme: &Theme,
) -> Line<'static> {
    let rate = rate.map_or_else(|| "–".to_owned(), words::rate);
    let moved = say!("transfer-of", done = words::size(done), all = words::size(all));
    let wide = cells.saturating_sub(2 + RATE + 2 + 2 + OF).min(60);
    let between = match past {
        Some(meter) => Span::styled(bar::spark(meter.history(), u16::try_from(wide).unwrap_or(0)), theme.bar),
        None => Span::styled(pad(note, wide), theme.dim),
    };
    Line::from(vec![
        Span::styled(format!("{symbol} "), theme.accent),
        Span::styled(at_right(&rate, RATE), theme.text),
        Span::raw("  "),
        between,
        Span::styled(at_right(&moved, cells.saturating_sub(2 + RATE + 2 + wide)), theme.text),
    ])
}
