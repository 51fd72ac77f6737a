//! The body type that the accept loop, the faults and the two servers share.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::Stream;
use http_body::{Frame, SizeHint};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full};

/// Any error of a body or a service.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The one body type of the sandbox.
pub type Body = UnsyncBoxBody<Bytes, BoxError>;

/// A body without a byte.
#[must_use]
pub fn empty() -> Body {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}

/// A body of `bytes`.
#[must_use]
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

/// A body of what `data` yields; `hint` says how long that claims to be, in bytes, and is what `Content-Length` becomes.
pub fn streamed(data: impl Stream<Item = Result<Bytes, BoxError>> + Send + 'static, hint: SizeHint) -> Body {
    Streamed { data: Box::pin(data), hint }.boxed_unsync()
}

struct Streamed {
    data: Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>,
    hint: SizeHint,
}

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.data.as_mut().poll_next(context).map(|next| next.map(|bytes| bytes.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.hint
    }
}
