//! What can be asked of a running transfer, and how the work hears of it.

use tokio::sync::{mpsc, watch};

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

/// The work's end of the orders for one archive. Every clone hears them all.
#[derive(Debug, Clone)]
pub(super) struct Orders(watch::Receiver<Order>);

impl Orders {
    /// Both ends.
    pub(super) fn new() -> (watch::Sender<Order>, Self) {
        let (sender, receiver) = watch::channel(Order::Go);
        (sender, Self(receiver))
    }

    /// What is wanted now.
    pub(super) fn now(&self) -> Order {
        *self.0.borrow()
    }

    /// Returns as soon as the work may go on, at once when it is not paused.
    pub(super) async fn go(&mut self) {
        // A sender that is gone gives no more orders, so nothing would ever end the pause.
        let _closed = self.0.wait_for(|order| *order != Order::Pause).await;
    }

    /// Returns when the work is to end: [`Order::Cancel`] or [`Order::Stop`].
    pub(super) async fn end(&mut self) -> Order {
        let ends = |order: &Order| matches!(order, Order::Cancel | Order::Stop);
        self.0.wait_for(ends).await.map_or(Order::Stop, |order| *order)
    }
}

/// A wish of whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Order(Option<usize>, Order),
    Retry(usize),
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

    /// Goes on: after a pause, and after whatever an archive was waiting for.
    pub fn resume(&self, line: Option<usize>) {
        self.send(Command::Order(line, Order::Go));
    }

    /// Gives up: aborts the upload, removes the unfinished file and the journal.
    pub fn cancel(&self, line: Option<usize>) {
        self.send(Command::Order(line, Order::Cancel));
    }

    /// Begins an archive again that failed or was cancelled.
    pub fn retry(&self, line: usize) {
        self.send(Command::Retry(line));
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
