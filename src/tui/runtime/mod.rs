//! The only place that runs effects: each is a task that sends its answer back as a message. The tasks are owned here and end with
//! the runtime.

mod account;
mod browser;
mod home;
mod memory;
mod renew;
mod report;
mod settings;
mod setup;
mod upstream;
mod work;

use std::future::Future;
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinError, JoinSet};

use crate::bucket::{Bucket, Connection, Target};
use crate::catalog::Mirror;
use crate::config::Settings;
use crate::context::Context;
use crate::error::Result;
use crate::words;

use super::{Effect, Message, Outcome, Tick, screens};
use work::Transfer;

pub(super) use memory::begin;

/// Messages that may wait for the event loop.
const WAITING: usize = 1024;

/// What is to be done after an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// Go on.
    On,
    /// Sleep until the shell wakes us.
    Sleep,
    /// Leave.
    Out,
}

/// An answer on its way to the app, with what the runtime keeps of it.
#[derive(Debug)]
pub(super) struct Delivery {
    message: Message,
    keep: Keep,
}

#[derive(Debug)]
enum Keep {
    Nothing,
    Connection(Box<Connection>),
    Bucket(Box<Bucket>),
    Both(Box<Connection>, Box<Bucket>),
    Renewed(Box<(Target, Connection, Bucket)>),
    End(Outcome),
    Settings(Box<Settings>),
}

impl Delivery {
    fn of(message: Message) -> Self {
        Self { message, keep: Keep::Nothing }
    }
}

/// Where tasks send their answers.
type Sender = mpsc::Sender<Delivery>;

/// Runs effects and holds what only they need: the clients and the running transfer.
pub(super) struct Runtime {
    context: Context,
    mirror: Mirror,
    tasks: JoinSet<()>,
    sender: Sender,
    receiver: mpsc::Receiver<Delivery>,
    connecting: Option<AbortHandle>,
    reopening: Option<AbortHandle>,
    looking: Option<AbortHandle>,
    /// With what it was connected last.
    target: Option<Target>,
    connection: Option<Connection>,
    bucket: Option<Bucket>,
    transfer: Option<Transfer>,
    browsing: browser::Browsing,
    outcome: Outcome,
    began: Instant,
}

impl Runtime {
    pub(super) fn new(context: Context) -> Result<Self> {
        let mirror = context.open_mirror()?;
        let (sender, receiver) = mpsc::channel(WAITING);
        Ok(Self {
            context,
            mirror,
            tasks: JoinSet::new(),
            sender,
            receiver,
            connecting: None,
            reopening: None,
            looking: None,
            target: None,
            connection: None,
            bucket: None,
            transfer: None,
            browsing: browser::Browsing::default(),
            outcome: Outcome::default(),
            began: Instant::now(),
        })
    }

    /// The next answer of a task. Fails when a task panicked: the terminal was given back then, so the interface ends.
    pub(super) async fn next(&mut self) -> Result<Message, JoinError> {
        loop {
            tokio::select! {
                Some(delivery) = self.receiver.recv() => return Ok(self.accept(delivery)),
                Some(ended) = self.tasks.join_next() => match ended {
                    Err(error) if error.is_panic() => return Err(error),
                    _ => {}
                },
            }
        }
    }

    /// An answer that is there already, without waiting.
    pub(super) fn ready(&mut self) -> Option<Message> {
        let delivery = self.receiver.try_recv().ok()?;
        Some(self.accept(delivery))
    }

    fn accept(&mut self, delivery: Delivery) -> Message {
        match delivery.keep {
            Keep::Nothing => {}
            Keep::Connection(connection) => self.connection = Some(*connection),
            Keep::Bucket(bucket) => self.bucket = Some(*bucket),
            Keep::Both(connection, bucket) => {
                (self.connection, self.bucket) = (Some(*connection), Some(*bucket));
            }
            Keep::Settings(settings) => self.context.settings = *settings,
            Keep::Renewed(renewed) => self.has_renewed(*renewed),
            Keep::End(outcome) => {
                if let Message::Transfer(screens::transfer::Message::Finished(summary)) = &delivery.message {
                    self.remember_rates(summary);
                }
                self.transfer = None;
                self.outcome = outcome;
            }
        }
        delivery.message
    }

    /// The time and the counters for a frame.
    pub(super) fn tick(&self) -> Tick {
        Tick { now: self.now(), snapshot: self.transfer.as_ref().map(Transfer::snapshot) }
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// How the last transfer ended, for the exit code.
    pub(super) fn outcome(&self) -> Outcome {
        self.outcome.clone()
    }

    /// Runs `effect`, without ever waiting.
    pub(super) fn run(&mut self, effect: Effect) -> Flow {
        match effect {
            // The app follows these itself.
            Effect::Go(_) | Effect::Visit(_) | Effect::Return | Effect::Wear(_) | Effect::Bind(_) => {}
            Effect::ReadSettings => self.read_settings(),
            Effect::WriteSetting { key, value } => self.write_setting(key, value),
            Effect::WriteKeys { action, keys } => self.write_keys(action, keys),
            Effect::Connect(target) => self.connect(target),
            Effect::SaveCredentials { profile, keys, region } => self.save_credentials(profile, keys, region),
            Effect::ListBuckets => self.list_buckets(),
            Effect::CreateBucket { name, region } => self.create_bucket(name, region),
            Effect::OpenBucket(name) => self.open_bucket(name),
            Effect::ReadProtection => self.read_protection(),
            Effect::ApplySetup { wanted, changes } => self.apply_setup(&wanted, changes),
            Effect::Discover(asker, families) => self.discover(asker, families),
            Effect::Survey(asker, archives) => self.survey(asker, archives),
            Effect::Reopen { target, bucket } => self.reopen(target, bucket),
            Effect::LookAround { count } => self.look_around(count),
            Effect::Keep(seen) => self.keep(*seen),
            Effect::Start(plan) => self.start(plan),
            Effect::Control(command) => self.control(command),
            Effect::FindProfiles => self.find_profiles(),
            Effect::Renew(renewal) => self.renew(renewal),
            Effect::Remember { bucket, datasets } => self.remember(bucket, datasets),
            Effect::SaveReport { name, text, json } => self.save_report(name, text, json),
            Effect::Suspend => return Flow::Sleep,
            Effect::Speak(language) => words::choose_language(language),
            Effect::Browser(wish) => self.browse(wish),
            Effect::Copy(text) => copy(&text),
            Effect::Quit | Effect::Leave => return Flow::Out,
        }
        Flow::On
    }

    /// Owns a task that sends its answer by itself.
    fn spawn(&mut self, task: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.tasks.spawn(task)
    }

    /// Owns a task whose one answer is `task`'s outcome.
    fn answer(&mut self, task: impl Future<Output = Delivery> + Send + 'static) -> AbortHandle {
        let sender = self.sender.clone();
        self.tasks.spawn(async move { send(&sender, task.await).await })
    }
}

/// A closed channel means that the interface is leaving: nobody is there to tell.
async fn send(sender: &Sender, delivery: Delivery) {
    if sender.send(delivery).await.is_err() {
        tracing::debug!("an answer came after the end");
    }
}

/// Hands `text` to the terminal's clipboard (OSC 52), which also works through SSH; a terminal that has none ignores it.
fn copy(text: &str) {
    let copied = crossterm::execute!(std::io::stdout(), CopyToClipboard::to_clipboard_from(text));
    if let Err(error) = copied {
        tracing::debug!(%error, "not copied");
    }
}
