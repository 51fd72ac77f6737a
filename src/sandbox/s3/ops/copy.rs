//! CopyObject and UploadPartCopy. A copied object shares the body files of its source; a copied part is written anew.

use s3s::dto::{
    ChecksumType, CopyObjectInput, CopyObjectOutput, CopyObjectResult, CopyPartResult, CopySource,
    MetadataDirective, Range, ServerSideEncryption, TaggingDirective, UploadPartCopyInput,
    UploadPartCopyOutput,
};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::super::checksum::{Algorithm, Checksum, Kind, show};
use super::super::conditions::{Conditions, ReadConditions};
use super::super::receive::{Hashes, receive};
use super::super::store::uploads::At;
use super::super::store::{Content, Look as _, Object, Piece, Store, Version, objects, uploads};
use super::super::{send, timestamp};
use super::attributes::{attributes, refuse_unsupported};
use super::multipart::{Arrived, add_part};
use super::{answer, etag};

/// What is copied.
struct Source {
    version: Version,
    object: Object,
    pieces: Vec<Piece>,
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
    let found = store
        .read(move |look| {
            let (version, object) = objects::find(look, &bucket, &key, version_id.as_deref())?;
            let content = object.content.map(|number| look.content(number)).transpose()?;
            let pieces = content.map_or_else(Vec::new, |content: Content| content.pieces);
            Ok(Source { version, object, pieces })
        })
        .await?;
    conditions.allow_copy(&found.object, found.version.modified)?;
    Ok(found)
}

/// CopyObject.
pub(super) async fn object(
    store: &Store,
    request: S3Request<CopyObjectInput>,
) -> S3Result<S3Response<CopyObjectOutput>> {
    let mut input = request.input;
    refuse_unsupported!(input);
    let conditions = source_conditions!(input);
    let replaces = directive(input.metadata_directive.as_ref().map(MetadataDirective::as_str))?;
    let retags = directive(input.tagging_directive.as_ref().map(TaggingDirective::as_str))?;
    let wanted = input.checksum_algorithm.as_ref().map(|name| algorithm(name.as_str())).transpose()?;
    let asked = attributes!(input);
    let source = source(store, input.copy_source.clone(), &conditions).await?;
    let changed = replaces || retags || asked.storage_class.is_some();
    if !changed && same_place(&input.copy_source, &input.bucket, &input.key) {
        return Err(s3_error!(
            InvalidRequest,
            "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
        ));
    }

    let mut copied = of_one_piece(store, &source, wanted).await?;
    let kept = source.object.attributes;
    let tags = if retags { asked.tags.clone() } else { kept.tags.clone() };
    let storage_class = asked.storage_class.clone();
    copied.attributes = if replaces { asked } else { kept };
    copied.attributes.tags = tags;
    copied.attributes.storage_class = storage_class;

    let told = copied.clone();
    let (bucket, key) = (input.bucket, input.key);
    let version_id = store
        .write(move |changes| {
            if let Some(content) = copied.content {
                objects::share(changes, content)?;
            }
            objects::put(changes, &bucket, &key, copied, &Conditions::default())
        })
        .await?;
    let mut result = CopyObjectResult {
        e_tag: Some(etag(&told.etag)),
        last_modified: Some(timestamp(super::super::store::now())),
        checksum_type: Some(ChecksumType::from_static(told.checksum.kind.name())),
        ..CopyObjectResult::default()
    };
    show!(result, Some(&told.checksum));
    answer(CopyObjectOutput {
        copy_object_result: Some(result),
        copy_source_version_id: named(&source.version),
        server_side_encryption: Some(ServerSideEncryption::from_static(ServerSideEncryption::AES256)),
        version_id,
        ..CopyObjectOutput::default()
    })
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
    let body = send::body(store, &source.pieces, &span);
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
