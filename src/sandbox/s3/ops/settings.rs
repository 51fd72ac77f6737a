//! Settings of a bucket: versioning, lifecycle, public access block, encryption. Stored, given back, and checked as S3 checks
//! them; nothing is moved to another class or removed because of them.

use std::collections::HashSet;

use s3s::dto::{
    BucketVersioningStatus, DeleteBucketEncryptionInput, DeleteBucketEncryptionOutput,
    DeleteBucketLifecycleInput, DeleteBucketLifecycleOutput, DeletePublicAccessBlockInput,
    DeletePublicAccessBlockOutput, ExpirationStatus, GetBucketEncryptionInput, GetBucketEncryptionOutput,
    GetBucketLifecycleConfigurationInput, GetBucketLifecycleConfigurationOutput, GetBucketVersioningInput,
    GetBucketVersioningOutput, GetPublicAccessBlockInput, GetPublicAccessBlockOutput, LifecycleRule,
    MFADelete, PutBucketEncryptionInput, PutBucketEncryptionOutput, PutBucketLifecycleConfigurationInput,
    PutBucketLifecycleConfigurationOutput, PutBucketVersioningInput, PutBucketVersioningOutput,
    PutPublicAccessBlockInput, PutPublicAccessBlockOutput, ServerSideEncryption,
    ServerSideEncryptionByDefault, ServerSideEncryptionConfiguration, ServerSideEncryptionRule,
    TransitionDefaultMinimumObjectSize,
};
use s3s::{S3Error, S3Request, S3Response, S3Result, s3_error};

use super::super::refusal;
use super::super::store::{Bucket as Record, Look as _, Store, Versioning, fresh_id};
use super::answer;

/// Changes one setting of bucket `name`.
pub(super) async fn change(
    store: &Store,
    name: String,
    set: impl FnOnce(&mut Record) + Send + 'static,
) -> S3Result<()> {
    store
        .write(move |changes| {
            let mut bucket = changes.bucket(&name)?;
            set(&mut bucket);
            changes.put_bucket(&name, &bucket)
        })
        .await
}

/// Reads bucket `name` with all its settings.
pub(super) async fn settings(store: &Store, name: String) -> S3Result<Record> {
    store.read(move |look| look.bucket(&name)).await
}

/// GetBucketVersioning; never enabled is said by saying nothing.
pub(super) async fn get_versioning(
    store: &Store,
    request: S3Request<GetBucketVersioningInput>,
) -> S3Result<S3Response<GetBucketVersioningOutput>> {
    let status = match settings(store, request.input.bucket).await?.versioning {
        Versioning::Never => None,
        Versioning::Enabled => Some(BucketVersioningStatus::ENABLED),
        Versioning::Suspended => Some(BucketVersioningStatus::SUSPENDED),
    };
    let status = status.map(BucketVersioningStatus::from_static);
    answer(GetBucketVersioningOutput { status, mfa_delete: None })
}

/// PutBucketVersioning.
pub(super) async fn put_versioning(
    store: &Store,
    request: S3Request<PutBucketVersioningInput>,
) -> S3Result<S3Response<PutBucketVersioningOutput>> {
    let wanted = request.input.versioning_configuration;
    let versioning = match wanted.status.as_ref().map(s3s::dto::BucketVersioningStatus::as_str) {
        Some(BucketVersioningStatus::ENABLED) => Versioning::Enabled,
        Some(BucketVersioningStatus::SUSPENDED) => Versioning::Suspended,
        _ => {
            return Err(s3_error!(
                IllegalVersioningConfigurationException,
                "The Versioning element must be specified"
            ));
        }
    };
    if wanted.mfa_delete.is_some_and(|mfa| mfa.as_str() == MFADelete::ENABLED) {
        return Err(s3_error!(NotImplemented, "The sandbox has no MFA devices"));
    }
    change(store, request.input.bucket, move |bucket| bucket.versioning = versioning).await?;
    answer(PutBucketVersioningOutput {})
}

/// GetBucketLifecycleConfiguration.
pub(super) async fn get_lifecycle(
    store: &Store,
    request: S3Request<GetBucketLifecycleConfigurationInput>,
) -> S3Result<S3Response<GetBucketLifecycleConfigurationOutput>> {
    let bucket = settings(store, request.input.bucket).await?;
    let Some(lifecycle) = bucket.lifecycle else {
        return Err(s3_error!(NoSuchLifecycleConfiguration, "The lifecycle configuration does not exist"));
    };
    answer(GetBucketLifecycleConfigurationOutput {
        rules: Some(lifecycle.rules),
        transition_default_minimum_object_size: bucket
            .transition_minimum
            .map(TransitionDefaultMinimumObjectSize::from),
    })
}

/// PutBucketLifecycleConfiguration: the new rules take the place of all old ones.
pub(super) async fn put_lifecycle(
    store: &Store,
    request: S3Request<PutBucketLifecycleConfigurationInput>,
) -> S3Result<S3Response<PutBucketLifecycleConfigurationOutput>> {
    let input = request.input;
    let mut lifecycle = input.lifecycle_configuration.ok_or_else(malformed)?;
    check_rules(&lifecycle.rules)?;
    for rule in &mut lifecycle.rules {
        rule.id.get_or_insert_with(fresh_id);
    }
    let minimum = input
        .transition_default_minimum_object_size
        .map_or("all_storage_classes_128K".to_owned(), |minimum| minimum.as_str().to_owned());
    let kept = minimum.clone();
    change(store, input.bucket, move |bucket| {
        bucket.lifecycle = Some(lifecycle);
        bucket.transition_minimum = Some(kept);
    })
    .await?;
    let minimum = TransitionDefaultMinimumObjectSize::from(minimum);
    answer(PutBucketLifecycleConfigurationOutput { transition_default_minimum_object_size: Some(minimum) })
}

/// Refuses rules that S3 refuses: none, too many, twice the same id, no status, no filter, nothing to do.
fn check_rules(rules: &[LifecycleRule]) -> S3Result<()> {
    if rules.is_empty() || rules.len() > 1000 {
        return Err(malformed());
    }
    let mut ids = HashSet::new();
    for rule in rules {
        if rule.id.as_ref().is_some_and(|id| !ids.insert(id)) {
            return Err(s3_error!(
                InvalidArgument,
                "Rule ID must be unique. Found same ID for more than one rule"
            ));
        }
        if rule.id.as_ref().is_some_and(|id| id.len() > 255) {
            return Err(s3_error!(InvalidArgument, "ID length should not exceed allowed limit of 255"));
        }
        if !matches!(rule.status.as_str(), ExpirationStatus::ENABLED | ExpirationStatus::DISABLED)
            || rule.filter.is_some() == rule.prefix.is_some()
        {
            return Err(malformed());
        }
        check_actions(rule)?;
    }
    Ok(())
}

fn check_actions(rule: &LifecycleRule) -> S3Result<()> {
    let idle = rule.abort_incomplete_multipart_upload.is_none()
        && rule.expiration.is_none()
        && rule.noncurrent_version_expiration.is_none()
        && rule.noncurrent_version_transitions.as_ref().is_none_or(Vec::is_empty)
        && rule.transitions.as_ref().is_none_or(Vec::is_empty);
    if idle {
        return Err(s3_error!(InvalidRequest, "At least one action needs to be specified in a rule"));
    }
    for transition in rule.transitions.iter().flatten() {
        if transition.days.is_some_and(|days| days < 0) {
            return Err(s3_error!(InvalidArgument, "'Days' for Transition action must be nonnegative"));
        }
        let known =
            ["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"];
        if !transition.storage_class.as_ref().is_some_and(|class| known.contains(&class.as_str())) {
            return Err(malformed());
        }
    }
    Ok(())
}

fn malformed() -> S3Error {
    s3_error!(
        MalformedXML,
        "The XML you provided was not well-formed or did not validate against our published schema"
    )
}

/// DeleteBucketLifecycle.
pub(super) async fn delete_lifecycle(
    store: &Store,
    request: S3Request<DeleteBucketLifecycleInput>,
) -> S3Result<S3Response<DeleteBucketLifecycleOutput>> {
    change(store, request.input.bucket, |bucket| {
        bucket.lifecycle = None;
        bucket.transition_minimum = None;
    })
    .await?;
    answer(DeleteBucketLifecycleOutput {})
}

/// GetPublicAccessBlock.
pub(super) async fn get_public_access(
    store: &Store,
    request: S3Request<GetPublicAccessBlockInput>,
) -> S3Result<S3Response<GetPublicAccessBlockOutput>> {
    let block = settings(store, request.input.bucket).await?.public_access.ok_or_else(|| {
        let why = "The public access block configuration was not found";
        refusal("NoSuchPublicAccessBlockConfiguration", http::StatusCode::NOT_FOUND, why)
    })?;
    answer(GetPublicAccessBlockOutput { public_access_block_configuration: Some(block) })
}

/// PutPublicAccessBlock; what is not named is off.
pub(super) async fn put_public_access(
    store: &Store,
    request: S3Request<PutPublicAccessBlockInput>,
) -> S3Result<S3Response<PutPublicAccessBlockOutput>> {
    let mut block = request.input.public_access_block_configuration;
    for flag in [
        &mut block.block_public_acls,
        &mut block.block_public_policy,
        &mut block.ignore_public_acls,
        &mut block.restrict_public_buckets,
    ] {
        flag.get_or_insert(false);
    }
    change(store, request.input.bucket, move |bucket| bucket.public_access = Some(block)).await?;
    answer(PutPublicAccessBlockOutput {})
}

/// DeletePublicAccessBlock.
pub(super) async fn delete_public_access(
    store: &Store,
    request: S3Request<DeletePublicAccessBlockInput>,
) -> S3Result<S3Response<DeletePublicAccessBlockOutput>> {
    change(store, request.input.bucket, |bucket| bucket.public_access = None).await?;
    answer(DeletePublicAccessBlockOutput {})
}

/// What every bucket has that nothing else was set for: SSE-S3.
pub(super) fn default_encryption() -> ServerSideEncryptionConfiguration {
    let by_default = ServerSideEncryptionByDefault {
        kms_master_key_id: None,
        sse_algorithm: ServerSideEncryption::from_static(ServerSideEncryption::AES256),
    };
    ServerSideEncryptionConfiguration {
        rules: vec![ServerSideEncryptionRule {
            apply_server_side_encryption_by_default: Some(by_default),
            bucket_key_enabled: Some(false),
        }],
    }
}

/// GetBucketEncryption.
pub(super) async fn get_encryption(
    store: &Store,
    request: S3Request<GetBucketEncryptionInput>,
) -> S3Result<S3Response<GetBucketEncryptionOutput>> {
    let encryption = settings(store, request.input.bucket).await?.encryption;
    answer(GetBucketEncryptionOutput { server_side_encryption_configuration: Some(encryption) })
}

/// PutBucketEncryption, of one rule.
pub(super) async fn put_encryption(
    store: &Store,
    request: S3Request<PutBucketEncryptionInput>,
) -> S3Result<S3Response<PutBucketEncryptionOutput>> {
    let mut encryption = request.input.server_side_encryption_configuration;
    let [rule] = encryption.rules.as_mut_slice() else { return Err(malformed()) };
    rule.bucket_key_enabled.get_or_insert(false);
    let algorithm = rule.apply_server_side_encryption_by_default.as_ref().map(|rule| &rule.sse_algorithm);
    let known = ["AES256", "aws:kms", "aws:kms:dsse"];
    if algorithm.is_some_and(|algorithm| !known.contains(&algorithm.as_str())) {
        return Err(malformed());
    }
    change(store, request.input.bucket, move |bucket| bucket.encryption = encryption).await?;
    answer(PutBucketEncryptionOutput {})
}

/// DeleteBucketEncryption: back to what every bucket has.
pub(super) async fn delete_encryption(
    store: &Store,
    request: S3Request<DeleteBucketEncryptionInput>,
) -> S3Result<S3Response<DeleteBucketEncryptionOutput>> {
    change(store, request.input.bucket, |bucket| bucket.encryption = default_encryption()).await?;
    answer(DeleteBucketEncryptionOutput {})
}
