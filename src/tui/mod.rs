//! The terminal interface: event loop, app, one room a screen, widgets, theme.
//!
//! State → view, one way. `app` holds all state and changes it without I/O; `runtime` alone runs effects; views read state, theme,
//! area and the time given to them, and nothing else. `events` turns the loop, `terminal` takes and gives back the terminal.

pub mod app;
mod ascii;
#[cfg(test)]
pub(crate) mod dressed;
pub mod effect;
mod events;
pub mod eyes;
mod finish;
pub mod frame;
pub mod help;
pub mod input;
pub mod keys;
pub mod known;
pub mod message;
pub mod mouse;
pub mod palette;
mod priority;
mod runtime;
pub mod screens;
pub mod seen;
pub mod step;
pub mod terminal;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod widgets;

pub use app::App;
pub use effect::{Asker, Command, Effect};
pub use eyes::Eyes;
pub use frame::view;
pub use known::Known;
pub use message::{Message, Tick};
pub use mouse::Mouse;
pub use priority::give_way;
pub use seen::Seen;
pub use step::Step;
pub use theme::{Surroundings, Theme};

use crate::config::{self, Palette};
use crate::context::Context;
use crate::error::{Kind, Result};

/// How the wizard ended, for the exit code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The kinds of what failed in the last transfer, and was not mended.
    pub failures: Vec<Kind>,
    /// Whether something was stopped that can be resumed.
    pub interrupted: bool,
    /// What to do next, as commands to be copied; only where the end screen was left.
    pub next: Vec<String>,
}

/// Runs the wizard until somebody leaves it. The terminal is given back before this returns, also when it fails.
pub async fn run(context: Context) -> Result<Outcome> {
    terminal::require()?;
    let known = runtime::begin(&context).await;
    let surroundings = surroundings(context.settings.theme).await;
    let mut app = App::new(known, Theme::of(surroundings.palette(context.settings.theme)));
    app.eyes = Eyes { ascii: context.settings.ascii, motion: context.settings.motion };
    app.surroundings = surroundings;
    app.keymap = keys::Keymap::with(&context.settings.keys)?;
    let settings = &context.settings;
    let manners = terminal::Manners { mouse: settings.mouse, title: settings.title, bell: settings.bell };
    let mut runtime = runtime::Runtime::new(context)?;
    let mut held = terminal::Held::take(manners)?;
    let ended = events::run(&mut app, &mut runtime, &mut held).await;
    drop(held);
    let next = if app.step == Step::Done { app.done.to_copy() } else { Vec::new() };
    ended.map(|()| Outcome { next, ..runtime.outcome() })
}

/// What is known of the terminal, which is asked for its background only where that decides. Only before the terminal is taken over:
/// afterwards its answer would be read as keys.
async fn surroundings(wanted: Palette) -> Surroundings {
    let mut around = Surroundings::from(config::environment);
    if wanted == Palette::Auto && around.is_in_doubt() {
        around.background = tokio::task::spawn_blocking(theme::ask_background).await.ok().flatten();
    }
    around
}
