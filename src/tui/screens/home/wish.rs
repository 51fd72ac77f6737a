//! What can be done next, the most needed first: what Enter does, what has a key of its own, and what each comes to in words.

use super::{Access, State};
use crate::catalog::DatasetId;
use crate::error::Kind;
use crate::say;
use crate::transfer::Line;
use crate::tui::Step;
use crate::tui::keys::Action;
use crate::tui::screens::standing::Tone;
use crate::tui::screens::transfer::bar::percent;
use crate::tui::widgets::Hint;
use crate::words;

/// Something that can be done from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Back to where one came from.
    Return,
    /// To the running transfer.
    Transfer,
    /// On with a bucket that was never set up to the end.
    SetUp,
    /// Brings to the end what was begun.
    Resume,
    /// Brings what is newer upstream.
    Update,
    /// Brings what was chosen and is not there yet.
    Lift,
    /// To the choice of datasets.
    Datasets,
    /// To the bucket's settings.
    Protection,
    /// To the connection.
    Connection,
    /// To the first step, where nothing is known yet.
    Begin,
    /// To the choice of another bucket.
    Bucket,
    /// Asks everybody again.
    Refresh,
}

/// A wish that can be granted now.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub(super) wish: Wish,
    /// Its key; Enter for the first one.
    pub(super) action: Action,
    /// What the footer says.
    key: String,
    /// What stands on the screen; nothing for what needs no words.
    pub(super) says: Option<String>,
    pub(super) tone: Tone,
    /// Whether Enter does the same, so that the footer need not tell of it.
    is_quiet: bool,
}

impl Offer {
    fn new(wish: Wish, action: Action, key: String) -> Self {
        Self { wish, action, key, says: None, tone: Tone::Quiet, is_quiet: false }
    }

    fn saying(self, says: String, tone: Tone) -> Self {
        Self { says: Some(says), tone, ..self }
    }

    /// Whether the footer tells of it last.
    pub(super) const fn is_seldom(&self) -> bool {
        self.says.is_none() && matches!(self.wish, Wish::Protection | Wish::Connection | Wish::Refresh)
    }

    pub(super) fn hint(&self) -> Hint {
        let hint = Hint::new(self.action, self.key.clone());
        match (&self.says, self.is_quiet) {
            (Some(says), false) => hint.help(format!("{} · {says}", self.key)),
            (_, true) => hint.quiet(),
            (None, false) => hint,
        }
    }
}

impl State {
    /// The wish of an action, where it can be granted.
    pub(super) fn wish_of(&self, action: Action) -> Option<Wish> {
        self.offers().iter().find(|offer| offer.action == action).map(|offer| offer.wish)
    }

    /// What can be done, what Enter does first.
    pub(super) fn offers(&self) -> Vec<Offer> {
        let mut offers = self.urgent();
        if let Some(first) = offers.first() {
            // Enter does the first; its own key does it as well.
            let enter = Offer { action: Action::Forward, ..first.clone() };
            let own = offers.remove(0);
            offers.insert(0, enter);
            if own.action != Action::Forward {
                offers.push(Offer { says: None, is_quiet: true, ..own });
            }
        }
        offers.extend(self.always(&offers));
        offers
    }

    /// What can be done whatever there is to say, less what was offered before.
    fn always(&self, before: &[Offer]) -> Vec<Offer> {
        let open = matches!(self.access, Access::Open(_));
        let idle = self.running.is_none();
        let all = [
            (open, Wish::Datasets, Action::Datasets, say!("home-key-datasets")),
            (open && idle, Wish::Protection, Action::Protection, say!("home-key-protection")),
            (idle, Wish::Connection, Action::Connection, say!("home-key-connection")),
            (open, Wish::Refresh, Action::Refresh, say!("home-key-refresh")),
            (self.from.is_some(), Wish::Return, Action::Back, say!("tui-key-back")),
        ];
        let is_new = |action| !before.iter().any(|offer| offer.action == action);
        let offered = all.into_iter().filter(|(can, _, action, _)| *can && is_new(*action));
        offered.map(|(_, wish, action, key)| Offer::new(wish, action, key)).collect()
    }

    /// What has words on the screen, the most needed first.
    fn urgent(&self) -> Vec<Offer> {
        let offers = [
            self.transfer(),
            self.mend(),
            self.wizard(),
            self.set_up(),
            self.bring(Wish::Resume),
            self.bring(Wish::Update),
            self.bring(Wish::Lift),
            self.mirror(),
            self.nothing_to_do(),
        ];
        offers.into_iter().flatten().collect()
    }

    fn transfer(&self) -> Option<Offer> {
        let (done, total) = self.running?;
        let says = say!("home-running", percent = percent(done, total, false));
        Some(Offer::new(Wish::Transfer, Action::Forward, say!("home-key-transfer")).saying(says, Tone::Under))
    }

    /// The one key that mends what is in the way of the bucket.
    fn mend(&self) -> Option<Offer> {
        let offer = match &self.access {
            Access::None => {
                let offer = Offer::new(Wish::Begin, Action::Forward, say!("home-key-begin"));
                return Some(offer.saying(say!("home-no-bucket"), Tone::Under));
            }
            Access::Refused(refused) => match refused.error.kind() {
                Kind::NotFound if refused.connected.is_some() => {
                    let offer = Offer::new(Wish::Bucket, Action::Forward, say!("home-key-bucket"));
                    offer.saying(say!("home-mend-bucket"), Tone::Warn)
                }
                Kind::Credentials | Kind::Permission => {
                    let offer = Offer::new(Wish::Connection, Action::Connection, say!("home-key-connection"));
                    offer.saying(say!("home-mend-connection"), Tone::Warn)
                }
                _ => {
                    let offer = Offer::new(Wish::Refresh, Action::Refresh, say!("home-key-refresh"));
                    offer.saying(say!("home-mend-refresh"), Tone::Warn)
                }
            },
            Access::Opening | Access::Open(_) => return None,
        };
        Some(offer)
    }

    /// The wizard, where it was left half way in this run.
    fn wizard(&self) -> Option<Offer> {
        let step = self.from.filter(|step| Step::NUMBERED.contains(step) && *step != Step::Transfer)?;
        let number = Step::NUMBERED.iter().position(|other| *other == step).unwrap_or(0) + 1;
        let says = say!("home-wizard", number = number, step = step.name());
        Some(Offer::new(Wish::Return, Action::Forward, say!("home-key-wizard")).saying(says, Tone::Under))
    }

    /// A bucket that an earlier run chose, and got no further.
    fn set_up(&self) -> Option<Offer> {
        let half_way =
            self.wanted.is_empty() && self.begun.is_empty() && matches!(self.access, Access::Open(_));
        let nothing_there = matches!(&self.standing, Some(Ok(standing)) if standing.is_empty());
        (half_way && nothing_there).then(|| {
            let offer = Offer::new(Wish::SetUp, Action::Forward, say!("home-key-set-up"));
            offer.saying(say!("home-set-up", number = 3, step = Step::Protect.name()), Tone::Under)
        })
    }

    /// What was begun, what is old, or what is still to come of what was chosen.
    fn bring(&self, wish: Wish) -> Option<Offer> {
        if self.running.is_some() || !matches!(self.access, Access::Open(_) | Access::Opening) {
            return None;
        }
        let ids = self.ids_of(wish);
        let lines: Vec<Line> = self.lines(&ids);
        // What was begun or is newer is said there already.
        let is_said = wish == Wish::Lift && self.said_elsewhere(&ids);
        if ids.is_empty() || is_said || (wish != Wish::Resume && lines.is_empty()) {
            return None;
        }
        let (action, key) = match wish {
            Wish::Resume => (Action::Resume, say!("home-key-resume")),
            Wish::Update => (Action::Update, say!("home-key-update")),
            _ => (Action::Forward, say!("home-key-lift")),
        };
        let offer = Offer::new(wish, action, key);
        Some(offer.saying(
            bring_words(wish, ids.len(), &lines),
            if wish == Wish::Lift { Tone::Quiet } else { Tone::Under },
        ))
    }

    fn said_elsewhere(&self, ids: &[DatasetId]) -> bool {
        let mut said = self.ids_of(Wish::Resume);
        said.extend(self.ids_of(Wish::Update));
        ids.iter().all(|id| said.contains(id))
    }

    fn lines(&self, ids: &[DatasetId]) -> Vec<Line> {
        let archives = ids.iter().filter_map(|id| self.archive(id));
        archives.filter_map(|archive| self.look.line(archive)).collect()
    }

    /// A mirror that does not answer; the bucket is shown all the same.
    fn mirror(&self) -> Option<Offer> {
        let error = self.found.values().find_map(|listing| listing.dump.as_ref().err())?;
        // A family that has no complete dump is no silence of the mirror.
        let silent = self.found.values().filter(|listing| listing.dump.is_err()).count();
        let says = say!("home-mirror", count = silent, why = error.what());
        let known = matches!(self.access, Access::Open(_) | Access::Opening);
        let offer = Offer::new(Wish::Refresh, Action::Refresh, say!("home-key-refresh"));
        known.then(|| offer.saying(says, Tone::Warn))
    }

    fn nothing_to_do(&self) -> Option<Offer> {
        let done = matches!(self.access, Access::Open(_)) && !self.is_asking() && self.standing.is_some();
        let bring = [Wish::Resume, Wish::Update, Wish::Lift];
        if !done
            || self.running.is_some()
            || bring.into_iter().any(|wish| self.bring(wish).is_some())
            || self.set_up().is_some()
        {
            return None;
        }
        let offer = Offer::new(Wish::Datasets, Action::Datasets, say!("home-key-datasets"));
        Some(if self.in_bucket().is_empty() {
            offer.saying(say!("home-empty"), Tone::Under)
        } else {
            offer.saying(say!("home-all-current"), Tone::Good)
        })
    }
}

fn bring_words(wish: Wish, count: usize, lines: &[Line]) -> String {
    let bytes: u64 = lines.iter().map(|line| line.down.max(line.up)).sum();
    let size = words::size(bytes);
    let is_known = lines.len() == count;
    match (wish, is_known) {
        (Wish::Resume, true) => say!("home-resume", count = count, size = size),
        (Wish::Resume, false) => say!("home-resume-unknown", count = count),
        (Wish::Update, _) => say!("home-update", count = count, size = size),
        _ => say!("home-lift", count = count, size = size),
    }
}
