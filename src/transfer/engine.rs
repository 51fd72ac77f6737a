//! The engine: takes a plan, works on a few archives at once, hears commands, and reports. The only place that spawns.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use futures::FutureExt;
use serde::Serialize;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};

use super::budget::Budget;
use super::control::{Command, Control, Order, Orders};
use super::job::{Ends, Job, Options};
use super::lift::{End, lift};
use super::limit::Throttles;
use super::shelf::Shelf;
use super::tidy::tidy;
use super::upload::Signing;
use super::{Action, Fact, Leg, Line, Plan, Progress, Proof, Schedule, Status, Verdict, What};
use crate::bucket::Bucket;
use crate::error::{Error, Kind, Result};
use crate::say;

/// Facts that may wait for whoever watches.
const FACTS: usize = 1024;

/// A transfer under way. Dropping it lets it go on to its end with nobody watching.
#[derive(Debug)]
pub struct Running {
    /// What happens, in order, none lost. The engine waits while it is full, so read it.
    pub facts: mpsc::Receiver<Fact>,
    /// What to sample for each frame.
    pub progress: Arc<Progress>,
    /// What can be asked of it.
    pub control: Control,
    engine: JoinHandle<Summary>,
}

/// How a whole plan ended.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// Lines of the plan.
    pub archives: usize,
    /// In their place and checked, by this run.
    pub proven: usize,
    /// In their place before.
    pub skipped: usize,
    /// Failed, or something was in the way.
    pub failed: usize,
    /// Cancelled by the user.
    pub cancelled: usize,
    /// Stopped; can be resumed.
    pub interrupted: usize,
    /// Bytes of the archives that this run proved.
    pub bytes: u64,
    /// Archive bytes that came from the mirror, retries included.
    pub downloaded: u64,
    /// Archive bytes that S3 acknowledged.
    pub uploaded: u64,
    /// How long it took.
    pub seconds: f64,
    /// The kinds of what failed, in the order of failing.
    #[serde(skip)]
    pub failures: Vec<Kind>,
    /// One for each archive that this run proved.
    #[serde(skip)]
    pub proofs: Vec<Proof>,
}

/// Begins to carry out `plan`.
#[must_use]
pub fn start(plan: Plan, ends: &Ends, options: Options) -> Running {
    let lines = plan.lines.iter();
    let wants =
        |line: &Line, wanted: bool| if wanted && line.action == Action::Lift { line.archive.size } else { 0 };
    let counters = lines.map(|line| {
        (line.archive.size, wants(line, plan.mode.downloads()), wants(line, plan.mode.uploads()))
    });
    let throttles = Arc::new(Throttles::new(options.limits.clone()));
    let budget = Budget::new(&options);
    let progress = Arc::new(Progress::new(counters, throttles, &budget));
    let (facts, receiver) = mpsc::channel(FACTS);
    let (commands, queue) = mpsc::unbounded_channel();
    let engine = Engine::new(plan, ends, options, Arc::clone(&progress), &facts, &budget);
    let engine = tokio::spawn(engine.run(queue));
    Running { facts: receiver, progress, control: Control(commands), engine }
}

impl Running {
    /// Waits until every archive has come to its end, and gives the sum. Nobody can retry afterwards.
    pub async fn finish(self) -> Summary {
        self.finish_with(drop).await
    }

    /// As [`Self::finish`], handing every fact that comes meanwhile to `watch`.
    pub async fn finish_with(self, mut watch: impl FnMut(Fact)) -> Summary {
        let Self { mut facts, control, engine, .. } = self;
        drop(control);
        // The channel ends when the engine does.
        while let Some(fact) = facts.recv().await {
            watch(fact);
        }
        engine.await.unwrap_or_default()
    }
}

struct Engine {
    jobs: Vec<Job>,
    actions: Vec<Action>,
    /// Lines whose object stands already.
    standing: BTreeSet<usize>,
    queue: VecDeque<usize>,
    working: JoinSet<(usize, Result<End>)>,
    at_once: usize,
    budget: Budget,
    progress: Arc<Progress>,
    failures: BTreeMap<usize, Kind>,
    proofs: BTreeMap<usize, Proof>,
    /// Where archives hear of a bucket with renewed credentials.
    renewal: watch::Sender<Option<Bucket>>,
    /// Hears that an archive began to wait for somebody.
    held: Arc<Notify>,
    began: Instant,
}

impl Engine {
    fn new(
        plan: Plan,
        ends: &Ends,
        options: Options,
        progress: Arc<Progress>,
        facts: &mpsc::Sender<Fact>,
        budget: &Budget,
    ) -> Self {
        let (mode, options) = (plan.mode, Arc::new(options));
        let signing = Arc::new(Signing::default());
        let (renewal, renewed) = watch::channel(None);
        let held = Arc::new(Notify::new());
        let actions: Vec<Action> = plan.lines.iter().map(|line| line.action).collect();
        let stands = |line: &Line| mode.uploads() && line.verdict == Verdict::Current;
        let standing =
            plan.lines.iter().enumerate().filter(|(_, line)| stands(line)).map(|(n, _)| n).collect();
        let job = |(number, line): (usize, Line)| Job {
            line: number,
            shelf: Shelf::new(&options.data_dir, &options.state_dir, &line.key),
            sent: if mode.uploads() { line.archive.size.saturating_sub(line.up) } else { 0 },
            archive: line.archive,
            key: line.key,
            mode,
            ends: ends.clone(),
            options: Arc::clone(&options),
            progress: Arc::clone(&progress),
            facts: facts.clone(),
            orders: Orders::new(),
            budget: budget.clone(),
            throttles: Arc::clone(progress.throttles()),
            signing: Arc::clone(&signing),
            renewed: renewed.clone(),
            held: Arc::clone(&held),
        };
        let jobs: Vec<Job> = plan.lines.into_iter().enumerate().map(job).collect();
        let queue = (0..jobs.len()).filter(|line| actions[*line] == Action::Lift).collect();
        let at_once = options.archives_at_once.max(1);
        Self {
            jobs,
            actions,
            standing,
            queue,
            working: JoinSet::new(),
            at_once,
            budget: budget.clone(),
            progress,
            failures: BTreeMap::new(),
            proofs: BTreeMap::new(),
            renewal,
            held,
            began: Instant::now(),
        }
    }

    async fn run(mut self, mut commands: mpsc::UnboundedReceiver<Command>) -> Summary {
        self.settle().await;
        let mut watched = true;
        loop {
            self.begin();
            if self.working.is_empty() && !watched {
                return self.sum();
            }
            tokio::select! {
                Some(ended) = self.working.join_next(), if !self.working.is_empty() => self.end(ended).await,
                () = self.held.notified() => {}
                command = commands.recv(), if watched => match command {
                    Some(Command::Finish) | None => watched = false,
                    Some(command) => self.obey(command).await,
                },
            }
        }
    }

    async fn obey(&mut self, command: Command) {
        match command {
            Command::Order(line, order) => self.order(line, order).await,
            Command::Retry(line) => self.retry(line),
            Command::Limit(leg, limit) => self.limit(leg, limit),
            Command::Connections(most) => {
                tracing::info!(most, "the number of connections was changed");
                self.budget.connections.allow(most);
            }
            Command::First(line) => self.put_first(line),
            Command::Renew(bucket) => {
                self.renewal.send_replace(Some(*bucket));
            }
            // Heard by whoever calls this.
            Command::Finish => {}
        }
    }

    /// Lines of which nothing is to be done have their end at once.
    async fn settle(&mut self) {
        for line in 0..self.jobs.len() {
            match self.actions[line] {
                Action::Skip => {
                    if self.standing.contains(&line) {
                        tidy(&self.jobs[line]).await;
                    }
                    self.close(line, Status::Skipped, What::Skipped).await;
                }
                Action::Blocked => {
                    let name = self.jobs[line].archive.name.clone();
                    let why = Error::new(Kind::Fatal, say!("transfer-blocked", archive = name));
                    self.fail(line, why.hint(say!("transfer-blocked-hint"))).await;
                }
                Action::Lift => {}
            }
        }
    }

    /// Takes from the queue what there is room for.
    fn begin(&mut self) {
        while self.moving() < self.at_once && self.begin_next() {}
    }

    /// Archives that are worked on and do not wait for somebody.
    fn moving(&self) -> usize {
        let waits = |line: &usize| self.progress.status(*line) == Status::Waiting;
        self.working.len().saturating_sub((0..self.jobs.len()).filter(waits).count())
    }

    /// Whether there was one that is not paused.
    fn begin_next(&mut self) -> bool {
        let waits = |line: &usize| self.jobs[*line].orders.now() != Order::Pause;
        let Some(line) = self.queue.iter().position(waits).and_then(|place| self.queue.remove(place)) else {
            return false;
        };
        self.progress.set_status(line, Status::Running);
        self.spawn(line);
        true
    }

    async fn end(&mut self, ended: std::result::Result<(usize, Result<End>), tokio::task::JoinError>) {
        match ended {
            Ok((line, Ok(End::Proven(proof)))) => {
                self.proofs.insert(line, proof.clone());
                self.close(line, Status::Proven, What::Proven(Arc::new(proof))).await;
            }
            Ok((line, Ok(End::Stands))) => self.close(line, Status::Skipped, What::Skipped).await,
            Ok((line, Ok(End::Cancelled))) => self.close(line, Status::Cancelled, What::Cancelled).await,
            Ok((line, Ok(End::Interrupted))) => {
                self.close(line, Status::Interrupted, What::Interrupted).await;
            }
            Ok((line, Err(error))) => self.fail(line, error).await,
            Err(error) => tracing::error!(%error, "the work on an archive was lost"),
        }
    }

    async fn fail(&mut self, line: usize, error: Error) {
        tracing::error!(archive = %self.jobs[line].archive.name, ?error, "failed");
        self.failures.insert(line, error.kind());
        self.close(line, Status::Failed, What::Failed { why: Arc::new(error) }).await;
    }

    async fn close(&self, line: usize, status: Status, what: What) {
        self.progress.set_status(line, status);
        self.jobs[line].tell(what).await;
    }

    async fn order(&mut self, line: Option<usize>, order: Order) {
        let lines = line.map_or(0..self.jobs.len(), |line| line..line + 1);
        for line in lines.filter(|line| *line < self.jobs.len()) {
            let status = self.progress.status(line);
            if status.is_final() {
                continue;
            }
            self.jobs[line].orders.give(order);
            if order == Order::Go {
                self.jobs[line].orders.nudge();
            }
            self.show(line, status, order).await;
        }
        if matches!(order, Order::Cancel | Order::Stop) {
            self.unqueue(order).await;
        }
    }

    async fn show(&self, line: usize, status: Status, order: Order) {
        match (status, order) {
            (Status::Running | Status::Queued, Order::Pause) => {
                self.close(line, Status::Paused, What::Paused).await;
            }
            (Status::Paused, Order::Go) if self.queue.contains(&line) => {
                self.close(line, Status::Queued, What::Resumed).await;
            }
            (Status::Paused, Order::Go) => self.close(line, Status::Running, What::Resumed).await,
            _ => {}
        }
    }

    /// Archives that have not begun end without having been begun.
    async fn unqueue(&mut self, order: Order) {
        let ended = |line: &usize| matches!(self.jobs[*line].orders.now(), Order::Cancel | Order::Stop);
        let (gone, kept): (Vec<usize>, VecDeque<usize>) = {
            let (gone, kept): (Vec<usize>, Vec<usize>) = self.queue.iter().partition(|line| ended(line));
            (gone, kept.into())
        };
        self.queue = kept;
        for line in gone {
            match order {
                // Something may lie there from an earlier run, and cancelling leaves nothing behind.
                Order::Cancel => self.spawn(line),
                _ => {
                    self.close(line, Status::Interrupted, What::Interrupted).await;
                }
            }
        }
    }

    fn spawn(&mut self, line: usize) {
        let job = self.jobs[line].clone();
        self.working.spawn(async move { (line, shielded(job).await) });
    }

    fn retry(&mut self, line: usize) {
        let again = |status| matches!(status, Status::Failed | Status::Cancelled | Status::Interrupted);
        if line < self.jobs.len() && again(self.progress.status(line)) && self.actions[line] == Action::Lift {
            self.jobs[line].orders = Orders::new();
            self.failures.remove(&line);
            self.progress.set_status(line, Status::Queued);
            self.queue.push_back(line);
        }
    }

    /// One that waits for its turn begins now, beside those that are worked on; it is one more than usual at most.
    fn put_first(&mut self, line: usize) {
        if line >= self.jobs.len() || self.progress.status(line).is_final() {
            return;
        }
        self.budget.first.set(line);
        let Some(place) = self.queue.iter().position(|queued| *queued == line) else { return };
        self.queue.remove(place);
        self.queue.push_front(line);
        let is_paused = self.jobs[line].orders.now() == Order::Pause;
        if !is_paused && self.moving() == self.at_once {
            self.begin_next();
        }
    }

    fn limit(&self, leg: Leg, limit: Schedule) {
        tracing::info!(?leg, %limit, "the limit was changed");
        self.progress.throttles().of(leg).set(limit);
    }

    fn sum(self) -> Summary {
        let snapshot = self.progress.snapshot();
        let count = |status| snapshot.archives.iter().filter(|sample| sample.status == status).count();
        let proofs: Vec<Proof> = self.proofs.into_values().collect();
        Summary {
            archives: self.jobs.len(),
            proven: count(Status::Proven),
            skipped: count(Status::Skipped),
            failed: count(Status::Failed),
            cancelled: count(Status::Cancelled),
            interrupted: count(Status::Interrupted),
            downloaded: snapshot.moved_down,
            uploaded: snapshot.moved_up,
            seconds: self.began.elapsed().as_secs_f64(),
            bytes: proofs.iter().map(|proof| proof.size).sum(),
            failures: self.failures.into_values().collect(),
            proofs,
        }
    }
}

/// A panic in the work on one archive is that archive's failure, not everybody's.
async fn shielded(job: Job) -> Result<End> {
    let name = job.archive.name.clone();
    let ended = AssertUnwindSafe(lift(job)).catch_unwind().await;
    ended.unwrap_or_else(|_panic| Err(Error::new(Kind::Fatal, say!("transfer-broken")).because(name)))
}
