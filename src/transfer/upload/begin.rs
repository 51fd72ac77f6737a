//! The beginning of an upload: what S3 has of an earlier one, or a new one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::bucket::Bucket;
use crate::error::{Kind, Result};
use crate::transfer::job::Job;
use crate::transfer::journal::Upload;
use crate::transfer::ledger::Ledger;
use crate::transfer::multipart::{Part, Target};
use crate::transfer::part::length;
use crate::transfer::parts::cuts;
use crate::transfer::trouble::lost;
use crate::transfer::{Leg, PartState};

/// What an upload begins with.
#[derive(Debug)]
pub(in crate::transfer) enum Begun {
    /// The archive is small: one request, without an upload in parts.
    Whole,
    /// An upload in parts, and those that S3 has of it, by number.
    Parts { upload: Upload, have: BTreeMap<i32, Part> },
    /// The object stands at its key already, with the published digest in its metadata.
    Stands,
}

/// Takes up the upload of the journal with the parts that S3 has of it, or begins a new one.
pub(in crate::transfer) async fn begin(
    job: &Job,
    bucket: &Bucket,
    ledger: &Arc<Ledger>,
    part_size: u64,
) -> Result<Begun> {
    if job.archive.size <= part_size {
        return Ok(Begun::Whole);
    }
    let target = Target { bucket, key: &job.key };
    if let Some(upload) = ledger.upload(&bucket.address()) {
        match job.persist(Leg::Upload, || target.parts(&upload.id)).await {
            Ok(parts) => {
                let have = usable(job, &upload, part_size, parts);
                return Ok(Begun::Parts { upload, have });
            }
            // It may have been completed by an earlier run that never heard of it.
            Err(error) if error.kind() == Kind::NotFound && stands(job, bucket).await? => {
                return Ok(Begun::Stands);
            }
            Err(error) if error.kind() == Kind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let upload = Upload::begun(job.persist(Leg::Upload, || target.create(&job.archive)).await?);
    note(ledger, bucket, Some(upload.clone())).await?;
    Ok(Begun::Parts { upload, have: BTreeMap::new() })
}

/// Parts whose place and size fit and that can be believed; the others are sent again over them.
fn usable(job: &Job, upload: &Upload, part_size: u64, parts: Vec<Part>) -> BTreeMap<i32, Part> {
    let sizes: BTreeMap<i32, u64> =
        cuts(job.archive.size, part_size).map(|cut| (cut.number, length(&cut.range))).collect();
    let fits = |part: &Part| sizes.get(&part.number) == Some(&part.size);
    let known = parts.into_iter().filter(fits).filter_map(|part| upload.known(part));
    let usable: BTreeMap<i32, Part> = known.map(|part| (part.number, part)).collect();
    for number in usable.keys() {
        job.progress.part(job.line, *number, PartState::InS3);
    }
    job.progress.set_uploaded(job.line, usable.values().map(|part| part.size).sum());
    usable
}

/// Whether the object at the key is this archive already.
pub(super) async fn stands(job: &Job, bucket: &Bucket) -> Result<bool> {
    let object = job.persist(Leg::Upload, || bucket.head(&job.key)).await?;
    Ok(object
        .is_some_and(|object| object.sha256 == Some(job.archive.sha256) && object.size == job.archive.size))
}

/// Writes into the journal which upload to `bucket` is under way.
pub(super) async fn note(ledger: &Arc<Ledger>, bucket: &Bucket, upload: Option<Upload>) -> Result<()> {
    let (ledger, address) = (Arc::clone(ledger), bucket.address());
    let change = move || {
        ledger.change(|journal| match upload {
            Some(upload) => drop(journal.uploads.insert(address, upload)),
            None => drop(journal.uploads.remove(&address)),
        })
    };
    tokio::task::spawn_blocking(change).await.map_err(lost)?
}
