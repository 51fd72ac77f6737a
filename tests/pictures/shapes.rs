//! Lines and blocks as shapes: drawn by a font they would leave gaps between cells, and no two fonts agree on them.

/// A part of a cell, in shares of its width and height from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Block {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// 1 is solid; the shaded blocks are less.
    pub(crate) opacity: f64,
}

/// The part of its cell that a block fills; `None` where `letter` is none.
pub(crate) fn block(letter: char) -> Option<Block> {
    let whole = Block { x: 0.0, y: 0.0, width: 1.0, height: 1.0, opacity: 1.0 };
    let eighths = |from: char| f64::from(u32::from(letter) - u32::from(from)) / 8.0;
    Some(match letter {
        '█' => whole,
        '░' => Block { opacity: 0.25, ..whole },
        '▒' => Block { opacity: 0.45, ..whole },
        '▓' => Block { opacity: 0.7, ..whole },
        // U+2581 to U+2587: from one eighth to seven, from below.
        '▁'..='▇' => {
            let height = eighths('▀');
            Block { y: 1.0 - height, height, ..whole }
        }
        // U+2589 to U+258F: from seven eighths to one, from the left.
        '▉'..='▏' => Block { width: 1.0 - eighths('█'), ..whole },
        '▐' => Block { x: 0.5, width: 0.5, ..whole },
        '▀' => Block { height: 0.5, ..whole },
        '▔' => Block { height: 0.125, ..whole },
        '▕' => Block { x: 0.875, width: 0.125, ..whole },
        _ => return None,
    })
}

/// The dots of a letter of braille, a bit each; `None` where `letter` is none.
pub(crate) fn dots(letter: char) -> Option<u8> {
    u8::try_from(u32::from(letter).checked_sub(0x2800)?).ok()
}

/// Which sides of a cell a line reaches from its middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "any of the sides may be reached")]
pub(crate) struct Line {
    pub(crate) up: bool,
    pub(crate) right: bool,
    pub(crate) down: bool,
    pub(crate) left: bool,
    pub(crate) heavy: bool,
}

/// The sides that a line reaches; `None` where `letter` is none.
pub(crate) fn line(letter: char) -> Option<Line> {
    let sides = match letter {
        '─' | '━' => "rl",
        '│' | '┃' => "ud",
        '┌' | '╭' => "rd",
        '┐' | '╮' => "dl",
        '└' | '╰' => "ur",
        '┘' | '╯' => "ul",
        '├' => "urd",
        '┤' => "udl",
        '┬' => "rdl",
        '┴' => "url",
        '┼' => "urdl",
        '╴' => "l",
        '╶' => "r",
        _ => return None,
    };
    let reaches = |side| sides.contains(side);
    let heavy = matches!(letter, '━' | '┃');
    Some(Line { up: reaches('u'), right: reaches('r'), down: reaches('d'), left: reaches('l'), heavy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighths_grow_from_below_and_from_the_left() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        let low = block('▁').unwrap();
        assert!(near(low.height, 0.125) && near(low.y, 0.875));
        assert!(near(block('▇').unwrap().height, 0.875));
        assert!(near(block('▏').unwrap().width, 0.125) && near(block('▉').unwrap().width, 0.875));
        assert_eq!(block('a'), None);
    }

    #[test]
    fn a_corner_reaches_two_sides() {
        let corner = line('╭').unwrap();
        assert!(corner.right && corner.down && !corner.up && !corner.left && !corner.heavy);
        assert_eq!(line('x'), None);
    }
}
