//! `settings`: what is set and where it comes from; changes one line of the file.

use std::path::Path;

use serde_json::{Value, json};

use super::args::{Change, Settings as Wanted};
use super::table::table;
use super::{Exit, Output};
use crate::config::{self, Draft, Flags, Key, Origin, Row};
use crate::context::{self, SandboxFlags};
use crate::error::{Error, Kind, Result};
use crate::{say, words};

/// Shows or changes the settings. Reads and writes small files on a thread of its own.
pub(super) async fn run(
    wanted: Wanted,
    flags: Flags,
    sandbox: Option<SandboxFlags>,
    output: &Output,
) -> Result<Exit> {
    let work = tokio::task::spawn_blocking(move || did(wanted, &flags, sandbox.as_ref()));
    let done = work.await.map_err(|error| Error::new(Kind::Fatal, say!("cli-broken")).caused_by(error))??;
    done.tell(output);
    Ok(Exit::Done)
}

/// What was done, to be told.
enum Done {
    Shown { rows: Vec<Row>, file: std::path::PathBuf },
    Set { key: Key, value: Option<String>, file: std::path::PathBuf },
    Unset { key: Key, was_set: bool, file: std::path::PathBuf },
    Place(std::path::PathBuf),
}

fn did(wanted: Wanted, flags: &Flags, sandbox: Option<&SandboxFlags>) -> Result<Done> {
    let spoken = flags.lang.clone().or_else(|| config::environment(Key::Lang.variable()));
    words::choose_language(spoken.as_deref());
    // A file that cannot be read is told by whoever needs it.
    if let Ok(settings) = context::settings(flags, sandbox) {
        words::choose_language(settings.lang.as_deref());
    }
    let Some(change) = wanted.change else {
        let settings = context::settings(flags, sandbox)?;
        return Ok(Done::Shown { rows: settings.rows(), file: settings.file });
    };
    let file = context::settings_file(flags, sandbox)?;
    match change {
        Change::Path => Ok(Done::Place(file)),
        Change::Set { key, value } => {
            let key = named(&key)?;
            Draft::open(&file)?.set(key, &value)?;
            let settings = context::settings(flags, sandbox)?;
            // As it is shown everywhere: without the password that an address may carry.
            let value = if settings.written(key).is_some() { Some(value) } else { None };
            Ok(Done::Set { key, value, file })
        }
        Change::Unset { key } => {
            let key = named(&key)?;
            let was_set = Draft::open(&file)?.unset(key)?;
            Ok(Done::Unset { key, was_set, file })
        }
    }
}

fn named(name: &str) -> Result<Key> {
    Key::named(name).ok_or_else(|| {
        let known = Key::ALL.iter().map(|key| key.name()).collect::<Vec<_>>().join(", ");
        Error::new(Kind::Usage, say!("config-unknown-key", key = words::excerpt(name)))
            .hint(say!("config-known-keys", keys = known))
    })
}

impl Done {
    fn tell(self, output: &Output) {
        match self {
            Self::Shown { rows, file } => show(&rows, &file, output),
            Self::Set { key, value, file } => {
                let shown = value.as_deref().map_or_else(|| "…".to_owned(), words::excerpt);
                output.line(say!("settings-saved", key = key.name(), value = shown));
                output.event("saved", json!({ "key": key.name(), "value": value, "path": path(&file) }));
            }
            Self::Unset { key, was_set, file } => {
                output.line(if was_set {
                    say!("settings-reset", key = key.name())
                } else {
                    say!("settings-was-not-set", key = key.name())
                });
                output.event("unset", json!({ "key": key.name(), "was_set": was_set, "path": path(&file) }));
            }
            Self::Place(file) => {
                output.line(path(&file));
                output.event("settings-file", json!({ "path": path(&file), "exists": file.exists() }));
            }
        }
    }
}

fn path(file: &Path) -> String {
    words::harmless(&file.display().to_string())
}

fn show(rows: &[Row], file: &Path, output: &Output) {
    let place = if file.exists() { path(file) } else { say!("cli-settings-no-file", path = path(file)) };
    output.line(say!("cli-settings-file", path = place));
    output.event("settings-file", json!({ "path": path(file), "exists": file.exists() }));
    let cells = |row: &Row| {
        let value = row.value.clone().unwrap_or_else(|| say!("settings-unset"));
        vec![row.key.name().to_owned(), value, row.origin.to_string()]
    };
    output.lines(table(&[], &rows.iter().map(cells).collect::<Vec<_>>()));
    for row in rows {
        output.event(
            "setting",
            json!({ "key": row.key.name(), "value": row.value, "origin": origin(&row.origin) }),
        );
    }
}

/// Where a value came from, as programs read it.
fn origin(origin: &Origin) -> Value {
    match origin {
        Origin::Default => json!({ "from": "default" }),
        Origin::File { path: file, line } => json!({ "from": "file", "path": path(file), "line": line }),
        Origin::Environment(name) => json!({ "from": "environment", "name": name }),
        Origin::Flag(name) => json!({ "from": "flag", "name": name }),
    }
}
