//! ListParts and ListMultipartUploads.

use s3s::dto::{
    ChecksumAlgorithm, ChecksumType, ExpirationStatus, Initiator, LifecycleRule, ListMultipartUploadsInput,
    ListMultipartUploadsOutput, ListPartsInput, ListPartsOutput, MultipartUpload, Part, StorageClass,
    Timestamp,
};
use s3s::{S3Request, S3Response, S3Result};

use super::super::checksum::show;
use super::super::store::listing::{self, Query};
use super::super::store::uploads::At;
use super::super::store::{Bucket as Record, Look as _, Part as Stored, Store, Upload, uploads};
use super::super::timestamp;
use super::list::{encoded, limit, prefixes};
use super::{answer, etag, owner, signed};

/// Milliseconds of a day.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// When a lifecycle rule will abort an upload to `key` that began at `initiated` (milliseconds since 1970), and that rule's id:
/// midnight UTC after the days are over, as S3 rounds.
pub(super) fn abort_date(bucket: &Record, key: &str, initiated: u64) -> Option<(Timestamp, Option<String>)> {
    let rules = bucket.lifecycle.iter().flat_map(|lifecycle| &lifecycle.rules);
    let due = rules.filter(|rule| rule.status.as_str() == ExpirationStatus::ENABLED).filter_map(|rule| {
        let days = rule.abort_incomplete_multipart_upload.as_ref()?.days_after_initiation?;
        let days = u64::try_from(days).ok()?;
        prefix_of(rule).is_some_and(|prefix| key.starts_with(prefix)).then_some((days, rule.id.clone()))
    });
    let (days, rule) = due.min_by_key(|(days, _)| *days)?;
    Some((timestamp((initiated + days * DAY).div_ceil(DAY) * DAY), rule))
}

/// The prefix of a rule; a rule that also asks for sizes or tags never speaks of uploads.
fn prefix_of(rule: &LifecycleRule) -> Option<&str> {
    match &rule.filter {
        None => Some(rule.prefix.as_deref().unwrap_or_default()),
        Some(filter) if filter.and.is_some() || filter.tag.is_some() => None,
        Some(filter) => Some(filter.prefix.as_deref().unwrap_or_default()),
    }
}

/// ListParts.
pub(super) async fn parts(
    store: &Store,
    request: S3Request<ListPartsInput>,
) -> S3Result<S3Response<ListPartsOutput>> {
    let input = request.input;
    let marker = input.part_number_marker.unwrap_or_default();
    let (after, limit) = (u32::try_from(marker).unwrap_or_default(), limit(input.max_parts)?);
    let at = At { bucket: input.bucket, key: input.key, id: input.upload_id };
    let place = at.clone();
    let (bucket, upload, mut found) = store
        .read(move |look| {
            let upload = uploads::find(look, &place)?;
            let found = uploads::parts(look, &place.id, after, limit + 1)?;
            Ok((look.bucket(&place.bucket)?, upload, found))
        })
        .await?;
    let truncated = found.len() > limit;
    while found.len() > limit {
        found.pop_last();
    }
    let (abort_date, abort_rule_id) = abort_date(&bucket, &at.key, upload.initiated).unzip();
    let last = found.last_key_value().and_then(|(number, _)| i32::try_from(*number).ok());
    answer(ListPartsOutput {
        abort_date,
        abort_rule_id: abort_rule_id.flatten(),
        bucket: Some(at.bucket),
        checksum_algorithm: upload.algorithm.map(|one| ChecksumAlgorithm::from_static(one.name())),
        checksum_type: upload.algorithm.map(|_| ChecksumType::from_static(upload.kind.name())),
        initiator: Some(initiator()),
        is_truncated: Some(truncated),
        key: Some(at.key),
        max_parts: i32::try_from(limit).ok(),
        next_part_number_marker: last.or(Some(0)),
        owner: Some(owner()),
        part_number_marker: Some(marker),
        parts: Some(found.iter().map(|(number, part)| shown(&upload, *number, part)).collect()),
        request_charged: None,
        storage_class: Some(class(&upload)),
        upload_id: Some(at.id),
    })
}

fn shown(upload: &Upload, number: u32, part: &Stored) -> Part {
    let mut output = Part {
        e_tag: Some(etag(&part.md5)),
        last_modified: Some(timestamp(part.modified)),
        part_number: i32::try_from(number).ok(),
        size: Some(signed(part.size)),
        ..Part::default()
    };
    show!(output, part.checksum(upload.shown()));
    output
}

fn class(upload: &Upload) -> StorageClass {
    let class = upload.attributes.storage_class.clone();
    StorageClass::from(class.unwrap_or_else(|| StorageClass::STANDARD.to_owned()))
}

fn initiator() -> Initiator {
    let owner = owner();
    Initiator { display_name: owner.display_name, id: owner.id }
}

/// ListMultipartUploads.
pub(super) async fn list(
    store: &Store,
    request: S3Request<ListMultipartUploadsInput>,
) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
    let input = request.input;
    let limit = limit(input.max_uploads)?;
    let after_id = input.upload_id_marker.clone().filter(|_| input.key_marker.is_some());
    let query = Query {
        bucket: input.bucket.clone(),
        prefix: input.prefix.clone().unwrap_or_default(),
        delimiter: input.delimiter.clone().filter(|delimiter| !delimiter.is_empty()),
        after: input.key_marker.clone().unwrap_or_default(),
        after_id,
        limit,
    };
    let page = store.read(move |look| listing::uploads(look, &query)).await?;
    let url = input.encoding_type.is_some();
    let ends_in_upload = page.items.last().is_some_and(|(key, _)| Some(key) == page.last.as_ref());
    let last_id = page.items.last().filter(|_| ends_in_upload).map(|(_, (id, _))| id.clone());
    answer(ListMultipartUploadsOutput {
        bucket: Some(input.bucket),
        common_prefixes: Some(prefixes(page.prefixes, url)),
        delimiter: input.delimiter.map(|delimiter| encoded(delimiter, url)),
        is_truncated: Some(page.truncated),
        key_marker: Some(encoded(input.key_marker.unwrap_or_default(), url)),
        max_uploads: i32::try_from(limit).ok(),
        next_key_marker: page.last.filter(|_| page.truncated).map(|key| encoded(key, url)),
        next_upload_id_marker: last_id.filter(|_| page.truncated),
        prefix: Some(encoded(input.prefix.unwrap_or_default(), url)),
        request_charged: None,
        upload_id_marker: Some(input.upload_id_marker.unwrap_or_default()),
        uploads: Some(
            page.items.into_iter().map(|(key, (id, upload))| entry(key, id, &upload, url)).collect(),
        ),
        encoding_type: input.encoding_type,
    })
}

fn entry(key: String, id: String, upload: &Upload, url: bool) -> MultipartUpload {
    MultipartUpload {
        checksum_algorithm: upload.algorithm.map(|one| ChecksumAlgorithm::from_static(one.name())),
        checksum_type: upload.algorithm.map(|_| ChecksumType::from_static(upload.kind.name())),
        initiated: Some(timestamp(upload.initiated)),
        initiator: Some(initiator()),
        key: Some(encoded(key, url)),
        owner: Some(owner()),
        storage_class: Some(class(upload)),
        upload_id: Some(id),
    }
}
