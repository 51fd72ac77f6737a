//! Credentials that ran out while bytes move: the same source once more, another profile, or keys that are typed. Here lives what is asked and
//! drawn; who tries them is the runtime.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Widget};
use secrecy::SecretString;

use crate::bucket::Keys;
use crate::error::Error;
use crate::tui::effect::Renewal;
use crate::tui::keys::Action;
use crate::tui::widgets::{Field, Hint, Look, centred, fit, lines_at, pad, panel, width};
use crate::tui::{Effect, Theme};
use crate::{say, words};

/// The last of the fields of a key: id, secret, session token.
const LAST: usize = 2;
/// Profiles are not longer than this, where they are shown.
const CELLS: u16 = 66;
/// Profiles that are shown at once.
const SHOWN: usize = 6;

/// What is asked.
#[derive(Debug, Default)]
pub(super) struct Renew {
    profiles: Vec<String>,
    cursor: usize,
    /// The keys that are typed, where that was chosen.
    fields: Option<[Field; 3]>,
    at: usize,
    peek: bool,
    pub(super) is_trying: bool,
    pub(super) error: Option<Error>,
}

impl Renew {
    pub(super) fn has_profiles(&mut self, profiles: Vec<String>) {
        self.profiles = profiles;
    }

    pub(super) const fn is_typing(&self) -> bool {
        self.fields.is_some()
    }

    /// The choices: the same source, each profile, typed keys.
    fn choices(&self) -> Vec<String> {
        let profile = |name: &String| say!("renew-profile", name = words::harmless(name));
        let profiles = self.profiles.iter().map(profile);
        [say!("renew-same")].into_iter().chain(profiles).chain([say!("renew-keys")]).collect()
    }

    /// Whether it is to be closed, and what is to be done.
    pub(super) fn act(&mut self, action: Action) -> (bool, Vec<Effect>) {
        let stay = (false, Vec::new());
        match action {
            Action::Back if self.fields.take().is_none() => return (true, Vec::new()),
            Action::Back => {}
            _ if self.is_trying => {}
            Action::Forward if self.fields.is_some() => return (false, self.enter()),
            Action::Forward => return (false, self.choose()),
            Action::Peek => self.peek = !self.peek,
            Action::NextField => self.at = (self.at + 1) % (LAST + 1),
            Action::PreviousField => self.at = (self.at + LAST) % (LAST + 1),
            motion => {
                let last = self.choices().len() - 1;
                let rows = motion.rows().unwrap_or(0);
                self.cursor = self.cursor.saturating_add_signed(rows).min(last);
            }
        }
        stay
    }

    pub(super) fn key(&mut self, key: KeyEvent) {
        if let Some(fields) = self.fields.as_mut().filter(|_| !self.is_trying)
            && fields[self.at].key(key)
        {
            self.error = None;
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Some(fields) = self.fields.as_mut().filter(|_| !self.is_trying) {
            self.error = None;
            fields[self.at].paste(text);
        }
    }

    fn choose(&mut self) -> Vec<Effect> {
        self.error = None;
        let renewal = match self.cursor.checked_sub(1).map(|index| self.profiles.get(index).cloned()) {
            None => Renewal::Same,
            Some(Some(profile)) => Renewal::Profile(profile),
            Some(None) => {
                self.fields = Some([Field::default(), Field::masked(), Field::masked()]);
                self.at = 0;
                return Vec::new();
            }
        };
        self.is_trying = true;
        vec![Effect::Renew(renewal)]
    }

    /// On to the next field that must be filled; tries them when none is left.
    fn enter(&mut self) -> Vec<Effect> {
        let Some(fields) = &self.fields else { return Vec::new() };
        if let Some(empty) = (0..LAST).find(|at| fields[*at].value().trim().is_empty()) {
            self.at = empty;
            return Vec::new();
        }
        if self.at < LAST {
            self.at += 1;
            return Vec::new();
        }
        let value = |at: usize| fields[at].value().trim().to_owned();
        let token = Some(value(2)).filter(|token| !token.is_empty());
        let keys = Keys {
            access_key_id: value(0),
            secret_access_key: SecretString::from(value(1)),
            session_token: token.map(SecretString::from),
        };
        (self.is_trying, self.error) = (true, None);
        vec![Effect::Renew(Renewal::Keys(keys))]
    }

    pub(super) fn hints(&self) -> Vec<Hint> {
        if self.is_trying {
            return vec![Hint::new(Action::Back, say!("renew-key-close"))];
        }
        let mut hints = vec![Hint::new(Action::Forward, say!("renew-key-try"))];
        if self.fields.is_some() {
            hints.push(Hint::pair(Action::NextField, Action::PreviousField, say!("renew-key-field")));
            hints.push(Hint::new(Action::Peek, say!("renew-key-peek")));
        } else {
            hints.push(Hint::pair(Action::Up, Action::Down, say!("renew-key-choose")));
        }
        hints.push(Hint::new(Action::Back, say!("renew-key-close")));
        hints
    }

    /// The choice that stands at `at`.
    pub(super) fn hit(&self, area: Rect, at: Position) -> Option<usize> {
        let (place, first) = self.place(area);
        let row = usize::from(at.y.checked_sub(place.y + first)?);
        let inside = at.x > place.x && at.x + 1 < place.right();
        (self.fields.is_none() && inside && row < self.shown().len()).then(|| self.shown().start + row)
    }

    pub(super) fn put_at(&mut self, choice: usize) {
        self.cursor = choice.min(self.choices().len() - 1);
    }

    fn shown(&self) -> std::ops::Range<usize> {
        crate::tui::widgets::window(self.choices().len(), self.cursor, SHOWN)
    }

    /// Where it lies in `area`, and in which of its rows the choices begin.
    fn place(&self, area: Rect) -> (Rect, u16) {
        let wide = area.width.saturating_sub(2).min(CELLS);
        let cells = usize::from(wide.saturating_sub(4));
        let above =
            u16::try_from(lines_at(&say!("renew-text"), cells, 0, ratatui::style::Style::new()).len());
        let above = above.unwrap_or(1) + 1;
        let body = u16::try_from(if self.fields.is_some() { LAST + 1 } else { self.shown().len() });
        let height = above + body.unwrap_or(1) + 4 + 2;
        (centred(area, wide, height), above + 1)
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) {
        let (place, first) = self.place(area);
        Clear.render(place, buffer);
        let block = panel(&say!("renew-title"), true, theme);
        let inner = block.inner(place);
        block.render(place, buffer);
        let cells = usize::from(inner.width);
        Paragraph::new(lines_at(&say!("renew-text"), cells, 0, theme.text)).render(inner, buffer);
        let body =
            Rect { y: place.y + first, height: inner.bottom().saturating_sub(place.y + first), ..inner };
        let used = match &self.fields {
            Some(fields) => self.form(fields, body, buffer, theme),
            None => self.list(body, buffer, theme),
        };
        let below = Rect { y: body.y + used, height: body.height.saturating_sub(used), ..body };
        Paragraph::new(self.state(cells, theme)).render(below, buffer);
    }

    fn list(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) -> u16 {
        let (choices, shown) = (self.choices(), self.shown());
        let mut used = 0;
        for (row, choice) in (0..area.height).zip(shown) {
            let text = pad(&fit(&choices[choice], usize::from(area.width)), usize::from(area.width));
            let style = if choice == self.cursor { theme.selected } else { theme.text };
            buffer.set_string(area.x, area.y + row, text, style);
            used = row + 1;
        }
        used
    }

    fn form(&self, fields: &[Field; 3], area: Rect, buffer: &mut Buffer, theme: &Theme) -> u16 {
        let labels = [say!("renew-key-id"), say!("renew-secret"), say!("renew-token")];
        let wide = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 2;
        let optional = say!("renew-optional");
        let mut used = 0;
        for (row, (label, field)) in (0..area.height).zip(labels.iter().zip(fields)) {
            let at = usize::from(row);
            buffer.set_string(area.x, area.y + row, pad(label, wide), theme.dim);
            let left = u16::try_from(wide).unwrap_or(area.width).min(area.width);
            let place = Rect { x: area.x + left, y: area.y + row, width: area.width - left, height: 1 };
            let placeholder = if at == LAST { optional.as_str() } else { "" };
            let look = Look { focused: at == self.at && !self.is_trying, peek: self.peek, placeholder };
            field.render(place, buffer, look, theme);
            used = row + 1;
        }
        used
    }

    /// What became of the last try.
    fn state(&self, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        let mut lines = vec![Line::default()];
        if self.is_trying {
            lines.push(Line::from(Span::styled(say!("renew-trying"), theme.accent)));
        } else if let Some(error) = &self.error {
            lines.extend(lines_at(&words::harmless(&error.to_string()), cells, 0, theme.bad));
        }
        lines
    }
}
