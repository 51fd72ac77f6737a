//! The chart of both legs over time: bars of blocks, one chart a leg beside the other, both on the same scale, so that they are told apart
//! and compared without colour.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use super::State;
use super::series::Span;
use crate::transfer::Leg;
use crate::tui::Theme;
use crate::tui::screens::figures::{at_right, span};
use crate::tui::widgets::{fit, width};
use crate::{say, words};

/// "1000 MiB/s" and a cell of air.
const LABEL: u16 = 10;
/// Rates below this are drawn on a scale that ends here, bytes/s.
const LEAST: u64 = 1 << 10;
const LEVELS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// How high a chart is at most, its axis included.
const HIGHEST: u16 = 21;

/// How high a chart is, its axis included, where `height` lines are there for everything, of which `others` are spoken for; 0 where there is
/// no room for one.
pub(super) fn height_in(height: u16, cells: u16, others: u16) -> u16 {
    let least = least_in(height, cells);
    let spare = height.saturating_sub(others).min(HIGHEST);
    if least == 0 { 0 } else { spare.max(least) }
}

const fn least_in(height: u16, cells: u16) -> u16 {
    match height {
        _ if cells < 70 => 0,
        0..=15 => 0,
        16..=19 => 4,
        20..=25 => 6,
        26..=39 => 9,
        _ => 13,
    }
}

/// Draws the legs that there are side by side.
pub(super) fn draw(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let legs: Vec<Leg> = state.legs().collect();
    let places = Layout::horizontal(legs.iter().map(|_| Constraint::Fill(1))).spacing(2).split(area);
    let columns = places.first().map_or(0, |place| place.width.saturating_sub(LABEL + 1));
    let rates: Vec<Vec<Option<u64>>> =
        legs.iter().map(|leg| state.series.rates(*leg, state.span, columns)).collect();
    let most = rates.iter().flatten().flatten().copied().max().unwrap_or(0);
    let top = round_up(most);
    for ((leg, place), rates) in legs.into_iter().zip(places.iter()).zip(rates) {
        let style = match leg {
            Leg::Download => theme.chart_down,
            Leg::Upload => theme.chart_up,
        };
        bars(&rates, top, *place, buffer, style);
        scale(leg, top, *place, buffer, theme);
        let end = if state.is_final() { say!("chart-end") } else { say!("chart-now") };
        times(state.span, state.series.time(state.span), &end, *place, buffer, theme);
    }
}

/// The next of 1, 2, 5, 10, 20, 50, 100, 200, 500 KiB/s, MiB/s …
fn round_up(rate: u64) -> u64 {
    let units = [1_u64 << 10, 1 << 20, 1 << 30, 1 << 40];
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
    let all = units.into_iter().flat_map(|unit| steps.into_iter().map(move |step| unit * step));
    all.into_iter().find(|step| *step >= rate.max(LEAST)).unwrap_or(u64::MAX)
}

fn bars(rates: &[Option<u64>], top: u64, area: Rect, buffer: &mut Buffer, style: Style) {
    let height = area.height.saturating_sub(1);
    let levels = u64::from(height) * 8;
    for (column, rate) in (0..).zip(rates) {
        let Some(rate) = rate else { continue };
        let filled = u128::from(*rate) * u128::from(levels) / u128::from(top.max(1));
        let mut filled = u64::try_from(filled).unwrap_or(levels);
        // What creeps is not nothing.
        filled = if *rate > 0 { filled.max(1) } else { 0 };
        for row in 0..height {
            let here = filled.saturating_sub(u64::from(row) * 8).min(8);
            let symbol = LEVELS[usize::try_from(here).unwrap_or(0)];
            let at = (area.x + LABEL + 1 + column, area.bottom().saturating_sub(2 + row));
            if here > 0 && area.contains(at.into()) {
                buffer.set_string(at.0, at.1, symbol, style);
            }
        }
    }
}

/// The axis at the left: its arrow, the top, the middle where there is room for it, nothing at the foot.
fn scale(leg: Leg, top: u64, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let height = area.height.saturating_sub(1);
    let label = |row: u16| match row {
        0 => words::rate(top),
        _ if row + 1 == height => "0".to_owned(),
        _ if height >= 5 && row == height / 2 => words::rate(top / 2),
        _ => String::new(),
    };
    for row in 0..height {
        let text = at_right(&label(row), usize::from(LABEL - 1));
        let tick = if text.trim().is_empty() { "│" } else { "┤" };
        buffer.set_string(area.x, area.y + row, text, theme.dim);
        buffer.set_string(area.x + LABEL, area.y + row, tick, theme.dim);
    }
    let arrow = match leg {
        Leg::Download => "↓",
        Leg::Upload => "↑",
    };
    buffer.set_string(area.x, area.bottom().saturating_sub(1), arrow, theme.accent);
}

/// The axis at the foot: how far it goes back, the middle where there is room for it, now.
fn times(shown: Span, time: Duration, now: &str, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let y = area.bottom().saturating_sub(1);
    let room = usize::from(area.width.saturating_sub(LABEL + 1));
    let first = match shown {
        Span::Recent => say!("chart-ago", time = in_minutes(time)),
        Span::Whole => say!("chart-whole", time = span(time)),
    };
    let middle = say!("chart-ago", time = in_minutes(time / 2));
    let first = fit(&first, room.saturating_sub(width(now) + 1));
    let x = area.x + LABEL + 1;
    buffer.set_string(area.x + LABEL, y, "└", theme.dim);
    buffer.set_string(x, y, &first, theme.dim);
    let end = |text: &str| u16::try_from(room.saturating_sub(width(text))).unwrap_or(0);
    buffer.set_string(x + end(now), y, now, theme.dim);
    let centre = (room / 2).saturating_sub(width(&middle) / 2);
    if centre > width(&first) + 2 && centre + width(&middle) + 2 + width(now) < room {
        buffer.set_string(x + u16::try_from(centre).unwrap_or(0), y, &middle, theme.dim);
    }
}

/// Whole minutes without seconds.
fn in_minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    let minutes = seconds.div_euclid(60);
    if (60..3600).contains(&seconds) && seconds.is_multiple_of(60) {
        say!("chart-minutes", minutes = minutes)
    } else {
        span(time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_ends_at_a_round_step() {
        const MIB: u64 = 1 << 20;
        assert_eq!(round_up(0), 1 << 10);
        assert_eq!(round_up(38 * MIB), 50 * MIB);
        assert_eq!(round_up(50 * MIB), 50 * MIB);
        assert_eq!(round_up(501 * MIB), 1 << 30);
    }

    #[test]
    fn bars_reach_as_high_as_their_rate_and_what_creeps_is_seen() {
        let area = Rect::new(0, 0, LABEL + 4, 3);
        let mut buffer = Buffer::empty(area);
        bars(&[None, Some(0), Some(1), Some(1000)], 1000, area, &mut buffer, Style::new());
        let column = |x: u16| [buffer[(LABEL + 1 + x, 0)].symbol(), buffer[(LABEL + 1 + x, 1)].symbol()];
        assert_eq!([column(0), column(1), column(2)], [[" ", " "], [" ", " "], [" ", "▁"]]);
        let area = Rect::new(0, 0, LABEL + 5, 3);
        let mut buffer = Buffer::empty(area);
        bars(&[Some(1000), Some(500)], 1000, area, &mut buffer, Style::new());
        assert_eq!(buffer[(LABEL + 1, 0)].symbol(), "█");
        assert_eq!([buffer[(LABEL + 2, 0)].symbol(), buffer[(LABEL + 2, 1)].symbol()], [" ", "█"]);
    }

    #[test]
    fn small_terminals_have_no_chart_and_larger_ones_a_higher_one() {
        assert_eq!(height_in(13, 56, 8), 0);
        assert!(height_in(19, 76, 19) >= 4 && height_in(35, 116, 35) > height_in(19, 76, 19));
    }

    #[test]
    fn a_chart_takes_what_few_archives_leave_but_not_a_wall() {
        assert_eq!(height_in(36, 116, 18), 18);
        assert_eq!(height_in(36, 116, 36), height_in(36, 116, 200));
        assert_eq!(height_in(76, 116, 18), HIGHEST);
    }
}
