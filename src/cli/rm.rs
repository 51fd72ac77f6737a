//! `rm`: deletes keys, a prefix or everything. Shows what and how much first, and wants the bucket's name.

use futures::TryStreamExt as _;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::counter::{Counter, unless_stopped};
use super::du::classes;
use super::place::{self, Place, shown};
use super::signals::Signals;
use super::table::{Side, table};
use super::{Exit, Output, args, ask};
use crate::bucket::protection::{self, Reading};
use crate::bucket::{Bucket, Deleted, Deletion, Doomed, Extent};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::{harmless, size};

/// Does it.
pub(super) async fn run(context: &Context, flags: &args::Rm, output: &Output) -> Result<Exit> {
    let (named, deletion) = meant(flags)?;
    if !flags.dry_run {
        context.may_change(say!("cli-rm-refused"))?;
        if flags.confirm.is_none() && !ask::is_anybody_there() {
            let error = Error::new(Kind::Usage, say!("cli-rm-nobody"));
            return Err(error.hint(say!("cli-rm-nobody-hint")));
        }
    }
    let bucket = place::open(context, named.as_deref(), output).await?;
    check_name(&bucket, flags.confirm.as_deref())?;
    let extent = unless_stopped(preview(&bucket, &deletion, output)).await?;
    show(&bucket, &deletion, &extent, output).await;
    if flags.dry_run {
        return Ok(Exit::Done);
    }
    if extent.is_empty() {
        return nothing(&deletion);
    }
    if flags.confirm.is_none() {
        ask::type_name(bucket.name(), say!("cli-rm-type-name", bucket = bucket.name())).await?;
    }
    let (deleted, stopped) = delete(&bucket, &deletion, &extent, output).await?;
    Ok(finish(&deleted, stopped, output))
}

/// The bucket where it was named, and what goes.
fn meant(flags: &args::Rm) -> Result<(Option<String>, Deletion)> {
    let (named, what) = match &flags.prefix {
        Some(prefix) => {
            let place = Place::read(prefix)?;
            // What is empty is everything, which has a flag of its own.
            if place.key.is_empty() {
                let error = Error::new(Kind::Usage, say!("cli-rm-empty-prefix"));
                return Err(error.hint(say!("cli-rm-empty-prefix-hint")));
            }
            (place.bucket, Doomed::Prefix(place.key))
        }
        None if flags.everything => (None, Doomed::Everything),
        None => {
            let (named, mut keys) = Place::read_all(&flags.keys)?;
            keys.sort_unstable();
            keys.dedup();
            if keys.iter().any(String::is_empty) {
                return Err(Error::new(Kind::Usage, say!("cli-rm-empty-key")));
            }
            (named, one_or_keys(keys, &flags.version_id)?)
        }
    };
    Ok((named, Deletion { what, versions: flags.versions }))
}

/// The keys, or the versions of the one that was named.
fn one_or_keys(mut keys: Vec<String>, ids: &[String]) -> Result<Doomed> {
    if ids.is_empty() {
        return Ok(Doomed::Keys(keys));
    }
    match (keys.pop(), keys.is_empty()) {
        (Some(key), true) => Ok(Doomed::Versions(ids.iter().map(|id| (key.clone(), id.clone())).collect())),
        _ => Err(Error::new(Kind::Usage, say!("cli-rm-one-key")).hint(say!("cli-rm-one-key-hint"))),
    }
}

fn check_name(bucket: &Bucket, confirm: Option<&str>) -> Result<()> {
    match confirm {
        Some(name) if name != bucket.name() => {
            let error = Error::new(Kind::Usage, say!("cli-rm-wrong-name", bucket = bucket.name()));
            Err(error.because(say!("cli-rm-other-name", name = crate::words::excerpt(name))))
        }
        _ => Ok(()),
    }
}

async fn preview(bucket: &Bucket, deletion: &Deletion, output: &Output) -> Result<Extent> {
    let counter = Counter::new(output);
    let mut counts = bucket.preview(deletion);
    let mut extent = Extent::default();
    while let Some(count) = counts.try_next().await? {
        counter.count(&count);
        extent = count;
    }
    Ok(extent)
}

/// Says what would go, and whether it could be had back.
async fn show(bucket: &Bucket, deletion: &Deletion, extent: &Extent, output: &Output) {
    let keeps = protection::read(bucket).await.is_ok_and(|current| current.versioning == Reading::Is(true));
    let for_good = deletion.versions || !keeps || matches!(deletion.what, Doomed::Versions(_));
    let facts = json!({
        "bucket": bucket.name(), "what": deletion.what, "versions": deletion.versions, "for_good": for_good,
        "objects": extent.objects, "bytes": extent.bytes, "markers": extent.markers, "by_class": extent.by_class,
    });
    output.event("deletion", facts);
    output.heading(&what(bucket, &deletion.what));
    let amount = say!("cli-rm-amount", objects = extent.objects, bytes = size(extent.bytes));
    let markers = match extent.markers {
        0 => String::new(),
        markers => format!(" · {}", say!("cli-markers", markers = markers)),
    };
    output.line(format!("  {amount}{markers}"));
    let rows = classes(extent);
    if rows.len() > 1 {
        output.lines(table(&[Side::Right, Side::Right], &rows).into_iter().map(|line| format!("  {line}")));
    }
    output
        .line(format!("  {}", if for_good { say!("cli-rm-for-good") } else { say!("cli-rm-versions-stay") }));
}

fn what(bucket: &Bucket, what: &Doomed) -> String {
    match what {
        Doomed::Keys(keys) if keys.len() == 1 => shown(bucket, &keys[0]),
        Doomed::Keys(keys) => say!("cli-rm-keys", bucket = bucket.name(), keys = keys.len()),
        Doomed::Versions(versions) => {
            let key = versions.first().map(|(key, _)| shown(bucket, key)).unwrap_or_default();
            say!("cli-rm-version", place = key, count = versions.len())
        }
        Doomed::Prefix(prefix) => say!("cli-rm-prefix", place = shown(bucket, prefix)),
        Doomed::Everything => say!("cli-rm-everything", bucket = bucket.name()),
    }
}

/// A key that was named must be there; a prefix or a bucket may well be empty.
fn nothing(deletion: &Deletion) -> Result<Exit> {
    match &deletion.what {
        Doomed::Keys(_) | Doomed::Versions(_) => Err(Error::new(Kind::NotFound, say!("cli-rm-not-there"))),
        _ => Ok(Exit::Done),
    }
}

/// Deletes until it is done or a signal stops it; the second signal leaves at once.
async fn delete(
    bucket: &Bucket,
    deletion: &Deletion,
    extent: &Extent,
    output: &Output,
) -> Result<(Deleted, bool)> {
    let (halt, counter) = (CancellationToken::new(), Counter::new(output));
    let mut signals = Signals::listen()?;
    let mut steps = bucket.delete(deletion, &halt);
    let mut deleted = Deleted::default();
    loop {
        tokio::select! {
            step = steps.try_next() => match step {
                Ok(None) => break,
                Ok(Some(step)) => {
                    tell(&step, extent, &counter, output);
                    deleted = step;
                }
                Err(error) => {
                    drop(counter);
                    summary(&deleted, true, output);
                    return Err(error);
                }
            },
            () = signals.next() => {
                if halt.is_cancelled() {
                    std::process::exit(i32::from(Exit::Interrupted.code()));
                }
                halt.cancel();
                counter.aside(|| output.note(say!("cli-stopping")));
            }
        }
    }
    let entries = deleted.objects + deleted.failed;
    Ok((deleted, halt.is_cancelled() && entries < extent.entries()))
}

fn tell(step: &Deleted, extent: &Extent, counter: &Counter, output: &Output) {
    for refused in &step.refused {
        output.event("refused", refused);
        let line = say!("cli-rm-refused-key", key = harmless(&refused.key), why = refused.why.as_str());
        counter.aside(|| output.note(line));
    }
    let facts = json!({ "objects": step.objects, "bytes": step.bytes, "failed": step.failed, "total": extent.entries() });
    output.event("progress", facts);
    counter.say(say!(
        "cli-rm-progress",
        done = step.objects,
        total = extent.entries(),
        bytes = size(step.bytes)
    ));
}

fn finish(deleted: &Deleted, stopped: bool, output: &Output) -> Exit {
    summary(deleted, stopped, output);
    let failed = if deleted.failed > 0 { Exit::Failed } else { Exit::Done };
    failed.max(if stopped { Exit::Interrupted } else { Exit::Done })
}

fn summary(deleted: &Deleted, stopped: bool, output: &Output) {
    let facts = json!({
        "deleted": deleted.objects, "bytes": deleted.bytes, "failed": deleted.failed, "interrupted": stopped,
    });
    output.event("summary", facts);
    output.line(say!(
        "cli-rm-summary",
        deleted = deleted.objects,
        bytes = size(deleted.bytes),
        failed = deleted.failed
    ));
    if stopped {
        output.note(say!("cli-rm-stopped"));
    }
}
