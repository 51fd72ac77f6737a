//! The requests of a deletion: many keys at once where that works, one by one where it does not, each tried again when the store is
//! busy.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_s3::types::{Delete, Error as KeyError, ObjectIdentifier};
use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use futures::{StreamExt as _, TryStreamExt as _, stream};

use super::{Entry, Refused};
use crate::bucket::sdk::{self, Operation};
use crate::bucket::{Bucket, spelling};
use crate::error::{Error, Kind, Result};
use crate::words::harmless;

/// How often what the store was too busy for is sent again. The client itself tries a request three times first.
const AGAIN: usize = 5;
/// Single deletions on their way at once.
const SINGLES_AT_ONCE: usize = 8;

/// What became of one batch.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub(super) objects: u64,
    pub(super) bytes: u64,
    pub(super) refused: Vec<Refused>,
}

impl Step {
    fn gone(&mut self, entry: &Entry) {
        self.objects += 1;
        self.bytes += entry.bytes();
    }

    fn refuse(&mut self, entry: &Entry, why: impl Into<String>) {
        self.refused.push(Refused {
            key: entry.key().to_owned(),
            version_id: entry.version_id().map(str::to_owned),
            why: harmless(&why.into()),
        });
    }
}

/// What became of a request of many keys.
enum Answer {
    /// The keys that are still there, and why; all others went.
    Errors(Vec<KeyError>),
    /// The store cannot delete many at once.
    OneByOne,
}

impl Bucket {
    /// Deletes a batch that fits a request.
    pub(super) async fn carry_out(self, batch: Vec<Entry>) -> Result<Step> {
        let (many, odd): (Vec<_>, Vec<_>) =
            batch.into_iter().partition(|entry| spelling::fits_xml(entry.key()));
        let mut step = Step::default();
        self.many(many, &mut step).await?;
        self.each(odd, &mut step).await?;
        Ok(step)
    }

    async fn many(&self, mut left: Vec<Entry>, step: &mut Step) -> Result<()> {
        let mut pauses = pauses();
        while !left.is_empty() {
            let errors = match self.request(&left).await {
                Ok(Answer::OneByOne) => return self.each(left, step).await,
                Ok(Answer::Errors(errors)) => errors,
                Err(error) => {
                    let Some(pause) = pauses.next().filter(|_| error.kind().is_retryable()) else {
                        return Err(error);
                    };
                    tokio::time::sleep(error.wait().unwrap_or(pause)).await;
                    continue;
                }
            };
            let pause = pauses.next();
            left = sort_out(left, errors, pause.is_some(), step);
            if let Some(pause) = pause.filter(|_| !left.is_empty()) {
                tokio::time::sleep(pause).await;
            }
        }
        Ok(())
    }

    async fn request(&self, entries: &[Entry]) -> Result<Answer> {
        let objects = entries.iter().map(identifier).collect::<Result<Vec<_>>>()?;
        let delete = Delete::builder().set_objects(Some(objects)).quiet(true).build().map_err(not_built)?;
        match self.control.delete_objects().bucket(&self.name).delete(delete).send().await {
            Ok(answer) => Ok(Answer::Errors(answer.errors.unwrap_or_default())),
            // Older stores want an MD5 of the list, which the SDK does not send any more; some know no such request.
            Err(error) if sdk::code(&error) == Some("MissingContentMD5") => Ok(Answer::OneByOne),
            Err(error) => {
                let explained = sdk::explain(Operation::DeleteObject, &self.name, &error);
                if explained.kind() == Kind::Unsupported { Ok(Answer::OneByOne) } else { Err(explained) }
            }
        }
    }

    async fn each(&self, entries: Vec<Entry>, step: &mut Step) -> Result<()> {
        let requests = stream::iter(entries).map(|entry| async move {
            let ended = self.single(&entry).await;
            Ok::<_, Error>((entry, ended?))
        });
        let mut ended = requests.buffer_unordered(SINGLES_AT_ONCE);
        while let Some((entry, refused)) = ended.try_next().await? {
            match refused {
                None => step.gone(&entry),
                Some(why) => step.refuse(&entry, why),
            }
        }
        Ok(())
    }

    /// Deletes one; why it was refused, where it was. An error is one that would meet every other key as well.
    async fn single(&self, entry: &Entry) -> Result<Option<String>> {
        let mut pauses = pauses();
        loop {
            let request = self.control.delete_object().bucket(&self.name).key(entry.key());
            let request = request.set_version_id(entry.version_id().map(str::to_owned));
            let Err(error) = request.send().await else { return Ok(None) };
            let error = sdk::explain(Operation::DeleteObject, &self.uri(entry.key()), &error);
            match error.kind() {
                kind if kind.is_retryable() => match pauses.next() {
                    Some(pause) => tokio::time::sleep(error.wait().unwrap_or(pause)).await,
                    None => return Err(error),
                },
                Kind::Credentials | Kind::Usage => return Err(error),
                _ => return Ok(Some(error.why().unwrap_or(error.what()).to_owned())),
            }
        }
    }
}

/// Counts what went and what was refused for good; gives what is worth another try, where there may be one.
fn sort_out(sent: Vec<Entry>, errors: Vec<KeyError>, again: bool, step: &mut Step) -> Vec<Entry> {
    let mut errors: HashMap<(String, Option<String>), KeyError> =
        errors.into_iter().map(|error| (named(&error), error)).collect();
    let mut left = Vec::new();
    for entry in sent {
        let name = |id: Option<&str>| (entry.key().to_owned(), id.map(str::to_owned));
        // Some stores leave the version out of what they refuse.
        let error = errors.remove(&name(entry.version_id())).or_else(|| errors.remove(&name(None)));
        match error {
            None => step.gone(&entry),
            Some(error) if again && sdk::kind(error.code().unwrap_or_default()).is_retryable() => {
                left.push(entry);
            }
            Some(error) => step.refuse(&entry, why(&error)),
        }
    }
    left
}

fn named(error: &KeyError) -> (String, Option<String>) {
    let id = error.version_id().filter(|id| !id.is_empty());
    (error.key().unwrap_or_default().to_owned(), id.map(str::to_owned))
}

fn why(error: &KeyError) -> String {
    sdk::words(error.code().unwrap_or_default(), error.message().unwrap_or_default())
}

fn identifier(entry: &Entry) -> Result<ObjectIdentifier> {
    let builder = ObjectIdentifier::builder().key(entry.key());
    builder.set_version_id(entry.version_id().map(str::to_owned)).build().map_err(not_built)
}

fn not_built(error: aws_smithy_types::error::operation::BuildError) -> Error {
    Error::new(Kind::Fatal, Operation::DeleteObject.sentence("")).caused_by(error)
}

fn pauses() -> ExponentialBackoff {
    let first = Duration::from_millis(200);
    let backoff = ExponentialBuilder::default().with_min_delay(first).with_max_delay(Duration::from_secs(10));
    backoff.with_max_times(AGAIN).with_jitter().build()
}
