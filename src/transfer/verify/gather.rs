//! Finds the objects that are meant, and what is known of each: S3's word, the proof on this machine, what upstream publishes now.

use std::path::Path;
use std::sync::Arc;

use futures::stream::{self, StreamExt, TryStreamExt};
use tokio::sync::mpsc;

use super::checkup::{Checkup, Gap, Outcome};
use super::{News, Wanted, send};
use crate::bucket::Object;
use crate::catalog::{self, DatasetId, Mirror, Published};
use crate::error::{Error, Result};
use crate::transfer::Proof;
use crate::transfer::shelf::{Shelf, proofs};
use crate::transfer::trouble::lost;

/// Requests at once.
const AT_ONCE: usize = 8;

/// An object and what is known of it.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) object: Object,
    pub(super) dataset: Option<DatasetId>,
    /// The proof on this machine for its key.
    pub(super) proof: Option<Proof>,
    pub(super) upstream: Upstream,
    /// `s3://bucket/key`.
    pub(super) uri: String,
}

impl Subject {
    /// Whether the proof on this machine says that it was put at this very place.
    pub(super) fn is_ours_by_proof(&self) -> bool {
        self.proof.as_ref().is_some_and(|proof| proof.place == self.uri)
    }
}

/// What the mirror has of the object's dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Upstream {
    Published(Published),
    /// The dump is gone, or this archive from it.
    Gone,
    NotAsked,
}

/// The objects that are meant, and what is to be said of named datasets that have none.
pub(super) async fn gather(
    wanted: &Wanted,
    news: &mpsc::Sender<News>,
) -> Result<(Vec<Subject>, Vec<Checkup>)> {
    let objects = wanted.bucket.objects("raw/").await?;
    let keys = objects.into_iter().map(|object| object.key).filter(|key| !key.ends_with('/'));
    let looks = stream::iter(keys.collect::<Vec<_>>()).map(|key| look(wanted, key));
    let subjects: Vec<Option<Subject>> = looks.buffered(AT_ONCE).try_collect().await?;
    let is_meant = |subject: &Subject| {
        let names = wanted.datasets.as_deref();
        names.is_none_or(|names| subject.dataset.as_ref().is_some_and(|dataset| names.contains(dataset)))
    };
    let mut subjects: Vec<Subject> = subjects.into_iter().flatten().filter(is_meant).collect();
    ask_upstream(wanted.mirror.as_ref(), &mut subjects, news).await;
    let missing = missing(wanted, &subjects).await?;
    Ok((subjects, missing))
}

/// What S3 and this machine know of the object at `key`; `None` where it was deleted since it was listed.
async fn look(wanted: &Wanted, key: String) -> Result<Option<Subject>> {
    let Some(object) = wanted.bucket.head(&key).await? else { return Ok(None) };
    let dataset = object.dataset.clone().map(DatasetId).or_else(|| catalog::dataset_at(&key));
    let uri = wanted.bucket.uri(&key);
    // Where files lie says nothing about proofs.
    let shelf = Shelf::new(Path::new(""), &wanted.state_dir, &key);
    let proof = tokio::task::spawn_blocking(move || shelf.recorded()).await.map_err(lost)?;
    Ok(Some(Subject { object, dataset, proof, upstream: Upstream::NotAsked, uri }))
}

/// Asks the mirror for each; a mirror that cannot be reached is asked once.
async fn ask_upstream(mirror: Option<&Mirror>, subjects: &mut [Subject], news: &mpsc::Sender<News>) {
    let Some(mirror) = mirror else { return };
    for subject in subjects {
        match published(mirror, subject).await {
            Ok(Some(upstream)) => subject.upstream = upstream,
            Ok(None) => {}
            Err(error) => {
                let is_silent = error.kind().is_retryable();
                send(news, News::MirrorSilent { why: Arc::new(error) }).await;
                if is_silent {
                    return;
                }
            }
        }
    }
}

/// What is published for the dump that the object says it is of, or else its proof; `None` where neither says any.
async fn published(mirror: &Mirror, subject: &Subject) -> Result<Option<Upstream>, Error> {
    let family = subject.dataset.as_ref().and_then(catalog::family_of);
    let dump = subject.object.dump.as_ref().or(subject.proof.as_ref().map(|proof| &proof.dump));
    let name = subject.object.key.rsplit('/').next().unwrap_or_default();
    let Some((family, dump)) = family.zip(dump) else { return Ok(None) };
    let published = mirror.published(family, dump, name).await?;
    Ok(Some(published.map_or(Upstream::Gone, Upstream::Published)))
}

/// Named datasets of which nothing stands in the bucket.
async fn missing(wanted: &Wanted, subjects: &[Subject]) -> Result<Vec<Checkup>> {
    let Some(named) = &wanted.datasets else { return Ok(Vec::new()) };
    let state_dir = wanted.state_dir.clone();
    let proofs = tokio::task::spawn_blocking(move || proofs(&state_dir)).await.map_err(lost)?;
    let stands = |id: &&DatasetId| subjects.iter().any(|subject| subject.dataset.as_ref() == Some(id));
    let root = wanted.bucket.uri("");
    let absent = |id: &DatasetId| {
        let was_there = |proof: &&Proof| proof.dataset == *id && proof.place.starts_with(&root);
        let proof = proofs.iter().filter(was_there).max_by_key(|proof| proof.at);
        Checkup {
            key: proof.map(|proof| proof.place[root.len()..].to_owned()),
            dataset: Some(id.clone()),
            dump: proof.map(|proof| proof.dump.clone()),
            size: 0,
            class: None,
            outcome: if proof.is_some() { Outcome::Wrong } else { Outcome::CannotTell },
            read: false,
            checks: Vec::new(),
            gaps: vec![if proof.is_some() { Gap::Missing } else { Gap::NeverThere }],
            error: None,
        }
    };
    Ok(named.iter().filter(|id| !stands(id)).map(absent).collect())
}
