//! The event loop: keys, answers, signals and frames, one at a time.

use std::time::Duration;

use crossterm::event::{Event, EventStream};
use futures::{FutureExt, StreamExt};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::mouse::Clicks;
use super::runtime::{Flow, Runtime};
use super::terminal::Held;
use super::{App, Message};
use crate::error::{Error, Kind, Result};
use crate::say;

/// Between two frames while something moves.
const FRAME: Duration = Duration::from_millis(33);
/// So many answers are taken in before a frame is drawn, so that a burst of facts costs one frame and keys still come through.
const BURST: usize = 256;

/// Runs until somebody leaves.
pub(super) async fn run(app: &mut App, runtime: &mut Runtime, held: &mut Held) -> Result<()> {
    let mut events = EventStream::new();
    let mut signals = Signals::new()?;
    let mut clicks = Clicks::default();
    let mut frames = interval(FRAME);
    frames.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let size = held.terminal.size().map_err(|error| {
        Error::new(Kind::Fatal, say!("tui-terminal-failed")).because(&error).caused_by(error)
    })?;
    app.size = (size.width, size.height);
    for effect in app.start() {
        runtime.run(effect);
    }
    loop {
        draw(app, held)?;
        let message = next(app, runtime, &mut events, &mut clicks, &mut signals, &mut frames).await?;
        if update(app, runtime, message) == Flow::Out {
            return Ok(());
        }
        for _ in 0..BURST {
            let Some(message) = runtime.ready() else { break };
            if update(app, runtime, message) == Flow::Out {
                return Ok(());
            }
        }
    }
}

fn draw(app: &App, held: &mut Held) -> Result<()> {
    let drawn = held.terminal.draw(|frame| super::view(app, frame.buffer_mut()));
    drawn.map(drop).map_err(|error| {
        Error::new(Kind::Fatal, say!("tui-terminal-failed")).because(&error).caused_by(error)
    })
}

fn update(app: &mut App, runtime: &mut Runtime, message: Message) -> Flow {
    let effects = app.update(message);
    effects.into_iter().fold(Flow::On, |flow, effect| match runtime.run(effect) {
        Flow::Out => Flow::Out,
        Flow::On => flow,
    })
}

async fn next(
    app: &App,
    runtime: &mut Runtime,
    events: &mut EventStream,
    clicks: &mut Clicks,
    signals: &mut Signals,
    frames: &mut Interval,
) -> Result<Message> {
    loop {
        tokio::select! {
            event = events.next() => match event {
                Some(Ok(event)) => if let Some(message) = message(event, clicks, runtime.tick().now) {
                    return Ok(message);
                },
                // The terminal has gone away: nobody is there to ask.
                Some(Err(_)) | None => return Ok(Message::Terminate),
            },
            answer = runtime.next() => {
                return answer.map_err(|error| Error::new(Kind::Fatal, say!("tui-broken")).caused_by(error));
            }
            () = signals.next() => return Ok(Message::Terminate),
            _ = frames.tick(), if app.is_moving() => return Ok(Message::Tick(runtime.tick())),
        }
    }
}

fn message(event: Event, clicks: &mut Clicks, now: Duration) -> Option<Message> {
    match event {
        // Some terminals tell releases, too.
        Event::Key(key) if key.is_press() || key.is_repeat() => Some(Message::Key(key)),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Mouse(event) => clicks.heard(event, now).map(Message::Mouse),
        Event::Resize(columns, rows) => Some(Message::Resize(columns, rows)),
        _ => None,
    }
}

/// What else asks to leave in order: SIGTERM, and SIGHUP when the terminal is closed.
struct Signals {
    #[cfg(unix)]
    term: tokio::signal::unix::Signal,
    #[cfg(unix)]
    hup: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let failed = |error: std::io::Error| {
            Error::new(Kind::Fatal, say!("tui-broken")).because(&error).caused_by(error)
        };
        let listen = |kind: SignalKind| signal(kind).map_err(failed);
        Ok(Self { term: listen(SignalKind::terminate())?, hup: listen(SignalKind::hangup())? })
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        futures::future::select(self.term.recv().boxed(), self.hup.recv().boxed()).map(drop).await;
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
    fn new() -> Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        std::future::pending().await
    }
}
