//! What the mirror has, and what the disk and the bucket have of it.

use super::{Delivery, Runtime};
use crate::catalog::{Archive, Family, FamilyListing, Mirror};
use crate::transfer;
use crate::tui::screens::{datasets, home};
use crate::tui::{Asker, Message};

impl Runtime {
    /// Each family is asked for by itself, so that a slow one does not hold the others up.
    pub(super) fn discover(&mut self, asker: Asker, families: Vec<Family>) {
        for family in families {
            let mirror = self.mirror.clone();
            self.answer(async move {
                let listing = find(&mirror, family).await;
                Delivery::of(match asker {
                    Asker::Home => Message::Home(home::Message::Found(listing)),
                    Asker::Datasets => Message::Datasets(datasets::Message::Found(listing)),
                })
            });
        }
    }

    pub(super) fn survey(&mut self, asker: Asker, archives: Vec<Archive>) {
        let bucket = self.bucket.clone();
        let paths = self.context.paths.clone();
        self.answer(async move {
            let survey =
                transfer::survey(&archives, bucket.as_ref(), &paths.data_dir, &paths.state_dir).await;
            Delivery::of(match asker {
                Asker::Home => Message::Home(home::Message::Surveyed(survey)),
                Asker::Datasets => Message::Datasets(datasets::Message::Surveyed(survey)),
            })
        });
    }
}

async fn find(mirror: &Mirror, family: Family) -> FamilyListing {
    let nothing = |dump| FamilyListing { family, dump, archives: Vec::new(), passed_over: Vec::new() };
    match mirror.discover(&[family]).await {
        Ok(mut listing) => listing.families.pop().unwrap_or_else(|| nothing(Err(missing(family)))),
        Err(error) => nothing(Err(error)),
    }
}

fn missing(family: Family) -> crate::Error {
    crate::Error::new(crate::Kind::NotFound, family.title())
}
