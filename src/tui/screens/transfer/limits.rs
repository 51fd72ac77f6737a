//! The limits of both legs while bytes move: what they are, and the keys that change them.

use std::num::NonZeroU64;

use super::State;
use crate::say;
use crate::transfer::{InForce, Leg, Meter};
use crate::tui::keys::Action;
use crate::tui::widgets::{Hint, width};
use crate::tui::{Command, Effect};

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
/// The limits that keys step through, bytes/s; above the last there is none.
const STEPS: [u64; 11] = [
    128 * KIB,
    256 * KIB,
    512 * KIB,
    MIB,
    2 * MIB,
    5 * MIB,
    10 * MIB,
    20 * MIB,
    50 * MIB,
    100 * MIB,
    200 * MIB,
];

/// In which direction a limit is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The next higher limit; after the highest, none.
    Faster,
    /// The next lower limit; from none, the next below what moves now.
    Slower,
}

/// The limit after `limit`, in bytes/s; `rate` is what moves now. `None` is no limit.
fn step(limit: Option<NonZeroU64>, change: Change, rate: Option<u64>) -> Option<NonZeroU64> {
    let below = |bytes: u64| STEPS.into_iter().rev().find(|step| *step < bytes).unwrap_or(STEPS[0]);
    let next = match (limit.map(NonZeroU64::get), change) {
        (None, Change::Faster) => None,
        (None, Change::Slower) => Some(below(rate.filter(|rate| *rate > 0).unwrap_or(u64::MAX))),
        (Some(limit), Change::Faster) => STEPS.into_iter().find(|step| *step > limit),
        // One that was set lower than any step stays.
        (Some(limit), Change::Slower) => Some(below(limit).min(limit)),
    };
    next.and_then(NonZeroU64::new)
}

impl State {
    /// The legs that there are.
    pub(super) fn legs(&self) -> impl Iterator<Item = Leg> + use<> {
        let mode = self.mode;
        let wanted = move |leg: &Leg| match leg {
            Leg::Download => mode.downloads(),
            Leg::Upload => mode.uploads(),
        };
        [Leg::Download, Leg::Upload].into_iter().filter(wanted)
    }

    /// Changes the limit of each leg that keys act on. It is shown at once; the engine says in its next frame what holds.
    pub(super) fn limit(&mut self, change: Change) -> Vec<Effect> {
        if self.is_final() {
            return Vec::new();
        }
        let chosen: Vec<Leg> =
            self.legs().filter(|leg| self.limited.is_none_or(|only| only == *leg)).collect();
        let order = |leg: Leg| {
            let (now, meter) = self.leg(leg);
            let rate = step(now.rate, change, meter.rate());
            *now = InForce { rate, until: None };
            Effect::Control(Command::Limit(leg, rate))
        };
        chosen.into_iter().map(order).collect()
    }

    const fn leg(&mut self, leg: Leg) -> (&mut InForce, &Meter) {
        match leg {
            Leg::Download => (&mut self.snapshot.limit_down, &self.down),
            Leg::Upload => (&mut self.snapshot.limit_up, &self.up),
        }
    }

    /// Both, then the one leg, then the other.
    pub(super) fn next_leg(&mut self) {
        self.limited = match self.limited {
            _ if self.legs().count() < 2 => None,
            None => Some(Leg::Download),
            Some(Leg::Download) => Some(Leg::Upload),
            Some(Leg::Upload) => None,
        };
    }

    /// `limit  ▸↓ none   ↑ 5 MiB/s until 23:00`: the mark stands at what keys change.
    pub(super) fn limits_line(&self) -> String {
        let leg = |leg: Leg| {
            let mark = if self.limited.is_none_or(|only| only == leg) { "▸" } else { " " };
            match leg {
                Leg::Download => format!("{mark}↓ {}", self.snapshot.limit_down),
                Leg::Upload => format!("{mark}↑ {}", self.snapshot.limit_up),
            }
        };
        let legs: Vec<String> = self.legs().map(leg).collect();
        format!("{}  {}", say!("transfer-limit"), legs.join("  "))
    }

    /// `connections  ↓ 2 of 2  ↑ 4 parts`, as far as it fits into `cells`.
    pub(super) fn connections_words(&self, cells: usize) -> String {
        let now = &self.snapshot;
        let down = (self.mode.downloads() && now.connections > 0)
            .then(|| say!("transfer-connected", used = now.connected, most = now.connections));
        let up = self.mode.uploads().then(|| say!("transfer-flying", count = now.flying));
        let label = down.is_some().then(|| say!("transfer-connections"));
        let long: Vec<String> = label.into_iter().chain(down.clone()).chain(up).collect();
        let (long, short) = (long.join("  "), down.unwrap_or_default());
        [long, short].into_iter().find(|words| width(words) <= cells).unwrap_or_default()
    }

    pub(super) fn limit_hints(&self) -> Vec<Hint> {
        let change = Hint::pair(Action::Faster, Action::Slower, say!("transfer-key-limit"))
            .help(say!("transfer-key-limit-help"));
        let says = match self.limited {
            None => say!("transfer-key-limit-down"),
            Some(Leg::Download) => say!("transfer-key-limit-up"),
            Some(Leg::Upload) => say!("transfer-key-limit-both"),
        };
        let leg = Hint::new(Action::NextLeg, says).help(say!("transfer-key-leg-help"));
        if self.is_final() { Vec::new() } else { vec![change, leg] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stepped(limit: u64, change: Change, rate: Option<u64>) -> Option<u64> {
        step(NonZeroU64::new(limit), change, rate).map(NonZeroU64::get)
    }

    #[test]
    fn faster_goes_up_to_no_limit_and_slower_down_to_the_lowest_step() {
        assert_eq!(stepped(20 * MIB, Change::Faster, None), Some(50 * MIB));
        assert_eq!(stepped(200 * MIB, Change::Faster, None), None);
        assert_eq!(stepped(0, Change::Faster, None), None);
        assert_eq!(stepped(20 * MIB, Change::Slower, None), Some(10 * MIB));
        assert_eq!(stepped(128 * KIB, Change::Slower, None), Some(128 * KIB));
    }

    #[test]
    fn a_limit_between_two_steps_goes_to_its_neighbours() {
        assert_eq!(stepped(7 * MIB, Change::Faster, None), Some(10 * MIB));
        assert_eq!(stepped(7 * MIB, Change::Slower, None), Some(5 * MIB));
        assert_eq!(stepped(5 * KIB, Change::Slower, None), Some(5 * KIB));
    }

    #[test]
    fn from_no_limit_slower_begins_below_what_moves_now() {
        assert_eq!(stepped(0, Change::Slower, Some(38 * MIB)), Some(20 * MIB));
        assert_eq!(stepped(0, Change::Slower, Some(KIB)), Some(128 * KIB));
        assert_eq!(stepped(0, Change::Slower, None), Some(200 * MIB));
        assert_eq!(stepped(0, Change::Slower, Some(0)), Some(200 * MIB));
    }
}
