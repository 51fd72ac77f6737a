//! What proves to both ends that a part arrived as it left: CRC64NVME where the store checks it, else CRC32C, else MD5.
//!
//! Here lives arithmetic and the comparison of what was sent with what a store says of it; the requests live in `multipart`.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use crc_fast::CrcAlgorithm;
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};

use super::trouble::lost;
use crate::error::Result;

/// How a store was made to check what it received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checksum {
    /// `Content-MD5` of each part, compared with the ETag that the store gives back.
    Md5,
    /// CRC32C of each part.
    Crc32c,
    /// CRC64NVME of each part and of the whole.
    #[default]
    Crc64Nvme,
}

impl Checksum {
    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crc64Nvme => "CRC64NVME",
            Self::Crc32c => "CRC32C",
            Self::Md5 => "MD5",
        }
    }

    /// What to ask a store for that refuses this one.
    pub(super) const fn weaker(self) -> Option<Self> {
        match self {
            Self::Crc64Nvme => Some(Self::Crc32c),
            Self::Crc32c => Some(Self::Md5),
            Self::Md5 => None,
        }
    }

    /// The value over `pieces` in order. Takes a while for MD5 (0.7 GB/s): call it off the runtime.
    pub(super) fn of(self, pieces: &[Bytes]) -> PartChecksum {
        match self {
            Self::Crc64Nvme => PartChecksum::Crc64Nvme(crc(CrcAlgorithm::Crc64Nvme, pieces)),
            Self::Crc32c => {
                // The upper half of a 32-bit CRC is empty.
                let [_, _, _, _, crc @ ..] = crc(CrcAlgorithm::Crc32Iscsi, pieces).to_be_bytes();
                PartChecksum::Crc32c(u32::from_be_bytes(crc))
            }
            Self::Md5 => PartChecksum::Md5(md5(pieces)),
        }
    }

    /// [`Self::of`] on a thread that may be busy.
    pub(super) async fn of_aside(self, pieces: &Arc<[Bytes]>) -> Result<PartChecksum> {
        let pieces = Arc::clone(pieces);
        tokio::task::spawn_blocking(move || self.of(&pieces)).await.map_err(lost)
    }
}

fn crc(algorithm: CrcAlgorithm, pieces: &[Bytes]) -> u64 {
    let mut digest = crc_fast::Digest::new(algorithm);
    for piece in pieces {
        digest.update(piece);
    }
    digest.finalize()
}

fn md5(pieces: &[Bytes]) -> [u8; 16] {
    let mut md5 = Md5::new();
    for piece in pieces {
        md5.update(piece);
    }
    md5.finalize().into()
}

/// The checksum of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartChecksum {
    Crc64Nvme(u64),
    Crc32c(u32),
    Md5([u8; 16]),
}

impl PartChecksum {
    /// Of which kind it is.
    pub(super) const fn checksum(self) -> Checksum {
        match self {
            Self::Crc64Nvme(_) => Checksum::Crc64Nvme,
            Self::Crc32c(_) => Checksum::Crc32c,
            Self::Md5(_) => Checksum::Md5,
        }
    }

    /// As S3 writes it: base64, the most significant byte first.
    pub(super) fn text(self) -> String {
        match self {
            Self::Crc64Nvme(crc) => BASE64.encode(crc.to_be_bytes()),
            Self::Crc32c(crc) => BASE64.encode(crc.to_be_bytes()),
            Self::Md5(md5) => BASE64.encode(md5),
        }
    }

    /// What S3 wrote; `None` where it is no value of this kind.
    pub(super) fn read(checksum: Checksum, text: &str) -> Option<Self> {
        let bytes = BASE64.decode(text).ok()?;
        match checksum {
            Checksum::Crc64Nvme => bytes.try_into().ok().map(u64::from_be_bytes).map(Self::Crc64Nvme),
            Checksum::Crc32c => bytes.try_into().ok().map(u32::from_be_bytes).map(Self::Crc32c),
            Checksum::Md5 => bytes.try_into().ok().map(Self::Md5),
        }
    }
}

/// What a store says of bytes that it received.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub(super) crc64nvme: Option<String>,
    pub(super) crc32c: Option<String>,
    pub(super) etag: Option<String>,
    /// Encrypted with a key of the customer's or of KMS: the ETag is no MD5 then.
    pub(super) is_etag_opaque: bool,
}

impl Told {
    /// The value of the kind that was sent, where the store gave a well-formed one back.
    fn value(&self, checksum: Checksum) -> Option<PartChecksum> {
        let text = match checksum {
            Checksum::Crc64Nvme => self.crc64nvme.as_deref(),
            Checksum::Crc32c => self.crc32c.as_deref(),
            Checksum::Md5 => None,
        };
        text.and_then(|text| PartChecksum::read(checksum, text))
    }

    /// The MD5 that an ETag is, where it is one.
    fn md5(&self) -> Option<PartChecksum> {
        let hex = self.etag.as_deref().filter(|_| !self.is_etag_opaque)?.trim_matches('"');
        let bytes = hex::decode(hex).ok()?;
        bytes.try_into().ok().map(PartChecksum::Md5)
    }

    /// By what it is known that the store has exactly `pieces`, whose checksum `sent` went with them: by the same checksum given
    /// back, else by an ETag that is their MD5. `Ok(None)` where the store says nothing that could be compared; the two values
    /// that differ are the error.
    pub(super) async fn confirms(
        &self,
        sent: PartChecksum,
        pieces: &Arc<[Bytes]>,
    ) -> Result<Result<Option<Checksum>, (PartChecksum, PartChecksum)>> {
        if let Some(there) = self.value(sent.checksum()) {
            return Ok(compare(sent, there));
        }
        let Some(there) = self.md5() else { return Ok(Ok(None)) };
        let here = match sent {
            PartChecksum::Md5(_) => sent,
            _ => Checksum::Md5.of_aside(pieces).await?,
        };
        Ok(compare(here, there))
    }
}

fn compare(
    here: PartChecksum,
    there: PartChecksum,
) -> Result<Option<Checksum>, (PartChecksum, PartChecksum)> {
    if here == there { Ok(Some(here.checksum())) } else { Err((here, there)) }
}

/// Whether a refusal (S3's code, its message, the HTTP status) is of the checksum and not of the request: then a weaker one is worth
/// a try. What else these codes may mean is refused with the weakest one too, and told then.
pub(super) fn is_refused(code: &str, message: &str, status: Option<u16>) -> bool {
    match code {
        "BadDigest" | "XAmzContentChecksumMismatch" | "XAmzContentSHA256Mismatch" => false,
        "InvalidRequest"
        | "InvalidArgument"
        | "InvalidChecksum"
        | "NotImplemented"
        | "XNotImplemented"
        | "UnsupportedOperation" => true,
        _ => {
            status == Some(501) || (status == Some(400) && message.to_ascii_lowercase().contains("checksum"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRONGEST_FIRST: [Checksum; 3] = [Checksum::Crc64Nvme, Checksum::Crc32c, Checksum::Md5];

    fn pieces() -> Arc<[Bytes]> {
        Arc::from([Bytes::from_static(b"1234"), Bytes::new(), Bytes::from_static(b"56789")])
    }

    #[test]
    fn each_is_what_everybody_else_computes_and_written_as_s3_writes_it() {
        let of = |checksum: Checksum| checksum.of(&pieces());
        assert_eq!(of(Checksum::Crc64Nvme), PartChecksum::Crc64Nvme(0xae8b_1486_0a79_9888));
        assert_eq!(of(Checksum::Crc32c), PartChecksum::Crc32c(0xe306_9283));
        assert_eq!(of(Checksum::Crc64Nvme).text(), "rosUhgp5mIg=");
        assert_eq!(of(Checksum::Crc32c).text(), "4waSgw==");
        assert_eq!(of(Checksum::Md5).text(), "JfnnlDI7RTiF9RgfG2JNCw==");
        for checksum in STRONGEST_FIRST {
            assert_eq!(PartChecksum::read(checksum, &of(checksum).text()), Some(of(checksum)));
            assert_eq!(PartChecksum::read(checksum, "rosUhgp5mIg=-3"), None);
        }
    }

    #[test]
    fn the_ladder_goes_from_the_strongest_to_the_weakest() {
        let ladder = std::iter::successors(Some(Checksum::default()), |checksum| checksum.weaker());
        assert_eq!(ladder.collect::<Vec<_>>(), STRONGEST_FIRST);
        assert!(Checksum::Md5 < Checksum::Crc32c && Checksum::Crc32c < Checksum::Crc64Nvme);
    }

    async fn confirmed(told: Told) -> Result<Option<Checksum>, (PartChecksum, PartChecksum)> {
        told.confirms(Checksum::Crc64Nvme.of(&pieces()), &pieces()).await.unwrap()
    }

    #[tokio::test]
    async fn a_checksum_given_back_confirms_and_another_one_does_not() {
        let told = |crc: &str| Told { crc64nvme: Some(crc.to_owned()), ..Told::default() };
        assert_eq!(confirmed(told("rosUhgp5mIg=")).await, Ok(Some(Checksum::Crc64Nvme)));
        assert!(confirmed(told("AAAAAAAAAAE=")).await.is_err());
        assert_eq!(confirmed(told("r/zBbw==")).await, Ok(None), "a malformed one says nothing");
    }

    #[tokio::test]
    async fn where_no_checksum_is_given_back_the_etag_is_compared_unless_it_is_no_md5() {
        let told = |etag: &str| Told { etag: Some(etag.to_owned()), ..Told::default() };
        let md5 = "\"25f9e794323b453885f5181f1b624d0b\"";
        assert_eq!(confirmed(told(md5)).await, Ok(Some(Checksum::Md5)));
        assert!(confirmed(told("\"25f9e794323b453885f5181f1b624d0c\"")).await.is_err());
        assert_eq!(confirmed(told("\"abc-1\"")).await, Ok(None));
        let opaque = Told { is_etag_opaque: true, ..told("\"25f9e794323b453885f5181f1b624d0c\"") };
        assert_eq!(confirmed(opaque).await, Ok(None));
    }

    #[test]
    fn only_a_refusal_of_the_checksum_is_worth_a_weaker_one() {
        assert!(is_refused("NotImplemented", "", Some(501)));
        assert!(is_refused("InvalidRequest", "Checksum algorithm provided is unsupported", Some(400)));
        assert!(is_refused("Odd", "unknown Checksum", Some(400)));
        assert!(is_refused("", "", Some(501)));
        assert!(!is_refused("BadDigest", "the checksum differs", Some(400)));
        assert!(!is_refused("AccessDenied", "", Some(403)));
        assert!(!is_refused("InternalError", "", Some(500)));
    }
}
