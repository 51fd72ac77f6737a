//! The tables of the store and the two ways to hold them: a [`Snapshot`] to look, [`Changes`] to change.

use std::collections::HashSet;

use redb::{ReadTransaction, ReadableTable, TableDefinition, WriteTransaction};
use s3s::s3_error;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Blob, Bucket, Content, Outcome, Part};

type Bytes = &'static [u8];

/// Bucket by name.
const BUCKETS: TableDefinition<&str, Bytes> = TableDefinition::new("buckets");
/// Version by bucket, key and age: the newest has the smallest number, so it comes first.
const VERSIONS: TableDefinition<(&str, &[u8], u64), Bytes> = TableDefinition::new("versions");
/// Content by number.
const CONTENTS: TableDefinition<u64, Bytes> = TableDefinition::new("contents");
/// Upload by bucket, key and upload id.
const UPLOADS: TableDefinition<(&str, &[u8], &str), Bytes> = TableDefinition::new("uploads");
/// Part by upload id and part number.
const PARTS: TableDefinition<(&str, u32), Bytes> = TableDefinition::new("parts");
/// The last number given, by what it counts.
const COUNTERS: TableDefinition<&str, u64> = TableDefinition::new("counters");

/// Key of a table of bytes.
type VersionKey = (&'static str, &'static [u8], u64);
type UploadKey = (&'static str, &'static [u8], &'static str);

/// A state that can be read.
pub(crate) trait Look {
    fn buckets(&self) -> Outcome<impl ReadableTable<&'static str, Bytes>>;
    fn versions(&self) -> Outcome<impl ReadableTable<VersionKey, Bytes>>;
    fn contents(&self) -> Outcome<impl ReadableTable<u64, Bytes>>;
    fn uploads(&self) -> Outcome<impl ReadableTable<UploadKey, Bytes>>;
    fn parts(&self) -> Outcome<impl ReadableTable<(&'static str, u32), Bytes>>;

    /// Bucket `name`, or NoSuchBucket.
    fn bucket(&self, name: &str) -> Outcome<Bucket> {
        match self.buckets()?.get(name)? {
            Some(found) => decode(found.value()),
            None => Err(s3_error!(NoSuchBucket, "The specified bucket does not exist").into()),
        }
    }

    /// Content `number`.
    fn content(&self, number: u64) -> Outcome<Content> {
        match self.contents()?.get(number)? {
            Some(found) => decode(found.value()),
            None => Err(s3_error!(InternalError, "The bytes of this object are lost").into()),
        }
    }
}

/// Implements [`Look`] for a type whose field `transaction` opens tables.
macro_rules! look {
    ($name:ty) => {
        impl Look for $name {
            fn buckets(&self) -> Outcome<impl ReadableTable<&'static str, Bytes>> {
                Ok(self.transaction.open_table(BUCKETS)?)
            }
            fn versions(&self) -> Outcome<impl ReadableTable<VersionKey, Bytes>> {
                Ok(self.transaction.open_table(VERSIONS)?)
            }
            fn contents(&self) -> Outcome<impl ReadableTable<u64, Bytes>> {
                Ok(self.transaction.open_table(CONTENTS)?)
            }
            fn uploads(&self) -> Outcome<impl ReadableTable<UploadKey, Bytes>> {
                Ok(self.transaction.open_table(UPLOADS)?)
            }
            fn parts(&self) -> Outcome<impl ReadableTable<(&'static str, u32), Bytes>> {
                Ok(self.transaction.open_table(PARTS)?)
            }
        }
    };
}
look!(Snapshot);
look!(Changes);

/// One consistent state.
pub(crate) struct Snapshot {
    transaction: ReadTransaction,
}

impl Snapshot {
    pub(super) const fn new(transaction: ReadTransaction) -> Self {
        Self { transaction }
    }
}

/// One change: all of it, or nothing.
pub(crate) struct Changes {
    transaction: WriteTransaction,
    kept: Vec<Blob>,
    unneeded: Vec<String>,
}

impl Changes {
    pub(super) const fn new(transaction: WriteTransaction) -> Self {
        Self { transaction, kept: Vec::new(), unneeded: Vec::new() }
    }

    /// Commits, and gives the ids of the body files that nothing names any more.
    pub(super) fn commit(self) -> Outcome<Vec<String>> {
        self.transaction.commit()?;
        self.kept.into_iter().for_each(Blob::kept);
        Ok(self.unneeded)
    }

    /// The body file stays when this change is committed.
    pub(crate) fn keep(&mut self, blob: Blob) {
        self.kept.push(blob);
    }

    /// The body file goes when this change is committed.
    pub(crate) fn discard(&mut self, blob: String) {
        self.unneeded.push(blob);
    }

    /// The next number of what `counter` counts.
    pub(crate) fn next(&mut self, counter: &str) -> Outcome<u64> {
        let mut counters = self.transaction.open_table(COUNTERS)?;
        let next = counters.get(counter)?.map_or(0, |last| last.value()) + 1;
        counters.insert(counter, next)?;
        Ok(next)
    }

    /// Writes bucket `name`.
    pub(crate) fn put_bucket(&mut self, name: &str, bucket: &Bucket) -> Outcome<()> {
        self.transaction.open_table(BUCKETS)?.insert(name, encode(bucket)?.as_slice())?;
        Ok(())
    }

    /// Removes bucket `name`.
    pub(crate) fn remove_bucket(&mut self, name: &str) -> Outcome<()> {
        self.transaction.open_table(BUCKETS)?.remove(name)?;
        Ok(())
    }

    /// Writes a version at its age.
    pub(crate) fn put_version(&mut self, at: (&str, &str, u64), version: &impl Serialize) -> Outcome<()> {
        let at = (at.0, at.1.as_bytes(), at.2);
        self.transaction.open_table(VERSIONS)?.insert(at, encode(version)?.as_slice())?;
        Ok(())
    }

    /// Writes the same version at many keys, each with an age of its own; gives those keys that had something already.
    pub(crate) fn put_versions(
        &mut self,
        bucket: &str,
        keys: impl Iterator<Item = String>,
        version: &impl Serialize,
    ) -> Outcome<Vec<(String, u64)>> {
        let version = encode(version)?;
        let mut counters = self.transaction.open_table(COUNTERS)?;
        let mut count = counters.get("versions")?.map_or(0, |last| last.value());
        let mut table = self.transaction.open_table(VERSIONS)?;
        let mut occupied = Vec::new();
        for key in keys {
            count += 1;
            let (at, age) = (key.as_bytes(), u64::MAX - count);
            let is_occupied = table.range((bucket, at, 0)..=(bucket, at, u64::MAX))?.next().is_some();
            table.insert((bucket, at, age), version.as_slice())?;
            if is_occupied {
                occupied.push((key, age));
            }
        }
        counters.insert("versions", count)?;
        Ok(occupied)
    }

    /// Removes the version of that age.
    pub(crate) fn remove_version(&mut self, at: (&str, &str, u64)) -> Outcome<()> {
        self.transaction.open_table(VERSIONS)?.remove((at.0, at.1.as_bytes(), at.2))?;
        Ok(())
    }

    /// Writes content `number`.
    pub(crate) fn put_content(&mut self, number: u64, content: &Content) -> Outcome<()> {
        self.transaction.open_table(CONTENTS)?.insert(number, encode(content)?.as_slice())?;
        Ok(())
    }

    /// Removes content `number`.
    pub(crate) fn remove_content(&mut self, number: u64) -> Outcome<()> {
        self.transaction.open_table(CONTENTS)?.remove(number)?;
        Ok(())
    }

    /// Writes an upload.
    pub(crate) fn put_upload(&mut self, at: (&str, &str, &str), upload: &impl Serialize) -> Outcome<()> {
        let at = (at.0, at.1.as_bytes(), at.2);
        self.transaction.open_table(UPLOADS)?.insert(at, encode(upload)?.as_slice())?;
        Ok(())
    }

    /// Removes an upload; its parts stay.
    pub(crate) fn remove_upload(&mut self, at: (&str, &str, &str)) -> Outcome<()> {
        self.transaction.open_table(UPLOADS)?.remove((at.0, at.1.as_bytes(), at.2))?;
        Ok(())
    }

    /// Writes part `number` of `upload`, and gives the one that was there.
    pub(crate) fn put_part(&mut self, upload: &str, number: u32, part: &Part) -> Outcome<Option<Part>> {
        let mut parts = self.transaction.open_table(PARTS)?;
        let before = parts.insert((upload, number), encode(part)?.as_slice())?;
        before.map(|before| decode(before.value())).transpose()
    }

    /// Removes all parts of `upload`.
    pub(crate) fn remove_parts(&mut self, upload: &str) -> Outcome<()> {
        let mut parts = self.transaction.open_table(PARTS)?;
        parts.retain_in((upload, 0)..=(upload, u32::MAX), |_, _| false)?;
        Ok(())
    }
}

/// Makes all tables, so that looking at a new store finds them.
pub(super) fn make(changes: &mut Changes) -> Outcome<()> {
    changes.buckets()?;
    changes.versions()?;
    changes.contents()?;
    changes.uploads()?;
    changes.parts()?;
    Ok(())
}

/// The ids of all body files that a record names.
pub(super) fn blobs(look: &impl Look) -> Outcome<HashSet<String>> {
    let mut ids = HashSet::new();
    for entry in look.contents()?.iter()? {
        let content: Content = decode(entry?.1.value())?;
        ids.extend(content.pieces.into_iter().map(|piece| piece.blob));
    }
    for entry in look.parts()?.iter()? {
        let part: Part = decode(entry?.1.value())?;
        ids.extend(part.blob);
    }
    Ok(ids)
}

pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Outcome<T> {
    Ok(serde_json::from_slice(bytes)?)
}

fn encode(record: &impl Serialize) -> Outcome<Vec<u8>> {
    Ok(serde_json::to_vec(record)?)
}
