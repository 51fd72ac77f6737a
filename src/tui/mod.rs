//! The terminal interface: event loop, app, one room a screen, widgets, theme.
//!
//! State → view, one way. `app` holds all state and changes it without I/O; `runtime` alone runs effects; views read state, theme,
//! area and the time given to them, and nothing else.

pub mod app;
pub mod effect;
pub mod frame;
pub mod help;
pub mod known;
pub mod message;
pub mod screens;
pub mod step;
pub mod theme;
pub mod widgets;

pub use app::App;
pub use effect::{Command, Effect};
pub use frame::view;
pub use known::Known;
pub use message::{Message, Tick};
pub use step::Step;
pub use theme::Theme;
