//! Connecting, and saving keys that were typed.

use super::{Delivery, Keep, Runtime, send};
use crate::bucket::{Connection, Keys, Target, credentials};
use crate::error::Result;
use crate::tui::Message;
use crate::tui::screens::connect;

impl Runtime {
    /// Asks everything at once: who one is, what there is to choose, and whether the mirror answers. An earlier try that is still
    /// under way would answer for another target, so it ends.
    pub(super) fn connect(&mut self, target: Target) {
        for earlier in [self.connecting.take(), self.reopening.take()].into_iter().flatten() {
            earlier.abort();
        }
        let (sender, mirror) = (self.sender.clone(), self.mirror.clone());
        self.target = Some(target.clone());
        let typed = target.keys.is_some();
        self.connecting = Some(self.spawn(async move {
            let profiles =
                async { if typed { Vec::new() } else { credentials::profiles().await.unwrap_or_default() } };
            let profiles = async { send(&sender, of(connect::Message::Profiles(profiles.await))).await };
            // An empty wish only knocks.
            let knock = async { mirror.discover(&[]).await.map(drop) };
            let mirror = async { send(&sender, of(connect::Message::Mirror(knock.await))).await };
            let account = async {
                let delivery = open(&target).await;
                let refused = matches!(delivery.keep, Keep::Nothing);
                if refused {
                    let places = credentials::looked_at(&target).await;
                    send(&sender, of(connect::Message::LookedAt(places))).await;
                }
                send(&sender, delivery).await;
            };
            tokio::join!(profiles, mirror, account);
        }));
    }

    pub(super) fn save_credentials(&mut self, profile: String, keys: Keys, region: String) {
        let endpoint_url = self.context.target.endpoint_url.clone();
        let region = Some(region).filter(|region| !region.is_empty());
        let target = Target {
            profile: None,
            region: region.clone(),
            endpoint_url: endpoint_url.clone(),
            keys: Some(keys.clone()),
            trust: self.context.target.trust.clone(),
            read_only: self.context.target.read_only.clone(),
        };
        let new = credentials::New { profile, keys, region, endpoint_url };
        self.answer(async move { of(connect::Message::Saved(try_and_save(&target, new).await)) });
    }
}

fn of(message: connect::Message) -> Delivery {
    Delivery::of(Message::Connect(message))
}

async fn open(target: &Target) -> Delivery {
    match Connection::open(target).await {
        Ok(connection) => {
            let connected = connect::Connected {
                identity: connection.identity.clone(),
                region: connection.region.clone(),
                region_is_assumed: connection.region_is_assumed,
                endpoint_url: connection.endpoint_url.clone(),
            };
            let message = Message::Connect(connect::Message::Connected(Ok(connected)));
            Delivery { message, keep: Keep::Connection(Box::new(connection)) }
        }
        Err(error) => of(connect::Message::Connected(Err(error))),
    }
}

async fn try_and_save(target: &Target, new: credentials::New) -> Result<String> {
    credentials::test(target).await?;
    let saved = credentials::save(new).await?;
    Ok(saved.credentials.display().to_string())
}
