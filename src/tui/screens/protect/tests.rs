use crossterm::event::KeyCode::{Char, Down, Enter, Esc, Right};

use super::*;
use crate::Kind;
use crate::bucket::protection::{ArchiveRule, Reading};
use crate::tui::Step;
use crate::tui::testing::{press, words_of};

fn fresh() -> Current {
    Current {
        versioning: Reading::Is(false),
        archive: Reading::Is(None),
        abort_days: Reading::Is(None),
        foreign_rules: 0,
        public_access_block: Reading::Is(true),
        encryption: Reading::Is(Some("AES256".into())),
    }
}

fn entered(current: Current) -> State {
    let mut state = State::default();
    let known = Known { bucket: Some("mine".into()), bucket_region: "eu-west-3".into(), ..Known::default() };
    assert!(matches!(state.enter(&known)[..], [Effect::ReadProtection]));
    state.update(Message::Read(Ok(current)));
    state
}

fn applied(state: &mut State, codes: &[KeyCode]) -> Vec<Change> {
    match press(state, codes).pop() {
        Some(Effect::ApplySetup { changes, .. }) => changes,
        other => panic!("{other:?}"),
    }
}

#[test]
fn enter_applies_only_what_is_always_wanted_and_missing() {
    let changes = applied(&mut entered(fresh()), &[Enter]);
    assert_eq!(changes, [Change::AbortUnfinished { from: None, to: 7 }]);
}

#[test]
fn what_is_asked_is_off_unless_it_is_switched_on() {
    let changes = applied(&mut entered(fresh()), &[Char(' '), Down, Char(' '), Enter]);
    let rule = ArchiveRule { after_days: 90, class: "GLACIER".into() };
    assert!(changes.contains(&Change::Versioning { enable: true }), "{changes:?}");
    assert!(changes.contains(&Change::Archive { from: None, to: Some(rule) }), "{changes:?}");
}

#[test]
fn days_are_typed_and_the_class_is_turned() {
    let mut state = entered(fresh());
    let backspace = KeyCode::Backspace;
    press(&mut state, &[Down, Char(' '), Down, backspace, backspace, Char('3'), Char('0'), Down, Right]);
    let changes = applied(&mut state, &[Enter]);
    let rule = ArchiveRule { after_days: 30, class: "DEEP_ARCHIVE".into() };
    assert!(changes.contains(&Change::Archive { from: None, to: Some(rule) }), "{changes:?}");
}

#[test]
fn what_the_bucket_has_is_the_answer_until_another_is_given() {
    let rule = ArchiveRule { after_days: 30, class: "GLACIER_IR".into() };
    let current = Current {
        versioning: Reading::Is(true),
        archive: Reading::Is(Some(rule.clone())),
        abort_days: Reading::Is(Some(7)),
        ..fresh()
    };
    let mut state = entered(current);
    assert_eq!(applied(&mut state, &[Enter]), []);
    assert_eq!(state.rule_in_force(), Some(rule));
}

#[test]
fn what_a_store_does_not_know_is_said_and_not_tried() {
    let current =
        Current { versioning: Reading::Unsupported, public_access_block: Reading::Unsupported, ..fresh() };
    let mut state = entered(current);
    let words = words_of(&state, (80, 22));
    assert!(words.contains("– block all public access: skipped"), "{words}");
    assert_eq!(applied(&mut state, &[Enter]), [Change::AbortUnfinished { from: None, to: 7 }]);
}

#[test]
fn each_outcome_gets_a_line_and_enter_goes_on_to_the_datasets() {
    let mut state = entered(fresh());
    let changes = applied(&mut state, &[Enter]);
    assert!(press(&mut state, &[Enter, Esc]).is_empty(), "while it is applied nothing can be pressed");
    state.update(Message::Layout(vec!["processed/".into()]));
    state.update(Message::Outcome(changes[0].clone(), Outcome::NotKept));
    state.update(Message::Outcome(Change::Encrypt, Outcome::Failed { why: "refused".into() }));
    assert!(state.update(Message::Applied(Ok(()))).is_empty());
    let words = words_of(&state, (80, 22));
    assert!(
        words.contains("✓ layout made: processed/")
            && words.contains("! ")
            && words.contains("failed: refused"),
        "{words}"
    );
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Go(Step::Datasets)]));
}

#[test]
fn where_nothing_had_to_be_done_nobody_has_to_press_enter_again() {
    let mut state = entered(Current { abort_days: Reading::Is(Some(7)), ..fresh() });
    applied(&mut state, &[Enter]);
    state.update(Message::Layout(Vec::new()));
    assert!(matches!(state.update(Message::Applied(Ok(())))[..], [Effect::Go(Step::Datasets)]));
}

#[test]
fn settings_that_may_not_be_read_can_be_skipped_or_read_again() {
    let mut state = State::default();
    state.enter(&Known { bucket: Some("mine".into()), ..Known::default() });
    state.update(Message::Read(Err(Error::new(Kind::Permission, "cannot read a setting"))));
    assert!(matches!(press(&mut state, &[Char('r')])[..], [Effect::ReadProtection]));
    assert!(matches!(press(&mut state, &[Char('s')])[..], [Effect::Go(Step::Datasets)]));
}

#[test]
fn an_error_in_the_middle_is_shown_and_can_be_tried_again() {
    let mut state = entered(fresh());
    applied(&mut state, &[Enter]);
    state.update(Message::Applied(Err(Error::new(Kind::Credentials, "cannot write").because("expired"))));
    assert!(words_of(&state, (80, 22)).contains("expired"));
    assert!(matches!(press(&mut state, &[Char('r')])[..], [Effect::ReadProtection]));
}

#[test]
fn going_back_keeps_the_answers_and_another_bucket_has_its_own() {
    let mut state = entered(fresh());
    press(&mut state, &[Char(' ')]);
    let same = Known { bucket: Some("mine".into()), ..Known::default() };
    state.enter(&same);
    state.update(Message::Read(Ok(fresh())));
    assert_eq!(state.choice.versioning, Some(true));
    state.enter(&Known { bucket: Some("other".into()), ..Known::default() });
    state.update(Message::Read(Ok(fresh())));
    assert_eq!(state.choice.versioning, Some(false));
}

#[test]
fn the_rule_in_force_is_the_one_that_was_really_written() {
    let mut state = entered(fresh());
    let changes = applied(&mut state, &[Down, Char(' '), Enter]);
    let archive = changes.iter().find(|change| matches!(change, Change::Archive { .. })).unwrap().clone();
    state.update(Message::Outcome(archive.clone(), Outcome::NotKept));
    assert_eq!(state.rule_in_force(), None);
    state.update(Message::Outcome(archive, Outcome::Done));
    assert_eq!(state.rule_in_force(), Some(ArchiveRule::offered()));
}

#[test]
fn in_the_smallest_terminal_everything_can_be_scrolled_to() {
    let mut state = entered(fresh());
    press(&mut state, &[Down, Char(' '), Down, Down]);
    let mut seen = String::new();
    for _ in 0..6 {
        seen += &words_of(&state, (60, 16));
        press(&mut state, &[KeyCode::PageDown]);
    }
    let wide = words_of(&state, (120, 40));
    for word in ["encryption", "STANDARD", "abort unfinished", "Encryption"] {
        assert!(!wide.contains(word) || seen.contains(word), "{word} in\n{seen}");
    }
    assert!(seen.contains("STANDARD"), "{seen}");
}
