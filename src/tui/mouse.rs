//! What the mouse does, as the screens hear it.

use std::time::Duration;

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
    /// It moved with the left button held: the row in which it is, the column in which the button went down, so that a hand that slips
    /// off a scroll bar keeps it.
    Drag(Position),
}

impl Mouse {
    /// Where it happened.
    #[must_use]
    pub const fn at(self) -> Position {
        match self {
            Self::Click(at) | Self::Again(at) | Self::Wheel(at, _) | Self::Drag(at) => at,
        }
    }
}

/// Two clicks on one place within this are a double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Tells double clicks from single ones, and knows where a drag began. The time comes with each event.
#[derive(Debug, Default)]
pub struct Clicks {
    /// Where and when the left button went down.
    down: Option<(Position, Duration)>,
    /// Whether the next click on that place within time is the second one.
    is_first: bool,
}

impl Clicks {
    /// What `event` at the time `now` means, where it means anything.
    pub fn heard(&mut self, event: MouseEvent, now: Duration) -> Option<Mouse> {
        let at = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(self.click(at, now)),
            MouseEventKind::Drag(MouseButton::Left) => {
                self.is_first = false;
                let column = self.down.map_or(at.x, |(down, _)| down.x);
                Some(Mouse::Drag(Position::new(column, at.y)))
            }
            MouseEventKind::ScrollUp => Some(Mouse::Wheel(at, -NOTCH)),
            MouseEventKind::ScrollDown => Some(Mouse::Wheel(at, NOTCH)),
            _ => None,
        }
    }

    fn click(&mut self, at: Position, now: Duration) -> Mouse {
        let is_second = self.is_first
            && self.down.is_some_and(|(place, when)| place == at && now.saturating_sub(when) <= DOUBLE);
        self.down = Some((at, now));
        self.is_first = !is_second;
        if is_second { Mouse::Again(at) } else { Mouse::Click(at) }
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyModifiers;

    use super::*;

    fn heard(clicks: &mut Clicks, kind: MouseEventKind, (column, row): (u16, u16), ms: u64) -> Option<Mouse> {
        let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        clicks.heard(event, Duration::from_millis(ms))
    }

    #[test]
    fn two_clicks_on_one_place_in_time_are_a_double_click_and_the_third_is_a_first_one() {
        let mut clicks = Clicks::default();
        let mut click = |place, ms| heard(&mut clicks, MouseEventKind::Down(MouseButton::Left), place, ms);
        let (here, there) = (Position::new(3, 4), Position::new(3, 5));
        assert_eq!(click((3, 4), 0), Some(Mouse::Click(here)));
        assert_eq!(click((3, 4), 300), Some(Mouse::Again(here)));
        assert_eq!(click((3, 4), 500), Some(Mouse::Click(here)));
        assert_eq!(click((3, 5), 600), Some(Mouse::Click(there)), "another place");
        assert_eq!(click((3, 5), 1_600), Some(Mouse::Click(there)), "too late");
    }

    #[test]
    fn a_drag_keeps_the_column_in_which_it_began() {
        let mut clicks = Clicks::default();
        heard(&mut clicks, MouseEventKind::Down(MouseButton::Left), (79, 4), 0);
        let dragged = heard(&mut clicks, MouseEventKind::Drag(MouseButton::Left), (70, 9), 10);
        assert_eq!(dragged, Some(Mouse::Drag(Position::new(79, 9))));
        let wheel = heard(&mut clicks, MouseEventKind::ScrollUp, (1, 1), 20);
        assert_eq!(wheel, Some(Mouse::Wheel(Position::new(1, 1), -NOTCH)));
    }
}
