//! Multipart uploads that are not finished, and their parts.

use std::collections::BTreeMap;

use redb::ReadableTable as _;
use s3s::s3_error;

use super::tables::decode;
use super::{Changes, Look, Outcome, Part, Upload};

/// Where an upload stands: bucket, key and upload id.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) id: String,
}

impl At {
    fn borrowed(&self) -> (&str, &str, &str) {
        (&self.bucket, &self.key, &self.id)
    }
}

/// The upload, or NoSuchUpload.
pub(crate) fn find(look: &impl Look, at: &At) -> Outcome<Upload> {
    look.bucket(&at.bucket)?;
    match look.uploads()?.get((at.bucket.as_str(), at.key.as_bytes(), at.id.as_str()))? {
        Some(found) => decode(found.value()),
        None => Err(s3_error!(
            NoSuchUpload,
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."
        )
        .into()),
    }
}

/// Begins an upload.
pub(crate) fn create(changes: &mut Changes, at: &At, upload: &Upload) -> Outcome<()> {
    changes.bucket(&at.bucket)?;
    changes.put_upload(at.borrowed(), upload)
}

/// The parts of an upload from number `after` + 1 on, at most `limit`.
pub(crate) fn parts(
    look: &impl Look,
    upload: &str,
    after: u32,
    limit: usize,
) -> Outcome<BTreeMap<u32, Part>> {
    let table = look.parts()?;
    let found = table.range((upload, after.saturating_add(1))..=(upload, u32::MAX))?;
    found
        .take(limit)
        .map(|entry| {
            let (at, part) = entry?;
            Ok((at.value().1, decode(part.value())?))
        })
        .collect()
}

/// Adds part `number`, in the place of the one with that number.
pub(crate) fn put_part(changes: &mut Changes, at: &At, number: u32, part: &Part) -> Outcome<()> {
    find(changes, at)?;
    if let Some(blob) = changes.put_part(&at.id, number, part)?.and_then(|before| before.blob) {
        changes.discard(blob);
    }
    Ok(())
}

/// Ends an upload: its record and its parts go, and the body files in `unused` with them.
pub(crate) fn end(changes: &mut Changes, at: &At, unused: impl IntoIterator<Item = Part>) -> Outcome<()> {
    unused.into_iter().filter_map(|part| part.blob).for_each(|blob| changes.discard(blob));
    changes.remove_parts(&at.id)?;
    changes.remove_upload(at.borrowed())
}

/// Ends all uploads of a bucket, for its removal.
pub(crate) fn end_all(changes: &mut Changes, bucket: &str) -> Outcome<()> {
    let mut begun = Vec::new();
    for entry in changes.uploads()?.range((bucket, [].as_slice(), "")..)? {
        let entry = entry?;
        let (of, key, id) = entry.0.value();
        if of != bucket {
            break;
        }
        let key = String::from_utf8_lossy(key).into_owned();
        begun.push(At { bucket: bucket.to_owned(), key, id: id.to_owned() });
    }
    for at in begun {
        let parts = parts(changes, &at.id, 0, usize::MAX)?;
        end(changes, &at, parts.into_values())?;
    }
    Ok(())
}
