//! `verify`: looks again at what stands in the bucket, says of each archive what it came to, and changes nothing.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::output::Failure;
use super::signals::Signals;
use super::{Exit, Output, args, ground};
use crate::catalog::{self, DatasetId, Mirror};
use crate::context::Context;
use crate::error::Result;
use crate::say;
use crate::transfer::verify::{Check, Checkup, News, Outcome, Report, Tally, Wanted, verify};
use crate::words::{self, harmless, size};

/// How often the bar is drawn.
const FRAME: Duration = Duration::from_millis(100);
/// How often programs hear of bytes.
const JSON_BEAT: Duration = Duration::from_secs(2);
/// How often a log hears of bytes.
const TEXT_BEAT: Duration = Duration::from_secs(10);
/// News that may wait to be told.
const NEWS: usize = 64;
/// How long the store may be silent.
const STALL: Duration = Duration::from_secs(30);
/// How long a store that does not answer at all is waited for.
const OUTAGE: Duration = Duration::from_hours(1);

/// Does it.
pub(super) async fn run(context: &Context, flags: &args::Verify, output: &Output) -> Result<Exit> {
    // Wrong words are said before the network is asked for anything.
    let datasets = chosen(&flags.datasets)?;
    let bucket = ground::open_bucket(context, output).await?;
    let wanted = Wanted {
        bucket,
        mirror: Some(Mirror::new(context.mirror.clone())?),
        datasets,
        deep: flags.deep,
        state_dir: context.paths.state_dir.clone(),
        at_once: context.settings.archives_at_once,
        stall: STALL,
        outage: OUTAGE,
    };
    let began = Instant::now();
    let report = watch(&wanted, output).await?;
    finish(&report, began.elapsed(), output);
    Ok(exit(&report, wanted.datasets.is_some()))
}

fn chosen(words: &[String]) -> Result<Option<Vec<DatasetId>>> {
    if words.is_empty() {
        return Ok(None);
    }
    Ok(Some(catalog::choose(words)?.into_iter().map(|dataset| dataset.id).collect()))
}

/// What is wrong weighs most. An object of somebody else's matters only to whoever named it.
fn exit(report: &Report, named: bool) -> Exit {
    let open = report.cannot_tell + if named { report.unknown } else { 0 };
    let found = if report.wrong > 0 { Exit::Integrity } else { Exit::Done };
    let left = if open > 0 { Exit::Failed } else { Exit::Done };
    let stopped = if report.interrupted { Exit::Interrupted } else { Exit::Done };
    found.max(left).max(stopped)
}

/// Runs it, telling what happens, until it has ended or a signal stops it.
async fn watch(wanted: &Wanted, output: &Output) -> Result<Report> {
    let (sender, mut news) = mpsc::channel(NEWS);
    let (tally, halt) = (Tally::default(), CancellationToken::new());
    let mut signals = Signals::listen()?;
    let mut watcher = Watcher::new(output);
    let mut beat = interval(FRAME);
    beat.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let work = verify(wanted, &sender, &tally, &halt);
    tokio::pin!(work);
    let report = loop {
        tokio::select! {
            biased;
            Some(what) = news.recv() => watcher.hear(&what),
            ended = &mut work => break ended,
            () = signals.next() => interrupt(&halt),
            _ = beat.tick() => watcher.look(&tally, &halt),
        }
    };
    while let Ok(what) = news.try_recv() {
        watcher.hear(&what);
    }
    watcher.bar.finish_and_clear();
    report
}

struct Watcher<'a> {
    output: &'a Output,
    bar: ProgressBar,
    told: Instant,
}

impl<'a> Watcher<'a> {
    fn new(output: &'a Output) -> Self {
        let is_seen = !output.is_json() && std::io::stderr().is_terminal();
        let bar = if is_seen { ProgressBar::no_length().with_style(style()) } else { ProgressBar::hidden() };
        Self { output, bar, told: Instant::now() }
    }

    fn hear(&self, news: &News) {
        self.bar.suspend(|| tell(news, self.output));
    }

    fn look(&mut self, tally: &Tally, halt: &CancellationToken) {
        if self.output.is_closed() {
            halt.cancel();
        }
        let (read, total) = (tally.read(), tally.total());
        self.bar.set_length(total);
        self.bar.set_position(read);
        let every = if self.output.is_json() { JSON_BEAT } else { TEXT_BEAT };
        if total == 0 || !self.bar.is_hidden() || self.told.elapsed() < every {
            return;
        }
        self.told = Instant::now();
        self.output.event("progress", json!({ "done": read, "total": total }));
        self.output.note(say!("cli-verify-progress", done = size(read), total = size(total)));
    }
}

/// The first signal ends it in good order; the second leaves at once. There is nothing that could be left half done.
fn interrupt(halt: &CancellationToken) {
    if halt.is_cancelled() {
        std::process::exit(i32::from(Exit::Interrupted.code()));
    }
    halt.cancel();
}

fn style() -> ProgressStyle {
    super::bars::in_words("{wide_bar:.cyan/dim} {share:>5} {done:>10} / {all:10} {rate:>14} {eta:>5}")
}

fn tell(news: &News, output: &Output) {
    match news {
        News::MirrorSilent { why } => {
            output.event("mirror-silent", json!({ "error": Failure::from(&**why) }));
            output.note(say!("cli-verify-mirror-silent", why = why.to_string()));
        }
        News::Reading { objects, bytes } => {
            output.event("reading", json!({ "objects": objects, "bytes": bytes }));
            output.note(say!("cli-verify-reading", objects = objects.to_string(), bytes = size(*bytes)));
        }
        News::Retrying { key, attempt, wait, why } => {
            let fields = json!({
                "key": key, "attempt": attempt, "wait": wait.as_secs_f64(), "error": Failure::from(&**why),
            });
            output.event("retrying", fields);
            let (key, why, wait) = (harmless(key), why.to_string(), words::wait(*wait));
            let attempt = attempt.to_string();
            output.note(say!("cli-verify-retrying", key = key, why = why, wait = wait, attempt = attempt));
        }
        News::Checked(checkup) => {
            tracing::info!(?checkup, "looked at");
            output.event("checked", checkup);
            output.lines(lines(checkup));
        }
    }
}

/// One object in a few lines: the sign and the key, then what differs or is not known.
fn lines(checkup: &Checkup) -> Vec<String> {
    let sign = match checkup.outcome {
        Outcome::Verified => "✓",
        Outcome::Wrong => "✗",
        Outcome::CannotTell => "?",
        Outcome::Unknown => "–",
    };
    let name = checkup.key.clone().or_else(|| checkup.dataset.as_ref().map(ToString::to_string));
    let dump = checkup.dump.as_deref().map(harmless).unwrap_or_default();
    let first =
        [harmless(&name.unwrap_or_default()), size(checkup.size), dump, equals(&checkup.checks)].join("  ");
    let differing = checkup.checks.iter().filter(|check| !check.equal).map(differs);
    let gaps = checkup.gaps.iter().map(|gap| gap.words());
    let error = checkup.error.as_deref().map(harmless);
    let below = differing.chain(gaps).chain(error).map(|text| format!("    {text}"));
    std::iter::once(format!("{sign} {}", first.trim_end())).chain(below).collect()
}

/// What was found the same, and with what: `SHA-256 (published, proof here)`.
pub(super) fn equals(checks: &[Check]) -> String {
    let mut found = BTreeMap::<String, Vec<String>>::new();
    for check in checks.iter().filter(|check| check.equal) {
        found.entry(check.what.name()).or_default().push(check.against.name());
    }
    found
        .into_iter()
        .map(|(what, against)| format!("{what} ({})", against.join(", ")))
        .collect::<Vec<_>>()
        .join("  ")
}

fn differs(check: &Check) -> String {
    say!(
        "cli-verify-differs",
        what = check.what.name(),
        found = check.found.as_str(),
        against = check.against.name(),
        expected = check.expected.as_str()
    )
}

fn finish(report: &Report, time: Duration, output: &Output) {
    tracing::info!(?report, "done");
    let mut summary = json!(report);
    summary["seconds"] = json!(time.as_secs_f64());
    output.event("summary", summary);
    if report.objects == 0 && !report.interrupted {
        output.line(say!("cli-verify-nothing"));
    }
    output.line(say!(
        "cli-verify-summary",
        verified = report.verified.to_string(),
        wrong = report.wrong.to_string(),
        open = report.cannot_tell.to_string(),
        unknown = report.unknown.to_string(),
        bytes = size(report.read),
        time = words::span(time)
    ));
    if report.interrupted {
        output.note(say!("cli-verify-interrupted"));
    }
    if report.wrong > 0 {
        output.note(format!("  {}", say!("hint", text = say!("cli-verify-wrong-hint"))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transfer::verify::Gap;

    #[test]
    fn what_is_wrong_weighs_more_than_what_is_open_and_strangers_only_where_they_were_named() {
        let report = Report { verified: 3, ..Report::default() };
        assert_eq!(exit(&report, true), Exit::Done);
        let strangers = Report { unknown: 1, ..report };
        assert_eq!((exit(&strangers, false), exit(&strangers, true)), (Exit::Done, Exit::Failed));
        let open = Report { cannot_tell: 1, ..report };
        assert_eq!(exit(&open, false), Exit::Failed);
        assert_eq!(exit(&Report { wrong: 1, interrupted: true, ..open }, false), Exit::Integrity);
        assert_eq!(exit(&Report { interrupted: true, ..report }, false), Exit::Interrupted);
    }

    #[test]
    fn an_object_whose_key_moves_the_cursor_is_shown_harmlessly() {
        let checkup = Checkup {
            key: Some("raw/\u{1b}[2J".to_owned()),
            dataset: None,
            dump: None,
            size: 1,
            class: None,
            outcome: Outcome::Unknown,
            read: false,
            checks: Vec::new(),
            gaps: vec![Gap::NotOurs],
            error: None,
        };
        let lines = lines(&checkup);
        assert_eq!(lines.len(), 2);
        assert!(!lines.concat().contains('\u{1b}') && lines[0].starts_with('–'));
    }
}
