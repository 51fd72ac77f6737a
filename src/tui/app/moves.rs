//! From screen to screen: what one found out is handed to the next.

use super::{App, Screen, shown};
use crate::tui::eyes::Wish;
use crate::tui::{Effect, Step, Theme, Tick};

impl App {
    /// The wizard goes on to `step`.
    pub(super) fn go(&mut self, step: Step) -> Vec<Effect> {
        self.visited.clear();
        self.enter(step)
    }

    /// Leaves the screen that is shown and enters `step`.
    fn enter(&mut self, step: Step) -> Vec<Effect> {
        shown!(self, screen => screen.leave(&mut self.known));
        self.known.from = self.visited.last().copied();
        self.step = step;
        shown!(self, mut screen => screen.enter(&self.known))
    }

    /// Goes to `step` and remembers where it came from; a place that one came through is gone back to instead.
    fn visit(&mut self, step: Step) -> Vec<Effect> {
        if self.step == step {
            return Vec::new();
        }
        if let Some(at) = self.visited.iter().position(|earlier| *earlier == step) {
            self.visited.truncate(at);
            return self.come_back(step);
        }
        self.visited.push(self.step);
        self.enter(step)
    }

    /// Back to where one came from; home where one came from nowhere.
    fn turn_back(&mut self) -> Vec<Effect> {
        match self.visited.pop() {
            Some(step) => self.come_back(step),
            None => self.enter(Step::Home),
        }
    }

    fn come_back(&mut self, step: Step) -> Vec<Effect> {
        shown!(self, screen => screen.leave(&mut self.known));
        self.known.from = self.visited.last().copied();
        self.step = step;
        shown!(self, mut screen => screen.resume(&self.known))
    }

    /// Follows each move between screens, and those that entering brings; everything else comes out in its order.
    pub(super) fn follow(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut out = Vec::new();
        for effect in effects {
            let more = match effect {
                Effect::Go(step) => self.go(step),
                Effect::Visit(step) => self.visit(step),
                Effect::Return => self.turn_back(),
                Effect::Bind(keymap) => {
                    self.keymap = keymap;
                    continue;
                }
                Effect::Wear(wish) => {
                    self.wear(wish);
                    continue;
                }
                other => {
                    out.push(other);
                    continue;
                }
            };
            out.extend(self.follow(more));
        }
        out
    }

    fn wear(&mut self, wish: Wish) {
        match wish {
            Wish::Palette(palette) => self.theme = Theme::of(self.surroundings.palette(palette)),
            Wish::Ascii(ascii) => self.eyes.ascii = ascii,
            Wish::Motion(motion) => self.eyes.motion = motion,
        }
    }

    /// Time went by, for every screen, shown or not.
    pub(super) fn tick(&mut self, tick: &Tick) -> Vec<Effect> {
        self.now = tick.now;
        self.moved = tick.snapshot.as_ref().filter(|snapshot| snapshot.total() > 0).map(|snapshot| {
            let percent = u128::from(snapshot.done()) * 100 / u128::from(snapshot.total());
            u64::try_from(percent).unwrap_or(99).min(99)
        });
        self.home.tick(tick);
        self.browser.tick(tick);
        self.settings.tick(tick);
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
