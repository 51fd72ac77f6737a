//! The styles of the whole interface: no colour is named outside this room. Words and symbols carry every state; styles only help.
//!
//! Here lives the one `Theme` type and what a palette makes of it; `colours` holds the palettes' colours, `auto` finds the palette that
//! suits the terminal. Where a style is used is the business of screens and widgets.

mod auto;
mod colours;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

pub use auto::{Background, Surroundings, ask_background};
pub use colours::Ink;

use crate::config::Palette;

/// Named styles; views never name a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// What it was made from; never [`Palette::Auto`].
    pub palette: Palette,
    /// What lies under everything that has no colour of its own; nothing where the terminal's own colours do.
    pub base: Style,
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
    /// What would destroy something: the line that says so, the button that does it.
    pub danger: Style,
    /// The line under the cursor.
    pub selected: Style,
    /// A line that is marked, to be done something with later.
    pub marked: Style,
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
    /// What of an archive's bar is downloaded.
    pub bar_down: Style,
    /// What of it is hashed.
    pub bar_hashed: Style,
    /// What of it is in S3.
    pub bar_up: Style,
    /// What of it is proven.
    pub bar_proven: Style,
    /// The chart of what comes from the mirror.
    pub chart_down: Style,
    /// The chart of what goes to S3.
    pub chart_up: Style,
}

impl Theme {
    /// In the colours of `palette`; [`Palette::Auto`], which needs a terminal to look at, is as the sixteen colours.
    #[must_use]
    pub const fn of(palette: Palette) -> Self {
        match palette {
            Palette::Dark => Self::inked(palette, &colours::DARK),
            Palette::Light => Self::inked(palette, &colours::LIGHT),
            Palette::HighContrast => Self::inked(palette, &colours::HIGH_CONTRAST),
            Palette::Auto | Palette::Sixteen => Self::inked(Palette::Sixteen, &colours::SIXTEEN),
            Palette::Plain => Self::plain(),
        }
    }

    /// Lays the style of the line under the cursor over `place`. Where that is reversed, the colours of what stands there would be the
    /// ground of single words, so they go.
    pub fn select(&self, place: Rect, buffer: &mut Buffer) {
        if self.selected.add_modifier.contains(Modifier::REVERSED) {
            buffer.set_style(
                place,
                Style::new().fg(Color::Reset).bg(Color::Reset).remove_modifier(Modifier::DIM),
            );
        }
        buffer.set_style(place, self.selected);
    }

    /// With the sixteen colours that every terminal has, as its owner chose them.
    #[must_use]
    pub const fn colours() -> Self {
        Self::of(Palette::Sixteen)
    }

    /// Without any colour: bold, dim and reversed only.
    #[must_use]
    pub const fn plain() -> Self {
        let plain = Style::new();
        let (bold, dim) = (plain.add_modifier(Modifier::BOLD), plain.add_modifier(Modifier::DIM));
        let reversed = plain.add_modifier(Modifier::REVERSED);
        Self {
            palette: Palette::Plain,
            base: plain,
            text: plain,
            dim,
            strong: bold,
            accent: bold,
            good: plain,
            warn: bold,
            bad: bold,
            danger: reversed.add_modifier(Modifier::BOLD),
            selected: reversed,
            marked: bold,
            border: dim,
            focus: plain,
            key: bold,
            badge: reversed,
            bar: plain,
            bar_down: plain,
            bar_hashed: plain,
            bar_up: plain,
            bar_proven: plain,
            chart_down: plain,
            chart_up: plain,
        }
    }

    const fn inked(palette: Palette, ink: &Ink) -> Self {
        Self {
            palette,
            base: ink.base,
            text: ink.text,
            dim: ink.dim,
            strong: ink.strong,
            accent: ink.accent.add_modifier(Modifier::BOLD),
            good: ink.good,
            warn: ink.warn,
            bad: ink.bad.add_modifier(Modifier::BOLD),
            danger: ink.bad.add_modifier(Modifier::REVERSED).add_modifier(Modifier::BOLD),
            selected: ink.selected,
            marked: ink.marked.add_modifier(Modifier::BOLD),
            border: ink.border,
            focus: ink.accent,
            key: ink.accent,
            badge: ink.warn.add_modifier(Modifier::REVERSED),
            bar: ink.accent,
            bar_down: ink.down,
            bar_hashed: ink.hashed,
            bar_up: ink.up,
            bar_proven: ink.good,
            chart_down: ink.down,
            chart_up: ink.up,
        }
    }

    /// The one after it, for the key that goes through them.
    #[must_use]
    pub fn next(&self) -> Self {
        let all = Palette::CHOSEN;
        let at = all.iter().position(|palette| *palette == self.palette).unwrap_or(0);
        Self::of(all[(at + 1) % all.len()])
    }
}

#[cfg(test)]
mod tests;
