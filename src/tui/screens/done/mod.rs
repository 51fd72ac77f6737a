//! The screen "done": what was proven, what failed and what to do about it, what stands in the bucket and costs, and what comes next. `sections`
//! says it, `table` and `take` are what can be taken along, `panes` says what lies where, `mouse` what is hit, `view` draws it.

mod mouse;
mod panes;
mod sections;
mod table;
mod take;
mod view;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::take::Saving;
use super::Screen;
use crate::bucket::protection::ArchiveRule;
use crate::say;
use crate::transfer::Status;
use crate::transfer::Summary;
use crate::tui::keys::Action;
use crate::tui::known::Ended;
use crate::tui::widgets::Hint;
use crate::tui::{Effect, Known, Mouse, Step, Theme};

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {
    ended: Vec<Ended>,
    report: Summary,
    bucket: String,
    region: String,
    /// Whether all of it ends with this program.
    sandbox: bool,
    endpoint_url: Option<String>,
    archive: Option<ArchiveRule>,
    chosen: Vec<String>,
    /// Archives that stand in the bucket as far as is known: bytes by key.
    standing: BTreeMap<String, u64>,
    scroll: usize,
    /// What is copied: 0 is the table, then the commands.
    picked: usize,
    /// Whether what is picked is kept in sight.
    follows: bool,
    /// What was copied or saved last.
    told: Option<String>,
    /// The folder in which reports are saved unless another is named.
    folder: PathBuf,
    saving: Option<Saving>,
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// Scrolls by lines.
    Move(isize),
    /// Shows it from that line on.
    ScrollTo(usize),
    /// Picks what stands at that place of what can be copied.
    Choose(usize),
    /// Leaves the program.
    Leave,
    /// Back to the datasets, for more or for another try.
    Datasets,
    /// Copies what is picked.
    Copy,
    /// Picks the next thing that can be copied, or the one before.
    Pick(bool),
    /// Asks for a name, or saves under it.
    Save,
    /// Saves after all nothing.
    CloseSaving,
    /// The files that were written.
    Saved(crate::Result<Vec<String>>),
    /// A key that is typed into the name.
    Key(KeyEvent),
    /// Text that is pasted into it.
    Paste(String),
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, known: &Known) -> Vec<Effect> {
        *self = Self {
            ended: known.ended.clone(),
            report: known.report.clone().unwrap_or_default(),
            bucket: known.bucket.clone().unwrap_or_default(),
            region: known.bucket_region.clone(),
            sandbox: known.sandbox,
            endpoint_url: known.endpoint_url.clone().filter(|_| !known.sandbox),
            archive: known.archive.clone(),
            chosen: known.datasets.iter().map(|dataset| dataset.0.clone()).collect(),
            standing: standing(known),
            scroll: 0,
            folder: known.data_dir.clone(),
            ..Self::default()
        };
        Vec::new()
    }

    fn act(&self, action: Action) -> Option<Message> {
        if self.saving.is_some() {
            return match action {
                Action::Forward => Some(Message::Save),
                Action::Back => Some(Message::CloseSaving),
                _ => None,
            };
        }
        match action {
            Action::Copy => Some(Message::Copy),
            Action::NextField => Some(Message::Pick(true)),
            Action::PreviousField => Some(Message::Pick(false)),
            Action::Save => Some(Message::Save),
            Action::Forward => Some(Message::Leave),
            Action::Datasets | Action::Back => Some(Message::Datasets),
            motion => motion.rows().map(Message::Move),
        }
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Move(lines) => {
                self.scroll = self.scroll.saturating_add_signed(lines).min(self.most_lines());
                self.follows = false;
            }
            Message::ScrollTo(line) => (self.scroll, self.follows) = (line, false),
            Message::Choose(at) => self.choose(at),
            Message::Leave => return vec![Effect::Quit],
            Message::Datasets => return vec![Effect::Go(Step::Datasets)],
            Message::Copy => return self.copy(),
            Message::Pick(forward) => self.pick(forward),
            Message::Save if self.saving.is_some() => return self.save(),
            Message::Save => self.ask_name(),
            Message::CloseSaving => self.saving = None,
            Message::Saved(saved) => self.saved(saved),
            Message::Key(key) => self.saving.iter_mut().for_each(|saving| saving.key(key)),
            Message::Paste(text) => self.saving.iter_mut().for_each(|saving| saving.paste(&text)),
        }
        Vec::new()
    }

    fn key(&self, key: KeyEvent) -> Option<Message> {
        self.saving.as_ref().map(|_| Message::Key(key))
    }

    fn paste(&self, text: &str) -> Option<Message> {
        self.saving.as_ref().map(|_| Message::Paste(text.to_owned()))
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        mouse::hit(self, area, mouse)
    }

    fn is_typing(&self) -> bool {
        self.saving.is_some()
    }

    /// Coming back from a visit changes nothing.
    fn resume(&mut self, _known: &Known) -> Vec<Effect> {
        Vec::new()
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, _now: Duration) {
        view::view(self, area, buffer, theme);
    }

    fn keys(&self) -> Vec<Hint> {
        if self.saving.is_some() {
            return vec![
                Hint::new(Action::Forward, say!("done-key-save")),
                Hint::new(Action::Back, say!("renew-key-close")),
            ];
        }
        let mut hints = vec![Hint::new(Action::Forward, say!("done-key-leave"))];
        hints.extend(self.take_hints());
        hints.extend([
            Hint::new(Action::Browse, say!("done-key-browse")),
            Hint::new(Action::Home, say!("done-key-home")),
            Hint::new(Action::Datasets, say!("done-key-datasets")),
            Hint::pair(Action::Up, Action::Down, say!("done-key-scroll")),
            Hint::new(Action::Back, say!("done-key-datasets")).quiet(),
        ]);
        hints
    }
}

/// What was seen in the bucket, and what was proven since.
fn standing(known: &Known) -> BTreeMap<String, u64> {
    let seen = known.contents.iter().flat_map(|contents| contents.objects.values());
    let mut standing: BTreeMap<String, u64> = seen.map(|object| (object.key.clone(), object.size)).collect();
    let there = |ended: &&Ended| matches!(ended.status, Status::Proven | Status::Skipped);
    standing.extend(known.ended.iter().filter(there).map(|ended| (ended.key.clone(), ended.size)));
    standing
}

#[cfg(test)]
mod tests;
