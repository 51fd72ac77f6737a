//! The settings file: read for the screen of settings, and changed for it.

use super::{Delivery, Keep, Runtime};
use crate::config::{Draft, Key, Settings};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::tui::Message;
use crate::tui::keys::Action;
use crate::tui::screens::settings;

impl Runtime {
    pub(super) fn read_settings(&mut self) {
        let context = self.context.clone();
        self.answer(async move {
            let read = away(move || context.reload()).await;
            delivered(read, settings::Message::Read)
        });
    }

    pub(super) fn write_setting(&mut self, key: Key, value: Option<String>) {
        let context = self.context.clone();
        self.answer(async move {
            let wanted = value.clone();
            let read = away(move || write(&context, key, wanted.as_deref())).await;
            delivered(read, |read| settings::Message::Written(key, value, read))
        });
    }

    pub(super) fn write_keys(&mut self, action: Action, keys: Option<Vec<String>>) {
        let context = self.context.clone();
        self.answer(async move {
            let read = away(move || write_keys(&context, action, keys.as_deref())).await;
            delivered(read, |read| settings::Message::Bound(action, read))
        });
    }
}

fn write_keys(context: &Context, action: Action, keys: Option<&[String]>) -> Result<Settings> {
    let mut draft = Draft::open(&context.settings.file)?;
    match keys {
        Some(keys) => draft.bind(action.id(), keys)?,
        None => drop(draft.unbind(action.id())?),
    }
    context.reload()
}

fn write(context: &Context, key: Key, value: Option<&str>) -> Result<Settings> {
    let mut draft = Draft::open(&context.settings.file)?;
    match value {
        Some(value) => draft.set(key, value)?,
        None => drop(draft.unset(key)?),
    }
    context.reload()
}

/// Small files, but a disk may sleep.
async fn away(read: impl FnOnce() -> Result<Settings> + Send + 'static) -> Result<Settings> {
    let read = tokio::task::spawn_blocking(read).await;
    read.map_err(|error| Error::new(Kind::Fatal, say!("tui-broken")).caused_by(error))?
}

/// What was read is what the next transfer runs with.
fn delivered(
    read: Result<Settings>,
    message: impl FnOnce(Result<Box<Settings>>) -> settings::Message,
) -> Delivery {
    let keep = read.as_ref().map_or(Keep::Nothing, |read| Keep::Settings(Box::new(read.clone())));
    Delivery { message: Message::Settings(message(read.map(Box::new))), keep }
}
