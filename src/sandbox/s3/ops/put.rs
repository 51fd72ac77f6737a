//! PutObject.

use s3s::dto::{ChecksumType, PutObjectInput, PutObjectOutput, ServerSideEncryption};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::super::checksum::{Algorithm, Kind, show};
use super::super::claims::Claims;
use super::super::conditions::Conditions;
use super::super::receive::{Received, receive, refuse_too_large};
use super::super::store::{Attributes, Look as _, Object, Store, objects};
use super::attributes::{attributes, refuse_unsupported};
use super::{answer, etag};

/// PutObject: the body goes to the disk, its claims are held against it, then the key is written.
pub(super) async fn put(
    store: &Store,
    request: S3Request<PutObjectInput>,
) -> S3Result<S3Response<PutObjectOutput>> {
    let claims = Claims::read(&request.headers)?;
    let mut input = request.input;
    refuse_unsupported!(input);
    if input.write_offset_bytes.is_some() {
        return Err(s3_error!(NotImplemented, "Appending to objects is not implemented"));
    }
    refuse_too_large(input.content_length)?;
    let attributes = attributes!(input);
    let conditions = Conditions { if_match: input.if_match, if_none_match: input.if_none_match };
    let (bucket, key) = (input.bucket, input.key);

    let known = bucket.clone();
    store.read(move |look| look.bucket(&known)).await?;
    let received = receive(store, input.body.take(), claims.algorithm()).await?;
    claims.verify(request.trailing_headers.as_ref(), &received.checksums, received.md5)?;

    let mut object = single(&received, claims.algorithm(), attributes)?;
    let written = object.clone();
    let version_id = store
        .write(move |changes| {
            object.content = objects::own(changes, received.piece().into_iter().collect())?;
            if let Some(blob) = received.blob {
                changes.keep(blob);
            }
            objects::put(changes, &bucket, &key, object, &conditions)
        })
        .await?;
    answer(told(&written, version_id))
}

/// The object that one body makes; shown with CRC64NVME where the client named no algorithm.
fn single(received: &Received, algorithm: Option<Algorithm>, attributes: Attributes) -> S3Result<Object> {
    let checksum = received.checksum(algorithm.unwrap_or(Algorithm::Crc64Nvme));
    let checksum = checksum.ok_or_else(|| s3_error!(InternalError))?.clone();
    let etag = hex::encode(received.md5);
    Ok(Object { size: received.size, etag, content: None, checksum, parts: None, attributes })
}

fn told(object: &Object, version_id: Option<String>) -> PutObjectOutput {
    let mut output = PutObjectOutput {
        e_tag: Some(etag(&object.etag)),
        checksum_type: Some(ChecksumType::from_static(Kind::FullObject.name())),
        server_side_encryption: Some(ServerSideEncryption::from_static(ServerSideEncryption::AES256)),
        version_id,
        ..PutObjectOutput::default()
    };
    show!(output, Some(&object.checksum));
    output
}
