//! What the sixteen colours, their kin and "faint" look like in a picture.

use vt100::{Cell, Color};

/// The terminal's own two colours.
pub(crate) const BACKGROUND: Rgb = Rgb(0x16, 0x1b, 0x22);
const FOREGROUND: Rgb = Rgb(0xd5, 0xdb, 0xe3);

/// The sixteen: black, red, green, yellow, blue, magenta, cyan, white, and the bright ones.
const SIXTEEN: [Rgb; 16] = [
    Rgb(0x30, 0x36, 0x3d),
    Rgb(0xf4, 0x6d, 0x67),
    Rgb(0x56, 0xc2, 0x6a),
    Rgb(0xe0, 0xb1, 0x3e),
    Rgb(0x61, 0xa5, 0xf5),
    Rgb(0xb9, 0x8c, 0xf2),
    Rgb(0x4e, 0xc3, 0xd6),
    Rgb(0xc3, 0xca, 0xd3),
    Rgb(0x6e, 0x76, 0x81),
    Rgb(0xff, 0x9b, 0x94),
    Rgb(0x7e, 0xe0, 0x8f),
    Rgb(0xf2, 0xcc, 0x60),
    Rgb(0x8c, 0xc1, 0xff),
    Rgb(0xd6, 0xb3, 0xff),
    Rgb(0x83, 0xe0, 0xee),
    Rgb(0xff, 0xff, 0xff),
];

/// A colour of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rgb(u8, u8, u8);

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// How the letters of a cell look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) letters: Rgb,
    pub(crate) ground: Rgb,
    pub(crate) bold: bool,
}

/// The look of `cell`, with inverse and faint worked out.
pub(crate) fn look(cell: &Cell) -> Look {
    let letters = rgb(cell.fgcolor(), FOREGROUND);
    let ground = rgb(cell.bgcolor(), BACKGROUND);
    let (letters, ground) = if cell.inverse() { (ground, letters) } else { (letters, ground) };
    let letters = if cell.dim() { between(letters, ground) } else { letters };
    Look { letters, ground, bold: cell.bold() }
}

fn rgb(color: Color, default: Rgb) -> Rgb {
    match color {
        Color::Default => default,
        Color::Rgb(red, green, blue) => Rgb(red, green, blue),
        Color::Idx(index) => SIXTEEN.get(usize::from(index)).copied().unwrap_or_else(|| indexed(index)),
    }
}

/// The cube of 6×6×6 colours and the 24 greys after it.
fn indexed(index: u8) -> Rgb {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    if let Some(grey) = index.checked_sub(232) {
        let level = 8 + 10 * grey;
        return Rgb(level, level, level);
    }
    let cube = usize::from(index.saturating_sub(16));
    Rgb(STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6])
}

/// Faint letters: nearer to their ground.
fn between(letters: Rgb, ground: Rgb) -> Rgb {
    let mix = |a: u8, b: u8| u8::try_from((u16::from(a) * 6 + u16::from(b) * 4) / 10).unwrap_or(a);
    Rgb(mix(letters.0, ground.0), mix(letters.1, ground.1), mix(letters.2, ground.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexed_colours_are_those_of_xterm() {
        assert_eq!(rgb(Color::Idx(6), FOREGROUND), SIXTEEN[6]);
        assert_eq!(rgb(Color::Idx(208), FOREGROUND), Rgb(255, 135, 0));
        assert_eq!(rgb(Color::Idx(255), FOREGROUND), Rgb(238, 238, 238));
    }

    #[test]
    fn inverse_swaps_letters_and_ground() {
        let mut terminal = vt100::Parser::new(1, 2, 0);
        terminal.process(b"\x1b[7ma");
        let look = look(terminal.screen().cell(0, 0).unwrap());
        assert_eq!((look.letters, look.ground), (BACKGROUND, FOREGROUND));
    }
}
