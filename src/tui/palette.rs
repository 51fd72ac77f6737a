//! The palette: every action by its name. Those that work now come first and are done by Enter or a click; the others say that they
//! belong elsewhere, and where.

mod belongs;

use crossterm::event::KeyEvent;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::keys::Action;
use super::widgets::{Field, Look, Pressed, Rows, bar_of, centred, fit, pad, panel, scrollbar, width};
use super::{App, Mouse};
use crate::say;

/// What is typed and where the cursor is.
#[derive(Debug, Clone, Default)]
pub struct State {
    field: Field,
    rows: Rows,
}

/// What a key or the mouse did to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Something else is typed or under the cursor.
    Stay,
    /// It is left.
    Closed,
    /// This is to be done.
    Chosen(Action),
}

/// One line: an action, its name, its keys, and whether it works now.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    action: Action,
    name: String,
    keys: String,
    works: bool,
}

/// Where the parts lie.
struct Places {
    place: Rect,
    field: Rect,
    list: Rect,
}

impl Places {
    fn of(area: Rect) -> Self {
        let wide = area.width.saturating_sub(6).min(72);
        let place = centred(area, wide, area.height.saturating_sub(2).min(20));
        let inner = Rect {
            x: place.x + 2,
            y: place.y + 1,
            width: wide.saturating_sub(4),
            height: place.height.saturating_sub(2),
        };
        let [field, _, list] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)])
                .areas(inner);
        Self { place, field, list }
    }
}

impl State {
    /// Something is typed.
    pub fn key(&mut self, key: KeyEvent) {
        if self.field.key(key) {
            self.rows = Rows::default();
        }
    }

    /// Something is pasted.
    pub fn paste(&mut self, text: &str) {
        self.field.paste(text);
        self.rows = Rows::default();
    }

    /// What an action of a key does: moves the cursor, chooses, leaves.
    pub fn act(&mut self, app: &App, action: Action) -> Answer {
        let found = self.found(app);
        match action {
            Action::Back => Answer::Closed,
            Action::Forward => self.chosen(&found),
            motion => {
                if let Some(rows) = motion.rows() {
                    self.rows = self.rows.moved(rows, found.len());
                }
                Answer::Stay
            }
        }
    }

    /// What the mouse does.
    pub fn mouse(&mut self, app: &App, area: Rect, mouse: Mouse) -> Answer {
        let places = Places::of(area);
        let found = self.found(app);
        if matches!(mouse, Mouse::Click(at) if !places.place.contains(at)) {
            return Answer::Closed;
        }
        let is_click = matches!(mouse, Mouse::Click(_));
        if let Some(at) = self.field.hit(places.field, mouse.at(), look()).filter(|_| is_click) {
            self.field.put(at);
            return Answer::Stay;
        }
        let is_click = matches!(mouse, Mouse::Click(at) if places.list.contains(at));
        match self.rows.mouse(places.list, bar_of(places.place, places.list), found.len(), mouse) {
            Some(Pressed::Moved(rows)) => self.rows = rows,
            Some(Pressed::Chosen(rows)) => {
                self.rows = rows;
                return self.chosen(&found);
            }
            None => return Answer::Stay,
        }
        if is_click { self.chosen(&found) } else { Answer::Stay }
    }

    fn chosen(&self, found: &[Found]) -> Answer {
        match found.get(self.rows.line) {
            Some(found) if found.works => Answer::Chosen(found.action),
            _ => Answer::Stay,
        }
    }

    /// Every action that what is typed fits on: those that work now before the others, the best first.
    fn found(&self, app: &App) -> Vec<Found> {
        let working = app.working();
        let pattern = Pattern::parse(self.field.value(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut found: Vec<(u32, Found)> = Vec::new();
        for action in Action::ALL {
            let name = action.name();
            let Some(score) = score(&pattern, &mut matcher, &[&name, action.id()], self.field.value()) else {
                continue;
            };
            let keys: Vec<String> = app.keymap.chords(*action).iter().map(|chord| chord.label()).collect();
            let works = working.contains(action);
            found.push((score, Found { action: *action, name, keys: keys.join(" "), works }));
        }
        // Stable: what fits as well stays in the order of the table.
        found.sort_by_key(|(score, found)| (!found.works, std::cmp::Reverse(*score)));
        found.into_iter().map(|(_, found)| found).collect()
    }

    /// Draws it over the middle of `area`.
    pub fn view(&self, app: &App, area: Rect, buffer: &mut Buffer) {
        let theme = &app.theme;
        let Places { place, field, list } = Places::of(area);
        let found = self.found(app);
        Clear.render(place, buffer);
        panel(&say!("tui-palette-title"), true, theme)
            .title_bottom(Line::styled(format!(" {} ", say!("tui-palette-keys")), theme.dim).right_aligned())
            .render(place, buffer);
        self.field.render(field, buffer, look(), theme);
        if found.is_empty() {
            Paragraph::new(Line::styled(say!("tui-palette-nothing"), theme.dim)).render(list, buffer);
            return;
        }
        let shown = self.rows.shown(found.len(), usize::from(list.height));
        let row = |index: usize| self.row(app, index, &found[index], usize::from(list.width));
        Paragraph::new(shown.clone().map(row).collect::<Vec<_>>()).render(list, buffer);
        scrollbar(bar_of(place, list), buffer, found.len(), &shown, theme);
    }

    fn row(&self, app: &App, index: usize, found: &Found, cells: usize) -> Line<'static> {
        let theme = &app.theme;
        let here = index == self.rows.line;
        let note = if found.works { found.keys.clone() } else { belongs::note(found.action, app.step) };
        let room = cells.saturating_sub(width(&note) + 3);
        let head = format!("{} {} ", if here { "▸" } else { " " }, pad(&fit(&found.name, room), room));
        match (here, found.works) {
            (true, _) => Line::styled(format!("{head}{note}"), theme.selected),
            (false, true) => Line::from(vec![Span::styled(head, theme.text), Span::styled(note, theme.key)]),
            (false, false) => Line::styled(format!("{head}{note}"), theme.dim),
        }
    }
}

const fn look() -> Look<'static> {
    Look { focused: true, peek: false, placeholder: "" }
}

/// What a name that begins as what is typed is worth more than any other fit.
const BEGINS: u32 = 10_000;

/// How well any of `names` fits; `q` alone is the way out that fingers know.
fn score(pattern: &Pattern, matcher: &mut Matcher, names: &[&str], typed: &str) -> Option<u32> {
    let mut letters = Vec::new();
    let best =
        names.iter().filter_map(|name| pattern.score(Utf32Str::new(name, &mut letters), matcher)).max()?;
    let typed_low = typed.trim().to_lowercase();
    let begins = names.iter().any(|name| name.to_lowercase().starts_with(&typed_low));
    let best = best + if begins { BEGINS } else { 0 };
    let is_exact = names.iter().any(|name| name.eq_ignore_ascii_case(typed.trim()));
    let is_quit = typed.trim() == "q" && names.contains(&Action::Quit.id());
    Some(if is_exact || is_quit { u32::MAX } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_begins_as_what_is_typed_comes_before_one_that_has_it_inside() {
        let fit = |name: &str| {
            let pattern = Pattern::parse("Lo", CaseMatching::Ignore, Normalization::Smart);
            score(&pattern, &mut Matcher::new(Config::DEFAULT), &[name], "Lo")
        };
        assert!(fit("Look inside") > fit("Choose, or no longer"));
        assert!(fit("Choose, or no longer") > fit("Up"));
    }
}
