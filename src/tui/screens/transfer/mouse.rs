//! What the mouse hits: archives, the chart, the limits, the log, the choices of a dialog.

use ratatui::layout::{Position, Rect};

use super::areas::{Areas, Drawn};
use super::{State, detail};
use crate::tui::keys::Action;
use crate::tui::widgets::{bar_of, panel, scroll_at, scrollbar_at};
use crate::tui::{Effect, Mouse, Theme};

/// What was hit, and what with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// The cursor goes to an archive.
    Archive(usize),
    /// An archive is opened, or closed.
    Open(usize),
    /// The chart's other span.
    Chart,
    /// The wheel turned over the archives, by lines.
    Archives(isize),
    /// The same over what is known of one of them.
    Detail(isize),
    /// It is shown from that line on.
    DetailTo(usize),
    /// The same over the log.
    Log(isize),
    /// So many of its lines are out of sight at its end.
    LogTo(usize),
    /// One of the ways to renew credentials; the second one of two clicks takes it.
    Choice(usize, bool),
}

pub(super) fn hit(state: &State, area: Rect, mouse: Mouse) -> Option<Hit> {
    let at = mouse.at();
    if let Some(renew) = &state.renew {
        let choice = renew.hit(area, at)?;
        return match mouse {
            Mouse::Click(_) => Some(Hit::Choice(choice, false)),
            Mouse::Again(_) => Some(Hit::Choice(choice, true)),
            _ => None,
        };
    }
    let areas = Areas::of(state, area);
    if let Some(taken) = bar(state, &areas, mouse) {
        return Some(taken);
    }
    match mouse {
        Mouse::Wheel(_, lines) => wheel(state, &areas, at, lines),
        Mouse::Click(_) if areas.chart.contains(at) => Some(Hit::Chart),
        Mouse::Click(_) => archive(state, &areas, at).map(Hit::Archive),
        Mouse::Again(_) => archive(state, &areas, at).map(Hit::Open),
        Mouse::Drag(_) => None,
    }
}

/// What a press on a scroll bar means, or dragging it.
fn bar(state: &State, areas: &Areas, mouse: Mouse) -> Option<Hit> {
    let at = match mouse {
        Mouse::Click(at) | Mouse::Again(at) | Mouse::Drag(at) => at,
        Mouse::Wheel(..) => return None,
    };
    let is_drag = matches!(mouse, Mouse::Drag(_));
    let hits = |bar: Rect| if is_drag { at.x == bar.x } else { bar.contains(at) };
    let inner = |area: Rect| panel("", false, &Theme::plain()).inner(area);
    // A drag keeps its column only: where two bars share one, the pane below the mouse is meant.
    if state.log.open && at.y >= areas.log.y {
        let (bar, height) = (bar_of(areas.log, inner(areas.log)), usize::from(inner(areas.log).height));
        let len = state.log.len();
        let shown = len.saturating_sub(height)..len;
        let first = hits(bar).then(|| scrollbar_at(bar, len, &shown, at)).flatten()?;
        return Some(Hit::LogTo(shown.start.saturating_sub(first)));
    }
    if state.opened {
        let line = state.cursor?;
        let lines = detail::lines(state, (line, state.rows.get(line)?), areas.detail, &Theme::plain());
        let (inner, bar) = (inner(areas.detail), bar_of(areas.detail, inner(areas.detail)));
        return hits(bar)
            .then(|| scroll_at(inner, bar, lines.len(), state.scroll, mouse))
            .flatten()
            .map(Hit::DetailTo);
    }
    let bar = Rect { x: areas.archives.right(), width: 1, ..areas.archives };
    let drawn = Drawn::of(state, areas.archives, &Theme::plain());
    let first = hits(bar).then(|| scrollbar_at(bar, drawn.lines.len(), &drawn.shown, at)).flatten()?;
    // The list follows its cursor: the archive in the same part of all is taken.
    let hidden = drawn.lines.len().saturating_sub(drawn.shown.len()).max(1);
    drawn.row_of(first * drawn.lines.len().saturating_sub(1) / hidden).map(Hit::Archive)
}

fn wheel(state: &State, areas: &Areas, at: Position, lines: isize) -> Option<Hit> {
    if state.log.open && areas.log.contains(at) {
        return Some(Hit::Log(lines));
    }
    if state.opened && areas.detail.contains(at) {
        return Some(Hit::Detail(lines));
    }
    areas.panel.contains(at).then_some(Hit::Archives(lines.signum()))
}

fn archive(state: &State, areas: &Areas, at: Position) -> Option<usize> {
    let covered = state.opened && areas.detail.contains(at);
    if covered || !areas.archives.contains(at) {
        return None;
    }
    // Where rows lie does not depend on their styles.
    let drawn = Drawn::of(state, areas.archives, &Theme::plain());
    drawn.row_at(usize::from(at.y - areas.archives.y))
}

impl State {
    /// Does what a hit means.
    pub(super) fn hit(&mut self, hit: Hit) -> Vec<Effect> {
        match hit {
            Hit::Archive(line) => {
                let is_new = self.cursor != Some(line);
                (self.cursor, self.scroll) = (Some(line), 0);
                if self.opened && is_new {
                    return self.watch();
                }
            }
            Hit::Open(line) => {
                self.cursor = Some(line);
                return self.forward();
            }
            Hit::Chart => self.span = self.span.other(),
            Hit::Archives(rows) => {
                self.move_by(rows);
                self.scroll = 0;
                if self.opened {
                    return self.watch();
                }
            }
            Hit::Detail(lines) => self.scroll = self.scroll.saturating_add_signed(lines),
            Hit::DetailTo(line) => self.scroll = line,
            Hit::Log(lines) => self.log.scroll(lines),
            Hit::LogTo(back) => self.log.back = back,
            Hit::Choice(choice, takes) => {
                self.renew.iter_mut().for_each(|renew| renew.put_at(choice));
                if takes {
                    return self.do_action(Action::Forward);
                }
            }
        }
        Vec::new()
    }
}
