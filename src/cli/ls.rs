//! `ls`: what stands in the bucket, one level or everything below, page by page as it comes.

use futures::{Stream, StreamExt as _, TryStreamExt as _};
use serde_json::json;

use super::counter::unless_stopped;
use super::place::Place;
use super::status::day;
use super::{Exit, Output, args};
use crate::bucket::{Bucket, Object, Version};
use crate::context::Context;
use crate::error::Result;
use crate::say;
use crate::words::{harmless, size};

/// Does it.
pub(super) async fn run(context: &Context, flags: &args::Ls, output: &Output) -> Result<Exit> {
    let place = Place::read(flags.prefix.as_deref().unwrap_or_default())?;
    let bucket = place.open(context, output).await?;
    unless_stopped(async {
        let mut listing = Listing { output, left: flags.limit.unwrap_or(u64::MAX), seen: Seen::default() };
        listing.show(&bucket, &place.key, flags).await?;
        listing.finish(&bucket, &place.key);
        Ok(Exit::Done)
    })
    .await
}

/// One line.
enum Line {
    Folder(String),
    Object(Object),
    Version(Version),
}

/// What was shown.
#[derive(Default)]
struct Seen {
    prefixes: u64,
    objects: u64,
    bytes: u64,
    markers: u64,
}

struct Listing<'a> {
    output: &'a Output,
    left: u64,
    seen: Seen,
}

impl Listing<'_> {
    async fn show(&mut self, bucket: &Bucket, prefix: &str, flags: &args::Ls) -> Result<()> {
        let mut lines = Box::pin(lines(bucket, prefix, flags));
        while self.left > 0 && !self.output.is_closed() {
            let Some(page) = lines.try_next().await? else { break };
            for line in page {
                if self.left == 0 {
                    break;
                }
                self.left -= 1;
                self.line(&line);
            }
        }
        Ok(())
    }

    fn line(&mut self, line: &Line) {
        let (seen, output) = (&mut self.seen, self.output);
        match line {
            Line::Folder(prefix) => {
                seen.prefixes += 1;
                output.event("prefix", json!({ "prefix": prefix }));
                output.line(row("", "", &say!("cli-ls-folder"), &harmless(prefix)));
            }
            Line::Object(object) => {
                seen.objects += 1;
                seen.bytes += object.size;
                output.event("object", object);
                let class = harmless(object.class.as_deref().unwrap_or("STANDARD"));
                output.line(row(&day(object.modified), &size(object.size), &class, &harmless(&object.key)));
            }
            Line::Version(version) => self.version(version),
        }
    }

    fn version(&mut self, version: &Version) {
        self.output.event("version", version);
        let mark = if version.is_latest { "● " } else { "○ " };
        let key = format!("{mark}{}  {}", harmless(&version.key), harmless(&version.version_id));
        if version.is_delete_marker {
            self.seen.markers += 1;
            self.output.line(row(&day(version.modified), "–", &say!("cli-ls-marker"), &key));
            return;
        }
        self.seen.objects += 1;
        self.seen.bytes += version.size;
        let class = harmless(version.class.as_deref().unwrap_or("STANDARD"));
        self.output.line(row(&day(version.modified), &size(version.size), &class, &key));
    }

    fn finish(&self, bucket: &Bucket, prefix: &str) {
        let Seen { prefixes, objects, bytes, markers } = self.seen;
        let facts = json!({
            "bucket": bucket.name(), "prefix": prefix, "prefixes": prefixes, "objects": objects, "bytes": bytes,
            "markers": markers,
        });
        self.output.event("summary", facts);
        if prefixes + objects + markers == 0 {
            self.output.note(say!("cli-ls-nothing", place = super::place::shown(bucket, prefix)));
        }
    }
}

/// Columns of fixed widths, since nobody waits for the last page to see the first.
fn row(date: &str, size: &str, class: &str, key: &str) -> String {
    format!("{date:<16}  {size:>10}  {class:<12}  {key}")
}

/// The pages that the flags ask for, folders first on each.
fn lines<'a>(
    bucket: &Bucket,
    prefix: &str,
    flags: &args::Ls,
) -> impl Stream<Item = Result<Vec<Line>>> + Send + use<'a> {
    let folders = |prefixes: Vec<String>| prefixes.into_iter().map(Line::Folder);
    match (flags.versions, flags.recursive) {
        (true, recursive) => {
            let pages = if recursive {
                bucket.versions(prefix, None).boxed()
            } else {
                bucket.folder_versions(prefix, None).boxed()
            };
            let lines = pages.map_ok(move |page| {
                folders(page.prefixes).chain(page.versions.into_iter().map(Line::Version)).collect()
            });
            lines.boxed()
        }
        (false, true) => {
            bucket.pages(prefix, None).map_ok(|page| page.into_iter().map(Line::Object).collect()).boxed()
        }
        (false, false) => {
            let pages = bucket.folder(prefix, None).map_ok(move |page| {
                folders(page.prefixes).chain(page.objects.into_iter().map(Line::Object)).collect()
            });
            pages.boxed()
        }
    }
}
