//! What clients say of an object besides its bytes: read from requests, given back in answers, refused where it cannot be kept.

use std::collections::HashMap;

use s3s::dto::Tag;
use s3s::{S3Result, s3_error};

/// Bytes that all user metadata of an object may have together.
const METADATA: usize = 2048;

/// The storage classes that a general purpose bucket takes.
const CLASSES: [&str; 8] = [
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "DEEP_ARCHIVE",
    "GLACIER_IR",
];

/// The attributes that a PutObject, CreateMultipartUpload or CopyObject names.
macro_rules! attributes {
    ($input:expr) => {
        $crate::sandbox::s3::store::Attributes {
            cache_control: $input.cache_control.take(),
            content_disposition: $input.content_disposition.take(),
            content_encoding: $crate::sandbox::s3::ops::attributes::encoding($input.content_encoding.take()),
            content_language: $input.content_language.take(),
            content_type: $input.content_type.take(),
            expires: $input.expires.take(),
            metadata: $crate::sandbox::s3::ops::attributes::metadata($input.metadata.take())?,
            storage_class: $crate::sandbox::s3::ops::attributes::class(
                $input.storage_class.take().map(|class| class.as_str().to_owned()),
            )?,
            website_redirect_location: $input.website_redirect_location.take(),
            tags: $crate::sandbox::s3::ops::tags::from_header($input.tagging.as_deref())?,
        }
    };
}
pub(super) use attributes;

/// Refuses what the sandbox would have to forget: keys of the client's own, locks, ACLs.
macro_rules! refuse_unsupported {
    ($input:expr) => {
        let input = &$input;
        let foreign_key = input.server_side_encryption.as_ref().is_some_and(|kind| kind.as_str() != "AES256");
        if input.sse_customer_key.is_some() || input.sse_customer_algorithm.is_some() || foreign_key {
            return Err(s3s::s3_error!(NotImplemented, "The sandbox encrypts with AES256 in name only"));
        }
        if input.object_lock_mode.is_some() || input.object_lock_legal_hold_status.is_some() {
            return Err(s3s::s3_error!(InvalidRequest, "Bucket is missing Object Lock Configuration"));
        }
        let granted =
            [&input.grant_full_control, &input.grant_read, &input.grant_read_acp, &input.grant_write_acp];
        let acl = input
            .acl
            .as_ref()
            .is_some_and(|acl| !matches!(acl.as_str(), "private" | "bucket-owner-full-control"));
        if acl || granted.into_iter().any(Option::is_some) {
            return Err(s3s::s3_error!(AccessControlListNotSupported, "The bucket does not allow ACLs"));
        }
    };
}
pub(super) use refuse_unsupported;

/// Sets the fields of a GetObject or HeadObject answer that come from the attributes.
macro_rules! give_back {
    ($output:expr, $attributes:expr) => {
        let attributes = $attributes;
        $output.cache_control = attributes.cache_control;
        $output.content_disposition = attributes.content_disposition;
        $output.content_encoding = attributes.content_encoding;
        $output.content_language = attributes.content_language;
        $output.content_type = attributes.content_type.or_else(|| Some("binary/octet-stream".to_owned()));
        $output.expires = attributes.expires;
        $output.metadata = Some(attributes.metadata);
        $output.storage_class = attributes.storage_class.map(s3s::dto::StorageClass::from);
        $output.website_redirect_location = attributes.website_redirect_location;
    };
}
pub(super) use give_back;

/// The encoding of the object itself: `aws-chunked` is only how it travelled.
pub(super) fn encoding(header: Option<String>) -> Option<String> {
    let header = header?;
    let own: Vec<&str> = header.split(',').map(str::trim).filter(|one| *one != "aws-chunked").collect();
    Some(own.join(",")).filter(|own| !own.is_empty())
}

/// A storage class that is known; STANDARD, the default, is not written down.
pub(super) fn class(class: Option<String>) -> S3Result<Option<String>> {
    match class {
        Some(class) if !CLASSES.contains(&class.as_str()) => {
            Err(s3_error!(InvalidStorageClass, "The storage class you specified is not valid"))
        }
        class => Ok(class.filter(|class| class != CLASSES[0])),
    }
}

/// User metadata of a size that S3 takes.
pub(super) fn metadata(metadata: Option<HashMap<String, String>>) -> S3Result<HashMap<String, String>> {
    let metadata = metadata.unwrap_or_default();
    if metadata.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > METADATA {
        return Err(s3_error!(
            MetadataTooLarge,
            "Your metadata headers exceed the maximum allowed metadata size"
        ));
    }
    Ok(metadata)
}

/// How many tags, as answers have it.
pub(super) fn tag_count(tags: &[Tag]) -> Option<i32> {
    i32::try_from(tags.len()).ok().filter(|count| *count > 0)
}
