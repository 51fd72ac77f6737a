//! `get`: brings objects from the bucket to this machine, and says of each what it was compared with.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use futures::TryStreamExt;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio::time::{MissedTickBehavior, interval};

use super::output::Failure;
use super::rate::span;
use super::signals::Signals;
use super::verify::equals;
use super::{Exit, Output, args, ground};
use crate::bucket::Bucket;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::fetch::{self, Fetched, Item, News, Options, Running, Skip, Summary, Tally, What};
use crate::words::{harmless, size};

/// How often the bar is drawn.
const FRAME: Duration = Duration::from_millis(100);
/// How often programs hear of bytes.
const JSON_BEAT: Duration = Duration::from_secs(2);
/// How often a log hears of bytes.
const TEXT_BEAT: Duration = Duration::from_secs(10);

/// Does it.
pub(super) async fn run(context: &Context, flags: &args::Get, output: &Output) -> Result<Exit> {
    let bucket = ground::open_bucket(context, output).await?;
    let (items, troubles) = items(&bucket, flags).await?;
    for trouble in &troubles {
        output.error(trouble);
    }
    let options = Options {
        replace: flags.replace,
        limit: context.settings.limit_down.clone(),
        ..Options::new(context.paths.state_dir.clone())
    };
    let mut signals = Signals::listen()?;
    let running = fetch::start(&bucket, items.clone(), options);
    let mut summary = watch(&items, running, &mut signals, output).await;
    summary.failed += troubles.len();
    summary.failures.extend(troubles.iter().map(Error::kind));
    finish(&summary, output);
    Ok(Exit::worst(summary.failures, summary.interrupted > 0))
}

/// What is to be fetched and where to; keys that can be no file are told and leave the others alone.
async fn items(bucket: &Bucket, flags: &args::Get) -> Result<(Vec<Item>, Vec<Error>)> {
    let (mut items, mut troubles) = (Vec::new(), Vec::new());
    let folder = flags.to.clone().unwrap_or_else(|| PathBuf::from("."));
    let is_file = names_file(flags).await;
    let root = bucket.uri("");
    for key in &flags.keys {
        let key = key.strip_prefix(&root).unwrap_or(key);
        let to = if is_file {
            Ok(folder.clone())
        } else {
            fetch::place_below(&folder, key.trim_end_matches('/'), key)
        };
        sort(to.map(|to| Item::new(key, to)), &mut items, &mut troubles);
    }
    if let Some(prefix) = &flags.prefix {
        let prefix = prefix.strip_prefix(&root).unwrap_or(prefix);
        let before = items.len() + troubles.len();
        below(bucket, prefix, &folder, &mut items, &mut troubles).await?;
        if items.len() + troubles.len() == before {
            let what = say!("cli-get-nothing", prefix = harmless(prefix));
            return Err(Error::new(Kind::NotFound, what).hint(say!("fetch-missing-hint")));
        }
    }
    Ok((items, troubles))
}

/// Everything whose key begins with `prefix`, under its path below the prefix's last folder.
async fn below(
    bucket: &Bucket,
    prefix: &str,
    folder: &Path,
    items: &mut Vec<Item>,
    troubles: &mut Vec<Error>,
) -> Result<()> {
    let mut pages = std::pin::pin!(bucket.pages(prefix, None));
    while let Some(page) = pages.try_next().await? {
        // Keys that make folders visible are no files, the prefix's own among them.
        for object in page.into_iter().filter(|object| !object.key.ends_with('/')) {
            let to = fetch::place_below(folder, prefix, &object.key);
            let item = to.map(|to| Item { size: object.size, ..Item::new(object.key, to) });
            sort(item, items, troubles);
        }
    }
    Ok(())
}

fn sort(item: Result<Item>, items: &mut Vec<Item>, troubles: &mut Vec<Error>) {
    match item {
        Ok(item) => items.push(item),
        Err(error) => troubles.push(error),
    }
}

/// Whether `--to` names the file itself: for one key, and where no folder stands there or is meant.
async fn names_file(flags: &args::Get) -> bool {
    let Some(to) = flags.to.as_deref().filter(|_| flags.keys.len() == 1 && flags.prefix.is_none()) else {
        return false;
    };
    let is_meant_as_folder = to.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    !is_meant_as_folder && !tokio::fs::metadata(to).await.is_ok_and(|there| there.is_dir())
}

/// Reports until all has ended.
async fn watch(items: &[Item], mut running: Running, signals: &mut Signals, output: &Output) -> Summary {
    let mut watcher = Watcher::new(items, output);
    let mut beat = interval(FRAME);
    beat.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            biased;
            news = running.news.recv() => match news {
                Some(news) => watcher.hear(&news),
                None => break,
            },
            () = signals.next() => interrupt(&running, &watcher),
            _ = beat.tick() => watcher.look(&running.tally),
        }
        if output.is_closed() {
            running.cancel.cancel();
        }
    }
    watcher.bar.finish_and_clear();
    running.finish().await
}

/// The first signal ends it in good order; the second leaves at once: what is durable is gone on with in either case.
fn interrupt(running: &Running, watcher: &Watcher<'_>) {
    if running.cancel.is_cancelled() {
        std::process::exit(i32::from(Exit::Interrupted.code()));
    }
    watcher.bar.suspend(|| watcher.output.note(say!("cli-stopping")));
    running.cancel.cancel();
}

struct Watcher<'a> {
    items: &'a [Item],
    output: &'a Output,
    bar: ProgressBar,
    told: Instant,
}

impl<'a> Watcher<'a> {
    fn new(items: &'a [Item], output: &'a Output) -> Self {
        let is_seen = !output.is_json() && std::io::stderr().is_terminal();
        let bar = if is_seen { ProgressBar::no_length().with_style(style()) } else { ProgressBar::hidden() };
        Self { items, output, bar, told: Instant::now() }
    }

    fn hear(&self, news: &News) {
        let Some(item) = self.items.get(news.item) else { return };
        self.bar.suspend(|| tell(item, &news.what, self.output));
    }

    fn look(&mut self, tally: &Tally) {
        let every = if self.output.is_json() { JSON_BEAT } else { TEXT_BEAT };
        if self.bar.is_hidden() && self.told.elapsed() < every {
            return;
        }
        let (here, total) = (tally.here(), tally.total());
        if !self.bar.is_hidden() {
            self.bar.set_length(total);
            self.bar.set_position(here);
            return;
        }
        self.told = Instant::now();
        self.output.event("progress", json!({ "done": here, "total": total, "moved": tally.moved() }));
        self.output.note(say!("cli-get-progress", done = size(here), total = size(total)));
    }
}

fn style() -> ProgressStyle {
    let template = "{wide_bar:.cyan/dim} {percent:>3} % {binary_bytes:>10} / {binary_total_bytes:10} {binary_bytes_per_sec:>14} {eta:>5}";
    // A template that is wrong is seen in the first run; a plain bar does the same work.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn tell(item: &Item, what: &What, output: &Output) {
    tracing::info!(key = %item.key, ?what, "news");
    event(item, what, output);
    let (key, to) = (harmless(&item.key), harmless(&item.to.display().to_string()));
    match what {
        What::Started { from: 0, .. } => {}
        What::Started { size: bytes, from } => {
            output.note(say!("cli-get-resumed", key = key, here = size(*from), size = size(*bytes)));
        }
        What::Retrying { attempt, wait, why } => {
            let (why, wait, attempt) = (why.to_string(), span(*wait), attempt.to_string());
            output.note(say!("cli-verify-retrying", key = key, why = why, wait = wait, attempt = attempt));
        }
        What::Restarted { why } => output.note(say!("cli-restarted", archive = key, why = why.to_string())),
        What::Fetched(fetched) => output.lines(lines(fetched)),
        What::Skipped(Skip::Here) => output.line(say!("cli-get-here", path = to)),
        What::Skipped(Skip::Folder) => output.note(say!("cli-get-folder", key = key)),
        What::Interrupted => output.note(say!("cli-interrupted", archive = key)),
        What::Failed { why } => {
            output.note(format!("✗ {}", crate::words::because(&key, &why.to_string())));
            if let Some(hint) = why.advice() {
                output.note(format!("  {}", say!("hint", text = hint)));
            }
        }
    }
}

fn event(item: &Item, what: &What, output: &Output) {
    let (name, mut fields) = match what {
        What::Started { size, from } => ("started", json!({ "size": size, "from": from })),
        What::Retrying { attempt, wait, why } => (
            "retrying",
            json!({ "attempt": attempt, "wait": wait.as_secs_f64(), "error": Failure::from(&**why) }),
        ),
        What::Restarted { why } => ("restarted", json!({ "error": Failure::from(&**why) })),
        What::Fetched(fetched) => ("fetched", json!(&**fetched)),
        What::Skipped(why) => ("skipped", json!({ "reason": why })),
        What::Interrupted => ("interrupted", json!({})),
        What::Failed { why } => ("failed", json!({ "error": Failure::from(&**why) })),
    };
    fields["key"] = json!(item.key);
    fields["to"] = json!(item.to);
    output.event(name, fields);
}

/// One object in a few lines: the file, what was equal, and what could not be compared.
fn lines(fetched: &Fetched) -> Vec<String> {
    let path = harmless(&fetched.to.display().to_string());
    let first = ["✓".to_owned(), path, size(fetched.size), equals(&fetched.checks)].join("  ");
    let gaps = fetched.gaps.iter().map(|gap| format!("    {}", gap.words()));
    std::iter::once(first.trim_end().to_owned()).chain(gaps).collect()
}

fn finish(summary: &Summary, output: &Output) {
    tracing::info!(?summary, "done");
    output.event("summary", summary);
    output.line(say!(
        "cli-get-summary",
        fetched = summary.fetched.to_string(),
        skipped = summary.skipped.to_string(),
        failed = summary.failed.to_string(),
        bytes = size(summary.bytes),
        time = span(Duration::from_secs_f64(summary.seconds.max(0.0)))
    ));
    if summary.interrupted > 0 {
        output.note(say!("cli-summary-interrupted"));
    }
}
