//! How a look inside looks: the members above, the lines of the one under the cursor below.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Padding, Paragraph, Widget};

use super::{End, Member, State};
use crate::say;
use crate::tui::Theme;
use crate::tui::screens::browser::figures::shown;
use crate::tui::screens::figures::both_ends;
use crate::tui::widgets::{bar_of, fit, lines_at, pad, panel, scrollbar, scrolled, spinner, trouble};
use crate::words;

/// Where the parts lie.
pub(super) struct Parts {
    above: Rect,
    /// The rows of the members.
    pub(super) members: Rect,
    /// Their scroll bar.
    pub(super) bar: Rect,
    status: Rect,
    /// The panel of the lines.
    pub(super) lines: Rect,
}

pub(super) fn parts(area: Rect) -> Parts {
    let most = (area.height / 2).clamp(5, 14);
    let [above, lines] = Layout::vertical([Constraint::Length(most), Constraint::Fill(1)]).areas(area);
    let inner = Block::bordered().padding(Padding::horizontal(1)).inner(above);
    let [members, status] = Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(inner);
    Parts { above, members, bar: bar_of(above, members), status, lines }
}

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    Clear.render(area, buffer);
    let parts = parts(area);
    let title = fit(&shown(&state.wanted.key), usize::from(area.width.saturating_sub(6)));
    panel(&title, !state.in_lines, theme).render(parts.above, buffer);
    members(state, &parts, buffer, theme);
    status(state, usize::from(parts.status.width), theme, now).render(parts.status, buffer);
    lines(state, parts.lines, buffer, theme);
}

fn members(state: &State, parts: &Parts, buffer: &mut Buffer, theme: &Theme) {
    let cells = usize::from(parts.members.width);
    let window = state.cursor.shown(state.members.len(), usize::from(parts.members.height));
    let row = |at: usize| {
        let member = &state.members[at];
        let size = member.size.map(words::size).unwrap_or_default();
        let here = at == state.cursor.line;
        let name = format!("{} {}", if here { "▸" } else { " " }, shown(&member.name));
        let text = pad(&both_ends(&name, &size, cells), cells);
        let style = match (here, member.is_file) {
            (true, _) => theme.selected,
            (false, true) => theme.text,
            (false, false) => theme.dim,
        };
        Line::styled(text, style)
    };
    Paragraph::new(window.clone().map(row).collect::<Vec<_>>()).render(parts.members, buffer);
    scrollbar(parts.bar, buffer, state.members.len(), &window, theme);
}

fn status(state: &State, cells: usize, theme: &Theme, now: Duration) -> Line<'static> {
    let read = words::size(state.read);
    let about = state.about.as_ref().map(|(packing, size)| format!("{packing}, {}", words::size(*size)));
    let about = about.map(|about| format!(" · {about}")).unwrap_or_default();
    match &state.end {
        None => {
            let text = fit(&format!("{}{about}", say!("browser-inside-reading", read = read)), cells - 2);
            Line::from(vec![Span::styled(spinner(now), theme.accent), Span::raw(format!(" {text}"))])
        }
        Some(End::Badly(why)) => Line::styled(fit(&format!("✗ {}", why.what()), cells), theme.bad),
        Some(end) => {
            let text = match end {
                End::Stopped => say!("browser-inside-stopped", read = read),
                End::Well { is_whole: true, .. } => say!("browser-inside-whole", read = read),
                End::Well { is_limited: true, .. } => say!("browser-inside-limited", read = read),
                _ => say!("browser-inside-enough", read = read),
            };
            Line::styled(fit(&format!("{text}{about}"), cells), theme.dim)
        }
    }
}

fn lines(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let member = state.member();
    let name = member.map_or_else(|| say!("browser-inside-title"), |member| shown(&member.name));
    let block = panel(&fit(&name, usize::from(area.width.saturating_sub(6))), state.in_lines, theme);
    let cells = usize::from(block.inner(area).width);
    let lines = match (member, &state.end) {
        (_, Some(End::Badly(why))) if state.members.is_empty() => trouble(why, cells, theme),
        (Some(member), _) => of_member(member, state, cells, theme),
        (None, _) => Vec::new(),
    };
    scrolled(lines, state.scroll, block, area, buffer, theme);
}

fn of_member(member: &Member, state: &State, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    if member.is_binary {
        return lines_at(&say!("browser-inside-binary"), cells, 0, theme.dim);
    }
    if !member.is_file {
        return lines_at(&say!("browser-inside-no-file"), cells, 0, theme.dim);
    }
    let line = |(text, is_cut): &(String, bool)| {
        let text = shown(text);
        let text = if *is_cut { format!("{text}…") } else { text };
        Line::styled(fit(&text, cells), theme.text)
    };
    let mut lines: Vec<Line> = member.lines.iter().map(line).collect();
    if let (Some(End::Badly(why)), true) = (&state.end, lines.is_empty()) {
        lines = trouble(why, cells, theme);
    }
    lines
}
