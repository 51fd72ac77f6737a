//! ListObjectsV2, ListObjects and ListObjectVersions.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use s3s::dto::{
    ChecksumAlgorithm, ChecksumType, CommonPrefix, DeleteMarkerEntry, ListObjectVersionsInput,
    ListObjectVersionsOutput, ListObjectsInput, ListObjectsOutput, ListObjectsV2Input, ListObjectsV2Output,
    Object, ObjectStorageClass, ObjectVersion,
};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::super::store::listing::{self, Page, Query};
use super::super::store::{Store, Version};
use super::super::timestamp;
use super::{answer, etag, owner, signed};

/// Elements of a page, at most.
const PAGE: usize = 1000;

/// How many elements the client wants on a page.
pub(super) fn limit(wanted: Option<i32>) -> S3Result<usize> {
    match wanted.map(usize::try_from) {
        None => Ok(PAGE),
        Some(Ok(wanted)) => Ok(wanted.min(PAGE)),
        Some(Err(_)) => {
            Err(s3_error!(InvalidArgument, "Argument maxKeys must be an integer between 0 and 2147483647"))
        }
    }
}

/// A key as the answer has it: percent-encoded where the client asked for that, since XML cannot hold every character.
pub(super) fn encoded(key: String, url: bool) -> String {
    if !url {
        return key;
    }
    // The form encoding, but for the characters that S3 leaves as they are.
    url::form_urlencoded::byte_serialize(key.as_bytes())
        .collect::<String>()
        .replace("%2F", "/")
        .replace('+', "%20")
}

/// Common prefixes as the answer has them.
pub(super) fn prefixes(prefixes: Vec<String>, url: bool) -> Vec<CommonPrefix> {
    prefixes.into_iter().map(|prefix| CommonPrefix { prefix: Some(encoded(prefix, url)) }).collect()
}

/// Looks at a page of objects; a page of nothing is never truncated.
async fn page(store: &Store, query: Query) -> S3Result<Page<Version>> {
    let empty = query.limit == 0;
    let mut page = store.read(move |look| listing::objects(look, &query)).await?;
    page.truncated &= !empty;
    Ok(page)
}

fn object((key, version): (String, Version), url: bool, with_owner: bool) -> Option<Object> {
    let known = version.object?;
    let class = known.attributes.storage_class.unwrap_or_else(|| ObjectStorageClass::STANDARD.to_owned());
    Some(Object {
        checksum_algorithm: Some(vec![ChecksumAlgorithm::from_static(known.checksum.algorithm.name())]),
        checksum_type: Some(ChecksumType::from_static(known.checksum.kind.name())),
        e_tag: Some(etag(&known.etag)),
        key: Some(encoded(key, url)),
        last_modified: Some(timestamp(version.modified)),
        owner: with_owner.then(owner),
        size: Some(signed(known.size)),
        storage_class: Some(ObjectStorageClass::from(class)),
        ..Object::default()
    })
}

/// ListObjectsV2. A continuation token is the last element of the page before, in Base64.
pub(super) async fn v2(
    store: &Store,
    request: S3Request<ListObjectsV2Input>,
) -> S3Result<S3Response<ListObjectsV2Output>> {
    let input = request.input;
    let limit = limit(input.max_keys)?;
    let after = match &input.continuation_token {
        Some(token) => from_token(token)?,
        None => input.start_after.clone().unwrap_or_default(),
    };
    let query = Query {
        bucket: input.bucket.clone(),
        prefix: input.prefix.clone().unwrap_or_default(),
        delimiter: input.delimiter.clone().filter(|delimiter| !delimiter.is_empty()),
        after,
        after_id: None,
        limit,
    };
    let page = page(store, query).await?;
    let (url, with_owner) = (input.encoding_type.is_some(), input.fetch_owner.unwrap_or_default());
    let count = page.items.len() + page.prefixes.len();
    let contents = page.items.into_iter().filter_map(|item| object(item, url, with_owner));
    answer(ListObjectsV2Output {
        name: Some(input.bucket),
        prefix: Some(encoded(input.prefix.unwrap_or_default(), url)),
        max_keys: i32::try_from(limit).ok(),
        key_count: i32::try_from(count).ok(),
        continuation_token: input.continuation_token,
        is_truncated: Some(page.truncated),
        next_continuation_token: page
            .last
            .filter(|_| page.truncated)
            .map(|last| URL_SAFE_NO_PAD.encode(last)),
        contents: Some(contents.collect()),
        common_prefixes: Some(prefixes(page.prefixes, url)),
        delimiter: input.delimiter.map(|delimiter| encoded(delimiter, url)),
        encoding_type: input.encoding_type,
        start_after: input.start_after.map(|after| encoded(after, url)),
        request_charged: None,
    })
}

fn from_token(token: &str) -> S3Result<String> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| s3_error!(InvalidArgument, "The continuation token provided is incorrect"))
}

/// ListObjects, which older tools send.
pub(super) async fn v1(
    store: &Store,
    request: S3Request<ListObjectsInput>,
) -> S3Result<S3Response<ListObjectsOutput>> {
    let input = request.input;
    let limit = limit(input.max_keys)?;
    let query = Query {
        bucket: input.bucket.clone(),
        prefix: input.prefix.clone().unwrap_or_default(),
        delimiter: input.delimiter.clone().filter(|delimiter| !delimiter.is_empty()),
        after: input.marker.clone().unwrap_or_default(),
        after_id: None,
        limit,
    };
    let page = page(store, query).await?;
    let url = input.encoding_type.is_some();
    answer(ListObjectsOutput {
        name: Some(input.bucket),
        prefix: Some(encoded(input.prefix.unwrap_or_default(), url)),
        marker: Some(encoded(input.marker.unwrap_or_default(), url)),
        max_keys: i32::try_from(limit).ok(),
        is_truncated: Some(page.truncated),
        next_marker: page.last.filter(|_| page.truncated).map(|last| encoded(last, url)),
        contents: Some(page.items.into_iter().filter_map(|item| object(item, url, true)).collect()),
        common_prefixes: Some(prefixes(page.prefixes, url)),
        delimiter: input.delimiter.map(|delimiter| encoded(delimiter, url)),
        encoding_type: input.encoding_type,
        request_charged: None,
    })
}

/// ListObjectVersions.
pub(super) async fn versions(
    store: &Store,
    request: S3Request<ListObjectVersionsInput>,
) -> S3Result<S3Response<ListObjectVersionsOutput>> {
    let input = request.input;
    let limit = limit(input.max_keys)?;
    if input.version_id_marker.is_some() && input.key_marker.is_none() {
        return Err(s3_error!(
            InvalidArgument,
            "A version-id marker cannot be specified without a key marker."
        ));
    }
    let query = Query {
        bucket: input.bucket.clone(),
        prefix: input.prefix.clone().unwrap_or_default(),
        delimiter: input.delimiter.clone().filter(|delimiter| !delimiter.is_empty()),
        after: input.key_marker.clone().unwrap_or_default(),
        after_id: input.version_id_marker.clone().filter(|marker| !marker.is_empty()),
        limit,
    };
    let page = store.read(move |look| listing::versions(look, &query)).await?;
    let url = input.encoding_type.is_some();
    let ends_in_version = page.items.last().is_some_and(|(key, _)| Some(key) == page.last.as_ref());
    let last_id = page.items.last().filter(|_| ends_in_version).map(|(_, (version, _))| version.id.clone());
    let truncated = page.truncated && limit > 0;
    let (mut shown, mut markers) = (Vec::new(), Vec::new());
    for (key, (version, newest)) in page.items {
        let key = encoded(key, url);
        if version.object.is_some() {
            shown.push(kept(key, version, newest));
        } else {
            markers.push(marker(key, version, newest));
        }
    }
    answer(ListObjectVersionsOutput {
        common_prefixes: Some(prefixes(page.prefixes, url)),
        delete_markers: Some(markers),
        delimiter: input.delimiter.map(|delimiter| encoded(delimiter, url)),
        encoding_type: input.encoding_type,
        is_truncated: Some(truncated),
        key_marker: Some(encoded(input.key_marker.unwrap_or_default(), url)),
        max_keys: i32::try_from(limit).ok(),
        name: Some(input.bucket),
        next_key_marker: page.last.filter(|_| truncated).map(|last| encoded(last, url)),
        next_version_id_marker: last_id.filter(|_| truncated),
        prefix: Some(encoded(input.prefix.unwrap_or_default(), url)),
        request_charged: None,
        version_id_marker: Some(input.version_id_marker.unwrap_or_default()),
        versions: Some(shown),
    })
}

fn kept(key: String, version: Version, newest: bool) -> ObjectVersion {
    let mut output = ObjectVersion {
        is_latest: Some(newest),
        key: Some(key),
        last_modified: Some(timestamp(version.modified)),
        owner: Some(owner()),
        version_id: Some(version.id),
        ..ObjectVersion::default()
    };
    if let Some(object) = version.object {
        let class = object.attributes.storage_class;
        output.checksum_algorithm =
            Some(vec![ChecksumAlgorithm::from_static(object.checksum.algorithm.name())]);
        output.checksum_type = Some(ChecksumType::from_static(object.checksum.kind.name()));
        output.e_tag = Some(etag(&object.etag));
        output.size = Some(signed(object.size));
        output.storage_class = Some(class.unwrap_or_else(|| ObjectStorageClass::STANDARD.to_owned()).into());
    }
    output
}

fn marker(key: String, version: Version, newest: bool) -> DeleteMarkerEntry {
    DeleteMarkerEntry {
        is_latest: Some(newest),
        key: Some(key),
        last_modified: Some(timestamp(version.modified)),
        owner: Some(owner()),
        version_id: Some(version.id),
    }
}
