//! Bodies on their way in: streamed to a body file, hashed as they pass, never whole in memory.

use std::io;

use bytes::Bytes;
use futures::StreamExt as _;
use md5::{Digest as _, Md5};
use s3s::dto::StreamingBlob;
use s3s::{S3Error, S3Result, s3_error};

use super::checksum::{Algorithm, Checksum, Running};
use super::refusal;
use super::store::{Blob, Piece, Store, off_the_workers};

/// Bytes that are gathered before a thread that may block hashes and writes them.
const BATCH: usize = 256 << 10;

/// The largest body of one request: 5 GiB.
const LARGEST: u64 = 5 << 30;

/// A body that is complete on the disk.
pub(crate) struct Received {
    /// An empty body has none.
    pub(crate) blob: Option<Blob>,
    pub(crate) size: u64,
    pub(crate) md5: [u8; 16],
    /// CRC64NVME, and the algorithm that was asked for.
    pub(crate) checksums: Vec<Checksum>,
}

impl Received {
    /// The body as the only piece of a content.
    pub(crate) fn piece(&self) -> Option<Piece> {
        self.blob.as_ref().map(|blob| Piece { blob: blob.id().to_owned(), size: self.size })
    }

    /// The value of `algorithm`.
    pub(crate) fn checksum(&self, algorithm: Algorithm) -> Option<&Checksum> {
        self.checksums.iter().find(|checksum| checksum.algorithm == algorithm)
    }
}

/// Hashes that run over a body, or over what is read again.
pub(crate) struct Hashes {
    md5: Md5,
    checksums: Vec<Running>,
}

impl Hashes {
    /// MD5, CRC64NVME and `algorithm`.
    pub(crate) fn new(algorithm: Option<Algorithm>) -> Self {
        let other = algorithm.filter(|algorithm| *algorithm != Algorithm::Crc64Nvme);
        let algorithms = [Some(Algorithm::Crc64Nvme), other].into_iter().flatten();
        Self { md5: Md5::new(), checksums: algorithms.map(Running::new).collect() }
    }

    /// Adds the next bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.md5.update(bytes);
        self.checksums.iter_mut().for_each(|checksum| checksum.update(bytes));
    }

    /// The MD5 and the checksums of all bytes so far.
    pub(crate) fn finish(self) -> ([u8; 16], Vec<Checksum>) {
        (self.md5.finalize().into(), self.checksums.into_iter().map(Running::finish).collect())
    }
}

/// Where the bytes go. It moves between the reading task and the threads that may block.
struct Sink {
    store: Store,
    blob: Option<Blob>,
    hashes: Hashes,
    size: u64,
}

impl Sink {
    fn take(&mut self, batch: &[Bytes]) -> io::Result<()> {
        for bytes in batch.iter().filter(|bytes| !bytes.is_empty()) {
            if self.blob.is_none() {
                self.blob = Some(self.store.new_blob()?);
            }
            self.hashes.update(bytes);
            self.size += bytes.len() as u64;
            self.blob.iter_mut().try_for_each(|blob| blob.write(bytes))?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<Received> {
        self.blob.iter_mut().try_for_each(Blob::complete)?;
        let (md5, checksums) = self.hashes.finish();
        Ok(Received { blob: self.blob, size: self.size, md5, checksums })
    }
}

/// Takes a body in; computes `algorithm` besides MD5 and CRC64NVME.
pub(crate) async fn receive(
    store: &Store,
    body: Option<StreamingBlob>,
    algorithm: Option<Algorithm>,
) -> S3Result<Received> {
    let mut sink = Sink { store: store.clone(), blob: None, hashes: Hashes::new(algorithm), size: 0 };
    let Some(mut body) = body else { return off_the_workers(move || Ok(sink.finish()?)).await };
    loop {
        let (batch, ended) = gather(&mut body).await?;
        sink = off_the_workers(move || {
            sink.take(&batch)?;
            Ok(sink)
        })
        .await?;
        if sink.size > LARGEST {
            return Err(too_large());
        }
        if ended {
            return off_the_workers(move || Ok(sink.finish()?)).await;
        }
    }
}

/// Refuses a body that says it is larger than any may be, before its bytes come.
pub(crate) fn refuse_too_large(length: Option<i64>) -> S3Result<()> {
    match length.map(u64::try_from) {
        Some(Ok(length)) if length > LARGEST => Err(too_large()),
        _ => Ok(()),
    }
}

/// The next bytes, and whether they are the last.
async fn gather(body: &mut StreamingBlob) -> S3Result<(Vec<Bytes>, bool)> {
    let (mut batch, mut size) = (Vec::new(), 0);
    while size < BATCH {
        match body.next().await {
            Some(bytes) => batch.push(bytes.map_err(|error| broken(&error))?),
            None => return Ok((batch, true)),
        }
        size += batch.last().map_or(0, Bytes::len);
    }
    Ok((batch, false))
}

/// What a body that breaks off, or is not what its signature says, is answered with. The stream's error types are not
/// public, so their names are all there is to go by.
fn broken(error: &s3s::StdError) -> S3Error {
    let text = error.to_string();
    if text.contains("Sha256Mismatch") {
        let why = "The provided 'x-amz-content-sha256' header does not match what was computed.";
        return refusal("XAmzContentSHA256Mismatch", http::StatusCode::BAD_REQUEST, why);
    }
    if text.contains("SignatureMismatch") {
        return s3_error!(SignatureDoesNotMatch, "The signature of a chunk does not match its bytes.");
    }
    s3_error!(
        IncompleteBody,
        "You did not provide the number of bytes specified by the Content-Length HTTP header."
    )
}

fn too_large() -> S3Error {
    s3_error!(EntityTooLarge, "Your proposed upload exceeds the maximum allowed size")
}
