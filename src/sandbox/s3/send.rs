//! Bytes on their way out: a range over the body files of a content, read as the client takes them.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use bytes::{Bytes, BytesMut};
use futures::{Stream, TryStreamExt as _};
use http_body_util::StreamBody;
use s3s::dto::StreamingBlob;
use s3s::{Body, S3Result, StdError};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

use super::receive::Hashes;
use super::store::{Piece, Pinned, Store};

/// Bytes read at once.
const CHUNK: usize = 128 << 10;

/// Bytes of one body file.
#[derive(Debug, PartialEq, Eq)]
struct Slice {
    path: PathBuf,
    from: u64,
    length: u64,
}

/// What of `pieces` is inside `range`.
fn slices(store: &Store, pieces: &[Piece], range: &Range<u64>) -> VecDeque<Slice> {
    let mut begin = 0;
    let mut slices = VecDeque::new();
    for piece in pieces {
        let end = begin + piece.size;
        let (from, to) = (range.start.max(begin), range.end.min(end));
        if from < to {
            let path = store.blob_path(&piece.blob);
            slices.push_back(Slice { path, from: from - begin, length: to - from });
        }
        begin = end;
    }
    slices
}

/// The stream's place: what is open, and what is left.
struct Reader {
    slices: VecDeque<Slice>,
    open: Option<(File, u64)>,
}

impl Reader {
    /// The next bytes; `None` at the end.
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            if let Some((file, left)) = &mut self.open
                && *left > 0
            {
                let bytes = read(file, *left).await?;
                *left -= bytes.len() as u64;
                return Ok(Some(bytes));
            }
            let Some(slice) = self.slices.pop_front() else { return Ok(None) };
            let mut file = File::open(&slice.path).await?;
            file.seek(io::SeekFrom::Start(slice.from)).await?;
            self.open = Some((file, slice.length));
        }
    }
}

async fn read(file: &mut File, left: u64) -> io::Result<Bytes> {
    let want = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
    let mut buffer = BytesMut::with_capacity(want);
    let got = file.take(want as u64).read_buf(&mut buffer).await?;
    if got == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(buffer.freeze())
}

/// The bytes of `range` (end exclusive) of a content.
pub(crate) fn stream(
    store: &Store,
    pieces: &[Piece],
    range: &Range<u64>,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let reader = Reader { slices: slices(store, pieces, range), open: None };
    futures::stream::try_unfold(reader, async |mut reader| {
        Ok(reader.next().await?.map(|bytes| (bytes, reader)))
    })
}

/// The same, as the body of an answer or the source of a copy; `pin` keeps the bytes until its end.
pub(crate) fn body(store: &Store, pieces: &[Piece], range: &Range<u64>, pin: Pinned) -> StreamingBlob {
    let frames = stream(store, pieces, range).map_err(StdError::from).map_ok(move |bytes| {
        let _kept = &pin;
        http_body::Frame::data(bytes)
    });
    StreamingBlob::from(Body::http_body_unsync(StreamBody::new(frames)))
}

/// Reads a content again from begin to end, for hashes that are not known of it.
pub(crate) async fn rehash(store: &Store, pieces: &[Piece], mut hashes: Hashes) -> S3Result<Hashes> {
    let size = pieces.iter().map(|piece| piece.size).sum();
    let mut stream = std::pin::pin!(stream(store, pieces, &(0..size)));
    while let Some(bytes) = stream.try_next().await.map_err(s3s::S3Error::internal_error)? {
        hashes = super::store::off_the_workers(move || {
            hashes.update(&bytes);
            Ok(hashes)
        })
        .await?;
    }
    Ok(hashes)
}
