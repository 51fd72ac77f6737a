//! Bringing objects to this disk.

use std::path::PathBuf;
use std::sync::Arc;

use futures::TryStreamExt;
use tokio::time::interval;
use tokio_util::sync::CancellationToken;

use super::{BEAT, Open, resolved, told};
use crate::bucket::Bucket;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::fetch::{self, Item, News, Options, Running, State, Summary, Tally, What};
use crate::tui::runtime::{Runtime, Sender, send};
use crate::tui::screens::browser::{Answer, FetchEnd, FetchNews, FetchProgress, Resolved, Selection};

impl Runtime {
    pub(super) fn fetch(&mut self, selection: Selection, to: PathBuf) {
        let (bucket, sender) = (self.in_bucket(), self.sender.clone());
        let mut options = Options::new(self.context.paths.state_dir.clone());
        options.limit = self.context.settings.limit_down.clone();
        let cancel = CancellationToken::new();
        self.browsing.fetching = Some(cancel.clone());
        self.spawn(async move {
            let found = cancel.run_until_cancelled(items(bucket, selection, to, &sender)).await;
            let ended = match found {
                None => Err(Error::new(Kind::Interrupted, say!("browser-fetch-was-stopped"))),
                Some(Err(error)) => Err(error),
                Some(Ok((bucket, items))) => {
                    let keys: Vec<String> = items.iter().map(|item| item.key.clone()).collect();
                    Ok(watch(fetch::start(&bucket, items, options), &keys, &cancel, &sender).await)
                }
            };
            tell(&sender, FetchNews::Ended(ended)).await;
        });
    }
}

async fn tell(sender: &Sender, news: FetchNews) {
    send(sender, told(Answer::Fetching(news))).await;
}

/// What a selection comes to, folders with everything below them, each with the file that it becomes.
async fn items(
    bucket: Open,
    selection: Selection,
    to: PathBuf,
    sender: &Sender,
) -> Result<(Bucket, Vec<Item>)> {
    let bucket = bucket?;
    let Resolved { mut objects, folders } = resolved(selection).await?;
    for folder in folders {
        let mut pages = std::pin::pin!(bucket.pages(&folder, None));
        while let Some(page) = pages.try_next().await? {
            objects.extend(page.into_iter().map(|object| (object.key, object.size, None)));
            tell(sender, FetchNews::Counted(objects.len())).await;
        }
    }
    let mut items = Vec::with_capacity(objects.len());
    for (key, size, version) in objects {
        match fetch::place(&to, &key) {
            Ok(to) => items.push(Item { version, size, ..Item::new(key, to) }),
            Err(why) => tell(sender, FetchNews::One { key, end: FetchEnd::Failed(Arc::new(why)) }).await,
        }
    }
    tell(sender, FetchNews::Counted(items.len())).await;
    Ok((bucket, items))
}

/// Hands on what happens, and how far it is, until all have come to their end.
async fn watch(
    mut running: Running,
    keys: &[String],
    cancel: &CancellationToken,
    sender: &Sender,
) -> Summary {
    let mut beat = interval(BEAT);
    let stop = running.cancel.clone();
    loop {
        tokio::select! {
            news = running.news.recv() => match news {
                Some(news) => {
                    if let Some(news) = said(news, keys) {
                        tell(sender, news).await;
                    }
                }
                None => break,
            },
            _ = beat.tick() => tell(sender, FetchNews::Progress(progress(&running.tally, keys))).await,
            () = cancel.cancelled(), if !stop.is_cancelled() => stop.cancel(),
        }
    }
    tell(sender, FetchNews::Progress(progress(&running.tally, keys))).await;
    running.finish().await
}

fn said(news: News, keys: &[String]) -> Option<FetchNews> {
    let key = keys.get(news.item).cloned().unwrap_or_default();
    let end = match news.what {
        What::Retrying { why, .. } | What::Restarted { why } => {
            return Some(FetchNews::Retrying { key, why });
        }
        What::Fetched(fetched) => FetchEnd::Fetched(fetched),
        What::Skipped(skip) => FetchEnd::Skipped(skip),
        What::Interrupted => FetchEnd::Interrupted,
        What::Failed { why } => FetchEnd::Failed(why),
        _ => return None,
    };
    Some(FetchNews::One { key, end })
}

/// One look at all counters.
fn progress(tally: &Tally, keys: &[String]) -> FetchProgress {
    let mut progress = FetchProgress { moved: tally.moved(), ..FetchProgress::default() };
    for (item, sample) in tally.samples().enumerate() {
        progress.total += sample.size;
        progress.here += sample.here;
        progress.ended += usize::from(sample.state.is_final());
        if sample.state == State::Running {
            let key = keys.get(item).cloned().unwrap_or_default();
            progress.running.push((key, sample.here, sample.size));
        }
    }
    progress
}
