use crossterm::event::KeyCode::{Char, Down, Enter, Esc, Left, PageDown};

use super::*;
use crate::tui::screens::sample;
use crate::tui::testing::{press, type_in, words_of};

fn entered() -> State {
    let mut state = State::default();
    let known = Known { datasets: Vec::new(), ..sample::known() };
    assert!(
        matches!(&state.enter(&known)[..], [Effect::Discover(_, families)] if families.len() == Family::ALL.len())
    );
    state
}

/// Everything was found and looked at.
fn full() -> State {
    let mut state = entered();
    for family in Family::ALL {
        state.update(Message::Found(sample::listing(family)));
    }
    while state.look.is_looking() {
        state.update(Message::Surveyed(Ok(sample::surveyed())));
    }
    state
}

fn chosen(state: &State) -> Vec<String> {
    state.chosen.iter().flatten().map(ToString::to_string).collect()
}

const GUIDE: [&str; 4] =
    ["musicbrainz/artist", "musicbrainz/recording", "musicbrainz/release", "musicbrainz/release-group"];

#[test]
fn the_guides_four_are_chosen_at_first_and_again_with_g() {
    let mut state = full();
    assert_eq!(chosen(&state), GUIDE);
    press(&mut state, &[Char('a')]);
    assert!(chosen(&state).is_empty());
    press(&mut state, &[Char('g')]);
    assert_eq!(chosen(&state), GUIDE);
}

#[test]
fn what_was_remembered_is_chosen_instead() {
    let mut state = State::default();
    state.enter(&Known { datasets: vec![DatasetId("listenbrainz/listens".into())], ..Known::default() });
    assert_eq!(chosen(&state), ["listenbrainz/listens"]);
}

#[test]
fn each_family_that_arrives_is_looked_for_on_disk_and_in_the_bucket_one_question_at_a_time() {
    let mut state = entered();
    let effects = state.update(Message::Found(sample::listing(Family::MusicbrainzJson)));
    assert!(matches!(&effects[..], [Effect::Survey(_, archives)] if archives.len() == 4));
    assert!(state.update(Message::Found(sample::listing(Family::ListenbrainzFull))).is_empty());
    let effects = state.update(Message::Surveyed(Ok(sample::surveyed())));
    assert!(matches!(&effects[..], [Effect::Survey(_, archives)] if archives.len() == 1));
}

#[test]
fn enter_before_the_mirror_has_answered_goes_on_as_soon_as_it_has() {
    let mut state = entered();
    assert!(press(&mut state, &[Enter]).is_empty());
    assert!(state.leaving);
    state.update(Message::Found(sample::listing(Family::MusicbrainzJson)));
    let effects = state.update(Message::Surveyed(Ok(sample::surveyed())));
    assert!(matches!(&effects[..], [Effect::Remember { .. }, Effect::Go(Step::Review)]), "{effects:?}");
}

#[test]
fn any_other_key_takes_that_back() {
    let mut state = entered();
    press(&mut state, &[Enter, Down]);
    state.update(Message::Found(sample::listing(Family::MusicbrainzJson)));
    assert!(state.update(Message::Surveyed(Ok(sample::surveyed()))).is_empty());
}

#[test]
fn nothing_chosen_does_not_go_on_and_says_so() {
    let mut state = full();
    press(&mut state, &[Char('a')]);
    assert!(press(&mut state, &[Enter]).is_empty());
    assert!(words_of(&state, (80, 20)).contains("Choose at least one"));
}

#[test]
fn a_dataset_that_the_dump_does_not_have_cannot_be_chosen() {
    let mut state = full();
    press(&mut state, &[Down, Char(' ')]);
    assert_eq!(state.notice, Some(Notice::NotOffered));
    assert_eq!(chosen(&state), GUIDE);
}

#[test]
fn totals_follow_every_key() {
    let mut state = full();
    let before = state.totals();
    assert_eq!((before.archives, before.disk < before.size), (4, true));
    press(&mut state, &[Down, Down, Char(' ')]);
    let after = state.totals();
    assert_eq!((after.archives, before.size - after.size), (3, sample::four()[0].size));
}

#[test]
fn a_choice_that_does_not_fit_on_the_disk_is_warned_of() {
    let mut state = full();
    state.chosen = Some([DatasetId("listenbrainz/listens".into())].into());
    assert!(state.totals().is_too_large());
    assert!(words_of(&state, (120, 36)).contains("The disk is too small"));
}

#[test]
fn the_filter_takes_letters_that_are_keys_elsewhere_and_esc_leaves_it() {
    let mut state = full();
    press(&mut state, &[Char('/')]);
    assert!(state.is_typing());
    type_in(&mut state, "listenbrainz/listens");
    assert_eq!(state.rows().len(), 2);
    assert_eq!(state.row().and_then(|row| row.dataset().map(|d| d.name.clone())).as_deref(), Some("listens"));
    press(&mut state, &[Enter, Char(' ')]);
    assert!(chosen(&state).contains(&"listenbrainz/listens".to_owned()));
    press(&mut state, &[Esc]);
    assert!(state.filter.value().is_empty() && state.rows().len() > 10);
}

#[test]
fn a_family_that_failed_says_why_and_r_asks_for_it_alone() {
    let mut state = entered();
    for family in Family::ALL {
        let dump = if family == Family::MusicbrainzJson {
            Err(sample::unreachable())
        } else {
            Ok(sample::dump(family))
        };
        let found = FamilyListing { dump, archives: Vec::new(), ..sample::listing(family) };
        state.update(Message::Found(found));
    }
    assert!(words_of(&state, (120, 36)).contains("connection refused"));
    let effects = press(&mut state, &[Char('r')]);
    assert!(
        matches!(&effects[..], [Effect::Discover(_, families)] if families[..] == [Family::MusicbrainzJson])
    );
}

#[test]
fn a_newer_dump_that_was_passed_over_is_told() {
    let mut state = full();
    press(&mut state, &[Left]);
    let row =
        state.rows().iter().position(|row| *row == tree::Row::Family(Family::ListenbrainzFull)).unwrap();
    state.cursor = row;
    let words = words_of(&state, (120, 36));
    assert!(words.contains("newer dump") && words.contains("its .sha256 is missing"), "{words}");
}

#[test]
fn in_a_narrow_terminal_the_details_lie_over_the_tree_and_esc_closes_them() {
    let mut state = full();
    let listens = |row: &tree::Row| row.dataset().is_some_and(|dataset| dataset.name == "listens");
    state.cursor = state.rows().iter().position(listens).unwrap();
    let before = words_of(&state, (60, 16));
    assert!(!before.contains("its .sha256 is missing"), "{before}");
    press(&mut state, &[Char('i')]);
    let mut seen = words_of(&state, (60, 16));
    press(&mut state, &[PageDown]);
    seen += &words_of(&state, (60, 16));
    assert!(seen.contains("its .sha256 is missing") && seen.contains("listens-dump"), "{seen}");
    press(&mut state, &[Esc]);
    assert_eq!(words_of(&state, (60, 16)), before);
}

#[test]
fn an_answer_about_the_bucket_of_before_is_not_taken() {
    let mut state = entered();
    state.update(Message::Found(sample::listing(Family::MusicbrainzJson)));
    state.enter(&Known { bucket: Some("another".into()), ..sample::known() });
    let effects = state.update(Message::Surveyed(Ok(sample::surveyed())));
    assert!(state.look.contents.is_none());
    assert!(matches!(&effects[..], [Effect::Survey(..)]));
}

#[test]
fn what_was_chosen_and_found_is_handed_to_the_review() {
    let mut known = Known::default();
    full().leave(&mut known);
    assert_eq!((known.chosen, known.locals.free), (sample::four(), sample::surveyed().0.free));
}

#[test]
fn pictures() {
    sample::pictures("datasets_loading", entered);
    sample::pictures("datasets_full", full);
    sample::pictures("datasets_empty", || filtered("zzz"));
    sample::pictures("datasets_filtered", || filtered("release"));
    for (keys, by) in [(2, "size"), (3, "state")] {
        sample::pictures(&format!("datasets_by_{by}"), || {
            let mut sorted = full();
            press(&mut sorted, &vec![Char('s'); keys]);
            sorted
        });
    }
    sample::pictures("datasets_error", silent);
}

fn filtered(text: &str) -> State {
    let mut filtered = full();
    press(&mut filtered, &[Char('/')]);
    type_in(&mut filtered, text);
    filtered
}

/// No family could be found.
fn silent() -> State {
    let mut failed = entered();
    for family in Family::ALL {
        let found = FamilyListing {
            dump: Err(sample::unreachable()),
            archives: Vec::new(),
            ..sample::listing(family)
        };
        failed.update(Message::Found(found));
    }
    failed
}

#[test]
fn after_a_dump_that_is_gone_the_mirror_is_asked_for_its_newest_again() {
    let asks_after = |kind| {
        let mut state = full();
        let ended = crate::tui::known::Ended {
            name: "artist.tar.xz".to_owned(),
            key: "raw/musicbrainz/artist.tar.xz".to_owned(),
            size: 1,
            status: crate::transfer::Status::Failed,
            proof: None,
            why: Some(std::sync::Arc::new(crate::Error::new(kind, "cannot download artist.tar.xz"))),
            took: None,
        };
        let known = Known { ended: vec![ended], ..sample::known() };
        state.enter(&known).iter().any(|effect| matches!(effect, Effect::Discover(..)))
    };
    assert!(!asks_after(Kind::Transient));
    assert!(asks_after(Kind::NotFound) && asks_after(Kind::SourceChanged));
}

#[test]
fn s_sorts_each_family_and_the_cursor_stays_on_its_dataset() {
    let mut state = full();
    let names = |state: &State| -> Vec<String> {
        state.datasets_of(Family::MusicbrainzJson).into_iter().map(|dataset| dataset.name).collect()
    };
    let listed = names(&state);
    press(&mut state, &[Down, Down]);
    let row = state.row();
    press(&mut state, &[Char('s'), Char('s')]);
    assert_eq!(&names(&state)[..4], ["release", "artist", "release-group", "recording"]);
    assert_eq!(state.row(), row);
    assert!(words_of(&state, (120, 36)).contains("Datasets · by size"));
    press(&mut state, &[Char('s')]);
    assert_eq!(names(&state)[0], "release-group", "what is unknown needs somebody first");
    press(&mut state, &[Char('s'), Char('S')]);
    assert!(names(&state).into_iter().rev().eq(listed));
}

#[test]
fn a_family_under_the_cursor_says_what_it_is_and_what_it_comes_to() {
    let mut state = full();
    press(&mut state, &[crossterm::event::KeyCode::Home]);
    let words = words_of(&state, (120, 36));
    assert!(words.contains("Everything in MusicBrainz") && words.contains("4 archives"), "{words}");
}

#[test]
fn time_requests_and_what_glacier_saves_follow_the_choice() {
    let words = words_of(&full(), (120, 36));
    for said in ["assuming", "to S3", "GLACIER_IR saves"] {
        assert!(words.contains(said), "{said}\n{words}");
    }
}

#[test]
fn a_click_moves_the_cursor_and_a_second_one_chooses() {
    use ratatui::layout::Position;
    let mut state = full();
    let area = Rect::new(0, 2, 120, 36);
    let at = Position::new(5, 2 + 1 + 2);
    let message = state.mouse(area, Mouse::Click(at)).unwrap();
    state.update(message);
    assert_eq!(state.row().unwrap().dataset().unwrap().name, "artist");
    let message = state.mouse(area, Mouse::Again(at)).unwrap();
    state.update(message);
    assert_eq!(chosen(&state).len(), 3);
}
