//! What happened: keys, ticks, and the answers to effects, nested by screen.

use std::time::Duration;

use crossterm::event::KeyEvent;

use crate::transfer::Snapshot;

use super::Mouse;
use super::screens::{browser, bucket, connect, datasets, done, home, protect, review, settings, transfer};

/// Something that happened, for [`super::App::update`].
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has that many columns and rows.
    Resize(u16, u16),
    /// Time went by.
    Tick(Tick),
    /// A signal asks to leave in order.
    Terminate,
    /// For the screen of that name.
    Home(home::Message),
    /// For the screen of that name.
    Browser(browser::Message),
    /// For the screen of that name.
    Settings(settings::Message),
    /// For the screen of that name.
    Connect(connect::Message),
    /// For the screen of that name.
    Bucket(bucket::Message),
    /// For the screen of that name.
    Protect(protect::Message),
    /// For the screen of that name.
    Datasets(datasets::Message),
    /// For the screen of that name.
    Review(review::Message),
    /// For the screen of that name.
    Transfer(transfer::Message),
    /// For the screen of that name.
    Done(done::Message),
}

/// The time of a frame, and what the transfer's counters said at it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tick {
    /// Since the program started.
    pub now: Duration,
    /// `None` while no transfer was started.
    pub snapshot: Option<Snapshot>,
}
