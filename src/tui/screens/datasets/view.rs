//! Draws the tree; `detail` draws what stands beside it.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::tree::Row;
use super::{Message, Notice, State, detail};
use crate::catalog::{Dataset, Family};
use crate::tui::screens::figures::at_right;
use crate::tui::screens::standing::Standing;
use crate::tui::widgets::{Look, pad, panel, row_at, scrollbar, spinner, width, window};
use crate::tui::{Mouse, Theme};
use crate::{say, words};

/// From this width on, the detail stands beside the tree; below, only the totals stand under it.
const BESIDE: u16 = 76;
/// How tall the totals are where they stand under the tree.
const BELOW: u16 = 6;
/// "229.0 GiB", "1023.9 MiB".
const SIZE: usize = 10;

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    if let Some(scroll) = state.detail {
        return detail::alone(state, scroll, area, buffer, theme, now);
    }
    if area.width >= BESIDE {
        let [left, right] = Layout::horizontal([Constraint::Percentage(60), Constraint::Fill(1)]).areas(area);
        tree(state, left, buffer, theme, now);
        detail::beside(state, right, buffer, theme, now);
    } else {
        let [above, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(BELOW)]).areas(area);
        tree(state, above, buffer, theme, now);
        detail::below(state, below, buffer, theme, now);
    }
}

/// A click puts the cursor on a row, a second one chooses it; the wheel moves the cursor, or scrolls the details.
pub(super) fn mouse(state: &State, area: Rect, mouse: Mouse) -> Option<Message> {
    if let Mouse::Wheel(at, lines) = mouse {
        return area.contains(at).then_some(Message::Move(lines));
    }
    if state.detail.is_some() {
        return None;
    }
    let body = body(state, tree_area(area));
    let rows = state.rows().len();
    let shown = window(rows, state.cursor, usize::from(body.height));
    let row = row_at(body, &shown, mouse.at())?;
    match mouse {
        // The first click has put the cursor there.
        Mouse::Again(_) => Some(Message::Toggle),
        _ => Some(Message::To(row)),
    }
}

fn tree_area(area: Rect) -> Rect {
    if area.width >= BESIDE {
        let [left, _] = Layout::horizontal([Constraint::Percentage(60), Constraint::Fill(1)]).areas(area);
        return left;
    }
    let [above, _] = Layout::vertical([Constraint::Fill(1), Constraint::Length(BELOW)]).areas(area);
    above
}

/// Where the rows lie in the tree's panel.
fn body(state: &State, area: Rect) -> Rect {
    let inner = panel("", true, &Theme::plain()).inner(area);
    let foot = u16::from(foot_is_needed(state));
    Rect { height: inner.height.saturating_sub(foot), ..inner }
}

fn tree(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let block = panel(&title(state), true, theme);
    let inner = block.inner(area);
    block.render(area, buffer);
    let foot = u16::from(foot_is_needed(state));
    let [body, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(foot)]).areas(inner);
    rows(state, body, buffer, theme, now);
    if foot > 0 {
        foot_line(state, below, buffer, theme, now);
    }
    let bar = Rect { x: area.right().saturating_sub(1), y: body.y, width: 1, height: body.height };
    let rows = state.rows().len();
    scrollbar(bar, buffer, rows, &window(rows, state.cursor, usize::from(body.height)), theme);
}

/// What it is, and how it is sorted.
fn title(state: &State) -> String {
    let arrow = if state.reversed { " ↑" } else { "" };
    match (state.order.words(), state.reversed) {
        (Some(order), _) => format!("{} · {order}{arrow}", say!("datasets-title")),
        (None, true) => format!("{}{arrow}", say!("datasets-title")),
        (None, false) => say!("datasets-title"),
    }
}

fn rows(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let rows = state.rows();
    let cells = usize::from(area.width);
    let columns = Columns::of(&rows, cells);
    let shown = window(rows.len(), state.cursor, usize::from(area.height));
    let cursor = state.cursor.min(rows.len().saturating_sub(1));
    for (y, index) in (area.y..).zip(shown) {
        let line = match &rows[index] {
            Row::Family(family) => family_line(state, *family, cells, theme, now),
            Row::Dataset(dataset) => dataset_line(state, dataset, &columns, theme),
        };
        let place = Rect { y, height: 1, ..area };
        line.render(place, buffer);
        if index == cursor {
            theme.select(place, buffer);
        }
    }
    if rows.is_empty() {
        Line::styled(say!("datasets-filter-nothing"), theme.dim).render(area, buffer);
    }
}

/// `▾ MusicBrainz JSON  2026-05-23    2 of 12`. The count is never cut; the id goes first, then the date.
fn family_line(state: &State, family: Family, cells: usize, theme: &Theme, now: Duration) -> Line<'static> {
    let arrow =
        if state.folded.contains(&family) && state.filter.value().is_empty() { "▸ " } else { "▾ " };
    let datasets = state.datasets_of(family);
    let chosen = datasets.iter().filter(|dataset| state.is_chosen(&dataset.id)).count();
    let count = say!("datasets-of", chosen = chosen, all = datasets.len());
    let title = family.title();
    let room = cells.saturating_sub(2 + width(&title) + 2 + width(&count) + 1);
    let (about, style) = about(state, family, theme, now)
        .into_iter()
        .find(|(text, _)| width(text) <= room)
        .unwrap_or_default();
    let used = 2 + width(&title) + 2 + width(&about);
    Line::from(vec![
        Span::styled(arrow, theme.accent),
        Span::styled(title, theme.strong),
        Span::raw("  "),
        Span::styled(about, style),
        Span::styled(at_right(&count, cells.saturating_sub(used)), theme.dim),
    ])
}

/// What a family's line says of its dump, the fullest first.
fn about(
    state: &State,
    family: Family,
    theme: &Theme,
    now: Duration,
) -> Vec<(String, ratatui::style::Style)> {
    match state.found.get(&family).map(|listing| &listing.dump) {
        None => {
            let wheel = spinner(now);
            vec![(format!("{wheel} {}", say!("datasets-asking")), theme.dim), (wheel.to_owned(), theme.dim)]
        }
        Some(Err(_)) => {
            vec![(format!("✗ {}", say!("datasets-failed")), theme.bad), ("✗".to_owned(), theme.bad)]
        }
        Some(Ok(dump)) => {
            let full = dump.id.map(|id| (format!("{id} · {}", words::day(&dump.date())), theme.text));
            full.into_iter().chain([(words::day(&dump.date()), theme.text)]).collect()
        }
    }
}

/// Which columns have room, the least important one left out first: words, size, and last the symbol.
struct Columns {
    name: usize,
    size: bool,
    /// Cells for the words beside the symbol.
    words: usize,
}

impl Columns {
    fn of(rows: &[Row], cells: usize) -> Self {
        let names = rows.iter().filter_map(Row::dataset).map(|dataset| width(&dataset.name));
        let name = names.max().unwrap_or(0).min(cells.saturating_sub(6));
        let before = 2 + 4 + name;
        let size = before + 1 + SIZE + 3 <= cells;
        let used = before + if size { 1 + SIZE } else { 0 } + 2 + 1 + 1;
        Self { name, size, words: cells.saturating_sub(used) }
    }
}

fn dataset_line(state: &State, dataset: &Dataset, columns: &Columns, theme: &Theme) -> Line<'static> {
    let chosen = state.is_chosen(&dataset.id);
    let (mark, name_style) = if chosen { ("[x]", theme.strong) } else { ("[ ]", theme.text) };
    let mut spans = vec![
        Span::raw("  "),
        Span::styled(mark, if chosen { theme.accent } else { theme.dim }),
        Span::styled(format!(" {}", pad(&dataset.name, columns.name)), name_style),
    ];
    if columns.size {
        let size = state.archive(dataset).map(|archive| words::size(archive.size)).unwrap_or_default();
        spans.push(Span::styled(format!(" {}", at_right(&size, SIZE)), theme.text));
    }
    if let Some(standing) = state.standing(dataset) {
        spans.extend(standing_spans(&standing, dataset, columns, theme));
    }
    Line::from(spans)
}

fn standing_spans(
    standing: &Standing,
    dataset: &Dataset,
    columns: &Columns,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let style = standing.tone.style(theme);
    let mut spans = vec![Span::styled(format!("  {}", standing.symbol), style)];
    let text = [&standing.long, &standing.short].into_iter().find(|text| width(text) <= columns.words);
    if let Some(text) = text {
        spans.push(Span::styled(format!(" {text}"), style));
    }
    let used = text.map_or(0, |text| width(text));
    if dataset.caveat.is_some() && used + 2 <= columns.words {
        spans.push(Span::styled(" ⚠", theme.warn));
    }
    spans
}

fn foot_is_needed(state: &State) -> bool {
    state.typing
        || state.leaving
        || state.notice.is_some()
        || !state.filter.value().is_empty()
        || state.look.failed.is_some()
}

/// Below the tree: the filter, or what stands in the way.
fn foot_line(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let notice = if state.leaving {
        Some(format!("{} {}", spinner(now), say!("datasets-leaving")))
    } else if let Some(notice) = state.notice {
        Some(format!("⚠ {}", notice.words()))
    } else {
        let failed = state.look.failed.as_ref().filter(|_| !state.typing);
        failed.map(|error| format!("✗ {}", error.what()))
    };
    if let Some(notice) = notice {
        let text = pad(&notice, usize::from(area.width));
        return Line::styled(text, theme.warn).render(area, buffer);
    }
    Line::styled("/", theme.key).render(area, buffer);
    let field = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..area };
    state.filter.render(field, buffer, Look { focused: state.typing, ..Look::default() }, theme);
}

impl Notice {
    pub(super) fn words(self) -> String {
        match self {
            Self::NothingChosen => say!("datasets-nothing-chosen"),
            Self::NotOffered => say!("datasets-notice-not-offered"),
            Self::NoneFound => say!("datasets-none-found"),
            Self::NotLooked => say!("datasets-not-looked"),
        }
    }
}
