//! How the screen looks: the settings with what is and what is wanted, the detail beside, and below what Enter would change.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use super::{Phase, Row, State, prices, table};
use crate::bucket::protection::{Change, Current, Outcome};
use crate::say;
use crate::tui::Theme;
use crate::tui::widgets::{fit, lines_at, pad, panel, scrolled, spinner, trouble, width};
use crate::words::harmless;

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let current = match &state.phase {
        Phase::Reading => {
            return alone(
                state,
                area,
                buffer,
                theme,
                vec![waiting(&say!("tui-protect-reading"), theme, now)],
            );
        }
        Phase::Unreadable(error) => {
            let lines = trouble(error, usize::from(area.width.saturating_sub(4)), theme);
            return alone(state, area, buffer, theme, lines);
        }
        Phase::Choosing(current) | Phase::Applying(current) | Phase::Applied(current, _) => current,
    };
    let lines = table::lines(state, current, theme);
    let places = Places::of(area, lines.len());
    let choosing = matches!(state.phase, Phase::Choosing(_));
    Paragraph::new(lines).block(panel(&title(state), choosing, theme)).render(places.table, buffer);
    if let Some(right) = places.detail {
        let text = detail(state, usize::from(right.width.saturating_sub(4)), theme);
        Paragraph::new(text).block(panel(&detail_title(state), false, theme)).render(right, buffer);
    }
    let heading = if choosing { say!("tui-protect-changes") } else { say!("tui-protect-outcomes") };
    let text = below(state, current, &places, theme, now);
    scrolled(text, state.scroll, panel(&heading, !choosing, theme), places.below, buffer, theme);
}

/// Where the parts lie, each with its frame.
pub(super) struct Places {
    /// The settings.
    pub(super) table: Rect,
    /// What stands below them.
    pub(super) below: Rect,
    /// The detail, where there is room for it beside the settings.
    detail: Option<Rect>,
}

impl Places {
    /// For a table of so many lines.
    pub(super) fn of(area: Rect, lines: usize) -> Self {
        let is_wide = area.width >= 76;
        // Room for the detail's longest text, whichever row is chosen, so that nothing jumps.
        let least = if is_wide { 8 } else { 0 };
        let height = u16::try_from(lines).unwrap_or(u16::MAX).max(least).saturating_add(2);
        let [above, below] = Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(area);
        let beside = if is_wide { Constraint::Percentage(38) } else { Constraint::Length(0) };
        let [table, right] = Layout::horizontal([Constraint::Fill(1), beside]).areas(above);
        Self { table, below, detail: is_wide.then_some(right) }
    }
}

/// What stands below the table.
pub(super) fn below(
    state: &State,
    current: &Current,
    places: &Places,
    theme: &Theme,
    now: Duration,
) -> Vec<Line<'static>> {
    let cells = usize::from(places.below.width.saturating_sub(4));
    if !matches!(state.phase, Phase::Choosing(_)) {
        return outcomes(state, cells, theme, now);
    }
    let mut text = planned(state, current, cells, theme);
    if places.detail.is_none() {
        text.push(Line::styled(detail_title(state), theme.accent));
        text.extend(detail(state, cells, theme));
    }
    text
}

fn title(state: &State) -> String {
    say!("tui-protect-title", bucket = harmless(&state.bucket))
}

fn alone(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, lines: Vec<Line>) {
    Paragraph::new(lines).block(panel(&title(state), true, theme)).render(area, buffer);
}

fn detail_title(state: &State) -> String {
    match state.at {
        Row::Versioning => say!("tui-protect-versioning"),
        _ => say!("tui-protect-archive"),
    }
}

/// What the row under the cursor means, costs, and what is the catch.
fn detail(state: &State, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let class = state.choice.class;
    match state.at {
        Row::Versioning => lines_at(&say!("tui-protect-about-versioning"), cells, 0, theme.text),
        Row::Archive | Row::Days => lines_at(&say!("tui-protect-about-archive"), cells, 0, theme.text),
        Row::Class => {
            let mut lines = Vec::new();
            for (name, style) in [("STANDARD", theme.dim), (class, theme.strong)] {
                let price =
                    prices::month(&state.region, name).unwrap_or_else(|| say!("tui-protect-no-price"));
                lines.push(price_line(name, &price, cells, style));
            }
            lines.push(Line::styled(fit(&say!("tui-protect-price-of"), cells), theme.dim));
            lines.extend(lines_at(&prices::catch(class), cells, 0, theme.warn));
            lines
        }
    }
}

fn price_line(name: &str, price: &str, cells: usize, style: Style) -> Line<'static> {
    Line::styled(format!("{}{price}", pad(name, cells.saturating_sub(width(price)))), style)
}

/// What Enter would do.
fn planned(state: &State, current: &Current, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if state.layout.is_none() {
        lines.extend(marked("+ ", &say!("tui-protect-layout"), cells, theme.good, theme.text));
    }
    for change in state.to_do(current) {
        lines.extend(marked("~ ", &change.to_string(), cells, theme.accent, theme.text));
    }
    for change in state.not_possible(current) {
        let (change, outcome) = (change.to_string(), Outcome::Unsupported.to_string());
        let text = say!("tui-protect-outcome", change = change, outcome = outcome);
        lines.extend(marked("– ", &text, cells, theme.dim, theme.dim));
    }
    if state.is_nothing_to_do(current) {
        lines.extend(marked("✓ ", &say!("tui-protect-nothing"), cells, theme.good, theme.text));
    }
    if current.foreign_rules > 0 {
        lines.extend(marked(
            "  ",
            &say!("tui-protect-foreign", count = current.foreign_rules),
            cells,
            theme.dim,
            theme.dim,
        ));
    }
    lines
}

/// What became of it, line by line as it happens.
fn outcomes(state: &State, cells: usize, theme: &Theme, now: Duration) -> Vec<Line<'static>> {
    let applying = matches!(state.phase, Phase::Applying(_));
    let mut lines = Vec::new();
    match &state.layout {
        Some(made) if made.is_empty() => {
            lines.extend(marked("✓ ", &say!("tui-protect-layout-there"), cells, theme.good, theme.text));
        }
        Some(made) => {
            lines.extend(marked(
                "✓ ",
                &say!("tui-protect-layout-made", keys = made.join(" ")),
                cells,
                theme.good,
                theme.text,
            ));
        }
        None if applying => lines.push(waiting(&say!("tui-protect-layout-making"), theme, now)),
        None => {}
    }
    for (change, outcome) in &state.outcomes {
        lines.extend(outcome_lines(change, outcome, cells, theme));
    }
    if let (true, Some(next)) = (applying && state.layout.is_some(), state.changes.get(state.outcomes.len()))
    {
        lines.push(waiting(&next.to_string(), theme, now));
    }
    if let Phase::Applied(_, Some(error)) = &state.phase {
        lines.push(Line::default());
        lines.extend(trouble(error, cells, theme));
    }
    lines
}

fn outcome_lines(change: &Change, outcome: &Outcome, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let (mark, style) = match outcome {
        Outcome::Done => ("✓ ", theme.good),
        Outcome::Unsupported => ("– ", theme.dim),
        Outcome::NotKept => ("! ", theme.warn),
        Outcome::Failed { .. } => ("✗ ", theme.bad),
    };
    marked(
        mark,
        &say!("tui-protect-outcome", change = change.to_string(), outcome = outcome.to_string()),
        cells,
        style,
        theme.text,
    )
}

fn marked(
    mark: &'static str,
    text: &str,
    cells: usize,
    mark_style: Style,
    style: Style,
) -> Vec<Line<'static>> {
    let mut lines = lines_at(text, cells, 2, style);
    if let Some(first) = lines.first_mut() {
        first.spans[0] = Span::styled(mark, mark_style);
    }
    lines
}

fn waiting(text: &str, theme: &Theme, now: Duration) -> Line<'static> {
    Line::from(vec![Span::styled(spinner(now), theme.accent), Span::raw(format!(" {text}"))])
}
