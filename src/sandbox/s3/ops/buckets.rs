//! Buckets: made, looked at, listed, removed.

use s3s::dto::{
    Bucket, BucketLocationConstraint, CreateBucketInput, CreateBucketOutput, DeleteBucketInput,
    DeleteBucketOutput, GetBucketLocationInput, GetBucketLocationOutput, HeadBucketInput, HeadBucketOutput,
    ListBucketsInput, ListBucketsOutput, PublicAccessBlockConfiguration,
};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use redb::ReadableTable as _;

use super::super::store::listing::{self, Query};
use super::super::store::{Bucket as Record, Look as _, Store, Versioning, now, uploads};
use super::super::{OWNED_BY_SOMEBODY_ELSE, timestamp};
use super::{answer, owner};

/// The region that has no LocationConstraint.
const CLASSIC: &str = "us-east-1";

/// CreateBucket, with the protection that S3 gives to every new bucket.
pub(super) async fn create(
    store: &Store,
    request: S3Request<CreateBucketInput>,
) -> S3Result<S3Response<CreateBucketOutput>> {
    let region = region(&request)?;
    let name = request.input.bucket;
    if name == OWNED_BY_SOMEBODY_ELSE {
        return Err(s3_error!(
            BucketAlreadyExists,
            "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Select a different name and try again."
        ));
    }
    let location = format!("/{name}");
    store
        .write(move |changes| {
            if changes.buckets()?.get(name.as_str())?.is_some() {
                return Err(s3_error!(
                    BucketAlreadyOwnedByYou,
                    "Your previous request to create the named bucket succeeded and you already own it."
                )
                .into());
            }
            changes.put_bucket(&name, &fresh(region))
        })
        .await?;
    answer(CreateBucketOutput { location: Some(location) })
}

/// A new bucket: blocked for the public, encrypted by S3.
fn fresh(region: String) -> Record {
    Record {
        region,
        created: now(),
        versioning: Versioning::Never,
        lifecycle: None,
        transition_minimum: None,
        public_access: Some(PublicAccessBlockConfiguration {
            block_public_acls: Some(true),
            block_public_policy: Some(true),
            ignore_public_acls: Some(true),
            restrict_public_buckets: Some(true),
        }),
        encryption: super::settings::default_encryption(),
        tags: None,
    }
}

/// Where the bucket goes. As at AWS, a client outside us-east-1 must name its own region.
fn region(request: &S3Request<CreateBucketInput>) -> S3Result<String> {
    let client = request.region.as_ref().map_or(CLASSIC, |region| region.as_str());
    let configuration = request.input.create_bucket_configuration.as_ref();
    let wanted = configuration.and_then(|configuration| configuration.location_constraint.as_ref());
    match wanted.map(s3s::dto::BucketLocationConstraint::as_str).filter(|wanted| !wanted.is_empty()) {
        None if client == CLASSIC => Ok(CLASSIC.to_owned()),
        None => Err(incompatible("unspecified")),
        Some(CLASSIC) => {
            Err(s3_error!(InvalidLocationConstraint, "The specified location-constraint is not valid"))
        }
        Some(wanted) if client == CLASSIC || client == wanted => Ok(wanted.to_owned()),
        Some(wanted) => Err(incompatible(wanted)),
    }
}

fn incompatible(wanted: &str) -> s3s::S3Error {
    s3_error!(
        IllegalLocationConstraintException,
        "The {wanted} location constraint is incompatible for the region specific endpoint this request was sent to."
    )
}

/// HeadBucket, with the bucket's region.
pub(super) async fn head(
    store: &Store,
    request: S3Request<HeadBucketInput>,
) -> S3Result<S3Response<HeadBucketOutput>> {
    let name = request.input.bucket;
    let bucket = store.read(move |look| look.bucket(&name)).await?;
    answer(HeadBucketOutput { bucket_region: Some(bucket.region), ..HeadBucketOutput::default() })
}

/// GetBucketLocation; us-east-1 is said by saying nothing.
pub(super) async fn location(
    store: &Store,
    request: S3Request<GetBucketLocationInput>,
) -> S3Result<S3Response<GetBucketLocationOutput>> {
    let name = request.input.bucket;
    let bucket = store.read(move |look| look.bucket(&name)).await?;
    let constraint = (bucket.region != CLASSIC).then(|| BucketLocationConstraint::from(bucket.region));
    answer(GetBucketLocationOutput { location_constraint: constraint })
}

/// ListBuckets, with prefix, region and pages where they are asked for.
pub(super) async fn list(
    store: &Store,
    request: S3Request<ListBucketsInput>,
) -> S3Result<S3Response<ListBucketsOutput>> {
    let input = request.input;
    let limit = input.max_buckets.and_then(|max| usize::try_from(max).ok()).unwrap_or(10_000);
    let prefix = input.prefix.clone().unwrap_or_default();
    let after = input.continuation_token.unwrap_or_default();
    let mut buckets = store.read(named).await?;
    buckets.retain(|(name, bucket)| {
        let here = input.bucket_region.as_ref().is_none_or(|region| *region == bucket.region);
        name.starts_with(&prefix) && *name > after && here
    });
    let more = buckets.len() > limit;
    buckets.truncate(limit);
    let last = buckets.last().map(|(name, _)| name.clone());
    answer(ListBucketsOutput {
        buckets: Some(buckets.into_iter().map(shown).collect()),
        continuation_token: last.filter(|_| more),
        owner: Some(owner()),
        prefix: input.prefix,
    })
}

fn named(look: &super::super::store::Snapshot) -> super::super::store::Outcome<Vec<(String, Record)>> {
    let table = look.buckets()?;
    table
        .iter()?
        .map(|entry| {
            let name = entry?.0.value().to_owned();
            let bucket = look.bucket(&name)?;
            Ok((name, bucket))
        })
        .collect()
}

fn shown((name, bucket): (String, Record)) -> Bucket {
    Bucket {
        bucket_region: Some(bucket.region),
        creation_date: Some(timestamp(bucket.created)),
        name: Some(name),
    }
}

/// DeleteBucket, of an empty one; unfinished uploads go with it.
pub(super) async fn delete(
    store: &Store,
    request: S3Request<DeleteBucketInput>,
) -> S3Result<S3Response<DeleteBucketOutput>> {
    let name = request.input.bucket;
    store
        .write(move |changes| {
            let any = Query { bucket: name.clone(), limit: 1, ..Query::default() };
            if !listing::versions(changes, &any)?.items.is_empty() {
                return Err(s3_error!(BucketNotEmpty, "The bucket you tried to delete is not empty").into());
            }
            uploads::end_all(changes, &name)?;
            changes.remove_bucket(&name)
        })
        .await?;
    answer(DeleteBucketOutput {})
}
