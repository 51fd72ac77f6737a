//! What messages do to the screen.

use super::form::Answer;
use super::{List, Message, Opened, Refused, State};
use crate::bucket::BucketSummary;
use crate::error::Result;
use crate::tui::widgets::Rows;
use crate::tui::{Effect, Step};

impl State {
    pub(super) fn apply(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Listed(answer) => self.listed(answer),
            Message::Opened(answer) => return self.answered(answer),
            Message::Move(rows) => self.go(rows),
            Message::ChooseAt(rows) => {
                self.go(rows);
                return self.choose();
            }
            Message::Pointed(hit) => {
                self.typing = true;
                let answer = self.form.point(hit);
                return self.typed(answer);
            }
            Message::Choose => return self.choose(),
            Message::Retry => {
                self.list = List::Waiting;
                return vec![Effect::ListBuckets];
            }
            Message::Acted(action) => {
                let answer = self.form.act(action);
                return self.typed(answer);
            }
            Message::Typed(key) => {
                let answer = self.form.key(key);
                return self.typed(answer);
            }
            Message::Pasted(text) => {
                self.refused = None;
                self.form.paste(&text);
            }
            Message::Back => return self.back(),
        }
        Vec::new()
    }

    /// The remembered bucket comes first, and the cursor stands on it; without one, on "create a new one".
    fn listed(&mut self, answer: Result<Vec<BucketSummary>>) {
        self.list = match answer {
            Err(error) => List::Failed(error),
            Ok(mut buckets) => {
                let is_last = |bucket: &BucketSummary| Some(&bucket.name) != self.last.as_ref();
                buckets.sort_by_key(is_last);
                List::Got(buckets)
            }
        };
        let wanted = self.form.name().to_owned();
        let known = self.buckets().iter().position(|bucket| bucket.name == wanted);
        self.cursor = Rows::at(known.unwrap_or(self.buckets().len()));
        self.typing = self.buckets().is_empty() && matches!(self.list, List::Got(_));
    }

    /// The mouse takes the cursor out of the form, too, where there is something else to go to.
    fn go(&mut self, rows: Rows) {
        self.cursor = rows;
        self.refused = None;
        self.typing &= self.buckets().is_empty();
    }

    fn choose(&mut self) -> Vec<Effect> {
        self.refused = None;
        let Some(bucket) = self.under_cursor() else {
            self.typing = !matches!(self.list, List::Waiting);
            return Vec::new();
        };
        let name = bucket.name.clone();
        if self.opened.as_ref().is_some_and(|opened| opened.name == name) {
            return vec![Effect::Go(Step::Protect)];
        }
        self.busy = Some(name.clone());
        vec![Effect::OpenBucket(name)]
    }

    fn typed(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Stay => {}
            Answer::Changed => self.refused = None,
            Answer::Create => return self.create(),
            Answer::TakeFree => {
                if let Some(free) = self.free().map(str::to_owned) {
                    self.form.set_name(&free);
                    self.refused = None;
                }
            }
            Answer::Close => {
                self.typing = false;
                if self.buckets().is_empty() {
                    return self.back();
                }
            }
        }
        Vec::new()
    }

    fn create(&mut self) -> Vec<Effect> {
        let (name, region) = (self.form.name().to_owned(), self.form.region().to_owned());
        if self.opened.as_ref().is_some_and(|opened| opened.name == name) {
            return vec![Effect::Go(Step::Protect)];
        }
        self.refused = None;
        self.busy = Some(name.clone());
        vec![Effect::CreateBucket { name, region }]
    }

    /// A bucket that was opened late, after one has gone back or chosen another, is not followed.
    fn answered(&mut self, answer: Result<Opened, Refused>) -> Vec<Effect> {
        let Some(busy) = self.busy.take() else { return Vec::new() };
        match answer {
            Ok(opened) if opened.name == busy => self.go_on(opened),
            Ok(_) => Vec::new(),
            Err(refused) => {
                self.refused = Some(refused);
                Vec::new()
            }
        }
    }

    fn go_on(&mut self, opened: Opened) -> Vec<Effect> {
        let remember = Effect::Remember { bucket: Some(opened.name.clone()), datasets: None };
        let made = opened.made;
        self.last = Some(opened.name.clone());
        self.form.set_name(&opened.name);
        self.opened = Some(opened);
        let mut effects = vec![remember, Effect::Go(Step::Protect)];
        if made {
            effects.push(Effect::ListBuckets);
        }
        effects
    }

    fn back(&mut self) -> Vec<Effect> {
        if self.busy.take().is_some() {
            return Vec::new();
        }
        vec![Effect::Go(Step::Connect)]
    }
}
