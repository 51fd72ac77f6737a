//! GetObject and HeadObject.

use std::ops::Range as Span;

use s3s::dto::{
    ChecksumMode, ChecksumType, GetObjectInput, GetObjectOutput, HeadObjectInput, HeadObjectOutput, Range,
    ServerSideEncryption,
};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::super::checksum::show;
use super::super::conditions::ReadConditions;
use super::super::store::{
    Look as _, Object, Opened, Piece, Pinned, Store, Version, Versioning, now, objects,
};
use super::super::{refusal, send, timestamp};
use super::attributes::{give_back, tag_count};
use super::{answer, etag, restore, signed};

/// An object that was found, and what the bucket says of versions.
struct Found {
    version: Version,
    object: Object,
    pieces: Vec<Piece>,
    versioned: bool,
    pin: Pinned,
}

impl Found {
    /// The version id, in buckets that have any.
    fn version_id(&self) -> Option<String> {
        self.versioned.then(|| self.version.id.clone())
    }
}

async fn find(store: &Store, bucket: String, key: String, id: Option<String>) -> S3Result<Found> {
    let opened = store
        .open_object(move |look| {
            let (version, object) = objects::find(look, &bucket, &key, id.as_deref())?;
            let versioned = look.bucket(&bucket)?.versioning != Versioning::Never;
            Ok(((version, versioned), object))
        })
        .await?;
    let Opened { found: (version, versioned), object, pieces, pin } = opened;
    Ok(Found { version, object, pieces, versioned, pin })
}

/// The bytes that are asked for; `None` is all of them, which is answered with 200 and not 206.
fn span(found: &Found, range: Option<Range>, part: Option<i32>) -> S3Result<Option<Span<u64>>> {
    let size = found.object.size;
    match (range, part) {
        (Some(_), Some(_)) => {
            Err(s3_error!(InvalidRequest, "Cannot specify both Range header and partNumber query parameter"))
        }
        (None, None) => Ok(None),
        (Some(range), None) => range.check(size).map(Some).map_err(|_| unsatisfiable(size)),
        (None, Some(part)) => part_span(found, part).map(Some),
    }
}

fn unsatisfiable(size: u64) -> s3s::S3Error {
    let mut error = s3_error!(InvalidRange, "The requested range is not satisfiable");
    if let Ok(value) = format!("bytes */{size}").parse() {
        error.set_headers(http::HeaderMap::from_iter([(http::header::CONTENT_RANGE, value)]));
    }
    error
}

/// The bytes of part `number`; an object that was put at once is its own part 1.
fn part_span(found: &Found, number: i32) -> S3Result<Span<u64>> {
    let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    if index == Some(0) && found.object.parts.is_none() {
        return Ok(0..found.object.size);
    }
    let piece = index.and_then(|index| found.pieces.get(index)).filter(|_| found.object.parts.is_some());
    let (Some(piece), Some(index)) = (piece, index) else {
        let why = "The requested partnumber is not satisfiable";
        return Err(refusal("InvalidPartNumber", http::StatusCode::RANGE_NOT_SATISFIABLE, why));
    };
    let begin = found.pieces[..index].iter().map(|piece| piece.size).sum::<u64>();
    Ok(begin..begin + piece.size)
}

/// Sets what GetObject and HeadObject both answer.
macro_rules! describe {
    ($output:expr, $found:expr, $span:expr, $checksums:expr, $part:expr) => {
        let object = &$found.object;
        let size = $span.as_ref().map_or(object.size, |span| span.end - span.start);
        $output.accept_ranges = Some("bytes".to_owned());
        $output.content_length = Some(signed(size));
        $output.content_range = $span
            .as_ref()
            .filter(|span| !span.is_empty())
            .map(|span| format!("bytes {}-{}/{}", span.start, span.end - 1, object.size));
        $output.e_tag = Some(etag(&object.etag));
        $output.restore = restore::header(&$found.version);
        $output.last_modified = Some(timestamp($found.version.modified));
        $output.parts_count = object.parts.filter(|_| $part).and_then(|parts| i32::try_from(parts).ok());
        $output.server_side_encryption =
            Some(ServerSideEncryption::from_static(ServerSideEncryption::AES256));
        $output.version_id = $found.version_id();
        // A checksum is of the whole, so it is not given with a part of the bytes.
        if $checksums && size == object.size {
            show!($output, Some(&object.checksum));
            $output.checksum_type = Some(ChecksumType::from_static(object.checksum.kind.name()));
        }
        give_back!($output, object.attributes.clone());
    };
}

fn wanted(mode: Option<&ChecksumMode>) -> bool {
    mode.is_some_and(|mode| mode.as_str() == ChecksumMode::ENABLED)
}

/// GetObject: all bytes, a range, or a part.
pub(super) async fn get(
    store: &Store,
    request: S3Request<GetObjectInput>,
) -> S3Result<S3Response<GetObjectOutput>> {
    let input = request.input;
    let found = find(store, input.bucket, input.key, input.version_id).await?;
    let conditions = ReadConditions {
        if_match: input.if_match,
        if_none_match: input.if_none_match,
        if_modified_since: input.if_modified_since,
        if_unmodified_since: input.if_unmodified_since,
    };
    conditions.allow_read(&found.object, found.version.modified)?;
    if !found.version.is_readable_at(now()) {
        return Err(s3_error!(
            InvalidObjectState,
            "The operation is not valid for the object's storage class"
        ));
    }
    let span = span(&found, input.range, input.part_number)?;
    let mut output = GetObjectOutput::default();
    describe!(output, found, span, wanted(input.checksum_mode.as_ref()), input.part_number.is_some());
    output.tag_count = tag_count(&found.object.attributes.tags);
    let bytes = span.clone().unwrap_or(0..found.object.size);
    output.body = Some(send::body(store, &found.pieces, &bytes, found.pin));
    answer(output)
}

/// HeadObject.
pub(super) async fn head(
    store: &Store,
    request: S3Request<HeadObjectInput>,
) -> S3Result<S3Response<HeadObjectOutput>> {
    let input = request.input;
    let found = find(store, input.bucket, input.key, input.version_id).await?;
    let conditions = ReadConditions {
        if_match: input.if_match,
        if_none_match: input.if_none_match,
        if_modified_since: input.if_modified_since,
        if_unmodified_since: input.if_unmodified_since,
    };
    conditions.allow_read(&found.object, found.version.modified)?;
    let span = span(&found, input.range, input.part_number)?;
    let mut output = HeadObjectOutput::default();
    describe!(output, found, span, wanted(input.checksum_mode.as_ref()), input.part_number.is_some());
    answer(output)
}
