//! What the S3 server knows and keeps: one redb file for what is known of buckets, objects, uploads and parts, and body files
//! named by id beside it.
//!
//! Here lives the opening of both and the way in: [`Store::read`] and [`Store::write`] run off the async workers, each in one
//! transaction. A body file is complete before the transaction that names it; a file that no transaction names is swept at
//! start. No name that a client chose ever becomes a path.

mod blobs;
mod failure;
mod fill;
pub(crate) mod listing;
pub(crate) mod objects;
mod pins;
mod records;
mod tables;
pub(crate) mod uploads;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use redb::{Database, ReadableDatabase as _};
use s3s::S3Result;

pub(crate) use self::blobs::Blob;
pub(crate) use self::failure::{Failure, Outcome};
pub(crate) use self::pins::Pinned;
pub(crate) use self::records::{
    Attributes, Bucket, Content, Object, Part, Piece, Restored, Upload, Version, Versioning,
};
pub(crate) use self::tables::{Changes, Look, Snapshot};

/// Bytes that redb may keep in memory.
const CACHE: usize = 16 << 20;

/// Buckets, objects and uploads under one directory. Cloning gives another handle to the same store.
#[derive(Clone)]
pub(crate) struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    database: Database,
    blobs: PathBuf,
    incoming: PathBuf,
    pins: pins::Pins,
    restoring: Duration,
}

impl Store {
    /// Opens the store under `dir`, or makes it; `restoring` is how long a restore takes. Blocks; at most one process can have it open.
    pub(crate) fn open(dir: &Path, restoring: Duration) -> Outcome<Self> {
        let (blobs, incoming) = (dir.join("blobs"), dir.join("incoming"));
        std::fs::create_dir_all(&blobs)?;
        std::fs::create_dir_all(&incoming)?;
        let database = Database::builder().set_cache_size(CACHE).create(dir.join("store.redb"))?;
        let pins = pins::Pins::default();
        let store = Self { shared: Arc::new(Shared { database, blobs, incoming, pins, restoring }) };
        store.write_now(tables::make)?;
        let kept = tables::blobs(&Snapshot::new(store.shared.database.begin_read()?))?;
        blobs::sweep(&store.shared.blobs, &store.shared.incoming, &kept)?;
        Ok(store)
    }

    /// Runs `work` on one consistent state.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Snapshot) -> Outcome<T> + Send + 'static,
    ) -> S3Result<T> {
        let store = self.clone();
        off_the_workers(move || work(&Snapshot::new(store.shared.database.begin_read()?))).await
    }

    /// Finds a version with `work`, and its bytes, which stay readable as long as the pin lives.
    pub(crate) async fn open_object<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Snapshot) -> Outcome<(T, Object)> + Send + 'static,
    ) -> S3Result<Opened<T>> {
        let store = self.clone();
        off_the_workers(move || {
            let shared = &store.shared;
            let mut table = shared.pins.hold();
            let look = Snapshot::new(shared.database.begin_read()?);
            let (found, object) = work(&look)?;
            let pieces = match object.content {
                Some(number) => look.content(number)?.pieces,
                None => Vec::new(),
            };
            let pin = shared.pins.pin(&mut table, shared.blobs.clone(), &pieces);
            Ok(Opened { found, object, pieces, pin })
        })
        .await
    }

    /// Runs `work` as one change: all of it is on the disk when this returns, or nothing of it ever is.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Changes) -> Outcome<T> + Send + 'static,
    ) -> S3Result<T> {
        let store = self.clone();
        off_the_workers(move || store.write_now(work)).await
    }

    fn write_now<T>(&self, work: impl FnOnce(&mut Changes) -> Outcome<T>) -> Outcome<T> {
        let mut changes = Changes::new(self.shared.database.begin_write()?);
        let done = work(&mut changes)?;
        let unneeded = changes.commit()?;
        self.shared.pins.remove(&self.shared.blobs, unneeded);
        Ok(done)
    }

    /// Waits until this is the only handle.
    pub(crate) async fn closed(self) {
        while Arc::strong_count(&self.shared) > 1 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// A new body file; it vanishes unless a change [keeps](Changes::keep) it. Blocks.
    pub(crate) fn new_blob(&self) -> std::io::Result<Blob> {
        Blob::new(&self.shared.incoming, &self.shared.blobs)
    }

    /// How long a restore takes.
    pub(crate) fn restoring(&self) -> Duration {
        self.shared.restoring
    }

    /// Where the body file `id` lies.
    pub(crate) fn blob_path(&self, id: &str) -> PathBuf {
        self.shared.blobs.join(id)
    }
}

/// An object whose bytes can be read, whatever becomes of its key.
pub(crate) struct Opened<T> {
    pub(crate) found: T,
    pub(crate) object: Object,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) pin: Pinned,
}

/// Runs `work`, which blocks, where it may.
pub(crate) async fn off_the_workers<T: Send + 'static>(
    work: impl FnOnce() -> Outcome<T> + Send + 'static,
) -> S3Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(panic) => Err(s3s::S3Error::internal_error(panic)),
    }
}

/// Now, in milliseconds since 1970.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A name that nobody guesses and nothing else has.
pub(crate) fn fresh_id() -> String {
    hex::encode(rand::random::<[u8; 16]>())
}
