//! Keys: what can be done ([`Action`]), by which keys ([`Keymap`]), and how a key is written ([`Chord`]).
//!
//! One table drives the footer, the help, the palette and the `[keys]` of the settings file. What an action does is the business of
//! the screens; which of them can be done now, each screen says with [`super::widgets::Hint`]s.

mod action;
mod bindings;
mod chord;
mod keymap;

pub use action::Action;
pub use chord::Chord;
pub use keymap::Keymap;
