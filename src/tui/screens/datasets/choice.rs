//! What is chosen, and when the review can come.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::tree::Row;
use super::{Notice, State};
use crate::Result;
use crate::catalog::{self, Archive, Dataset, DatasetId, Family, FamilyListing};
use crate::transfer::{Contents, Locals};
use crate::tui::screens::standing::Standing;
use crate::tui::{Asker, Effect, Step};

/// The guide's set.
pub(super) fn guide() -> BTreeSet<DatasetId> {
    catalog::datasets().into_iter().filter(|dataset| dataset.guide).map(|dataset| dataset.id).collect()
}

/// What is chosen at first: what was `remembered` and still exists, else the guide's set.
pub(super) fn first(remembered: &[DatasetId]) -> BTreeSet<DatasetId> {
    let all = catalog::datasets().into_iter().map(|dataset| dataset.id);
    let known: BTreeSet<DatasetId> = all.filter(|id| remembered.contains(id)).collect();
    if known.is_empty() { guide() } else { known }
}

impl State {
    /// Takes what was chosen elsewhere since this screen was left, or at the first time what an earlier run chose.
    pub(super) fn choose_as(&mut self, known: &[DatasetId]) {
        if self.chosen.is_none() || !known.is_empty() {
            self.chosen = Some(first(known));
        }
    }

    /// Where a dataset stands, as far as it is known.
    pub(super) fn standing(&self, dataset: &Dataset) -> Option<Standing> {
        let listing = self.found.get(&dataset.family)?;
        let Some(archive) = self.archive(dataset) else {
            return listing.dump.is_ok().then(Standing::not_offered);
        };
        self.look.line(archive).map(|line| Standing::of_line(&line))
    }

    /// Whether a dataset is chosen.
    pub(super) fn is_chosen(&self, id: &DatasetId) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.contains(id))
    }

    /// The archive of a dataset, where the mirror has one.
    pub(super) fn archive(&self, dataset: &Dataset) -> Option<&Archive> {
        let listing = self.found.get(&dataset.family)?;
        listing.archives.iter().find(|archive| archive.dataset == dataset.id)
    }

    /// Every archive that was found so far.
    pub(super) fn archives(&self) -> impl Iterator<Item = &Archive> {
        self.found.values().flat_map(|listing| &listing.archives)
    }

    /// Those that are chosen, in the order in which people are shown them.
    pub(super) fn chosen_archives(&self) -> impl Iterator<Item = &Archive> {
        self.archives().filter(|archive| self.is_chosen(&archive.dataset))
    }

    pub(super) fn has_trouble(&self) -> bool {
        self.look.failed.is_some() || self.found.values().any(|listing| listing.dump.is_err())
    }

    pub(super) fn toggle(&mut self) {
        match self.row() {
            Some(Row::Family(_)) => self.toggle_family(),
            Some(Row::Dataset(dataset)) if self.is_chosen(&dataset.id) => self.set(&dataset.id, false),
            Some(Row::Dataset(dataset)) if self.is_offered(&dataset) => self.set(&dataset.id, true),
            Some(Row::Dataset(_)) => self.notice = Some(Notice::NotOffered),
            None => {}
        }
    }

    /// All of the family that is shown, or none of it where all were chosen.
    pub(super) fn toggle_family(&mut self) {
        let Some(family) = self.row().map(|row| row.family()) else { return };
        let shown = self.datasets_of(family).into_iter();
        let ids: Vec<DatasetId> =
            shown.filter(|dataset| self.is_offered(dataset)).map(|dataset| dataset.id).collect();
        if ids.is_empty() {
            self.notice = Some(Notice::NotOffered);
        }
        let choose = !ids.iter().all(|id| self.is_chosen(id));
        for id in &ids {
            self.set(id, choose);
        }
    }

    /// Whether it can be chosen: it is there, or nobody knows yet.
    fn is_offered(&self, dataset: &Dataset) -> bool {
        !self.found.contains_key(&dataset.family) || self.archive(dataset).is_some()
    }

    fn set(&mut self, id: &DatasetId, choose: bool) {
        let chosen = self.chosen.get_or_insert_default();
        if choose {
            chosen.insert(id.clone());
        } else {
            chosen.remove(id);
        }
    }

    /// Asks the mirror for each family that is not there yet, and the disk and bucket for what was found.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        let missing: Vec<Family> =
            Family::ALL.into_iter().filter(|family| !self.found.contains_key(family)).collect();
        let discover = (!missing.is_empty()).then_some(Effect::Discover(Asker::Datasets, missing));
        discover.into_iter().chain(self.look_on()).collect()
    }

    fn look_on(&mut self) -> Option<Effect> {
        let archives: Vec<Archive> = self.archives().cloned().collect();
        self.look.next(&archives).map(|archives| Effect::Survey(Asker::Datasets, archives))
    }

    pub(super) fn take(&mut self, listing: FamilyListing) -> Vec<Effect> {
        self.found.insert(listing.family, Arc::new(listing));
        let mut effects: Vec<Effect> = self.look_on().into_iter().collect();
        effects.extend(self.leave_when_ready());
        effects
    }

    pub(super) fn looked(&mut self, result: Result<(Locals, Option<Contents>)>) -> Vec<Effect> {
        self.look.take(result);
        let mut effects: Vec<Effect> = self.look_on().into_iter().collect();
        effects.extend(self.leave_when_ready());
        effects
    }

    pub(super) fn retry(&mut self) -> Vec<Effect> {
        self.found.retain(|_, listing| listing.dump.is_ok());
        self.look.forgive();
        self.ask()
    }

    pub(super) fn go_on(&mut self) -> Vec<Effect> {
        if self.chosen.as_ref().is_none_or(BTreeSet::is_empty) {
            self.notice = Some(Notice::NothingChosen);
            return Vec::new();
        }
        self.leaving = true;
        self.leave_when_ready()
    }

    /// Goes to the review where Enter was pressed and everything about the choice is known.
    fn leave_when_ready(&mut self) -> Vec<Effect> {
        if !self.leaving || self.is_waited_for() {
            return Vec::new();
        }
        self.leaving = false;
        self.notice = self.obstacle();
        if self.notice.is_some() {
            return Vec::new();
        }
        let datasets = self.chosen.iter().flatten().cloned().collect();
        vec![Effect::Remember { bucket: None, datasets: Some(datasets) }, Effect::Go(Step::Review)]
    }

    /// Whether the mirror, the disk or the bucket still has to say something about what is chosen.
    fn is_waited_for(&self) -> bool {
        let datasets = catalog::datasets();
        let mut chosen = datasets.iter().filter(|dataset| self.is_chosen(&dataset.id));
        let asked = chosen.any(|dataset| !self.found.contains_key(&dataset.family));
        let unseen = self.chosen_archives().any(|archive| !self.look.has_seen(archive));
        asked || (unseen && self.look.failed.is_none())
    }

    fn obstacle(&self) -> Option<Notice> {
        if self.chosen_archives().next().is_none() {
            return Some(Notice::NoneFound);
        }
        self.chosen_archives().any(|archive| !self.look.has_seen(archive)).then_some(Notice::NotLooked)
    }
}
