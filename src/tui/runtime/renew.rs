//! Credentials that ran out while bytes move: others are tried, and the running transfer goes on with them.

use super::{Delivery, Keep, Runtime};
use crate::bucket::{Bucket, Connection, Target, credentials};
use crate::error::Result;
use crate::tui::Message;
use crate::tui::effect::Renewal;
use crate::tui::screens::transfer;

impl Runtime {
    pub(super) fn find_profiles(&mut self) {
        self.answer(async move {
            // Files that cannot be read hold no profile that could be chosen.
            let profiles = credentials::profiles().await.unwrap_or_default();
            let names = profiles.into_iter().map(|profile| profile.name).collect();
            Delivery::of(Message::Transfer(transfer::Message::Profiles(names)))
        });
    }

    /// Opens the bucket anew: clients remember the credentials that they began with.
    pub(super) fn renew(&mut self, renewal: Renewal) {
        let before = self.target.clone().unwrap_or_else(|| self.context.target.clone());
        let target = match renewal {
            Renewal::Same => before,
            Renewal::Profile(profile) => Target { profile: Some(profile), keys: None, ..before },
            Renewal::Keys(keys) => Target { profile: None, keys: Some(keys), ..before },
        };
        let bucket = self.in_bucket();
        self.answer(async move {
            let opened = async { open(&target, bucket?.name()).await };
            let (message, keep) = match opened.await {
                Ok((connection, bucket)) => (Ok(()), Keep::Renewed(Box::new((target, connection, bucket)))),
                Err(error) => (Err(error), Keep::Nothing),
            };
            Delivery { message: Message::Transfer(transfer::Message::Renewed(message)), keep }
        });
    }

    /// Everything that comes after uses them, the running transfer too.
    pub(super) fn has_renewed(&mut self, (target, connection, bucket): (Target, Connection, Bucket)) {
        if let Some(running) = &self.transfer {
            running.renew(bucket.clone());
        }
        (self.target, self.connection, self.bucket) = (Some(target), Some(connection), Some(bucket));
    }
}

async fn open(target: &Target, name: &str) -> Result<(Connection, Bucket)> {
    let connection = Connection::open(target).await?;
    let bucket = connection.bucket(name).await?;
    Ok((connection, bucket))
}
