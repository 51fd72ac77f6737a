//! The report of a run in files: a text and a JSON beside each other, never over something that is there.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Delivery, Runtime};
use crate::error::{Error, Kind, Result};
use crate::tui::Message;
use crate::tui::screens::done;
use crate::{say, words};

impl Runtime {
    pub(super) fn save_report(&mut self, name: PathBuf, text: String, json: String) {
        self.answer(async move {
            let write = move || write_both(&name, &text, &json);
            let written = tokio::task::spawn_blocking(write).await;
            let lost = |error| Error::new(Kind::Fatal, say!("tui-broken")).caused_by(error);
            let saved = written.map_err(lost).and_then(|saved| saved);
            Delivery::of(Message::Done(done::Message::Saved(saved)))
        });
    }
}

/// `NAME.txt` and `NAME.json`; an ending of one of these that was typed is not doubled.
fn write_both(name: &Path, text: &str, json: &str) -> Result<Vec<String>> {
    let ours = name.extension().is_some_and(|ending| ending == "txt" || ending == "json");
    let name = if ours { name.with_extension("") } else { name.to_owned() };
    let with = |ending: &str| {
        let mut path = name.clone().into_os_string();
        path.push(ending);
        PathBuf::from(path)
    };
    let files = [(with(".txt"), text), (with(".json"), json)];
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(Error::new(Kind::Usage, say!("done-save-there", path = shown(there))));
    }
    for (path, content) in &files {
        write(path, content).map_err(|error| {
            Error::new(Kind::Usage, say!("done-save-failed", path = shown(path)))
                .because(&error)
                .caused_by(error)
        })?;
    }
    Ok(files.iter().map(|(path, _)| path.display().to_string()).collect())
}

fn write(path: &Path, content: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()
}

fn shown(path: &Path) -> String {
    words::harmless(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_two_files_and_goes_over_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("below").join("run.2026");
        let written = write_both(&name, "text", "{}").unwrap();
        assert!(written[0].ends_with("run.2026.txt") && written[1].ends_with("run.2026.json"), "{written:?}");
        assert_eq!(std::fs::read_to_string(&written[1]).unwrap(), "{}");
        let again = write_both(&name.with_extension("2026.txt"), "other", "[]").unwrap_err();
        assert_eq!(again.kind(), Kind::Usage);
        assert_eq!(std::fs::read_to_string(&written[0]).unwrap(), "text");
    }
}
