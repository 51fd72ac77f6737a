//! What the browser wishes: listing on demand, counting, describing; `change` deletes, restores and aborts, `bytes` fetches, `inside` looks into archives.
//!
//! Each kind of wish has one task at most (counting a few): a newer wish ends the older one, so that no answer is worked for in vain.

mod bytes;
mod change;
mod inside;

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::{Stream, StreamExt, TryStreamExt};
use tokio::sync::{Semaphore, watch};
use tokio::task::AbortHandle;
use tokio_util::sync::CancellationToken;

use super::{Delivery, Runtime, Sender, send};
use crate::bucket::{Bucket, Extent};
use crate::error::Result;
use crate::tui::Message;
use crate::tui::screens::browser::{Answer, Listed, Message as Said, Page, REST, Rest, Wish};

/// Prefixes that are counted at once.
const COUNTS: usize = 3;
/// Figures that grow are told no more often: a person reads no faster.
const BEAT: Duration = Duration::from_millis(100);

/// The tasks of the browser.
#[derive(Debug)]
pub(super) struct Browsing {
    listing: Option<Listing>,
    resting: Option<AbortHandle>,
    measuring: Vec<AbortHandle>,
    gate: Arc<Semaphore>,
    counting: Option<AbortHandle>,
    deleting: Option<CancellationToken>,
    fetching: Option<CancellationToken>,
    looking: Option<AbortHandle>,
    uploads: Option<AbortHandle>,
}

impl Default for Browsing {
    fn default() -> Self {
        Self {
            listing: None,
            resting: None,
            measuring: Vec::new(),
            gate: Arc::new(Semaphore::new(COUNTS)),
            counting: None,
            deleting: None,
            fetching: None,
            looking: None,
            uploads: None,
        }
    }
}

/// A listing that goes on as far as it is told.
#[derive(Debug)]
struct Listing {
    generation: u64,
    pages: watch::Sender<u32>,
    task: AbortHandle,
}

/// Ends a task, where there is one.
fn end(task: &mut Option<AbortHandle>) {
    if let Some(task) = task.take() {
        task.abort();
    }
}

impl Browsing {
    /// Nothing of the list is wanted any more.
    fn leave(&mut self) {
        if let Some(listing) = self.listing.take() {
            listing.task.abort();
        }
        end(&mut self.resting);
        self.measuring.drain(..).for_each(|task| task.abort());
    }
}

pub(super) fn told(answer: Answer) -> Delivery {
    Delivery::of(Message::Browser(Said::Answer(answer)))
}

impl Runtime {
    pub(super) fn browse(&mut self, wish: Wish) {
        match wish {
            Wish::List { generation, prefix, versions, pages } => {
                self.list_level(generation, prefix, versions, pages);
            }
            Wish::More { generation, pages } => {
                let listing =
                    self.browsing.listing.as_ref().filter(|listing| listing.generation == generation);
                if let Some(listing) = listing {
                    listing.pages.send_replace(pages);
                }
            }
            Wish::Measure { generation, prefix } => {
                let task = self.measure(generation, prefix, Duration::ZERO);
                self.browsing.measuring.extend(task);
            }
            Wish::Rest(rest) => self.rest(rest),
            Wish::Leave => self.browsing.leave(),
            Wish::Preview { number, selection, versions } => self.preview(number, selection, versions),
            Wish::Delete { selection, versions } => self.delete(selection, versions),
            Wish::StopDelete => self.stop_delete(),
            Wish::Fetch { selection, to } => self.fetch(selection, to),
            Wish::StopFetch => {
                if let Some(cancel) = &self.browsing.fetching {
                    cancel.cancel();
                }
            }
            Wish::Restore { key, days, tier } => self.restore(key, days, tier),
            Wish::Inside(wanted) => self.look_inside(wanted),
            Wish::StopInside => end(&mut self.browsing.looking),
            Wish::Uploads => self.list_uploads(),
            Wish::Abort(upload) => self.abort_upload(upload),
        }
    }

    /// The level before is left: what was asked for its sake ends.
    fn list_level(&mut self, generation: u64, prefix: String, versions: bool, pages: u32) {
        self.browsing.leave();
        let bucket = self.in_bucket();
        let (sender, (pages, wanted)) = (self.sender.clone(), watch::channel(pages));
        let task = self.spawn(async move {
            let tell = |what| send(&sender, told(Answer::Listed { generation, what }));
            let listed = match bucket {
                Err(error) => Err(error),
                Ok(bucket) if versions => {
                    let pages = bucket.folder_versions(&prefix, None);
                    let pages = pages.map_ok(|page| Page::of_versions(&prefix, &page));
                    follow(pages, wanted, generation, &sender).await
                }
                Ok(bucket) => {
                    let pages = bucket.folder(&prefix, None).map_ok(|page| Page::of(&prefix, &page));
                    follow(pages, wanted, generation, &sender).await
                }
            };
            match listed {
                Ok(()) => tell(Listed::End).await,
                Err(error) => tell(Listed::Failed(error)).await,
            }
        });
        self.browsing.listing = Some(Listing { generation, pages, task });
    }

    fn rest(&mut self, rest: Option<Rest>) {
        end(&mut self.browsing.resting);
        self.browsing.resting = match rest {
            None => None,
            Some(Rest::Folder { generation, prefix }) => self.measure(generation, prefix, REST),
            Some(Rest::Object { key, version }) => {
                let bucket = self.in_bucket();
                Some(self.answer(async move {
                    tokio::time::sleep(REST).await;
                    let asked = async { bucket?.head_version(&key, version.as_deref()).await };
                    let object = asked.await.map(|object| object.map(Box::new));
                    told(Answer::Described { key, version, object })
                }))
            }
        };
    }

    /// Counts after `wait`, when there is room for one more count.
    fn measure(&mut self, generation: u64, prefix: String, wait: Duration) -> Option<AbortHandle> {
        let bucket = self.in_bucket().ok()?;
        let (sender, gate) = (self.sender.clone(), Arc::clone(&self.browsing.gate));
        Some(self.spawn(async move {
            tokio::time::sleep(wait).await;
            let Ok(_permit) = gate.acquire_owned().await else { return };
            let counts = bucket.measure(&prefix, false);
            grow(counts, &sender, |sum, ended| Answer::Measured {
                generation,
                prefix: prefix.clone(),
                sum,
                ended,
            })
            .await;
        }))
    }
}

/// Sends pages as far as they are wanted, then waits until more are.
async fn follow(
    pages: impl Stream<Item = Result<Page>>,
    mut wanted: watch::Receiver<u32>,
    generation: u64,
    sender: &Sender,
) -> Result<()> {
    let mut pages = std::pin::pin!(pages);
    let mut sent = 0;
    loop {
        if wanted.wait_for(|wanted| *wanted > sent).await.is_err() {
            // Nobody can want more: the listing was replaced.
            return Ok(());
        }
        let Some(page) = pages.try_next().await? else { return Ok(()) };
        sent = sent.saturating_add(1);
        let what = Listed::Page(Box::new(page));
        send(sender, told(Answer::Listed { generation, what })).await;
    }
}

/// Tells a figure that grows, no more often than each [`BEAT`], and how it ended.
async fn grow(
    mut sums: impl Stream<Item = Result<Extent>> + Unpin,
    sender: &Sender,
    answer: impl Fn(Extent, Option<Result<()>>) -> Answer,
) {
    let (mut last, mut at) = (Extent::default(), Instant::now());
    let mut first = true;
    while let Some(sum) = sums.next().await {
        match sum {
            Ok(sum) => last = sum,
            Err(error) => return send(sender, told(answer(last, Some(Err(error))))).await,
        }
        if first || at.elapsed() >= BEAT {
            first = false;
            at = Instant::now();
            send(sender, told(answer(last.clone(), None))).await;
        }
    }
    send(sender, told(answer(last, Some(Ok(()))))).await;
}

/// What a selection comes to, worked out where nobody waits.
async fn resolved(
    selection: crate::tui::screens::browser::Selection,
) -> Result<crate::tui::screens::browser::Resolved> {
    tokio::task::spawn_blocking(move || selection.resolve())
        .await
        .map_err(|error| crate::Error::new(crate::Kind::Fatal, crate::say!("tui-broken")).caused_by(error))
}

/// A bucket for a task, or the error that there is none.
type Open = Result<Bucket>;
