//! `lift`, `download`, `upload`: a plan that is shown, a transfer that is watched, a summary.

use serde::Serialize;

use super::args::{self, Global};
use super::ground::{self, Gathered};
use super::plan::{self, Wish};
use super::signals::Signals;
use super::watch::watch;
use super::{Exit, Output};
use crate::amounts::size::exact;
use crate::bucket::Bucket;
use crate::catalog;
use crate::config::{Key, Paths, prepare_data_dir};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::{self, Choice, Ends, Line, Mode, Options, Plan, Summary, USUAL_PART, Verdict};
use crate::words::{self, size};

/// What all three come down to.
struct Job<'a> {
    words: &'a [String],
    part_size: Option<u64>,
    choice: Choice,
    dry_run: bool,
}

/// `lift`, and with `dry_run` also `plan`.
pub(super) async fn lift(
    context: &Context,
    global: &Global,
    flags: &args::Lift,
    output: &Output,
) -> Result<Exit> {
    // The default never changes by itself what stays on the disk.
    let mode = context.mode().unwrap_or_default();
    let choice = Choice { mode, replace_unknown: flags.replace };
    run(
        context,
        &Job { words: &flags.datasets, part_size: global.part_size, choice, dry_run: flags.dry_run },
        output,
    )
    .await
}

/// `download`.
pub(super) async fn download(
    context: &Context,
    global: &Global,
    flags: &args::Download,
    output: &Output,
) -> Result<Exit> {
    let choice = Choice { mode: Mode::Download, replace_unknown: false };
    run(
        context,
        &Job { words: &flags.datasets, part_size: global.part_size, choice, dry_run: flags.dry_run },
        output,
    )
    .await
}

/// `upload`.
pub(super) async fn upload(
    context: &Context,
    global: &Global,
    flags: &args::Upload,
    output: &Output,
) -> Result<Exit> {
    let choice = Choice { mode: Mode::Upload, replace_unknown: flags.replace };
    run(
        context,
        &Job { words: &flags.datasets, part_size: global.part_size, choice, dry_run: flags.dry_run },
        output,
    )
    .await
}

async fn run(context: &Context, job: &Job<'_>, output: &Output) -> Result<Exit> {
    // Wrong words and a wrong directory are said before the network is asked for anything.
    let words = words(job);
    catalog::choose(&words)?;
    if !job.dry_run {
        if job.choice.mode.uploads() {
            context.may_change(say!("cli-lift-refused"))?;
        }
        let dir = context.paths.data_dir.clone();
        ground::blocking(move || prepare_data_dir(&dir)).await?;
    }
    let bucket =
        if job.choice.mode.uploads() { Some(ground::open_bucket(context, output).await?) } else { None };
    let Gathered { archives, troubles } = ground::gather_chosen(context, &words, output).await?;
    let wish = Wish { archives: &archives, bucket: bucket.as_ref(), choice: job.choice };
    let plan = only_what_is_meant(plan::make(context, &wish).await?, job);
    plan::show(&plan, output);
    for trouble in &troubles {
        output.error(trouble);
    }
    let trouble = troubles.iter().map(|trouble| Exit::from(trouble.kind())).max().unwrap_or(Exit::Done);
    if job.dry_run {
        plan::show_totals(&plan, bucket.as_ref(), &context.limits(), output);
        return Ok(trouble);
    }
    let (mut summary, exit) = transfer(context, job, &plan, bucket.as_ref(), output).await?;
    summary.failed += troubles.len();
    if let Some(bucket) = &bucket {
        ground::remember(context, bucket, &archives).await;
    }
    finish(plan.mode, &summary, output);
    Ok(exit.max(trouble))
}

/// An upload without a word is of everything that the disk has.
fn words(job: &Job<'_>) -> Vec<String> {
    if job.choice.mode == Mode::Upload && job.words.is_empty() {
        vec!["all".to_owned()]
    } else {
        job.words.to_vec()
    }
}

/// What an upload without a word did not find on the disk was not meant.
fn only_what_is_meant(mut plan: Plan, job: &Job<'_>) -> Plan {
    if job.choice.mode == Mode::Upload && job.words.is_empty() {
        plan.lines.retain(|line| line.verdict != Verdict::NotHere);
    }
    plan
}

async fn transfer(
    context: &Context,
    job: &Job<'_>,
    plan: &Plan,
    bucket: Option<&Bucket>,
    output: &Output,
) -> Result<(Summary, Exit)> {
    if plan.mode.downloads() && plan.is_too_large_for_disk() {
        return Err(too_large(plan, &context.paths));
    }
    let mirror = if plan.mode.downloads() { Some(context.open_mirror()?) } else { None };
    let options = Options { smallest_part: job.part_size.unwrap_or(USUAL_PART), ..context.transfer() };
    check_memory(context, plan, &options)?;
    if let Some(advice) = plan::advice(plan) {
        output.note(advice);
    }
    let mut signals = Signals::listen()?;
    let running = transfer::start(plan.clone(), &Ends { mirror, bucket: bucket.cloned() }, options);
    Ok(watch(plan, running, &mut signals, output).await)
}

fn too_large(plan: &Plan, paths: &Paths) -> Error {
    let (needed, free) = (size(plan.disk()), size(plan.free.unwrap_or_default()));
    let place = crate::words::harmless(&paths.data_dir.display().to_string());
    Error::new(Kind::OutOfSpace, say!("cli-too-large", place = place))
        .because(say!("cli-too-large-why", needed = needed, free = free))
        .hint(if plan.mode.uploads() {
            say!("cli-too-large-hint-stream")
        } else {
            say!("cli-too-large-hint")
        })
}

/// A part must fit into the memory that is given to parts.
fn check_memory(context: &Context, plan: &Plan, options: &Options) -> Result<()> {
    let part = |line: &Line| transfer::part_size(line.archive.size, options.smallest_part);
    let Some(largest) = plan.to_lift().max_by_key(|line| part(line)) else { return Ok(()) };
    let needed = part(largest);
    if !plan.mode.uploads() || needed <= options.memory {
        return Ok(());
    }
    let origin = context.settings.origin(Key::Memory).to_string();
    let what = say!("cli-memory", memory = size(options.memory), origin = origin);
    let why = say!("cli-memory-why", archive = largest.archive.name.clone(), part = size(needed));
    // Two parts: one fills while the other is sent.
    Err(Error::new(Kind::Usage, what).because(why).hint(say!("cli-memory-hint", memory = exact(2 * needed))))
}

/// What is said at the end.
#[derive(Serialize)]
struct Ended<'a> {
    mode: Mode,
    #[serde(flatten)]
    summary: &'a Summary,
}

fn finish(mode: Mode, summary: &Summary, output: &Output) {
    tracing::info!(?summary, "done");
    output.event("summary", Ended { mode, summary });
    output.line(say!(
        "cli-summary",
        proven = summary.proven.to_string(),
        skipped = summary.skipped.to_string(),
        failed = summary.failed.to_string(),
        bytes = size(summary.bytes),
        time = words::span(std::time::Duration::from_secs_f64(summary.seconds.max(0.0)))
    ));
    if summary.interrupted > 0 {
        output.note(say!("cli-summary-interrupted"));
    }
}
