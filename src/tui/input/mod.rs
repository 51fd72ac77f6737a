//! What the terminal sends: a thread waits for its bytes, and [`Decoder`] makes events of them.
//!
//! The event loop never reads the terminal itself, so that half a sequence, a paste that is under way or a terminal that has gone
//! away holds nothing up. The end of the input is told once, and nothing is read after it.

mod decoder;
mod sequence;

use std::collections::VecDeque;
use std::thread;
use std::time::Instant;

use crossterm::event::Event;
use tokio::sync::mpsc;

pub use decoder::{Decoder, PASTE_LIMIT};

/// Bytes that are read at once.
#[cfg(unix)]
const CHUNK: usize = 64 * 1024;
/// Reads that may wait for the event loop.
const WAITING: usize = 16;

/// What the thread hands over.
enum Heard {
    #[cfg(unix)]
    Bytes(Vec<u8>),
    #[cfg(not(unix))]
    Event(Event),
}

/// The input of the terminal.
pub(super) struct Input {
    receiver: mpsc::Receiver<Heard>,
    decoder: Decoder,
    ready: VecDeque<Event>,
    /// When what stands in the decoder is taken as it is.
    deadline: Option<Instant>,
}

impl Input {
    /// Begins to listen. The thread ends with the input, or with the process.
    pub(super) fn start() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        thread::spawn(move || listen(&sender));
        Self { receiver, decoder: Decoder::default(), ready: VecDeque::new(), deadline: None }
    }

    /// The next event; `None` when the terminal has gone away. Nothing is lost when the future is dropped.
    pub(super) async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let heard = self.receiver.recv();
            let Some(deadline) = self.deadline else {
                let heard = heard.await;
                self.take(heard?);
                continue;
            };
            let Ok(heard) = tokio::time::timeout_at(deadline.into(), heard).await else {
                self.deadline = None;
                self.ready.extend(self.decoder.flush());
                continue;
            };
            self.take(heard?);
        }
    }

    /// An event that is there already, without waiting.
    pub(super) fn ready(&mut self) -> Option<Event> {
        while self.ready.is_empty() {
            let heard = self.receiver.try_recv().ok()?;
            self.take(heard);
        }
        self.ready.pop_front()
    }

    fn take(&mut self, heard: Heard) {
        match heard {
            #[cfg(unix)]
            Heard::Bytes(bytes) => self.ready.extend(self.decoder.feed(&bytes)),
            #[cfg(not(unix))]
            Heard::Event(event) => self.ready.push_back(event),
        }
        self.deadline = self.decoder.patience().map(|patience| Instant::now() + patience);
    }
}

/// Reads until there is nothing more: the terminal was closed, or nobody listens.
#[cfg(unix)]
fn listen(sender: &mpsc::Sender<Heard>) {
    use std::io::{ErrorKind, Read};
    let mut bytes = vec![0; CHUNK];
    loop {
        match std::io::stdin().lock().read(&mut bytes) {
            Ok(0) => return,
            Ok(count) => {
                if sender.blocking_send(Heard::Bytes(bytes[..count].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

/// The console tells events itself.
#[cfg(not(unix))]
fn listen(sender: &mpsc::Sender<Heard>) {
    while let Ok(event) = crossterm::event::read() {
        if sender.blocking_send(Heard::Event(event)).is_err() {
            return;
        }
    }
}
