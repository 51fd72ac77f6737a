//! What the last run worked with, so that the next one can open where it left off. Never a secret.
//!
//! [`recall`] and [`keep`] do the same for what others saw and want to see again; what that is, they know.

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use super::Paths;
use crate::error::{Error, Kind, Result};
use crate::{say, words};

/// What the last run worked with. There is one for each `endpoint`: `None` is AWS, and also a sandbox, whose port changes but whose
/// state folder is its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The bucket.
    pub bucket: String,
    /// Its region.
    pub region: Option<String>,
    /// The AWS profile.
    pub profile: Option<String>,
    /// The S3 that is not AWS's, without user name, password and query.
    pub endpoint_url: Option<String>,
    /// What was chosen last, by id.
    pub datasets: Vec<String>,
    /// How fast the last transfer was that moved enough to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rates: Option<Rates>,
    /// When.
    pub at: Timestamp,
}

/// What each leg of a transfer moved, in bytes/s over the whole run; `None` for a leg that moved too little to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rates {
    /// From the mirror.
    pub down: Option<u64>,
    /// To the bucket.
    pub up: Option<u64>,
}

/// Where what was remembered lies, and where what was seen.
const REMEMBERED: &str = "remembered";

/// What was kept under the name `folder` for `endpoint`; nothing where there is none or it is damaged.
#[must_use]
pub fn recall<T: DeserializeOwned>(paths: &Paths, folder: &str, endpoint: Option<&Url>) -> Option<T> {
    let path = file(paths, folder, endpoint);
    let text = std::fs::read(&path).ok()?;
    serde_json::from_slice(&text)
        .inspect_err(|error| tracing::warn!(%error, path = %path.display(), "what was kept is damaged"))
        .ok()
}

/// Keeps `value` under the name `folder` for `endpoint`: whole or not at all.
pub fn keep<T: Serialize>(paths: &Paths, folder: &str, endpoint: Option<&Url>, value: &T) -> Result<()> {
    let path = file(paths, folder, endpoint);
    write_whole(&path, value).map_err(|error| {
        let what = say!("config-not-remembered", path = path.display().to_string());
        Error::new(Kind::Fatal, what)
            .because(&error)
            .hint(say!("config-not-remembered-hint"))
            .caused_by(error)
    })
}

impl Remembered {
    /// What was remembered for `endpoint`; nothing where there is none or it is damaged: it is only a convenience.
    #[must_use]
    pub fn load(paths: &Paths, endpoint: Option<&Url>) -> Option<Self> {
        recall(paths, REMEMBERED, endpoint)
    }

    /// Writes it for `endpoint`: whole or not at all.
    pub fn save(&self, paths: &Paths, endpoint: Option<&Url>) -> Result<()> {
        let shown = Self { endpoint_url: endpoint.map(words::address), ..self.clone() };
        keep(paths, REMEMBERED, endpoint, &shown)
    }
}

fn write_whole<T: Serialize>(path: &Path, remembered: &T) -> std::io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(dir)?;
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    serde_json::to_writer_pretty(&mut file, remembered)?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A readable name, and a digest so that two endpoints never share one.
fn file(paths: &Paths, folder: &str, endpoint: Option<&Url>) -> PathBuf {
    let name = endpoint.map_or_else(
        || "aws.json".to_owned(),
        |url| {
            let digest = hex::encode(&Sha256::digest(words::address(url))[..4]);
            format!("{}-{digest}.json", url.host_str().unwrap_or("endpoint").replace([':', '[', ']'], "_"))
        },
    );
    paths.state_dir.join(folder).join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remembered(bucket: &str) -> Remembered {
        Remembered {
            bucket: bucket.to_owned(),
            region: Some("eu-west-3".to_owned()),
            profile: None,
            endpoint_url: None,
            datasets: vec!["musicbrainz/artist".to_owned()],
            rates: Some(Rates { down: Some(20_000_000), up: None }),
            at: "2026-10-01T12:00:00Z".parse().unwrap(),
        }
    }

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn each_endpoint_remembers_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path());
        assert_eq!(Remembered::load(&paths, None), None);
        let (one, two) = (url("http://127.0.0.1:9000/"), url("http://127.0.0.1:9001/"));
        for (bucket, endpoint) in [("a", None), ("b", Some(&one)), ("c", Some(&two)), ("d", Some(&two))] {
            remembered(bucket).save(&paths, endpoint).unwrap();
        }
        let bucket = |endpoint| Remembered::load(&paths, endpoint).unwrap().bucket;
        assert_eq!(
            (bucket(None), bucket(Some(&one)), bucket(Some(&two))),
            ("a".into(), "b".into(), "d".into())
        );
        assert_eq!(Remembered::load(&paths, None).unwrap(), remembered("a"));
    }

    #[test]
    fn what_is_damaged_is_as_good_as_nothing_and_can_be_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path());
        remembered("a").save(&paths, None).unwrap();
        for damage in ["", "{", "[]", "{\"bucket\": 3}", "\0\u{1}"] {
            std::fs::write(file(&paths, REMEMBERED, None), damage).unwrap();
            assert_eq!(Remembered::load(&paths, None), None, "{damage:?}");
        }
        remembered("b").save(&paths, None).unwrap();
        assert_eq!(Remembered::load(&paths, None).unwrap().bucket, "b");
    }

    #[test]
    fn a_password_in_an_endpoint_is_not_written() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path());
        let endpoint = url("https://me:hunter2@s3.example.org/");
        remembered("a").save(&paths, Some(&endpoint)).unwrap();
        let text = std::fs::read_to_string(file(&paths, REMEMBERED, Some(&endpoint))).unwrap();
        assert!(!text.contains("hunter2") && text.contains("https://s3.example.org/"));
    }

    #[test]
    fn a_state_folder_that_cannot_be_written_is_an_error_with_its_path() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("state"), "a file").unwrap();
        let error = remembered("a").save(&Paths::under(dir.path()), None).unwrap_err();
        assert!(error.what().contains(dir.path().to_str().unwrap()));
    }
}
