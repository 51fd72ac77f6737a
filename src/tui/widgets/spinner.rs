//! What turns while something is awaited. Its phase comes from the time given, never from a clock.

use std::time::Duration;

use throbber_widgets_tui::BRAILLE_SIX;

/// How long one picture of the spinner stands.
pub const SPINNER_STEP: Duration = Duration::from_millis(100);

/// The spinner's picture at `now`, one cell wide. It is the same at every whole second, which is how it stands still for those who want no
/// motion.
#[must_use]
pub fn spinner(now: Duration) -> &'static str {
    let pictures = BRAILLE_SIX.symbols;
    let step = u128::from(now.subsec_millis()) / SPINNER_STEP.as_millis();
    let index = usize::try_from(step % pictures.len() as u128).unwrap_or(0);
    pictures[index]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spinner_turns_with_the_time_given() {
        assert_eq!(spinner(Duration::ZERO), spinner(Duration::from_millis(99)));
        assert_ne!(spinner(Duration::ZERO), spinner(Duration::from_millis(100)));
    }
}
