//! What messages do to the screen.

use super::{Message, Phase, Row, State};
use crate::bucket::protection::{ArchiveRule, Change, Current, Outcome, Reading};
use crate::error::Result;
use crate::tui::{Effect, Step};

/// More lines than ever stand below the table.
const MOST_LINES: usize = 60;

impl State {
    pub(super) fn apply(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Read(answer) => self.read(answer),
            Message::Layout(made) => self.layout = Some(made),
            Message::Outcome(change, outcome) => self.came_of(change, outcome),
            Message::Applied(answer) => return self.applied(answer),
            Message::Move(row) => (self.at, self.scroll) = (row, 0),
            Message::Scroll(lines) => self.scroll = self.scroll.saturating_add_signed(lines).min(MOST_LINES),
            Message::Turn(by) => self.choice.turn(self.at, by),
            Message::Digit(digit) => self.choice.digit(digit),
            Message::Forward => return self.forward(),
            Message::Skip => return vec![Effect::Go(Step::Datasets)],
            Message::Retry => {
                self.phase = Phase::Reading;
                return vec![Effect::ReadProtection];
            }
            Message::Back => return vec![Effect::Go(Step::Bucket)],
        }
        Vec::new()
    }

    fn read(&mut self, answer: Result<Current>) {
        self.phase = match answer {
            Ok(current) => {
                self.choice.settle(&current);
                if !self.choice.rows(&current).contains(&self.at) {
                    self.at = self.choice.rows(&current).first().copied().unwrap_or(Row::Versioning);
                }
                Phase::Choosing(current)
            }
            Err(error) => Phase::Unreadable(error),
        };
    }

    fn forward(&mut self) -> Vec<Effect> {
        match std::mem::take(&mut self.phase) {
            Phase::Choosing(current) if !self.is_nothing_to_do(&current) => self.begin(current),
            phase => {
                self.phase = phase;
                vec![Effect::Go(Step::Datasets)]
            }
        }
    }

    fn begin(&mut self, current: Current) -> Vec<Effect> {
        let (wanted, changes) = (self.choice.wanted(&current), self.to_do(&current));
        self.changes.clone_from(&changes);
        self.outcomes.clear();
        self.layout = None;
        self.scroll = 0;
        self.phase = Phase::Applying(current);
        vec![Effect::ApplySetup { wanted, changes }]
    }

    /// What was written and read back is what the bucket has now.
    fn came_of(&mut self, change: Change, outcome: Outcome) {
        if let (Phase::Applying(current), Outcome::Done) = (&mut self.phase, &outcome) {
            match &change {
                Change::Versioning { enable } => current.versioning = Reading::Is(*enable),
                Change::Archive { to, .. } => current.archive = Reading::Is(to.clone()),
                Change::AbortUnfinished { to, .. } => current.abort_days = Reading::Is(Some(*to)),
                Change::BlockPublicAccess => current.public_access_block = Reading::Is(true),
                Change::Encrypt => current.encryption = Reading::Is(Some("AES256".to_owned())),
            }
        }
        self.outcomes.push((change, outcome));
    }

    /// Where there was nothing to do after all, nobody has to read that.
    fn applied(&mut self, answer: Result<()>) -> Vec<Effect> {
        let Phase::Applying(current) = std::mem::take(&mut self.phase) else { return Vec::new() };
        let quiet =
            answer.is_ok() && self.changes.is_empty() && self.layout.as_ref().is_none_or(Vec::is_empty);
        self.phase = Phase::Applied(current, answer.err());
        if quiet { vec![Effect::Go(Step::Datasets)] } else { Vec::new() }
    }

    /// What the bucket has now, as far as is known.
    pub(super) const fn current(&self) -> Option<&Current> {
        match &self.phase {
            Phase::Choosing(current) | Phase::Applying(current) | Phase::Applied(current, _) => Some(current),
            Phase::Reading | Phase::Unreadable(_) => None,
        }
    }

    /// The archive rule in force: costs are reckoned with it.
    pub(super) fn rule_in_force(&self) -> Option<ArchiveRule> {
        match &self.current()?.archive {
            Reading::Is(rule) => rule.clone(),
            _ => None,
        }
    }
}
