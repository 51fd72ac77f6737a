//! What lies where on the end screen: one column that scrolls, or two where there is room. View and mouse ask here.

use std::ops::Range;

use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::Line;

use super::State;
use super::sections::Section;
use crate::say;
use crate::tui::Theme;
use crate::tui::widgets::{bar_of, panel};

/// From this width on there are two columns.
const TWO: u16 = 110;

/// A text in its frame.
pub(super) struct Pane {
    pub(super) title: String,
    pub(super) has_focus: bool,
    pub(super) area: Rect,
    pub(super) lines: Vec<Line<'static>>,
    /// From which line on it is shown.
    pub(super) scroll: usize,
    /// Whether it is the one that keys scroll.
    pub(super) is_scrolled: bool,
    /// The lines of each command in it.
    commands: Vec<Range<usize>>,
}

impl Pane {
    fn of(section: Section, area: Rect) -> Self {
        let Section { title, lines, commands } = section;
        Self { title, has_focus: false, area, lines, scroll: 0, is_scrolled: false, commands }
    }

    /// The one that keys scroll; what is picked in it is in sight.
    fn scrolled(self, state: &State) -> Self {
        let scroll = state.scroll;
        Self { has_focus: true, is_scrolled: true, scroll, ..self }.showing(state)
    }

    fn showing(mut self, state: &State) -> Self {
        let height = usize::from(self.inner().height);
        let picked = state.picked.checked_sub(1).and_then(|index| self.commands.get(index));
        if let Some(picked) = picked.filter(|_| state.follows) {
            self.scroll = self.scroll.max(picked.end.saturating_sub(height)).min(picked.start);
        }
        self.scroll = self.scroll.min(self.lines.len().saturating_sub(height));
        self
    }

    /// Where its lines stand.
    pub(super) fn inner(&self) -> Rect {
        panel("", false, &Theme::plain()).inner(self.area)
    }

    /// Where its scroll bar stands.
    pub(super) fn bar(&self) -> Rect {
        bar_of(self.area, self.inner())
    }

    /// Which command stands at `at`, from 0.
    pub(super) fn command_at(&self, at: Position) -> Option<usize> {
        let inner = self.inner();
        let line = self.scroll + usize::from(at.y.checked_sub(inner.y)?);
        let hit = self.commands.iter().position(|lines| lines.contains(&line));
        hit.filter(|_| inner.contains(at))
    }
}

/// All that is shown in `area`.
pub(super) fn panes(state: &State, area: Rect, theme: &Theme) -> Vec<Pane> {
    if area.width < TWO {
        return vec![column(state, area, theme)];
    }
    let [left, right] = Layout::horizontal([Constraint::Percentage(50), Constraint::Fill(1)]).areas(area);
    let cells = usize::from(left.width.min(right.width).saturating_sub(4));
    let [result, cost, next, tree] = state.sections(cells, theme);
    let high = |section: &Section| u16::try_from(section.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let [above, below] = Layout::vertical([Constraint::Max(high(&result)), Constraint::Min(6)]).areas(left);
    let [top, bottom] = Layout::vertical([Constraint::Length(high(&cost)), Constraint::Fill(1)]).areas(right);
    vec![
        Pane::of(result, above).scrolled(state),
        Pane::of(tree, below),
        Pane::of(cost, top),
        Pane::of(next, bottom).showing(state),
    ]
}

/// Everything below one another, with headings.
fn column(state: &State, area: Rect, theme: &Theme) -> Pane {
    let cells = usize::from(area.width.saturating_sub(4));
    Pane::of(state.all(cells, theme), area).scrolled(state)
}

impl State {
    /// All sections as one.
    pub(super) fn all(&self, cells: usize, theme: &Theme) -> Section {
        let [result, rest @ ..] = self.sections(cells, theme);
        let mut all = Section { title: say!("done-title"), ..result };
        for section in rest {
            all.lines.push(Line::default());
            all.lines.push(Line::styled(section.title, theme.accent));
            let above = all.lines.len();
            all.commands
                .extend(section.commands.into_iter().map(|lines| lines.start + above..lines.end + above));
            all.lines.extend(section.lines);
        }
        all
    }
}
