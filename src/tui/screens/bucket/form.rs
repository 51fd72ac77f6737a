//! The form for a new bucket: a name that is checked while it is typed, and a region.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::bucket::naming::{self, Rule};
use crate::bucket::{DEFAULT_BUCKET, REGIONS};
use crate::say;
use crate::tui::Theme;
use crate::tui::keys::Action;
use crate::tui::widgets::{Field, Hint, Look, lines_at, pad, width};

/// Bytes of a name that are taken: more than any bucket's, so that what is wrong with a long one is said.
const MOST: usize = 255;

/// Which part is edited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    Name,
    Region,
}

/// What a key in the form leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Stay,
    Changed,
    Close,
    Create,
    TakeFree,
}

/// What a click in the form hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// The name, before that byte of it.
    Name(usize),
    /// The region.
    Region,
    /// The arrow that turns to the region before.
    Before,
    /// The arrow that turns to the next region, or the region that has the cursor already.
    Next,
}

/// The name and the region of a new bucket.
#[derive(Debug, Default)]
pub struct Form {
    name: Field,
    region: String,
    at: At,
}

impl Form {
    /// Filled with `name`, or the guide's, and `region`.
    #[must_use]
    pub fn new(name: Option<&str>, region: &str) -> Self {
        let region = if region.is_empty() { REGIONS[0].0 } else { region };
        Self {
            name: Field::new(name.unwrap_or(DEFAULT_BUCKET)).at_most(MOST),
            region: region.to_owned(),
            at: At::Name,
        }
    }

    pub(super) fn name(&self) -> &str {
        self.name.value()
    }

    pub(super) fn region(&self) -> &str {
        &self.region
    }

    pub(super) fn set_name(&mut self, name: &str) {
        self.name.set(name);
        self.at = At::Name;
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.at = At::Name;
        self.name.paste(text);
    }

    /// The rules that the name breaks.
    pub(super) fn broken(&self) -> Vec<Rule> {
        naming::check(self.name()).err().unwrap_or_default()
    }

    pub(super) fn act(&mut self, action: Action) -> Answer {
        match action {
            Action::Back => Answer::Close,
            Action::Forward if self.broken().is_empty() => Answer::Create,
            Action::FreeName => Answer::TakeFree,
            Action::NextField | Action::PreviousField => {
                self.at = if self.at == At::Name { At::Region } else { At::Name };
                Answer::Stay
            }
            Action::Decrease if self.at == At::Region => self.turn(REGIONS.len() - 1),
            Action::Increase if self.at == At::Region => self.turn(1),
            _ => Answer::Stay,
        }
    }

    pub(super) fn key(&mut self, key: KeyEvent) -> Answer {
        if self.at == At::Name && self.name.key(key) { Answer::Changed } else { Answer::Stay }
    }

    /// What lies at `at`, where the form is drawn into `area` and has the cursor or not.
    pub(super) fn hit(&self, area: Rect, typing: bool, at: Position) -> Option<Hit> {
        let name = place(area, label_cells(&labels()));
        if !area.contains(at) || at.y > name.y + 1 {
            return None;
        }
        if at.y == name.y {
            let look = Look { focused: typing && self.at == At::Name, ..Look::default() };
            return Some(Hit::Name(self.name.hit(name, at, look).unwrap_or(0)));
        }
        Some(match at.x.checked_sub(name.x) {
            _ if !typing || self.at != At::Region => Hit::Region,
            Some(0..=1) => Hit::Before,
            _ => Hit::Next,
        })
    }

    /// What was hit is done.
    pub(super) fn point(&mut self, hit: Hit) -> Answer {
        self.at = if matches!(hit, Hit::Name(_)) { At::Name } else { At::Region };
        match hit {
            Hit::Name(at) => self.name.put(at),
            Hit::Region => {}
            Hit::Before => return self.turn(REGIONS.len() - 1),
            Hit::Next => return self.turn(1),
        }
        Answer::Stay
    }

    /// Whether letters go to the name.
    pub(super) fn is_at_name(&self) -> bool {
        self.at == At::Name
    }

    /// The region that many places on.
    fn turn(&mut self, by: usize) -> Answer {
        let at = REGIONS.iter().position(|(code, _)| *code == self.region).unwrap_or(0);
        REGIONS[(at + by) % REGIONS.len()].0.clone_into(&mut self.region);
        Answer::Changed
    }

    pub(super) fn keys(&self, has_free: bool) -> Vec<Hint> {
        let mut keys = Vec::new();
        if self.broken().is_empty() {
            keys.push(Hint::new(Action::Forward, say!("tui-bucket-key-create")));
        }
        if has_free {
            keys.push(Hint::new(Action::FreeName, say!("tui-bucket-key-free")));
        }
        keys.push(match self.at {
            At::Name => Hint::new(Action::NextField, say!("tui-bucket-key-region")),
            At::Region => Hint::pair(Action::Decrease, Action::Increase, say!("tui-bucket-key-turn")),
        });
        keys.push(Hint::new(Action::Back, say!("tui-key-back")));
        keys.push(
            Hint::pair(Action::PreviousField, Action::NextField, say!("tui-connect-form-field")).quiet(),
        );
        keys
    }

    /// Draws the two fields into the first rows of `area`; the lines that belong below them come back.
    pub(super) fn view(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        typing: bool,
        theme: &Theme,
    ) -> Vec<Line<'static>> {
        let labels = labels();
        let cells = label_cells(&labels);
        let on = |at| typing && self.at == at;
        for (row, (label, at)) in (0_u16..).zip(labels.iter().zip([At::Name, At::Region])) {
            let style = if on(at) { theme.accent } else { theme.dim };
            buffer.set_string(area.x, area.y + row, pad(label, cells), style);
        }
        let place = place(area, cells);
        self.name.render(place, buffer, Look { focused: on(At::Name), ..Look::default() }, theme);
        let style = if on(At::Region) { theme.selected } else { theme.text };
        buffer.set_stringn(
            place.x,
            place.y + 1,
            self.region_shown(on(At::Region)),
            usize::from(place.width),
            style,
        );
        self.verdict(usize::from(area.width), theme)
    }

    fn region_shown(&self, focused: bool) -> String {
        let place = REGIONS.iter().find(|(code, _)| *code == self.region).map(|(_, place)| *place);
        let text = place.map_or_else(|| self.region.clone(), |place| format!("{} · {place}", self.region));
        if focused { format!("◂ {text} ▸") } else { text }
    }

    fn verdict(&self, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        let broken = self.broken();
        if broken.is_empty() {
            return vec![Line::from(vec![
                Span::styled("✓ ", theme.good),
                Span::raw(say!("tui-bucket-name-good")),
            ])];
        }
        broken.iter().flat_map(|rule| lines_at(&format!("✗ {rule}"), cells, 0, theme.bad)).collect()
    }
}

fn labels() -> [String; 2] {
    [say!("tui-bucket-name"), say!("tui-bucket-region")]
}

fn label_cells(labels: &[String]) -> usize {
    labels.iter().map(|label| width(label)).max().unwrap_or(0) + 2
}

/// Where the name is typed, beside its label; the region stands a row below.
fn place(area: Rect, label: usize) -> Rect {
    let indent = u16::try_from(label).unwrap_or(0).min(area.width);
    Rect { x: area.x + indent, width: area.width - indent, height: area.height.min(1), ..area }
}
