//! Deleting many objects: what would go, and doing it, with progress.
//!
//! `send` has the requests and their tries; here lies what is meant by a deletion, and its two streams. Nobody is asked here: that
//! is done before, by whoever shows [`Bucket::preview`].

mod send;

use std::collections::{BTreeMap, BTreeSet};

use futures::stream::BoxStream;
use futures::{Stream, StreamExt as _, TryStreamExt as _, future, stream};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::measure::growing;
use super::{Bucket, Extent, Object, Version};
use crate::error::{Error, Result};
use send::Step;

/// What S3 takes in one request.
const BATCH: usize = 1000;
/// Requests on their way at once.
const AT_ONCE: usize = 4;
/// Keys that are looked at at once.
const LOOKS_AT_ONCE: usize = 16;

/// What is to be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doomed {
    /// These keys, and nothing below them.
    Keys(Vec<String>),
    /// Exactly these versions and delete markers, each by its key and S3's id of it, for good; other versions of the same keys stay.
    Versions(Vec<(String, String)>),
    /// Every key that begins so.
    Prefix(String),
    /// All that the bucket holds.
    Everything,
}

/// A deletion, before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deletion {
    /// What is meant.
    pub what: Doomed,
    /// Whether older versions and delete markers go as well, for good. Without it a bucket that keeps versions keeps them all, and only
    /// hides what was there; one that keeps none loses it for good either way. Of no matter to [`Doomed::Versions`].
    pub versions: bool,
}

/// How far a deletion is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Deleted {
    /// Objects, versions and delete markers that went; what [`Extent::entries`] counts.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// How many the store refused to delete.
    pub failed: u64,
    /// Those of them that came since the last item.
    pub refused: Vec<Refused>,
}

/// Something that the store refused to delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Its key.
    pub key: String,
    /// Its version, where one was named.
    pub version_id: Option<String>,
    /// Why, in words for people.
    pub why: String,
}

/// One thing to delete, as a listing or a look described it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Object(Object),
    Version(Version),
}

impl Entry {
    fn key(&self) -> &str {
        match self {
            Self::Object(object) => &object.key,
            Self::Version(version) => &version.key,
        }
    }

    /// `None` means whatever stands at the key.
    fn version_id(&self) -> Option<&str> {
        match self {
            Self::Object(_) => None,
            Self::Version(version) => Some(&version.version_id),
        }
    }

    const fn bytes(&self) -> u64 {
        match self {
            Self::Object(object) => object.size,
            Self::Version(version) => version.size,
        }
    }
}

/// A deletion under way.
struct Running {
    steps: BoxStream<'static, Result<Step>>,
    halt: CancellationToken,
    sum: Deleted,
    error: Option<Error>,
}

impl Running {
    /// The sum after one more request. The first error lets no other request begin, and comes last.
    async fn next(&mut self) -> Option<Result<Deleted>> {
        loop {
            match self.steps.next().await {
                Some(Ok(step)) => {
                    step.add_to(&mut self.sum);
                    return Some(Ok(self.sum.clone()));
                }
                Some(Err(error)) => {
                    self.halt.cancel();
                    self.error.get_or_insert(error);
                }
                None => return self.error.take().map(Err),
            }
        }
    }
}

impl Bucket {
    /// What `deletion` would delete now: a count that grows, the last item is the whole. Changes nothing. Keys that are not there count
    /// for nothing.
    #[must_use]
    pub fn preview(&self, deletion: &Deletion) -> BoxStream<'static, Result<Extent>> {
        growing(self.doomed(deletion), |extent, batch| {
            for entry in &batch {
                match entry {
                    Entry::Object(object) => extent.add_object(object),
                    Entry::Version(version) => extent.add_version(version),
                }
            }
        })
    }

    /// Deletes, and says after each request (1,000 keys) how far it is; the last item is the result.
    ///
    /// Once `stop` is cancelled no request is begun any more; those under way are waited for and counted, and so they are before an
    /// error, which ends it. What the store refuses key by key is counted instead. Dropping the stream drops what is under way as well:
    /// what that did is then unknown.
    #[must_use]
    pub fn delete(
        &self,
        deletion: &Deletion,
        stop: &CancellationToken,
    ) -> BoxStream<'static, Result<Deleted>> {
        let (bucket, halt) = (self.clone(), stop.child_token());
        let batches = one_ahead(self.doomed(deletion)).take_until(halt.clone().cancelled_owned());
        let requests = batches.map(move |batch| {
            let bucket = bucket.clone();
            async move { bucket.carry_out(batch?).await }
        });
        let steps = requests.buffer_unordered(AT_ONCE).boxed();
        let running = Running { steps, halt, sum: Deleted::default(), error: None };
        let told =
            stream::unfold(running, |mut running| async move { Some((running.next().await?, running)) });
        stream::once(future::ready(Ok(Deleted::default()))).chain(told).boxed()
    }

    /// What is meant, found out as it goes, in batches that fit a request.
    fn doomed(&self, deletion: &Deletion) -> BoxStream<'static, Result<Vec<Entry>>> {
        match &deletion.what {
            Doomed::Keys(keys) => self.doomed_keys(keys.clone(), deletion.versions),
            Doomed::Versions(versions) => self.doomed_versions(versions),
            Doomed::Prefix(prefix) => self.doomed_below(prefix, deletion.versions),
            Doomed::Everything => self.doomed_below("", deletion.versions),
        }
    }

    fn doomed_below(&self, prefix: &str, versions: bool) -> BoxStream<'static, Result<Vec<Entry>>> {
        if versions {
            let pages = self.versions(prefix, None);
            let entries = pages.map_ok(|page| page.versions.into_iter().map(Entry::Version).collect());
            return batches(entries).boxed();
        }
        let pages = self.pages(prefix, None);
        batches(pages.map_ok(|page| page.into_iter().map(Entry::Object).collect())).boxed()
    }

    fn doomed_keys(&self, keys: Vec<String>, versions: bool) -> BoxStream<'static, Result<Vec<Entry>>> {
        let bucket = self.clone();
        let looks = stream::iter(keys).map(move |key| {
            let bucket = bucket.clone();
            async move { bucket.at(&key, versions).await }
        });
        let entries =
            looks.buffered(LOOKS_AT_ONCE).map_ok(|entries| stream::iter(entries.into_iter().map(Ok)));
        entries.try_flatten().try_chunks(BATCH).map_err(|error| error.1).boxed()
    }

    fn doomed_versions(&self, versions: &[(String, String)]) -> BoxStream<'static, Result<Vec<Entry>>> {
        let bucket = self.clone();
        let mut by_key: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (key, id) in versions {
            by_key.entry(key.clone()).or_default().insert(id.clone());
        }
        let looks = stream::iter(by_key).map(move |(key, ids)| {
            let bucket = bucket.clone();
            async move {
                let mut found = bucket.at(&key, true).await?;
                found.retain(|entry| entry.version_id().is_some_and(|id| ids.contains(id)));
                Ok(found)
            }
        });
        let entries = looks
            .buffered(LOOKS_AT_ONCE)
            .map_ok(|entries: Vec<Entry>| stream::iter(entries.into_iter().map(Ok)));
        entries.try_flatten().try_chunks(BATCH).map_err(|error| error.1).boxed()
    }

    /// What stands at exactly this key.
    async fn at(&self, key: &str, versions: bool) -> Result<Vec<Entry>> {
        if !versions {
            return Ok(self.head(key).await?.map(Entry::Object).into_iter().collect());
        }
        let mut found = Vec::new();
        let mut pages = Box::pin(self.versions(key, None));
        while let Some(page) = pages.try_next().await? {
            let all = page.versions.len();
            found.extend(
                page.versions.into_iter().take_while(|version| version.key == key).map(Entry::Version),
            );
            // The key itself comes before every longer one.
            if found.len() < all || found.is_empty() {
                break;
            }
        }
        Ok(found)
    }
}

/// Pages in pieces that fit a request, whatever a store calls a page.
fn batches(
    pages: impl Stream<Item = Result<Vec<Entry>>> + Send + 'static,
) -> impl Stream<Item = Result<Vec<Entry>>> + Send {
    let pieces = |page: Vec<Entry>| page.chunks(BATCH).map(|piece| Ok(piece.to_vec())).collect::<Vec<_>>();
    pages.map_ok(move |page| stream::iter(pieces(page))).try_flatten()
}

/// The same batches, each given only when the next one is there: a listing goes on behind its last entry, which must not be gone by then.
fn one_ahead(
    batches: BoxStream<'static, Result<Vec<Entry>>>,
) -> impl Stream<Item = Result<Vec<Entry>>> + Send {
    stream::unfold(Box::pin(batches.peekable()), |mut batches| async move {
        let batch = batches.next().await?;
        batches.as_mut().peek().await;
        Some((batch, batches))
    })
}

impl Step {
    fn add_to(self, sum: &mut Deleted) {
        sum.objects += self.objects;
        sum.bytes += self.bytes;
        sum.failed += self.refused.len() as u64;
        sum.refused = self.refused;
    }
}
