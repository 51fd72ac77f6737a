//! How an object is compressed, by its first bytes; and undoing that in bounded memory.

use std::io::{self, BufRead, BufReader, Read};

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use liblzma::read::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};
use serde::Serialize;

/// What xz may take to unpack; its largest preset takes 65 MiB.
const XZ_MEMORY: u64 = 128 << 20;
/// The window of zstd, as a power of two: 128 MiB, as its own tool allows.
const ZSTD_WINDOW: u32 = 27;
/// Bytes that are enough to tell them apart.
const MAGIC: usize = 8;

/// How an object is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Packing {
    /// Not at all.
    None,
    /// xz.
    Xz,
    /// Zstandard.
    Zstd,
    /// gzip.
    Gzip,
    /// bzip2.
    Bzip2,
}

/// First bytes of what can be told and not looked into.
const FOREIGN: [(&[u8], &str); 4] = [
    (b"PK\x03\x04", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x04\x22\x4d\x18", "lz4"),
];

impl Packing {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Xz => "xz",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
            Self::Bzip2 => "bzip2",
        }
    }

    /// By the first bytes of an object.
    fn of(first: &[u8]) -> Self {
        match first {
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            // A frame, or one of the sixteen kinds of frames that are skipped.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            [0x1f, 0x8b, ..] => Self::Gzip,
            [b'B', b'Z', b'h', b'1'..=b'9', ..] => Self::Bzip2,
            _ => Self::None,
        }
    }

    /// What the ending of a name promises, and whether it promises a tar: `x.tar.xz`, `x.tgz`. `None` where it promises nothing.
    pub(super) fn promised(name: &str) -> Option<(Self, bool)> {
        let name = name.to_ascii_lowercase();
        let (rest, ending) = name.rsplit_once('.')?;
        let is_tar = rest.rsplit_once('.').is_some_and(|(_, inner)| inner == "tar");
        Some(match ending {
            "xz" => (Self::Xz, is_tar),
            "zst" | "zstd" => (Self::Zstd, is_tar),
            "gz" => (Self::Gzip, is_tar),
            "bz2" => (Self::Bzip2, is_tar),
            "txz" => (Self::Xz, true),
            "tzst" => (Self::Zstd, true),
            "tgz" => (Self::Gzip, true),
            "tbz" | "tbz2" => (Self::Bzip2, true),
            "tar" => (Self::None, true),
            _ => return None,
        })
    }
}

/// The bytes of an object, unpacked.
pub(super) type Unpacked<'a> = Box<dyn Read + 'a>;

/// What a stream of bytes is, and its bytes unpacked. The name of a packing that is known and cannot be undone is the error.
pub(super) fn open<'a>(source: impl Read + 'a) -> io::Result<Result<(Packing, Unpacked<'a>), &'static str>> {
    let (first, source) = peek(source, MAGIC)?;
    if let Some((_, name)) = FOREIGN.iter().find(|(magic, _)| first.starts_with(magic)) {
        return Ok(Err(name));
    }
    let packing = Packing::of(&first);
    let unpacked: Unpacked<'a> = match packing {
        Packing::None => Box::new(source),
        Packing::Xz => {
            Box::new(XzDecoder::new_stream(source, Stream::new_stream_decoder(XZ_MEMORY, CONCATENATED)?))
        }
        Packing::Zstd => Box::new(zstd(source)?),
        Packing::Gzip => Box::new(MultiGzDecoder::new(source)),
        Packing::Bzip2 => Box::new(MultiBzDecoder::new(source)),
    };
    Ok(Ok((packing, unpacked)))
}

fn zstd<'a>(source: impl Read + 'a) -> io::Result<zstd::stream::read::Decoder<'a, impl BufRead + 'a>> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(BufReader::with_capacity(128 << 10, source))?;
    decoder.window_log_max(ZSTD_WINDOW)?;
    Ok(decoder)
}

/// The first bytes, at most `most` of them, and a reader that gives them again.
pub(super) fn peek<'a>(mut source: impl Read + 'a, most: usize) -> io::Result<(Vec<u8>, impl Read + 'a)> {
    let mut first = Vec::with_capacity(most);
    source.by_ref().take(most as u64).read_to_end(&mut first)?;
    Ok((first.clone(), io::Cursor::new(first).chain(source)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_promises_a_packing() {
        assert_eq!(Packing::promised("raw/a.tar.xz"), Some((Packing::Xz, true)));
        assert_eq!(Packing::promised("a.json.ZST"), Some((Packing::Zstd, false)));
        assert_eq!(Packing::promised("a.tgz"), Some((Packing::Gzip, true)));
        assert_eq!(Packing::promised("a.tar"), Some((Packing::None, true)));
        assert_eq!((Packing::promised("a.txt"), Packing::promised("tar")), (None, None));
    }

    #[test]
    fn first_bytes_are_given_again() {
        let (first, mut rest) = peek(&b"abcdef"[..], 4).unwrap();
        let mut all = Vec::new();
        rest.read_to_end(&mut all).unwrap();
        assert_eq!((&*first, &*all), (&b"abcd"[..], &b"abcdef"[..]));
    }
}
