//! What a value must look like: each reader takes text and says in words what a good one is when this is none.

use url::Url;

use super::{Key, Mode, Palette};
use crate::amounts::{Schedule, size};
use crate::error::Error;
use crate::{say, words};

/// More archives at once than this gain nothing, and upstream publishes no limit.
pub(super) const MOST_ARCHIVES: usize = 16;
/// More parts than this only cost memory.
pub(super) const MOST_PARTS: usize = 64;
/// More connections than this no mirror likes.
pub(super) const MOST_CONNECTIONS: usize = 8;
/// Less than this holds not even two parts for each of two archives.
const LEAST_MEMORY: u64 = 32 << 20;

/// Whether `text` can be the value of `key`; what a good one looks like where not.
pub fn check(key: Key, text: &str) -> Result<(), String> {
    let text = text.trim();
    match key {
        Key::Profile | Key::Region | Key::Bucket | Key::DataDir => plain(text).map(drop),
        Key::EndpointUrl | Key::Mirror => web_address(text).map(drop),
        Key::Lang => language(text).map(drop),
        Key::ArchivesAtOnce => number(text, MOST_ARCHIVES).map(drop),
        Key::PartsAtOnce => number(text, MOST_PARTS).map(drop),
        Key::Connections => number(text, MOST_CONNECTIONS).map(drop),
        Key::Memory => memory(text).map(drop),
        Key::LimitDown | Key::LimitUp => limit(text).map(drop),
        Key::Mode => mode(text).map(drop),
        Key::Theme => palette(text).map(drop),
        Key::Ascii | Key::Motion | Key::Mouse | Key::Title | Key::Bell | Key::ReadOnly => {
            switch(text).map(drop)
        }
    }
}

pub(super) fn plain(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(char::is_control) {
        Err(say!("config-want-text"))
    } else {
        Ok(text.to_owned())
    }
}

pub(super) fn web_address(text: &str) -> Result<Url, String> {
    let url =
        text.parse::<Url>().ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| say!("config-want-address"))
}

pub(super) fn language(text: &str) -> Result<String, String> {
    let primary = text.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let known = words::LANGUAGES.into_iter().find(|language| *language == primary);
    known
        .map(str::to_owned)
        .ok_or_else(|| say!("config-want-language", languages = words::LANGUAGES.join(", ")))
}

pub(super) fn number(text: &str, most: usize) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| say!("config-want-number", most = most.to_string()))
}

pub(super) fn memory(text: &str) -> Result<u64, String> {
    let bytes = size::parse(text).filter(|bytes| *bytes >= LEAST_MEMORY);
    bytes.ok_or_else(|| say!("config-want-memory", least = size::exact(LEAST_MEMORY)))
}

/// What is wrong with a limit stands before how one is written.
pub(super) fn limit(text: &str) -> Result<Schedule, String> {
    let hint = |error: Error| crate::words::series([error.why(), error.advice()].into_iter().flatten());
    text.parse().map_err(hint)
}

pub(super) fn mode(text: &str) -> Result<Mode, String> {
    let known = [Mode::Keep, Mode::Stream];
    known.into_iter().find(|mode| text == mode.name()).ok_or_else(|| say!("config-want-mode"))
}

pub(super) fn switch(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(say!("config-want-switch")),
    }
}

pub(super) fn palette(text: &str) -> Result<Palette, String> {
    Palette::named(text).ok_or_else(|| say!("config-want-theme", themes = Palette::NAMES.join(", ")))
}
