//! The form for an access key: typed, tried, and only then written to the AWS files.

use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Widget};
use secrecy::SecretString;

use crate::bucket::credentials::{profile_wrong, value_wrong};
use crate::bucket::{DEFAULT_REGION, Keys, REGIONS};
use crate::error::Error;
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::{Field, Hint, Look, centred, lines_at, pad, panel, spinner, trouble, width};
use crate::tui::{Effect, Theme};
use crate::words::harmless;

const KEY: usize = 0;
const SECRET: usize = 1;
const TOKEN: usize = 2;
const REGION: usize = 3;
const PROFILE: usize = 4;
const COUNT: usize = 5;

/// What a key in the form leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Stay,
    Close,
    Try,
}

/// The typed keys.
#[derive(Debug, Default)]
pub struct Form {
    fields: [Field; COUNT],
    at: usize,
    peek: bool,
    trying: bool,
    error: Option<Error>,
}

impl Form {
    /// An empty form; region and profile are filled with what is known.
    #[must_use]
    pub fn new(region: Option<&str>, profile: Option<&str>) -> Self {
        let mut form = Self::default();
        form.fields[SECRET] = Field::masked();
        form.fields[TOKEN] = Field::masked();
        form.fields[REGION] = Field::new(region.unwrap_or(DEFAULT_REGION));
        form.fields[PROFILE] = Field::new(profile.unwrap_or("default"));
        form
    }

    pub(super) fn profile(&self) -> &str {
        self.fields[PROFILE].value()
    }

    pub(super) fn region(&self) -> &str {
        self.fields[REGION].value()
    }

    pub(super) const fn is_trying(&self) -> bool {
        self.trying
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.error = None;
        self.fields[self.at].paste(text);
    }

    /// The secrets are not kept longer than they are needed.
    pub(super) fn is_saved(&mut self) {
        self.trying = false;
        self.fields[SECRET] = Field::masked();
        self.fields[TOKEN] = Field::masked();
        self.at = KEY;
    }

    pub(super) fn is_refused(&mut self, error: Error) {
        self.trying = false;
        self.error = Some(error);
    }

    pub(super) fn act(&mut self, action: Action) -> Answer {
        match action {
            Action::Back => return Answer::Close,
            _ if self.trying => {}
            Action::Peek => self.peek = !self.peek,
            Action::NextField => self.at = (self.at + 1) % COUNT,
            Action::PreviousField => self.at = (self.at + COUNT - 1) % COUNT,
            Action::Forward => return self.enter(),
            _ => {}
        }
        Answer::Stay
    }

    pub(super) fn key(&mut self, key: KeyEvent) {
        if !self.trying && self.fields[self.at].key(key) {
            self.error = None;
        }
    }

    /// On to the next field that must be filled or mended; tries when none is left.
    fn enter(&mut self) -> Answer {
        let needed = [KEY, SECRET, PROFILE];
        let is_open = |at: &usize| {
            let is_empty = self.fields[*at].value().is_empty() && needed.contains(at);
            is_empty || self.wrong(*at).is_some()
        };
        if let Some(open) = (0..COUNT).find(is_open) {
            self.at = open;
            return Answer::Stay;
        }
        if self.at < PROFILE {
            self.at += 1;
            return Answer::Stay;
        }
        self.trying = true;
        self.error = None;
        Answer::Try
    }

    /// What is wrong with what stands in a field; nothing while it has yet to be filled.
    fn wrong(&self, at: usize) -> Option<String> {
        let value = self.fields[at].value();
        let field = match at {
            PROFILE => return profile_wrong(value),
            _ if value.is_empty() => return None,
            KEY => say!("bucket-field-key"),
            SECRET => say!("bucket-field-secret"),
            TOKEN => say!("bucket-field-token"),
            _ => say!("bucket-field-region"),
        };
        value_wrong(&field, value)
    }

    /// Whether the region is none of AWS's that are known here; a store that is not AWS has names of its own.
    fn is_far(&self) -> bool {
        let region = self.region();
        self.at == REGION && !region.is_empty() && REGIONS.iter().all(|(code, _)| *code != region)
    }

    /// Which field lies at `at`, and before which byte of it the cursor would stand, where the form is drawn over `area`.
    pub(super) fn hit(&self, area: Rect, at: Position) -> Option<(usize, usize)> {
        let inner = self.inner(area, &Theme::plain(), Duration::ZERO);
        let taken = u16::try_from(label_cells() + 2).unwrap_or(u16::MAX).min(inner.width);
        let field = usize::from(at.y.checked_sub(inner.y)?);
        let text = self.fields.get(field).filter(|_| inner.contains(at))?;
        let place = Rect { x: inner.x + taken, y: at.y, width: inner.width - taken, height: 1 };
        let look = Look { focused: field == self.at, peek: self.peek, placeholder: "" };
        Some((field, text.hit(place, at, look).unwrap_or(text.value().len())))
    }

    /// The cursor goes there.
    pub(super) fn point(&mut self, field: usize, at: usize) {
        if !self.trying && field < COUNT {
            self.at = field;
            self.fields[field].put(at);
        }
    }

    /// Where the fields and what belongs below them lie.
    fn inner(&self, area: Rect, theme: &Theme, now: Duration) -> Rect {
        panel("", true, theme).inner(self.place(area, theme, now))
    }

    fn place(&self, area: Rect, theme: &Theme, now: Duration) -> Rect {
        let wide = area.width.min(70);
        let below = self.below(usize::from(wide.saturating_sub(4)), theme, now);
        centred(area, wide, u16::try_from(below.len()).unwrap_or(0).saturating_add(8))
    }

    pub(super) fn effect(&self) -> Option<Effect> {
        let [key, secret, token, region, profile] = &self.fields;
        let token = Some(token.value()).filter(|token| !token.is_empty());
        self.trying.then(|| Effect::SaveCredentials {
            profile: profile.value().to_owned(),
            keys: Keys {
                access_key_id: key.value().to_owned(),
                secret_access_key: SecretString::from(secret.value()),
                session_token: token.map(SecretString::from),
            },
            region: region.value().to_owned(),
        })
    }

    pub(super) fn keys(&self) -> Vec<Hint> {
        let last = self.at == PROFILE;
        let enter = if last { say!("tui-connect-form-try") } else { say!("tui-connect-form-next") };
        vec![
            Hint::new(Action::Forward, enter),
            Hint::new(Action::NextField, say!("tui-connect-form-field")),
            Hint::new(
                Action::Peek,
                if self.peek { say!("tui-connect-form-hide") } else { say!("tui-connect-form-peek") },
            ),
            Hint::new(Action::Back, say!("tui-key-close")),
            Hint::new(Action::PreviousField, "").quiet(),
        ]
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        let wide = area.width.min(70);
        let below = self.below(usize::from(wide.saturating_sub(4)), theme, now);
        let place = self.place(area, theme, now);
        let block = panel(&say!("tui-connect-form-title"), true, theme);
        let inner = block.inner(place);
        Clear.render(place, buffer);
        block.render(place, buffer);
        let labels = labels();
        let cells = label_cells();
        for (index, label) in labels.iter().enumerate() {
            let Ok(row) = u16::try_from(index) else { break };
            self.row(index, label, cells, Rect { y: inner.y + row, height: 1, ..inner }, buffer, theme);
        }
        let rest = Rect { y: inner.y + 6, height: inner.height.saturating_sub(6), ..inner };
        Paragraph::new(below).render(rest, buffer);
    }

    fn row(&self, index: usize, label: &str, cells: usize, area: Rect, buffer: &mut Buffer, theme: &Theme) {
        let focused = index == self.at;
        let mark = if focused { "▸ " } else { "  " };
        let style = if focused { theme.accent } else { theme.dim };
        buffer.set_string(area.x, area.y, format!("{mark}{}", pad(label, cells)), style);
        let taken = u16::try_from(cells + 2).unwrap_or(u16::MAX).min(area.width);
        let place = Rect { x: area.x + taken, width: area.width - taken, ..area };
        let placeholder = if index == TOKEN { say!("tui-connect-form-optional") } else { String::new() };
        self.fields[index].render(
            place,
            buffer,
            Look { focused, peek: self.peek, placeholder: &placeholder },
            theme,
        );
    }

    fn below(&self, cells: usize, theme: &Theme, now: Duration) -> Vec<Line<'static>> {
        if self.trying {
            return vec![Line::from(vec![
                Span::styled(spinner(now), theme.accent),
                Span::raw(format!(" {}", say!("tui-connect-form-trying"))),
            ])];
        }
        if self.fields[self.at].is_cut() {
            return lines_at(&say!("tui-field-cut"), cells, 0, theme.warn);
        }
        match (&self.error, self.wrong(self.at)) {
            (Some(error), _) => trouble(error, cells, theme),
            (None, Some(wrong)) => lines_at(&format!("✗ {wrong}"), cells, 0, theme.bad),
            (None, None) if self.is_far() => {
                let text = say!("tui-connect-form-far", region = harmless(self.region()));
                lines_at(&text, cells, 0, theme.warn)
            }
            (None, None) => lines_at(&say!("tui-connect-form-about"), cells, 0, theme.dim),
        }
    }
}

fn label_cells() -> usize {
    labels().iter().map(|label| width(label)).max().unwrap_or(0) + 2
}

fn labels() -> [String; COUNT] {
    [
        say!("tui-connect-form-key"),
        say!("tui-connect-form-secret"),
        say!("tui-connect-form-token"),
        say!("tui-connect-form-region"),
        say!("tui-connect-form-profile"),
    ]
}
