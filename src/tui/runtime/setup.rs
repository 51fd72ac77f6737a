//! Buckets: listing, making, opening, and their protection.

use super::{Delivery, Keep, Runtime, send};
use crate::bucket::protection::{self, Change, Wanted};
use crate::bucket::{Bucket, Connection, Created};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::tui::Message;
use crate::tui::screens::{bucket, protect};

impl Runtime {
    pub(super) fn list_buckets(&mut self) {
        let connection = self.connected();
        self.answer(async move {
            let listed = async { connection?.buckets().await };
            Delivery::of(Message::Bucket(bucket::Message::Listed(listed.await)))
        });
    }

    pub(super) fn create_bucket(&mut self, name: String, region: String) {
        let connection = self.connected();
        self.answer(async move {
            let made = async {
                Ok(match connection.as_ref().map_err(same)?.create(&name, &region).await? {
                    Created::New(bucket) => (bucket, true),
                    Created::AlreadyYours(bucket) => (bucket, false),
                })
            };
            match made.await {
                Ok((bucket, made)) => opened(bucket, made),
                Err(error) => refused(error, connection.ok().as_ref(), &name).await,
            }
        });
    }

    pub(super) fn open_bucket(&mut self, name: String) {
        let connection = self.connected();
        self.answer(async move {
            let found = async { connection?.bucket(&name).await };
            match found.await {
                Ok(bucket) => opened(bucket, false),
                Err(error) => refused(error, None, &name).await,
            }
        });
    }

    pub(super) fn read_protection(&mut self) {
        let bucket = self.in_bucket();
        self.answer(async move {
            let read = async { protection::read(&bucket?).await };
            Delivery::of(Message::Protect(protect::Message::Read(read.await)))
        });
    }

    /// Sends each outcome as it comes. The channel is roomy and a bucket has a handful of settings, so none is lost.
    pub(super) fn apply_setup(&mut self, wanted: &Wanted, changes: Vec<Change>) {
        tracing::info!(?wanted, ?changes, "applying");
        let (bucket, sender) = (self.in_bucket(), self.sender.clone());
        self.spawn(async move {
            let of = |message| Delivery::of(Message::Protect(message));
            let applied = async {
                let bucket = bucket?;
                let made = bucket.ensure_layout().await?;
                send(&sender, of(protect::Message::Layout(made))).await;
                let tell = |change: &Change, outcome: &protection::Outcome| {
                    let told =
                        sender.try_send(of(protect::Message::Outcome(change.clone(), outcome.clone())));
                    if told.is_err() {
                        tracing::warn!(?change, ?outcome, "nobody was told");
                    }
                };
                protection::apply(&bucket, &changes, tell).await.map(drop)
            };
            let applied: Result<()> = applied.await;
            send(&sender, of(protect::Message::Applied(applied))).await;
        });
    }

    /// The connection; screens ask for it only after it was made.
    fn connected(&self) -> Result<Connection> {
        self.connection.clone().ok_or_else(|| Error::new(Kind::Fatal, say!("tui-not-connected")))
    }

    pub(super) fn in_bucket(&self) -> Result<Bucket> {
        self.bucket.clone().ok_or_else(|| Error::new(Kind::Fatal, say!("tui-no-bucket")))
    }
}

/// The same error once more, for whoever only borrows it.
fn same(error: &Error) -> Error {
    Error::new(error.kind(), error.what())
}

fn opened(bucket: Bucket, made: bool) -> Delivery {
    let opened = bucket::Opened { name: bucket.name().to_owned(), region: bucket.region().to_owned(), made };
    Delivery {
        message: Message::Bucket(bucket::Message::Opened(Ok(opened))),
        keep: Keep::Bucket(Box::new(bucket)),
    }
}

/// A name that is somebody else's comes back with free ones.
async fn refused(error: Error, connection: Option<&Connection>, name: &str) -> Delivery {
    let free = match connection {
        Some(connection) if error.kind() == Kind::Usage => {
            connection.free_name(name).await.into_iter().collect()
        }
        _ => Vec::new(),
    };
    Delivery::of(Message::Bucket(bucket::Message::Opened(Err(bucket::Refused { error, free }))))
}
