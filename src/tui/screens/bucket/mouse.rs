//! What the mouse means on the screen of buckets: a click goes to a line, one on the line that has the cursor chooses it; the form's
//! two rows take clicks while the new bucket is under the cursor.

use ratatui::layout::Rect;

use super::view::Places;
use super::{List, Message, State};
use crate::tui::Mouse;
use crate::tui::widgets::Pressed;

pub(super) fn meant(state: &State, area: Rect, mouse: Mouse) -> Option<Message> {
    if state.busy.is_some() || matches!(state.list, List::Waiting) {
        return None;
    }
    let places = Places::of(state, area);
    if let (true, Mouse::Click(at) | Mouse::Again(at)) = (state.on_create(), mouse)
        && let Some(hit) = state.form.hit(places.form, state.typing, at)
    {
        return Some(Message::Pointed(hit));
    }
    let is_click = matches!(mouse, Mouse::Click(at) if places.list.contains(at));
    match state.cursor.mouse(places.list, places.bar, state.buckets().len() + 1, mouse)? {
        Pressed::Moved(rows) if is_click && rows.line == state.cursor.line => Some(Message::ChooseAt(rows)),
        Pressed::Moved(rows) => Some(Message::Move(rows)),
        Pressed::Chosen(rows) => Some(Message::ChooseAt(rows)),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Position;

    use super::*;
    use crate::bucket::BucketSummary;
    use crate::error::{Error, Kind};
    use crate::tui::screens::Screen;
    use crate::tui::testing::words_of;
    use crate::tui::{Effect, Known};

    const SIZE: (u16, u16) = (80, 20);

    fn listed(names: &[&str]) -> State {
        let mut state = State::default();
        state.enter(&Known { region: "eu-west-3".into(), ..Known::default() });
        let bucket = |name: &&str| BucketSummary { name: (*name).into(), region: None, created: None };
        state.update(Message::Listed(Ok(names.iter().map(bucket).collect())));
        state
    }

    /// Where `text` is shown.
    fn place(state: &State, text: &str) -> Position {
        let words = words_of(state, SIZE);
        let found = words.lines().enumerate().find_map(|(row, line)| Some((row, line.find(text)?, line)));
        let (row, byte, line) = found.unwrap_or_else(|| panic!("{text}\n{words}"));
        Position::new(line[..byte].chars().count().try_into().unwrap(), row.try_into().unwrap())
    }

    fn click(state: &mut State, text: &str) -> Vec<Effect> {
        let at = place(state, text);
        let message = state.mouse(Rect::new(0, 0, SIZE.0, SIZE.1), Mouse::Click(at));
        message.map(|message| state.update(message)).unwrap_or_default()
    }

    #[test]
    fn a_click_goes_to_a_bucket_and_the_second_one_opens_it() {
        let mut state = listed(&["first", "second"]);
        assert!(click(&mut state, "second").is_empty());
        assert!(words_of(&state, SIZE).contains("▸ second"));
        let effects = click(&mut state, "▸ second");
        assert!(matches!(&effects[..], [Effect::OpenBucket(name)] if name == "second"), "{effects:?}");
        assert!(click(&mut state, "first").is_empty(), "one is being opened");
    }

    #[test]
    fn a_double_click_opens_what_it_hits() {
        let mut state = listed(&["first", "second"]);
        let at = place(&state, "first");
        let message = state.mouse(Rect::new(0, 0, SIZE.0, SIZE.1), Mouse::Again(at)).unwrap();
        assert!(matches!(&state.update(message)[..], [Effect::OpenBucket(name)] if name == "first"));
    }

    #[test]
    fn clicks_in_the_form_go_to_the_name_and_turn_the_region() {
        let mut state = listed(&["first"]);
        click(&mut state, "eu-west-3");
        assert!(words_of(&state, SIZE).contains("◂ eu-west-3 · "));
        click(&mut state, "◂");
        assert!(!words_of(&state, SIZE).contains("eu-west-3"));
        click(&mut state, "▸ ");
        click(&mut state, "music-rec");
        state.update(Message::Pasted("my-".into()));
        assert_eq!(state.form.name(), "my-music-recommendation-data");
        click(&mut state, "first");
        assert!(!state.is_typing() && words_of(&state, SIZE).contains("▸ first"));
    }

    #[test]
    fn where_the_list_was_refused_a_click_still_makes_a_bucket() {
        let mut state = State::default();
        state.enter(&Known::default());
        state.update(Message::Listed(Err(Error::new(Kind::Permission, "cannot list the buckets"))));
        assert!(click(&mut state, "cannot list").is_empty() && !state.is_typing());
        click(&mut state, "+ ");
        assert!(state.is_typing());
    }
}
