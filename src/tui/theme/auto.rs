//! Which palette suits the terminal: what its owner said by the environment, how many colours it has, and how bright its background is.

use std::io::{IsTerminal, stdout};
use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use crate::config::Palette;

/// A terminal that has not answered by then is not going to.
const PATIENCE: Duration = Duration::from_millis(200);

/// How bright the terminal's background is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Light letters on dark.
    Dark,
    /// Dark letters on light.
    Light,
}

/// What is known of the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Whether `NO_COLOR` is set to something: <https://no-color.org>.
    pub no_color: bool,
    /// Whether it has 16 million colours, as `COLORTERM` says.
    pub truecolour: bool,
    /// Its background; `None` where it was not asked or did not answer.
    pub background: Option<Background>,
}

impl Surroundings {
    /// As the environment says, without asking the terminal.
    pub fn from(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let truecolour =
            set("COLORTERM").is_some_and(|value| matches!(value.as_str(), "truecolor" | "24bit"));
        let is_dumb = set("TERM").is_some_and(|term| term == "dumb");
        Self { no_color: set("NO_COLOR").is_some() || is_dumb, truecolour, background: None }
    }

    /// The palette that is used where `wanted` is: a palette that was chosen is taken, `auto` finds one.
    #[must_use]
    pub const fn palette(&self, wanted: Palette) -> Palette {
        match wanted {
            Palette::Auto => self.found(),
            chosen => chosen,
        }
    }

    const fn found(&self) -> Palette {
        match self {
            Self { no_color: true, .. } => Palette::Plain,
            Self { truecolour: true, background: Some(Background::Dark), .. } => Palette::Dark,
            Self { truecolour: true, background: Some(Background::Light), .. } => Palette::Light,
            _ => Palette::Sixteen,
        }
    }

    /// Whether the terminal has to be asked before a palette is found.
    #[must_use]
    pub const fn is_in_doubt(&self) -> bool {
        self.truecolour && !self.no_color && self.background.is_none()
    }
}

/// Asks the terminal for its background, and waits a moment for the answer. Blocks, and must be called before anybody else reads the
/// terminal. `None` where there is none, or it says nothing.
#[must_use]
pub fn ask_background() -> Option<Background> {
    if !stdout().is_terminal() {
        return None;
    }
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match theme_mode(options) {
        Ok(ThemeMode::Dark) => Some(Background::Dark),
        Ok(ThemeMode::Light) => Some(Background::Light),
        Err(error) => {
            tracing::debug!(%error, "the terminal does not tell its background");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_environment(set: &[(&str, &str)]) -> Surroundings {
        Surroundings::from(|name| set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn no_color_takes_colours_away_unless_somebody_chose_some() {
        let none = in_environment(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]);
        assert_eq!(none.palette(Palette::Auto), Palette::Plain);
        assert_eq!(none.palette(Palette::Light), Palette::Light);
        assert!(!none.is_in_doubt());
        assert_eq!(in_environment(&[("NO_COLOR", "")]).palette(Palette::Auto), Palette::Sixteen);
        assert_eq!(in_environment(&[("TERM", "dumb")]).palette(Palette::Auto), Palette::Plain);
    }

    #[test]
    fn a_terminal_with_many_colours_gets_those_for_its_background() {
        let many = in_environment(&[("COLORTERM", "24bit")]);
        assert!(many.is_in_doubt());
        let on = |background| Surroundings { background, ..many.clone() }.palette(Palette::Auto);
        assert_eq!(on(Some(Background::Dark)), Palette::Dark);
        assert_eq!(on(Some(Background::Light)), Palette::Light);
        assert_eq!(on(None), Palette::Sixteen);
    }

    #[test]
    fn few_colours_are_the_terminals_own_whatever_its_background() {
        let few = Surroundings { background: Some(Background::Light), ..in_environment(&[]) };
        assert_eq!(few.palette(Palette::Auto), Palette::Sixteen);
        assert!(!few.is_in_doubt());
    }
}
