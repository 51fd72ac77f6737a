//! The styles of the whole interface. Words and symbols carry every state; these only help.
//!
//! Only the sixteen colours that every terminal has, as its owner chose them, and none at all under `NO_COLOR`.

use ratatui::style::{Color, Modifier, Style};

/// Named styles; views never name a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// What matters less: units, hints, what is not chosen.
    pub dim: Style,
    /// What matters more: names, totals.
    pub strong: Style,
    /// Titles, the current step, spinners.
    pub accent: Style,
    /// Proven, current, done.
    pub good: Style,
    /// Worth a look: costs, hours, not kept.
    pub warn: Style,
    /// Failed.
    pub bad: Style,
    /// The line under the cursor.
    pub selected: Style,
    /// The frame of a panel that has not the focus.
    pub border: Style,
    /// The frame of the panel that has the focus, and of dialogs.
    pub focus: Style,
    /// A key in the footer.
    pub key: Style,
    /// The badge of the sandbox.
    pub badge: Style,
    /// What is filled of a bar.
    pub bar: Style,
}

impl Theme {
    /// With the sixteen colours.
    #[must_use]
    pub const fn colours() -> Self {
        let plain = Style::new();
        Self {
            text: plain,
            dim: plain.add_modifier(Modifier::DIM),
            strong: plain.add_modifier(Modifier::BOLD),
            accent: plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            good: plain.fg(Color::Green),
            warn: plain.fg(Color::Yellow),
            bad: plain.fg(Color::Red).add_modifier(Modifier::BOLD),
            selected: plain.add_modifier(Modifier::REVERSED),
            border: plain.add_modifier(Modifier::DIM),
            focus: plain.fg(Color::Cyan),
            key: plain.fg(Color::Cyan),
            badge: plain.fg(Color::Yellow).add_modifier(Modifier::REVERSED),
            bar: plain.fg(Color::Cyan),
        }
    }

    /// Without any colour: bold, dim and reversed only.
    #[must_use]
    pub const fn plain() -> Self {
        let plain = Style::new();
        let (bold, dim) = (plain.add_modifier(Modifier::BOLD), plain.add_modifier(Modifier::DIM));
        let reversed = plain.add_modifier(Modifier::REVERSED);
        Self {
            text: plain,
            dim,
            strong: bold,
            accent: bold,
            good: plain,
            warn: bold,
            bad: bold,
            selected: reversed,
            border: dim,
            focus: plain,
            key: bold,
            badge: reversed,
            bar: plain,
        }
    }

    /// As the environment wishes: `no_color` is the value of `NO_COLOR`, which counts when it is there and not empty.
    #[must_use]
    pub fn of(no_color: Option<&str>) -> Self {
        if no_color.is_some_and(|value| !value.is_empty()) { Self::plain() } else { Self::colours() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_takes_every_colour_away() {
        assert_eq!(Theme::of(Some("1")), Theme::plain());
        assert!(!format!("{:?}", Theme::plain()).contains("fg: Some"));
    }

    #[test]
    fn an_empty_no_color_is_none() {
        assert_eq!(Theme::of(Some("")), Theme::colours());
        assert_eq!(Theme::of(None), Theme::colours());
    }
}
