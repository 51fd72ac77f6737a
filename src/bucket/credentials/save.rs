//! Writing new credentials where every AWS tool finds them, as `aws configure` does.
//!
//! Only the named profile's keys change. The files are replaced whole (a reader sees the old or the new one), readable by their
//! owner alone; a link is followed, so that what it points at is replaced and not the link.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::super::{Keys, Surroundings};
use super::ini;
use crate::error::{Error, Kind, Result};
use crate::say;

/// What is to be kept.
#[derive(Debug, Clone)]
pub struct New {
    /// The profile's name; `default` is the one that is used where none is named.
    pub profile: String,
    /// The key itself. Without a token, an older token of the profile is taken away.
    pub keys: Keys,
    /// The profile's region; `None` leaves what is there.
    pub region: Option<String>,
    /// The profile's endpoint, for a store that is not AWS; `None` leaves what is there.
    pub endpoint_url: Option<String>,
}

/// Where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The file with the key.
    pub credentials: PathBuf,
    /// The file with region and endpoint, where there was something to write.
    pub config: Option<PathBuf>,
}

/// Writes `new` into the files of this user.
pub async fn save(new: New) -> Result<Saved> {
    save_in(Surroundings::real(), new).await
}

/// Writes `new` into the files that `surroundings` name.
pub async fn save_in(surroundings: Surroundings, new: New) -> Result<Saved> {
    let done = tokio::task::spawn_blocking(move || write_both(&surroundings, &new)).await;
    done.map_err(|error| Error::new(Kind::Fatal, say!("bucket-save-failed")).caused_by(error))?
}

fn write_both(surroundings: &Surroundings, new: &New) -> Result<Saved> {
    check(new)?;
    let home = || Error::new(Kind::Usage, say!("bucket-save-no-home")).hint(say!("bucket-save-no-home-hint"));
    let credentials = surroundings.credentials_file().ok_or_else(home)?;
    let config = surroundings.config_file().ok_or_else(home)?;
    let token = new.keys.session_token.as_ref().map(ExposeSecret::expose_secret);
    let pairs = [
        ("aws_access_key_id", Some(new.keys.access_key_id.as_str())),
        ("aws_secret_access_key", Some(new.keys.secret_access_key.expose_secret())),
        ("aws_session_token", token),
    ];
    // The credentials file names a profile bare; the config file says `profile` before all but the default one.
    edit(&credentials, &[&new.profile], &pairs)?;
    let settings = [("region", new.region.as_deref()), ("endpoint_url", new.endpoint_url.as_deref())];
    let settings: Vec<_> = settings.into_iter().filter(|(_, value)| value.is_some()).collect();
    if settings.is_empty() {
        return Ok(Saved { credentials, config: None });
    }
    let in_config = format!("profile {}", new.profile);
    // `profile default` wins over `default` where both stand.
    let headers =
        if new.profile == "default" { vec!["default", "profile default"] } else { vec![in_config.as_str()] };
    edit(&config, &headers, &settings)?;
    Ok(Saved { credentials, config: Some(config) })
}

/// Refuses what would break the files' form: a value that ends its line would start a new key or section.
fn check(new: &New) -> Result<()> {
    if let Some(wrong) = profile_wrong(&new.profile) {
        return Err(Error::new(Kind::Usage, wrong));
    }
    let token = new.keys.session_token.as_ref().map(SecretString::expose_secret);
    let fields = [
        (say!("bucket-field-key"), Some(new.keys.access_key_id.as_str())),
        (say!("bucket-field-secret"), Some(new.keys.secret_access_key.expose_secret())),
        (say!("bucket-field-token"), token),
        (say!("bucket-field-region"), new.region.as_deref()),
        (say!("bucket-field-endpoint"), new.endpoint_url.as_deref()),
    ];
    for (field, value) in fields {
        if let Some(wrong) = value.and_then(|value| value_wrong(&field, value)) {
            return Err(Error::new(Kind::Usage, wrong));
        }
    }
    Ok(())
}

/// Why that cannot be the name of a profile, in the user's words.
#[must_use]
pub fn profile_wrong(name: &str) -> Option<String> {
    if name.trim().is_empty() {
        return Some(say!("bucket-save-empty", field = say!("bucket-field-profile")));
    }
    let is_bad = |c: char| c.is_control() || c.is_whitespace() || "[]#;=".contains(c);
    name.contains(is_bad).then(|| say!("bucket-save-bad-profile", name = crate::words::harmless(name)))
}

/// Why `value` cannot be written for what `field` names; the value itself may be a secret and is not told.
#[must_use]
pub fn value_wrong(field: &str, value: &str) -> Option<String> {
    if value.trim().is_empty() {
        return Some(say!("bucket-save-empty", field = field));
    }
    let is_bad = |c: char| c.is_control() || c.is_whitespace() || c == '[' || c == ']';
    value.contains(is_bad).then(|| say!("bucket-save-bad-value", field = field))
}

fn edit(path: &Path, headers: &[&str], pairs: &[(&str, Option<&str>)]) -> Result<()> {
    let place = crate::words::harmless(&path.display().to_string());
    let failed = |error: io::Error| {
        let kind = if error.kind() == io::ErrorKind::StorageFull { Kind::OutOfSpace } else { Kind::Fatal };
        Error::new(kind, say!("bucket-save-failed-at", path = place.clone())).because(&error).caused_by(error)
    };
    let target = follow(path).map_err(failed)?;
    let old = match std::fs::read_to_string(&target) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    replace(&target, &ini::set(&old, headers, pairs)).map_err(failed)
}

/// What a link points at, so that the link itself stays; the path itself where there is no link or nothing at all.
fn follow(path: &Path) -> io::Result<PathBuf> {
    match std::fs::canonicalize(path) {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match std::fs::read_link(path) {
            Ok(dangling) => Ok(path.parent().unwrap_or(Path::new("")).join(dangling)),
            Err(_) => Ok(path.to_owned()),
        },
        Err(error) => Err(error),
    }
}

/// Writes beside the old file and renames; `tempfile` makes its files 0600.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_private_folder(folder)?;
    let mut file = tempfile::Builder::new().prefix(".brainzlift-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Makes the folder 0700; one that is there already keeps its rights.
fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests;
