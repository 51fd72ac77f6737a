//! The log: a file under the user's state directory, never the screen.
//!
//! `BRAINZLIFT_LOG` filters it as `RUST_LOG` would. What libraries say below `info` stays out whatever the filter, because
//! HTTP clients write whole headers there and a session token is a header.

use std::io;
use std::path::Path;

use tracing::Level;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry};

/// The variable that filters the log.
pub const VARIABLE: &str = "BRAINZLIFT_LOG";

/// A log that has grown beyond this, in bytes, is put aside as `….old` when the next run begins.
const LARGEST: u64 = 8 << 20;

/// Holds the log open; dropping it writes out what is left.
#[derive(Debug)]
pub struct Guard {
    _worker: WorkerGuard,
}

/// Begins the log at `path`. A log that cannot be written is no reason not to work: then there is none.
#[must_use]
pub fn begin(path: &Path) -> Option<Guard> {
    let file = open(path).ok()?;
    let (writer, worker) = tracing_appender::non_blocking(file);
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer);
    let wanted = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new("warn,brainzlift=info"));
    let kept = filter_fn(|meta| meta.target().starts_with("brainzlift") || *meta.level() <= Level::INFO);
    Registry::default().with(lines.with_filter(kept)).with(wanted).try_init().ok()?;
    Some(Guard { _worker: worker })
}

fn open(path: &Path) -> io::Result<std::fs::File> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    if std::fs::metadata(path).is_ok_and(|meta| meta.len() > LARGEST) {
        std::fs::rename(path, path.with_extension("log.old"))?;
    }
    std::fs::OpenOptions::new().create(true).append(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_has_grown_is_put_aside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state/brainzlift.log");
        open(&path).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(open(&path).unwrap().metadata().unwrap().len(), 0);
        assert_eq!(path.with_extension("log.old").metadata().unwrap().len(), LARGEST + 1);
        open(&path).unwrap().set_len(1).unwrap();
        assert_eq!(open(&path).unwrap().metadata().unwrap().len(), 1);
    }
}
