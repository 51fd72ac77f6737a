//! The colours of each palette. The contrasts of dark, light and high contrast are computed in a test after WCAG 2.2: 4.5 and more for
//! every text on every background that it may stand on, 7 and more in high contrast.

use ratatui::style::{Color, Modifier, Style};

/// What a palette gives.
#[derive(Debug, Clone, Copy)]
pub struct Ink {
    pub(super) base: Style,
    pub(super) text: Style,
    pub(super) dim: Style,
    pub(super) strong: Style,
    pub(super) accent: Style,
    pub(super) good: Style,
    pub(super) warn: Style,
    pub(super) bad: Style,
    pub(super) marked: Style,
    pub(super) selected: Style,
    pub(super) border: Style,
    pub(super) down: Style,
    pub(super) hashed: Style,
    pub(super) up: Style,
}

const fn ink(rgb: u32) -> Style {
    Style::new().fg(Color::from_u32(rgb))
}

const fn bold(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD)
}

/// For dark terminals.
pub(super) const DARK: Ink = Ink {
    base: ink(0x00d5_d9e0).bg(Color::from_u32(0x0015_171c)),
    text: ink(0x00d5_d9e0),
    dim: ink(0x0098_a1b0),
    strong: bold(ink(0x00ff_ffff)),
    accent: ink(0x0072_c9f7),
    good: ink(0x0084_d994),
    warn: ink(0x00f0_c36a),
    bad: ink(0x00ff_928a),
    marked: ink(0x00d7_aef8),
    selected: Style::new().bg(Color::from_u32(0x002b_3342)),
    border: ink(0x006a_7383),
    down: ink(0x006f_a8ff),
    hashed: ink(0x00c7_9bf2),
    up: ink(0x0049_cdc4),
};

/// For light terminals.
pub(super) const LIGHT: Ink = Ink {
    base: ink(0x0022_262d).bg(Color::from_u32(0x00fc_fcfa)),
    text: ink(0x0022_262d),
    dim: ink(0x0058_606d),
    strong: bold(ink(0x0000_0000)),
    accent: ink(0x0000_5a9e),
    good: ink(0x0016_682a),
    warn: ink(0x0080_4f00),
    bad: ink(0x00b0_1e1a),
    marked: ink(0x0079_2ba8),
    selected: Style::new().bg(Color::from_u32(0x00dc_e7f5)),
    border: ink(0x0080_8894),
    down: ink(0x001f_55c4),
    hashed: ink(0x007f_36b0),
    up: ink(0x0000_6a66),
};

/// For eyes that need more.
pub(super) const HIGH_CONTRAST: Ink = Ink {
    base: ink(0x00ff_ffff).bg(Color::from_u32(0x0000_0000)),
    text: ink(0x00ff_ffff),
    dim: ink(0x00dc_dcdc),
    strong: bold(ink(0x00ff_ffff)),
    accent: ink(0x0066_e0ff),
    good: ink(0x0066_ff8c),
    warn: ink(0x00ff_d75f),
    bad: ink(0x00ff_a6a0),
    marked: ink(0x00ea_c4ff),
    selected: Style::new().add_modifier(Modifier::REVERSED).add_modifier(Modifier::BOLD),
    border: ink(0x00ff_ffff),
    down: ink(0x0099_c2ff),
    hashed: ink(0x00e0_b3ff),
    up: ink(0x005f_f5e8),
};

/// The terminal's own sixteen.
pub(super) const SIXTEEN: Ink = Ink {
    base: Style::new(),
    text: Style::new(),
    dim: Style::new().add_modifier(Modifier::DIM),
    strong: bold(Style::new()),
    accent: Style::new().fg(Color::Cyan),
    good: Style::new().fg(Color::Green),
    warn: Style::new().fg(Color::Yellow),
    bad: Style::new().fg(Color::Red),
    marked: Style::new().fg(Color::Magenta),
    selected: Style::new().add_modifier(Modifier::REVERSED),
    border: Style::new().add_modifier(Modifier::DIM),
    down: Style::new().fg(Color::Blue),
    hashed: Style::new().fg(Color::Magenta),
    up: Style::new().fg(Color::Cyan),
};
