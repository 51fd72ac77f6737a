//! `status`: the bucket, what is in it, what was begun and can be resumed, and what is billed without being seen.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::json;

use super::table::{Side, table};
use super::{Exit, Output, ground};
use crate::bucket::{Bucket, Object, Upload};
use crate::context::Context;
use crate::error::Result;
use crate::say;
use crate::transfer::{self, Begun};
use crate::words::{self, harmless, size};

/// Does it.
pub(super) async fn run(context: &Context, output: &Output) -> Result<Exit> {
    let begun = transfer::begun(&context.paths.data_dir, &context.paths.state_dir).await?;
    show_begun(&begun, output);
    let bucket = ground::open_bucket(context, output).await?;
    let objects = bucket.objects("").await?;
    show_bucket(&bucket, &objects, output);
    show_uploads(&bucket.uploads().await?, output);
    Ok(Exit::Done)
}

fn show_begun(begun: &[Begun], output: &Output) {
    if begun.is_empty() {
        return;
    }
    output.heading(&say!("cli-status-begun"));
    for archive in begun {
        output.event("begun", archive);
    }
    let row = |archive: &Begun| {
        let here = format!("{} / {}", size(archive.downloaded), size(archive.size));
        vec![format!("◐ {}", harmless(&archive.key)), here, harmless(&archive.dump)]
    };
    show_table(&[Side::Left, Side::Right], &begun.iter().map(row).collect::<Vec<_>>(), output);
    output.line(format!("  {}", say!("cli-status-begun-hint")));
}

fn show_bucket(bucket: &Bucket, objects: &[Object], output: &Output) {
    let bytes: u64 = objects.iter().map(|object| object.size).sum();
    let facts = json!({
        "bucket": bucket.name(), "region": bucket.region(), "objects": objects.len(), "bytes": bytes,
    });
    output.event("bucket", facts);
    output.heading(&say!("cli-status-bucket", bucket = bucket.name(), region = harmless(bucket.region())));
    for (folder, sum) in folders(objects) {
        output.event("folder", json!({ "prefix": folder, "objects": sum.objects, "bytes": sum.bytes }));
    }
    let archives = objects.iter().filter(|object| object.size > 0);
    archives.clone().for_each(|object| output.event("object", object));
    let row = |object: &Object| {
        let class = object.class.as_deref().unwrap_or("STANDARD");
        vec![harmless(&object.key), size(object.size), harmless(class), day(object.modified)]
    };
    // A bucket may hold a million objects: people are shown the archives, and the sum of the rest.
    let (shown, rest): (Vec<&Object>, Vec<&Object>) =
        archives.partition(|object| object.key.starts_with("raw/"));
    show_table(&[Side::Left, Side::Right], &shown.into_iter().map(row).collect::<Vec<_>>(), output);
    let rest_bytes = rest.iter().map(|object| object.size).sum();
    output.line(format!(
        "  {}",
        say!(
            "cli-status-rest",
            objects = rest.len().to_string(),
            bytes = size(rest_bytes),
            total = size(bytes)
        )
    ));
}

/// Objects and bytes under one first folder.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    objects: usize,
    bytes: u64,
}

fn folders(objects: &[Object]) -> BTreeMap<String, Sum> {
    let mut folders = BTreeMap::<String, Sum>::new();
    for object in objects {
        let folder = object.key.rsplit_once('/').map_or("", |(folder, _)| folder);
        let sum = folders.entry(format!("{folder}/")).or_default();
        sum.objects += 1;
        sum.bytes += object.size;
    }
    folders
}

fn show_uploads(uploads: &[Upload], output: &Output) {
    if uploads.is_empty() {
        return;
    }
    output.heading(&say!("cli-status-uploads"));
    for upload in uploads {
        output.event("unfinished-upload", upload);
    }
    let row = |upload: &Upload| vec![format!("⚠ {}", harmless(&upload.key)), day(upload.initiated)];
    show_table(&[], &uploads.iter().map(row).collect::<Vec<_>>(), output);
    output.line(format!("  {}", say!("cli-status-uploads-hint")));
}

fn show_table(sides: &[Side], rows: &[Vec<String>], output: &Output) {
    output.lines(table(sides, rows).into_iter().map(|line| format!("  {line}")));
}

/// The day of `seconds` since 1970, in the local time zone; a dash where it is not known.
pub(super) fn day(seconds: Option<i64>) -> String {
    let time = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map_or_else(|| "–".to_owned(), words::moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_summed_by_what_stands_directly_in_them() {
        let object = |key: &str, size| Object { key: key.to_owned(), size, ..Object::default() };
        let sums =
            folders(&[object("raw/musicbrainz/", 0), object("raw/musicbrainz/a", 5), object("top", 2)]);
        assert_eq!(sums["raw/musicbrainz/"], Sum { objects: 2, bytes: 5 });
        assert_eq!(sums["/"], Sum { objects: 1, bytes: 2 });
    }

    #[test]
    fn an_unknown_day_is_a_dash() {
        assert_eq!(day(None), "–");
        assert!(day(Some(1_750_000_000)).starts_with("2025-06-1"));
    }
}
