//! What can be asked of a running transfer, and how the work hears of it.

use std::sync::Arc;

use tokio::sync::{Notify, mpsc, watch};

use super::Leg;
use crate::amounts::Schedule;
use crate::bucket::Bucket;

/// What the work on one archive is to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// Go on.
    #[default]
    Go,
    /// Hold still between two pieces.
    Pause,
    /// Give up and leave nothing behind.
    Cancel,
    /// Leave everything so that it can be resumed.
    Stop,
}

/// The orders for one archive. Every clone gives and hears the same ones.
#[derive(Debug, Clone)]
pub(super) struct Orders {
    given: Arc<watch::Sender<Order>>,
    heard: watch::Receiver<Order>,
    nudge: Arc<Notify>,
}

impl Orders {
    /// Orders that begin with [`Order::Go`].
    pub(super) fn new() -> Self {
        let (given, heard) = watch::channel(Order::Go);
        Self { given: Arc::new(given), heard, nudge: Arc::default() }
    }

    /// Gives an order.
    pub(super) fn give(&self, order: Order) {
        self.given.send_replace(order);
    }

    /// Holds still until somebody resumes, unless the end was ordered already.
    pub(super) fn hold(&self) {
        self.given.send_if_modified(|order| {
            let going = *order == Order::Go;
            *order = if going { Order::Pause } else { *order };
            going
        });
    }

    /// Whoever waits before sending a request again sends it now.
    pub(super) fn nudge(&self) {
        self.nudge.notify_waiters();
    }

    /// What hears nudges; listen to it before saying that somebody waits.
    pub(super) fn nudges(&self) -> &Notify {
        &self.nudge
    }

    /// What is wanted now.
    pub(super) fn now(&self) -> Order {
        *self.heard.borrow()
    }

    /// Returns as soon as the work may go on, at once when it is not paused.
    pub(super) async fn go(&mut self) {
        // The sender is held by this very value, so it cannot be gone.
        let _closed = self.heard.wait_for(|order| *order != Order::Pause).await;
    }

    /// Returns when the work is to end: [`Order::Cancel`] or [`Order::Stop`].
    pub(super) async fn end(&mut self) -> Order {
        let ends = |order: &Order| matches!(order, Order::Cancel | Order::Stop);
        self.heard.wait_for(ends).await.map_or(Order::Stop, |order| *order)
    }
}

/// A wish of whoever watches.
#[derive(Debug, Clone)]
pub(super) enum Command {
    Order(Option<usize>, Order),
    Retry(usize),
    Limit(Leg, Schedule),
    Connections(usize),
    First(usize),
    Renew(Box<Bucket>),
    Finish,
}

/// The handle on a running transfer; every call returns at once. `None` means every archive.
#[derive(Debug, Clone)]
pub struct Control(pub(super) mpsc::UnboundedSender<Command>);

impl Control {
    /// Holds still between two pieces; nothing is lost.
    pub fn pause(&self, line: Option<usize>) {
        self.send(Command::Order(line, Order::Pause));
    }

    /// Goes on: after a pause, after whatever an archive was waiting for, and without any more waiting before a request is sent again.
    pub fn resume(&self, line: Option<usize>) {
        self.send(Command::Order(line, Order::Go));
    }

    /// Gives up: aborts the upload, removes the unfinished file and the journal.
    pub fn cancel(&self, line: Option<usize>) {
        self.send(Command::Order(line, Order::Cancel));
    }

    /// Leaves an archive out of this run, or all of them: what was moved stays, here and in S3, and can be gone on with by
    /// [`Self::retry`] or another run.
    pub fn leave(&self, line: Option<usize>) {
        self.send(Command::Order(line, Order::Stop));
    }

    /// Works on `line` before all others: it begins at once, and gets connections and places for its parts before they do.
    pub fn put_first(&self, line: usize) {
        self.send(Command::First(line));
    }

    /// Begins an archive again that failed, was cancelled or was left out.
    pub fn retry(&self, line: usize) {
        self.send(Command::Retry(line));
    }

    /// Holds `leg` of all archives together to `limit`, from now on, also what is under way.
    pub fn limit(&self, leg: Leg, limit: Schedule) {
        self.send(Command::Limit(leg, limit));
    }

    /// Asks the mirror for so many ranges at once, all archives together, from now on; at least 1.
    pub fn connections(&self, most: usize) {
        self.send(Command::Connections(most));
    }

    /// From their next try on, archives use `bucket`: the same one, opened with credentials that are still good.
    pub fn renew(&self, bucket: Bucket) {
        self.send(Command::Renew(Box::new(bucket)));
    }

    /// Winds everything down so that it can be resumed, and ends the engine.
    pub fn stop(&self) {
        self.send(Command::Order(None, Order::Stop));
        self.send(Command::Finish);
    }

    fn send(&self, command: Command) {
        // An engine that has ended needs no commands.
        let _ended = self.0.send(command);
    }
}
