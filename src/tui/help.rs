//! The help over the screen, made from the same table of keys as the footer: what can be done here, everywhere, and how to move.
//!
//! It scrolls where it does not fit, and its rows are buttons: a click does what the key does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::app::shown;
use super::keys::Action;
use super::screens::Screen;
use super::widgets::{Hint, bar_of, centred, pad, panel, scroll_at, scrollbar, width, wrap};
use super::{App, Mouse};
use crate::say;

/// What the mouse did to the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// It shows from that line on.
    Scrolled(usize),
    /// A row was clicked: what it tells of is done.
    Chosen(Action),
    /// It was clicked beside it.
    Closed,
}

/// Where the help lies, and its lines with what a click on them does.
struct Drawn {
    place: Rect,
    inner: Rect,
    rows: Vec<(Option<Action>, Line<'static>)>,
}

impl Drawn {
    fn of(app: &App, area: Rect) -> Self {
        let cells = usize::from(area.width.saturating_sub(4).min(76));
        let rows = rows(app, cells.saturating_sub(4));
        let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(2);
        let place = centred(area, u16::try_from(cells).unwrap_or(area.width), height);
        Self { place, inner: panel("", true, &app.theme).inner(place), rows }
    }

    fn most(&self) -> usize {
        self.rows.len().saturating_sub(usize::from(self.inner.height))
    }
}

/// Draws the help of the screen that is shown, from line `top` on.
pub fn view(app: &App, top: usize, area: Rect, buffer: &mut Buffer) {
    let drawn = Drawn::of(app, area);
    let top = top.min(drawn.most());
    let height = usize::from(drawn.inner.height);
    let len = drawn.rows.len();
    let lines: Vec<Line> = drawn.rows.into_iter().skip(top).take(height).map(|(_, line)| line).collect();
    let end = top + lines.len();
    let close = if len > height { say!("tui-help-scroll") } else { say!("tui-help-close") };
    let block = panel(&say!("tui-help-title", step = app.step.name()), true, &app.theme)
        .title_bottom(Line::styled(format!(" {close} "), app.theme.dim).right_aligned());
    Clear.render(drawn.place, buffer);
    Paragraph::new(lines).block(block).render(drawn.place, buffer);
    scrollbar(bar_of(drawn.place, drawn.inner), buffer, len, &(top..end), &app.theme);
}

/// From which line on the help shows after a motion; `None` where there is nothing to scroll, so that any key closes it.
#[must_use]
pub fn moved(app: &App, top: usize, action: Action, area: Rect) -> Option<usize> {
    let most = Drawn::of(app, area).most();
    let rows = action.rows().filter(|_| most > 0)?;
    Some(top.min(most).saturating_add_signed(rows).min(most))
}

/// What the mouse does to it.
#[must_use]
pub fn pressed(app: &App, top: usize, area: Rect, mouse: Mouse) -> Option<Pressed> {
    let drawn = Drawn::of(app, area);
    let bar = bar_of(drawn.place, drawn.inner);
    let top = top.min(drawn.most());
    if let Some(top) = scroll_at(drawn.inner, bar, drawn.rows.len(), top, mouse) {
        return Some(Pressed::Scrolled(top));
    }
    let (Mouse::Click(at) | Mouse::Again(at)) = mouse else { return None };
    if !drawn.place.contains(at) {
        return Some(Pressed::Closed);
    }
    let row = usize::from(at.y.checked_sub(drawn.inner.y)?);
    let (action, _) = drawn.rows.get(top + row).filter(|_| drawn.inner.contains(at))?;
    action.map(Pressed::Chosen)
}

/// A heading for each group, and under it a row for each key, in `cells` cells.
fn rows(app: &App, cells: usize) -> Vec<(Option<Action>, Line<'static>)> {
    let typing = shown!(app, screen => screen.is_typing());
    let label = |hint: &Hint| hint.label_while(&app.keymap, typing);
    // The frame tells of leaving itself.
    let own = app.screen_keys().into_iter().filter(|hint| !is_everywhere(hint)).collect();
    let mut groups: Vec<(String, Vec<Hint>)> = vec![
        (say!("tui-help-here"), own),
        (say!("tui-help-everywhere"), Action::FRAME.into_iter().map(everywhere).collect()),
        (say!("tui-help-moving"), moving()),
    ];
    groups.retain(|(_, hints)| !hints.is_empty());
    let widest = groups.iter().flat_map(|(_, hints)| hints).map(|hint| width(&label(hint))).max();
    let keys = widest.unwrap_or(0) + 2;
    let mut rows = Vec::new();
    for (name, hints) in groups {
        rows.push((None, Line::styled(name, app.theme.strong)));
        for hint in hints {
            let text = hint.help.clone().unwrap_or_else(|| hint.words());
            rows.extend(row(app, &label(&hint), &hint, &text, keys, cells));
        }
    }
    let notes = [typing.then(|| say!("tui-help-field")), Some(say!("tui-help-mouse"))];
    for note in notes.into_iter().flatten() {
        rows.extend(wrap(&note, cells).into_iter().map(|part| (None, Line::styled(part, app.theme.dim))));
    }
    rows
}

fn row(
    app: &App,
    label: &str,
    hint: &Hint,
    text: &str,
    keys: usize,
    cells: usize,
) -> Vec<(Option<Action>, Line<'static>)> {
    let parts = wrap(text, cells.saturating_sub(keys)).into_iter().enumerate();
    let line = |(index, part)| {
        let key = if index == 0 { label } else { "" };
        let spans = vec![Span::styled(pad(key, keys), app.theme.key), Span::styled(part, app.theme.text)];
        (hint.actions.last().copied(), Line::from(spans))
    };
    parts.map(line).collect()
}

fn is_everywhere(hint: &Hint) -> bool {
    hint.actions.iter().any(|action| Action::FRAME.contains(action))
}

fn everywhere(action: Action) -> Hint {
    let hint = Hint::new(action, "");
    match action {
        Action::Help => hint.help(say!("tui-help-help")),
        Action::Quit => hint.help(say!("tui-help-quit")),
        _ => hint,
    }
}

fn moving() -> Vec<Hint> {
    vec![
        Hint::pair(Action::Up, Action::Down, say!("tui-help-lines")),
        Hint::pair(Action::PageUp, Action::PageDown, say!("tui-help-pages")),
        Hint::pair(Action::First, Action::Last, say!("tui-help-ends")),
    ]
}
