//! How unfinished uploads look: a line each, and what is known of the one under the cursor below.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Padding, Paragraph, Widget};

use super::{List, State};
use crate::bucket::Upload;
use crate::say;
use crate::tui::Theme;
use crate::tui::screens::browser::figures::{count, moment, rows, shown};
use crate::tui::screens::figures::{both_ends, span};
use crate::tui::widgets::{bar_of, lines_at, pad, panel, scrollbar, spinner, trouble};
use crate::words;

/// Lines about the upload under the cursor, and about all of them.
const BELOW: u16 = 6;

fn parts(area: Rect) -> (Rect, Rect, Rect) {
    let inner = Block::bordered().padding(Padding::horizontal(1)).inner(area);
    let [list, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(BELOW)]).areas(inner);
    (list, bar_of(area, list), below)
}

/// Where the rows and their scroll bar lie.
pub(super) fn place(area: Rect) -> (Rect, Rect) {
    let (list, bar, _) = parts(area);
    (list, bar)
}

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    Clear.render(area, buffer);
    panel(&say!("browser-uploads-title"), true, theme).render(area, buffer);
    let (list, bar, below) = parts(area);
    let cells = usize::from(list.width);
    let lines = match &state.list {
        List::Waiting => {
            let text = format!(" {}", say!("browser-uploads-listing"));
            vec![Line::from(vec![Span::styled(spinner(now), theme.accent), Span::raw(text)])]
        }
        List::Failed(error) => trouble(error, cells, theme),
        List::Got(uploads) if uploads.is_empty() => {
            lines_at(&format!("✓ {}", say!("browser-uploads-none")), cells, 0, theme.good)
        }
        List::Got(uploads) => {
            let window = state.cursor.shown(uploads.len(), usize::from(list.height));
            scrollbar(bar, buffer, uploads.len(), &window, theme);
            window.map(|at| row(state, at, &uploads[at], cells, theme, now)).collect()
        }
    };
    Paragraph::new(lines).render(list, buffer);
    Paragraph::new(about(state, cells, theme)).render(below, buffer);
}

fn row(
    state: &State,
    at: usize,
    upload: &Upload,
    cells: usize,
    theme: &Theme,
    now: Duration,
) -> Line<'static> {
    let here = at == state.cursor.line;
    let held = match state.parts.get(&upload.upload_id) {
        _ if state.going.contains(&upload.upload_id) => {
            format!("{} {}", spinner(now), say!("browser-uploads-going"))
        }
        None => spinner(now).to_owned(),
        Some(Ok(Some(parts))) => words::size(parts.bytes),
        Some(Ok(None)) => say!("browser-uploads-gone"),
        Some(Err(_)) => "✗".to_owned(),
    };
    let age = upload.initiated.map_or_else(String::new, |begun| age(state.now - begun));
    let name = format!("{} {}", if here { "▸" } else { " " }, shown(&upload.key));
    let text = pad(&both_ends(&name, &format!("{age}  {held:>10}"), cells), cells);
    Line::styled(text, if here { theme.selected } else { theme.text })
}

fn age(seconds: i64) -> String {
    span(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// The one under the cursor, and what all of them hold.
fn about(state: &State, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    if let Some(error) = &state.refused {
        return trouble(error, cells, theme);
    }
    let Some(upload) = state.under_cursor() else { return Vec::new() };
    let mut lines = vec![sum(state, cells, theme), Line::default()];
    match state.parts.get(&upload.upload_id) {
        Some(Ok(Some(parts))) => {
            let size = words::size(parts.bytes);
            let text =
                say!("browser-uploads-holds", count = count(parts.count), number = parts.count, size = size);
            lines.extend(lines_at(&text, cells, 0, theme.warn));
        }
        Some(Err(error)) => lines.extend(trouble(error, cells, theme)),
        _ => {}
    }
    if let Some(begun) = upload.initiated {
        let text = say!("browser-uploads-begun", at = moment(begun), age = age(state.now - begun));
        lines.extend(lines_at(&text, cells, 0, theme.text));
    }
    let text =
        if state.is_mine(upload) { say!("browser-uploads-mine") } else { say!("browser-uploads-others") };
    lines.extend(lines_at(&text, cells, 0, theme.dim));
    lines
}

fn sum(state: &State, cells: usize, theme: &Theme) -> Line<'static> {
    let bytes = state.parts.values().flatten().flatten().map(|parts| parts.bytes).sum();
    let uploads = state.uploads().len();
    let text =
        say!("browser-uploads-sum", count = rows(uploads), number = uploads, size = words::size(bytes));
    Line::styled(pad(&text, cells), theme.strong)
}
