//! The running transfer: started, watched, told what to do.

use std::sync::Arc;

use super::{Delivery, Keep, Runtime, send};
use crate::bucket::Bucket;
use crate::transfer::{self, Control, Ends, Options, Plan, Progress, Running, Schedule, Snapshot, Summary};
use crate::tui::screens::transfer as screen;
use crate::tui::{Command, Message, Outcome};

/// What is needed of a transfer while it runs.
#[derive(Debug)]
pub(super) struct Transfer {
    progress: Arc<Progress>,
    control: Control,
}

impl Transfer {
    pub(super) fn snapshot(&self) -> Snapshot {
        self.progress.snapshot()
    }

    /// From the next try on, archives use `bucket`.
    pub(super) fn renew(&self, bucket: Bucket) {
        self.control.renew(bucket);
    }
}

impl Runtime {
    /// Starts `plan`.
    pub(super) fn start(&mut self, plan: Plan) {
        let ends = Ends { mirror: Some(self.mirror.clone()), bucket: self.bucket.clone() };
        let running = transfer::start(plan, &ends, self.options());
        self.transfer =
            Some(Transfer { progress: Arc::clone(&running.progress), control: running.control.clone() });
        let sender = self.sender.clone();
        self.spawn(async move {
            let summary = watch(running, &sender).await;
            send(&sender, ended(summary)).await;
        });
    }

    fn options(&self) -> Options {
        // Somebody watches, and can renew credentials or make room.
        Options { patient: true, ..self.context.transfer() }
    }

    /// Tells the running transfer; one that has just ended hears nothing.
    pub(super) fn control(&self, command: Command) {
        let Some(Transfer { control, progress }) = &self.transfer else { return };
        match command {
            Command::Pause(line) => control.pause(line),
            Command::Resume(line) => control.resume(line),
            Command::Cancel(line) => control.cancel(line),
            Command::Leave(line) => control.leave(line),
            Command::Retry(line) => control.retry(line),
            Command::PutFirst(line) => control.put_first(line),
            Command::Connections(most) => control.connections(most),
            Command::Watch(line) => progress.watch(line),
            Command::Limit(leg, rate) => control.limit(leg, Schedule::constant(rate)),
            Command::Stop => control.stop(),
        }
    }
}

/// Hands every fact on, none lost, until the engine has wound down.
async fn watch(mut running: Running, sender: &super::Sender) -> Summary {
    while let Some(fact) = running.facts.recv().await {
        send(sender, Delivery::of(Message::Transfer(screen::Message::Fact(fact)))).await;
    }
    running.finish().await
}

fn ended(summary: Summary) -> Delivery {
    let outcome = Outcome {
        failures: summary.failures.clone(),
        interrupted: summary.interrupted > 0,
        ..Outcome::default()
    };
    Delivery { message: Message::Transfer(screen::Message::Finished(summary)), keep: Keep::End(outcome) }
}
