//! How the list looks. Only the rows that are seen are made.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use super::layout::{Parts, path};
use super::{Level, Progress};
use crate::say;
use crate::tui::Theme;
use crate::tui::screens::browser::figures::{moment, named, rows, shown};
use crate::tui::screens::browser::order::By;
use crate::tui::screens::browser::page::{Row, RowKind};
use crate::tui::screens::browser::{State, fetch};
use crate::tui::screens::figures::at_right;
use crate::tui::widgets::{Look, fit, lines_at, pad, panel, scrollbar, spinner, trouble, width};
use crate::words;

/// Cells of each column, with the gap before it.
const SIZE: usize = 12;
const DATE: usize = 18;
const CLASS: usize = 14;
const VERSION: usize = 10;

/// Which columns have room, in the order of their importance.
#[derive(Debug, Clone, Copy)]
struct Columns {
    name: usize,
    date: bool,
    class: bool,
    version: bool,
}

impl Columns {
    fn of(cells: usize, versions: bool) -> Self {
        let mut left = cells.saturating_sub(SIZE + 24);
        let mut take = |wanted: bool, cells: usize| {
            let fits = wanted && left >= cells;
            left -= if fits { cells } else { 0 };
            fits
        };
        let version = take(versions, VERSION);
        let date = take(true, DATE);
        let class = take(true, CLASS);
        let used = SIZE
            + if version { VERSION } else { 0 }
            + if date { DATE } else { 0 }
            + if class { CLASS } else { 0 };
        Self { name: cells.saturating_sub(used), date, class, version }
    }
}

pub(in crate::tui::screens::browser) fn view(
    state: &State,
    parts: &Parts,
    buffer: &mut Buffer,
    theme: &Theme,
    now: Duration,
) {
    let (title, _) = path(state, parts.room(state));
    let mut block = panel(&title, state.pane.is_none(), theme);
    if state.read_only.is_some() {
        let badge = Line::styled(format!(" {} ", say!("browser-read-only")), theme.badge);
        block = block.title_top(badge.right_aligned());
    }
    block.render(parts.panel, buffer);
    let level = &state.level;
    let columns = Columns::of(usize::from(parts.rows.width), level.versions);
    head(level, columns, theme).render(parts.head, buffer);
    body(state, parts, columns, buffer, theme, now);
    filter(state, parts.filter, buffer, theme);
    if let Some(line) = fetch::line(&state.fetches, usize::from(parts.fetch.width), theme, now) {
        line.render(parts.fetch, buffer);
    }
    status(state, usize::from(parts.status.width), theme, now).render(parts.status, buffer);
}

fn body(state: &State, parts: &Parts, columns: Columns, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let level = &state.level;
    let cells = usize::from(parts.rows.width);
    let lines = match (&level.progress, level.len()) {
        (Progress::Failed(error), 0) => trouble(error, cells, theme),
        (Progress::Waiting, _) => {
            let text = format!(" {}", say!("browser-listing"));
            vec![Line::from(vec![Span::styled(spinner(now), theme.accent), Span::raw(text)])]
        }
        (_, 0) => nothing(state, cells, theme),
        (_, len) => {
            let window = level.cursor.shown(len, usize::from(parts.rows.height));
            scrollbar(parts.bar, buffer, len, &window, theme);
            window.filter_map(|line| row(state, line, columns, cells, theme)).collect()
        }
    };
    Paragraph::new(lines).render(parts.rows, buffer);
}

/// Why there is no row.
fn nothing(state: &State, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let level = &state.level;
    let text = if level.order.is_filtered() {
        if level.is_busy() || level.is_coming() { String::new() } else { say!("browser-no-match") }
    } else if level.is_busy() || !level.is_whole() {
        String::new()
    } else if level.prefix.is_empty() {
        say!("browser-empty-bucket")
    } else {
        say!("browser-empty")
    };
    lines_at(&text, cells, 0, theme.dim)
}

fn head(level: &Level, columns: Columns, theme: &Theme) -> Line<'static> {
    let (by, reversed) = level.order.sorting();
    let title = |name: String, column: By| {
        let down = matches!(column, By::Size | By::Date) != reversed;
        if column == by { format!("{name} {}", if down { "↓" } else { "↑" }) } else { name }
    };
    let mut text = pad(&format!("  {}", title(say!("browser-column-name"), By::Name)), columns.name);
    text.push_str(&at_right(&title(say!("browser-column-size"), By::Size), SIZE));
    if columns.date {
        text.push_str(&pad(&format!("  {}", title(say!("browser-column-date"), By::Date)), DATE));
    }
    if columns.class {
        text.push_str(&pad(&format!("  {}", title(say!("browser-column-class"), By::Class)), CLASS));
    }
    if columns.version {
        text.push_str(&pad(&format!("  {}", say!("browser-column-version")), VERSION));
    }
    Line::styled(text, theme.dim)
}

fn row(state: &State, line: usize, columns: Columns, cells: usize, theme: &Theme) -> Option<Line<'static>> {
    let level = &state.level;
    let (index, row) = level.line(line)?;
    let here = line == level.cursor.line;
    let mark = if level.marks.has(index) { "●" } else { " " };
    let name = named(&row);
    let name = pad(&format!("{}{mark}{name}", if here { "▸" } else { " " }), columns.name);
    let (rest, style) = (figures(level, &row, columns), style(&row, theme));
    if here {
        return Some(Line::styled(pad(&format!("{name}{rest}"), cells), theme.selected));
    }
    Some(Line::from(vec![Span::styled(name, style), Span::styled(rest, theme.dim)]))
}

fn style(row: &Row, theme: &Theme) -> Style {
    match row.kind {
        RowKind::Folder => theme.strong,
        RowKind::Object => theme.text,
        RowKind::Older | RowKind::Marker => theme.dim,
    }
}

/// Everything behind the name.
fn figures(level: &Level, row: &Row, columns: Columns) -> String {
    let mut text = at_right(&size(level, row), SIZE);
    if columns.date {
        text.push_str(&pad(&format!("  {}", row.modified.map(moment).unwrap_or_default()), DATE));
    }
    if columns.class {
        text.push_str(&pad(&format!("  {}", shown(row.class.unwrap_or_default())), CLASS));
    }
    if columns.version {
        text.push_str(&pad(&format!("  {}", shown(row.version.unwrap_or_default())), VERSION));
    }
    text
}

/// Bytes; of a folder as far as they were counted.
fn size(level: &Level, row: &Row) -> String {
    match row.kind {
        RowKind::Marker => say!("browser-deleted"),
        RowKind::Folder => match level.measured.get(&level.key(row)) {
            None => String::new(),
            Some(found) if found.why.is_some() => "✗".to_owned(),
            Some(found) if found.is_whole => words::size(found.sum.bytes),
            Some(found) => format!("≥ {}", words::size(found.sum.bytes)),
        },
        _ => words::size(row.size),
    }
}

fn filter(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let label = format!("/ {} ", say!("browser-key-filter"));
    let cells = u16::try_from(width(&label)).unwrap_or(0);
    Line::styled(label, theme.accent).render(area, buffer);
    let field = Rect { x: area.x + cells, width: area.width.saturating_sub(cells), ..area };
    state.filter.render(field, buffer, Look { focused: state.typing, ..Look::default() }, theme);
}

/// How many there are, how many are shown, what is marked, and how it is sorted.
fn status(state: &State, cells: usize, theme: &Theme, now: Duration) -> Line<'static> {
    if let Some(notice) = &state.notice {
        return Line::styled(fit(&format!("✓ {notice}"), cells), theme.good);
    }
    let level = &state.level;
    if let (Progress::Failed(error), false) = (&level.progress, level.rows.is_empty()) {
        return Line::styled(fit(&format!("✗ {}", error.what()), cells), theme.bad);
    }
    let mut parts = vec![counted(level)];
    if !level.marks.is_empty() {
        let marked = level.marks.count(level.rows.len());
        parts.push(if level.marks.is_all() {
            say!("browser-all-marked")
        } else {
            say!("browser-marked", count = rows(marked))
        });
    }
    let sorted = level.order.sorting() != (By::Name, false);
    if level.is_busy() {
        parts.push(if sorted { say!("browser-sorting") } else { say!("browser-searching") });
    } else if sorted && !level.is_whole() {
        parts.push(say!("browser-sorted-partly"));
    }
    if level.versions {
        parts.push(say!("browser-with-versions"));
    }
    let moving = level.is_coming() || level.is_busy();
    let text = fit(&parts.join(" · "), cells.saturating_sub(2));
    let head = if moving { format!("{} ", spinner(now)) } else { String::new() };
    Line::from(vec![Span::styled(head, theme.accent), Span::styled(text, theme.dim)])
}

fn counted(level: &Level) -> String {
    let (shown, all) = (level.len(), level.rows.len());
    let whole = level.is_whole();
    match (level.order.is_filtered(), whole) {
        (_, _) if matches!(level.progress, Progress::Waiting) => say!("browser-listing"),
        (true, true) => say!("browser-match", count = rows(shown), all = rows(all)),
        (true, false) => say!("browser-match-so-far", count = rows(shown), all = rows(all)),
        (false, true) => say!("browser-entries", count = rows(all), number = all),
        (false, false) => say!("browser-entries-more", count = rows(all)),
    }
}
