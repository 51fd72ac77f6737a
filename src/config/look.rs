//! How the interface looks, as settings say it. What a palette's colours are is the business of `tui`.

/// The colours of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Palette {
    /// Those that suit the terminal.
    #[default]
    Auto,
    /// For dark terminals.
    Dark,
    /// For light terminals.
    Light,
    /// For eyes that need more contrast.
    HighContrast,
    /// The terminal's own sixteen.
    Sixteen,
    /// None.
    Plain,
}

impl Palette {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Auto, Self::Dark, Self::Light, Self::HighContrast, Self::Sixteen, Self::Plain];

    /// Those that need no terminal to look at.
    pub const CHOSEN: [Self; 5] = [Self::Dark, Self::Light, Self::HighContrast, Self::Sixteen, Self::Plain];

    /// Their names, in the same order.
    pub const NAMES: [&'static str; 6] = ["auto", "dark", "light", "high-contrast", "16", "none"];

    /// As it is written everywhere.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::Sixteen => "16",
            Self::Plain => "none",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|palette| palette.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_palette_has_its_name() {
        assert_eq!(Palette::ALL.map(Palette::name), Palette::NAMES);
        assert!(Palette::ALL.into_iter().all(|palette| Palette::named(palette.name()) == Some(palette)));
        assert_eq!(Palette::named("pink"), None);
    }
}
