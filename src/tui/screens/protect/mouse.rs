//! What the mouse means on the screen of protection: a click goes to a setting, one on the setting that has the cursor turns it; the
//! wheel scrolls what stands below.

use std::time::Duration;

use ratatui::layout::{Position, Rect};

use super::view::{self, Places};
use super::{Message, Phase, State, table};
use crate::bucket::protection::Current;
use crate::tui::widgets::{bar_of, panel, scroll_at};
use crate::tui::{Mouse, Theme};

pub(super) fn meant(state: &State, area: Rect, mouse: Mouse) -> Option<Message> {
    let current = state.current()?;
    let theme = Theme::plain();
    let places = Places::of(area, table::lines(state, current, &theme).len());
    if let (Phase::Choosing(_), Mouse::Click(at) | Mouse::Again(at)) = (&state.phase, mouse)
        && places.table.contains(at)
    {
        return row(state, current, panel("", true, &theme).inner(places.table), at);
    }
    let inner = panel("", true, &theme).inner(places.below);
    // There is nothing else that the wheel could scroll.
    let mouse = match mouse {
        Mouse::Wheel(_, lines) => Mouse::Wheel(inner.as_position(), lines),
        other => other,
    };
    let len = view::below(state, current, &places, &theme, Duration::ZERO).len();
    let to = scroll_at(inner, bar_of(places.below, inner), len, state.scroll, mouse)?;
    Some(Message::Scroll(to.cast_signed() - state.scroll.cast_signed()))
}

fn row(state: &State, current: &Current, table: Rect, at: Position) -> Option<Message> {
    let line = usize::from(at.y.checked_sub(table.y)?);
    let (row, arrow) = table::row_on(state, current, line).filter(|_| table.contains(at))?;
    if row != state.at {
        return Some(Message::Move(row));
    }
    let is_before = (arrow..arrow + 2).contains(&usize::from(at.x - table.x));
    Some(Message::Turn(if is_before { -1 } else { 1 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bucket::protection::Reading;
    use crate::tui::Known;
    use crate::tui::screens::Screen;
    use crate::tui::testing::words_of;

    fn choosing() -> State {
        let mut state = State::default();
        state.enter(&Known { bucket: Some("mine".into()), ..Known::default() });
        state.update(Message::Read(Ok(Current {
            versioning: Reading::Is(false),
            archive: Reading::Is(None),
            abort_days: Reading::Is(None),
            foreign_rules: 0,
            public_access_block: Reading::Unsupported,
            encryption: Reading::Is(None),
        })));
        state
    }

    fn click(state: &mut State, size: (u16, u16), row: &str, text: &str) {
        let words = words_of(state, size);
        let found = words.lines().enumerate().find(|(_, line)| line.contains(row));
        let (y, line) = found.unwrap_or_else(|| panic!("{row}\n{words}"));
        let before = &line[..line.find(text).unwrap_or_else(|| panic!("{text}\n{words}"))];
        let at = Position::new(before.chars().count().try_into().unwrap(), y.try_into().unwrap());
        if let Some(message) = state.mouse(Rect::new(0, 0, size.0, size.1), Mouse::Click(at)) {
            state.update(message);
        }
    }

    #[test]
    fn the_first_click_goes_to_a_setting_and_the_next_ones_turn_it() {
        for size in [(60, 15), (80, 20), (120, 36)] {
            let mut state = choosing();
            click(&mut state, size, "Archive", "Archive");
            assert!(!state.choice.archives.unwrap(), "only the cursor moved");
            click(&mut state, size, "▸ Archive", "Archive");
            assert!(state.choice.archives.unwrap());
        }
    }

    #[test]
    fn the_arrows_of_a_value_turn_it_either_way() {
        let mut state = choosing();
        state.choice.archives = Some(true);
        click(&mut state, (80, 20), " 90 ", "90");
        click(&mut state, (80, 20), "◂ 90", "◂");
        assert_eq!(state.choice.days, 60);
        click(&mut state, (80, 20), "◂ 60", "60");
        assert_eq!(state.choice.days, 90);
    }

    #[test]
    fn what_is_always_wanted_and_what_is_beside_cannot_be_clicked() {
        let state = choosing();
        for y in [0, 1, 4, 5, 6, 7] {
            for mouse in [Mouse::Click(Position::new(5, y)), Mouse::Again(Position::new(60, y))] {
                assert!(state.mouse(Rect::new(0, 0, 80, 20), mouse).is_none(), "{mouse:?}");
            }
        }
    }

    #[test]
    fn the_wheel_scrolls_what_stands_below_and_not_beyond_its_end() {
        let mut state = choosing();
        let area = Rect::new(0, 0, 60, 15);
        for _ in 0..40 {
            if let Some(message) = state.mouse(area, Mouse::Wheel(Position::new(3, 3), 3)) {
                state.update(message);
            }
        }
        let end = state.scroll;
        assert!(end > 0 && end < 30, "{end}");
        let message = state.mouse(area, Mouse::Wheel(Position::new(3, 3), -3)).unwrap();
        state.update(message);
        assert_eq!(state.scroll, end - 3);
    }
}
