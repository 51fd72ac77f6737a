//! The choice between files that stay and none: which one holds, why, and the key that changes it.

use super::State;
use super::totals::Figure;
use crate::say;
use crate::transfer::Mode;
use crate::tui::keys::Action;
use crate::tui::widgets::Hint;

impl State {
    /// From keep to stream and back.
    pub(super) fn switch_mode(&mut self) {
        self.wanted = Some(self.other_mode());
        self.make();
    }

    fn other_mode(&self) -> Mode {
        if self.plan.mode.keeps() { Mode::Stream } else { Mode::Keep }
    }

    pub(super) fn mode_hint(&self) -> Option<Hint> {
        let says = match self.other_mode() {
            Mode::Stream => say!("review-key-stream"),
            _ => say!("review-key-files"),
        };
        (!self.has_nothing_to_do()).then(|| Hint::new(Action::Mode, says).help(say!("review-key-mode-help")))
    }

    /// `● keep ○ stream: files stay in /data`, and what is suggested instead.
    pub(super) fn mode_figure(&self) -> Figure {
        let mark = |is_chosen: bool| if is_chosen { "●" } else { "○" };
        let keeps = self.plan.mode.keeps();
        let both = format!("{} {} {} {}", mark(keeps), say!("mode-keep"), mark(!keeps), say!("mode-stream"));
        let means = if keeps {
            say!("review-mode-keep", dir = self.place.data_dir.as_str())
        } else {
            say!("review-mode-stream")
        };
        let suggestion = self.plan.suggestion().filter(|suggestion| suggestion.mode == Mode::Stream);
        let reason = suggestion.map(|suggestion| format!(" · {}", suggestion.reason()));
        let says = format!("{both} · {means}{}", reason.unwrap_or_default());
        Figure { label: say!("review-mode"), says, warn: keeps && suggestion.is_some() }
    }
}
