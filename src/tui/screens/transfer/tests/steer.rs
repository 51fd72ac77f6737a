//! What is ordered, and what is opened.

use std::sync::Arc;

use crossterm::event::KeyCode::{Char, Down, Enter, Esc};

use super::super::*;
use super::*;

#[test]
fn cancelling_asks_first() {
    let mut state = running();
    assert!(press(&mut state, &[Char('c'), Esc]).is_empty());
    assert!(press(&mut state, &[Char('c'), Char('p')]).is_empty());
    assert!(state.question().is_some());
    assert!(matches!(press(&mut state, &[Char('x')])[..], [Effect::Control(Command::Cancel(None))]));
    assert!(state.question().is_none());
}

#[test]
fn cancelling_keeps_what_was_moved_unless_it_is_to_be_thrown_away() {
    let mut state = running();
    let effects = press(&mut state, &[Down, Down, Char('c'), Enter]);
    assert!(matches!(effects[..], [Effect::Control(Command::Leave(Some(1)))]), "{effects:?}");
    tell(&mut state, 1, What::Interrupted);
    let samples =
        [(Status::Proven, 100), (Status::Interrupted, 40), (Status::Skipped, 0), (Status::Skipped, 0)];
    tick(&mut state, 42 * SECOND, &samples);
    assert!(words_of(&state, (80, 21)).contains("left out of this run"));
    assert!(!state.is_running(), "nothing winds down: it was left out, not stopped");
    assert!(matches!(press(&mut state, &[Char('r')])[..], [Effect::Control(Command::Retry(1))]));
}

#[test]
fn what_is_through_cannot_be_paused() {
    let mut state = running();
    tell(&mut state, 0, What::Proven(sample::proof(&sample::four()[0], Checked::Equal)));
    assert!(press(&mut state, &[Down, Char('p')]).is_empty());
    assert!(!state.keys().iter().any(|hint| hint.actions.contains(&Action::Pause)));
}

#[test]
fn an_archive_whose_dump_is_gone_offers_the_newest_at_once_and_takes_it() {
    let mut state = running();
    let why =
        Arc::new(crate::Error::new(crate::Kind::NotFound, "dump 20260919-001002 is gone from the mirror"));
    tell(&mut state, 1, What::Waiting { why });
    assert!(state.keys().iter().any(|hint| hint.says == "newest dump"));
    let effects = press(&mut state, &[Char('r')]);
    assert!(matches!(effects[..], [Effect::Control(Command::Resume(Some(1)))]), "{effects:?}");
    let archive = crate::catalog::Archive { size: 4711, ..sample::four()[1].clone() };
    tell(&mut state, 1, What::Repinned { key: archive.key(), archive: Arc::new(archive) });
    assert_eq!(state.rows[1].size, 4711);
}

#[test]
fn a_run_that_is_over_tells_what_it_did_on_average() {
    let mut state = running();
    (1..4).for_each(|line| {
        tell(&mut state, line, What::Proven(sample::proof(&sample::four()[line], Checked::Equal)));
    });
    let samples = [Status::Proven; 4].map(|status| (status, 100));
    tick(&mut state, 60 * SECOND, &samples);
    assert!(words_of(&state, (80, 21)).contains("on average"));
    assert!(words_of(&state, (120, 36)).contains("end"), "the chart ends there, not now");
}

#[test]
fn skipping_asks_nothing_and_leaves_one_out() {
    let mut state = running();
    assert!(press(&mut state, &[Char('s')]).is_empty(), "all of them are not skipped by one key");
    let effects = press(&mut state, &[Down, Down, Char('s')]);
    assert!(matches!(effects[..], [Effect::Control(Command::Leave(Some(1)))]), "{effects:?}");
}

#[test]
fn the_archive_under_the_cursor_is_put_first_and_says_so() {
    let mut state = running();
    let effects = press(&mut state, &[Down, Down, Down, Down, Char('f')]);
    assert!(matches!(effects[..], [Effect::Control(Command::PutFirst(3))]), "{effects:?}");
    press(&mut state, &[Enter]);
    assert!(words_of(&state, (80, 21)).contains("put first"));
}

#[test]
fn connections_are_added_and_taken_away_within_bounds() {
    let mut state = running();
    let mut more = |key| match press(&mut state, &[Char(key)])[..] {
        [Effect::Control(Command::Connections(wanted))] => Some(wanted),
        _ => None,
    };
    assert_eq!([more(']'), more(']'), more('[')], [Some(3), Some(4), Some(3)]);
    for _ in 0..8 {
        more(']');
    }
    assert_eq!(more(']'), None, "a mirror is not asked for more than eight ranges at once");
    for _ in 0..7 {
        more('[');
    }
    assert_eq!(more('['), None);
}

/// The second archive is opened; its parts are in all states.
pub(super) fn opened() -> State {
    use PartState::{Again, Downloading, Here, InS3, Uploading, Waiting};

    let mut state = running();
    let effects = press(&mut state, &[Down, Down, Down, Enter]);
    assert!(matches!(effects[..], [Effect::Control(Command::Watch(Some(2)))]), "{effects:?}");
    let why = || Arc::new(sample::unreachable());
    (1..=2).for_each(|attempt| {
        let wait = Duration::from_secs(4);
        tell(&mut state, 2, What::Retrying { leg: Leg::Upload, attempt, wait, why: why() });
    });
    let groups = [(InS3, 1000), (Uploading, 40), (InS3, 100), (Again, 20), (Here, 200), (Downloading, 40)];
    let mut parts: Vec<PartState> = groups.iter().flat_map(|(state, count)| vec![*state; *count]).collect();
    parts.resize(2624, Waiting);
    state.snapshot.parts = Some((2, parts));
    state
}

#[test]
fn an_opened_archive_shows_its_parts_and_its_tries_and_esc_closes_it() {
    let mut state = opened();
    let words = words_of(&state, (120, 37));
    for expected in [
        "2624 parts",
        "██",
        "↑ uploading 40",
        "↻ again 20",
        "2 tries failed",
        "try 2",
        "https://mirror.example/",
        "raw/musicbrainz/release.tar.xz",
    ] {
        assert!(words.contains(expected), "{expected} in\n{words}");
    }
    assert!(words_of(&state, (60, 16)).contains("2624 parts") || state.scroll == 0);
    let effects = press(&mut state, &[Esc]);
    assert!(matches!(effects[..], [Effect::Control(Command::Watch(None))]), "{effects:?}");
    assert!(!words_of(&state, (120, 37)).contains("2624 parts"));
}

#[test]
fn a_proof_is_shown_with_its_digests() {
    let mut state = proven();
    press(&mut state, &[Down, Enter]);
    let words = words_of(&state, (120, 37));
    assert!(words.contains(&"07".repeat(8)) && words.contains("0102030405060708"), "{words}");
}

/// release waits for credentials, the others go on.
pub(super) fn expired() -> State {
    let mut state = running();
    let why =
        crate::Error::new(Kind::Credentials, "cannot upload release.tar.xz").because("the token has expired");
    tell(&mut state, 2, What::Waiting { why: Arc::new(why) });
    let samples = [(Status::Proven, 100), (Status::Running, 40), (Status::Waiting, 41), (Status::Queued, 0)];
    tick(&mut state, 42 * SECOND, &samples);
    state
}

#[test]
fn credentials_that_ran_out_are_renewed_from_the_same_source_with_one_key() {
    let mut state = expired();
    let effects = press(&mut state, &[Down, Down, Down, Char('r')]);
    assert!(matches!(effects[..], [Effect::Renew(Renewal::Same)]), "{effects:?}");
    assert!(press(&mut state, &[Char('r')]).is_empty(), "they are being tried");
    let effects = state.update(Message::Renewed(Ok(())));
    assert!(matches!(effects[..], [Effect::Control(Command::Resume(Some(2)))]), "{effects:?}");
}

#[test]
fn where_the_same_credentials_are_refused_others_are_asked_for() {
    let mut state = expired();
    press(&mut state, &[Char('r')]);
    let refused = crate::Error::new(Kind::Credentials, "cannot connect").because("the token has expired");
    assert!(matches!(state.update(Message::Renewed(Err(refused)))[..], [Effect::FindProfiles]));
    state.update(Message::Profiles(vec!["default".into(), "other".into()]));
    let words = words_of(&state, (80, 21));
    assert!(
        words.contains("cannot connect: the token has expired") && words.contains("profile other"),
        "{words}"
    );
    let effects = press(&mut state, &[Down, Down, Enter]);
    assert!(
        matches!(&effects[..], [Effect::Renew(Renewal::Profile(name))] if name == "other"),
        "{effects:?}"
    );
}

#[test]
fn keys_can_be_typed_where_credentials_ran_out_and_the_secret_is_not_shown() {
    let mut state = expired();
    assert!(matches!(press(&mut state, &[Char('n')])[..], [Effect::FindProfiles]));
    press(&mut state, &[Down, Enter]);
    type_in(&mut state, "AKIAX");
    press(&mut state, &[Enter]);
    type_in(&mut state, "q1secret");
    assert!(!words_of(&state, (80, 21)).contains("q1secret"));
    let effects = press(&mut state, &[Enter, Enter]);
    let [Effect::Renew(Renewal::Keys(keys))] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((keys.access_key_id.as_str(), keys.session_token.is_none()), ("AKIAX", true));
}

#[test]
fn the_log_is_filtered_by_what_is_typed_and_by_how_much_lines_matter() {
    let mut state = proven();
    press(&mut state, &[Char('l'), Char('v')]);
    assert_eq!(state.log.len(), 1);
    press(&mut state, &[Char('v')]);
    assert!(words_of(&state, (80, 21)).contains("Nothing that fits"));
    press(&mut state, &[Char('v'), Char('/')]);
    type_in(&mut state, "release.tar");
    assert_eq!(state.log.len(), 2);
    press(&mut state, &[Enter]);
    assert!(!state.is_typing() && state.log.len() == 2);
    press(&mut state, &[Char('/'), Esc]);
    assert_eq!(state.log.len(), 9);
}

#[test]
fn the_chart_shows_two_minutes_or_the_whole_run_and_gives_way_to_sparklines() {
    let mut state = running();
    assert!(words_of(&state, (80, 21)).contains("−2 min"), "{}", words_of(&state, (80, 21)));
    press(&mut state, &[Char('z')]);
    let words = words_of(&state, (80, 21));
    assert!(words.contains("begun") && words.contains("GiB/s ┤"), "{words}");
    assert!(!words_of(&state, (60, 16)).contains('┤'));
}

#[test]
fn a_click_puts_the_cursor_on_an_archive_a_second_one_opens_it_and_the_chart_changes_its_span() {
    let mut state = running();
    let area = Rect::new(0, 0, 120, 37);
    let areas = areas::Areas::of(&state, area);
    let at = ratatui::layout::Position::new(areas.archives.x + 3, areas.archives.y + 1);
    let click = |state: &mut State, mouse| {
        let message = state.mouse(area, mouse).unwrap();
        state.update(message)
    };
    click(&mut state, Mouse::Click(at));
    assert_eq!(state.cursor, Some(1));
    let effects = click(&mut state, Mouse::Again(at));
    assert!(matches!(effects[..], [Effect::Control(Command::Watch(Some(1)))]), "{effects:?}");
    let areas = areas::Areas::of(&state, area);
    let detail = ratatui::layout::Position::new(areas.detail.x + 3, areas.detail.y + 3);
    click(&mut state, Mouse::Wheel(detail, 3));
    assert_eq!(state.scroll, 3);
    let chart = ratatui::layout::Position::new(areas.chart.x + 3, areas.chart.y + 1);
    click(&mut state, Mouse::Click(chart));
    assert_eq!(state.span, Span::Whole);
    assert_eq!(state.mouse(area, Mouse::Drag(at)).map(drop), None);
}

#[test]
fn a_title_can_tell_the_percent_and_the_bell_the_end() {
    assert_eq!(State::default().percent(), None);
    assert!(running().percent().is_some_and(|percent| percent < 100) && !running().just_ended());
    let mut state = proven();
    assert!(state.percent().is_none());
    tick(&mut state, 61 * SECOND, &[(Status::Proven, 100); 4]);
    assert!(!state.just_ended(), "it rings once");
}
