//! Progress bars on stderr, where that is a terminal: one an archive, and one for all.

use std::fmt::Write;
use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressState, ProgressStyle};

use super::Output;
use crate::transfer::{Action, Plan, Snapshot, Status};
use crate::words;

/// The bars; none where nobody would see them.
#[derive(Debug, Default)]
pub(super) struct Bars {
    shown: Option<Shown>,
}

#[derive(Debug)]
struct Shown {
    all: MultiProgress,
    archives: Vec<Option<ProgressBar>>,
    total: ProgressBar,
}

impl Bars {
    /// Bars for what `plan` moves.
    pub(super) fn new(plan: &Plan, output: &Output) -> Self {
        let is_wanted =
            !output.is_json() && std::io::stderr().is_terminal() && plan.to_lift().next().is_some();
        if !is_wanted {
            return Self::default();
        }
        let all = MultiProgress::new();
        let named =
            |name: &str| all.add(ProgressBar::new(0).with_style(style()).with_prefix(words::harmless(name)));
        let moves =
            |line: &crate::transfer::Line| (line.action == Action::Lift).then(|| named(&line.archive.name));
        let archives = plan.lines.iter().map(moves).collect();
        let total = named("=");
        Self { shown: Some(Shown { all, archives, total }) }
    }

    /// Whether there are any.
    pub(super) const fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// Draws what the counters say, and how long the rest takes where that is known.
    pub(super) fn draw(&self, now: &Snapshot, left: Option<Duration>) {
        let Some(shown) = &self.shown else { return };
        for (bar, sample) in shown.archives.iter().zip(&now.archives) {
            let Some(bar) = bar else { continue };
            bar.set_length(sample.total());
            bar.set_position(sample.done());
            if sample.status.is_final() && !bar.is_finished() {
                bar.abandon();
            } else if sample.status == Status::Running && bar.is_finished() {
                bar.reset();
            }
        }
        shown.total.set_length(now.total());
        shown.total.set_position(now.done());
        shown.total.set_message(left.map(crate::words::span).unwrap_or_default());
    }

    /// Says something between the bars.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        match &self.shown {
            Some(shown) => shown.all.suspend(say),
            None => say(),
        }
    }

    /// Takes the bars away.
    pub(super) fn clear(&self) {
        if let Some(shown) = &self.shown {
            // Bars that cannot be cleared stay where they are.
            drop(shown.all.clear());
        }
    }
}

fn style() -> ProgressStyle {
    in_words("{prefix:>24!} {wide_bar:.cyan/dim} {share:>5} {done:>10} / {all:10} {msg:>14}")
}

/// A style whose figures are written as the language in use writes them: `share` in percent, `done`, `all` and `rate`.
pub(super) fn in_words(template: &str) -> ProgressStyle {
    // A template that is wrong is seen in the first run; plain bars do the same work.
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    // What is written here goes into a text: that cannot fail.
    style
        .with_key("share", |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&words::percent(percent(state.pos(), state.len().unwrap_or(0))));
        })
        .with_key("done", |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&words::size(state.pos()));
        })
        .with_key("all", |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&words::size(state.len().unwrap_or(0)));
        })
        .with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&words::rate(whole(state.per_sec())));
        })
}

/// Whole percents, rounded down.
fn percent(done: u64, all: u64) -> u64 {
    let share = u128::from(done.min(all)) * 100 / u128::from(all.max(1));
    u64::try_from(share).unwrap_or(100)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate is far from the ends of both"
)]
fn whole(rate: f64) -> u64 {
    rate as u64
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_template_is_one_that_indicatif_reads() {
        let _style = super::style();
        assert_eq!((super::percent(0, 0), super::percent(199, 200), super::percent(2, 2)), (0, 99, 100));
        assert!(indicatif::ProgressStyle::with_template("{prefix:>24!} {wide_bar:.cyan/dim}").is_ok());
    }
}
