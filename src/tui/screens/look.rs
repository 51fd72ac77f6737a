//! What the disk and the bucket have of the archives that were found. One question is out at a time; answers are put together.

use std::collections::BTreeSet;

use crate::catalog::Archive;
use crate::transfer::{Choice, Contents, Line, Locals, plan};
use crate::{Error, Result};

/// What is known of disk and bucket so far.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) locals: Locals,
    pub(super) contents: Option<Contents>,
    /// Why the last question failed.
    pub(super) failed: Option<Error>,
    seen: BTreeSet<String>,
    asked: BTreeSet<String>,
    /// The answer on its way is to a question of before: it is about another bucket, or too old.
    outdated: bool,
}

impl Look {
    /// Forgets everything: the bucket may be another one, and the disk has changed since.
    pub(super) fn again(&mut self) {
        let outdated = self.is_looking();
        let asked = std::mem::take(&mut self.asked);
        *self = Self { asked, outdated, ..Self::default() };
    }

    /// Lets what failed be asked once more.
    pub(super) fn forgive(&mut self) {
        self.failed = None;
    }

    /// Whether a question is out.
    pub(super) fn is_looking(&self) -> bool {
        !self.asked.is_empty()
    }

    pub(super) fn has_seen(&self, archive: &Archive) -> bool {
        self.seen.contains(&archive.key())
    }

    /// The archives to ask for next, where there are some and no question is out.
    pub(super) fn next(&mut self, archives: &[Archive]) -> Option<Vec<Archive>> {
        if self.is_looking() || self.failed.is_some() {
            return None;
        }
        let unseen: Vec<Archive> =
            archives.iter().filter(|archive| !self.has_seen(archive)).cloned().collect();
        self.asked = unseen.iter().map(Archive::key).collect();
        (!unseen.is_empty()).then_some(unseen)
    }

    /// Takes an answer.
    pub(super) fn take(&mut self, result: Result<(Locals, Option<Contents>)>) {
        let asked = std::mem::take(&mut self.asked);
        if std::mem::take(&mut self.outdated) {
            return;
        }
        match result {
            Ok((locals, contents)) => {
                self.seen.extend(asked);
                self.locals.files.extend(locals.files);
                self.locals.free = locals.free.or(self.locals.free);
                if let Some(contents) = contents {
                    self.contents.get_or_insert_default().objects.extend(contents.objects);
                }
            }
            Err(error) => self.failed = Some(error),
        }
    }

    /// What would be done about an archive, where that is known.
    pub(super) fn line(&self, archive: &Archive) -> Option<Line> {
        if !self.has_seen(archive) {
            return None;
        }
        let archives = std::slice::from_ref(archive);
        plan(archives, &self.locals, self.contents.as_ref(), Choice::default()).lines.pop()
    }
}
