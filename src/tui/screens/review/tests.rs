use crossterm::event::KeyCode::{Char, Enter, Esc};

use super::*;
use crate::tui::screens::sample;
use crate::tui::testing::{press, words_of};

fn entered(known: &Known) -> State {
    let mut state = State::default();
    assert!(state.enter(known).is_empty());
    state
}

/// All four are in their place.
fn nothing_to_do() -> State {
    let mut known = sample::known();
    known.chosen.truncate(1);
    entered(&known)
}

#[test]
fn enter_starts_the_plan_that_is_shown() {
    let mut state = entered(&sample::known());
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Go(Step::Transfer)]));
    let mut known = Known::default();
    state.leave(&mut known);
    assert_eq!(known.plan, Some(state.plan));
    assert!(known.ended.is_empty());
}

#[test]
fn o_lets_an_unknown_file_be_replaced_and_takes_it_back() {
    let mut state = entered(&sample::known());
    let blocked =
        |state: &State| state.plan.lines.iter().filter(|line| line.action == Action::Blocked).count();
    assert_eq!(blocked(&state), 1);
    assert!(words_of(&state, (80, 21)).contains("o lets it be replaced"));
    press(&mut state, &[Char('o')]);
    assert_eq!(blocked(&state), 0);
    press(&mut state, &[Char('o')]);
    assert_eq!(blocked(&state), 1);
}

#[test]
fn with_nothing_to_do_enter_goes_to_the_end() {
    let mut state = nothing_to_do();
    assert!(words_of(&state, (80, 21)).contains("nothing to do"));
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Go(Step::Done)]));
    let mut known = Known::default();
    state.leave(&mut known);
    assert_eq!(known.report.map(|report| (report.archives, report.skipped)), Some((1, 1)));
}

#[test]
fn esc_goes_back() {
    let mut state = entered(&sample::known());
    assert!(matches!(press(&mut state, &[Esc])[..], [Effect::Go(Step::Datasets)]));
}

#[test]
fn the_assumed_rate_is_said() {
    let words = words_of(&entered(&sample::known()), (80, 21));
    assert!(words.contains("assuming 15 MiB/s"), "{words}");
}

#[test]
fn pictures() {
    let mut replaced = entered(&sample::known());
    press(&mut replaced, &[Char('o')]);
    for (name, state) in [
        ("blocked", entered(&sample::known())),
        ("replaced", replaced),
        ("nothing", nothing_to_do()),
        ("empty", entered(&Known::default())),
    ] {
        sample::pictures(&format!("review_{name}"), &state);
    }
}
