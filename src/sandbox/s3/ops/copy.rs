//! CopyObject and UploadPartCopy. A copied object shares the body files of its source; a copied part is written anew.

use http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};
use s3s::dto::{
    ChecksumType, CopyObjectInput, CopyObjectOutput, CopyObjectResult, CopyPartResult, CopySource,
    ETagCondition, MetadataDirective, Range, ServerSideEncryption, TaggingDirective, UploadPartCopyInput,
    UploadPartCopyOutput,
};
use s3s::{S3ErrorCode, S3Request, S3Response, S3Result, s3_error};

use super::super::checksum::{Algorithm, Checksum, Kind, show};
use super::super::conditions::{Conditions, ReadConditions};
use super::super::receive::{Hashes, receive};
use super::super::store::uploads::At;
use super::super::store::{
    Attributes, Failure, Object, Opened, Piece, Pinned, Store, Version, now, objects, uploads,
};
use super::super::{refusal, send, timestamp};
use super::attributes::{attributes, refuse_unsupported};
use super::multipart::{Arrived, add_part};
use super::{answer, etag};

/// The largest source of a CopyObject, in bytes; larger ones are copied in parts.
const LARGEST: u64 = 5 << 30;

/// What is copied.
struct Source {
    version: Version,
    object: Object,
    pieces: Vec<Piece>,
    pin: Pinned,
}

/// The conditions of a copy on its source.
macro_rules! source_conditions {
    ($input:expr) => {
        ReadConditions {
            if_match: $input.copy_source_if_match.take(),
            if_none_match: $input.copy_source_if_none_match.take(),
            if_modified_since: $input.copy_source_if_modified_since.take(),
            if_unmodified_since: $input.copy_source_if_unmodified_since.take(),
        }
    };
}

async fn source(store: &Store, from: CopySource, conditions: &ReadConditions) -> S3Result<Source> {
    let CopySource::Bucket { bucket, key, version_id } = from else {
        return Err(s3_error!(NotImplemented, "Access points are not implemented"));
    };
    let opened = store
        .open_object(move |look| objects::find(look, &bucket, &key, version_id.as_deref()).map_err(no_marker))
        .await?;
    let Opened { found: version, object, pieces, pin } = opened;
    let found = Source { version, object, pieces, pin };
    conditions.allow_copy(&found.object, found.version.modified)?;
    if !found.version.is_readable_at(now()) {
        let why = "The source object of the COPY operation is not in the active tier and is only stored in Amazon S3 Glacier.";
        return Err(refusal("ObjectNotInActiveTierError", http::StatusCode::FORBIDDEN, why));
    }
    Ok(found)
}

/// A delete marker that is named as a source has an answer of its own.
fn no_marker(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(error) if *error.code() == S3ErrorCode::MethodNotAllowed => s3_error!(
            InvalidRequest,
            "The source of a copy request may not specifically refer to a delete marker by version id."
        )
        .into(),
        other => other,
    }
}

/// What must hold of the key that is written. S3 has these headers on CopyObject too; s3s does not read them there.
fn target_conditions(headers: &http::HeaderMap) -> S3Result<Conditions> {
    let read = |name: HeaderName| {
        let parse = |value: &http::HeaderValue| ETagCondition::parse_http_header(value.as_bytes());
        let condition = headers.get(&name).map(parse).transpose();
        condition.map_err(|_| s3_error!(InvalidArgument, "The value of the header {name} is not an ETag."))
    };
    Ok(Conditions { if_match: read(IF_MATCH)?, if_none_match: read(IF_NONE_MATCH)? })
}

/// CopyObject.
pub(super) async fn object(
    store: &Store,
    request: S3Request<CopyObjectInput>,
) -> S3Result<S3Response<CopyObjectOutput>> {
    let target = target_conditions(&request.headers)?;
    let mut input = request.input;
    refuse_unsupported!(input);
    let conditions = source_conditions!(input);
    let replaces = directive(input.metadata_directive.as_ref().map(MetadataDirective::as_str))?;
    let retags = directive(input.tagging_directive.as_ref().map(TaggingDirective::as_str))?;
    let wanted = input.checksum_algorithm.as_ref().map(|name| algorithm(name.as_str())).transpose()?;
    let reclassed = input.storage_class.is_some();
    let asked = attributes!(input);
    let source = source(store, input.copy_source.clone(), &conditions).await?;
    let changed = replaces || retags || reclassed || input.server_side_encryption.is_some();
    if !changed && same_place(&input.copy_source, &input.bucket, &input.key) {
        return Err(s3_error!(
            InvalidRequest,
            "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
        ));
    }
    if source.object.size > LARGEST {
        return Err(s3_error!(
            InvalidRequest,
            "The specified copy source is larger than the maximum allowable size for a copy source: {LARGEST}"
        ));
    }

    let mut copied = of_one_piece(store, &source, wanted).await?;
    copied.attributes = merged(source.object.attributes, asked, replaces, retags);
    let made = copied.clone();
    let (bucket, key) = (input.bucket, input.key);
    let version_id = store
        .write(move |changes| {
            if let Some(content) = copied.content {
                objects::share(changes, content)?;
            }
            objects::put(changes, &bucket, &key, copied, &target)
        })
        .await?;
    answer(told(&made, &source.version, version_id))
}

/// The attributes of the copy. The storage class is never the source's: it is asked for, or STANDARD.
fn merged(kept: Attributes, asked: Attributes, replaces: bool, retags: bool) -> Attributes {
    let tags = if retags { asked.tags.clone() } else { kept.tags.clone() };
    let storage_class = asked.storage_class.clone();
    Attributes { storage_class, tags, ..if replaces { asked } else { kept } }
}

fn told(copied: &Object, source: &Version, version_id: Option<String>) -> CopyObjectOutput {
    let mut result = CopyObjectResult {
        e_tag: Some(etag(&copied.etag)),
        last_modified: Some(timestamp(now())),
        checksum_type: Some(ChecksumType::from_static(copied.checksum.kind.name())),
        ..CopyObjectResult::default()
    };
    show!(result, Some(&copied.checksum));
    CopyObjectOutput {
        copy_object_result: Some(result),
        copy_source_version_id: named(source),
        server_side_encryption: Some(ServerSideEncryption::from_static(ServerSideEncryption::AES256)),
        version_id,
        ..CopyObjectOutput::default()
    }
}

fn directive(directive: Option<&str>) -> S3Result<bool> {
    match directive {
        None | Some("COPY") => Ok(false),
        Some("REPLACE") => Ok(true),
        Some(_) => Err(s3_error!(InvalidArgument, "Unknown metadata directive.")),
    }
}

fn algorithm(name: &str) -> S3Result<Algorithm> {
    Algorithm::named(name)
        .ok_or_else(|| s3_error!(InvalidRequest, "Checksum algorithm provided is unsupported."))
}

fn same_place(source: &CopySource, bucket: &str, key: &str) -> bool {
    matches!(source, CopySource::Bucket { bucket: from, key: what, version_id: None } if **from == *bucket && **what == *key)
}

fn named(version: &Version) -> Option<String> {
    (version.id != objects::NULL).then(|| version.id.clone())
}

/// The source as an object that was put at once: what was composed of parts, or never computed, is computed by reading again.
async fn of_one_piece(store: &Store, source: &Source, wanted: Option<Algorithm>) -> S3Result<Object> {
    let mut object = source.object.clone();
    let algorithm = wanted.unwrap_or(object.checksum.algorithm);
    let known = object.checksum.kind == Kind::FullObject && object.checksum.algorithm == algorithm;
    if object.parts.is_none() && known {
        return Ok(object);
    }
    let hashes = send::rehash(store, &source.pieces, Hashes::new(Some(algorithm))).await?;
    let (md5, checksums) = hashes.finish();
    let found = checksums.into_iter().find(|checksum| checksum.algorithm == algorithm);
    object.checksum = found.ok_or_else(|| s3_error!(InternalError))?;
    object.etag = hex::encode(md5);
    object.parts = None;
    Ok(object)
}

/// UploadPartCopy.
pub(super) async fn part(
    store: &Store,
    request: S3Request<UploadPartCopyInput>,
) -> S3Result<S3Response<UploadPartCopyOutput>> {
    let mut input = request.input;
    let conditions = source_conditions!(input);
    let source = source(store, input.copy_source, &conditions).await?;
    let span = match input.copy_source_range.as_deref() {
        None => 0..source.object.size,
        Some(text) => inside(text, source.object.size)?,
    };
    let at = At { bucket: input.bucket, key: input.key, id: input.upload_id };
    let known = at.clone();
    let upload = store.read(move |look| uploads::find(look, &known)).await?;
    let body = send::body(store, &source.pieces, &span, source.pin);
    let received = receive(store, Some(body), upload.algorithm).await?;
    let shown: Option<Checksum> = received.checksum(upload.shown()).cloned();
    let Arrived { etag: tag, modified } = add_part(store, at, input.part_number, received).await?;
    let mut result = CopyPartResult {
        e_tag: Some(etag(&tag)),
        last_modified: Some(timestamp(modified)),
        ..CopyPartResult::default()
    };
    show!(result, shown.as_ref());
    answer(UploadPartCopyOutput {
        copy_part_result: Some(result),
        copy_source_version_id: named(&source.version),
        server_side_encryption: Some(ServerSideEncryption::from_static(ServerSideEncryption::AES256)),
        ..UploadPartCopyOutput::default()
    })
}

/// A range `bytes=first-last` that lies wholly inside the source.
fn inside(text: &str, size: u64) -> S3Result<std::ops::Range<u64>> {
    match Range::parse(text) {
        Ok(Range::Int { first, last: Some(last) }) if first <= last && last < size => Ok(first..last + 1),
        Ok(_) => {
            Err(s3_error!(InvalidArgument, "Range specified is not valid for source object of size: {size}"))
        }
        Err(_) => Err(s3_error!(
            InvalidArgument,
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy"
        )),
    }
}
