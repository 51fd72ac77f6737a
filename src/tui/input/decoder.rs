//! Bytes of a terminal become events, wherever a read cut them.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::sequence::{self, Parsed};

/// Bytes of one paste that are taken; what comes after them is read and dropped. No field takes more.
pub const PASTE_LIMIT: usize = 64 * 1024;

const PASTE_BEGIN: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";
/// So long an Esc waits for the rest of a sequence before it is the key. What a terminal sends at once nearly always comes at once.
const SEQUENCE: Duration = Duration::from_millis(8);
/// So long a paste may pause before it counts as over: a connection that broke must not eat keys for ever.
const PASTE: Duration = Duration::from_secs(2);

/// Makes events of bytes. Unknown sequences are dropped whole, so that none of their letters is a key.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    /// What was pasted so far, while a paste is under way.
    pasted: Option<Vec<u8>>,
}

impl Decoder {
    /// The events that are whole after `bytes`.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.pending.extend_from_slice(bytes);
        let mut events = Vec::new();
        let mut at = 0;
        while let Some((used, event)) = self.step(at) {
            at += used;
            events.extend(event);
        }
        self.pending.drain(..at);
        events
    }

    /// How long to wait for more bytes before [`Decoder::flush`]; `None` where nothing is cut off.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        match (&self.pasted, self.pending.is_empty()) {
            (Some(_), _) => Some(PASTE),
            (None, false) => Some(SEQUENCE),
            (None, true) => None,
        }
    }

    /// Nothing more came: what stands there is what it is. An Esc alone is the key; half a sequence is nothing.
    pub fn flush(&mut self) -> Vec<Event> {
        let pending = std::mem::take(&mut self.pending);
        if let Some(mut pasted) = self.pasted.take() {
            keep(&mut pasted, &pending);
            return vec![paste(&pasted)];
        }
        match pending.as_slice() {
            [0x1b] => vec![Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE))],
            [0x1b, letter @ (b'[' | b'O' | b']' | b'P' | b'_' | b'^' | b'X')] => {
                let code = KeyCode::Char(char::from(*letter));
                vec![Event::Key(KeyEvent::new(code, KeyModifiers::ALT))]
            }
            _ => Vec::new(),
        }
    }

    /// How many bytes from `at` on are done with, and the event they were; `None` where more of them are needed.
    fn step(&mut self, at: usize) -> Option<(usize, Option<Event>)> {
        let rest = self.pending.get(at..).filter(|rest| !rest.is_empty())?;
        if let Some(pasted) = &mut self.pasted {
            let (used, is_over) = paste_part(rest);
            keep(pasted, &rest[..used]);
            if !is_over {
                return (used > 0).then_some((used, None));
            }
            let text = paste(pasted);
            self.pasted = None;
            return Some((used + PASTE_END.len(), Some(text)));
        }
        if rest.starts_with(PASTE_BEGIN) {
            self.pasted = Some(Vec::new());
            return Some((PASTE_BEGIN.len(), None));
        }
        match sequence::parse(rest) {
            Parsed::More => None,
            Parsed::Nothing(used) => Some((used, None)),
            Parsed::Event(used, event) => Some((used, Some(event))),
        }
    }
}

/// How much of `rest` is pasted for sure, and whether the end of the paste stands behind it.
fn paste_part(rest: &[u8]) -> (usize, bool) {
    let mut from = 0;
    while let Some(found) = rest[from..].iter().position(|byte| *byte == 0x1b) {
        let at = from + found;
        let tail = &rest[at..];
        if tail.starts_with(PASTE_END) {
            return (at, true);
        }
        if PASTE_END.starts_with(tail) {
            return (at, false);
        }
        from = at + 1;
    }
    (rest.len(), false)
}

fn keep(pasted: &mut Vec<u8>, more: &[u8]) {
    let room = PASTE_LIMIT.saturating_sub(pasted.len()).min(more.len());
    pasted.extend_from_slice(&more[..room]);
}

/// A letter that the limit cut in two is left out.
fn paste(bytes: &[u8]) -> Event {
    let text = String::from_utf8_lossy(bytes);
    let whole = if bytes.len() == PASTE_LIMIT { text.trim_end_matches('\u{fffd}') } else { &text };
    Event::Paste(whole.to_owned())
}

#[cfg(test)]
mod tests;
