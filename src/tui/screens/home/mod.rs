//! The screen "home": what is in the bucket, what is newer upstream, what can be resumed, what it costs, and one key to each. Here lives what was
//! found so far; `update` takes answers, `wish` says what can be done next, `rows` and `facts` put it into lines, `view` draws.
//!
//! It shows at once what the last run saw, says from when that is, and replaces it answer by answer.

mod facts;
mod rows;
mod update;
mod view;
mod wish;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::wish::Wish;
use super::Screen;
use super::look::Look;
use crate::bucket::protection::{Current, Reading};
use crate::bucket::{Extent, Identity, Target};
use crate::catalog::{Archive, DatasetId, Family, FamilyListing};
use crate::say;
use crate::transfer::{Begun, Contents, Locals};
use crate::tui::keys::Action;
use crate::tui::seen::{Seen, Standing, Unfinished};
use crate::tui::widgets::Hint;
use crate::tui::{Effect, Known, Mouse, Step, Theme, Tick};
use crate::{Error, Result};

/// What the screen holds.
#[derive(Debug, Default)]
pub struct State {
    place: Place,
    access: Access,
    /// What the last run saw, until this one knows.
    seen: Option<Seen>,
    standing: Option<Result<Vec<Standing>>>,
    protection: Option<Result<Current>>,
    counted: Option<Result<Counted>>,
    unfinished: Option<Result<Unfinished>>,
    /// By family; one that is not there is still being asked for.
    found: BTreeMap<Family, Arc<FamilyListing>>,
    look: Look,
    begun: Vec<Begun>,
    /// What was chosen last; nothing where the wizard never got that far.
    wanted: Vec<DatasetId>,
    /// What goes to the review.
    choice: Option<Vec<DatasetId>>,
    /// What is done as soon as enough is known.
    waiting: Option<Wish>,
    /// Where one came from.
    from: Option<Step>,
    /// How far a running transfer is, in bytes done and in all.
    running: Option<(u64, u64)>,
    /// The dataset under the cursor; `None` is the first row.
    at: Option<DatasetId>,
    /// From which line on all facts are shown, while they are shown alone.
    facts: Option<usize>,
}

/// Which bucket it is about.
#[derive(Debug, Clone, Default)]
struct Place {
    bucket: Option<String>,
    region: String,
    mirror: String,
    target: Target,
}

/// How one gets to the bucket.
#[derive(Debug, Default)]
enum Access {
    /// Nobody knows of a bucket yet.
    #[default]
    None,
    /// On the way.
    Opening,
    /// It is open.
    Open(Connected),
    /// It is not.
    Refused(Refused),
}

/// Who one is, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connected {
    /// Who one is.
    pub identity: Identity,
    /// The region in which new buckets are made.
    pub region: String,
    /// The S3-compatible endpoint, where it is not AWS's own.
    pub endpoint_url: Option<String>,
}

/// A bucket that was opened again.
#[derive(Debug)]
pub struct Opened {
    /// Who one is, and where.
    pub connected: Connected,
    /// The bucket's name.
    pub bucket: String,
    /// Where it lies.
    pub region: String,
}

/// Why it was not opened.
#[derive(Debug)]
pub struct Refused {
    /// What went wrong.
    pub error: Error,
    /// Who one is, where only the bucket failed.
    pub connected: Option<Connected>,
}

/// What the bucket holds, counted so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// How much.
    pub extent: Extent,
    /// Whether that is all.
    pub is_whole: bool,
}

/// What can happen to it.
#[derive(Debug)]
pub enum Message {
    /// The bucket was opened, or why not.
    Opened(Result<Opened, Refused>),
    /// The newest object of each dataset.
    Standing(Result<Vec<Standing>>),
    /// The bucket's settings.
    Protection(Result<Current>),
    /// What the bucket holds, growing.
    Counted(Result<Counted>),
    /// Uploads that are billed and not finished.
    Unfinished(Result<Unfinished>),
    /// What the disk has begun.
    Begun(Vec<Begun>),
    /// What the mirror has of one family.
    Found(FamilyListing),
    /// What the disk and the bucket have of the newest archives.
    Surveyed(Result<(Locals, Option<Contents>)>),
    /// The cursor moves by rows.
    Move(isize),
    /// All that is known of the bucket is shown alone, or no longer.
    Facts,
    /// The cursor goes to that row.
    MoveTo(usize),
    /// Something is to be done.
    Do(Wish),
}

impl Screen for State {
    type Message = Message;

    fn enter(&mut self, known: &Known) -> Vec<Effect> {
        self.come(known)
    }

    fn leave(&self, known: &mut Known) {
        self.tell(known);
    }

    fn act(&self, action: Action) -> Option<Message> {
        let closes = self.facts.is_some() && matches!(action, Action::Back | Action::Forward);
        if action == Action::Details || closes {
            return Some(Message::Facts);
        }
        if let Some(wish) = self.wish_of(action) {
            return Some(Message::Do(wish));
        }
        action.rows().map(Message::Move)
    }

    fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Message> {
        view::mouse(self, area, mouse)
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Opened(answer) => return self.opened(answer),
            Message::Standing(answer) => self.standing = Some(answer),
            Message::Protection(answer) => self.protection = Some(answer),
            Message::Counted(answer) => self.counted = Some(answer),
            Message::Unfinished(answer) => self.unfinished = Some(answer),
            Message::Begun(begun) => self.begun = begun,
            Message::Found(listing) => drop(self.found.insert(listing.family, Arc::new(listing))),
            Message::Surveyed(answer) => self.look.take(answer),
            Message::Move(rows) => return self.move_by(rows),
            Message::Facts => {
                self.facts = if self.facts.is_some() { None } else { Some(0) };
                return Vec::new();
            }
            Message::MoveTo(row) => return self.move_to(row),
            Message::Do(wish) => return self.wish(wish),
        }
        self.follow()
    }

    fn tick(&mut self, tick: &Tick) {
        let moving = tick.snapshot.as_ref().filter(|snapshot| !snapshot.is_final());
        self.running = moving.map(|snapshot| (snapshot.done(), snapshot.total()));
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        view::view(self, area, buffer, theme, now);
    }

    fn keys(&self) -> Vec<Hint> {
        if self.facts.is_some() {
            return vec![
                Hint::new(Action::Back, say!("tui-key-close")),
                Hint::pair(Action::Up, Action::Down, say!("home-key-scroll")),
                Hint::new(Action::Details, say!("tui-key-close")).quiet(),
            ];
        }
        let mut keys: Vec<Hint> = Vec::new();
        let mut later: Vec<Hint> = Vec::new();
        for offer in self.offers() {
            let hint = offer.hint();
            // What is second to Enter only stands on the screen.
            if keys.iter().chain(&later).all(|earlier| earlier.actions != hint.actions) {
                if offer.is_seldom() { later.push(hint) } else { keys.push(hint) }
            }
        }
        keys.push(Hint::new(Action::Browse, say!("home-key-browse")));
        keys.push(Hint::new(Action::Details, say!("home-key-facts")).help(say!("home-facts-help")));
        keys.extend(later);
        keys.push(Hint::pair(Action::Up, Action::Down, say!("tui-key-move")).quiet());
        keys
    }

    fn is_moving(&self) -> bool {
        self.running.is_some() || self.waiting.is_some() || self.is_looking()
    }
}

impl State {
    /// Whether an answer is still on its way.
    fn is_looking(&self) -> bool {
        match &self.access {
            Access::None => false,
            Access::Opening => true,
            Access::Refused(_) => self.is_asking(),
            Access::Open(_) => {
                let counting =
                    self.counted.as_ref().is_none_or(|counted| matches!(counted, Ok(part) if !part.is_whole));
                counting
                    || self.standing.is_none()
                    || self.protection.is_none()
                    || self.unfinished.is_none()
                    || self.is_asking()
            }
        }
    }

    /// Whether the mirror, or the disk and the bucket about what it has, have not answered yet.
    fn is_asking(&self) -> bool {
        self.look.is_looking() || Family::ALL.iter().any(|family| !self.found.contains_key(family))
    }

    /// Every archive that the mirror was found to have.
    fn archives(&self) -> impl Iterator<Item = &Archive> {
        self.found.values().flat_map(|listing| &listing.archives)
    }

    fn archive(&self, id: &DatasetId) -> Option<&Archive> {
        self.archives().find(|archive| archive.dataset == *id)
    }

    /// The newest object of each dataset: as it is now, else as it was.
    fn in_bucket(&self) -> &[Standing] {
        match (&self.standing, &self.seen) {
            (Some(Ok(standing)), _) => standing,
            (_, Some(seen)) => &seen.standing,
            _ => &[],
        }
    }

    /// The bucket's settings: as they are, else as they were.
    fn settings(&self) -> Option<&Current> {
        match &self.protection {
            Some(Ok(current)) => Some(current),
            Some(Err(_)) => None,
            None => self.seen.as_ref()?.protection.as_ref(),
        }
    }

    /// Whether something that is shown is still what the last run saw.
    fn is_old(&self) -> bool {
        let missing = self.standing.is_none() || self.protection.is_none() || self.unfinished.is_none();
        self.seen.is_some() && (missing || matches!(self.standing, Some(Err(_))))
    }
}

/// The archive rule of these settings.
fn rule(current: &Current) -> Option<&crate::bucket::protection::ArchiveRule> {
    match &current.archive {
        Reading::Is(rule) => rule.as_ref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
