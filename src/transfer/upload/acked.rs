//! What S3 has acknowledged of one upload: the parts, and up to where there is no gap.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::transfer::checkpoint::Teller;
use crate::transfer::digest::{SavedDigests, combine};
use crate::transfer::multipart::Part;

/// The acknowledged parts of one upload.
#[derive(Debug, Default)]
pub(super) struct Acked {
    parts: BTreeMap<i32, Part>,
    /// The CRC64NVME of those of which it is known.
    crcs: BTreeMap<i32, u64>,
    /// The running digests at the end of parts that came ahead of the border.
    ahead: BTreeMap<i32, SavedDigests>,
    /// The number of the last part without a gap before it.
    border: i32,
    /// Who is told the digests at the border, where S3 is the only place that keeps the bytes.
    teller: Option<Teller>,
    /// Bytes from the first on of which S3 has all.
    bytes: Arc<AtomicU64>,
}

impl Acked {
    /// Nothing yet. `teller` hears of each border, and `bytes` holds it for others.
    pub(super) fn new(teller: Option<Teller>, bytes: Arc<AtomicU64>) -> Self {
        Self { teller, bytes, ..Self::default() }
    }

    /// S3 has `part`; `crc64nvme` is that of its bytes and `digests` are those at its last byte, where they are known.
    pub(super) fn add(&mut self, part: Part, crc64nvme: Option<u64>, digests: Option<SavedDigests>) {
        if let Some(crc) = crc64nvme {
            self.crcs.insert(part.number, crc);
        }
        if let Some(digests) = digests {
            self.ahead.insert(part.number, digests);
        }
        self.parts.insert(part.number, part);
        let mut reached = None;
        while let Some(next) = self.parts.get(&(self.border + 1)) {
            self.border += 1;
            self.bytes.fetch_add(next.size, Relaxed);
            reached = self.ahead.remove(&self.border).or(reached);
        }
        if let Some((teller, digests)) = self.teller.as_ref().zip(reached) {
            // Whoever keeps the journal and could not says so itself.
            let _ended = teller.reached(digests);
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.parts.len()
    }

    /// All of them, in order.
    pub(super) fn parts(&self) -> Vec<Part> {
        self.parts.values().cloned().collect()
    }

    /// Forgets them.
    pub(super) fn clear(&mut self) {
        self.parts.clear();
        self.crcs.clear();
        self.ahead.clear();
        self.border = 0;
        self.bytes.store(0, Relaxed);
    }

    /// The CRC64NVME of all their bytes, one after the other; `None` where that of one is not known.
    pub(super) fn crc64nvme(&self) -> Option<u64> {
        let mut parts = self.parts.iter();
        parts.try_fold(0, |whole, (number, part)| Some(combine(whole, *self.crcs.get(number)?, part.size)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(number: i32) -> Part {
        Part { number, size: 10, etag: String::new(), checksum: None, proven_by: None }
    }

    #[test]
    fn only_what_has_no_gap_before_it_counts() {
        let bytes = Arc::new(AtomicU64::new(0));
        let mut acked = Acked::new(None, Arc::clone(&bytes));
        for (number, expected) in [(2, 0), (4, 0), (1, 20), (3, 40)] {
            acked.add(part(number), None, None);
            assert_eq!(bytes.load(Relaxed), expected, "after part {number}");
        }
        assert_eq!(acked.count(), 4);
    }
}
