//! What one run leaves for the next, and what this one begins with.

use super::Runtime;
use crate::catalog::DatasetId;
use crate::config::Remembered;
use crate::context::Context;
use crate::transfer;
use crate::tui::Known;
use crate::words;

impl Runtime {
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
        datasets: ids.or_else(|| before.map(|before| before.datasets)).unwrap_or_default(),
        at: jiff::Timestamp::now(),
    };
    remembered.save(&context.paths, context.endpoint())
}

/// What the wizard knows before anything was asked.
pub(in crate::tui) async fn begin(context: &Context) -> Known {
    let (paths, endpoint) = (context.paths.clone(), context.endpoint().cloned());
    let remembered = tokio::task::spawn_blocking(move || Remembered::load(&paths, endpoint.as_ref())).await;
    let last = remembered.ok().flatten();
    // What cannot be read now is told by the screens that need it.
    let begun = transfer::begun(&context.paths.data_dir, &context.paths.state_dir).await;
    let resumable = begun.map_or(0, |begun| begun.len());
    Known {
        sandbox: context.is_sandbox(),
        mirror: words::address(&context.mirror),
        data_dir: context.paths.data_dir.clone(),
        target: context.target.clone(),
        mode: context.mode(),
        limits: context.limits(),
        quick: is_quick(last.as_ref(), context.bucket.as_deref()),
        last_bucket: context.bucket.clone().or_else(|| last.as_ref().map(|last| last.bucket.clone())),
        datasets: last.map(|last| last.datasets.into_iter().map(DatasetId).collect()).unwrap_or_default(),
        resumable,
        ..Known::default()
    }
}

/// Whether to go straight to the datasets: only a run that got as far as choosing them has set its bucket up.
fn is_quick(last: Option<&Remembered>, named: Option<&str>) -> bool {
    last.is_some_and(|last| !last.datasets.is_empty() && named.is_none_or(|named| named == last.bucket))
}
