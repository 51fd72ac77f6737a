//! Filling a bucket with very many tiny objects, straight into the store: what a test or a benchmark of listings needs in seconds.

use std::ops::Range;

use super::{Attributes, Changes, Content, Look as _, Object, Outcome, Piece, Store, objects};
use crate::sandbox::s3::checksum::{Algorithm, Running};
use crate::sandbox::s3::receive::Hashes;

/// Objects of one change: enough that committing costs little, few enough that memory does not notice.
const BATCH: u32 = 50_000;
/// What each of them holds.
const BODY: &[u8] = b"x";

impl Store {
    /// Puts `count` objects of one byte at `prefix` with `0000000`, `0000001`, … behind it. They share one body file. Blocks.
    pub(crate) fn fill(&self, bucket: &str, prefix: &str, count: u32) -> Outcome<()> {
        if count == 0 {
            return Ok(());
        }
        let object = self.write_now(|changes| self.body(changes, bucket, count))?;
        let mut first = 0;
        while first < count {
            let last = count.min(first + BATCH);
            self.write_now(|changes| add(changes, bucket, prefix, first..last, &object))?;
            first = last;
        }
        Ok(())
    }

    /// The one object that stands at all keys, with the body that they all own.
    fn body(&self, changes: &mut Changes, bucket: &str, owners: u32) -> Outcome<Object> {
        changes.bucket(bucket)?;
        let mut blob = self.new_blob()?;
        blob.write(BODY)?;
        blob.complete()?;
        let pieces = vec![Piece { blob: blob.id().to_owned(), size: BODY.len() as u64 }];
        changes.keep(blob);
        let content = objects::own(changes, pieces.clone())?;
        if let Some(number) = content {
            changes.put_content(number, &Content { owners, pieces })?;
        }
        Ok(tiny(content))
    }
}

fn tiny(content: Option<u64>) -> Object {
    let mut hashes = Hashes::new(None);
    hashes.update(BODY);
    let mut crc = Running::new(Algorithm::Crc64Nvme);
    crc.update(BODY);
    Object {
        size: BODY.len() as u64,
        etag: hex::encode(hashes.finish().0),
        content,
        checksum: crc.finish(),
        parts: None,
        attributes: Attributes::default(),
    }
}

fn add(
    changes: &mut Changes,
    bucket: &str,
    prefix: &str,
    numbers: Range<u32>,
    object: &Object,
) -> Outcome<()> {
    let keys = numbers.map(|number| format!("{prefix}{number:07}"));
    objects::put_new(changes, bucket, keys, object)
}
