//! Which credentials a machine has: the profiles in AWS's files, and what was looked at where there are none.
//!
//! Using credentials is the business of `connection`; writing new ones that of [`save`].

mod ini;
mod looked;
mod save;

use aws_runtime::env_config::file::EnvConfigFiles;
use aws_runtime::env_config::section::{EnvConfigSections, Profile as Section};
use aws_runtime::env_config::source;
use aws_types::os_shim_internal::Fs;
use serde::Serialize;

pub use looked::{LookedAt, looked_at, looked_at_in};
pub use save::{New, Saved, profile_wrong, save, save_in, value_wrong};

use super::{Connection, Surroundings, Target};
use crate::error::{Error, Kind, Result};
use crate::say;

/// A profile of AWS's configuration files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Its name, as `--profile` takes it.
    pub name: String,
    /// The region that it sets.
    pub region: Option<String>,
    /// How it comes by credentials.
    pub kind: ProfileKind,
}

/// How a profile comes by credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileKind {
    /// A key and a secret stand in the files.
    Keys,
    /// IAM Identity Center: `aws sso login`.
    Sso,
    /// Signed in through the browser: `aws login`.
    Login,
    /// Takes on a role.
    Role,
    /// Another program gives them.
    Process,
    /// It sets other things only.
    None,
}

impl std::fmt::Display for ProfileKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&match self {
            Self::Keys => say!("bucket-profile-keys"),
            Self::Sso => say!("bucket-profile-sso"),
            Self::Login => say!("bucket-profile-login"),
            Self::Role => say!("bucket-profile-role"),
            Self::Process => say!("bucket-profile-process"),
            Self::None => say!("bucket-profile-none"),
        })
    }
}

/// The profiles of this machine, `default` first, then by name. Files that are missing count as empty.
pub async fn profiles() -> Result<Vec<Profile>> {
    profiles_in(&Surroundings::real()).await
}

/// The profiles that `surroundings` show.
pub async fn profiles_in(surroundings: &Surroundings) -> Result<Vec<Profile>> {
    let sections = sections(surroundings).await?;
    let mut profiles: Vec<Profile> = sections
        .profiles()
        .filter_map(|name| sections.get_profile(name))
        .map(|section| Profile {
            name: section.name().to_owned(),
            region: section.get("region").map(str::to_owned),
            kind: kind(section),
        })
        .collect();
    profiles.sort_by(|a, b| (a.name != "default", &a.name).cmp(&(b.name != "default", &b.name)));
    Ok(profiles)
}

/// What a profile sets under `key`, where it does.
pub(super) async fn setting(surroundings: &Surroundings, profile: &str, key: &str) -> Result<Option<String>> {
    let sections = sections(surroundings).await?;
    Ok(sections.get_profile(profile).and_then(|section| section.get(key)).map(str::to_owned))
}

async fn sections(surroundings: &Surroundings) -> Result<EnvConfigSections> {
    let refused = |error: &(dyn std::error::Error + 'static)| {
        let refused = Error::new(Kind::Credentials, say!("bucket-files-unreadable"));
        refused.because(super::sdk::chain(error)).hint(say!("bucket-files-hint"))
    };
    let files = EnvConfigFiles::default();
    let read =
        source::load(surroundings.env(), &Fs::real(), &files).await.map_err(|error| refused(&error))?;
    EnvConfigSections::parse(read).map_err(|error| refused(&error))
}

/// In the order in which the SDK looks.
fn kind(section: &Section) -> ProfileKind {
    let has = |key: &str| section.get(key).is_some();
    if has("role_arn") {
        ProfileKind::Role
    } else if has("sso_session") || has("sso_start_url") || has("sso_account_id") {
        ProfileKind::Sso
    } else if has("login_session") {
        ProfileKind::Login
    } else if has("aws_access_key_id") {
        ProfileKind::Keys
    } else if has("credential_process") {
        ProfileKind::Process
    } else {
        ProfileKind::None
    }
}

/// Tries credentials: connects and says who one is. Nothing is written.
pub async fn test(target: &Target) -> Result<Connection> {
    Connection::open(target).await
}

#[cfg(test)]
mod tests;
