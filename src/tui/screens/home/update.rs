//! What answers do to the screen, and what is asked for next.

use jiff::Timestamp;

use super::wish::Wish;
use super::{Access, Connected, Opened, Place, Refused, State, rows, rule};
use crate::bucket::Target;
use crate::catalog::{self, Archive, DatasetId, Family};
use crate::transfer::Verdict;
use crate::tui::seen::Seen;
use crate::tui::{Asker, Effect, Known, Step};

/// A bucket with more objects is not counted again at each visit: every thousand of them is a request.
const SOON_COUNTED: u64 = 20_000;

/// What tells two targets apart.
fn who(target: &Target) -> impl PartialEq {
    let key = target.keys.as_ref().map(|keys| keys.access_key_id.clone());
    (target.profile.clone(), target.region.clone(), target.endpoint_url.clone(), key)
}

impl State {
    /// The screen comes up: what was known stays shown until somebody answers anew.
    pub(super) fn come(&mut self, known: &Known) -> Vec<Effect> {
        let bucket = known.bucket.clone().or_else(|| known.last_bucket.clone());
        let place = Place {
            bucket,
            region: known.bucket_region.clone(),
            mirror: known.mirror.clone(),
            target: known.target.clone(),
        };
        if place.bucket != self.place.bucket || place.mirror != self.place.mirror {
            *self = Self { running: self.running, ..Self::default() };
            self.seen = known.seen.clone().filter(|seen| Some(&seen.bucket) == place.bucket.as_ref());
        }
        let is_elsewhere = who(&place.target) != who(&self.place.target);
        self.place = place;
        self.from = known.from;
        self.choice = None;
        self.waiting = None;
        self.begun.clone_from(&known.begun);
        self.wanted.clone_from(&known.datasets);
        self.found.extend(known.found.clone());
        self.forget_vanished(known);
        self.connect(known, is_elsewhere)
    }

    /// Where the last run found a pinned dump gone, the mirror is asked for its newest ones again.
    fn forget_vanished(&mut self, known: &Known) {
        use crate::Kind::{NotFound, SourceChanged};
        let mut whys = known.ended.iter().filter_map(|ended| ended.why.as_ref());
        if whys.any(|why| matches!(why.kind(), NotFound | SourceChanged)) {
            self.found.clear();
        }
    }

    fn connect(&mut self, known: &Known, is_elsewhere: bool) -> Vec<Effect> {
        let Some(bucket) = self.place.bucket.clone() else {
            self.access = Access::None;
            return Vec::new();
        };
        // Another profile or region was chosen since: the bucket is opened with it, not as it was.
        let is_stale = is_elsewhere && !matches!(self.access, Access::None);
        if let (false, Some(_), Some(identity)) = (is_stale, &known.bucket, &known.identity) {
            self.access = Access::Open(Connected {
                identity: identity.clone(),
                region: known.region.clone(),
                endpoint_url: known.endpoint_url.clone(),
            });
            return self.look_around(false);
        }
        self.access = Access::Opening;
        let reopen = Effect::Reopen { target: self.place.target.clone(), bucket };
        [reopen].into_iter().chain(self.ask()).collect()
    }

    pub(super) fn opened(&mut self, answer: Result<Opened, Refused>) -> Vec<Effect> {
        match answer {
            Ok(opened) => {
                self.place.region = opened.region;
                self.access = Access::Open(opened.connected);
                self.look_around(false)
            }
            Err(refused) => {
                self.access = Access::Refused(refused);
                self.waiting = None;
                self.follow()
            }
        }
    }

    /// Asks the bucket, the disk and the mirror; what they said before stays shown meanwhile.
    fn look_around(&mut self, everything: bool) -> Vec<Effect> {
        let counted = self.counted.as_ref().and_then(|counted| counted.as_ref().ok());
        let count = everything
            || counted.is_none_or(|counted| !counted.is_whole || counted.extent.objects <= SOON_COUNTED);
        if everything {
            self.found.clear();
        }
        self.look.again();
        [Effect::LookAround { count }].into_iter().chain(self.ask()).collect()
    }

    /// Asks for everything again.
    pub(super) fn refresh(&mut self) -> Vec<Effect> {
        self.waiting = None;
        match (&self.access, self.place.bucket.clone()) {
            (Access::Open(_), _) => self.look_around(true),
            (Access::Refused(_), Some(bucket)) => {
                self.access = Access::Opening;
                self.found.retain(|_, listing| listing.dump.is_ok());
                let reopen = Effect::Reopen { target: self.place.target.clone(), bucket };
                [reopen].into_iter().chain(self.ask()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The mirror is asked for families that are not there yet; disk and bucket for what was found, once the bucket is open or never will be.
    fn ask(&mut self) -> Vec<Effect> {
        let missing: Vec<Family> =
            Family::ALL.into_iter().filter(|family| !self.found.contains_key(family)).collect();
        let discover = (!missing.is_empty()).then_some(Effect::Discover(Asker::Home, missing));
        discover.into_iter().chain(self.survey()).collect()
    }

    fn survey(&mut self) -> Option<Effect> {
        if matches!(self.access, Access::Opening | Access::None) {
            return None;
        }
        let archives: Vec<Archive> = self.archives().cloned().collect();
        self.look.next(&archives).map(|archives| Effect::Survey(Asker::Home, archives))
    }

    /// After an answer: what is to be asked next, what can now be kept, and what was only waiting for it.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.survey().into_iter().collect();
        effects.extend(self.keep());
        if let Some(wish) = self.waiting.take() {
            effects.extend(self.wish(wish));
        }
        effects
    }

    /// What was seen, once all of it was.
    fn keep(&mut self) -> Option<Effect> {
        let (Access::Open(_), Some(bucket)) = (&self.access, &self.place.bucket) else { return None };
        let Some(Ok(standing)) = &self.standing else { return None };
        let counted = self.counted.as_ref()?.as_ref().ok();
        let extent = counted.filter(|counted| counted.is_whole).map(|counted| counted.extent.clone());
        let seen = Seen {
            bucket: bucket.clone(),
            region: self.place.region.clone(),
            at: self.seen.as_ref().map_or(Timestamp::UNIX_EPOCH, |seen| seen.at),
            standing: standing.clone(),
            protection: self.protection.as_ref()?.as_ref().ok().cloned(),
            extent: extent.or_else(|| self.seen.as_ref().and_then(|seen| seen.extent.clone())),
            unfinished: self.unfinished.as_ref()?.as_ref().ok().copied(),
        };
        if self.is_looking() || self.seen.as_ref() == Some(&seen) {
            return None;
        }
        self.seen = Some(seen.clone());
        Some(Effect::Keep(Box::new(seen)))
    }

    /// What other screens may know of it.
    pub(super) fn tell(&self, known: &mut Known) {
        known.found.extend(self.found.clone());
        known.begun.clone_from(&self.begun);
        known.resumable = self.begun.len();
        known.seen.clone_from(&self.seen);
        self.tell_place(known);
        if let Some(choice) = &self.choice {
            known.datasets.clone_from(choice);
            known.chosen = choice.iter().filter_map(|id| self.archive(id)).cloned().collect();
            known.locals = self.look.locals.clone();
            known.contents.clone_from(&self.look.contents);
        }
    }

    fn tell_place(&self, known: &mut Known) {
        let connected = match &self.access {
            Access::Open(connected) => Some(connected),
            Access::Refused(refused) => refused.connected.as_ref(),
            Access::None | Access::Opening => None,
        };
        if let Some(connected) = connected {
            known.identity = Some(connected.identity.clone());
            known.region.clone_from(&connected.region);
            known.endpoint_url.clone_from(&connected.endpoint_url);
        }
        if matches!(self.access, Access::Open(_)) {
            known.bucket.clone_from(&self.place.bucket);
            known.bucket_region.clone_from(&self.place.region);
            if let Some(Ok(current)) = &self.protection {
                known.archive = rule(current).cloned();
                known.protection = Some(current.clone());
            }
        }
    }

    pub(super) fn move_by(&mut self, by: isize) -> Vec<Effect> {
        if let Some(top) = self.facts {
            self.facts = Some(top.saturating_add_signed(by).min(super::view::most_facts(self)));
            return Vec::new();
        }
        let row = self.cursor(&rows::of(self)).saturating_add_signed(by);
        self.move_to(row)
    }

    pub(super) fn move_to(&mut self, row: usize) -> Vec<Effect> {
        let rows = rows::of(self);
        self.at = rows.get(row.min(rows.len().saturating_sub(1))).map(|row| row.dataset.id.clone());
        Vec::new()
    }

    /// The row under the cursor.
    pub(super) fn cursor(&self, rows: &[rows::Row]) -> usize {
        rows.iter().position(|row| Some(&row.dataset.id) == self.at.as_ref()).unwrap_or(0)
    }

    /// Does what was wished for, or remembers it until enough is known.
    pub(super) fn wish(&mut self, wish: Wish) -> Vec<Effect> {
        match wish {
            Wish::Return => vec![Effect::Return],
            Wish::Transfer => vec![Effect::Visit(Step::Transfer)],
            Wish::SetUp | Wish::Protection => vec![Effect::Go(Step::Protect)],
            Wish::Datasets => vec![Effect::Go(Step::Datasets)],
            Wish::Connection | Wish::Begin => vec![Effect::Go(Step::Connect)],
            Wish::Bucket => vec![Effect::Go(Step::Bucket)],
            Wish::Refresh => self.refresh(),
            Wish::Resume | Wish::Update | Wish::Lift => self.review(wish),
        }
    }

    fn review(&mut self, wish: Wish) -> Vec<Effect> {
        if !matches!(self.access, Access::Open(_)) || self.is_asking() {
            self.waiting = Some(wish);
            return Vec::new();
        }
        let choice: Vec<DatasetId> =
            self.ids_of(wish).into_iter().filter(|id| self.archive(id).is_some()).collect();
        if choice.is_empty() {
            return Vec::new();
        }
        self.choice = Some(choice);
        vec![Effect::Go(Step::Review)]
    }

    /// The datasets that a wish is about, as far as is known.
    pub(super) fn ids_of(&self, wish: Wish) -> Vec<DatasetId> {
        match wish {
            Wish::Resume => {
                let mut ids: Vec<DatasetId> =
                    self.begun.iter().filter_map(|begun| catalog::dataset_at(&begun.key)).collect();
                ids.sort();
                ids.dedup();
                ids
            }
            Wish::Update => self.with(|verdict| matches!(verdict, Verdict::Newer { .. })),
            Wish::Lift => {
                let undone = self.with(|verdict| !matches!(verdict, Verdict::Current | Verdict::Unknown));
                self.wanted.iter().filter(|id| undone.contains(id)).cloned().collect()
            }
            _ => Vec::new(),
        }
    }

    fn with(&self, is: impl Fn(&Verdict) -> bool) -> Vec<DatasetId> {
        let lines = self.archives().filter_map(|archive| self.look.line(archive));
        lines.filter(|line| is(&line.verdict)).map(|line| line.archive.dataset).collect()
    }
}
