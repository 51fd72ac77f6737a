//! Bodies that go wrong: cut, stalled, with a wrong byte; and the one that only counts.
//!
//! All pass the rest through as it comes and keep the length that was promised.

use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};
use http_body::Body as _;
use http_body_util::{BodyDataStream, BodyExt};

use super::{Faults, On};
use crate::sandbox::body::{Body, BoxError, streamed};
use crate::sandbox::serve::Hangup;

/// How long the bytes before a hangup get to reach the peer: a reset throws away what is still on its way.
const FLUSH: Duration = Duration::from_millis(30);

/// The first `after` bytes of `body`, then `hangup`.
pub(super) fn cut(body: Body, after: u64, hangup: Hangup) -> Body {
    reshape(body, after, move |_rest| async move {
        tokio::time::sleep(FLUSH).await;
        Err(hangup.into())
    })
}

/// The first `after` bytes of `body`, then nothing for a while, then the rest.
pub(super) fn stall(body: Body, after: u64, pause: Duration) -> Body {
    reshape(body, after, move |rest| async move {
        tokio::time::sleep(pause).await;
        Ok(rest)
    })
}

/// `body` with the byte at `offset` inverted; the middle one where none is given, the last one where it is shorter.
pub(super) fn flip(body: Body, offset: Option<u64>, length: Option<u64>) -> Body {
    let offset =
        offset.unwrap_or(length.unwrap_or(0) / 2).min(length.map_or(u64::MAX, |n| n.saturating_sub(1)));
    reshape(body, offset, |rest| async move {
        let mut bytes = rest.to_vec();
        if let Some(first) = bytes.first_mut() {
            *first ^= 0xff;
        }
        Ok(bytes.into())
    })
}

/// `body`, each byte of which is counted when it is handed on.
pub(super) fn counted(body: Body, faults: Faults, on: On) -> Body {
    let hint = body.size_hint();
    let data = body.into_data_stream().inspect(move |next| {
        if let Ok(bytes) = next {
            faults.count(on, bytes.len());
        }
    });
    streamed(data, hint)
}

/// Passes `after` bytes of `body`, gives the piece that follows to `at_mark`, then passes the rest.
///
/// At the end of a body that is too short, `at_mark` gets an empty piece.
fn reshape<F, Fut>(body: Body, after: u64, at_mark: F) -> Body
where
    F: FnOnce(Bytes) -> Fut + Send + 'static,
    Fut: Future<Output = Result<Bytes, BoxError>> + Send + 'static,
{
    let hint = body.size_hint();
    let start = Phase::Before { data: body.into_data_stream(), left: after, at_mark };
    streamed(stream::try_unfold(start, Phase::next), hint)
}

/// How far a reshaped body is.
enum Phase<F> {
    Before { data: BodyDataStream<Body>, left: u64, at_mark: F },
    AtMark { data: BodyDataStream<Body>, piece: Bytes, at_mark: F },
    After(BodyDataStream<Body>),
    Over,
}

impl<F, Fut> Phase<F>
where
    F: FnOnce(Bytes) -> Fut,
    Fut: Future<Output = Result<Bytes, BoxError>>,
{
    async fn next(self) -> Result<Option<(Bytes, Self)>, BoxError> {
        match self {
            Self::Before { mut data, left, at_mark } => match data.try_next().await? {
                None => Ok(Some((at_mark(Bytes::new()).await?, Self::Over))),
                Some(piece) => Ok(Some(Self::before(data, piece, left, at_mark))),
            },
            Self::AtMark { data, piece, at_mark } => Ok(Some((at_mark(piece).await?, Self::After(data)))),
            Self::After(mut data) => Ok(data.try_next().await?.map(|piece| (piece, Self::After(data)))),
            Self::Over => Ok(None),
        }
    }

    /// A piece that may reach over the mark.
    fn before(data: BodyDataStream<Body>, mut piece: Bytes, left: u64, at_mark: F) -> (Bytes, Self) {
        match usize::try_from(left) {
            Ok(cut) if cut < piece.len() => {
                let rest = piece.split_off(cut);
                (piece, Self::AtMark { data, piece: rest, at_mark })
            }
            _ => {
                let left = left - piece.len() as u64;
                (piece, Self::Before { data, left, at_mark })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sandbox::body::full;

    /// A body of these bytes that comes in pieces of `size`.
    fn pieces(bytes: &[u8], size: usize) -> Body {
        let chunks: Vec<_> = bytes.chunks(size.max(1)).map(|c| Ok(Bytes::copy_from_slice(c))).collect();
        streamed(stream::iter(chunks), http_body::SizeHint::with_exact(bytes.len() as u64))
    }

    /// What arrives of a body, and whether it ended as it should.
    async fn arrived(body: Body) -> (Vec<u8>, bool) {
        let mut data = body.into_data_stream();
        let mut got = Vec::new();
        while let Some(next) = data.next().await {
            match next {
                Ok(bytes) => got.extend_from_slice(&bytes),
                Err(_) => return (got, false),
            }
        }
        (got, true)
    }

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap()
            .block_on(future)
    }

    proptest! {
        #[test]
        fn a_cut_body_is_exactly_its_start(bytes in proptest::collection::vec(any::<u8>(), 0..200), size in 1usize..50, after in 0usize..250) {
            let (got, whole) = block_on(arrived(cut(pieces(&bytes, size), after as u64, Hangup::Close)));
            prop_assert_eq!(&got[..], &bytes[..after.min(bytes.len())]);
            prop_assert!(!whole);
        }

        #[test]
        fn exactly_one_byte_is_flipped(bytes in proptest::collection::vec(any::<u8>(), 1..200), size in 1usize..50, offset in 0usize..250) {
            let length = bytes.len();
            let flipped = flip(pieces(&bytes, size), Some(offset as u64), Some(length as u64));
            let (got, whole) = block_on(arrived(flipped));
            let wrong: Vec<usize> = (0..length).filter(|&i| got[i] != bytes[i]).collect();
            prop_assert_eq!(wrong, [offset.min(length - 1)]);
            prop_assert!(whole && got.len() == length);
        }

        #[test]
        fn a_stalled_body_is_whole_in_the_end(bytes in proptest::collection::vec(any::<u8>(), 0..200), size in 1usize..50, after in 0u64..250) {
            let stalled = stall(pieces(&bytes, size), after, Duration::from_secs(90));
            prop_assert_eq!(block_on(arrived(stalled)), (bytes, true));
        }
    }

    #[test]
    fn a_stall_takes_its_time() {
        block_on(async {
            let start = tokio::time::Instant::now();
            arrived(stall(full("abc"), 1, Duration::from_secs(90))).await;
            assert!(start.elapsed() >= Duration::from_secs(90));
        });
    }

    #[test]
    fn what_passes_is_counted() {
        let faults = Faults::none();
        block_on(arrived(counted(pieces(&[0; 100], 7), faults.clone(), On::Mirror)));
        assert_eq!((faults.mirror_bytes_sent(), faults.s3_bytes_received()), (100, 0));
    }
}
