//! Reading a bucket's settings.

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::types::{BucketVersioningStatus, PublicAccessBlockConfiguration};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::super::Bucket;
use super::super::sdk::{self, Operation};
use super::lifecycle::Lifecycle;
use super::{Current, Reading};
use crate::error::{Kind, Result};

/// What `bucket` has now; the settings are asked for side by side.
pub async fn read(bucket: &Bucket) -> Result<Current> {
    let (versioning, lifecycle, public_access_block, encryption) = tokio::try_join!(
        versioning(bucket),
        Lifecycle::read(bucket),
        public_access_block(bucket),
        encryption(bucket)
    )?;
    // What means nothing (as moto's versioning does) counts as unset: it will be written, and told if it then cannot be read. Only
    // rules that cannot be understood must not be taken for none: writing would lose them.
    let lifecycle = lifecycle.unwrap_or(Reading::Unsupported);
    Ok(Current {
        versioning: versioning.unwrap_or(Reading::Is(false)),
        archive: map(&lifecycle, Lifecycle::archive),
        abort_days: map(&lifecycle, Lifecycle::abort_days),
        foreign_rules: if let Reading::Is(lifecycle) = &lifecycle { lifecycle.foreign().len() } else { 0 },
        public_access_block: public_access_block.unwrap_or(Reading::Is(false)),
        encryption: encryption.unwrap_or(Reading::Is(None)),
    })
}

pub(super) async fn versioning(bucket: &Bucket) -> Result<Option<Reading<bool>>> {
    let answer = bucket.control.get_bucket_versioning().bucket(&bucket.name).send().await;
    reading(bucket, answer.map(|there| there.status() == Some(&BucketVersioningStatus::Enabled)), false)
}

pub(super) async fn public_access_block(bucket: &Bucket) -> Result<Option<Reading<bool>>> {
    let answer = bucket.control.get_public_access_block().bucket(&bucket.name).send().await;
    let is_all_on = |set: &PublicAccessBlockConfiguration| {
        [
            set.block_public_acls(),
            set.ignore_public_acls(),
            set.block_public_policy(),
            set.restrict_public_buckets(),
        ]
        .into_iter()
        .all(|switch| switch == Some(true))
    };
    reading(
        bucket,
        answer.map(|there| there.public_access_block_configuration().is_some_and(is_all_on)),
        false,
    )
}

pub(super) async fn encryption(bucket: &Bucket) -> Result<Option<Reading<Option<String>>>> {
    let answer = bucket.control.get_bucket_encryption().bucket(&bucket.name).send().await;
    let answer = answer.map(|there| {
        let rules = there.server_side_encryption_configuration()?.rules().to_vec();
        rules.iter().find_map(|rule| {
            Some(rule.apply_server_side_encryption_by_default()?.sse_algorithm().as_str().to_owned())
        })
    });
    reading(bucket, answer, None)
}

/// An answer as a reading: "there is no such configuration" is `nothing`, an unknown setting and a refusal are themselves; a good
/// answer that means nothing is `None`.
pub(super) fn reading<T, E>(
    bucket: &Bucket,
    answer: Result<T, SdkError<E, HttpResponse>>,
    nothing: T,
) -> Result<Option<Reading<T>>>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let error = match answer {
        Ok(value) => return Ok(Some(Reading::Is(value))),
        Err(error) => error,
    };
    if matches!(&error, SdkError::ServiceError(failed) if failed.raw().status().is_success()) {
        return Ok(None);
    }
    let code = sdk::code(&error).unwrap_or_default();
    let is_unset = code.starts_with("NoSuch") && code != "NoSuchBucket" || code.ends_with("NotFoundError");
    if is_unset {
        return Ok(Some(Reading::Is(nothing)));
    }
    let explained = sdk::explain(Operation::ReadSetting, &bucket.name, &error);
    match explained.kind() {
        Kind::Unsupported => Ok(Some(Reading::Unsupported)),
        Kind::Permission => Ok(Some(Reading::Denied)),
        _ => Err(explained),
    }
}

fn map<T, U>(reading: &Reading<T>, f: impl Fn(&T) -> U) -> Reading<U> {
    match reading {
        Reading::Is(value) => Reading::Is(f(value)),
        Reading::Unsupported => Reading::Unsupported,
        Reading::Denied => Reading::Denied,
    }
}
