//! CompleteMultipartUpload: the parts that the client names become one object, if all it claims of them holds.

use std::collections::BTreeMap;

use md5::{Digest as _, Md5};
use s3s::dto::{
    ChecksumType, CompleteMultipartUploadInput, CompleteMultipartUploadOutput, CompletedPart, ETag,
    ServerSideEncryption,
};
use s3s::{S3Error, S3Request, S3Response, S3Result, s3_error};

use super::super::checksum::{Algorithm, Checksum, Kind, combine, compose, show};
use super::super::claims::well_formed;
use super::super::conditions::Conditions;
use super::super::store::uploads::At;
use super::super::store::{Changes, Object, Outcome, Part, Piece, Store, Upload, objects, uploads};
use super::{answer, etag};

/// The smallest part but the last, in bytes.
const SMALLEST: u64 = 5 << 20;

/// What the client claims.
struct Claimed {
    parts: Vec<CompletedPart>,
    /// Of the whole object, in the form of the upload's kind.
    checksum: Option<(Algorithm, String)>,
    kind: Option<Kind>,
    size: Option<u64>,
    conditions: Conditions,
}

/// The checksum fields of a request or of a part in it, by algorithm.
macro_rules! checksums {
    ($of:expr) => {
        [
            (Algorithm::Crc32, $of.checksum_crc32.clone()),
            (Algorithm::Crc32c, $of.checksum_crc32c.clone()),
            (Algorithm::Crc64Nvme, $of.checksum_crc64nvme.clone()),
            (Algorithm::Sha1, $of.checksum_sha1.clone()),
            (Algorithm::Sha256, $of.checksum_sha256.clone()),
        ]
        .into_iter()
        .filter_map(|(algorithm, value)| Some((algorithm, value?)))
    };
}

/// CompleteMultipartUpload.
pub(super) async fn complete(
    store: &Store,
    request: S3Request<CompleteMultipartUploadInput>,
) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
    let input = request.input;
    let claimed = read(&input)?;
    let at = At { bucket: input.bucket, key: input.key, id: input.upload_id };
    let place = at.clone();
    let (object, version_id) = store.write(move |changes| finish(changes, &place, &claimed)).await?;
    let mut output = CompleteMultipartUploadOutput {
        location: Some(format!("http://{}/{}/{}", host(&request.headers), at.bucket, at.key)),
        bucket: Some(at.bucket),
        key: Some(at.key),
        checksum_type: Some(ChecksumType::from_static(object.checksum.kind.name())),
        e_tag: Some(etag(&object.etag)),
        server_side_encryption: Some(ServerSideEncryption::from_static(ServerSideEncryption::AES256)),
        version_id,
        ..CompleteMultipartUploadOutput::default()
    };
    show!(output, Some(&object.checksum));
    answer(output)
}

fn host(headers: &http::HeaderMap) -> &str {
    headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default()
}

fn read(input: &CompleteMultipartUploadInput) -> S3Result<Claimed> {
    let mut values = checksums!(input);
    let checksum = values.next();
    if values.next().is_some() {
        return Err(s3_error!(
            InvalidRequest,
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
        ));
    }
    let unknown = || s3_error!(InvalidRequest, "Value for x-amz-checksum-type header is invalid.");
    let wrong_size = || s3_error!(InvalidRequest, "Value for x-amz-mp-object-size header is invalid.");
    let kind = input.checksum_type.as_ref().map(|kind| Kind::named(kind.as_str()).ok_or_else(unknown));
    let size = input.mpu_object_size.map(|size| u64::try_from(size).map_err(|_| wrong_size()));
    let parts = input.multipart_upload.as_ref().and_then(|upload| upload.parts.clone()).unwrap_or_default();
    Ok(Claimed {
        parts,
        checksum,
        kind: kind.transpose()?,
        size: size.transpose()?,
        conditions: Conditions {
            if_match: input.if_match.clone(),
            if_none_match: input.if_none_match.clone(),
        },
    })
}

/// Holds every claim against the parts, then writes the key and ends the upload.
fn finish(changes: &mut Changes, at: &At, claimed: &Claimed) -> Outcome<(Object, Option<String>)> {
    let upload = uploads::find(changes, at)?;
    let mut stored = uploads::parts(changes, &at.id, 0, usize::MAX)?;
    let parts = choose(&upload, &mut stored, &claimed.parts)?;
    let mut object = assemble(&upload, &parts)?;
    hold(&upload, claimed, &object)?;
    object.content = objects::own(changes, pieces(&parts))?;
    // The body files of the chosen parts are the object's now; those of all others go.
    uploads::end(changes, at, stored.into_values())?;
    let version_id = objects::put(changes, &at.bucket, &at.key, object.clone(), &claimed.conditions)?;
    Ok((object, version_id))
}

/// Takes the parts that the client names out of `stored`, in order.
fn choose(
    upload: &Upload,
    stored: &mut BTreeMap<u32, Part>,
    named: &[CompletedPart],
) -> S3Result<Vec<(u32, Part)>> {
    if named.is_empty() {
        return Err(s3_error!(
            MalformedXML,
            "The XML you provided was not well-formed or did not validate against our published schema"
        ));
    }
    let mut chosen: Vec<(u32, Part)> = Vec::with_capacity(named.len());
    for name in named {
        let number = name.part_number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default();
        if chosen.last().is_some_and(|(before, _)| *before >= number) {
            return Err(s3_error!(
                InvalidPartOrder,
                "The list of parts was not in ascending order. Parts must be ordered by part number."
            ));
        }
        let part = stored.remove(&number).ok_or_else(invalid_part)?;
        check_part(upload, number, name, &part)?;
        chosen.push((number, part));
    }
    let (_, but_last) = chosen.split_last().ok_or_else(invalid_part)?;
    if but_last.iter().any(|(_, part)| part.size < SMALLEST) {
        return Err(s3_error!(
            EntityTooSmall,
            "Your proposed upload is smaller than the minimum allowed size"
        ));
    }
    Ok(chosen)
}

/// Holds the ETag and the checksums that the client names for a part against the part.
fn check_part(upload: &Upload, number: u32, named: &CompletedPart, part: &Part) -> S3Result<()> {
    if named.e_tag.as_ref().map(ETag::value) != Some(part.md5.as_str()) {
        return Err(invalid_part());
    }
    let mut told = false;
    for (algorithm, value) in checksums!(named) {
        told = true;
        if part.checksum(algorithm).is_none_or(|checksum| checksum.value != value) {
            return Err(invalid_part());
        }
    }
    if upload.kind == Kind::Composite && !told {
        let name = upload.shown().name().to_lowercase();
        return Err(s3_error!(
            InvalidRequest,
            "The upload was created using a {name} checksum. The complete request must include the checksum for each part. It was missing for part {number} in the request."
        ));
    }
    Ok(())
}

fn invalid_part() -> S3Error {
    s3_error!(
        InvalidPart,
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
    )
}

/// The object that the parts make, still without its content.
fn assemble(upload: &Upload, parts: &[(u32, Part)]) -> S3Result<Object> {
    let algorithm = upload.shown();
    let value = match upload.kind {
        Kind::FullObject => combine(algorithm, values(parts, algorithm)),
        Kind::Composite => compose(algorithm, values(parts, algorithm).map(|(value, _)| value)),
    };
    let value = value.ok_or_else(|| s3_error!(InternalError, "a part is stored without its checksum"))?;
    Ok(Object {
        size: parts.iter().map(|(_, part)| part.size).sum(),
        etag: etag_of(parts),
        content: None,
        checksum: Checksum { algorithm, kind: upload.kind, value },
        parts: u32::try_from(parts.len()).ok(),
        attributes: upload.attributes.clone(),
    })
}

fn values(parts: &[(u32, Part)], algorithm: Algorithm) -> impl Iterator<Item = (&str, u64)> {
    parts
        .iter()
        .map(move |(_, part)| (part.checksum(algorithm).map_or("", |sum| sum.value.as_str()), part.size))
}

/// AWS's form: the MD5 of the MD5s, and how many there are.
fn etag_of(parts: &[(u32, Part)]) -> String {
    let mut md5 = Md5::new();
    for (_, part) in parts {
        md5.update(hex::decode(&part.md5).unwrap_or_default());
    }
    format!("{}-{}", hex::encode(md5.finalize()), parts.len())
}

fn pieces(parts: &[(u32, Part)]) -> Vec<Piece> {
    parts
        .iter()
        .map(|(_, part)| Piece { blob: part.blob.clone().unwrap_or_default(), size: part.size })
        .filter(|piece| piece.size > 0)
        .collect()
}

/// Holds what the client claims of the whole against the whole.
fn hold(upload: &Upload, claimed: &Claimed, object: &Object) -> S3Result<()> {
    if claimed.kind.is_some_and(|kind| kind != upload.kind) {
        let kind = upload.kind.name();
        return Err(s3_error!(
            InvalidRequest,
            "The upload was created using the {kind} checksum mode. The complete request must use the same checksum mode."
        ));
    }
    if let Some(size) = claimed.size.filter(|size| *size != object.size) {
        return Err(s3_error!(
            InvalidRequest,
            "The provided 'x-amz-mp-object-size' header value {size} does not match what was computed: {}",
            object.size
        ));
    }
    let Some((algorithm, value)) = &claimed.checksum else { return Ok(()) };
    let name = algorithm.name().to_lowercase();
    if *algorithm != object.checksum.algorithm {
        return Err(s3_error!(
            InvalidRequest,
            "The upload was created using a {} checksum, which the {name} checksum of the complete request cannot be compared with.",
            object.checksum.algorithm.name().to_lowercase()
        ));
    }
    if upload.kind == Kind::FullObject {
        well_formed(*algorithm, value)?;
    }
    let same = *value == object.checksum.value
        || object.checksum.value.split_once('-').is_some_and(|(bare, _)| bare == value);
    if same {
        return Ok(());
    }
    Err(s3_error!(BadDigest, "The {name} you specified did not match the calculated checksum."))
}
