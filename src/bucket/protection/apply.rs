//! Bringing changes about, one by one, each read back.

use std::time::Duration;

use aws_sdk_s3::types::{
    BucketVersioningStatus, PublicAccessBlockConfiguration, ServerSideEncryption,
    ServerSideEncryptionByDefault, ServerSideEncryptionConfiguration, ServerSideEncryptionRule,
    VersioningConfiguration,
};

use super::super::Bucket;
use super::super::sdk::{self, Operation};
use super::lifecycle::{self, Lifecycle};
use super::{Change, Outcome, Reading, read};
use crate::error::{Error, Kind, Result};
use crate::say;

/// Settings spread slowly through AWS: a read right after a write may still show the old one.
const LOOK_AGAIN: [Duration; 3] =
    [Duration::from_millis(300), Duration::from_millis(700), Duration::from_millis(1500)];

/// Applies `changes` in order and says what became of each, at once through `on_outcome` and in all at the end. One that fails
/// does not stop the others; only credentials that the store refuses do, for then nothing else could succeed.
pub async fn apply(
    bucket: &Bucket,
    changes: &[Change],
    mut on_outcome: impl FnMut(&Change, &Outcome),
) -> Result<Vec<(Change, Outcome)>> {
    let mut outcomes = Vec::with_capacity(changes.len());
    for change in changes {
        let outcome = match try_one(bucket, change).await {
            Ok(outcome) => outcome,
            Err(error) => match error.kind() {
                Kind::Unsupported => Outcome::Unsupported,
                Kind::Credentials => return Err(error),
                _ => Outcome::Failed { why: error.to_string() },
            },
        };
        on_outcome(change, &outcome);
        outcomes.push((change.clone(), outcome));
    }
    Ok(outcomes)
}

async fn try_one(bucket: &Bucket, change: &Change) -> Result<Outcome> {
    if let Change::Archive { to: Some(rule), .. } = change {
        rule.check()?;
    }
    write(bucket, change).await?;
    for pause in LOOK_AGAIN {
        if is_kept(bucket, change).await? {
            return Ok(Outcome::Done);
        }
        tokio::time::sleep(pause).await;
    }
    Ok(if is_kept(bucket, change).await? { Outcome::Done } else { Outcome::NotKept })
}

async fn write(bucket: &Bucket, change: &Change) -> Result<()> {
    match change {
        Change::Versioning { enable } => set_versioning(bucket, *enable).await,
        Change::Archive { .. } | Change::AbortUnfinished { .. } => lifecycle::change(bucket, change).await,
        Change::BlockPublicAccess => block_public_access(bucket).await,
        Change::Encrypt => encrypt(bucket).await,
    }
}

async fn set_versioning(bucket: &Bucket, enable: bool) -> Result<()> {
    let status = if enable { BucketVersioningStatus::Enabled } else { BucketVersioningStatus::Suspended };
    let wanted = VersioningConfiguration::builder().status(status).build();
    let answer = bucket
        .control
        .put_bucket_versioning()
        .bucket(&bucket.name)
        .versioning_configuration(wanted)
        .send()
        .await;
    answer.map(drop).map_err(|error| sdk::explain(Operation::WriteSetting, &bucket.name, &error))
}

async fn block_public_access(bucket: &Bucket) -> Result<()> {
    let wanted = PublicAccessBlockConfiguration::builder()
        .block_public_acls(true)
        .ignore_public_acls(true)
        .block_public_policy(true)
        .restrict_public_buckets(true)
        .build();
    let request = bucket.control.put_public_access_block().bucket(&bucket.name);
    let answer = request.public_access_block_configuration(wanted).send().await;
    answer.map(drop).map_err(|error| sdk::explain(Operation::WriteSetting, &bucket.name, &error))
}

async fn encrypt(bucket: &Bucket) -> Result<()> {
    let built =
        |error| Error::new(Kind::Fatal, Operation::WriteSetting.sentence(&bucket.name)).caused_by(error);
    let own_keys =
        ServerSideEncryptionByDefault::builder().sse_algorithm(ServerSideEncryption::Aes256).build();
    let rule =
        ServerSideEncryptionRule::builder().apply_server_side_encryption_by_default(own_keys.map_err(built)?);
    let wanted = ServerSideEncryptionConfiguration::builder().rules(rule.build()).build().map_err(built)?;
    let request = bucket.control.put_bucket_encryption().bucket(&bucket.name);
    let answer = request.server_side_encryption_configuration(wanted).send().await;
    answer.map(drop).map_err(|error| sdk::explain(Operation::WriteSetting, &bucket.name, &error))
}

/// Whether the store shows what was written.
async fn is_kept(bucket: &Bucket, change: &Change) -> Result<bool> {
    match change {
        Change::Versioning { enable } => Ok(shown(bucket, read::versioning(bucket).await?)? == *enable),
        Change::Archive { to, .. } => Ok(shown(bucket, Lifecycle::read(bucket).await?)?.archive() == *to),
        Change::AbortUnfinished { to, .. } => {
            Ok(shown(bucket, Lifecycle::read(bucket).await?)?.abort_days() == Some(*to))
        }
        Change::BlockPublicAccess => shown(bucket, read::public_access_block(bucket).await?),
        Change::Encrypt => Ok(shown(bucket, read::encryption(bucket).await?)?.is_some()),
    }
}

fn shown<T>(bucket: &Bucket, reading: Option<Reading<T>>) -> Result<T> {
    let unshown = |kind| Error::new(kind, Operation::ReadSetting.sentence(&bucket.name));
    match reading {
        Some(Reading::Is(value)) => Ok(value),
        Some(Reading::Unsupported) => Err(unshown(Kind::Unsupported)),
        Some(Reading::Denied) => Err(unshown(Kind::Permission).because(say!("bucket-why-not-read-back"))),
        None => Err(unshown(Kind::Fatal).because(say!("bucket-why-not-understood"))),
    }
}
