//! The settings file: TOML with nothing but known keys of the right types. What is wrong is said with its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{Key, Origin, Set, Shape};
use crate::error::{Error, Kind, Result};
use crate::{say, words};

/// The table of the file that says which keys do what.
pub(super) const KEYS: &str = "keys";

/// A line of the table of keys, as it stands there. What an action is, and what a key, is the business of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The action's name.
    pub action: String,
    /// Its keys.
    pub keys: Vec<String>,
    /// The file.
    pub path: std::path::PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

impl Binding {
    /// An error about this line.
    #[must_use]
    pub fn wrong(&self, reason: String) -> Error {
        File { path: &self.path, text: "" }.wrong(self.line, reason)
    }
}

/// Reads `path`. A file that is not there is as good as an empty one, unless it is `required` because somebody named it.
pub(super) fn read(path: &Path, required: bool) -> Result<BTreeMap<Key, Set<String>>> {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(path, &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !required => Ok(BTreeMap::new()),
        Err(error) => {
            let what = say!("config-unreadable", path = path.display().to_string());
            Err(Error::new(Kind::Usage, what)
                .because(&error)
                .hint(say!("config-unreadable-hint"))
                .caused_by(error))
        }
    }
}

pub(super) fn parse(path: &Path, text: &str) -> Result<BTreeMap<Key, Set<String>>> {
    let file = File { path, text };
    let table = DeTable::parse(text).map_err(|error| {
        let place = file.line(error.span());
        file.wrong(place, say!("config-not-toml")).because(error.message()).hint(say!("config-not-toml-hint"))
    })?;
    let mut settings = BTreeMap::new();
    for (name, value) in table.get_ref() {
        if name.get_ref() == KEYS && matches!(value.get_ref(), DeValue::Table(_)) {
            continue;
        }
        let line = file.line(Some(name.span()));
        let key = Key::named(name.get_ref()).ok_or_else(|| file.unknown(line, name.get_ref()))?;
        let text =
            text_of(key, value.get_ref()).ok_or_else(|| file.wrong_type(line, key, value.get_ref()))?;
        settings.insert(key, Set { value: text, origin: Origin::File { path: path.to_owned(), line } });
    }
    Ok(settings)
}

/// The table of keys. A file that is not there, or that cannot be read, is the business of [`read`].
pub(super) fn bindings(path: &Path) -> Result<Vec<Binding>> {
    let Ok(text) = std::fs::read_to_string(path) else { return Ok(Vec::new()) };
    bindings_of(path, &text)
}

fn bindings_of(path: &Path, text: &str) -> Result<Vec<Binding>> {
    let file = File { path, text };
    let Ok(table) = DeTable::parse(text) else { return Ok(Vec::new()) };
    let keys = table.get_ref().iter().find(|(name, _)| name.get_ref() == KEYS);
    let Some((_, DeValue::Table(keys))) = keys.map(|(name, value)| (name, value.get_ref())) else {
        return Ok(Vec::new());
    };
    let binding =
        |(name, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, &toml::Spanned<DeValue<'_>>)| {
            let line = file.line(Some(name.span()));
            let action = name.get_ref().clone().into_owned();
            let keys = texts(value.get_ref()).ok_or_else(|| {
                file.wrong(line, say!("config-keys-type", action = words::excerpt(&action)))
                    .hint(say!("config-write-it-so", example = "pause = [\"p\", \"space\"]"))
            })?;
            Ok(Binding { action, keys, path: path.to_owned(), line })
        };
    keys.iter().map(binding).collect()
}

/// One text, or a list of them.
fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(text) => Some(vec![text.clone().into_owned()]),
        DeValue::Array(list) => list
            .iter()
            .map(|text| match text.get_ref() {
                DeValue::String(text) => Some(text.clone().into_owned()),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

/// The value as the environment would have written it, where it is of the right type.
fn text_of(key: Key, value: &DeValue<'_>) -> Option<String> {
    let shape = key.shape();
    match value {
        DeValue::Integer(number) if matches!(shape, Shape::Number | Shape::Amount | Shape::Limit) => {
            i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number.to_string())
        }
        DeValue::Boolean(on) if shape == Shape::Switch => Some(on.to_string()),
        DeValue::String(text) if !matches!(shape, Shape::Number | Shape::Switch) => {
            Some(text.clone().into_owned())
        }
        _ => None,
    }
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    fn line(&self, span: Option<Range<usize>>) -> usize {
        let before = span.and_then(|span| self.text.get(..span.start)).unwrap_or_default();
        1 + before.matches('\n').count()
    }

    fn wrong(&self, line: usize, reason: String) -> Error {
        let path = self.path.display().to_string();
        let what = say!("config-wrong-line", path = path, line = line.to_string(), reason = reason);
        Error::new(Kind::Usage, what)
    }

    fn unknown(&self, line: usize, name: &str) -> Error {
        let known = Key::ALL.iter().map(|key| key.name()).collect::<Vec<_>>().join(", ");
        self.wrong(line, say!("config-unknown-key", key = words::excerpt(name)))
            .hint(say!("config-known-keys", keys = known))
    }

    fn wrong_type(&self, line: usize, key: Key, value: &DeValue<'_>) -> Error {
        let wanted = match key.shape() {
            Shape::Number => say!("config-a-number"),
            Shape::Switch => say!("config-a-switch"),
            _ => say!("config-a-string"),
        };
        let reason = say!("config-wrong-type", key = key.name(), wanted = wanted, found = value.type_str());
        let example = format!("{} = {}", key.name(), key.example());
        self.wrong(line, reason).hint(say!("config-write-it-so", example = example))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Error {
        parse(Path::new("/etc/b.toml"), text).unwrap_err()
    }

    #[test]
    fn known_keys_are_read_with_their_lines() {
        let read = parse(Path::new("b.toml"), "# mine\nbucket = \"b\"\n\narchives_at_once = 0x3\n").unwrap();
        assert_eq!(read[&Key::Bucket].value, "b");
        assert_eq!(read[&Key::ArchivesAtOnce].value, "3");
        assert_eq!(read[&Key::ArchivesAtOnce].origin, Origin::File { path: "b.toml".into(), line: 4 });
    }

    #[test]
    fn an_amount_may_be_written_with_its_unit_or_in_bytes_and_comments_do_no_harm() {
        let text =
            "# at night\nlimit_up = \"5MiB\" # office hours\nlimit_down = 2_500_000\nmemory = \"64MiB\"\n";
        let read = parse(Path::new("b.toml"), text).unwrap();
        assert_eq!(read[&Key::LimitUp].value, "5MiB");
        assert_eq!(read[&Key::LimitDown].value, "2500000");
        assert_eq!(read[&Key::Memory].origin, Origin::File { path: "b.toml".into(), line: 4 });
        assert!(refused("memory = true").advice().unwrap().contains("memory = \"128MiB\""));
    }

    #[test]
    fn keys_are_read_with_their_lines_and_must_be_texts() {
        let text = "bucket = \"b\"\n\n[keys]\npause = \"x\"\nquit = [\"q\", \"ctrl-q\"]\n";
        assert!(parse(Path::new("b.toml"), text).is_ok());
        let read = bindings_of(Path::new("b.toml"), text).unwrap();
        let lines: Vec<_> =
            read.iter().map(|read| (read.action.as_str(), read.keys.join(" "), read.line)).collect();
        assert_eq!(lines, [("pause", "x".to_owned(), 4), ("quit", "q ctrl-q".to_owned(), 5)]);
        let error = bindings_of(Path::new("/etc/b.toml"), "[keys]\npause = 3\n").unwrap_err();
        assert!(error.what().contains("/etc/b.toml") && error.what().contains("pause"), "{error}");
        assert!(refused("keys = \"x\"").what().contains("keys"));
    }

    #[test]
    fn an_unknown_key_is_named_with_file_line_and_the_known_ones() {
        let error = refused("bucket = \"b\"\nbuckets = \"c\"\n");
        assert_eq!(error.kind(), Kind::Usage);
        for part in ["/etc/b.toml", "2", "buckets"] {
            assert!(error.what().contains(part), "{error}");
        }
        assert!(Key::ALL.iter().all(|key| error.advice().unwrap().contains(key.name())));
    }

    #[test]
    fn a_wrong_type_is_named_with_what_it_should_be() {
        for text in [
            "bucket = 3",
            "archives_at_once = \"2\"",
            "lang = true",
            "[mirror]\nurl = \"x\"",
            "parts_at_once = 2.5",
            "read_only = \"true\"",
            "read_only = 1",
        ] {
            let error = refused(text);
            assert_eq!(error.kind(), Kind::Usage);
            assert!(error.what().contains("/etc/b.toml") && error.advice().is_some(), "{error}");
        }
    }

    #[test]
    fn what_is_not_toml_is_said_with_its_line() {
        for text in ["bucket = \"b\"\nregion = = 3", "bucket = \"b\"\nbucket = \"c\"", "a\n\u{1b}[2J"] {
            let error = refused(text);
            assert_eq!(error.kind(), Kind::Usage);
            assert!(error.what().contains("/etc/b.toml") && !error.to_string().contains('\u{1b}'), "{error}");
        }
    }

    #[test]
    fn only_a_file_that_somebody_named_must_be_there() {
        assert!(read(Path::new("/nonexistent/b.toml"), false).unwrap().is_empty());
        assert_eq!(read(Path::new("/nonexistent/b.toml"), true).unwrap_err().kind(), Kind::Usage);
    }
}
