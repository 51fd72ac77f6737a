//! What the mouse does, as the screens hear it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

/// Lines that one notch of the wheel moves.
const NOTCH: isize = 3;

/// Something that the mouse did, where it did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Click(Position),
    /// It went down again at once, at the same place.
    Again(Position),
    /// The wheel turned by so many lines, down being more than 0.
    Wheel(Position, isize),
    /// It moved with the left button held.
    Drag(Position),
}

impl Mouse {
    /// What an event is, where it is one that means anything here. A second click is the business of whoever keeps the time.
    #[must_use]
    pub const fn of(event: MouseEvent) -> Option<Self> {
        let at = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Self::Click(at)),
            MouseEventKind::Drag(MouseButton::Left) => Some(Self::Drag(at)),
            MouseEventKind::ScrollUp => Some(Self::Wheel(at, -NOTCH)),
            MouseEventKind::ScrollDown => Some(Self::Wheel(at, NOTCH)),
            _ => None,
        }
    }

    /// Where it happened.
    #[must_use]
    pub const fn at(self) -> Position {
        match self {
            Self::Click(at) | Self::Again(at) | Self::Wheel(at, _) | Self::Drag(at) => at,
        }
    }
}
