//! What can be taken along: the table and each command to the clipboard, the table to files under a name that is asked for.

use std::path::PathBuf;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::State;
use crate::error::{Error, Result};
use crate::tui::keys::Action;
use crate::tui::widgets::{Field, Hint, Look, centred, lines_at, panel};
use crate::tui::{Effect, Theme};
use crate::{say, words};

/// How wide the question for a name is at most.
const CELLS: u16 = 76;

/// The question under which name to save.
#[derive(Debug)]
pub(super) struct Saving {
    name: Field,
    is_trying: bool,
    error: Option<Error>,
}

impl State {
    /// What can be copied: the table, then each command.
    fn copyable(&self) -> usize {
        1 + self.commands().len()
    }

    pub(super) fn pick(&mut self, forward: bool) {
        let all = self.copyable();
        self.choose((self.picked + if forward { 1 } else { all - 1 }) % all);
        self.scroll = self.line_of_picked();
    }

    /// Picks what stands at that place and keeps it in sight.
    pub(super) fn choose(&mut self, at: usize) {
        self.picked = at.min(self.copyable() - 1);
        self.follows = true;
    }

    /// What copies and saves.
    pub(super) fn take_hints(&self) -> Vec<Hint> {
        let copy = if self.picked == 0 { say!("done-key-copy") } else { say!("done-key-copy-command") };
        vec![
            Hint::new(Action::Copy, copy).help(say!("done-key-copy-help")),
            Hint::pair(Action::NextField, Action::PreviousField, say!("done-key-pick"))
                .help(say!("done-key-pick-help")),
            Hint::new(Action::Save, say!("done-key-save")).help(say!("done-key-save-help")),
        ]
    }

    /// What is picked goes to the clipboard.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        let command = self.picked.checked_sub(1).and_then(|index| self.commands().into_iter().nth(index));
        let (text, what) = match command {
            Some((says, command)) => (command, says),
            None => (self.table(), say!("done-table")),
        };
        self.told = Some(say!("done-copied", what = what));
        vec![Effect::Copy(text)]
    }

    pub(super) fn ask_name(&mut self) {
        let name = self.folder.join("brainzlift-report").display().to_string();
        self.saving = Some(Saving { name: Field::new(name), is_trying: false, error: None });
    }

    /// Writes the table under the name that was typed.
    pub(super) fn save(&mut self) -> Vec<Effect> {
        let (text, json) = (self.as_text(), self.as_json());
        let Some(saving) = self.saving.as_mut().filter(|saving| !saving.is_trying) else { return Vec::new() };
        let name = saving.name.value().trim();
        if name.is_empty() {
            return Vec::new();
        }
        let name = PathBuf::from(name);
        (saving.is_trying, saving.error) = (true, None);
        vec![Effect::SaveReport { name, text, json }]
    }

    pub(super) fn saved(&mut self, saved: Result<Vec<String>>) {
        match saved {
            Ok(paths) => {
                let paths: Vec<String> = paths.iter().map(|path| words::harmless(path)).collect();
                self.saving = None;
                self.told = Some(say!("done-saved", paths = paths.join(", ")));
            }
            Err(error) => {
                if let Some(saving) = &mut self.saving {
                    (saving.is_trying, saving.error) = (false, Some(error));
                }
            }
        }
    }
}

impl Saving {
    pub(super) fn key(&mut self, key: KeyEvent) {
        if !self.is_trying && self.name.key(key) {
            self.error = None;
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if !self.is_trying {
            self.name.paste(text);
        }
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme) {
        let place = centred(area, area.width.saturating_sub(2).min(CELLS), 9);
        Clear.render(place, buffer);
        let block = panel(&say!("done-save-title"), true, theme);
        let inner = block.inner(place);
        block.render(place, buffer);
        let cells = usize::from(inner.width);
        let text = lines_at(&say!("done-save-text"), cells, 0, theme.text);
        let used = u16::try_from(text.len()).unwrap_or(1).min(inner.height);
        Paragraph::new(text).render(inner, buffer);
        let row = Rect { y: inner.y + used, height: 1.min(inner.height - used), ..inner };
        let look = Look { focused: !self.is_trying, ..Look::default() };
        self.name.render(row, buffer, look, theme);
        let mut lines = vec![Line::default()];
        if let Some(error) = &self.error {
            lines.extend(lines_at(&words::harmless(&error.to_string()), cells, 0, theme.bad));
        }
        let below = Rect { y: row.bottom(), height: inner.bottom().saturating_sub(row.bottom()), ..inner };
        Paragraph::new(lines).render(below, buffer);
    }
}
