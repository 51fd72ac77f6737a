use crossterm::event::KeyCode::{Char, Enter, Esc};

use super::*;
use crate::bucket::protection::{Change, Current, Outcome, Reading};
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
    let blocked = |state: &State| {
        state.plan.lines.iter().filter(|line| line.action == crate::transfer::Action::Blocked).count()
    };
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

/// The disk has no room for what is to come.
fn crowded() -> Known {
    let mut known = sample::known();
    known.locals.free = Some(2 << 30);
    known
}

#[test]
fn with_room_on_the_disk_files_stay_and_m_changes_that_and_back() {
    let mut state = entered(&sample::known());
    assert!(words_of(&state, (80, 21)).contains("● keep ○ stream · files stay in /data"));
    press(&mut state, &[Char('m')]);
    let words = words_of(&state, (80, 21));
    assert!(
        words.contains("○ keep ● stream · no local file")
            && words.contains("no room needed, 80 GiB are free"),
        "{words}"
    );
    let mut known = Known::default();
    state.leave(&mut known);
    assert_eq!(known.plan.map(|plan| plan.mode), Some(Mode::Stream));
    press(&mut state, &[Char('m')]);
    assert_eq!(state.plan.mode, Mode::Keep);
}

#[test]
fn on_a_disk_that_is_too_small_stream_is_chosen_with_its_reason() {
    let state = entered(&crowded());
    assert_eq!(state.plan.mode, Mode::Stream);
    let words = words_of(&state, (120, 37));
    assert!(words.contains("would stay on a disk with 2 GiB free"), "{words}");
}

#[test]
fn who_wants_files_on_a_disk_that_is_too_small_is_warned_and_not_overruled() {
    let mut state = entered(&crowded());
    press(&mut state, &[Char('m')]);
    assert_eq!(state.plan.mode, Mode::Keep);
    assert!(words_of(&state, (80, 21)).contains("⚠"));
    assert!(state.enter(&crowded()).is_empty());
    assert_eq!(state.plan.mode, Mode::Keep);
    let settings = Known { mode: Some(Mode::Keep), ..crowded() };
    assert_eq!(entered(&settings).plan.mode, Mode::Keep);
}

#[test]
fn limits_of_the_settings_are_shown_and_make_the_time_longer() {
    let limits = Limits { down: "1MiB".parse().unwrap(), up: "08:00,5MiB 23:00,off".parse().unwrap() };
    let words = words_of(&entered(&Known { limits, ..sample::known() }), (120, 37));
    assert!(words.contains("↓ 1MiB · ↑ 08:00,5MiB 23:00,off"), "{words}");
    assert!(words.contains("within the limits"), "{words}");
}

#[test]
fn the_assumed_rate_is_said() {
    let words = words_of(&entered(&sample::known()), (80, 21));
    assert!(words.contains("assuming 15 MiB/s"), "{words}");
}

#[test]
fn pictures() {
    sample::pictures("review_blocked", || entered(&sample::known()));
    sample::pictures("review_replaced", || {
        let mut replaced = entered(&sample::known());
        press(&mut replaced, &[Char('o')]);
        replaced
    });
    sample::pictures("review_streamed", || entered(&crowded()));
    sample::pictures("review_nothing", nothing_to_do);
    sample::pictures("review_empty", || entered(&Known::default()));
    sample::pictures("review_settings", || entered(&protected()));
}

/// Versions are kept since just now, and an abort rule is still to be written.
fn protected() -> Known {
    let current = Current {
        versioning: Reading::Is(true),
        archive: Reading::Is(None),
        abort_days: Reading::Is(None),
        foreign_rules: 0,
        public_access_block: Reading::Is(true),
        encryption: Reading::Is(Some("AES256".to_owned())),
    };
    let settings = vec![(Change::Versioning { enable: true }, Outcome::Done)];
    Known { settings, protection: Some(current), ..sample::known() }
}

#[test]
fn the_buckets_settings_stand_below_like_a_diff() {
    let words = words_of(&entered(&protected()), (120, 60));
    let versions = Change::Versioning { enable: true }.to_string();
    let abort = Change::AbortUnfinished { from: None, to: 7 }.to_string();
    for line in
        [format!("+ {versions} · written"), format!("+ {abort} · not written"), "= encrypted".to_owned()]
    {
        assert!(words.contains(&line), "{line}\n{words}");
    }
    assert!(!words.contains("= versions kept"), "{words}");
    assert!(words_of(&entered(&sample::known()), (120, 60)).contains("? not looked at in this run"));
}
