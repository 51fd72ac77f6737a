use crossterm::event::KeyCode;
use crossterm::event::KeyCode::{Char, Down, Enter, Esc, F, Tab};
use secrecy::ExposeSecret;

use super::*;
use crate::Kind;
use crate::bucket::credentials::ProfileKind;
use crate::tui::Step;
use crate::tui::testing::{press, type_in, words_of};

fn identity() -> Identity {
    Identity {
        account: Some("123456789012".into()),
        arn: Some("arn:aws:iam::123456789012:user/alice".into()),
        access_key_id: "AKIAEXAMPLE".into(),
        provider: "profile default".into(),
    }
}

pub(crate) fn connected() -> Connected {
    Connected {
        identity: identity(),
        region: "eu-west-3".into(),
        region_is_assumed: false,
        endpoint_url: None,
    }
}

fn entered() -> State {
    let mut state = State::default();
    let known = Known { mirror: "https://mirror.example/".into(), ..Known::default() };
    assert!(matches!(state.enter(&known)[..], [Effect::Connect(_)]));
    state
}

fn refused() -> State {
    let mut state = entered();
    let error = Error::new(Kind::Credentials, "cannot connect to AWS").because("no credentials were found");
    let places = vec![LookedAt { place: "AWS_ACCESS_KEY_ID".into(), found: false, note: "not set".into() }];
    state.update(Message::LookedAt(places));
    state.update(Message::Connected(Err(error)));
    state
}

#[test]
fn enter_goes_on_only_once_connected() {
    let mut state = entered();
    assert!(press(&mut state, &[Enter]).is_empty());
    state.update(Message::Connected(Ok(connected())));
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Go(Step::Bucket)]));
}

#[test]
fn who_one_is_is_handed_to_the_later_screens() {
    let mut state = entered();
    state.update(Message::Connected(Ok(connected())));
    let mut known = Known::default();
    state.leave(&mut known);
    assert_eq!((known.identity, known.region.as_str()), (Some(identity()), "eu-west-3"));
}

#[test]
fn coming_back_asks_nothing_again() {
    let mut state = entered();
    assert!(state.enter(&Known::default()).is_empty());
}

#[test]
fn another_profile_is_tried_at_once_with_its_own_region() {
    let mut state = entered();
    let profile = |name: &str| Profile { name: name.into(), region: None, kind: ProfileKind::Keys };
    state.update(Message::Profiles(vec![profile("default"), profile("work")]));
    state.target.region = Some("eu-west-1".into());
    let effects = press(&mut state, &[Char('p'), Down, Enter]);
    let [Effect::Connect(target)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((target.profile.as_deref(), &target.region), (Some("work"), &None));
}

#[test]
fn another_region_is_tried_at_once() {
    let mut state = entered();
    let effects = press(&mut state, &[Char('g'), Down, Enter]);
    let [Effect::Connect(target)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(target.region.as_deref(), Some("eu-west-1"));
}

#[test]
fn without_credentials_the_form_tries_what_was_typed_and_then_connects_with_that_profile() {
    let mut state = refused();
    press(&mut state, &[Enter]);
    assert!(state.is_typing());
    type_in(&mut state, "AKIANEW");
    press(&mut state, &[Enter]);
    type_in(&mut state, "s3cret");
    let effects = press(&mut state, &[Enter, Enter, Enter, Enter]);
    let [Effect::SaveCredentials { profile, keys, region }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(
        (profile.as_str(), region.as_str(), keys.access_key_id.as_str()),
        ("default", "eu-west-3", "AKIANEW")
    );
    assert_eq!(keys.secret_access_key.expose_secret(), "s3cret");
    assert!(keys.session_token.is_none());
    assert!(!format!("{effects:?}").contains("s3cret"), "a secret in a Debug");
    let effects = state.update(Message::Saved(Ok("/home/alice/.aws/credentials".into())));
    let [Effect::Connect(target)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(target.profile.as_deref(), Some("default"));
    assert!(!state.is_typing());
}

#[test]
fn enter_in_the_form_leads_to_what_is_still_empty() {
    let mut state = refused();
    press(&mut state, &[Enter, Tab, Tab, Tab, Tab]);
    assert!(press(&mut state, &[Enter]).is_empty(), "nothing was typed, so nothing is tried");
    type_in(&mut state, "AKIA");
    assert!(state.form.effect().is_none());
}

#[test]
fn a_refused_key_keeps_the_form_and_says_why() {
    let mut state = refused();
    press(&mut state, &[Enter]);
    type_in(&mut state, "AKIA");
    press(&mut state, &[Enter]);
    type_in(&mut state, "wrong");
    press(&mut state, &[Enter, Enter, Enter, Enter]);
    state
        .update(Message::Saved(Err(Error::new(Kind::Credentials, "cannot connect").because("wrong secret"))));
    assert!(state.is_typing());
    let words = words_of(&state, (80, 24));
    assert!(
        words.contains("wrong secret") && words.contains("•••••") && !words.contains("wrong •"),
        "{words}"
    );
}

#[test]
fn the_secret_shows_only_while_it_is_peeked_at() {
    let mut state = refused();
    press(&mut state, &[Enter, Tab]);
    state.update(Message::Pasted("s3cret\n".into()));
    assert!(!words_of(&state, (80, 24)).contains("s3cret"));
    press(&mut state, &[F(3)]);
    assert!(words_of(&state, (80, 24)).contains("s3cret"));
}

#[test]
fn esc_closes_the_form_and_keeps_what_was_typed() {
    let mut state = refused();
    press(&mut state, &[Enter]);
    type_in(&mut state, "AKIA");
    press(&mut state, &[Esc, Enter, Tab]);
    type_in(&mut state, "secret");
    assert!(matches!(press(&mut state, &[Enter, Enter, Enter, Enter])[..], [Effect::SaveCredentials { .. }]));
}

#[test]
fn in_the_sandbox_there_is_no_profile_region_or_key_to_choose() {
    let mut state = State::default();
    state.enter(&Known { sandbox: true, ..Known::default() });
    state.update(Message::Connected(Ok(connected())));
    for code in [Char('p'), Char('g'), Char('k')] {
        assert!(state.key(crate::tui::testing::key(code)).is_none(), "{code:?}");
    }
}

#[test]
fn a_silent_mirror_is_said_and_does_not_hold_the_bucket_up() {
    let mut state = entered();
    state.update(Message::Connected(Ok(connected())));
    state
        .update(Message::Mirror(Err(Error::new(Kind::Transient, "the mirror did not answer").hint("later"))));
    let words = words_of(&state, (80, 21));
    assert!(words.contains("✗ the mirror did not answer") && words.contains("✓ connected"), "{words}");
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Go(Step::Bucket)]));
}

#[test]
fn what_is_wrong_with_a_field_stands_below_it_while_it_is_typed() {
    let mut state = refused();
    press(&mut state, &[Enter]);
    type_in(&mut state, "AKIA EXAMPLE");
    assert!(words_of(&state, (80, 20)).contains("✗ the access key holds a blank"));
    press(&mut state, &[Tab]);
    type_in(&mut state, "a secret");
    let words = words_of(&state, (80, 20));
    assert!(words.contains("✗ the secret holds a blank") && !words.contains("a secret"), "{words}");
    press(&mut state, &[Tab, Tab]);
    assert!(!words_of(&state, (80, 20)).contains("no region of AWS"));
    type_in(&mut state, "0");
    assert!(words_of(&state, (80, 20)).contains("eu-west-30 is no region of AWS"));
    press(&mut state, &[Tab]);
    press(&mut state, &[KeyCode::Backspace; 7]);
    assert!(words_of(&state, (80, 20)).contains("✗ the name of the profile is empty"));
    type_in(&mut state, "my profile");
    assert!(words_of(&state, (80, 20)).contains("✗ my profile cannot be the name of a profile"));
}

#[test]
fn enter_goes_to_what_has_to_be_mended_before_anything_is_tried() {
    let mut state = refused();
    press(&mut state, &[Enter]);
    type_in(&mut state, "AKIA EXAMPLE");
    press(&mut state, &[Tab]);
    type_in(&mut state, "secret");
    press(&mut state, &[Tab, Tab, Tab]);
    assert!(press(&mut state, &[Enter]).is_empty());
    assert!(words_of(&state, (80, 20)).contains("✗ the access key holds a blank"), "back on the first field");
}
