//! What an object comes to: a pure function of what is known of it and of the digests of its bytes, where they were read.

use super::checkup::{Against, Check, Checkup, Gap, Outcome, Value};
use super::gather::{Subject, Upstream};
use crate::transfer::Proof;
use crate::transfer::digest::Computed;

/// Compares all that can be compared.
pub(super) fn judge(subject: &Subject, read: Option<Computed>) -> Checkup {
    let checks = compare(subject, read);
    let gaps = gaps(subject);
    let outcome = outcome(subject, &checks);
    let object = &subject.object;
    Checkup {
        key: Some(object.key.clone()),
        dataset: subject.dataset.clone(),
        dump: object.dump.clone(),
        size: object.size,
        class: object.class.clone(),
        outcome,
        read: read.is_some(),
        gaps: if outcome == Outcome::Unknown { vec![Gap::NotOurs] } else { gaps },
        checks,
        error: None,
    }
}

fn compare(subject: &Subject, read: Option<Computed>) -> Vec<Check> {
    let (object, proof) = (&subject.object, proof(subject));
    let recorded = object.sha256.as_ref();
    let mut checks = Vec::new();
    if let Upstream::Published(published) = &subject.upstream {
        let size = published.size.as_ref();
        checks.extend(size.map(|size| Check::new(Value::Size, Against::Published, &object.size, size)));
        let held = |digest| Check::new(Value::Recorded, Against::Published, digest, &published.sha256);
        checks.extend(recorded.map(held));
    }
    if let Some(proof) = proof {
        checks.push(Check::new(Value::Size, Against::Proof, &object.size, &proof.size));
        checks.extend(
            recorded.map(|digest| Check::new(Value::Recorded, Against::Proof, digest, &proof.sha256)),
        );
        let kept = object.crc64nvme.map(hex).zip(proof.crc64nvme.as_ref());
        checks.extend(kept.map(|(there, here)| Check::new(Value::Crc64nvme, Against::Proof, &there, here)));
    }
    if let Some(read) = read {
        checks.extend(of_bytes(subject, proof, read));
    }
    checks
}

/// The digests of the bytes themselves.
fn of_bytes(subject: &Subject, proof: Option<&Proof>, read: Computed) -> Vec<Check> {
    let published = match &subject.upstream {
        Upstream::Published(published) => Some(&published.sha256),
        Upstream::Gone | Upstream::NotAsked => None,
    };
    let digests = [
        (Against::Published, published),
        (Against::Proof, proof.map(|proof| &proof.sha256)),
        (Against::Metadata, subject.object.sha256.as_ref()),
    ];
    let of = |(against, digest): (Against, Option<_>)| {
        Some(Check::new(Value::Sha256, against, &read.sha256, digest?))
    };
    let kept = subject
        .object
        .crc64nvme
        .map(|there| Check::new(Value::Crc64nvmeRead, Against::Store, &hex(read.crc64nvme), &hex(there)));
    digests.into_iter().filter_map(of).chain(kept).collect()
}

/// The local proof, where it speaks of the dump that the object says it is of.
fn proof(subject: &Subject) -> Option<&Proof> {
    let dump = subject.object.dump.as_ref();
    subject.proof.as_ref().filter(|proof| dump.is_none_or(|dump| *dump == proof.dump))
}

fn hex(crc: u64) -> String {
    format!("{crc:016x}")
}

fn outcome(subject: &Subject, checks: &[Check]) -> Outcome {
    let object = &subject.object;
    if object.sha256.is_none() && !subject.is_ours_by_proof() {
        return Outcome::Unknown;
    }
    if checks.iter().any(|check| !check.equal) {
        return Outcome::Wrong;
    }
    // Only the digest of the bytes ties an object to what was published; S3's checksum does so where a proof here holds both.
    let is_tied = |check: &Check| matches!(check.what, Value::Sha256 | Value::Crc64nvme);
    if checks.iter().any(is_tied) { Outcome::Verified } else { Outcome::CannotTell }
}

fn gaps(subject: &Subject) -> Vec<Gap> {
    let (object, mut gaps) = (&subject.object, Vec::new());
    if object.sha256.is_none() {
        gaps.push(Gap::NoMetadata);
    }
    match subject.upstream {
        Upstream::Published(_) => {}
        Upstream::Gone => gaps.push(Gap::NoLongerPublished),
        Upstream::NotAsked => gaps.push(Gap::NotAsked),
    }
    if proof(subject).is_none_or(|proof| proof.crc64nvme.is_none()) {
        gaps.push(Gap::NoProof);
    }
    match object.crc64nvme {
        Some(_) => {}
        None if object.checksum_malformed => gaps.push(Gap::MalformedCrc64nvme),
        None => gaps.push(Gap::NoCrc64nvme),
    }
    gaps
}

#[cfg(test)]
mod tests;
