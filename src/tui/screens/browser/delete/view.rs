//! How a deletion looks, from the question to its end.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::{Rows, Stage, State};
use crate::bucket::{Deleted, Extent};
use crate::say;
use crate::tui::Theme;
use crate::tui::screens::browser::figures::{count, shown};
use crate::tui::widgets::{Look, bar, centred, lines_at, panel, spinner, trouble};
use crate::words;

/// Columns of the dialog at most.
const WIDE: u16 = 68;

/// Lines of the dialog, and where the box and the field stand among them.
struct Drawn {
    lines: Vec<Line<'static>>,
    checkbox: Option<usize>,
    field: Option<usize>,
}

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let cells = cells(area);
    let drawn = drawn(state, cells, theme, now);
    let place = place(area, &drawn);
    let block = panel(&say!("browser-delete-title"), true, theme);
    let inner = block.inner(place);
    Clear.render(place, buffer);
    Paragraph::new(drawn.lines).block(block).render(place, buffer);
    if let Some(row) = drawn.field.and_then(|row| u16::try_from(row).ok()).filter(|row| *row < inner.height) {
        let field =
            Rect { x: inner.x + 2, y: inner.y + row, width: inner.width.saturating_sub(2), height: 1 };
        let look = Look { focused: true, placeholder: "", ..Look::default() };
        state.field.render(field, buffer, look, theme);
    }
}

/// Where a click turns the box of versions.
pub(super) fn place_of_box(state: &State, area: Rect) -> Rect {
    let drawn = drawn(state, cells(area), &Theme::plain(), Duration::ZERO);
    let place = place(area, &drawn);
    let row = drawn.checkbox.and_then(|row| u16::try_from(row).ok()).unwrap_or(0);
    Rect { x: place.x + 1, y: place.y + 1 + row, width: place.width.saturating_sub(2), height: 1 }
}

fn cells(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(4).min(WIDE).saturating_sub(4))
}

fn place(area: Rect, drawn: &Drawn) -> Rect {
    let height = u16::try_from(drawn.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    centred(area, area.width.saturating_sub(4).min(WIDE), height)
}

fn drawn(state: &State, cells: usize, theme: &Theme, now: Duration) -> Drawn {
    let mut drawn = Drawn { lines: Vec::new(), checkbox: None, field: None };
    drawn.lines.extend(lines_at(&state.subject, cells, 0, theme.strong).into_iter().take(3));
    match &state.stage {
        Stage::Asks => asks(state, &mut drawn, cells, theme, now),
        Stage::Runs { sum, stops } => runs(state, sum, *stops, &mut drawn.lines, cells, theme, now),
        Stage::Ended { sum, why, stopped } => {
            match why {
                Some(why) => drawn.lines.extend(trouble(why, cells, theme)),
                None => drawn.lines.push(verdict(sum, *stopped, theme)),
            }
            drawn.lines.extend(lines_at(&gone(sum), cells, 0, theme.text));
            failed(state, sum, &mut drawn.lines, cells, theme);
        }
    }
    drawn
}

fn asks(state: &State, drawn: &mut Drawn, cells: usize, theme: &Theme, now: Duration) {
    let lines = &mut drawn.lines;
    match &state.count.why {
        Some(why) => lines.extend(trouble(why, cells, theme)),
        None if state.count.is_whole => {
            lines.extend(lines_at(&amount(&state.count.sum), cells, 0, theme.warn));
        }
        None => {
            let text = say!("browser-delete-counting", amount = amount(&state.count.sum));
            lines.push(Line::from(vec![
                Span::styled(spinner(now), theme.accent),
                Span::raw(format!(" {text}")),
            ]));
        }
    }
    lines.push(Line::default());
    drawn.checkbox = Some(lines.len());
    let mark = if state.versions { "[x] " } else { "[ ] " };
    lines.push(Line::from(format!("{mark}{}", say!("browser-delete-versions"))));
    let text = match state.rows {
        _ if state.versions => say!("browser-delete-for-good"),
        Rows::Keys => say!("browser-delete-hides"),
        Rows::Version => say!("browser-delete-one-version"),
        Rows::Versions => say!("browser-delete-marked-versions"),
    };
    lines.extend(lines_at(&text, cells, 4, theme.dim));
    lines.push(Line::default());
    let ask = say!("browser-delete-type", bucket = state.bucket.as_str());
    lines.extend(lines_at(&ask, cells, 0, theme.text));
    drawn.field = Some(lines.len());
    lines.push(Line::styled("▏", theme.accent));
    let told = if state.is_wrong() {
        Line::styled(format!("✗ {}", say!("browser-delete-wrong")), theme.bad)
    } else if state.is_right() {
        Line::styled(format!("✓ {}", say!("browser-delete-right")), theme.good)
    } else {
        Line::default()
    };
    lines.push(told);
}

fn runs(
    state: &State,
    sum: &Deleted,
    stops: bool,
    lines: &mut Vec<Line<'static>>,
    cells: usize,
    theme: &Theme,
    now: Duration,
) {
    let all = state.count.sum.entries();
    let text = if stops { say!("browser-delete-stopping") } else { say!("browser-delete-running") };
    lines.push(Line::from(vec![Span::styled(spinner(now), theme.accent), Span::raw(format!(" {text}"))]));
    if state.count.is_whole && all > 0 {
        let filled = bar(u16::try_from(cells).unwrap_or(0).saturating_sub(2), sum.objects + sum.failed, all);
        lines.push(Line::styled(format!("▕{filled}▏"), theme.bar));
    }
    lines.extend(lines_at(&gone(sum), cells, 0, theme.text));
    failed(state, sum, lines, cells, theme);
}

fn verdict(sum: &Deleted, stopped: bool, theme: &Theme) -> Line<'static> {
    if stopped {
        Line::styled(format!("■ {}", say!("browser-delete-stopped")), theme.warn)
    } else if sum.failed > 0 {
        Line::styled(format!("✗ {}", say!("browser-delete-partly")), theme.bad)
    } else {
        Line::styled(format!("✓ {}", say!("browser-delete-done")), theme.good)
    }
}

/// What the store refused: how many, and the first of them.
fn failed(state: &State, sum: &Deleted, lines: &mut Vec<Line<'static>>, cells: usize, theme: &Theme) {
    if sum.failed == 0 {
        return;
    }
    let head = say!("browser-delete-failed", count = count(sum.failed), number = sum.failed);
    lines.push(Line::styled(format!("✗ {head}"), theme.bad));
    for refused in state.refused.iter().take(4) {
        let text = words::because(&shown(&refused.key), &shown(&refused.why));
        lines.extend(lines_at(&text, cells, 2, theme.text).into_iter().take(2));
    }
}

fn gone(sum: &Deleted) -> String {
    let size = words::size(sum.bytes);
    say!("browser-delete-gone", count = count(sum.objects), number = sum.objects, size = size)
}

/// "1,234 objects, 20.5 GiB", with delete markers where there are some.
fn amount(sum: &Extent) -> String {
    let size = words::size(sum.bytes);
    let mut text = say!("browser-amount", count = count(sum.objects), number = sum.objects, size = size);
    if sum.markers > 0 {
        text.push_str(", ");
        text.push_str(&say!("browser-markers", count = count(sum.markers), number = sum.markers));
    }
    text
}
