//! From screen to screen: what one found out is handed to the next.

use super::{App, Screen, shown};
use crate::tui::{Effect, Step, Tick};

impl App {
    /// Leaves the screen that is shown and enters `step`.
    pub(super) fn go(&mut self, step: Step) -> Vec<Effect> {
        shown!(self, screen => screen.leave(&mut self.known));
        self.step = step;
        shown!(self, mut screen => screen.enter(&self.known))
    }

    /// Follows each `Go`, and those that entering brings; everything else comes out in its order.
    pub(super) fn follow(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut out = Vec::new();
        for effect in effects {
            match effect {
                Effect::Go(step) => {
                    let more = self.go(step);
                    out.extend(self.follow(more));
                }
                other => out.push(other),
            }
        }
        out
    }

    /// Time went by, for every screen, shown or not.
    pub(super) fn tick(&mut self, tick: &Tick) -> Vec<Effect> {
        self.now = tick.now;
        self.connect.tick(tick);
        self.bucket.tick(tick);
        self.protect.tick(tick);
        self.datasets.tick(tick);
        self.review.tick(tick);
        self.transfer.tick(tick);
        self.done.tick(tick);
        Vec::new()
    }
}
