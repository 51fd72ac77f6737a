//! The mouse, and a look inside.

use ratatui::layout::Position;

use super::*;

#[test]
fn the_mouse_chooses_opens_scrolls_and_goes_up_the_path() {
    let mut state = entered(false);
    let area = Rect::new(0, 0, 80, 20);
    let at = |y| Position::new(10, y);
    let message = state.mouse(area, Mouse::Click(at(4))).unwrap();
    state.update(message);
    assert_eq!(state.level.cursor.line, 2);
    let message = state.mouse(area, Mouse::Again(at(4))).unwrap();
    assert_eq!(prefix_of(&state.update(message)), Some("raw/"));
    listed(&mut state, page("raw/", &["raw/mb/"], Vec::new()));
    let message = state.mouse(area, Mouse::Click(Position::new(4, 0))).unwrap();
    assert_eq!(prefix_of(&state.update(message)), Some(""));
}

#[test]
fn members_and_lines_appear_while_they_are_read_and_esc_stops() {
    let mut state = entered(false);
    let effects = press(&mut state, &[Char('o')]);
    let [Wish::Inside(wanted)] = wishes(&effects)[..] else { panic!("{effects:?}") };
    let number = wanted.number;
    let see = |state: &mut State, what| drop(tell(state, Answer::Inside(InsideNews { number, what })));
    see(&mut state, InsideWhat::Opened { packing: "xz".into(), size: 2048 });
    see(&mut state, InsideWhat::Member { name: "TIMESTAMP".into(), size: Some(20), is_file: true });
    see(&mut state, InsideWhat::Line { text: "2026-05-23".into(), is_cut: false });
    let words = words_of(&state, (80, 24));
    assert!(words.contains("TIMESTAMP") && words.contains("2026-05-23"), "{words}");
    assert!(matches!(wishes(&press(&mut state, &[Esc]))[..], [Wish::StopInside]));
    let effects = press(&mut state, &[Enter]);
    assert!(
        matches!(wishes(&effects)[..], [Wish::Inside(InsideWanted { member: Some(name), .. })] if name == "TIMESTAMP")
    );
    see(&mut state, InsideWhat::Line { text: "of the look before".into(), is_cut: false });
    assert!(!words_of(&state, (80, 24)).contains("of the look before"));
}
