//! Between the two legs: how many bytes of an archive can be read from the disk, and its digests once they are the published ones.

use tokio::sync::watch;

/// How far the source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Level {
    available: u64,
    crc64nvme: Option<u64>,
}

/// The source's end.
#[derive(Debug)]
pub(super) struct Tap(watch::Sender<Level>);

/// The upload's end.
#[derive(Debug, Clone)]
pub(super) struct Drain(watch::Receiver<Level>);

/// The source ended before it was done; its own error says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed;

/// Both ends, with nothing available.
pub(super) fn tap() -> (Tap, Drain) {
    let (sender, receiver) = watch::channel(Level::default());
    (Tap(sender), Drain(receiver))
}

impl Tap {
    /// The first `bytes` bytes can be read from the disk.
    pub(super) fn rise(&self, bytes: u64) {
        self.0.send_modify(|level| level.available = level.available.max(bytes));
    }

    /// The whole archive was read and its SHA-256 is the published one.
    pub(super) fn verified(&self, crc64nvme: u64) {
        self.0.send_modify(|level| level.crc64nvme = Some(crc64nvme));
    }
}

impl Drain {
    /// Waits until the first `bytes` bytes can be read.
    pub(super) async fn until(&mut self, bytes: u64) -> Result<(), Closed> {
        self.0.wait_for(|level| level.available >= bytes).await.map(drop).map_err(|_closed| Closed)
    }

    /// Waits until the digest was found to be the published one; gives the CRC64NVME of the whole.
    pub(super) async fn verified(&mut self) -> Result<u64, Closed> {
        let level = self.0.wait_for(|level| level.crc64nvme.is_some()).await.map_err(|_closed| Closed)?;
        level.crc64nvme.ok_or(Closed)
    }
}
