//! CreateMultipartUpload, UploadPart and AbortMultipartUpload.

use s3s::dto::{
    AbortMultipartUploadInput, AbortMultipartUploadOutput, ChecksumAlgorithm, ChecksumType,
    CreateMultipartUploadInput, CreateMultipartUploadOutput, ServerSideEncryption, UploadPartInput,
    UploadPartOutput,
};
use s3s::{S3Error, S3Request, S3Response, S3Result, s3_error};

use super::super::checksum::{Algorithm, Kind, show};
use super::super::claims::Claims;
use super::super::receive::{Received, receive, refuse_too_large};
use super::super::store::uploads::At;
use super::super::store::{Look as _, Part, Store, Upload, fresh_id, now, uploads};
use super::attributes::{attributes, refuse_unsupported};
use super::uploads::abort_date;
use super::{answer, etag};

/// The largest part number.
const LAST_PART: i32 = 10_000;

/// CreateMultipartUpload.
pub(super) async fn create(
    store: &Store,
    request: S3Request<CreateMultipartUploadInput>,
) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
    let mut input = request.input;
    refuse_unsupported!(input);
    let (algorithm, kind) = checksum(input.checksum_algorithm.as_ref(), input.checksum_type.as_ref())?;
    let upload = Upload { initiated: now(), algorithm, kind, attributes: attributes!(input) };
    let at = At { bucket: input.bucket, key: input.key, id: fresh_id() };
    let (place, record) = (at.clone(), upload.clone());
    let bucket = store
        .write(move |changes| {
            uploads::create(changes, &place, &record)?;
            changes.bucket(&place.bucket)
        })
        .await?;
    let (abort_date, abort_rule_id) = abort_date(&bucket, &at.key, upload.initiated).unzip();
    answer(CreateMultipartUploadOutput {
        abort_date,
        abort_rule_id: abort_rule_id.flatten(),
        bucket: Some(at.bucket),
        checksum_algorithm: algorithm.map(|algorithm| ChecksumAlgorithm::from_static(algorithm.name())),
        checksum_type: algorithm.map(|_| ChecksumType::from_static(kind.name())),
        key: Some(at.key),
        server_side_encryption: Some(ServerSideEncryption::from_static(ServerSideEncryption::AES256)),
        upload_id: Some(at.id),
        ..CreateMultipartUploadOutput::default()
    })
}

/// The algorithm and the kind of checksum that an upload will have, of those that go together.
fn checksum(
    algorithm: Option<&ChecksumAlgorithm>,
    kind: Option<&ChecksumType>,
) -> S3Result<(Option<Algorithm>, Kind)> {
    let unsupported = || {
        s3_error!(
            InvalidRequest,
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"
        )
    };
    let unknown = || s3_error!(InvalidRequest, "Value for x-amz-checksum-type header is invalid.");
    let algorithm =
        algorithm.map(|name| Algorithm::named(name.as_str()).ok_or_else(unsupported)).transpose()?;
    let kind = kind.map(|name| Kind::named(name.as_str()).ok_or_else(unknown)).transpose()?;
    let Some(algorithm) = algorithm else {
        return match kind {
            None => Ok((None, Kind::FullObject)),
            Some(_) => Err(s3_error!(
                InvalidRequest,
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."
            )),
        };
    };
    let kind = kind.unwrap_or(algorithm.default_kind());
    let fits = match kind {
        Kind::FullObject => algorithm.combines(),
        Kind::Composite => algorithm != Algorithm::Crc64Nvme,
    };
    let (name, kind_name) = (algorithm.name().to_lowercase(), kind.name());
    fits.then_some((Some(algorithm), kind)).ok_or_else(|| {
        s3_error!(
            InvalidRequest,
            "The {kind_name} checksum type cannot be used with the {name} checksum algorithm."
        )
    })
}

/// UploadPart: the body goes to the disk, its claims are held against it, then the part is there.
pub(super) async fn upload_part(
    store: &Store,
    request: S3Request<UploadPartInput>,
) -> S3Result<S3Response<UploadPartOutput>> {
    let claims = Claims::read(&request.headers)?;
    let input = request.input;
    refuse_too_large(input.content_length)?;
    let at = At { bucket: input.bucket, key: input.key, id: input.upload_id };
    check_number(input.part_number)?;
    let known = at.clone();
    let upload = store.read(move |look| uploads::find(look, &known)).await?;
    if let Some(sent) = claims.algorithm().filter(|sent| Some(*sent) != upload.algorithm) {
        return Err(mismatch(upload.algorithm, sent));
    }
    let received = receive(store, input.body, upload.algorithm).await?;
    claims.verify(request.trailing_headers.as_ref(), &received.checksums, received.md5)?;

    let mut output = UploadPartOutput {
        server_side_encryption: Some(ServerSideEncryption::from_static(ServerSideEncryption::AES256)),
        ..UploadPartOutput::default()
    };
    show!(output, received.checksum(upload.shown()));
    let arrived = add_part(store, at, input.part_number, received).await?;
    output.e_tag = Some(etag(&arrived.etag));
    answer(output)
}

fn check_number(number: i32) -> S3Result<u32> {
    if !(1..=LAST_PART).contains(&number) {
        return Err(s3_error!(
            InvalidArgument,
            "Part number must be an integer between 1 and {LAST_PART}, inclusive"
        ));
    }
    Ok(number.unsigned_abs())
}

fn mismatch(expected: Option<Algorithm>, sent: Algorithm) -> S3Error {
    let expected = expected.map_or("null".to_owned(), |expected| expected.name().to_lowercase());
    let sent = sent.name().to_lowercase();
    s3_error!(
        InvalidRequest,
        "Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {sent}"
    )
}

/// A part that is there.
pub(super) struct Arrived {
    pub(super) etag: String,
    /// Milliseconds since 1970.
    pub(super) modified: u64,
}

/// Writes a received body down as part `number`.
pub(super) async fn add_part(store: &Store, at: At, number: i32, received: Received) -> S3Result<Arrived> {
    let number = check_number(number)?;
    let part = Part {
        blob: received.blob.as_ref().map(|blob| blob.id().to_owned()),
        size: received.size,
        modified: now(),
        md5: hex::encode(received.md5),
        checksums: received.checksums,
    };
    let arrived = Arrived { etag: part.md5.clone(), modified: part.modified };
    store
        .write(move |changes| {
            uploads::put_part(changes, &at, number, &part)?;
            if let Some(blob) = received.blob {
                changes.keep(blob);
            }
            Ok(())
        })
        .await?;
    Ok(arrived)
}

/// AbortMultipartUpload: the parts go with it.
pub(super) async fn abort(
    store: &Store,
    request: S3Request<AbortMultipartUploadInput>,
) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
    let AbortMultipartUploadInput { bucket, key, upload_id, .. } = request.input;
    let at = At { bucket, key, id: upload_id };
    store
        .write(move |changes| {
            uploads::find(changes, &at)?;
            let parts = uploads::parts(changes, &at.id, 0, usize::MAX)?;
            uploads::end(changes, &at, parts.into_values())
        })
        .await?;
    answer(AbortMultipartUploadOutput::default())
}
