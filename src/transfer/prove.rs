//! The last look: what the bucket says of the object against what was computed here.

use super::digest::Computed;
use super::job::Job;
use super::multipart::{Part, Target};
use super::{Checked, Checksum, Proof};
use crate::bucket::{Bucket, Object};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::size;

/// What S3's own answers proved while an archive went up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sent {
    /// By what all of its bytes are known to have arrived; `None` where S3 said too little.
    pub(super) proven_by: Option<Checksum>,
}

impl Sent {
    /// What is known of all `parts` together: no more than of the one of which least is known.
    pub(super) fn in_parts(parts: &[Part]) -> Self {
        Self { proven_by: parts.iter().map(|part| part.proven_by).min().flatten() }
    }
}

/// How the comparisons ended.
struct Compared {
    size: Checked,
    crc64nvme: Checked,
    checksum: Option<Checksum>,
}

/// Compares, and gives the proof. An object that is found to be another than the archive does not stay at its key.
pub(super) async fn prove(job: &Job, computed: Computed, sent: Option<Sent>) -> Result<Proof> {
    let Some((bucket, sent)) = job.ends.bucket.as_ref().zip(sent) else {
        return Ok(on_disk(job, computed));
    };
    let object = bucket.head(&job.key).await?.ok_or_else(|| wrong(job, say!("transfer-object-missing")))?;
    match compare(job, computed, &object, sent) {
        Ok(compared) => Ok(in_bucket(job, computed, bucket, &compared)),
        Err(error) => {
            Target { bucket, key: &job.key }.delete().await?;
            Err(error)
        }
    }
}

fn compare(job: &Job, computed: Computed, object: &Object, sent: Sent) -> Result<Compared> {
    if object.size != job.archive.size {
        return Err(wrong(
            job,
            say!("transfer-object-size", here = size(job.archive.size), there = size(object.size)),
        ));
    }
    let crc64nvme = match object.crc64nvme {
        Some(there) if there == computed.crc64nvme => Checked::Equal,
        Some(there) => {
            let (here, there) = (format!("{:016x}", computed.crc64nvme), format!("{there:016x}"));
            return Err(wrong(job, say!("transfer-object-crc", here = here, there = there)));
        }
        None if object.checksum_malformed => Checked::Malformed,
        None => Checked::NotGiven,
    };
    let whole = (crc64nvme == Checked::Equal).then_some(Checksum::Crc64Nvme);
    Ok(Compared { size: Checked::Equal, crc64nvme, checksum: whole.or(sent.proven_by) })
}

fn wrong(job: &Job, why: String) -> Error {
    Error::new(Kind::Integrity, say!("transfer-object-wrong", key = job.key.clone()))
        .because(why)
        .hint(say!("transfer-object-wrong-hint"))
}

fn in_bucket(job: &Job, computed: Computed, bucket: &Bucket, compared: &Compared) -> Proof {
    let checked = if compared.checksum.is_some() { Checked::Equal } else { compared.crc64nvme };
    Proof {
        place: bucket.uri(&job.key),
        checksum: compared.checksum,
        checksum_checked: checked,
        size_checked: compared.size,
        crc64nvme_checked: compared.crc64nvme,
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
        crc64nvme: Some(format!("{:016x}", computed.crc64nvme)),
        checksum: None,
        checksum_checked: Checked::NotApplicable,
        size_checked: Checked::NotApplicable,
        crc64nvme_checked: Checked::NotApplicable,
        at: jiff::Timestamp::now().as_second(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_prove_no_more_than_the_one_of_which_least_is_known() {
        let part = |proven_by| Part { number: 1, size: 1, etag: String::new(), checksum: None, proven_by };
        let all = |kinds: &[Option<Checksum>]| {
            Sent::in_parts(&kinds.iter().map(|kind| part(*kind)).collect::<Vec<_>>()).proven_by
        };
        let (crc, md5) = (Some(Checksum::Crc64Nvme), Some(Checksum::Md5));
        assert_eq!(all(&[crc, crc]), crc);
        assert_eq!(all(&[crc, md5]), md5);
        assert_eq!(all(&[crc, None, md5]), None);
        assert_eq!(all(&[]), None);
    }
}
