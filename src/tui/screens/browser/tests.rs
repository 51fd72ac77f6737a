use crossterm::event::KeyCode::{Backspace, Char, Down, End, Enter, Esc, Tab};

use super::*;
use crate::bucket::{Deleted, Extent, FolderPage, Restoring, Target, Upload, Version, VersionPage};
use crate::tui::Step;
use crate::tui::testing::{press, type_in, words_of};
use crate::{Error, Kind};

const BUCKET: &str = "music-data";

fn object(key: &str, size: u64, class: &str) -> Object {
    let class = Some(class.to_owned());
    Object { key: key.to_owned(), size, class, modified: Some(1_770_000_000), ..Object::default() }
}

fn page(prefix: &str, folders: &[&str], objects: Vec<Object>) -> Listed {
    let prefixes = folders.iter().map(|&folder| folder.to_owned()).collect();
    Listed::Page(Box::new(Page::of(prefix, &FolderPage { prefixes, objects })))
}

fn known(read_only: bool) -> Known {
    let target = Target { read_only: read_only.then(|| "from --read-only".to_owned()), ..Target::default() };
    Known {
        bucket: Some(BUCKET.to_owned()),
        bucket_region: "eu-west-3".to_owned(),
        data_dir: "/data".into(),
        target,
        ..Known::default()
    }
}

fn tell(state: &mut State, answer: Answer) -> Vec<Effect> {
    state.update(Message::Answer(answer))
}

fn listed(state: &mut State, what: Listed) -> Vec<Effect> {
    tell(state, Answer::Listed { generation: state.level.generation, what })
}

/// In the bucket, with one page of it and no more.
fn entered(read_only: bool) -> State {
    let mut state = State::default();
    state.enter(&known(read_only));
    let objects = vec![object("a.tar.xz", 2048, "STANDARD"), object("cold.tar", 1 << 30, "GLACIER")];
    listed(&mut state, page("", &["raw/", "zz/"], objects));
    listed(&mut state, Listed::End);
    state
}

fn wishes(effects: &[Effect]) -> Vec<&Wish> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Browser(wish) => Some(wish),
            _ => None,
        })
        .collect()
}

fn prefix_of(effects: &[Effect]) -> Option<&str> {
    wishes(effects).into_iter().find_map(|wish| match wish {
        Wish::List { prefix, .. } => Some(prefix.as_str()),
        _ => None,
    })
}

#[test]
fn entering_lists_the_bucket_and_shows_what_has_come_at_once() {
    let mut state = State::default();
    let effects = state.enter(&known(false));
    assert_eq!(prefix_of(&effects), Some(""));
    assert!(words_of(&state, (80, 20)).contains("listing …") && state.is_moving());
    listed(&mut state, page("", &["raw/"], vec![object("z", 5, "STANDARD")]));
    let words = words_of(&state, (80, 20));
    assert!(words.contains("raw/") && words.contains("2 entries, more"), "{words}");
}

#[test]
fn enter_goes_into_a_folder_and_backspace_out_onto_its_line() {
    let mut state = entered(false);
    press(&mut state, &[Down, Down]);
    let effects = press(&mut state, &[Enter]);
    assert_eq!(prefix_of(&effects), Some("raw/"));
    listed(&mut state, page("raw/", &[], vec![object("raw/x", 1, "STANDARD")]));
    assert!(words_of(&state, (80, 20)).contains("music-data › raw"));
    let effects = press(&mut state, &[Backspace]);
    assert_eq!(prefix_of(&effects), Some(""));
    listed(&mut state, page("", &["raw/", "zz/"], vec![object("a", 1, "STANDARD")]));
    assert_eq!(state.level.cursor.line, 1);
}

#[test]
fn esc_goes_out_of_folders_and_then_back_to_where_one_came_from() {
    let mut state = entered(false);
    press(&mut state, &[Down, Down, Enter]);
    assert_eq!(prefix_of(&press(&mut state, &[Esc])), Some(""));
    let effects = press(&mut state, &[Esc]);
    assert!(matches!(effects[..], [Effect::Browser(Wish::Leave), Effect::Return]), "{effects:?}");
}

#[test]
fn answers_for_a_folder_that_one_has_left_are_dropped() {
    let mut state = entered(false);
    let old = state.level.generation;
    press(&mut state, &[Down, Down, Enter]);
    tell(&mut state, Answer::Listed { generation: old, what: page("", &["late/"], Vec::new()) });
    tell(
        &mut state,
        Answer::Measured { generation: old, prefix: "raw/".into(), sum: Extent::default(), ended: None },
    );
    assert!(state.level.rows.is_empty() && state.level.measured.is_empty());
}

#[test]
fn pages_are_asked_for_ahead_of_the_cursor_and_all_of_them_only_for_the_end() {
    let mut state = State::default();
    state.enter(&known(false));
    let thousand = |from: u64| {
        let objects = (from..from + 1000).map(|at| object(&format!("k{at:07}"), at, "STANDARD"));
        page("", &[], objects.collect())
    };
    let mut wanted = 2;
    for at in 0..4 {
        for wish in wishes(&listed(&mut state, thousand(at * 1000))) {
            if let Wish::More { pages, .. } = wish {
                wanted = *pages;
            }
        }
    }
    assert_eq!(wanted, 4, "enough is there ahead of the first line");
    let effects = press(&mut state, &[End]);
    assert!(matches!(wishes(&effects)[0], Wish::More { pages: u32::MAX, .. }));
    assert_eq!(state.level.cursor.line, 3999);
    listed(&mut state, thousand(4000));
    assert_eq!(state.level.cursor.line, 4999, "the cursor goes along with the end");
    let effects = press(&mut state, &[Char('c')]);
    assert!(matches!(wishes(&effects)[0], Wish::More { pages: 5, .. }), "{:?}", wishes(&effects));
    assert!(!state.is_moving());
}

#[test]
fn a_filter_looks_through_everything_and_esc_clears_it() {
    let mut state = entered(false);
    press(&mut state, &[Char('/')]);
    type_in(&mut state, "TAR");
    let words = words_of(&state, (80, 20));
    assert!(words.contains("2 of 4") && !words.contains("zz/"), "{words}");
    press(&mut state, &[Enter]);
    assert!(!state.is_typing());
    press(&mut state, &[Esc]);
    assert!(words_of(&state, (80, 20)).contains("zz/"));
}

#[test]
fn what_the_cursor_rests_on_is_asked_about_once() {
    let mut state = entered(false);
    let effects = press(&mut state, &[Down]);
    let [Wish::Rest(Some(Rest::Object { key, .. }))] = wishes(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(key, "cold.tar");
    let effects = press(&mut state, &[Down]);
    let [Wish::Rest(Some(Rest::Folder { prefix, .. }))] = wishes(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(prefix, "raw/");
    let sum = Extent { objects: 3, bytes: 4096, ..Extent::default() };
    let generation = state.level.generation;
    let growing = Answer::Measured { generation, prefix: "raw/".into(), sum: sum.clone(), ended: None };
    tell(&mut state, growing);
    assert!(words_of(&state, (80, 20)).contains("≥ 4 KiB"));
    tell(&mut state, Answer::Measured { generation, prefix: "raw/".into(), sum, ended: Some(Ok(())) });
    press(&mut state, &[Down]);
    let effects = press(&mut state, &[Char('k')]);
    assert!(matches!(wishes(&effects)[..], [Wish::Rest(None)]), "it is counted already: {effects:?}");
}

#[test]
fn nothing_is_deleted_before_the_buckets_name_was_typed() {
    let mut state = entered(false);
    let effects = press(&mut state, &[Char('d')]);
    assert!(matches!(wishes(&effects)[..], [Wish::Preview { number: 1, versions: false, .. }]));
    let sum = Extent { objects: 1, bytes: 2048, ..Extent::default() };
    tell(&mut state, Answer::Counted { number: 1, sum, ended: Some(Ok(())) });
    assert!(words_of(&state, (80, 24)).contains("1 object, 2 KiB"));
    assert!(press(&mut state, &[Enter]).is_empty());
    assert!(words_of(&state, (80, 24)).contains("✗ that is not this bucket’s name"));
    type_in(&mut state, "music-datx");
    assert!(press(&mut state, &[Enter]).is_empty());
    press(&mut state, &[Backspace]);
    type_in(&mut state, "a");
    let effects = press(&mut state, &[Enter]);
    let [Wish::Delete { selection, versions: false }] = wishes(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(selection.resolve().objects, [("a.tar.xz".to_owned(), 2048, None)]);
    let sum = Deleted { objects: 1, bytes: 2048, ..Deleted::default() };
    tell(&mut state, Answer::Deleted { sum, ended: Some(Ok(())) });
    assert!(words_of(&state, (80, 24)).contains("1 entry has gone, 2 KiB"));
    assert_eq!(prefix_of(&press(&mut state, &[Enter])), Some(""), "the list is asked for anew");
}

#[test]
fn versions_are_counted_anew_and_the_count_of_before_is_dropped() {
    let mut state = entered(false);
    press(&mut state, &[Char('d')]);
    let effects = press(&mut state, &[Tab]);
    assert!(matches!(wishes(&effects)[..], [Wish::Preview { number: 2, versions: true, .. }]));
    let sum = Extent { objects: 77, ..Extent::default() };
    tell(&mut state, Answer::Counted { number: 1, sum, ended: None });
    assert!(!words_of(&state, (80, 24)).contains("77"));
}

#[test]
fn a_deletion_that_is_stopped_says_what_went() {
    let mut state = entered(false);
    press(&mut state, &[Char('a'), Char('d')]);
    assert!(words_of(&state, (80, 24)).contains("everything in music-data"));
    type_in(&mut state, BUCKET);
    press(&mut state, &[Enter]);
    let sum = Deleted { objects: 12_000, bytes: 0, ..Deleted::default() };
    tell(&mut state, Answer::Deleted { sum: sum.clone(), ended: None });
    assert!(matches!(wishes(&press(&mut state, &[Char('c')]))[..], [Wish::StopDelete]));
    tell(&mut state, Answer::Deleted { sum, ended: Some(Ok(())) });
    let words = words_of(&state, (80, 24));
    assert!(words.contains("■ stopped") && words.contains("12,000 entries have gone"), "{words}");
}

#[test]
fn read_only_offers_nothing_that_changes_and_says_so() {
    let mut state = entered(true);
    press(&mut state, &[Down]);
    assert!(words_of(&state, (80, 20)).contains("read-only"));
    let offered: Vec<Action> = state.keys().into_iter().flat_map(|hint| hint.actions).collect();
    for action in [Action::Delete, Action::Restore, Action::Abort] {
        assert!(!offered.contains(&action) && state.act(action).is_none(), "{action:?}");
    }
    press(&mut state, &[Char('d'), Char('R')]);
    assert!(state.pane.is_none());
    press(&mut state, &[Char('u')]);
    let upload = Upload { key: "k".into(), upload_id: "1".into(), initiated: None };
    let news = UploadsNews::Listed { uploads: vec![upload], now: 0, begun: ["k".to_owned()].into() };
    tell(&mut state, Answer::Uploads(news));
    assert!(state.act(Action::Abort).is_none() && state.act(Action::Resume).is_none());
}

#[test]
fn marked_rows_are_what_is_fetched_and_it_runs_while_one_browses_on() {
    let mut state = entered(false);
    press(&mut state, &[Char(' '), Down, Char(' '), Char('f')]);
    assert!(words_of(&state, (80, 24)).contains("2 marked entries"));
    let effects = press(&mut state, &[Enter]);
    let [Wish::Fetch { selection, to }] = wishes(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(to, std::path::Path::new("/data"));
    let resolved = selection.resolve();
    assert_eq!((resolved.objects.len(), resolved.folders), (1, vec!["raw/".to_owned()]));
    tell(&mut state, Answer::Fetching(FetchNews::Counted(5)));
    let progress = FetchProgress { total: 1000, here: 430, ended: 2, ..FetchProgress::default() };
    tell(&mut state, Answer::Fetching(FetchNews::Progress(progress)));
    let words = words_of(&state, (80, 24));
    assert!(words.contains("↓ 43 %") && words.contains("2 of 5"), "{words}");
    press(&mut state, &[Char('F')]);
    assert!(matches!(wishes(&press(&mut state, &[Char('c')]))[..], [Wish::StopFetch]));
}

#[test]
fn a_second_fetch_waits_for_its_turn() {
    let mut state = entered(false);
    press(&mut state, &[Char('f'), Enter]);
    assert!(
        wishes(&press(&mut state, &[Down, Char('f'), Enter]))
            .iter()
            .all(|wish| !matches!(wish, Wish::Fetch { .. }))
    );
    let summary = crate::transfer::fetch::Summary { objects: 1, fetched: 1, ..Default::default() };
    let effects = tell(&mut state, Answer::Fetching(FetchNews::Ended(Ok(summary))));
    assert!(matches!(wishes(&effects)[0], Wish::Fetch { .. }));
}

#[test]
fn glacier_is_asked_for_days_and_a_tier_that_the_class_has() {
    let mut state = entered(false);
    press(&mut state, &[Down, Char('R')]);
    let words = words_of(&state, (80, 24));
    assert!(words.contains("within 5 hours") && words.contains("0.01 $"), "{words}");
    press(&mut state, &[Down, Backspace, Enter]);
    assert!(words_of(&state, (80, 24)).contains("from 1 to 365"));
    type_in(&mut state, "3");
    let effects = press(&mut state, &[Enter]);
    let [Wish::Restore { key, days: 3, tier: crate::bucket::Tier::Bulk }] = wishes(&effects)[..] else {
        panic!("{effects:?}")
    };
    tell(&mut state, Answer::Restored { key: key.clone(), outcome: Ok(Restoring::InProgress) });
    assert!(words_of(&state, (80, 24)).contains("the restore is under way"));
}

#[test]
fn an_upload_is_thrown_away_only_after_a_yes() {
    let mut state = entered(false);
    press(&mut state, &[Char('u')]);
    let upload = |id: &str| Upload { key: format!("k{id}"), upload_id: id.into(), initiated: Some(0) };
    let news = UploadsNews::Listed {
        uploads: vec![upload("1"), upload("2")],
        now: 90_000,
        begun: ["k2".to_owned()].into(),
    };
    tell(&mut state, Answer::Uploads(news));
    assert!(press(&mut state, &[Char('d'), Esc]).is_empty());
    let effects = press(&mut state, &[Char('d'), Char('y')]);
    assert!(matches!(wishes(&effects)[..], [Wish::Abort(Upload { upload_id, .. })] if upload_id == "1"));
    tell(&mut state, Answer::Uploads(UploadsNews::Aborted { upload_id: "1".into(), outcome: Ok(()) }));
    assert!(words_of(&state, (80, 24)).contains("1 unfinished upload"));
    let effects = press(&mut state, &[Char('u')]);
    assert!(matches!(effects[..], [Effect::Go(Step::Datasets)]), "this machine began it: {effects:?}");
}

#[test]
fn names_that_would_move_the_cursor_are_shown_harmlessly() {
    let mut state = State::default();
    state.enter(&known(false));
    let objects = vec![object("\u{1b}[2Jbad\u{202e}name\n", 1, "STANDARD")];
    listed(&mut state, page("", &["fold\u{7}er/"], objects));
    press(&mut state, &[Char('i'), Char('y')]);
    for size in [(60, 18), (120, 40)] {
        let words = words_of(&state, size);
        assert!(words.contains("\\u{1b}[2Jbad") && !words.contains('\u{1b}'), "{words}");
        assert!(!words.contains('\u{202e}') && !words.contains('\u{7}'));
    }
}

#[test]
fn the_address_is_copied_as_it_is() {
    let mut state = entered(false);
    let effects = press(&mut state, &[Char('y')]);
    assert!(matches!(&effects[..], [Effect::Copy(uri)] if uri == "s3://music-data/a.tar.xz"), "{effects:?}");
    assert!(words_of(&state, (80, 24)).contains("copied s3://music-data/a.tar.xz"));
}

#[test]
fn a_listing_that_fails_says_why_and_is_asked_again_by_a_key() {
    let mut state = State::default();
    state.enter(&known(false));
    listed(&mut state, Listed::Failed(Error::new(Kind::Permission, "cannot list s3://music-data")));
    assert!(words_of(&state, (80, 20)).contains("✗ cannot list s3://music-data"));
    assert!(!state.is_moving());
    assert_eq!(prefix_of(&press(&mut state, &[Char('r')])), Some(""));
}

#[test]
fn without_a_bucket_it_leads_to_one() {
    let mut state = State::default();
    assert!(state.enter(&Known::default()).is_empty());
    assert!(words_of(&state, (80, 20)).contains("No bucket is open"));
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Go(Step::Connect)]));
    assert!(!state.is_moving());
}

#[test]
fn versions_are_listed_with_their_ids_and_markers() {
    let mut state = entered(false);
    let effects = press(&mut state, &[Char('v')]);
    assert!(wishes(&effects).iter().any(|wish| matches!(wish, Wish::List { versions: true, .. })));
    let version = |id: &str, is_delete_marker| Version {
        key: "a.tar.xz".into(),
        version_id: id.into(),
        is_latest: is_delete_marker,
        is_delete_marker,
        size: 5,
        ..Version::default()
    };
    let versions = vec![version("mark1", true), version("old22", false)];
    let found = Page::of_versions("", &VersionPage { prefixes: Vec::new(), versions });
    listed(&mut state, Listed::Page(Box::new(found)));
    let words = words_of(&state, (80, 20));
    assert!(words.contains("deleted") && words.contains("old22") && words.contains("mark1"), "{words}");
}

mod hands;
