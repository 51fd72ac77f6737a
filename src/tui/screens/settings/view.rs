//! How the screen of settings looks: the list by groups, and what is to be said of the one under the cursor beside it or below.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use super::catch::{self, labelled};
use super::update::shown;
use super::{Editing, Row, State, Told, When, list, when};
use crate::config::{Key, Origin, Settings, Shape};
use crate::say;
use crate::tui::keys::{Action, Keymap};
use crate::tui::widgets::{Look, bar_of, fit, lines_at, pad, panel, scrollbar, spinner, trouble, width};
use crate::tui::{Step, Theme};
use crate::words::harmless;

/// From so many columns on the detail stands beside the list.
const WIDE: u16 = 100;
/// Rows of the detail below the list, with its frame.
const BELOW: u16 = 9;
/// Narrower than this the list says nothing of where a value comes from.
const WITH_ORIGIN: usize = 56;

/// Where the parts of the screen lie.
pub(super) struct Places {
    panel: Rect,
    /// The rows of the list.
    pub(super) list: Rect,
    /// Its scroll bar.
    pub(super) bar: Rect,
    detail: Rect,
}

impl Places {
    pub(super) fn of(area: Rect) -> Self {
        let [framed, detail] = if area.width >= WIDE {
            Layout::horizontal([Constraint::Percentage(58), Constraint::Fill(1)]).areas(area)
        } else {
            Layout::vertical([Constraint::Fill(1), Constraint::Length(BELOW.min(area.height / 2))])
                .areas(area)
        };
        let list = panel("", true, &Theme::plain()).inner(framed);
        Self { panel: framed, list, bar: bar_of(framed, list), detail }
    }
}

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let places = Places::of(area);
    panel(&Step::Settings.name(), state.editing.is_none(), theme).render(places.panel, buffer);
    match &state.settings {
        Some(settings) => rows(state, settings, &places, buffer, theme),
        None if state.told.is_none() => {
            let words = format!("{} {}", spinner(now), say!("settings-loading"));
            Line::styled(words, theme.dim).render(places.list, buffer);
        }
        None => {}
    }
    detail(state, places.detail, buffer, theme);
}

fn rows(state: &State, settings: &Settings, places: &Places, buffer: &mut Buffer, theme: &Theme) {
    let all = list();
    let shown = state.rows.shown(all.len(), usize::from(places.list.height));
    let names = Key::ALL.iter().map(|key| width(&key.title())).max().unwrap_or(0);
    let cells = usize::from(places.list.width);
    let keymap = catch::keymap(settings);
    let line = |at: usize| match all[at] {
        Row::Keys => Line::styled(fit(&say!("setting-group-keys"), cells), theme.accent),
        Row::Action(action) => key_row(state, action, &keymap, at == state.rows.line, cells, theme),
        Row::Head(group) => Line::styled(fit(&group.title(), cells), theme.accent),
        Row::Key(key) => row(key, settings, at == state.rows.line, names, cells, theme),
    };
    Paragraph::new(shown.clone().map(line).collect::<Vec<_>>()).render(places.list, buffer);
    scrollbar(places.bar, buffer, all.len(), &shown, theme);
}

fn row(
    key: Key,
    settings: &Settings,
    here: bool,
    names: usize,
    cells: usize,
    theme: &Theme,
) -> Line<'static> {
    let head = format!("{} {}  ", if here { "▸" } else { " " }, pad(&key.title(), names));
    let origin = if cells >= WITH_ORIGIN { origin_words(settings.origin(key)) } else { String::new() };
    let room = cells.saturating_sub(width(&head) + width(&origin) + 2);
    let value = pad(&value_words(key, settings), room);
    if here {
        return Line::styled(pad(&format!("{head}{value}  {origin}"), cells), theme.selected);
    }
    let is_set = *settings.origin(key) != Origin::Default;
    let style = if is_set { theme.strong } else { theme.text };
    Line::from(vec![
        Span::styled(head, theme.text),
        Span::styled(value, style),
        Span::styled(format!("  {origin}"), theme.dim),
    ])
}

/// An action with its keys; they are shown whole, its name may be cut.
fn key_row(
    state: &State,
    action: Action,
    keymap: &Keymap,
    here: bool,
    cells: usize,
    theme: &Theme,
) -> Line<'static> {
    let origin = state.origin_of(action);
    let waits = state.catching.is_some_and(|catching| catching.action == action);
    let keys = if waits { "…".to_owned() } else { labelled(keymap, action) };
    let name = (cells / 2).max(cells.saturating_sub(28)).min(44);
    let head = format!("{} {}  ", if here { "▸" } else { " " }, pad(&action.name(), name));
    let told = if cells >= WITH_ORIGIN { origin_words(&origin) } else { String::new() };
    let room = cells.saturating_sub(width(&head) + width(&told) + 2);
    let keys = pad(&keys, room);
    if here {
        return Line::styled(pad(&format!("{head}{keys}  {told}"), cells), theme.selected);
    }
    let style = if origin == Origin::Default { theme.key } else { theme.strong };
    Line::from(vec![
        Span::styled(head, theme.text),
        Span::styled(keys, style),
        Span::styled(format!("  {told}"), theme.dim),
    ])
}

/// What is to be said of an action's keys.
fn about_keys(
    state: &State,
    action: Action,
    settings: &Settings,
    cells: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let keymap = catch::keymap(settings);
    let mut texts = Vec::new();
    if state.catching.is_some() {
        texts.push((say!("settings-keys-press"), theme.strong));
    }
    let usual = labelled(&Keymap::default(), action);
    texts.push((say!("settings-keys-usual", keys = usual), theme.text));
    let others: Vec<String> = keymap.sharing(action).into_iter().map(Action::name).collect();
    if !others.is_empty() {
        texts.push((say!("settings-keys-shared", others = others.join(" · ")), theme.dim));
    }
    texts.push((origin_sentence(&state.origin_of(action)), theme.dim));
    let path = harmless(&settings.file.display().to_string());
    texts.push((say!("settings-in-file", path = path, key = format!("[keys] {}", action.id())), theme.dim));
    texts.into_iter().flat_map(|(text, style)| lines_at(&text, cells, 0, style)).collect()
}

fn value_words(key: Key, settings: &Settings) -> String {
    match (key.shape(), shown(settings, key)) {
        (Shape::Switch, Some(on)) if on == "true" => format!("✓ {}", say!("settings-on")),
        (Shape::Switch, _) => format!("· {}", say!("settings-off")),
        (Shape::Limit, Some(limit)) if limit == "off" => say!("settings-unlimited"),
        (_, Some(value)) => value,
        (_, None) => say!("settings-unset"),
    }
}

/// In a word or two, for the list.
fn origin_words(origin: &Origin) -> String {
    match origin {
        Origin::Default => say!("settings-from-default"),
        Origin::File { line, .. } => say!("settings-from-line", line = line.to_string()),
        Origin::Environment(name) | Origin::Flag(name) => (*name).to_owned(),
    }
}

fn detail(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let title = state.key().map(Key::title).or_else(|| state.action().map(Action::name)).unwrap_or_default();
    let block =
        panel(&fit(&title, usize::from(area.width.saturating_sub(6))), state.editing.is_some(), theme);
    let inner = block.inner(area);
    block.render(area, buffer);
    let cells = usize::from(inner.width);
    let mut lines = told(state, cells, theme);
    if let Some(editing) = &state.editing {
        field(editing, Rect { height: inner.height.min(1), ..inner }, buffer, theme);
        lines = vec![Line::default()];
        let wrong = state.wrong();
        lines.extend(wrong.iter().flat_map(|wrong| lines_at(&format!("✗ {wrong}"), cells, 0, theme.bad)));
    }
    if let Some((key, settings)) = state.key().zip(state.settings.as_ref()) {
        lines.extend(about(key, settings, cells, theme));
    }
    if let Some((action, settings)) = state.action().zip(state.settings.as_ref()) {
        lines.extend(about_keys(state, action, settings, cells, theme));
    }
    let field_rows = u16::from(state.editing.is_some());
    let rest = Rect {
        y: inner.y + field_rows.min(inner.height),
        height: inner.height.saturating_sub(field_rows),
        ..inner
    };
    Paragraph::new(lines.split_off(usize::from(field_rows).min(lines.len()))).render(rest, buffer);
}

fn field(editing: &Editing, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    editing.field.render(area, buffer, Look { focused: true, ..Look::default() }, theme);
}

fn told(state: &State, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    match &state.told {
        Some(Told::Done(words)) => lines_at(&format!("✓ {words}"), cells, 0, theme.good),
        Some(Told::Failed(error)) => trouble(error, cells, theme),
        None => Vec::new(),
    }
}

/// The most needed first: where there is little room the last lines are not seen.
fn about(key: Key, settings: &Settings, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let holds = match when(key) {
        When::Now => say!("settings-when-now"),
        When::Transfer => say!("settings-when-transfer"),
        When::Start => say!("settings-when-start"),
    };
    let place =
        say!("settings-in-file", path = harmless(&settings.file.display().to_string()), key = key.name());
    let texts = [
        (key.about(), theme.text),
        (origin_sentence(settings.origin(key)), origin_style(settings.origin(key), theme)),
        (holds, theme.dim),
        (place, theme.dim),
    ];
    texts.into_iter().flat_map(|(text, style)| lines_at(&text, cells, 0, style)).collect()
}

fn origin_sentence(origin: &Origin) -> String {
    match origin {
        Origin::Default => say!("settings-nowhere"),
        Origin::File { path, line } => {
            say!("settings-where", path = harmless(&path.display().to_string()), line = line.to_string())
        }
        Origin::Environment(name) | Origin::Flag(name) => {
            let by: &str = name;
            say!("settings-forced", by = by)
        }
    }
}

const fn origin_style(origin: &Origin, theme: &Theme) -> ratatui::style::Style {
    match origin {
        Origin::Environment(_) | Origin::Flag(_) => theme.warn,
        _ => theme.dim,
    }
}
