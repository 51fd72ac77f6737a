use crossterm::event::KeyCode::{Backspace, Char, Down, Enter, Esc, F, Right, Tab};

use super::*;
use crate::Kind;
use crate::tui::Step;
use crate::tui::testing::{press, type_in, words_of};

fn summary(name: &str, region: &str) -> BucketSummary {
    BucketSummary {
        name: name.into(),
        region: Some(region.into()),
        created: Some("2026-05-23T10:00:00Z".into()),
    }
}

fn entered(last: Option<&str>, names: &[&str]) -> State {
    let mut state = State::default();
    let known =
        Known { region: "eu-west-3".into(), last_bucket: last.map(str::to_owned), ..Known::default() };
    assert!(matches!(state.enter(&known)[..], [Effect::ListBuckets]));
    state.update(Message::Listed(Ok(names.iter().map(|name| summary(name, "eu-west-3")).collect())));
    state
}

fn opened(name: &str) -> Message {
    Message::Opened(Ok(Opened { name: name.into(), region: "eu-west-3".into(), made: false }))
}

#[test]
fn with_no_bucket_enter_creates_the_guides() {
    let mut state = entered(None, &[]);
    let effects = press(&mut state, &[Enter]);
    let [Effect::CreateBucket { name, region }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((name.as_str(), region.as_str()), ("music-recommendation-data", "eu-west-3"));
}

#[test]
fn the_last_bucket_comes_first_and_enter_opens_it() {
    let mut state = entered(Some("mine"), &["a", "mine", "z"]);
    assert!(
        words_of(&state, (80, 20))
            .lines()
            .nth(1)
            .is_some_and(|line| line.contains("▸ mine") && line.contains("your last"))
    );
    let effects = press(&mut state, &[Enter]);
    assert!(matches!(&effects[..], [Effect::OpenBucket(name)] if name == "mine"), "{effects:?}");
}

#[test]
fn an_opened_bucket_is_remembered_and_leads_to_its_protection() {
    let mut state = entered(Some("mine"), &["mine"]);
    press(&mut state, &[Enter]);
    let effects = state.update(opened("mine"));
    let [Effect::Remember { bucket: Some(name), datasets: None }, Effect::Go(Step::Protect)] = &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(name, "mine");
    let mut known = Known::default();
    state.leave(&mut known);
    assert_eq!(known.bucket.as_deref(), Some("mine"));
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Go(Step::Protect)]), "it is open: on at once");
}

#[test]
fn esc_while_opening_lets_go_and_a_late_answer_is_not_followed() {
    let mut state = entered(Some("mine"), &["mine"]);
    press(&mut state, &[Enter]);
    assert!(press(&mut state, &[Esc]).is_empty());
    assert!(state.update(opened("mine")).is_empty());
    assert!(matches!(press(&mut state, &[Esc])[..], [Effect::Go(Step::Connect)]));
}

#[test]
fn a_bad_name_is_told_while_typing_and_cannot_be_created() {
    let mut state = entered(None, &[]);
    type_in(&mut state, "X");
    assert!(words_of(&state, (80, 20)).contains("✗ no capital letters"));
    assert!(press(&mut state, &[Enter]).is_empty());
    assert!(matches!(press(&mut state, &[Backspace, Enter])[..], [Effect::CreateBucket { .. }]));
}

#[test]
fn the_region_of_a_new_bucket_can_be_turned() {
    let mut state = entered(None, &[]);
    let effects = press(&mut state, &[Tab, Right, Enter]);
    let [Effect::CreateBucket { region, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(region, "eu-west-1");
}

#[test]
fn somebody_elses_name_offers_a_free_one() {
    let mut state = entered(None, &[]);
    press(&mut state, &[Enter]);
    let error =
        Error::new(Kind::Usage, "cannot make the bucket").because("somebody else has a bucket of that name");
    state.update(Message::Opened(Err(Refused { error, free: vec!["mine-1234".into()] })));
    let words = words_of(&state, (80, 20));
    assert!(words.contains("somebody else has") && words.contains("mine-1234"), "{words}");
    let effects = press(&mut state, &[F(3), Enter]);
    assert!(
        matches!(&effects[..], [Effect::CreateBucket { name, .. }] if name == "mine-1234"),
        "{effects:?}"
    );
}

#[test]
fn a_list_that_may_not_be_read_still_lets_one_create() {
    let mut state = State::default();
    state.enter(&Known::default());
    state.update(Message::Listed(Err(Error::new(Kind::Permission, "cannot list the buckets"))));
    assert!(words_of(&state, (80, 20)).contains("✗ cannot list the buckets"));
    assert!(matches!(press(&mut state, &[Enter, Enter])[..], [Effect::CreateBucket { .. }]));
}

#[test]
fn keys_work_while_the_list_is_awaited() {
    let mut state = State::default();
    state.enter(&Known::default());
    assert!(matches!(press(&mut state, &[Esc])[..], [Effect::Go(Step::Connect)]));
}

#[test]
fn a_bucket_in_another_region_is_said() {
    let mut state = entered(None, &[]);
    state.update(Message::Listed(Ok(vec![summary("far", "us-east-1"), summary("near", "eu-west-3")])));
    press(&mut state, &[Char('k'), Char('k')]);
    assert!(words_of(&state, (80, 20)).contains("It lies in us-east-1"));
    press(&mut state, &[Down]);
    assert!(!words_of(&state, (80, 20)).contains("It lies in"));
}

#[test]
fn going_back_and_forth_loses_nothing_but_another_identity_has_other_buckets() {
    let mut state = entered(None, &[]);
    press(&mut state, &[Backspace]);
    let same = Known { region: "eu-west-3".into(), ..Known::default() };
    assert!(state.enter(&same).is_empty());
    assert_eq!(state.form.name(), "music-recommendation-dat");
    let other = Known { region: "us-east-1".into(), ..Known::default() };
    assert!(matches!(state.enter(&other)[..], [Effect::ListBuckets]));
    assert_eq!(state.form.name(), "music-recommendation-dat");
}
