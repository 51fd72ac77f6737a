//! The versions of a key and the contents they have: found, added, removed.

use redb::ReadableTable as _;
use s3s::{S3Error, s3_error};

use super::tables::decode;
use super::{Changes, Content, Look, Object, Outcome, Piece, Version, Versioning, fresh_id, now};
use crate::sandbox::s3::conditions::Conditions;

/// The id of what was written without versioning.
pub(crate) const NULL: &str = "null";

/// All versions of a key with their ages, the newest first.
fn versions(look: &impl Look, bucket: &str, key: &str) -> Outcome<Vec<(u64, Version)>> {
    let key = key.as_bytes();
    let table = look.versions()?;
    let found = table.range((bucket, key, 0)..=(bucket, key, u64::MAX))?;
    found
        .map(|entry| {
            let (at, version) = entry?;
            Ok((at.value().2, decode(version.value())?))
        })
        .collect()
}

/// The newest version of a key; it may be a delete marker.
pub(crate) fn latest(look: &impl Look, bucket: &str, key: &str) -> Outcome<Option<Version>> {
    let key = key.as_bytes();
    let table = look.versions()?;
    let first = table.range((bucket, key, 0)..=(bucket, key, u64::MAX))?.next();
    first.map(|entry| decode(entry?.1.value())).transpose()
}

/// The age of the newest version of a key.
pub(crate) fn newest_age(look: &impl Look, bucket: &str, key: &str) -> Outcome<Option<u64>> {
    let key = key.as_bytes();
    let table = look.versions()?;
    let first = table.range((bucket, key, 0)..=(bucket, key, u64::MAX))?.next();
    Ok(first.transpose()?.map(|(at, _)| at.value().2))
}

/// The age of the version `id` of a key, also of one that was removed: every id but `null` begins with it.
pub(crate) fn age(look: &impl Look, bucket: &str, key: &str, id: &str) -> Outcome<Option<u64>> {
    let found = versions(look, bucket, key)?.into_iter().find(|(_, version)| version.id == id);
    let told = || id.get(..16).and_then(|age| u64::from_str_radix(age, 16).ok());
    Ok(found.map(|(age, _)| age).or_else(told))
}

/// The version a request means: the one named, or the newest. A delete marker is an answer of its own.
pub(crate) fn find(
    look: &impl Look,
    bucket: &str,
    key: &str,
    id: Option<&str>,
) -> Outcome<(Version, Object)> {
    look.bucket(bucket)?;
    let version = match id {
        None => latest(look, bucket, key)?.ok_or_else(no_such_key)?,
        Some(id) => {
            let mut versions = versions(look, bucket, key)?.into_iter().map(|(_, version)| version);
            versions.find(|version| version.id == id).ok_or_else(no_such_version)?
        }
    };
    match version.object.clone() {
        Some(object) => Ok((version, object)),
        None => Err(deleted(&version, id.is_some()).into()),
    }
}

fn no_such_key() -> S3Error {
    s3_error!(NoSuchKey, "The specified key does not exist.")
}

fn no_such_version() -> S3Error {
    s3_error!(NoSuchVersion, "The specified version does not exist.")
}

/// What is answered where a delete marker stands.
fn deleted(marker: &Version, named: bool) -> S3Error {
    let mut error = if named {
        s3_error!(MethodNotAllowed, "The specified method is not allowed against this resource.")
    } else {
        no_such_key()
    };
    let mut headers = http::HeaderMap::new();
    headers.insert("x-amz-delete-marker", http::HeaderValue::from_static("true"));
    if let Ok(id) = marker.id.parse() {
        headers.insert("x-amz-version-id", id);
    }
    error.set_headers(headers);
    error
}

/// Puts `object` at a key where `conditions` allow it; gives the version id that the client is told.
pub(crate) fn put(
    changes: &mut Changes,
    bucket: &str,
    key: &str,
    object: Object,
    conditions: &Conditions,
) -> Outcome<Option<String>> {
    let versioning = changes.bucket(bucket)?.versioning;
    let current = latest(changes, bucket, key)?.and_then(|version| version.object);
    conditions.allow_write(current.as_ref())?;
    let id = add(changes, bucket, key, versioning, Some(object))?;
    Ok((versioning == Versioning::Enabled).then_some(id))
}

/// Adds the newest version of a key and gives its id; without versioning it takes the place of the `null` version.
fn add(
    changes: &mut Changes,
    bucket: &str,
    key: &str,
    versioning: Versioning,
    object: Option<Object>,
) -> Outcome<String> {
    let age = u64::MAX - changes.next("versions")?;
    let id = if versioning == Versioning::Enabled {
        format!("{age:016x}{}", &fresh_id()[16..])
    } else {
        remove(changes, bucket, key, NULL)?;
        NULL.to_owned()
    };
    changes.put_version(
        (bucket, key, age),
        &Version { id: id.clone(), modified: now(), object, restored: None },
    )?;
    Ok(id)
}

/// Adds `object` at very many keys, none of which may have anything yet, in a bucket that keeps no versions.
pub(crate) fn put_new(
    changes: &mut Changes,
    bucket: &str,
    keys: impl Iterator<Item = String>,
    object: &Object,
) -> Outcome<()> {
    if changes.bucket(bucket)?.versioning != Versioning::Never {
        return Err(s3_error!(NotImplemented, "Only a bucket that keeps no versions can be filled").into());
    }
    let version =
        Version { id: NULL.to_owned(), modified: now(), object: Some(object.clone()), restored: None };
    for (key, age) in changes.put_versions(bucket, keys, &version)? {
        // Keys that are overwritten have a second version now, which is the older one.
        let old = versions(changes, bucket, &key)?.into_iter().filter(|(at, _)| *at != age);
        for (at, version) in old.collect::<Vec<_>>() {
            changes.remove_version((bucket, &key, at))?;
            if let Some(content) = version.object.and_then(|object| object.content) {
                release(changes, content)?;
            }
        }
    }
    Ok(())
}

/// Removes the version `id` of a key, where it is, and gives it.
fn remove(changes: &mut Changes, bucket: &str, key: &str, id: &str) -> Outcome<Option<Version>> {
    let found = versions(changes, bucket, key)?.into_iter().find(|(_, version)| version.id == id);
    let Some((age, version)) = found else { return Ok(None) };
    changes.remove_version((bucket, key, age))?;
    if let Some(content) = version.object.as_ref().and_then(|object| object.content) {
        release(changes, content)?;
    }
    Ok(Some(version))
}

/// What a delete did.
#[derive(Debug, Default)]
pub(crate) struct Deleted {
    /// The version that is gone, or that the new delete marker has.
    pub(crate) version_id: Option<String>,
    /// A delete marker was made, or removed.
    pub(crate) marker: bool,
}

/// Deletes a key (with versioning: adds a delete marker) or the one version `id` for good. What is not there is no error.
pub(crate) fn delete(
    changes: &mut Changes,
    bucket: &str,
    key: &str,
    id: Option<&str>,
    conditions: &Conditions,
) -> Outcome<Deleted> {
    let versioning = changes.bucket(bucket)?.versioning;
    let current = latest(changes, bucket, key)?.and_then(|version| version.object);
    conditions.allow_write(current.as_ref())?;
    if let Some(id) = id {
        let gone = remove(changes, bucket, key, id)?;
        let marker = gone.is_some_and(|version| version.object.is_none());
        return Ok(Deleted { version_id: Some(id.to_owned()), marker });
    }
    if versioning == Versioning::Never {
        remove(changes, bucket, key, NULL)?;
        return Ok(Deleted::default());
    }
    let id = add(changes, bucket, key, versioning, None)?;
    Ok(Deleted { version_id: Some(id), marker: true })
}

/// Replaces the tags of a version and gives its id.
pub(crate) fn tag(
    changes: &mut Changes,
    bucket: &str,
    key: &str,
    id: Option<&str>,
    tags: Vec<s3s::dto::Tag>,
) -> Outcome<Version> {
    amend(changes, bucket, key, id, |version| {
        if let Some(object) = &mut version.object {
            object.attributes.tags = tags;
        }
        Ok(())
    })
}

/// Changes what is known of a version with `work`, and gives it.
pub(crate) fn amend(
    changes: &mut Changes,
    bucket: &str,
    key: &str,
    id: Option<&str>,
    work: impl FnOnce(&mut Version) -> Outcome<()>,
) -> Outcome<Version> {
    let (found, _) = find(changes, bucket, key, id)?;
    let all = versions(changes, bucket, key)?;
    let Some((age, mut version)) = all.into_iter().find(|(_, version)| version.id == found.id) else {
        return Err(no_such_key().into());
    };
    work(&mut version)?;
    changes.put_version((bucket, key, age), &version)?;
    Ok(version)
}

/// Makes a content of body files that follow one another; of none, it is the empty content.
pub(crate) fn own(changes: &mut Changes, pieces: Vec<Piece>) -> Outcome<Option<u64>> {
    if pieces.is_empty() {
        return Ok(None);
    }
    let number = changes.next("contents")?;
    changes.put_content(number, &Content { owners: 1, pieces })?;
    Ok(Some(number))
}

/// One more object has the content `number`.
pub(crate) fn share(changes: &mut Changes, number: u64) -> Outcome<()> {
    let mut content = changes.content(number)?;
    content.owners += 1;
    changes.put_content(number, &content)
}

/// One object less has the content `number`; without any, its body files go.
fn release(changes: &mut Changes, number: u64) -> Outcome<()> {
    let mut content = changes.content(number)?;
    content.owners -= 1;
    if content.owners > 0 {
        return changes.put_content(number, &content);
    }
    content.pieces.into_iter().for_each(|piece| changes.discard(piece.blob));
    changes.remove_content(number)
}
