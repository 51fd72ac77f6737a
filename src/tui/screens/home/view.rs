//! Draws what is to be done next, the table of datasets and what the bucket is like; and finds what the mouse hits in them.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use super::rows::{self, Row};
use super::{Access, Message, State, facts};
use crate::say;
use crate::tui::screens::figures::at_right;
use crate::tui::widgets::{fit, lines_at, pad, panel, scrollbar, scrolled, spinner, trouble, width, window};
use crate::tui::{Mouse, Step, Theme};
use crate::words;

/// From this width on, what the bucket is like stands beside the table; below, under it.
const BESIDE: u16 = 100;
/// How wide it stands there.
const FACTS: u16 = 42;
/// "1023.9 MiB".
const SIZE: usize = 10;
/// "2026-05-23".
const DATE: usize = 10;
/// The table keeps so many lines, its frame among them.
const TABLE: u16 = 6;

/// Where the parts lie.
struct Parts {
    next: Rect,
    table: Rect,
    facts: Rect,
}

impl Parts {
    fn of(area: Rect, next: usize, facts: usize) -> Self {
        let tall = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
        if area.width >= BESIDE {
            let [left, facts] =
                Layout::horizontal([Constraint::Fill(1), Constraint::Length(FACTS)]).areas(area);
            let next = tall(next).min(left.height.saturating_sub(TABLE));
            let [next, table] = Layout::vertical([Constraint::Length(next), Constraint::Fill(1)]).areas(left);
            return Self { next, table, facts };
        }
        let room = area.height.saturating_sub(TABLE);
        let next = tall(next).min(room.saturating_sub(4));
        let facts = tall(facts).min(room.saturating_sub(next));
        let rows = [Constraint::Length(next), Constraint::Fill(1), Constraint::Length(facts)];
        let [next, table, facts] = Layout::vertical(rows).areas(area);
        Self { next, table, facts }
    }
}

/// Everything that is drawn, and where.
struct Drawn {
    parts: Parts,
    /// Lines, each with the offer that it belongs to.
    next: Vec<(Line<'static>, Option<usize>)>,
    facts: Vec<Line<'static>>,
}

fn drawn(state: &State, area: Rect, theme: &Theme, now: Duration) -> Drawn {
    let beside = area.width >= BESIDE;
    let wide = if beside { area.width - FACTS } else { area.width };
    let cells = usize::from(wide.saturating_sub(4));
    let next = next(state, cells, theme, now);
    let all = facts::of(state, now);
    let facts = if beside {
        facts::long(&all, usize::from(FACTS - 4), theme)
    } else {
        facts::short(&all, usize::from(area.width.saturating_sub(4)), theme)
    };
    let parts = Parts::of(area, next.len(), facts.len());
    let room = usize::from(parts.next.height.saturating_sub(2));
    // Where not all of it has room, each offer is cut to a line of its own rather than the last one hidden.
    let next = if next.len() > room { first_lines(next, cells) } else { next };
    Drawn { parts: Parts::of(area, next.len(), facts.len()), next, facts }
}

/// At most how far it makes sense to scroll the facts, in lines.
pub(super) fn most_facts(state: &State) -> usize {
    facts::long(&facts::of(state, Duration::ZERO), 56, &Theme::plain()).len()
}

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    if let Some(top) = state.facts {
        let lines = facts::long(&facts::of(state, now), usize::from(area.width.saturating_sub(4)), theme);
        let title = fit(&facts::title(state, now), usize::from(area.width.saturating_sub(4)));
        return scrolled(lines, top, panel(&title, true, theme), area, buffer, theme);
    }
    let Drawn { parts, next, facts } = drawn(state, area, theme, now);
    let lines: Vec<Line> = next.into_iter().map(|(line, _)| line).collect();
    Paragraph::new(lines).block(panel(&Step::Home.name(), false, theme)).render(parts.next, buffer);
    table(state, parts.table, buffer, theme, now);
    let title = fit(&facts::title(state, now), usize::from(parts.facts.width.saturating_sub(4)));
    scrolled(facts, 0, panel(&title, false, theme), parts.facts, buffer, theme);
}

/// A click on what can be done does it; a click on a row puts the cursor there, the wheel moves it; two clicks on the facts show all of
/// them.
pub(super) fn mouse(state: &State, area: Rect, mouse: Mouse) -> Option<Message> {
    if state.facts.is_some() {
        let Mouse::Wheel(_, lines) = mouse else { return None };
        return Some(Message::Move(lines));
    }
    let theme = Theme::plain();
    let Drawn { parts, next, .. } = drawn(state, area, &theme, Duration::ZERO);
    let at = mouse.at();
    match mouse {
        Mouse::Wheel(_, lines) if parts.table.contains(at) => Some(Message::Move(lines)),
        Mouse::Again(_) if parts.facts.contains(at) => Some(Message::Facts),
        Mouse::Click(_) | Mouse::Again(_) if parts.next.contains(at) => {
            let line = usize::from(at.y.checked_sub(parts.next.y + 1)?);
            let offer = next.get(line)?.1?;
            state.offers().get(offer).map(|offer| Message::Do(offer.wish))
        }
        Mouse::Click(_) | Mouse::Again(_) | Mouse::Drag(_) if parts.table.contains(at) => {
            let rows = rows::of(state);
            let body = body(parts.table, &theme);
            let row = usize::from(at.y.checked_sub(body.y)?);
            let shown = window(rows.len(), state.cursor(&rows), usize::from(body.height));
            shown.clone().nth(row).map(Message::MoveTo)
        }
        _ => None,
    }
}

/// What is in the way, and what can be done, Enter's first.
fn next(state: &State, cells: usize, theme: &Theme, now: Duration) -> Vec<(Line<'static>, Option<usize>)> {
    let mut lines: Vec<(Line, Option<usize>)> = Vec::new();
    if let Access::Refused(refused) = &state.access {
        lines.extend(trouble(&refused.error, cells, theme).into_iter().map(|line| (line, None)));
    }
    for (index, offer) in state.offers().iter().enumerate() {
        let Some(says) = &offer.says else { continue };
        let mark = if index == 0 { "▶ " } else { "· " };
        let style = if index == 0 { theme.strong } else { offer.tone.style(theme) };
        for (number, line) in lines_at(says, cells.saturating_sub(2), 0, style).into_iter().enumerate() {
            let mark = Span::styled(if number == 0 { mark } else { "  " }, theme.accent);
            lines.push((Line::from([vec![mark], line.spans].concat()), Some(index)));
        }
    }
    if state.waiting.is_some() {
        let text = format!("{} {}", spinner(now), say!("home-waiting"));
        lines.push((Line::styled(text, theme.accent), None));
    } else if lines.is_empty() {
        let text = format!("{} {}", spinner(now), say!("home-looking-around"));
        lines.push((Line::styled(text, theme.dim), None));
    }
    lines
}

/// Of what takes several lines the first, with a sign that more was there.
fn first_lines(
    lines: Vec<(Line<'static>, Option<usize>)>,
    cells: usize,
) -> Vec<(Line<'static>, Option<usize>)> {
    let mut kept: Vec<(Line, Option<usize>)> = Vec::new();
    for (line, offer) in lines {
        match kept.last_mut() {
            Some((before, of)) if *of == offer && offer.is_some() => {
                let Some(last) = before.spans.last_mut().filter(|span| !span.content.ends_with('…')) else {
                    continue;
                };
                last.content =
                    format!("{}…", fit(&last.content, cells.saturating_sub(3)).trim_end_matches([' ', '…']))
                        .into();
            }
            _ => kept.push((line, offer)),
        }
    }
    kept
}

fn body(area: Rect, theme: &Theme) -> Rect {
    panel("", true, theme).inner(area)
}

fn table(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let title = match &state.place.bucket {
        Some(bucket) if state.place.region.is_empty() => format!("s3://{}", words::harmless(bucket)),
        Some(bucket) => format!("s3://{} · {}", words::harmless(bucket), state.place.region),
        None => say!("home-datasets"),
    };
    let title = fit(&title, usize::from(area.width.saturating_sub(4)));
    panel(&title, true, theme).render(area, buffer);
    let body = body(area, theme);
    let rows = rows::of(state);
    let cursor = state.cursor(&rows);
    let cells = usize::from(body.width);
    let columns = Columns::of(&rows, cells);
    let shown = window(rows.len(), cursor, usize::from(body.height));
    for (y, index) in (body.y..).zip(shown.clone()) {
        let place = Rect { y, height: 1, ..body };
        line(state, &rows[index], &columns, theme, now).render(place, buffer);
        if index == cursor {
            theme.select(place, buffer);
        }
    }
    let bar = Rect { x: area.right().saturating_sub(1), y: body.y, width: 1, height: body.height };
    scrollbar(bar, buffer, rows.len(), &shown, theme);
}

/// Which columns have room, the least important one left out first: class, size, date, words.
struct Columns {
    name: usize,
    date: bool,
    size: bool,
    class: usize,
    words: usize,
}

impl Columns {
    fn of(rows: &[Row], cells: usize) -> Self {
        let longest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0);
        let name = longest(&mut rows.iter().map(|row| width(&row.dataset.name))).min(cells.saturating_sub(2));
        let there = |row: &Row| row.there.as_ref().map_or(0, |there| width(there.class()));
        let class = longest(&mut rows.iter().map(there));
        let words = |row: &Row| row.state.as_ref().map_or(0, |state| width(&state.short));
        let words = longest(&mut rows.iter().map(words));
        let mut room = cells.saturating_sub(2 + name);
        let mut take = |wanted: usize| {
            let fits = wanted <= room;
            room -= if fits { wanted } else { 0 };
            fits
        };
        let said = take(2 + words);
        let date = take(2 + DATE);
        let size = take(2 + SIZE);
        let class = if class > 0 && take(2 + class) { class } else { 0 };
        Self { name, date, size, class, words: if said { words + room } else { 0 } }
    }
}

fn line(state: &State, row: &Row, columns: &Columns, theme: &Theme, now: Duration) -> Line<'static> {
    let looking = state.is_looking();
    let (symbol, style) = match &row.state {
        Some(standing) => (standing.symbol, standing.tone.style(theme)),
        None if looking => (spinner(now), theme.dim),
        None => ("·", theme.dim),
    };
    let name_style = if row.there.is_some() { theme.strong } else { theme.text };
    let mut spans = vec![
        Span::styled(format!("{symbol} "), style),
        Span::styled(pad(&row.dataset.name, columns.name), name_style),
    ];
    let object = row.there.as_ref();
    if columns.date {
        let date = object
            .map(|object| object.date().map_or_else(|| "?".to_owned(), |date| words::day(&date)))
            .unwrap_or_default();
        spans.push(Span::styled(format!("  {}", pad(&date, DATE)), theme.text));
    }
    if columns.size {
        let size = object.map(|object| words::size(object.size)).unwrap_or_default();
        spans.push(Span::styled(format!("  {}", at_right(&size, SIZE)), theme.text));
    }
    if columns.class > 0 {
        let class = object.map(|object| words::harmless(object.class())).unwrap_or_default();
        spans.push(Span::styled(format!("  {}", pad(&class, columns.class)), theme.dim));
    }
    if let (Some(standing), true) = (&row.state, columns.words > 0) {
        let text = [&standing.long, &standing.short].into_iter().find(|text| width(text) <= columns.words);
        spans.extend(text.map(|text| Span::styled(format!("  {text}"), style)));
    }
    Line::from(spans)
}
