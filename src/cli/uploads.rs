//! `uploads`: what was begun and never finished, what it holds and is billed for, and throwing it away.

use std::collections::BTreeSet;

use futures::{StreamExt as _, TryStreamExt as _, stream};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::args::{self, Global};
use super::ask::Asker;
use super::counter::unless_stopped;
use super::status::day;
use super::table::{Side, table};
use super::{Exit, Output, ground};
use crate::bucket::{Bucket, Parts, Upload};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer;
use crate::words::{excerpt, harmless, size};

/// Uploads whose parts are asked for at once.
const AT_ONCE: usize = 8;

/// Does it.
pub(super) async fn run(
    context: &Context,
    global: &Global,
    flags: &args::Uploads,
    output: &Output,
) -> Result<Exit> {
    if flags.abort && flags.which.is_empty() && !flags.all {
        let error = Error::new(Kind::Usage, say!("cli-uploads-which"));
        return Err(error.hint(say!("cli-uploads-which-hint")));
    }
    let asker = if flags.abort {
        context.may_change(say!("cli-uploads-refused"))?;
        Some(Asker::new(global.yes)?)
    } else {
        None
    };
    let bucket = ground::open_bucket(context, output).await?;
    let all = unless_stopped(look(context, &bucket)).await?;
    match asker {
        None => {
            show(&all, output);
            Ok(Exit::Done)
        }
        Some(asker) => abort(&bucket, chosen(all, flags)?, asker, output).await,
    }
}

/// An unfinished upload with what it holds.
#[derive(Debug, Clone, Serialize)]
struct Row {
    #[serde(flatten)]
    upload: Upload,
    parts: u64,
    bytes: u64,
    /// Whether the journal of this machine can go on with it.
    resumable: bool,
}

async fn look(context: &Context, bucket: &Bucket) -> Result<Vec<Row>> {
    let begun = transfer::begun(&context.paths.data_dir, &context.paths.state_dir).await?;
    let known: BTreeSet<String> = begun.into_iter().flat_map(|archive| archive.upload_ids).collect();
    let uploads = bucket.uploads().await?;
    let looks = stream::iter(uploads).map(|upload| async {
        let parts = bucket.parts_of(&upload).await?;
        let resumable = known.contains(&upload.upload_id);
        // One that ended in between is none any more.
        let row = |Parts { count, bytes }| Row { upload, parts: count, bytes, resumable };
        Ok::<_, Error>(parts.map(row))
    });
    let rows: Vec<Option<Row>> = looks.buffered(AT_ONCE).try_collect().await?;
    Ok(rows.into_iter().flatten().collect())
}

fn show(rows: &[Row], output: &Output) {
    for row in rows {
        output.event("upload", row);
    }
    let bytes: u64 = rows.iter().map(|row| row.bytes).sum();
    output.event("summary", json!({ "uploads": rows.len(), "bytes": bytes }));
    if rows.is_empty() {
        output.line(say!("cli-uploads-none"));
        return;
    }
    let now = Timestamp::now().as_second();
    let cells: Vec<_> = rows.iter().map(|row| cells(row, now)).collect();
    output.lines(table(&[Side::Left, Side::Right, Side::Right, Side::Right], &cells));
    output.line(say!("cli-uploads-total", uploads = rows.len(), bytes = size(bytes)));
    output.line(say!("cli-uploads-hint"));
}

fn cells(row: &Row, now: i64) -> Vec<String> {
    let age = row.upload.initiated.and_then(|begun| u64::try_from(now - begun).ok());
    let age =
        age.map_or_else(|| day(None), |seconds| crate::words::span(std::time::Duration::from_secs(seconds)));
    let resumable = if row.resumable { say!("cli-uploads-resumable") } else { String::new() };
    vec![
        harmless(&row.upload.key),
        age,
        say!("cli-parts", parts = row.parts),
        size(row.bytes),
        harmless(&row.upload.upload_id),
        resumable,
    ]
}

/// Those that the flags name by key or id; one that matches nothing is an error.
fn chosen(all: Vec<Row>, flags: &args::Uploads) -> Result<Vec<Row>> {
    if flags.all {
        return Ok(all);
    }
    let is = |row: &Row, which: &String| row.upload.key == *which || row.upload.upload_id == *which;
    if let Some(stranger) = flags.which.iter().find(|which| !all.iter().any(|row| is(row, which))) {
        let error = Error::new(Kind::NotFound, say!("cli-uploads-no-such", which = excerpt(stranger)));
        return Err(error.hint(say!("cli-uploads-no-such-hint")));
    }
    Ok(all.into_iter().filter(|row| flags.which.iter().any(|which| is(row, which))).collect())
}

async fn abort(bucket: &Bucket, rows: Vec<Row>, asker: Asker, output: &Output) -> Result<Exit> {
    show(&rows, output);
    if rows.is_empty() {
        return Ok(Exit::Done);
    }
    asker.dare(say!("cli-uploads-confirm", uploads = rows.len())).await?;
    for row in rows {
        bucket.abort(&row.upload).await?;
        output.event("aborted", &row);
        output.line(say!("cli-uploads-aborted", key = harmless(&row.upload.key), bytes = size(row.bytes)));
    }
    Ok(Exit::Done)
}
