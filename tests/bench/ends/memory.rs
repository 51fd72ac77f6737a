//! What the discarding S3 remembers: names, sizes, metadata and ETags. Never a byte of a body.

use std::collections::{BTreeMap, BTreeSet};

use md5::{Digest, Md5};

/// An object, or what is known of one that is not complete.
#[derive(Debug, Clone, Default)]
pub(crate) struct Object {
    /// Bytes.
    pub(crate) size: u64,
    /// Hexadecimal, without its quotation marks.
    pub(crate) etag: String,
    /// The headers that come back with it: `content-type` and `x-amz-meta-…`.
    pub(crate) headers: Vec<(String, String)>,
}

/// A part of an upload.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Bytes.
    pub(crate) size: u64,
    /// Hexadecimal, without its quotation marks.
    pub(crate) etag: String,
}

/// A multipart upload that is under way.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) parts: BTreeMap<u32, Part>,
}

/// All that there is.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// By bucket and key.
    pub(crate) objects: BTreeMap<(String, String), Object>,
    /// By id.
    pub(crate) uploads: BTreeMap<String, Upload>,
    /// Which integrity work the clients' requests with bodies showed, since it was last asked for.
    pub(crate) seen: BTreeSet<String>,
    last_id: u64,
}

impl Memory {
    /// An id that was not given before.
    pub(crate) fn fresh_id(&mut self) -> String {
        self.last_id += 1;
        format!("upload-{:08}", self.last_id)
    }

    /// Makes an object of the upload's parts; `None` where there is no such upload.
    pub(crate) fn complete(&mut self, id: &str) -> Option<Object> {
        let upload = self.uploads.remove(id)?;
        let object = Object {
            size: upload.parts.values().map(|part| part.size).sum(),
            etag: of_parts(&upload.parts),
            headers: upload.headers,
        };
        self.objects.insert((upload.bucket, upload.key), object.clone());
        Some(object)
    }
}

/// S3's ETag of an object of parts: the MD5 of their MD5s, and how many.
fn of_parts(parts: &BTreeMap<u32, Part>) -> String {
    let mut whole = Md5::new();
    for part in parts.values() {
        whole.update(hex::decode(&part.etag).unwrap_or_default());
    }
    format!("{}-{}", hex::encode(whole.finalize()), parts.len())
}
