//! What a transfer needs to go on after a crash: small, written atomically, and only after the data that it speaks of is durable.
//!
//! Which parts S3 has is not kept here: S3 is asked. A damaged journal costs a restart of that archive, never a wrong object.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::checksum::Checksum;
use super::digest::SavedDigests;
use super::multipart::{Created, Part};
use super::record;
use crate::catalog::{Archive, Validators};
use crate::sha256::Sha256Digest;

/// The version of this form; another one is treated as damaged.
const FORM: u32 = 2;

/// What is known of one archive that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    form: u32,
    /// The published digest of what was begun: another digest is another archive.
    pub(super) sha256: Sha256Digest,
    /// Its size in bytes.
    pub(super) size: u64,
    /// The dump's name, for people.
    pub(super) dump: String,
    /// What the mirror said of the bytes that were taken so far.
    pub(super) validators: Validators,
    /// Bytes of every part but the last; an archive is cut once.
    pub(super) part_size: u64,
    /// The digests at the end of a part up to which everything is durable: in the unfinished file, or in S3.
    pub(super) digests: Option<SavedDigests>,
    /// The digests behind that, in the middle of a part; the bytes are durable in the unfinished file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) head: Option<SavedDigests>,
    /// Unfinished uploads, by the bucket's address.
    pub(super) uploads: BTreeMap<String, Upload>,
}

/// A multipart upload that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Upload {
    /// S3's id.
    pub(super) id: String,
    /// What its parts are sent with.
    #[serde(default)]
    pub(super) checksum: Checksum,
    /// Parts whose ETag was found to be their MD5, by number, with that ETag: such a store lists nothing else that could be believed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) proven: BTreeMap<i32, String>,
}

impl Upload {
    /// An upload with no part sent.
    pub(super) fn begun(created: Created) -> Self {
        let Created { id, checksum } = created;
        Self { id, checksum, proven: BTreeMap::new() }
    }

    /// A part that S3 lists, with what is known of it; `None` where nothing is, so that it has to be sent again. Parts with
    /// CRC64NVME are believed in any case: S3 compares the whole before the object exists.
    pub(super) fn known(&self, part: Part) -> Option<Part> {
        if self.proven.get(&part.number) == Some(&part.etag) {
            let proven_by = part.proven_by.max(Some(Checksum::Md5));
            return Some(Part { proven_by, ..part });
        }
        (part.proven_by.is_some() || self.checksum == Checksum::Crc64Nvme).then_some(part)
    }

    /// Whether [`Self::proven`] has to remember `part`, which was sent just now.
    pub(super) fn must_remember(part: &Part) -> bool {
        part.proven_by == Some(Checksum::Md5)
    }
}

impl Journal {
    /// A journal of `archive`, cut into parts of `part_size` bytes, with nothing done.
    pub(super) fn new(archive: &Archive, part_size: u64) -> Self {
        Self {
            form: FORM,
            sha256: archive.sha256,
            size: archive.size,
            dump: archive.dump.name.clone(),
            validators: archive.validators.clone(),
            part_size,
            digests: None,
            head: None,
            uploads: BTreeMap::new(),
        }
    }

    /// The journal at `path`, if there is a whole one.
    pub(super) fn read(path: &Path) -> Option<Self> {
        record::read::<Self>(path).filter(|journal| journal.form == FORM)
    }

    /// Whether it speaks of `archive`.
    pub(super) fn is_of(&self, archive: &Archive) -> bool {
        self.sha256 == archive.sha256 && self.size == archive.size
    }

    /// Writes it to `path`, whole and durable.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        record::write(path, self)
    }

    /// Bytes that are durable, in the unfinished file or in S3.
    pub(super) fn durable(&self) -> u64 {
        self.head.iter().chain(&self.digests).map(|digests| digests.bytes).max().unwrap_or(0)
    }
}
