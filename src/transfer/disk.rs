//! Reading and writing files by offset, and telling the system which of their pages nobody will ask for again. All of it blocks.

use std::fs::File;
use std::io;
use std::ops::Range;

/// Reads as many bytes as `buffer` holds, at `offset`.
#[cfg(unix)]
pub(super) fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset)
}

/// Reads as many bytes as `buffer` holds, at `offset`.
#[cfg(windows)]
pub(super) fn read_at(file: &File, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        let length = std::os::windows::fs::FileExt::seek_read(file, buffer, offset)?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer = &mut buffer[length..];
        offset += length as u64;
    }
    Ok(())
}

/// Writes all of `bytes` at `offset`.
#[cfg(unix)]
pub(super) fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

/// Writes all of `bytes` at `offset`.
#[cfg(windows)]
pub(super) fn write_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let length = std::os::windows::fs::FileExt::seek_write(file, bytes, offset)?;
        if length == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = &bytes[length..];
        offset += length as u64;
    }
    Ok(())
}

/// Lets the system forget its copy of `range`, which is durable, instead of that of files which others still read.
pub(super) fn forget_cached(file: &File, range: &Range<u64>) {
    #[cfg(target_os = "linux")]
    if let Some(length) = std::num::NonZeroU64::new(range.end.saturating_sub(range.start)) {
        // Only advice: where it is not taken, nothing is lost.
        let _advice = rustix::fs::fadvise(file, range.start, Some(length), rustix::fs::Advice::DontNeed);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (file, range);
}
