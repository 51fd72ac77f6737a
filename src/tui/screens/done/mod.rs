//! The screen "done": what was proven, what failed and what to do about it, what stands in the bucket and costs, and what comes next. `sections`
//! says it, `view` draws it.

mod sections;
mod view;

use std::collections::BTreeMap;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Screen;
use crate::bucket::protection::ArchiveRule;
use crate::say;
use crate::transfer::Status;
use crate::transfer::Summary;
use crate::tui::keys::Action;
use crate::tui::known::Ended;
use crate::tui::widgets::Hint;
use crate::tui::{Effect, Known, Step, Theme};

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
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// Scrolls by lines.
    Move(isize),
    /// Leaves the program.
    Leave,
    /// Back to the datasets, for more or for another try.
    Datasets,
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
        };
        Vec::new()
    }

    fn act(&self, action: Action) -> Option<Message> {
        match action {
            Action::Forward => Some(Message::Leave),
            Action::Datasets | Action::Back => Some(Message::Datasets),
            motion => motion.rows().map(Message::Move),
        }
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Move(lines) => {
                self.scroll = self.scroll.saturating_add_signed(lines).min(self.most_lines());
                Vec::new()
            }
            Message::Leave => vec![Effect::Quit],
            Message::Datasets => vec![Effect::Go(Step::Datasets)],
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, _now: Duration) {
        view::view(self, area, buffer, theme);
    }

    fn keys(&self) -> Vec<Hint> {
        vec![
            Hint::new(Action::Forward, say!("done-key-leave")),
            Hint::new(Action::Datasets, say!("done-key-datasets")),
            Hint::pair(Action::Up, Action::Down, say!("done-key-scroll")),
            Hint::new(Action::Back, say!("done-key-datasets")).quiet(),
        ]
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
