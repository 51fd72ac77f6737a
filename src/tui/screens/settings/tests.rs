use crossterm::event::KeyCode::{Backspace, Char, Down, End, Enter, Esc, F, Left};
use ratatui::layout::Position;

use super::*;
use crate::config::{Flags, Paths};
use crate::tui::eyes::Wish;
use crate::tui::testing::{press, type_in, words_of};

/// What a file, an environment and a flag come to.
fn read(text: &str, environment: &[(&str, &str)], flags: &Flags) -> Box<Settings> {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::under(dir.path());
    std::fs::create_dir_all(paths.config_file.parent().unwrap()).unwrap();
    std::fs::write(&paths.config_file, text).unwrap();
    let variable = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
    Box::new(Settings::load(flags, variable, &paths).unwrap())
}

fn showing(text: &str) -> State {
    let mut state = State::default();
    state.enter(&Known::default());
    state.update(Message::Read(Ok(read(text, &[], &Flags::default()))));
    state
}

/// With the cursor on `key`.
fn on(key: Key, text: &str) -> State {
    let mut state = showing(text);
    let line = list().iter().position(|row| *row == Row::Key(key)).unwrap();
    state.rows = Rows::at(line);
    state
}

fn wrote(effects: &[Effect]) -> Option<(Key, Option<String>)> {
    match effects {
        [Effect::WriteSetting { key, value }] => Some((*key, value.clone())),
        [] => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_setting_is_shown_once_and_the_cursor_never_rests_on_a_heading() {
    let mut state = showing("");
    let keys = list().iter().filter(|row| matches!(row, Row::Key(_))).count();
    assert_eq!(keys, Key::ALL.len());
    for _ in 0..list().len() {
        assert!(state.key().is_some() || state.action().is_some());
        press(&mut state, &[Down]);
    }
    for _ in 0..list().len() {
        press(&mut state, &[Char('k')]);
        assert!(state.key().is_some() || state.action().is_some());
    }
    assert_eq!(state.key(), Some(Key::Profile));
}

#[test]
fn enter_turns_a_switch_and_it_is_written_at_once() {
    let mut state = on(Key::Ascii, "");
    assert_eq!(wrote(&press(&mut state, &[Enter])), Some((Key::Ascii, Some("true".to_owned()))));
    assert_eq!(wrote(&press(&mut state, &[Enter])), None, "one after the other");
    let now = read("ascii = true", &[], &Flags::default());
    let effects = state.update(Message::Written(Key::Ascii, Some("true".to_owned()), Ok(now)));
    assert!(matches!(effects[..], [Effect::Wear(Wish::Ascii(true))]));
    assert_eq!(wrote(&press(&mut state, &[Enter])), Some((Key::Ascii, Some("false".to_owned()))));
}

#[test]
fn a_choice_goes_round_both_ways() {
    let mut state = on(Key::Theme, "");
    assert_eq!(wrote(&press(&mut state, &[Enter])), Some((Key::Theme, Some("dark".to_owned()))));
    let mut state = on(Key::Theme, "");
    assert_eq!(wrote(&press(&mut state, &[Left])), Some((Key::Theme, Some("none".to_owned()))));
}

#[test]
fn a_number_stays_between_its_ends() {
    let mut state = on(Key::Connections, "connections = 8");
    assert_eq!(wrote(&press(&mut state, &[Char('+')])), None);
    assert_eq!(wrote(&press(&mut state, &[Char('-')])), Some((Key::Connections, Some("7".to_owned()))));
}

#[test]
fn a_wrong_value_is_told_while_it_is_typed_and_is_not_written() {
    let mut state = on(Key::LimitUp, "limit_up = \"5MiB\"");
    press(&mut state, &[Enter]);
    assert!(state.is_typing());
    type_in(&mut state, "x");
    assert!(words_of(&state, (80, 24)).contains("✗ "));
    assert_eq!(wrote(&press(&mut state, &[Enter])), None);
    press(&mut state, &[End, Backspace]);
    assert!(!words_of(&state, (80, 24)).contains("✗ "));
    assert_eq!(wrote(&press(&mut state, &[Enter])), Some((Key::LimitUp, Some("5MiB".to_owned()))));
    assert!(!state.is_typing());
}

#[test]
fn an_empty_field_means_the_default_and_esc_leaves_everything_as_it_was() {
    let mut state = on(Key::Bucket, "bucket = \"b\"");
    press(&mut state, &[Enter]);
    assert_eq!(wrote(&press(&mut state, &[Backspace, Enter])), Some((Key::Bucket, None)));
    let mut state = on(Key::Bucket, "bucket = \"b\"");
    press(&mut state, &[Enter]);
    assert_eq!(wrote(&press(&mut state, &[Char('x'), Esc])), None);
    assert!(!state.is_typing());
    assert!(matches!(press(&mut state, &[Esc])[..], [Effect::Return]));
}

#[test]
fn only_what_stands_in_the_file_can_be_taken_out_of_it() {
    let mut state = on(Key::Memory, "memory = \"64MiB\"");
    assert_eq!(wrote(&press(&mut state, &[Char('x')])), Some((Key::Memory, None)));
    assert_eq!(wrote(&press(&mut on(Key::Memory, ""), &[Char('x')])), None);
}

#[test]
fn what_a_flag_or_the_environment_forces_is_said() {
    let flags = Flags { theme: Some("light".to_owned()), ..Flags::default() };
    let mut state = on(Key::Theme, "");
    state.update(Message::Read(Ok(read("theme = \"dark\"", &[("BRAINZLIFT_BELL", "off")], &flags))));
    assert!(words_of(&state, (120, 40)).contains("Forced by --theme"));
    assert!(words_of(&state, (120, 40)).contains("BRAINZLIFT_BELL"));
}

#[test]
fn an_address_with_a_password_is_not_shown_and_not_offered_for_editing() {
    let mut state = on(Key::Mirror, "mirror = \"https://me:s3cret@mirror.example/\"");
    assert!(!words_of(&state, (120, 40)).contains("s3cret"));
    press(&mut state, &[Enter]);
    assert!(!words_of(&state, (120, 40)).contains("s3cret"));
}

#[test]
fn a_change_that_could_not_be_written_says_why() {
    let mut state = on(Key::Bell, "");
    press(&mut state, &[Enter]);
    let error = Error::new(crate::Kind::Fatal, "the disk is read-only");
    state.update(Message::Written(Key::Bell, Some("false".to_owned()), Err(error)));
    assert!(words_of(&state, (80, 24)).contains("the disk is read-only"));
    assert!(wrote(&press(&mut state, &[Enter])).is_some(), "it can be tried again");
}

#[test]
fn new_limits_are_heard_by_the_screens_that_come_after() {
    let mut state = on(Key::LimitDown, "");
    let now = read("limit_down = \"1MiB\"\nmode = \"stream\"", &[], &Flags::default());
    state.update(Message::Written(Key::LimitDown, Some("1MiB".to_owned()), Ok(now.clone())));
    let mut known = Known::default();
    state.leave(&mut known);
    assert_eq!(known.limits.down, now.limit_down);
    assert_eq!(known.mode, Some(crate::transfer::Mode::Stream));
}

#[test]
fn a_click_moves_the_cursor_and_the_second_one_changes() {
    let mut state = showing("");
    let area = Rect::new(0, 0, 120, 37);
    let at = |state: &State, key: Key| {
        let row = list().iter().position(|row| *row == Row::Key(key)).unwrap();
        let places = view::Places::of(area);
        let shown = state.rows.shown(list().len(), usize::from(places.list.height));
        Position::new(places.list.x + 4, places.list.y + u16::try_from(row - shown.start).unwrap())
    };
    let place = at(&state, Key::Bell);
    let click = state.mouse(area, Mouse::Click(place)).unwrap();
    state.update(click);
    assert_eq!(state.key(), Some(Key::Bell));
    let again = state.mouse(area, Mouse::Again(place)).unwrap();
    assert_eq!(wrote(&state.update(again)), Some((Key::Bell, Some("false".to_owned()))));
}

/// With the cursor on the keys of `action`.
fn on_keys(action: Action, text: &str) -> State {
    let mut state = showing(text);
    let line = list().iter().position(|row| *row == Row::Action(action)).unwrap();
    state.rows = Rows::at(line);
    state
}

fn pressed(state: &mut State, code: crossterm::event::KeyCode) -> Vec<Effect> {
    let message = Screen::key(state, crossterm::event::KeyEvent::from(code)).unwrap();
    Screen::update(state, message)
}

/// The keys that are written; "usual" where they are taken out.
fn bound(effects: &[Effect]) -> Option<String> {
    match effects {
        [Effect::WriteKeys { keys: Some(keys), .. }] => Some(keys.join(" ")),
        [Effect::WriteKeys { .. }] => Some("usual".to_owned()),
        [] => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_next_key_becomes_the_actions_and_works_at_once() {
    let mut state = on_keys(Action::Pause, "");
    assert!(press(&mut state, &[Enter]).is_empty() && state.catches());
    assert!(words_of(&state, (80, 24)).contains("Press the new key"));
    assert_eq!(bound(&pressed(&mut state, F(5))), Some("f5".to_owned()));
    assert!(!state.catches());
    let now = read("[keys]\npause = \"f5\"\n", &[], &Flags::default());
    let effects = state.update(Message::Bound(Action::Pause, Ok(now)));
    let [Effect::Bind(keymap)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(keymap.label(Action::Pause), "F5");
    assert!(words_of(&state, (80, 24)).contains("F5. It works from now on"));
}

#[test]
fn a_key_of_the_frame_is_refused_with_whose_it_is_and_another_can_be_pressed() {
    let mut state = on_keys(Action::Pause, "[keys]\nlog = \"x\"\n");
    press(&mut state, &[Enter]);
    for taken in [Char('q'), Char('x')] {
        assert_eq!(bound(&pressed(&mut state, taken)), None);
        assert!(state.catches() && words_of(&state, (80, 24)).contains("belongs to"));
    }
    assert_eq!(bound(&pressed(&mut state, Char('ä'))), Some("ä".to_owned()));
}

#[test]
fn a_key_is_added_beside_the_others_or_the_last_one_taken_away() {
    let mut state = on_keys(Action::Pause, "");
    press(&mut state, &[Char('+')]);
    assert_eq!(bound(&pressed(&mut state, F(5))), Some("p space f5".to_owned()));
    assert_eq!(bound(&press(&mut on_keys(Action::Pause, ""), &[Char('-')])), Some("p".to_owned()));
}

#[test]
fn esc_leaves_the_keys_and_only_those_of_the_file_can_be_taken_out() {
    let mut state = on_keys(Action::Pause, "");
    press(&mut state, &[Enter]);
    assert_eq!(bound(&pressed(&mut state, Esc)), None);
    assert!(!state.catches());
    assert_eq!(bound(&press(&mut state, &[Char('x')])), None);
    let mut state = on_keys(Action::Pause, "[keys]\npause = \"f5\"\n");
    assert!(words_of(&state, (120, 40)).contains("line 2"));
    assert_eq!(bound(&press(&mut state, &[Char('x')])), Some("usual".to_owned()));
}
