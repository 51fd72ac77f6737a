//! Tags of buckets and of objects.

use std::collections::HashSet;

use s3s::dto::{
    DeleteBucketTaggingInput, DeleteBucketTaggingOutput, DeleteObjectTaggingInput, DeleteObjectTaggingOutput,
    GetBucketTaggingInput, GetBucketTaggingOutput, GetObjectTaggingInput, GetObjectTaggingOutput,
    PutBucketTaggingInput, PutBucketTaggingOutput, PutObjectTaggingInput, PutObjectTaggingOutput, Tag,
};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::super::refusal;
use super::super::store::{Store, Version, objects};
use super::answer;
use super::settings::{change, settings};

/// Tags that an object may have, and what is answered to more.
const OBJECT: (usize, &str) = (10, "Object tags cannot be greater than 10");
/// Tags that a bucket may have, and what is answered to more.
const BUCKET: (usize, &str) = (50, "Bucket tag count cannot be greater than 50");

/// The tags of a header `x-amz-tagging`, which is written as a query is.
pub(super) fn from_header(header: Option<&str>) -> S3Result<Vec<Tag>> {
    let pairs = url::form_urlencoded::parse(header.unwrap_or_default().as_bytes());
    let tags = pairs.map(|(key, value)| Tag { key: Some(key.into_owned()), value: Some(value.into_owned()) });
    let tags: Vec<Tag> = tags.collect();
    check(&tags, OBJECT)?;
    Ok(tags)
}

fn check(tags: &[Tag], (most, too_many): (usize, &'static str)) -> S3Result<()> {
    let mut keys = HashSet::new();
    if tags.len() > most {
        return Err(refusal("BadRequest", http::StatusCode::BAD_REQUEST, too_many));
    }
    for tag in tags {
        let (key, value) = (tag.key.as_deref().unwrap_or_default(), tag.value.as_deref().unwrap_or_default());
        if key.is_empty() || key.chars().count() > 128 {
            return Err(s3_error!(InvalidTag, "The TagKey you have provided is invalid"));
        }
        if value.chars().count() > 256 {
            return Err(s3_error!(InvalidTag, "The TagValue you have provided is invalid"));
        }
        if !keys.insert(key) {
            return Err(s3_error!(InvalidTag, "Cannot provide multiple Tags with the same key"));
        }
    }
    Ok(())
}

/// GetBucketTagging.
pub(super) async fn get_bucket(
    store: &Store,
    request: S3Request<GetBucketTaggingInput>,
) -> S3Result<S3Response<GetBucketTaggingOutput>> {
    let tags = settings(store, request.input.bucket).await?.tags;
    let tag_set = tags.ok_or_else(|| s3_error!(NoSuchTagSet, "The TagSet does not exist"))?;
    answer(GetBucketTaggingOutput { tag_set })
}

/// PutBucketTagging.
pub(super) async fn put_bucket(
    store: &Store,
    request: S3Request<PutBucketTaggingInput>,
) -> S3Result<S3Response<PutBucketTaggingOutput>> {
    let tags = request.input.tagging.tag_set;
    check(&tags, BUCKET)?;
    change(store, request.input.bucket, move |bucket| bucket.tags = Some(tags)).await?;
    answer(PutBucketTaggingOutput {})
}

/// DeleteBucketTagging.
pub(super) async fn delete_bucket(
    store: &Store,
    request: S3Request<DeleteBucketTaggingInput>,
) -> S3Result<S3Response<DeleteBucketTaggingOutput>> {
    change(store, request.input.bucket, |bucket| bucket.tags = None).await?;
    answer(DeleteBucketTaggingOutput {})
}

/// GetObjectTagging.
pub(super) async fn get_object(
    store: &Store,
    request: S3Request<GetObjectTaggingInput>,
) -> S3Result<S3Response<GetObjectTaggingOutput>> {
    let GetObjectTaggingInput { bucket, key, version_id, .. } = request.input;
    let find = move |look: &_| objects::find(look, &bucket, &key, version_id.as_deref());
    let (version, object) = store.read(find).await?;
    answer(GetObjectTaggingOutput { tag_set: object.attributes.tags, version_id: shown(&version) })
}

/// PutObjectTagging.
pub(super) async fn put_object(
    store: &Store,
    request: S3Request<PutObjectTaggingInput>,
) -> S3Result<S3Response<PutObjectTaggingOutput>> {
    let PutObjectTaggingInput { bucket, key, version_id, tagging, .. } = request.input;
    check(&tagging.tag_set, OBJECT)?;
    let version = replace(store, bucket, key, version_id, tagging.tag_set).await?;
    answer(PutObjectTaggingOutput { version_id: shown(&version) })
}

/// DeleteObjectTagging.
pub(super) async fn delete_object(
    store: &Store,
    request: S3Request<DeleteObjectTaggingInput>,
) -> S3Result<S3Response<DeleteObjectTaggingOutput>> {
    let DeleteObjectTaggingInput { bucket, key, version_id, .. } = request.input;
    let version = replace(store, bucket, key, version_id, Vec::new()).await?;
    answer(DeleteObjectTaggingOutput { version_id: shown(&version) })
}

async fn replace(
    store: &Store,
    bucket: String,
    key: String,
    version_id: Option<String>,
    tags: Vec<Tag>,
) -> S3Result<Version> {
    store.write(move |changes| objects::tag(changes, &bucket, &key, version_id.as_deref(), tags)).await
}

fn shown(version: &Version) -> Option<String> {
    (version.id != objects::NULL).then(|| version.id.clone())
}
