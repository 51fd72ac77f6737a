//! The screen "datasets": what is to be lifted. Here lives what is chosen and what was found of it so far; `tree` says which rows there are,
//! `standing` where an archive stands, `totals` what a choice comes to; `view` and `detail` draw.

mod choice;
mod detail;
mod order;
mod totals;
mod tree;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use super::{Screen, speed};
use crate::bucket::protection::ArchiveRule;
use crate::catalog::{DatasetId, Family, FamilyListing};
use crate::config::Rates;
use crate::say;
use crate::transfer::{Contents, Limits, Locals};
use crate::tui::keys::Action;
use crate::tui::widgets::{Field, Hint};
use crate::tui::{Effect, Known, Mouse, Step, Theme};
use crate::{Kind, Result};

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {
    /// By family; one that is not there is still being asked for.
    found: BTreeMap<Family, Arc<FamilyListing>>,
    /// What the disk and the bucket have.
    look: Look,
    /// `None` until the screen comes up for the first time.
    chosen: Option<BTreeSet<DatasetId>>,
    folded: BTreeSet<Family>,
    cursor: usize,
    filter: Field,
    order: order::Order,
    reversed: bool,
    rates: Rates,
    limits: Limits,
    /// How far the detail is scrolled, in lines, where it lies over the tree.
    detail: Option<usize>,
    typing: bool,
    notice: Option<Notice>,
    /// Enter was pressed before everything was known: the review comes as soon as it is.
    leaving: bool,
    place: Place,
}

/// For which mirror and bucket the rest of the state holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Place {
    mirror: String,
    bucket: Option<String>,
    region: String,
    archive: Option<ArchiveRule>,
}

/// Said below the tree until the next key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notice {
    NothingChosen,
    NotOffered,
    NoneFound,
    NotLooked,
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// What the mirror has of one family.
    Found(FamilyListing),
    /// What the disk and the bucket have.
    Surveyed(Result<(Locals, Option<Contents>)>),
    /// The cursor moves by rows.
    Move(isize),
    /// Chooses what is under the cursor, or lets go of it.
    Toggle,
    /// Chooses the whole family under the cursor, or lets go of it.
    ToggleFamily,
    /// Shows or hides the datasets of the family under the cursor.
    Fold(bool),
    /// Chooses the guide's set.
    Guide,
    /// The cursor goes to that row.
    To(usize),
    /// Sorts by something else.
    Sort,
    /// Sorts the other way round.
    Reverse,
    /// The filter is typed into, from now on or no longer; what was typed stays or goes.
    Typing {
        /// Whether letters go into the filter.
        on: bool,
        /// Whether what was typed stays.
        keep: bool,
    },
    /// A key for the filter.
    Typed(KeyEvent),
    /// Text that was pasted into the filter.
    Pasted(String),
    /// Shows all that is known of what is under the cursor, or no longer.
    Detail(bool),
    /// Asks again for what failed.
    Retry,
    /// Goes on, or back.
    Go(Step),
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, known: &Known) -> Vec<Effect> {
        let place = Place {
            mirror: known.mirror.clone(),
            bucket: known.bucket.clone(),
            region: known.bucket_region.clone(),
            archive: known.archive.clone(),
        };
        if place.mirror != self.place.mirror || is_outdated(known) {
            self.found.clear();
        } else {
            self.found.extend(known.found.clone());
        }
        self.place = place;
        self.rates = speed::measured(known);
        self.limits.clone_from(&known.limits);
        self.leaving = false;
        self.notice = None;
        self.choose_as(&known.datasets);
        self.look.again();
        self.ask()
    }

    fn leave(&self, known: &mut Known) {
        known.datasets = self.chosen.iter().flatten().cloned().collect();
        known.chosen = self.chosen_archives().cloned().collect();
        known.locals = self.look.locals.clone();
        known.found.clone_from(&self.found);
        known.contents.clone_from(&self.look.contents);
    }

    fn act(&self, action: Action) -> Option<Message> {
        if self.detail.is_some() {
            return detail_act(action);
        }
        if self.typing { typing_act(action) } else { self.command_act(action) }
    }

    fn key(&self, key: KeyEvent) -> Option<Message> {
        self.typing.then_some(Message::Typed(key))
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        view::mouse(self, area, mouse)
    }

    fn paste(&self, text: &str) -> Option<Message> {
        self.typing.then(|| Message::Pasted(text.to_owned()))
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        if !matches!(message, Message::Found(_) | Message::Surveyed(_)) {
            self.notice = None;
            self.leaving = false;
        }
        match message {
            Message::Found(listing) => return self.take(listing),
            Message::Surveyed(result) => return self.looked(result),
            Message::Detail(on) => self.detail = on.then_some(0),
            Message::Move(lines) if self.detail.is_some() => self.scroll_detail(lines),
            Message::Move(rows) => self.move_by(rows),
            Message::To(row) => self.cursor = row,
            Message::Toggle => self.toggle(),
            Message::ToggleFamily => self.toggle_family(),
            Message::Fold(fold) => self.fold(fold),
            Message::Guide => self.chosen = Some(choice::guide()),
            Message::Sort => self.keeping_row(|state| state.order = state.order.next()),
            Message::Reverse => self.keeping_row(|state| state.reversed = !state.reversed),
            Message::Typing { on, keep } => self.set_typing(on, keep),
            Message::Typed(key) => self.typed(|filter| {
                filter.key(key);
            }),
            Message::Pasted(text) => self.typed(|filter| filter.paste(&text)),
            Message::Retry => return self.retry(),
            Message::Go(Step::Review) => return self.go_on(),
            Message::Go(step) => return vec![Effect::Go(step)],
        }
        Vec::new()
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        view::view(self, area, buffer, theme, now);
    }

    fn keys(&self) -> Vec<Hint> {
        if self.detail.is_some() {
            return vec![
                Hint::new(Action::Back, say!("datasets-key-detail-close")),
                Hint::new(Action::Details, say!("datasets-key-detail-close")).quiet(),
                Hint::new(Action::Forward, say!("datasets-key-detail-close")).quiet(),
                Hint::pair(Action::Up, Action::Down, say!("done-key-scroll")),
            ];
        }
        if self.typing {
            return vec![
                Hint::new(Action::Forward, say!("datasets-key-keep")),
                Hint::new(Action::Back, say!("datasets-key-clear")),
                Hint::pair(Action::Up, Action::Down, say!("datasets-key-move")),
            ];
        }
        let again = Hint::new(Action::Refresh, say!("datasets-key-retry"));
        let (retry, again) =
            if self.has_trouble() { (Some(again), None) } else { (None, Some(again.quiet())) };
        let keys = [
            Hint::new(Action::Toggle, say!("datasets-key-choose")),
            Hint::new(Action::Forward, say!("datasets-key-review")),
            Hint::new(Action::ToggleFamily, say!("datasets-key-all")).help(say!("datasets-key-all-help")),
            Hint::new(Action::Guide, say!("datasets-key-guide")).help(say!("datasets-key-guide-help")),
            Hint::new(Action::Filter, say!("datasets-key-filter")),
            Hint::new(Action::Sort, say!("datasets-key-sort")).help(say!("datasets-key-sort-help")),
            Hint::new(Action::Reverse, say!("datasets-key-reverse")).quiet(),
            Hint::new(Action::Details, say!("datasets-key-detail")).help(say!("datasets-key-detail-help")),
            Hint::new(Action::Back, say!("datasets-key-back")),
            Hint::pair(Action::Up, Action::Down, say!("datasets-key-move"))
                .help(say!("datasets-key-move-help")),
            Hint::pair(Action::Fold, Action::Unfold, say!("datasets-key-fold"))
                .help(say!("datasets-key-fold-help")),
        ];
        retry.into_iter().chain(keys).chain(again).collect()
    }

    fn is_typing(&self) -> bool {
        self.typing
    }

    fn is_moving(&self) -> bool {
        self.leaving
            || self.look.is_looking()
            || Family::ALL.iter().any(|family| !self.found.contains_key(family))
    }
}

/// Whether the last run found that a dump which it had pinned is not there any more: the mirror is asked for its newest ones again.
fn is_outdated(known: &Known) -> bool {
    let errors = known.ended.iter().filter_map(|ended| ended.why.as_ref());
    errors.into_iter().any(|why| matches!(why.kind(), Kind::NotFound | Kind::SourceChanged))
}

/// What an action does while the detail lies over the tree.
fn detail_act(action: Action) -> Option<Message> {
    match action {
        Action::Back | Action::Forward | Action::Details => Some(Message::Detail(false)),
        motion => motion.rows().map(Message::Move),
    }
}

/// What an action does while a filter is typed: the line's own keys stay the filter's.
fn typing_act(action: Action) -> Option<Message> {
    match action {
        Action::Forward => Some(Message::Typing { on: false, keep: true }),
        Action::Back => Some(Message::Typing { on: false, keep: false }),
        Action::First | Action::Last => None,
        motion => motion.rows().map(Message::Move),
    }
}

impl State {
    fn command_act(&self, action: Action) -> Option<Message> {
        let filtered = !self.filter.value().is_empty();
        match action {
            Action::Toggle => Some(Message::Toggle),
            Action::ToggleFamily => Some(Message::ToggleFamily),
            Action::Guide => Some(Message::Guide),
            Action::Sort => Some(Message::Sort),
            Action::Reverse => Some(Message::Reverse),
            Action::Filter => Some(Message::Typing { on: true, keep: true }),
            Action::Details => Some(Message::Detail(true)),
            Action::Refresh => Some(Message::Retry),
            Action::Fold => Some(Message::Fold(true)),
            Action::Unfold => Some(Message::Fold(false)),
            Action::Forward => Some(Message::Go(Step::Review)),
            Action::Back if filtered => Some(Message::Typing { on: false, keep: false }),
            Action::Back => Some(Message::Go(Step::Protect)),
            motion => motion.rows().map(Message::Move),
        }
    }

    fn set_typing(&mut self, on: bool, keep: bool) {
        self.typing = on;
        if !keep {
            self.typed(|filter| filter.set(""));
        }
    }

    /// Changes the filter; the cursor stays on its row where that row is still there.
    fn typed(&mut self, change: impl FnOnce(&mut Field)) {
        self.keeping_row(|state| change(&mut state.filter));
    }

    fn scroll_detail(&mut self, lines: isize) {
        let most = detail::most_lines(self);
        self.detail = self.detail.map(|scroll| scroll.saturating_add_signed(lines).min(most));
    }

    fn move_by(&mut self, rows: isize) {
        let last = self.rows().len().saturating_sub(1);
        self.cursor = self.cursor.min(last).saturating_add_signed(rows).min(last);
    }
}

#[cfg(test)]
mod tests;
