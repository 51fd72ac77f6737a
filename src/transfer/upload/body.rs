//! The body of one request: the bytes of a part as the list in which they came, shared with everybody else who reads them, never copied.
//!
//! It keeps to the limit of the upload leg, and leaves a trace of its pace, so that an upload that stands still is found out.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;

use aws_sdk_s3::primitives::{ByteStream, SdkBody};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep};

use super::signing::SignPayload;
use crate::transfer::Progress;
use crate::transfer::limit::Throttles;

/// What is handed on at once: enough for one call of the system, little enough to see that it moves.
const FRAME: usize = 1 << 20;
/// The same while a limit holds, so that it is kept in small steps.
const LIMITED_FRAME: usize = 64 << 10;
/// How often somebody who waits for the limit looks whether it has changed.
const LOOK: Duration = Duration::from_millis(250);

/// The pieces of a part, in order.
pub(in crate::transfer) type Pieces = Arc<[Bytes]>;

/// When the far end last took bytes of a request.
#[derive(Debug)]
struct Pulse {
    began: Instant,
    stall: Duration,
    /// Milliseconds after `began`.
    last: AtomicU64,
}

impl Pulse {
    /// A pulse that beats now, and is taken for stopped after `stall` without another beat.
    fn new(stall: Duration) -> Arc<Self> {
        Arc::new(Self { began: Instant::now(), stall, last: AtomicU64::new(0) })
    }

    /// Returns when it has stopped.
    async fn stops(&self) {
        loop {
            let last = Duration::from_millis(self.last.load(Relaxed));
            let silent = self.began.elapsed().saturating_sub(last);
            if silent >= self.stall {
                return;
            }
            tokio::time::sleep((last + self.stall).saturating_sub(self.began.elapsed())).await;
        }
    }

    fn beat(&self) {
        self.beat_at(self.began.elapsed());
    }

    /// All was handed over: what the system still holds has to go out, and the far end has to think, unseen from here.
    fn rest(&self) {
        self.beat_at(self.began.elapsed() + self.stall);
    }

    fn beat_at(&self, time: Duration) {
        self.last.store(u64::try_from(time.as_millis()).unwrap_or(u64::MAX), Relaxed);
    }
}

/// Bytes of one request that were handed to the system and not acknowledged: they count as on their way as long as this lives.
#[derive(Debug)]
pub(super) struct Wire {
    progress: Arc<Progress>,
    line: usize,
    bytes: AtomicU64,
}

impl Wire {
    /// Nothing yet, of line `line`.
    pub(super) fn new(progress: Arc<Progress>, line: usize) -> Arc<Self> {
        Arc::new(Self { progress, line, bytes: AtomicU64::new(0) })
    }

    fn add(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Relaxed);
        self.progress.add_sending(self.line, bytes);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.progress.sent(self.line, self.bytes.load(Relaxed));
    }
}

/// What one request carries: the pieces, and what is needed to send them again and again.
#[derive(Debug, Clone)]
pub(in crate::transfer) struct Load {
    pieces: Pieces,
    throttles: Arc<Throttles>,
    pulse: Arc<Pulse>,
    /// Their SHA-256, hex, where the payload is signed.
    signed: Option<String>,
    wire: Arc<Wire>,
}

impl Load {
    /// A load of `pieces`, which is taken to stand still after `stall`; signed with their digest, where there is one.
    pub(super) fn new(
        pieces: Pieces,
        throttles: Arc<Throttles>,
        stall: Duration,
        signed: Option<String>,
        wire: Arc<Wire>,
    ) -> Self {
        Self { pieces, throttles, pulse: Pulse::new(stall), signed, wire }
    }

    /// Its bytes, in order.
    pub(in crate::transfer) const fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    /// Bytes.
    pub(in crate::transfer) fn length(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.len() as u64).sum()
    }

    /// A body for one request. A body that is a stream is sent unsigned, unless [`Self::signature`] says otherwise.
    pub(in crate::transfer) fn body(&self) -> ByteStream {
        ByteStream::new(SdkBody::from_body_1_x(PartBody::new(self)))
    }

    /// What gives the signer the digest of the payload, where it is to be signed.
    pub(in crate::transfer) fn signature(&self) -> Option<SignPayload> {
        self.signed.clone().map(SignPayload)
    }

    /// Returns when its bytes stand still.
    pub(super) async fn stops(&self) {
        self.pulse.stops().await;
    }
}

/// A body over shared pieces.
struct PartBody {
    pieces: Pieces,
    next: usize,
    /// What is left of the piece before `next`.
    rest: Bytes,
    left: u64,
    throttles: Arc<Throttles>,
    pulse: Arc<Pulse>,
    wire: Arc<Wire>,
    waiting: Option<Waiting>,
}

/// A frame that waits for the limit.
struct Waiting {
    frame: Bytes,
    until: Instant,
    sleep: Pin<Box<Sleep>>,
}

impl PartBody {
    fn new(load: &Load) -> Self {
        let Load { pieces, throttles, pulse, wire, .. } = load.clone();
        let (rest, left) = (Bytes::new(), load.length());
        Self { pieces, next: 0, rest, left, throttles, pulse, wire, waiting: None }
    }

    fn cut(&mut self, most: usize) -> Option<Bytes> {
        while self.rest.is_empty() {
            self.rest = self.pieces.get(self.next)?.clone();
            self.next += 1;
        }
        Some(self.rest.split_to(most.min(self.rest.len())))
    }

    /// Waits in short steps, so that a limit that is lifted is noticed. One's own limit is no stall.
    fn wait(
        &mut self,
        mut waiting: Waiting,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::convert::Infallible>>> {
        loop {
            self.pulse.beat();
            if waiting.sleep.as_mut().poll(context).is_pending() {
                self.waiting = Some(waiting);
                return Poll::Pending;
            }
            let now = Instant::now();
            if now >= waiting.until || self.throttles.up.rate_now().is_none() {
                return self.hand_over(waiting.frame);
            }
            waiting.sleep.as_mut().reset(waiting.until.min(now + LOOK));
        }
    }

    fn hand_over(&mut self, frame: Bytes) -> Poll<Option<Result<Frame<Bytes>, std::convert::Infallible>>> {
        self.left -= frame.len() as u64;
        self.wire.add(frame.len() as u64);
        if self.left == 0 {
            self.pulse.rest();
        } else {
            self.pulse.beat();
        }
        Poll::Ready(Some(Ok(Frame::data(frame))))
    }
}

impl http_body::Body for PartBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Some(waiting) = self.waiting.take() {
            return self.wait(waiting, context);
        }
        let is_limited = self.throttles.up.rate_now().is_some();
        let Some(frame) = self.cut(if is_limited { LIMITED_FRAME } else { FRAME }) else {
            return Poll::Ready(None);
        };
        let wait = if is_limited { self.throttles.up.reserve(frame.len() as u64) } else { Duration::ZERO };
        if wait.is_zero() {
            return self.hand_over(frame);
        }
        let now = Instant::now();
        let sleep = Box::pin(tokio::time::sleep_until(now + wait.min(LOOK)));
        self.wait(Waiting { frame, until: now + wait, sleep }, context)
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
