//! One round: an archive is lifted and killed, again and again, until a run ends by itself; then everything is compared.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use brainzlift::bucket::Bucket;
use rand::rngs::StdRng;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

use super::moment::Moment;
use super::stage::{Stage, WINDOW};

/// Longer than this no run takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_mins(3);
/// What was under way to a store when its client was killed is over by then.
const SETTLED: Duration = Duration::from_millis(50);

/// What came out of a round.
#[derive(Debug, Default)]
pub(crate) struct Round {
    pub(crate) kills: u32,
    /// Kills before a byte of the archive moved in that run.
    pub(crate) early: u32,
    /// Bytes that moved a second time, by leg.
    pub(crate) down: Again,
    pub(crate) up: Again,
    /// Unfinished uploads that no journal knew after a kill: begun in the very instant.
    pub(crate) orphans: usize,
    pub(crate) took: Duration,
    /// What was not as it must be.
    pub(crate) wrong: Vec<String>,
}

/// Bytes that moved a second time on one leg.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Again {
    pub(crate) total: u64,
    /// Of a single kill, or of a few where the next run was killed before it said where it goes on.
    pub(crate) most: u64,
}

impl Again {
    /// `moved` bytes so far, of which `known` need not move again.
    fn note(&mut self, moved: u64, known: u64) {
        let total = moved.saturating_sub(known);
        self.most = self.most.max(total.saturating_sub(self.total));
        self.total = total;
    }
}

/// How one run ended, and what it said.
pub(crate) struct Ran {
    /// `None` where it was killed.
    pub(crate) status: Option<ExitStatus>,
    events: Vec<Value>,
}

impl Ran {
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Value> {
        self.events.iter().filter(move |event| event["event"] == name)
    }
}

/// Runs `command` to its end, or until `killer` has waited long enough.
pub(crate) async fn run(mut command: Command, killer: impl Future<Output = ()>) -> Ran {
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let reader = tokio::spawn(async move {
        let mut events = Vec::new();
        while let Ok(Some(line)) = lines.next_line().await {
            // A kill may cut the last line.
            events.extend(serde_json::from_str(&line).ok());
        }
        events
    });
    let status = tokio::select! {
        ended = child.wait() => Some(ended.unwrap()),
        () = killer => {
            child.kill().await.unwrap();
            None
        }
        () = tokio::time::sleep(PATIENCE) => panic!("a lift hangs"),
    };
    Ran { status, events: reader.await.unwrap() }
}

/// Kills at most `most` times, within `span` of each start.
pub(crate) async fn round(
    stage: &Stage,
    random: &mut StdRng,
    (name, mode): (&str, &str),
    most: u32,
    span: Duration,
) -> Round {
    let (began, home, bucket) = (Instant::now(), stage.home(), stage.bucket(name).await);
    let mut round = Round::default();
    let mut orphans = BTreeSet::new();
    let sent = Sent::now(stage);
    loop {
        let before = Sent::now(stage);
        let killer = async {
            if round.kills == most {
                std::future::pending::<()>().await;
            }
            let moment = Moment::random(random, span, stage.setting.store.is_none());
            moment.wait(stage.sandbox.faults()).await;
        };
        let ran = run(stage.lift(home.path(), name, mode), killer).await;
        if let Some(started) = ran.named("started").next() {
            let number = |name: &str| started[name].as_u64().unwrap_or_default();
            round.down.note(before.down - sent.down, number("down_from"));
            round.up.note(before.up - sent.up, number("up_from"));
        }
        if ran.status.is_some() {
            round.wrong.extend(ended_well(&ran));
            break;
        }
        tokio::time::sleep(SETTLED).await;
        round.kills += 1;
        round.early += u32::from(Sent::now(stage).down == before.down);
        orphans.extend(unknown_uploads(&bucket, home.path()).await);
    }
    round.orphans = orphans.len();
    round.wrong.extend(compare(stage, &bucket, home.path(), mode, &orphans).await);
    round.wrong.extend(bounded(&round, stage));
    round.took = began.elapsed();
    clear(stage, &bucket, name).await;
    round
}

/// What the mirror has sent and the sandbox's store has received, in bytes.
struct Sent {
    down: u64,
    up: u64,
}

impl Sent {
    fn now(stage: &Stage) -> Self {
        let faults = stage.sandbox.faults();
        Self { down: faults.mirror_bytes_sent(), up: faults.s3_bytes_received() }
    }
}

/// The archive is proven, or stands because a run that was killed had completed it.
pub(crate) fn ended_well(ran: &Ran) -> Vec<String> {
    let code = ran.status.and_then(|status| status.code());
    let summary = ran.named("summary").last();
    let count = |name: &str| summary.and_then(|summary| summary[name].as_u64()).unwrap_or_default();
    if code == Some(0) && count("proven") + count("skipped") == 1 && count("failed") == 0 {
        return Vec::new();
    }
    let failed: Vec<_> = ran.named("failed").chain(ran.named("error")).map(|event| &event["error"]).collect();
    vec![format!("the last run ended with {code:?}: {summary:?} {failed:?}")]
}

fn bounded(round: &Round, stage: &Stage) -> Vec<String> {
    let legs = [("down", round.down, true), ("up", round.up, stage.setting.store.is_none())];
    let counted = legs.into_iter().filter(|(_, _, is_counted)| *is_counted);
    let over = counted.filter(|(_, again, _)| again.most > WINDOW);
    over.map(|(leg, again, _)| format!("one kill cost {} bytes {leg}, more than the window", again.most))
        .collect()
}

/// Unfinished uploads that no journal names.
async fn unknown_uploads(bucket: &Bucket, home: &Path) -> Vec<String> {
    let journals: String =
        files(home, ".json").iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let uploads = bucket.uploads().await.unwrap().into_iter().map(|upload| upload.upload_id);
    uploads.filter(|id| !journals.contains(id)).collect()
}

/// The object, the local file and what is left, against what was published.
pub(crate) async fn compare(
    stage: &Stage,
    bucket: &Bucket,
    home: &Path,
    mode: &str,
    orphans: &BTreeSet<String>,
) -> Vec<String> {
    let (published, key) = (stage.archive.sha256.to_string(), stage.archive.key());
    let mut wrong = Vec::new();
    if digest(bucket, &key).await != published {
        wrong.push("the object is not what was published".to_owned());
    }
    if mode == "keep" {
        let file = std::fs::read(home.join(".local/share/brainzlift").join(&key)).unwrap_or_default();
        if hex::encode(Sha256::digest(file)) != published {
            wrong.push("the local file is not what was published".to_owned());
        }
    }
    let uploads = bucket.uploads().await.unwrap();
    let left = uploads.iter().filter(|upload| !orphans.contains(&upload.upload_id)).count();
    if left > 0 {
        wrong.push(format!("{left} unfinished uploads are left that a journal had known"));
    }
    let begun = files(home, ".part").into_iter().chain(journals(home)).map(|path| path.display().to_string());
    wrong.extend(begun.map(|path| format!("left behind: {path}")));
    wrong
}

fn journals(home: &Path) -> Vec<PathBuf> {
    let is_journal = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "journal");
    files(home, ".json").into_iter().filter(is_journal).collect()
}

async fn digest(bucket: &Bucket, key: &str) -> String {
    let got = bucket.client().get_object().bucket(bucket.name()).key(key).send().await;
    let Ok(got) = got else { return String::new() };
    let (mut body, mut sha256) = (got.body, Sha256::new());
    while let Ok(Some(bytes)) = body.try_next().await {
        sha256.update(&bytes);
    }
    hex::encode(sha256.finalize())
}

/// Gives the room of the round back.
async fn clear(stage: &Stage, bucket: &Bucket, name: &str) {
    for upload in bucket.uploads().await.unwrap() {
        bucket.abort(&upload).await.unwrap();
    }
    let delete = bucket.client().delete_object().bucket(name).key(stage.archive.key());
    delete.send().await.unwrap();
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let below = entries.flatten().flat_map(|entry| match entry.path() {
        path if path.is_dir() => files(&path, ending),
        path => vec![path],
    });
    below.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
}
