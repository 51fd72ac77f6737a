//! The bytes of the object as a blocking reader, and the limit of what may be unpacked.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use bytes::{Buf, Bytes};
use tokio::sync::mpsc;

use super::source::Told;
use crate::error::Error;

/// Why the bytes ended, where it was not the object's end.
#[derive(Debug, Default)]
pub(super) enum Stop {
    /// They have not, or the object did.
    #[default]
    No,
    /// More may not be read or unpacked.
    Limit,
    /// It was stopped from outside.
    Stopped,
    /// More cannot be read.
    Failed(Error),
}

/// Where the reader leaves why it ended, for whoever gets only an error of the decoder's.
#[derive(Clone, Default)]
pub(super) struct Why(Rc<Cell<Stop>>);

impl Why {
    /// Takes the reason.
    pub(super) fn take(&self) -> Stop {
        self.0.take()
    }

    fn stop(&self, stop: Stop) -> io::Error {
        self.0.set(stop);
        io::Error::other("stopped")
    }
}

/// The object, as it comes.
pub(super) struct Incoming {
    queue: mpsc::Receiver<Told>,
    piece: Bytes,
    is_whole: bool,
    why: Why,
}

impl Incoming {
    pub(super) fn new(queue: mpsc::Receiver<Told>, why: Why) -> Self {
        Self { queue, piece: Bytes::new(), is_whole: false, why }
    }

    /// Bytes of the object, which are told before its first one.
    pub(super) fn size(&mut self) -> io::Result<u64> {
        match self.queue.blocking_recv() {
            Some(Told::Size(size)) => Ok(size),
            Some(Told::Failed(error)) => Err(self.why.stop(Stop::Failed(error))),
            _ => Err(self.why.stop(Stop::Stopped)),
        }
    }
}

impl Read for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() && !self.is_whole {
            match self.queue.blocking_recv() {
                Some(Told::Piece(piece)) => self.piece = piece,
                Some(Told::Whole) => self.is_whole = true,
                Some(Told::Limit) => return Err(self.why.stop(Stop::Limit)),
                Some(Told::Failed(error)) => return Err(self.why.stop(Stop::Failed(error))),
                Some(Told::Size(_)) => {}
                None => return Err(self.why.stop(Stop::Stopped)),
            }
        }
        let length = buffer.len().min(self.piece.len());
        self.piece.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

/// A reader that ends with an error where too much was unpacked: in all, or for what only describes a member.
pub(super) struct Metered<R> {
    inner: R,
    meter: Meter,
}

/// What may still be unpacked. Clones share it.
#[derive(Clone)]
pub(super) struct Meter {
    left: Rc<Cell<u64>>,
    header: Rc<Cell<Option<u64>>>,
    why: Why,
}

impl Meter {
    pub(super) fn new(most: u64, why: Why) -> Self {
        Self { left: Rc::new(Cell::new(most)), header: Rc::default(), why }
    }

    /// Whether `bytes` more may be unpacked.
    pub(super) fn has_room(&self, bytes: u64) -> bool {
        bytes <= self.left.get()
    }

    /// Until [`Self::end_header`], no more than `most` bytes come: names are read into memory whole.
    pub(super) fn begin_header(&self, most: u64) {
        self.header.set(Some(most));
    }

    pub(super) fn end_header(&self) {
        self.header.set(None);
    }
}

impl<R> Metered<R> {
    pub(super) const fn new(inner: R, meter: Meter) -> Self {
        Self { inner, meter }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let meter = &self.meter;
        if meter.header.get() == Some(0) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a header is too long"));
        }
        let most = meter.header.get().unwrap_or(u64::MAX).min(meter.left.get());
        if most == 0 && !buffer.is_empty() {
            return Err(meter.why.stop(Stop::Limit));
        }
        let most = usize::try_from(most).unwrap_or(usize::MAX).min(buffer.len());
        let length = self.inner.read(&mut buffer[..most])?;
        let taken = length as u64;
        meter.left.set(meter.left.get().saturating_sub(taken));
        meter.header.set(meter.header.get().map(|left| left.saturating_sub(taken)));
        Ok(length)
    }
}
