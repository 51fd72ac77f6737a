//! The bundle of certificates that a profile of the AWS files names (`ca_bundle`).
//!
//! Those of the environment come with the target; `AWS_CA_BUNDLE` is stronger than a profile's, as with the `aws` client.

use std::path::Path;

use super::{Surroundings, Target, credentials};
use crate::error::{Error, Kind, Result};
use crate::network::Trust;
use crate::say;

/// Whom to trust on the way to `target`: its own, and what its profile names. Keys that are given come without a profile.
pub(super) async fn trust(target: &Target) -> Result<Trust> {
    let trust = target.trust.clone();
    if trust.has_aws_bundle() || target.keys.is_some() {
        return Ok(trust);
    }
    let surroundings = Surroundings::real();
    let profile = target.profile.clone().unwrap_or_else(|| surroundings.profile());
    // Files that cannot be read are told of where the credentials are looked for.
    let Ok(Some(path)) = credentials::setting(&surroundings, &profile, "ca_bundle").await else {
        return Ok(trust);
    };
    let named_by = format!("ca_bundle [{profile}]");
    let reading = tokio::task::spawn_blocking(move || trust.and_file(&named_by, Path::new(&path)));
    reading.await.map_err(|error| Error::new(Kind::Fatal, say!("cli-broken")).caused_by(error))?
}
