//! Draws the plan and what it comes to.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use super::State;
use crate::catalog;
use crate::transfer::{Action, Line as PlanLine, Verdict};
use crate::tui::Theme;
use crate::tui::screens::figures::at_right;
use crate::tui::widgets::{fit, lines_at, pad, pair, panel, scrollbar, width};
use crate::{say, words};

/// From so many rows on, the totals say all there is to say.
const ROOMY: u16 = 30;

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let cells = usize::from(area.width.saturating_sub(4));
    let foot = foot(state, area.height >= ROOMY, cells, theme);
    let [above, below] = parts(area, foot.len());
    lines(state, above, buffer, theme);
    Paragraph::new(foot).block(panel(&say!("review-totals"), false, theme)).render(below, buffer);
}

/// Where the plan lies, and where the totals, which keep their room; the plan scrolls.
fn parts(area: Rect, foot: usize) -> [Rect; 2] {
    let height = u16::try_from(foot).unwrap_or(u16::MAX).saturating_add(2).min(area.height.saturating_sub(6));
    Layout::vertical([Constraint::Fill(1), Constraint::Length(height)]).areas(area)
}

/// The line of the plan that was hit; the one behind the last is the bucket's settings.
pub(super) fn line_at(state: &State, area: Rect, at: Position) -> Option<usize> {
    let theme = Theme::plain();
    let cells = usize::from(area.width.saturating_sub(4));
    let [above, _] = parts(area, foot(state, area.height >= ROOMY, cells, &theme).len());
    let inner = panel("", true, &theme).inner(above);
    let drawn = Drawn::of(state, inner, &theme);
    let row = inner.contains(at).then(|| usize::from(at.y - inner.y) + drawn.start)?;
    let mut ends = drawn.blocks.iter().scan(0, |end, block| {
        *end += block.len();
        Some(*end)
    });
    ends.position(|end| row < end)
}

/// The lines of each line of the plan and of the settings, and the first that is shown.
struct Drawn {
    blocks: Vec<Vec<Line<'static>>>,
    start: usize,
}

impl Drawn {
    fn of(state: &State, inner: Rect, theme: &Theme) -> Self {
        let cells = usize::from(inner.width);
        let longest = state.plan.lines.iter().map(|line| width(&line.archive.name)).max().unwrap_or(0);
        let name = longest.min(cells / 3).max(8);
        let plan = state.plan.lines.iter().map(|line| plan_line(line, state, name, cells, theme));
        let blocks: Vec<Vec<Line>> = plan.chain([state.settings_lines(cells, theme)]).collect();
        let before: usize = blocks.iter().take(state.cursor).map(Vec::len).sum();
        let all: usize = blocks.iter().map(Vec::len).sum();
        let height = usize::from(inner.height);
        let start = before.saturating_sub(height / 2).min(all.saturating_sub(height));
        Self { blocks, start }
    }
}

fn lines(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let title = say!("review-title", count = state.plan.lines.len(), bucket = state.place.bucket.as_str());
    let block = panel(&title, true, theme);
    let inner = block.inner(area);
    block.render(area, buffer);
    let Drawn { blocks: drawn, start } = Drawn::of(state, inner, theme);
    let cursor = state.cursor.min(drawn.len().saturating_sub(1));
    let before: usize = drawn.iter().take(cursor).map(Vec::len).sum();
    let all: usize = drawn.iter().map(Vec::len).sum();
    let height = usize::from(inner.height);
    let under = before..before + drawn.get(cursor).map_or(0, Vec::len);
    for (y, (index, line)) in
        (inner.y..inner.bottom()).zip(drawn.into_iter().flatten().enumerate().skip(start))
    {
        let place = Rect { y, height: 1, ..inner };
        line.render(place, buffer);
        if under.contains(&index) && all > height {
            theme.select(place, buffer);
        }
    }
    let bar = Rect { x: area.right().saturating_sub(1), y: inner.y, width: 1, height: inner.height };
    scrollbar(bar, buffer, all, &(start..(start + height).min(all)), theme);
}

/// "↓ 1023.9 MiB  ↑ 1023.9 MiB".
const LEGS: usize = 26;

/// `▶ release.tar.xz  to fetch                ↓ 20.5 GiB  ↑ 20.5 GiB`; what is in the way explains itself below.
fn plan_line(line: &PlanLine, state: &State, name: usize, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let (symbol, style) = match line.action {
        Action::Skip => ("●", theme.good),
        Action::Lift => ("▶", theme.accent),
        Action::Blocked => ("⚠", theme.warn),
    };
    let head = 2 + name + 2;
    let legs = legs(line, state);
    let reason = line.verdict.reason();
    let room = cells.saturating_sub(head + width(&legs) + 1);
    let one_line = width(&reason) <= room;
    let mut spans = vec![
        Span::styled(format!("{symbol} "), style),
        Span::styled(format!("{}  ", pad(&words::harmless(&line.archive.name), name)), theme.strong),
    ];
    let shown = if one_line { reason.clone() } else { String::new() };
    spans.push(Span::styled(
        pad(&shown, room + 1),
        if line.action == Action::Lift { theme.text } else { style },
    ));
    spans.push(Span::styled(fit(&legs, cells.saturating_sub(head)), theme.text));
    let mut lines = vec![Line::from(spans)];
    if !one_line {
        lines.extend(lines_at(&reason, cells, 4, theme.dim));
    }
    if let Some(advice) = advice(line) {
        lines.extend(lines_at(&format!("→ {advice}"), cells, 4, theme.warn));
    }
    lines
}

fn legs(line: &PlanLine, state: &State) -> String {
    if line.action != Action::Lift {
        return at_right(&say!("review-nothing"), LEGS);
    }
    let leg = |symbol, wanted: bool, bytes| {
        if wanted { at_right(&format!("{symbol} {}", words::size(bytes)), 12) } else { " ".repeat(12) }
    };
    let mode = state.plan.mode;
    format!("{}  {}", leg("↓", mode.downloads(), line.down), leg("↑", mode.uploads(), line.up))
}

/// What a blocked line needs.
fn advice(line: &PlanLine) -> Option<String> {
    match (line.action, &line.verdict) {
        (Action::Blocked, Verdict::Unknown) => {
            Some(say!("review-unknown-advice", key = words::harmless(&line.key)))
        }
        (Action::Blocked, _) => Some(say!("review-blocked-advice")),
        (Action::Lift, Verdict::Unknown) => Some(say!("review-replaced", key = words::harmless(&line.key))),
        _ => None,
    }
}

/// The totals, where it goes, and what is to be known once.
fn foot(state: &State, is_roomy: bool, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let figures = state.totals(is_roomy);
    let place = say!("review-place");
    let labels = figures.iter().map(|figure| width(&figure.label)).chain([width(&place)]);
    let label = labels.max().unwrap_or(0) + 2;
    let mut lines = Vec::new();
    if state.has_nothing_to_do() {
        lines.extend(lines_at(&nothing_words(state), cells, 0, theme.good));
    }
    for figure in figures {
        let mut more = pair(&figure.label, label, &figure.says, cells, theme);
        if figure.warn {
            more = more.into_iter().map(|line| line.style(theme.warn)).collect();
        }
        lines.extend(more);
    }
    let to = say!("review-place-at", bucket = state.place.bucket.as_str());
    lines.extend(pair(&place, label, &to, cells, theme));
    lines.extend(lines_at(&notice(state), cells, 0, theme.dim));
    lines
}

fn nothing_words(state: &State) -> String {
    let blocked = state.plan.lines.iter().any(|line| line.action == Action::Blocked);
    if blocked { say!("review-nothing-possible") } else { format!("✓ {}", say!("review-nothing-to-do")) }
}

/// Licence and personal data, once for the whole plan.
fn notice(state: &State) -> String {
    let chosen = |id| state.archives.iter().any(|archive| archive.dataset == id);
    let datasets: Vec<_> =
        catalog::datasets().into_iter().filter(|dataset| chosen(dataset.id.clone())).collect();
    let tags = datasets.iter().any(|dataset| dataset.licence == catalog::Licence::Cc0TagsByNcSa);
    let personal = datasets.iter().any(|dataset| dataset.personal);
    let licence = if tags { say!("review-licence-tags") } else { say!("review-licence-cc0") };
    if personal { format!("{licence} ⚠ {}", say!("review-personal")) } else { licence }
}
