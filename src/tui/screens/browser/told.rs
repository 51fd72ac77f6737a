//! What the runtime tells, and what the browser asks for after everything that happens.

use super::wish::{Answer, Rest, Wish};
use super::{Described, Pane, State};
use crate::tui::Effect;

impl State {
    /// Something that the runtime tells.
    pub(super) fn answered(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Listed { generation, what } if generation == self.level.generation => {
                self.level.listed(what);
            }
            Answer::Measured { generation, prefix, sum, ended } if generation == self.level.generation => {
                self.level.measured(prefix, sum, ended);
            }
            Answer::Described { key, version, object } => {
                self.described = Some(Described { key, version, object });
            }
            Answer::Fetching(news) => {
                return self.fetches.told(news).map(Effect::Browser).into_iter().collect();
            }
            Answer::Restored { key, outcome } => {
                if outcome.is_ok() {
                    // What the details say of it is no longer so.
                    self.described = None;
                    self.rested = None;
                }
                if let Some(Pane::Restore(pane)) = &mut self.pane {
                    pane.told(&key, outcome);
                }
            }
            other => self.answered_pane(other),
        }
        Vec::new()
    }

    fn answered_pane(&mut self, answer: Answer) {
        match (answer, &mut self.pane) {
            (Answer::Counted { number, sum, ended }, Some(Pane::Delete(pane))) => {
                pane.counted(number, sum, ended);
            }
            (Answer::Deleted { sum, ended }, Some(Pane::Delete(pane))) => pane.deleted(sum, ended),
            (Answer::Inside(news), Some(Pane::Inside(pane))) => pane.told(news),
            (Answer::Uploads(news), Some(Pane::Uploads(pane))) => pane.told(news),
            // The answer of something that was closed, or left, before.
            _ => {}
        }
    }

    /// After everything: more pages where they are needed, and word of what the cursor rests on.
    pub(super) fn settle(&mut self) -> Vec<Effect> {
        if self.bucket.is_none() {
            return Vec::new();
        }
        let mut effects: Vec<Effect> = self.level.more().map(Effect::Browser).into_iter().collect();
        if self.pane.is_some() {
            return effects;
        }
        let rest = self.level.rest();
        if rest != self.rested {
            self.rested.clone_from(&rest);
            self.scroll = 0;
            let known = rest.as_ref().is_some_and(|rest| self.is_known(rest));
            effects.push(Effect::Browser(Wish::Rest(rest.filter(|_| !known))));
        }
        effects
    }

    /// Whether nothing new would come of asking.
    fn is_known(&self, rest: &Rest) -> bool {
        match rest {
            Rest::Folder { prefix, .. } => {
                self.level.measured.get(prefix).is_some_and(|found| found.is_whole)
            }
            Rest::Object { key, version } => {
                self.described.as_ref().is_some_and(|known| known.key == *key && known.version == *version)
            }
        }
    }
}
