//! What the user chose: versioning and the archive rule. The rest is always wanted.

use super::rows::Row;
use crate::bucket::protection::{ArchiveRule, CLASSES, Current, MOST_DAYS, Reading, Wanted};

/// The answers to what is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Keep versions; `None` until the bucket's own answer is known or the user gave one.
    pub versioning: Option<bool>,
    /// Whether `raw/` is archived; `None` as above.
    pub archives: Option<bool>,
    /// After how many days.
    pub days: u32,
    /// S3's name of the class.
    pub class: &'static str,
}

impl Default for Choice {
    fn default() -> Self {
        let offered = ArchiveRule::offered();
        Self { versioning: None, archives: None, days: offered.after_days, class: class_of(&offered) }
    }
}

impl Choice {
    /// Takes what the bucket has for an answer, where the user gave none yet: nothing changes unasked.
    pub(super) fn settle(&mut self, current: &Current) {
        if let (None, Reading::Is(kept)) = (self.versioning, &current.versioning) {
            self.versioning = Some(*kept);
        }
        if let (None, Reading::Is(rule)) = (self.archives, &current.archive) {
            self.archives = Some(rule.is_some());
            if let Some(rule) = rule {
                self.days = rule.after_days;
                self.class = class_of(rule);
            }
        }
    }

    /// The rows that can be chosen on this store.
    pub(super) fn rows(&self, current: &Current) -> Vec<Row> {
        let mut rows = Vec::new();
        if current.versioning != Reading::Unsupported {
            rows.push(Row::Versioning);
        }
        if current.archive != Reading::Unsupported {
            rows.push(Row::Archive);
            if self.archives == Some(true) {
                rows.extend([Row::Days, Row::Class]);
            }
        }
        rows
    }

    /// The rule that was chosen.
    pub(super) fn rule(&self) -> Option<ArchiveRule> {
        let rule = ArchiveRule { after_days: self.days, class: self.class.to_owned() };
        (self.archives == Some(true)).then_some(rule)
    }

    /// What the user wants of the bucket.
    pub(super) fn wanted(&self, current: &Current) -> Wanted {
        let versioning = self.versioning.filter(|_| current.versioning != Reading::Unsupported);
        let asks = self.archives.is_some() && current.archive != Reading::Unsupported;
        Wanted { versioning, archive: asks.then(|| self.rule()), ..Wanted::default() }
    }

    /// The row takes its next value.
    pub(super) fn turn(&mut self, row: Row, by: i32) {
        match row {
            Row::Versioning => self.versioning = Some(!self.versioning.unwrap_or(false)),
            Row::Archive => self.archives = Some(!self.archives.unwrap_or(false)),
            Row::Days => self.days = self.days.saturating_add_signed(by * 30).min(MOST_DAYS),
            Row::Class => self.class = turned(self.class, by),
        }
    }

    /// Types the days; a number that is too large stops at the most that S3 takes.
    pub(super) fn digit(&mut self, digit: Option<u32>) {
        self.days = match digit {
            Some(digit) => (self.days * 10 + digit).min(MOST_DAYS),
            None => self.days / 10,
        };
    }
}

fn class_of(rule: &ArchiveRule) -> &'static str {
    CLASSES.into_iter().find(|class| *class == rule.class).unwrap_or(CLASSES[0])
}

fn turned(class: &str, by: i32) -> &'static str {
    let at = CLASSES.iter().position(|known| *known == class).unwrap_or(0);
    let step = if by < 0 { CLASSES.len() - 1 } else { 1 };
    CLASSES[(at + step) % CLASSES.len()]
}
