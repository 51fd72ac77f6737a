//! The event loop: keys first, then signals, answers and frames.
//!
//! What a key does is drawn at once. Everything else waits for the next frame, so that a thousand answers cost one drawing; where
//! nothing happens nothing turns, and nothing is written.

mod signals;

use std::time::{Duration, Instant};

use crossterm::event::Event;

use self::signals::{Signal, Signals};
use super::input::Input;
use super::mouse::Clicks;
use super::runtime::{Flow, Runtime};
use super::terminal::{self, Held};
use super::{App, Message};
use crate::error::{Error, Kind, Result};
use crate::say;

/// Between two frames while something moves.
const FRAME: Duration = Duration::from_millis(33);
/// So long answers are taken in before keys are looked at again.
const ANSWERS: Duration = Duration::from_millis(4);
/// So many keys are taken in before a frame is drawn.
const KEYS: usize = 256;
/// So long it may take until the program is stopped.
const STOPPING: Duration = Duration::from_millis(30);
/// So long the shell's word is awaited after the program went to sleep; time stands still while it sleeps.
const WAKING: Duration = Duration::from_millis(250);

/// What came of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Happened {
    /// It is drawn with the next frame.
    Soon,
    /// Somebody waits for it.
    Now,
}

/// What the loop holds.
struct Loop<'a> {
    app: &'a mut App,
    runtime: &'a mut Runtime,
    held: &'a mut Held,
    input: Input,
    signals: Signals,
    clicks: Clicks,
    began: Instant,
    /// When the last frame was drawn.
    drawn: Instant,
    /// What is to be drawn.
    due: Option<Happened>,
    /// Whether the terminal tells nothing any more.
    is_deaf: bool,
}

/// Runs until somebody leaves.
pub(super) async fn run(app: &mut App, runtime: &mut Runtime, held: &mut Held) -> Result<()> {
    let now = Instant::now();
    let mut turning = Loop {
        signals: Signals::new()?,
        input: Input::start(),
        clicks: Clicks::default(),
        began: now,
        drawn: now,
        due: Some(Happened::Now),
        is_deaf: false,
        app,
        runtime,
        held,
    };
    turning.measure();
    for effect in turning.app.start() {
        turning.runtime.run(effect);
    }
    while turning.turn().await? == Flow::On {}
    Ok(())
}

impl Loop<'_> {
    /// Draws where something is due, then takes in what happens next.
    async fn turn(&mut self) -> Result<Flow> {
        if self.due == Some(Happened::Now) || (self.due.is_some() && self.drawn.elapsed() >= FRAME) {
            self.draw();
        }
        let is_moving = self.app.is_moving();
        // What turns may turn slowly for those who want little motion; what was done or answered shows as soon as ever.
        let frame = self.drawn + if self.due.is_some() { FRAME } else { self.app.eyes.frame() };
        tokio::select! {
            biased;
            event = self.input.next(), if !self.is_deaf => Ok(self.heard(event).await),
            signal = self.signals.next() => Ok(self.signalled(signal)),
            () = terminal::broken() => Err(Error::new(Kind::Fatal, say!("tui-broken"))),
            () = tokio::time::sleep_until(frame.into()), if self.due.is_some() || is_moving => Ok(self.tick()),
            answer = self.runtime.next() => {
                let message =
                    answer.map_err(|error| Error::new(Kind::Fatal, say!("tui-broken")).caused_by(error))?;
                Ok(self.answered(message))
            }
        }
    }

    /// A terminal that cannot be written to has gone away: whoever ends in order is asked to.
    fn draw(&mut self) {
        self.due = None;
        self.drawn = Instant::now();
        let is_there = self.held.show(self.app);
        let micros = u64::try_from(self.drawn.elapsed().as_micros()).unwrap_or(u64::MAX);
        // What the measurement of frames reads.
        tracing::trace!(target: "brainzlift::frame", screen = ?self.app.step, micros);
        if !is_there && !self.is_deaf {
            self.gone();
        }
    }

    fn gone(&mut self) -> Flow {
        self.is_deaf = true;
        self.update(Message::Terminate)
    }

    /// All keys that are there are taken in before what they did is drawn.
    async fn heard(&mut self, event: Option<Event>) -> Flow {
        let Some(event) = event else { return self.gone() };
        self.catch_up();
        let mut next = Some(event);
        for _ in 0..KEYS {
            let Some(event) = next.take() else { break };
            provoke(&event);
            if let Some(message) = message(event, &mut self.clicks, self.began.elapsed()) {
                self.due = Some(Happened::Now);
                match self.update(message) {
                    Flow::On => {}
                    Flow::Sleep => self.sleep().await,
                    Flow::Out => return Flow::Out,
                }
            }
            next = self.input.ready();
        }
        Flow::On
    }

    fn signalled(&mut self, signal: Signal) -> Flow {
        match signal {
            Signal::Terminate => {
                self.due = Some(Happened::Now);
                self.update(Message::Terminate)
            }
            Signal::Continued => {
                self.wake();
                Flow::On
            }
            Signal::Resized => {
                self.measure();
                Flow::On
            }
        }
    }

    /// However often a window changes its size, it is drawn once a frame.
    fn measure(&mut self) {
        if let Some(size) = self.held.size() {
            self.app.update(Message::Resize(size.width, size.height));
            self.due.get_or_insert(Happened::Soon);
        }
    }

    fn answered(&mut self, message: Message) -> Flow {
        self.catch_up();
        let began = Instant::now();
        let mut next = Some(message);
        while let Some(message) = next {
            self.due.get_or_insert(Happened::Soon);
            if self.update(message) == Flow::Out {
                return Flow::Out;
            }
            next = if began.elapsed() < ANSWERS { self.runtime.ready() } else { None };
        }
        Flow::On
    }

    /// Time stood still while nothing moved: what happens now happens now, not when the last thing moved.
    fn catch_up(&mut self) {
        if !self.app.is_moving() {
            let tick = self.runtime.tick();
            // A tick asks for nothing.
            self.update(Message::Tick(tick));
        }
    }

    fn tick(&mut self) -> Flow {
        let tick = self.runtime.tick();
        let flow = self.update(Message::Tick(tick));
        self.draw();
        flow
    }

    fn update(&mut self, message: Message) -> Flow {
        let effects = self.app.update(message);
        effects.into_iter().fold(Flow::On, |flow, effect| match self.runtime.run(effect) {
            Flow::On => flow,
            other => other,
        })
    }

    /// Lets the shell have the terminal until it wakes us; where nobody is there to do that, it goes on at once.
    #[cfg(unix)]
    async fn sleep(&mut self) {
        Held::sleep();
        // The signal may arrive a moment after it was sent; before that nothing may be taken for the shell's word.
        tokio::time::sleep(STOPPING).await;
        let continued = tokio::time::timeout(WAKING, self.signals.continued()).await;
        if continued.is_err() {
            tracing::debug!("the program was not sent to sleep, or woke without a word");
        }
        self.wake();
    }

    #[cfg(not(unix))]
    async fn sleep(&mut self) {}

    fn wake(&mut self) {
        self.held.wake();
        self.measure();
        self.due = Some(Happened::Now);
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

/// For tests of the way out: with `BRAINZLIFT_TEST_PANIC=loop` the next key lets the event loop panic, with `=task` a task.
fn provoke(event: &Event) {
    let Ok(place) = std::env::var("BRAINZLIFT_TEST_PANIC") else { return };
    let Event::Key(_) = event else { return };
    if place == "task" {
        drop(tokio::spawn(async { provoked() }));
    } else {
        provoked();
    }
}

#[expect(clippy::panic, reason = "it is what is asked for")]
fn provoked() {
    panic!("provoked by BRAINZLIFT_TEST_PANIC");
}
