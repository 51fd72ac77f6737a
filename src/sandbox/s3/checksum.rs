//! S3's five checksum algorithms: their names, their running and combined values.
//!
//! Here lives arithmetic only. What a request claims and whether it holds is the business of `claims`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crc_fast::CrcAlgorithm;
use s3s::dto::ChecksumType;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// A checksum algorithm that S3 knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Algorithm {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
}

impl Algorithm {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [Self::Crc32, Self::Crc32c, Self::Crc64Nvme, Self::Sha1, Self::Sha256];

    /// The name in requests and answers.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    /// The header, or trailer, that carries a value.
    pub(crate) const fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
        }
    }

    /// The algorithm called `name`, in any case.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }

    /// Length of a value, in bytes.
    pub(crate) const fn length(self) -> usize {
        match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme => 8,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }

    const fn crc(self) -> Option<CrcAlgorithm> {
        match self {
            Self::Crc32 => Some(CrcAlgorithm::Crc32IsoHdlc),
            Self::Crc32c => Some(CrcAlgorithm::Crc32Iscsi),
            Self::Crc64Nvme => Some(CrcAlgorithm::Crc64Nvme),
            Self::Sha1 | Self::Sha256 => None,
        }
    }

    /// Whether a value of the whole can be had from the values of the parts.
    pub(crate) const fn combines(self) -> bool {
        self.crc().is_some()
    }

    /// What S3 does with this algorithm on a multipart upload that does not say: CRC64NVME is of the whole, all others
    /// are composite.
    pub(crate) const fn default_kind(self) -> Kind {
        match self {
            Self::Crc64Nvme => Kind::FullObject,
            _ => Kind::Composite,
        }
    }
}

/// Whether a checksum is of all bytes of an object, or of the checksums of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    FullObject,
    Composite,
}

impl Kind {
    /// The name in requests and answers.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::FullObject => ChecksumType::FULL_OBJECT,
            Self::Composite => ChecksumType::COMPOSITE,
        }
    }

    /// The kind called `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::FullObject, Self::Composite].into_iter().find(|kind| kind.name() == name)
    }
}

/// A value in the form S3 gives it: Base64 of the big-endian bytes, with `-N` behind it where it is of N parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checksum {
    pub(crate) algorithm: Algorithm,
    pub(crate) kind: Kind,
    pub(crate) value: String,
}

impl Checksum {
    /// The checksum of all bytes of something.
    pub(crate) const fn full(algorithm: Algorithm, value: String) -> Self {
        Self { algorithm, kind: Kind::FullObject, value }
    }
}

/// A value that grows with the bytes.
pub(crate) struct Running {
    algorithm: Algorithm,
    state: State,
}

enum State {
    Crc(crc_fast::Digest),
    Sha1(sha1::Sha1),
    Sha256(sha2::Sha256),
}

impl Running {
    /// The value of no bytes at all.
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        let state = match (algorithm.crc(), algorithm) {
            (Some(crc), _) => State::Crc(crc_fast::Digest::new(crc)),
            (None, Algorithm::Sha1) => State::Sha1(sha1::Sha1::new()),
            (None, _) => State::Sha256(sha2::Sha256::new()),
        };
        Self { algorithm, state }
    }

    /// Adds the next bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Crc(digest) => digest.update(bytes),
            State::Sha1(digest) => digest.update(bytes),
            State::Sha256(digest) => digest.update(bytes),
        }
    }

    /// The checksum of all bytes so far.
    pub(crate) fn finish(self) -> Checksum {
        let value = match self.state {
            State::Crc(digest) => encode_crc(self.algorithm, digest.finalize()),
            State::Sha1(digest) => STANDARD.encode(digest.finalize()),
            State::Sha256(digest) => STANDARD.encode(digest.finalize()),
        };
        Checksum::full(self.algorithm, value)
    }
}

/// A CRC in S3's form.
fn encode_crc(algorithm: Algorithm, value: u64) -> String {
    let bytes = value.to_be_bytes();
    STANDARD.encode(&bytes[bytes.len() - algorithm.length()..])
}

/// A CRC out of S3's form.
fn decode_crc(value: &str) -> Option<u64> {
    let bytes = STANDARD.decode(value).ok()?;
    (bytes.len() <= 8).then(|| bytes.iter().fold(0, |crc, byte| crc << 8 | u64::from(*byte)))
}

/// The bytes of `value`, where it is well formed for `algorithm`.
pub(crate) fn decode(algorithm: Algorithm, value: &str) -> Option<Vec<u8>> {
    STANDARD.decode(value).ok().filter(|bytes| bytes.len() == algorithm.length())
}

/// The CRC of a whole from the CRCs and lengths (in bytes) of its parts in order; `None` where the algorithm cannot.
pub(crate) fn combine<'a>(
    algorithm: Algorithm,
    parts: impl IntoIterator<Item = (&'a str, u64)>,
) -> Option<String> {
    let crc = algorithm.crc()?;
    let mut whole = crc_fast::checksum(crc, b"");
    for (value, length) in parts {
        whole = crc_fast::checksum_combine(crc, whole, decode_crc(value)?, length);
    }
    Some(encode_crc(algorithm, whole))
}

/// The checksum of the checksums of the parts in order, as `value-N`.
pub(crate) fn compose<'a>(algorithm: Algorithm, parts: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut running = Running::new(algorithm);
    let mut count = 0;
    for value in parts {
        running.update(&decode(algorithm, value)?);
        count += 1;
    }
    Some(format!("{}-{count}", running.finish().value))
}

/// Sets the field of `$target` that belongs to the algorithm of `$checksum` (an `Option<&Checksum>`).
macro_rules! show {
    ($target:expr, $checksum:expr) => {
        if let Some(checksum) = $checksum {
            let value = Some(checksum.value.clone());
            match checksum.algorithm {
                $crate::sandbox::s3::checksum::Algorithm::Crc32 => $target.checksum_crc32 = value,
                $crate::sandbox::s3::checksum::Algorithm::Crc32c => $target.checksum_crc32c = value,
                $crate::sandbox::s3::checksum::Algorithm::Crc64Nvme => $target.checksum_crc64nvme = value,
                $crate::sandbox::s3::checksum::Algorithm::Sha1 => $target.checksum_sha1 = value,
                $crate::sandbox::s3::checksum::Algorithm::Sha256 => $target.checksum_sha256 = value,
            }
        }
    };
}
pub(crate) use show;

#[cfg(test)]
mod tests {
    use super::*;

    fn of(algorithm: Algorithm, bytes: &[u8]) -> String {
        let mut running = Running::new(algorithm);
        running.update(bytes);
        running.finish().value
    }

    #[test]
    fn known_values_are_met() {
        // The check values of the published algorithms, over "123456789".
        assert_eq!(of(Algorithm::Crc32, b"123456789"), STANDARD.encode(0xcbf4_3926_u32.to_be_bytes()));
        assert_eq!(of(Algorithm::Crc32c, b"123456789"), STANDARD.encode(0xe306_9283_u32.to_be_bytes()));
        assert_eq!(
            of(Algorithm::Crc64Nvme, b"123456789"),
            STANDARD.encode(0xae8b_1486_0a79_9888_u64.to_be_bytes())
        );
        assert_eq!(of(Algorithm::Sha1, b""), "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
        assert_eq!(of(Algorithm::Sha256, b""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn the_crc_of_the_whole_follows_from_the_parts() {
        let (left, right) = (b"no disk ".as_slice(), b"at all".as_slice());
        for algorithm in Algorithm::ALL.into_iter().filter(|algorithm| algorithm.combines()) {
            let parts = [(of(algorithm, left), 8), (of(algorithm, right), 6), (of(algorithm, b""), 0)];
            let parts = parts.iter().map(|(value, length)| (value.as_str(), *length));
            assert_eq!(combine(algorithm, parts), Some(of(algorithm, b"no disk at all")));
        }
        assert_eq!(combine(Algorithm::Sha256, []), None);
    }

    #[test]
    fn a_composite_value_names_the_number_of_parts() {
        let part = of(Algorithm::Sha256, b"x");
        let value = compose(Algorithm::Sha256, [part.as_str(), part.as_str()]).unwrap();
        assert!(value.ends_with("-2"));
    }
}
