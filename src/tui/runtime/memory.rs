//! What one run leaves for the next, and what this one begins with.

use super::Runtime;
use crate::catalog::DatasetId;
use crate::config::{self, Remembered};
use crate::context::Context;
use crate::transfer::{self, Summary};
use crate::tui::screens::speed;
use crate::tui::{Known, Seen};
use crate::words;

/// The folder of what was seen, in the folder of what is remembered.
const SEEN: &str = "seen";

impl Runtime {
    /// Keeps what was seen, for the next start to show.
    pub(super) fn keep(&mut self, seen: Seen) {
        let context = self.context.clone();
        self.tasks.spawn_blocking(move || {
            if let Err(error) = config::keep(&context.paths, SEEN, context.endpoint(), &seen) {
                tracing::warn!(%error, "not kept");
            }
        });
    }

    /// Remembers how fast a transfer was.
    pub(super) fn remember_rates(&mut self, summary: &Summary) {
        let context = self.context.clone();
        let summary = summary.clone();
        self.tasks.spawn_blocking(move || {
            let Some(last) = Remembered::load(&context.paths, context.endpoint()) else { return };
            let rates = Some(speed::of(&summary, last.rates.unwrap_or_default()));
            let now = Remembered { rates, ..last };
            if let Err(error) = now.save(&context.paths, context.endpoint()) {
                tracing::warn!(%error, "not remembered");
            }
        });
    }

    pub(super) fn remember(&mut self, bucket: Option<String>, datasets: Option<Vec<DatasetId>>) {
        let context = self.context.clone();
        let open = self.bucket.as_ref().map(|bucket| (bucket.name().to_owned(), bucket.region().to_owned()));
        // Small files, but a disk may sleep.
        self.tasks.spawn_blocking(move || {
            if let Err(error) = write(&context, bucket, datasets, open) {
                tracing::warn!(%error, "not remembered");
            }
        });
    }
}

fn write(
    context: &Context,
    bucket: Option<String>,
    datasets: Option<Vec<DatasetId>>,
    open: Option<(String, String)>,
) -> crate::Result<()> {
    let before = Remembered::load(&context.paths, context.endpoint());
    let Some(bucket) = bucket.or_else(|| open.as_ref().map(|(name, _)| name.clone())) else { return Ok(()) };
    let region = open.filter(|(name, _)| *name == bucket).map(|(_, region)| region);
    let ids = datasets.map(|ids| ids.into_iter().map(|id| id.0).collect());
    let remembered = Remembered {
        bucket,
        region,
        profile: context.target.profile.clone(),
        endpoint_url: None,
        rates: before.as_ref().and_then(|before| before.rates),
        datasets: ids.or_else(|| before.map(|before| before.datasets)).unwrap_or_default(),
        at: jiff::Timestamp::now(),
    };
    remembered.save(&context.paths, context.endpoint())
}

/// What the wizard knows before anything was asked.
pub(in crate::tui) async fn begin(context: &Context) -> Known {
    let (paths, endpoint) = (context.paths.clone(), context.endpoint().cloned());
    let reading = tokio::task::spawn_blocking(move || {
        let endpoint = endpoint.as_ref();
        (Remembered::load(&paths, endpoint), config::recall::<Seen>(&paths, SEEN, endpoint))
    });
    let (last, seen) = reading.await.unwrap_or_default();
    // What cannot be read now is told by the screens that need it.
    let begun = transfer::begun(&context.paths.data_dir, &context.paths.state_dir).await;
    let begun = begun.unwrap_or_default();
    let last_bucket = context.bucket.clone().or_else(|| last.as_ref().map(|last| last.bucket.clone()));
    Known {
        sandbox: context.is_sandbox(),
        mirror: words::address(&context.mirror),
        data_dir: context.paths.data_dir.clone(),
        target: context.target.clone(),
        mode: context.mode(),
        limits: context.limits(),
        returning: is_returning(last.as_ref(), context.bucket.as_deref()),
        seen: seen.filter(|seen| last_bucket.as_ref() == Some(&seen.bucket)),
        rates: last.as_ref().and_then(|last| last.rates).unwrap_or_default(),
        bucket_region: last.as_ref().and_then(|last| last.region.clone()).unwrap_or_default(),
        datasets: last.map(|last| last.datasets.into_iter().map(DatasetId).collect()).unwrap_or_default(),
        last_bucket,
        resumable: begun.len(),
        begun,
        ..Known::default()
    }
}

/// Whether to begin at home: an earlier run chose a bucket, and no other one is named now.
fn is_returning(last: Option<&Remembered>, named: Option<&str>) -> bool {
    last.is_some_and(|last| named.is_none_or(|named| named == last.bucket))
}
