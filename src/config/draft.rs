//! Changes one setting in the settings file and nothing else in it (`keys`: one line of the table of keys): comments, order, blank lines and spelling stay, byte by byte.
//!
//! The file is written whole and put in its place at once, with its permissions, where a symbolic link leads; it is left alone when it is
//! not TOML, or when somebody else changed it since it was read. Blocks on small files.

mod keys;

use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::{Key, Shape, check, file};
use crate::error::{Error, Kind, Result};
use crate::{say, words};

/// The settings file as it was when it was read, to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    path: PathBuf,
    /// `None` where there was no file.
    text: Option<String>,
}

impl Draft {
    /// Reads the file at `path`, which need not be there.
    pub fn open(path: &Path) -> Result<Self> {
        let text = text_at(path).map_err(|error| unreadable(path, error))?;
        let draft = Self { path: path.to_owned(), text };
        file::parse(path, draft.text())?;
        Ok(draft)
    }

    fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Writes `key` with the value `text`, as the environment would have it. What cannot be a value of `key` is refused.
    pub fn set(&mut self, key: Key, text: &str) -> Result<()> {
        check(key, text).map_err(|wanted| {
            let what = say!("config-bad-value", key = key.name(), origin = say!("config-as-given"));
            let shown = if text.contains('@') { "…".to_owned() } else { words::excerpt(text) };
            Error::new(Kind::Usage, what).because(say!("config-not-this", value = shown)).hint(wanted)
        })?;
        let literal = literal(key, text.trim());
        let before = self.text();
        let after = match place(before, key) {
            Some(place) => [&before[..place.value.start], &literal, &before[place.value.end..]].concat(),
            None => inserted(before, &format!("{} = {literal}", key.name())),
        };
        self.write(after)
    }

    /// Takes `key` out, so that its default holds again; whether it was there. What stands behind it on its line stays as a comment.
    pub fn unset(&mut self, key: Key) -> Result<bool> {
        let before = self.text();
        let Some(place) = place(before, key) else { return Ok(false) };
        let after = without(before, &place);
        self.write(after).map(|()| true)
    }

    /// Puts `after` in the file's place, if that is still what was read.
    fn write(&mut self, after: String) -> Result<()> {
        // What this program wrote it can also read: nothing else is ever put there.
        file::parse(&self.path, &after)?;
        let now = text_at(&self.path).map_err(|error| unreadable(&self.path, error))?;
        if now != self.text {
            let what = say!("config-changed", path = shown(&self.path));
            return Err(Error::new(Kind::Usage, what).hint(say!("config-changed-hint")));
        }
        replace(&self.path, &after).map_err(|error| {
            Error::new(Kind::Fatal, say!("config-not-written", path = shown(&self.path)))
                .because(&error)
                .hint(say!("config-not-written-hint"))
                .caused_by(error)
        })?;
        self.text = Some(after);
        Ok(())
    }
}

fn shown(path: &Path) -> String {
    words::harmless(&path.display().to_string())
}

fn unreadable(path: &Path, error: std::io::Error) -> Error {
    let what = say!("config-unreadable", path = shown(path));
    Error::new(Kind::Usage, what).because(&error).hint(say!("config-unreadable-hint")).caused_by(error)
}

fn text_at(path: &Path) -> std::io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where a setting stands, in bytes.
struct Place {
    key: Range<usize>,
    value: Range<usize>,
}

fn place(text: &str, key: Key) -> Option<Place> {
    let table = DeTable::parse(text).ok()?;
    let (name, value) = table.get_ref().iter().find(|(name, _)| name.get_ref() == key.name())?;
    Some(Place { key: name.span(), value: value.span() })
}

/// `text` without the setting at `place`; what stands behind it on its line stays as a comment.
fn without(text: &str, place: &Place) -> String {
    let line = text[..place.key.start].rfind('\n').map_or(0, |at| at + 1);
    let end = end_of_line(text, place.value.end);
    let comment = text[place.value.end..end].trim();
    let kept = if comment.is_empty() { String::new() } else { format!("{comment}\n") };
    [&text[..line], &kept, &text[end..]].concat()
}

/// Where the line after the one with `at` in it begins.
fn end_of_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |next| at + next + 1)
}

/// `value` as TOML writes it.
fn literal(key: Key, value: &str) -> String {
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    match key.shape() {
        Shape::Switch => matches!(value.to_lowercase().as_str(), "true" | "1" | "yes" | "on").to_string(),
        Shape::Number | Shape::Amount if is_number => value.to_owned(),
        _ => toml::Value::from(value).to_string(),
    }
}

/// `text` with `line` behind the last setting that stands before any table, or else before the first table, or at the end.
fn inserted(text: &str, line: &str) -> String {
    let at = DeTable::parse(text).map_or(text.len(), |table| {
        let is_plain = |value: &DeValue<'_>| !matches!(value, DeValue::Table(_) | DeValue::Array(_));
        let ends = table.get_ref().iter().filter(|(_, value)| is_plain(value.get_ref()));
        let last = ends.map(|(_, value)| value.span().end).max();
        let first = table.get_ref().iter().map(|(name, _)| name.span().start).min();
        match (last, first) {
            (Some(end), _) => end_of_line(text, end),
            (None, Some(table)) => text[..table].rfind('\n').map_or(0, |next| next + 1),
            (None, None) => text.len(),
        }
    });
    let (before, after) = text.split_at(at);
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    format!("{before}{gap}{line}\n{after}")
}

/// Writes beside the file that is meant, and renames: whoever reads sees the old one or the new one.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let target = followed(path)?;
    let dir = target.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    file.write_all(text.as_bytes())?;
    if let Ok(before) = fs::metadata(&target) {
        file.as_file().set_permissions(before.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

/// Where `path` leads through symbolic links, also where the last one leads to nothing yet.
fn followed(path: &Path) -> std::io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&path) else { return Ok(path) };
        path = path.parent().map_or_else(|| next.clone(), |dir| dir.join(&next));
    }
    Err(std::io::Error::other(say!("config-links-endless")))
}

#[cfg(test)]
mod tests;
