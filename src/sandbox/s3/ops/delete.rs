//! DeleteObject and DeleteObjects.

use s3s::dto::{
    DeleteObjectInput, DeleteObjectOutput, DeleteObjectsInput, DeleteObjectsOutput, DeletedObject,
    ETagCondition, Error, ObjectIdentifier,
};
use s3s::{S3Error, S3Request, S3Response, S3Result};

use super::super::conditions::Conditions;
use super::super::store::{Changes, Failure, Look as _, Outcome, Store, objects};
use super::answer;

/// DeleteObject: what is not there is no error.
pub(super) async fn one(
    store: &Store,
    request: S3Request<DeleteObjectInput>,
) -> S3Result<S3Response<DeleteObjectOutput>> {
    let DeleteObjectInput { bucket, key, version_id, if_match, .. } = request.input;
    let conditions = Conditions { if_match, if_none_match: None };
    let deleted = store
        .write(move |changes| objects::delete(changes, &bucket, &key, version_id.as_deref(), &conditions))
        .await?;
    answer(DeleteObjectOutput {
        delete_marker: deleted.marker.then_some(true),
        version_id: deleted.version_id,
        request_charged: None,
    })
}

/// DeleteObjects: up to 1,000 keys, each with its own answer.
pub(super) async fn many(
    store: &Store,
    request: S3Request<DeleteObjectsInput>,
) -> S3Result<S3Response<DeleteObjectsOutput>> {
    let DeleteObjectsInput { bucket, delete, .. } = request.input;
    if delete.objects.is_empty() || delete.objects.len() > 1000 {
        return Err(s3s::s3_error!(
            MalformedXML,
            "The XML you provided was not well-formed or did not validate against our published schema"
        ));
    }
    let quiet = delete.quiet.unwrap_or_default();
    let (deleted, errors) = store.write(move |changes| all(changes, &bucket, delete.objects)).await?;
    answer(DeleteObjectsOutput {
        deleted: (!quiet).then_some(deleted),
        errors: (!errors.is_empty()).then_some(errors),
        request_charged: None,
    })
}

fn all(
    changes: &mut Changes,
    bucket: &str,
    wanted: Vec<ObjectIdentifier>,
) -> Outcome<(Vec<DeletedObject>, Vec<Error>)> {
    changes.bucket(bucket)?;
    let (mut deleted, mut errors) = (Vec::new(), Vec::new());
    for one in wanted {
        let conditions = Conditions { if_match: one.e_tag.map(ETagCondition::ETag), if_none_match: None };
        match objects::delete(changes, bucket, &one.key, one.version_id.as_deref(), &conditions) {
            Ok(done) => deleted.push(shown(one.key, one.version_id, done)),
            Err(Failure::Refused(error)) => errors.push(refused(one.key, one.version_id, &error)),
            Err(failure) => return Err(failure),
        }
    }
    Ok((deleted, errors))
}

fn shown(key: String, named: Option<String>, done: objects::Deleted) -> DeletedObject {
    DeletedObject {
        key: Some(key),
        delete_marker: done.marker.then_some(true),
        delete_marker_version_id: done.version_id.filter(|_| done.marker),
        version_id: named,
    }
}

fn refused(key: String, version_id: Option<String>, error: &S3Error) -> Error {
    Error {
        code: Some(error.code().as_str().to_owned()),
        key: Some(key),
        message: error.message().map(str::to_owned),
        version_id,
    }
}
