//! What the home screen asks for: the bucket of the last run opened again, and a look around in it.

use std::time::{Duration, Instant};

use futures::StreamExt;
use futures::stream::{self, TryStreamExt};

use super::{Delivery, Keep, Runtime, Sender, send};
use crate::bucket::protection::{self, Current, Reading};
use crate::bucket::{Bucket, Connection, Extent, Object, Target};
use crate::error::{Error, Kind, Result};
use crate::tui::Message;
use crate::tui::screens::home;
use crate::tui::seen::{Standing, Unfinished, newest};
use crate::{catalog, transfer};

/// Requests at once.
const AT_ONCE: usize = 8;
/// At most so many unfinished uploads are asked for their parts: each is a request.
const MOST_UPLOADS: usize = 100;
/// At most so often a count that grows is told.
const BETWEEN: Duration = Duration::from_millis(100);
/// Where archives stand.
const FOLDERS: [&str; 2] = ["raw/musicbrainz/", "raw/listenbrainz/"];

impl Runtime {
    /// Connects and opens the bucket; both are kept for the other screens, and the connection also where the bucket is not there.
    pub(super) fn reopen(&mut self, target: Target, name: String) {
        self.target = Some(target.clone());
        if let Some(earlier) = self.reopening.take() {
            earlier.abort();
        }
        self.reopening = Some(self.answer(async move {
            let connection = match Connection::open(&target).await {
                Ok(connection) => connection,
                Err(error) => {
                    return of(home::Message::Opened(Err(home::Refused { error, connected: None })));
                }
            };
            let connected = home::Connected {
                identity: connection.identity.clone(),
                region: connection.region.clone(),
                endpoint_url: connection.endpoint_url.clone(),
            };
            match connection.bucket(&name).await {
                Ok(bucket) => {
                    let region = bucket.region().to_owned();
                    let opened = home::Opened { connected, bucket: bucket.name().to_owned(), region };
                    let message = Message::Home(home::Message::Opened(Ok(opened)));
                    Delivery { message, keep: Keep::Both(Box::new(connection), Box::new(bucket)) }
                }
                Err(error) => {
                    let refused = home::Refused { error, connected: Some(connected) };
                    let message = Message::Home(home::Message::Opened(Err(refused)));
                    Delivery { message, keep: Keep::Connection(Box::new(connection)) }
                }
            }
        }));
    }

    /// Everything at once, each answered as it comes. An earlier look that is still under way would tell of before, so it ends.
    pub(super) fn look_around(&mut self, count: bool) {
        if let Some(earlier) = self.looking.take() {
            earlier.abort();
        }
        let bucket = self.bucket.clone();
        let (sender, paths) = (self.sender.clone(), self.context.paths.clone());
        self.looking = Some(self.spawn(async move {
            let begun = async {
                let begun = transfer::begun(&paths.data_dir, &paths.state_dir).await;
                send(&sender, of(home::Message::Begun(begun.unwrap_or_default()))).await;
            };
            let inside = async {
                if let Some(bucket) = bucket {
                    inside(&bucket, count, &sender).await;
                }
            };
            tokio::join!(begun, inside);
        }));
    }
}

fn of(message: home::Message) -> Delivery {
    Delivery::of(Message::Home(message))
}

async fn inside(bucket: &Bucket, count: bool, sender: &Sender) {
    let standing = async { send(sender, of(home::Message::Standing(standing(bucket).await))).await };
    let uploads = async { send(sender, of(home::Message::Unfinished(unfinished(bucket).await))).await };
    let settings = async {
        let read = protection::read(bucket).await;
        let versions = matches!(&read, Ok(Current { versioning: Reading::Is(true), .. }));
        send(sender, of(home::Message::Protection(read))).await;
        if count {
            self::count(bucket, versions, sender).await;
        }
    };
    tokio::join!(standing, uploads, settings);
}

/// The newest object of each dataset, whether or not the mirror answers.
async fn standing(bucket: &Bucket) -> Result<Vec<Standing>> {
    let mut keys = Vec::new();
    for folder in FOLDERS {
        let mut pages = std::pin::pin!(bucket.folder(folder, None));
        while let Some(page) = pages.next().await {
            let objects = page?.objects.into_iter().map(|object| object.key);
            keys.extend(objects.filter(|key| catalog::dataset_at(key).is_some()));
        }
    }
    let heads = stream::iter(keys).map(|key| async move { bucket.head(&key).await });
    let objects: Vec<Option<Object>> = heads.buffer_unordered(AT_ONCE).try_collect().await?;
    Ok(newest(&objects.into_iter().flatten().collect::<Vec<_>>()))
}

async fn unfinished(bucket: &Bucket) -> Result<Unfinished> {
    let uploads = bucket.uploads().await?;
    let (count, uncounted) = (uploads.len(), uploads.len().saturating_sub(MOST_UPLOADS));
    let asked = stream::iter(uploads.into_iter().take(MOST_UPLOADS));
    let parts = asked.map(|upload| async move { bucket.parts_of(&upload).await });
    let parts: Vec<_> = parts.buffer_unordered(AT_ONCE).try_collect().await?;
    let bytes = parts.into_iter().flatten().map(|parts| parts.bytes).sum();
    Ok(Unfinished { count: count as u64, bytes, uncounted: uncounted as u64 })
}

/// Counts everything, older versions as well where the bucket keeps them, for they are billed; tells what it has now and then.
async fn count(bucket: &Bucket, versions: bool, sender: &Sender) {
    let mut counted = growing(bucket, versions, sender).await;
    // Who may list objects may not always list versions.
    if versions && matches!(&counted, Err(error) if is_refusal(error)) {
        counted = growing(bucket, false, sender).await;
    }
    let message = counted.map(|extent| home::Counted { extent, is_whole: true });
    send(sender, of(home::Message::Counted(message))).await;
}

fn is_refusal(error: &Error) -> bool {
    matches!(error.kind(), Kind::Permission | Kind::Unsupported)
}

async fn growing(bucket: &Bucket, versions: bool, sender: &Sender) -> Result<Extent> {
    let mut pages = bucket.measure("", versions);
    let (mut last, mut told) = (Extent::default(), Instant::now());
    while let Some(extent) = pages.next().await {
        last = extent?;
        if told.elapsed() >= BETWEEN {
            told = Instant::now();
            let counted = home::Counted { extent: last.clone(), is_whole: false };
            send(sender, of(home::Message::Counted(Ok(counted)))).await;
        }
    }
    Ok(last)
}
