//! How the screen looks.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use super::{Asked, Connected, Over, State};
use crate::bucket::REGIONS;
use crate::bucket::credentials::LookedAt;
use crate::say;
use crate::tui::Theme;
use crate::tui::widgets::{fit, lines_at, pad, pair, panel, spinner, trouble, width};
use crate::words::harmless;

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let cells = usize::from(area.width.saturating_sub(4));
    let about = about(state, cells, theme);
    let account = account(state, cells, theme, now);
    let mirror = mirror(state, cells, theme, now);
    let rows =
        |lines: &Vec<Line>, more: u16| u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(more);
    let mirror_rows = rows(&mirror, 2);
    // The mirror's panel gives way to the account's only in its reasons, never in its first line.
    let [top, middle, bottom, _] = Layout::vertical([
        Constraint::Length(rows(&about, 1)),
        Constraint::Length(rows(&account, 2)),
        Constraint::Length(mirror_rows.min(area.height.saturating_sub(8))),
        Constraint::Fill(1),
    ])
    .areas(area);
    Paragraph::new(about).render(Rect { x: top.x + 2, width: top.width.saturating_sub(4), ..top }, buffer);
    Paragraph::new(account).block(panel(&say!("tui-connect-account"), true, theme)).render(middle, buffer);
    Paragraph::new(mirror).block(panel(&say!("tui-connect-mirror"), false, theme)).render(bottom, buffer);
    match &state.over {
        Some(Over::Profiles(picker) | Over::Regions(picker)) => picker.view(area, buffer, theme),
        Some(Over::Form) => state.form.view(area, buffer, theme, now),
        None => {}
    }
}

/// What this program is; in the sandbox, what that is. Gives way where something went wrong.
fn about(state: &State, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    if matches!(state.connection, Asked::Failed(_)) {
        return Vec::new();
    }
    let text = if state.sandbox { say!("tui-connect-about-sandbox") } else { say!("tui-connect-about") };
    lines_at(&text, cells, 0, theme.text)
}

fn account(state: &State, cells: usize, theme: &Theme, now: Duration) -> Vec<Line<'static>> {
    match &state.connection {
        Asked::Waiting => vec![waiting(&say!("tui-connect-connecting"), theme, now)],
        Asked::Got(connected) => identity(state, connected, cells, theme),
        Asked::Failed(error) => {
            let mut lines = trouble(error, cells, theme);
            if state.lacks_keys() && !state.looked_at.is_empty() {
                lines.push(Line::default());
                lines.extend(looked_at(&state.looked_at, cells, theme));
            }
            lines
        }
    }
}

fn identity(state: &State, connected: &Connected, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let identity = &connected.identity;
    let mut rows = vec![(say!("tui-connect-status"), String::new())];
    let mut add =
        |label: String, value: Option<String>| rows.extend(value.map(|value| (label, harmless(&value))));
    add(say!("tui-connect-account-number"), identity.account.clone());
    add(say!("tui-connect-identity"), identity.arn.clone());
    add(say!("tui-connect-access-key"), Some(identity.access_key_id.clone()));
    add(say!("tui-connect-provider"), Some(identity.provider.clone()));
    add(say!("tui-connect-region"), Some(region(connected)));
    add(say!("tui-connect-endpoint"), connected.endpoint_url.clone());
    add(say!("tui-connect-saved"), state.saved.clone());
    let label = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    let mut lines = vec![good(&say!("tui-connect-connected"), &say!("tui-connect-status"), label, theme)];
    lines.extend(rows.iter().skip(1).flat_map(|(name, value)| pair(name, label, value, cells, theme)));
    lines
}

fn region(connected: &Connected) -> String {
    let place = REGIONS.iter().find(|(code, _)| *code == connected.region).map(|(_, place)| *place);
    let named = match place {
        Some(place) if connected.endpoint_url.is_none() => format!("{} · {place}", connected.region),
        _ => connected.region.clone(),
    };
    if connected.region_is_assumed { say!("tui-connect-region-assumed", region = named) } else { named }
}

fn good(text: &str, label: &str, cells: usize, theme: &Theme) -> Line<'static> {
    Line::from(vec![
        Span::styled(pad(label, cells), theme.dim),
        Span::styled("✓ ", theme.good),
        Span::styled(text.to_owned(), theme.strong),
    ])
}

fn waiting(text: &str, theme: &Theme, now: Duration) -> Line<'static> {
    Line::from(vec![Span::styled(spinner(now), theme.accent), Span::raw(format!(" {text}"))])
}

fn looked_at(places: &[LookedAt], cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(say!("tui-connect-looked-at"), theme.strong)];
    let room = (cells / 2).max(20);
    let names = places.iter().map(|place| width(&place.place)).max().unwrap_or(0).min(room);
    for place in places {
        let (mark, style) = if place.found { ("● ", theme.text) } else { ("○ ", theme.dim) };
        lines.push(Line::from(vec![
            Span::styled(mark, style),
            Span::styled(pad(&place.place, names), style),
            Span::styled(format!("  {}", fit(&place.note, cells.saturating_sub(names + 4))), theme.dim),
        ]));
    }
    lines
}

fn mirror(state: &State, cells: usize, theme: &Theme, now: Duration) -> Vec<Line<'static>> {
    match &state.mirror {
        Asked::Waiting => {
            vec![waiting(&say!("tui-connect-mirror-asking", url = state.mirror_url.as_str()), theme, now)]
        }
        Asked::Got(()) => {
            let url = fit(&state.mirror_url, cells.saturating_sub(2));
            vec![Line::from(vec![
                Span::styled("✓ ", theme.good),
                Span::styled(say!("tui-connect-mirror-answers"), theme.strong),
                Span::styled(format!("  {url}"), theme.text),
            ])]
        }
        Asked::Failed(error) => trouble(error, cells, theme),
    }
}
