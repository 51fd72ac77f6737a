//! Reading files that lie on the disk: a whole one in order for its digests, and pieces of it for parts.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio_util::sync::CancellationToken;

use super::control::Order;
use super::digest::Digests;
use super::job::Job;
use super::sink::lost;
use super::trouble;
use crate::error::{Error, Kind, Result};
use crate::say;

/// One large read.
const READ: usize = 1 << 20;
/// How often a paused reader looks whether it may go on.
const PAUSE: Duration = Duration::from_millis(50);

/// Computes the digests of the finished file. Ends early when `halt` is cancelled.
pub(super) async fn digest(job: &Job, path: PathBuf, halt: &CancellationToken) -> Result<Digests> {
    let (job, halt) = (job.clone(), halt.clone());
    tokio::task::spawn_blocking(move || read_all(&job, &path, &halt)).await.map_err(lost)?
}

fn read_all(job: &Job, path: &std::path::Path, halt: &CancellationToken) -> Result<Digests> {
    let io = |error| trouble::disk(path, error);
    let mut file = File::open(path).map_err(io)?;
    let mut digests = Digests::default();
    let mut buffer = vec![0; READ];
    loop {
        while job.orders.now() == Order::Pause && !halt.is_cancelled() {
            std::thread::sleep(PAUSE);
        }
        if halt.is_cancelled() {
            return Err(Error::new(Kind::Interrupted, say!("transfer-interrupted")));
        }
        let length = io::Read::read(&mut file, &mut buffer).map_err(io)?;
        if length == 0 {
            return Ok(digests);
        }
        digests.update(&buffer[..length]);
        job.progress.set_hashed(job.line, digests.bytes());
    }
}

/// Reads `length` bytes at `offset`. The file may be renamed meanwhile: it is held open.
pub(super) async fn piece(file: Arc<File>, path: PathBuf, offset: u64, length: u64) -> Result<Bytes> {
    let read = move || {
        let mut buffer = vec![0; usize::try_from(length).unwrap_or(usize::MAX)];
        read_at(&file, &mut buffer, offset).map_err(|error| trouble::disk(&path, error))?;
        Ok(Bytes::from(buffer))
    };
    tokio::task::spawn_blocking(read).await.map_err(lost)?
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
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
