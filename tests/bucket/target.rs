//! Where to connect, with keys that are given.

use brainzlift::bucket::{Keys, Target};
use secrecy::SecretString;

pub(crate) fn keys(id: &str, secret: &str) -> Keys {
    let secret_access_key = SecretString::from(secret.to_owned());
    Keys { access_key_id: id.to_owned(), secret_access_key, session_token: None }
}

/// A target at `url` with the given keys.
pub(crate) fn target(url: &str, id: &str, secret: &str) -> Target {
    Target {
        region: Some("eu-west-3".into()),
        endpoint_url: Some(url.to_owned()),
        keys: Some(keys(id, secret)),
        ..Target::default()
    }
}
