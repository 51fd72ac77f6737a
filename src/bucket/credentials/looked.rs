//! What was looked at for credentials, for the screen that is shown when there are none. Names only, never a value.

use serde::Serialize;

use super::super::{Surroundings, Target};
use crate::say;

/// One place where credentials could have been.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookedAt {
    /// The place: a variable's name, a file's path, an address.
    pub place: String,
    /// Whether there is something.
    pub found: bool,
    /// What was found, or why nothing was, in the user's language.
    pub note: String,
}

/// Where credentials were looked for, in the order in which AWS's chain does.
pub async fn looked_at(target: &Target) -> Vec<LookedAt> {
    looked_at_in(&Surroundings::real(), target).await
}

/// The same for given surroundings.
pub async fn looked_at_in(surroundings: &Surroundings, target: &Target) -> Vec<LookedAt> {
    let mut seen = vec![profile(surroundings, target).await];
    seen.extend(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| variable(surroundings, name)));
    for path in [surroundings.credentials_file(), surroundings.config_file()].into_iter().flatten() {
        seen.push(file(&path).await);
    }
    seen.push(variable(surroundings, "AWS_WEB_IDENTITY_TOKEN_FILE"));
    seen.push(container(surroundings));
    seen.push(instance(surroundings));
    seen
}

fn variable(surroundings: &Surroundings, name: &str) -> LookedAt {
    let found = surroundings.get(name).is_some();
    let note = if found { say!("bucket-looked-set") } else { say!("bucket-looked-unset") };
    LookedAt { place: name.to_owned(), found, note }
}

async fn profile(surroundings: &Surroundings, target: &Target) -> LookedAt {
    let name = target.profile.clone().unwrap_or_else(|| surroundings.profile());
    let known = super::profiles_in(surroundings).await;
    let found = known.as_ref().ok().and_then(|all| all.iter().find(|profile| profile.name == name));
    let note = match (&known, found) {
        (Err(error), _) => error.to_string(),
        (_, Some(profile)) => profile.kind.to_string(),
        (_, None) => say!("bucket-looked-no-profile"),
    };
    let name = crate::words::harmless(&name);
    LookedAt { place: say!("bucket-looked-profile", name = name), found: found.is_some(), note }
}

async fn file(path: &std::path::Path) -> LookedAt {
    let place = crate::words::harmless(&path.display().to_string());
    let (found, note) = match tokio::fs::read(path).await {
        Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => (false, say!("bucket-looked-empty")),
        Ok(_) => (true, say!("bucket-looked-there")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => (false, say!("bucket-looked-missing")),
        Err(error) => (false, error.to_string()),
    };
    LookedAt { place, found, note }
}

fn container(surroundings: &Surroundings) -> LookedAt {
    let names = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    let set = names.into_iter().find(|name| surroundings.get(name).is_some());
    LookedAt {
        place: set.unwrap_or("AWS_CONTAINER_CREDENTIALS_*").to_owned(),
        found: set.is_some(),
        note: if set.is_some() { say!("bucket-looked-set") } else { say!("bucket-looked-no-container") },
    }
}

fn instance(surroundings: &Surroundings) -> LookedAt {
    let off =
        surroundings.get("AWS_EC2_METADATA_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let note = if off { say!("bucket-looked-instance-off") } else { say!("bucket-looked-no-instance") };
    LookedAt { place: say!("bucket-looked-instance"), found: false, note }
}
