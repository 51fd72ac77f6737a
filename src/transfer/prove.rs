//! The last look: what the bucket says of the object against what was computed here.

use super::digest::Computed;
use super::job::Job;
use super::multipart::Target;
use super::{Checked, Proof};
use crate::bucket::{Bucket, Object};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::size;

/// Compares, and gives the proof. An object that is found to be another than the archive does not stay at its key.
pub(super) async fn prove(job: &Job, computed: Computed, sent: Option<u64>) -> Result<Proof> {
    let Some(bucket) = job.ends.bucket.as_ref().filter(|_| sent.is_some()) else {
        return Ok(on_disk(job, computed));
    };
    let object = bucket.head(&job.key).await?.ok_or_else(|| wrong(job, say!("transfer-object-missing")))?;
    match compare(job, computed, &object) {
        Ok((size_checked, crc64nvme_checked)) => {
            Ok(in_bucket(job, computed, bucket, size_checked, crc64nvme_checked))
        }
        Err(error) => {
            Target { bucket, key: &job.key }.delete().await?;
            Err(error)
        }
    }
}

fn compare(job: &Job, computed: Computed, object: &Object) -> Result<(Checked, Checked)> {
    if object.size != job.archive.size {
        return Err(wrong(
            job,
            say!("transfer-object-size", here = size(job.archive.size), there = size(object.size)),
        ));
    }
    let crc = match object.crc64nvme {
        Some(there) if there == computed.crc64nvme => Checked::Equal,
        Some(there) => {
            let (here, there) = (format!("{:016x}", computed.crc64nvme), format!("{there:016x}"));
            return Err(wrong(job, say!("transfer-object-crc", here = here, there = there)));
        }
        None if object.checksum_malformed => Checked::Malformed,
        None => Checked::NotGiven,
    };
    Ok((Checked::Equal, crc))
}

fn wrong(job: &Job, why: String) -> Error {
    Error::new(Kind::Integrity, say!("transfer-object-wrong", key = job.key.clone()))
        .because(why)
        .hint(say!("transfer-object-wrong-hint"))
}

fn in_bucket(
    job: &Job,
    computed: Computed,
    bucket: &Bucket,
    size_checked: Checked,
    crc64nvme_checked: Checked,
) -> Proof {
    Proof {
        place: bucket.uri(&job.key),
        crc64nvme: Some(format!("{:016x}", computed.crc64nvme)),
        size_checked,
        crc64nvme_checked,
        ..on_disk(job, computed)
    }
}

fn on_disk(job: &Job, computed: Computed) -> Proof {
    Proof {
        dataset: job.archive.dataset.clone(),
        dump: job.archive.dump.name.clone(),
        archive: job.archive.name.clone(),
        place: job.shelf.file.display().to_string(),
        size: job.archive.size,
        sha256: computed.sha256,
        crc64nvme: None,
        size_checked: Checked::NotApplicable,
        crc64nvme_checked: Checked::NotApplicable,
        at: jiff::Timestamp::now().as_second(),
    }
}
