use proptest::prelude::*;

use super::*;
use crate::catalog::{DatasetId, Dump, Family, Validators};

const SIZE: u64 = 1000;
const PUBLISHED: Sha256Digest = Sha256Digest([7; 32]);
const OTHER: Sha256Digest = Sha256Digest([8; 32]);
const KEY: &str = "raw/musicbrainz/artist.tar.xz";

fn archive() -> Archive {
    let url: url::Url = "http://127.0.0.1/data/json-dumps/20260523-001002/".parse().unwrap();
    let dump = Dump {
        family: Family::MusicbrainzJson,
        name: "20260523-001002".into(),
        stamp: "20260523-001002".into(),
        id: None,
        url: url.clone(),
    };
    Archive {
        dataset: DatasetId("musicbrainz/artist".into()),
        dump,
        name: "artist.tar.xz".into(),
        url: url.join("artist.tar.xz").unwrap(),
        size: SIZE,
        sha256: PUBLISHED,
        validators: Validators::default(),
    }
}

fn object(sha256: Option<Sha256Digest>) -> Object {
    Object {
        key: KEY.into(),
        size: SIZE,
        sha256,
        dump: sha256.map(|_| "20260520-001001".into()),
        ..Object::default()
    }
}

fn with(here: Here) -> Locals {
    Locals { files: [(KEY.to_owned(), here)].into(), free: Some(500) }
}

fn holding(object: Object) -> Contents {
    Contents { objects: [(object.key.clone(), object)].into() }
}

fn one(locals: &Locals, contents: Option<&Contents>, choice: Choice) -> Line {
    plan(&[archive()], locals, contents, choice).lines.remove(0)
}

fn keep(locals: &Locals, contents: &Contents) -> Line {
    one(locals, Some(contents), Choice::default())
}

#[test]
fn an_object_with_the_published_digest_is_left_alone() {
    let line = keep(&Locals::default(), &holding(object(Some(PUBLISHED))));
    assert_eq!((line.verdict, line.action, line.down, line.up), (Verdict::Current, Action::Skip, 0, 0));
}

#[test]
fn an_object_of_the_right_digest_and_the_wrong_size_is_not_believed() {
    let truncated = Object { size: SIZE - 1, ..object(Some(PUBLISHED)) };
    assert_eq!(keep(&Locals::default(), &holding(truncated)).action, Action::Lift);
}

#[test]
fn nothing_anywhere_is_moved_on_both_legs() {
    let line = keep(&Locals::default(), &Contents::default());
    assert_eq!((line.verdict, line.down, line.up), (Verdict::Missing, SIZE, SIZE));
}

#[test]
fn a_whole_file_here_is_only_uploaded() {
    let line = keep(&with(Here { file: Some(SIZE), ..Here::default() }), &Contents::default());
    assert_eq!((line.verdict, line.down, line.up), (Verdict::Here, 0, SIZE));
}

#[test]
fn a_file_of_another_size_is_an_older_dump() {
    let line = keep(&with(Here { file: Some(SIZE + 1), ..Here::default() }), &Contents::default());
    assert_eq!((line.verdict, line.down, line.up), (Verdict::Newer { have: None }, SIZE, SIZE));
}

#[test]
fn a_file_that_was_proven_to_be_an_older_dump_is_not_taken_for_this_one() {
    let here = Here { file: Some(SIZE), proven: Some(OTHER), ..Here::default() };
    assert_eq!(keep(&with(here), &Contents::default()).down, SIZE);
}

#[test]
fn what_was_begun_is_gone_on_with_on_both_legs() {
    let here = Here { begun: Some((PUBLISHED, 600)), parts: 200, ..Here::default() };
    let line = keep(&with(here), &Contents::default());
    assert_eq!(line.verdict, Verdict::Partly { downloaded: 600, uploaded: 200 });
    assert_eq!((line.down, line.up), (400, 800));
}

#[test]
fn what_was_begun_of_another_dump_is_worth_nothing() {
    let here = Here { begun: Some((OTHER, 600)), ..Here::default() };
    let line = keep(&with(here), &Contents::default());
    assert_eq!((line.verdict, line.down, line.up), (Verdict::Missing, SIZE, SIZE));
}

#[test]
fn an_older_dump_in_the_bucket_is_named() {
    let line = keep(&Locals::default(), &holding(object(Some(OTHER))));
    assert_eq!(line.verdict, Verdict::Newer { have: Some("20260520-001001".into()) });
}

#[test]
fn an_older_dump_at_a_key_of_its_own_is_found_by_its_dataset() {
    let old = Object {
        key: "raw/musicbrainz/artist-1.tar.xz".into(),
        dataset: Some("musicbrainz/artist".into()),
        ..object(Some(OTHER))
    };
    assert!(matches!(keep(&Locals::default(), &holding(old)).verdict, Verdict::Newer { have: Some(_) }));
}

#[test]
fn an_unknown_object_is_not_replaced_unasked() {
    let unknown = holding(object(None));
    assert_eq!(keep(&Locals::default(), &unknown).action, Action::Blocked);
    let choice = Choice { replace_unknown: true, ..Choice::default() };
    let line = one(&Locals::default(), Some(&unknown), choice);
    assert_eq!((line.action, line.up), (Action::Lift, SIZE));
}

#[test]
fn an_upload_alone_does_not_fetch_what_is_not_here() {
    let choice = Choice { mode: Mode::Upload, ..Choice::default() };
    let line = one(&Locals::default(), Some(&Contents::default()), choice);
    assert_eq!((line.verdict, line.action, line.down), (Verdict::NotHere, Action::Blocked, 0));
}

#[test]
fn a_download_alone_moves_nothing_up_and_skips_what_was_proven_here() {
    let choice = Choice { mode: Mode::Download, ..Choice::default() };
    let line = one(&Locals::default(), None, choice);
    assert_eq!((line.down, line.up), (SIZE, 0));
    let proven = Here { file: Some(SIZE), proven: Some(PUBLISHED), ..Here::default() };
    assert_eq!(one(&with(proven), None, choice).action, Action::Skip);
}

#[test]
fn a_disk_that_is_too_small_is_known_before() {
    let plan = plan(&[archive()], &with(Here::default()), Some(&Contents::default()), Choice::default());
    assert!(plan.is_too_large_for_disk());
}

fn streamed(locals: &Locals) -> Line {
    one(locals, Some(&Contents::default()), Choice { mode: Mode::Stream, ..Choice::default() })
}

#[test]
fn a_stream_moves_both_legs_and_needs_no_disk() {
    let choice = Choice { mode: Mode::Stream, ..Choice::default() };
    let plan = plan(&[archive()], &with(Here::default()), Some(&Contents::default()), choice);
    assert_eq!((plan.down(), plan.up(), plan.disk()), (SIZE, SIZE, 0));
    assert!(!plan.is_too_large_for_disk());
}

#[test]
fn a_stream_takes_up_what_was_begun_and_uses_a_whole_file_that_is_here() {
    let line = streamed(&with(Here { begun: Some((PUBLISHED, 600)), parts: 600, ..Here::default() }));
    assert_eq!(line.verdict, Verdict::Partly { downloaded: 600, uploaded: 600 });
    assert_eq!((line.down, line.up), (400, 400));
    let line = streamed(&with(Here { file: Some(SIZE), ..Here::default() }));
    assert_eq!((line.verdict, line.down, line.up), (Verdict::Here, 0, SIZE));
}

fn suggested(free: Option<u64>, mode: Mode) -> Mode {
    let locals = Locals { free, ..Locals::default() };
    plan(&[archive()], &locals, Some(&Contents::default()), Choice { mode, ..Choice::default() })
        .suggested_mode()
}

#[test]
fn a_stream_is_suggested_where_what_is_kept_would_not_leave_a_twentieth_of_the_disk_free() {
    for mode in [Mode::Keep, Mode::Stream] {
        assert_eq!(suggested(Some(SIZE), mode), Mode::Stream);
        assert_eq!(suggested(Some(SIZE + SIZE / 20), mode), Mode::Stream);
        assert_eq!(suggested(Some(SIZE + SIZE / 10), mode), Mode::Keep);
        assert_eq!(suggested(None, mode), Mode::Keep);
    }
}

#[test]
fn a_large_disk_is_left_one_gibibyte() {
    let large = Archive { size: 1 << 40, ..archive() };
    let mode = |free| {
        let locals = Locals { free: Some(free), ..Locals::default() };
        plan(std::slice::from_ref(&large), &locals, Some(&Contents::default()), Choice::default())
            .suggested_mode()
    };
    let just = (1 << 40) + (1 << 30);
    assert_eq!((mode(just), mode(just - 1)), (Mode::Keep, Mode::Stream));
}

#[test]
fn with_one_leg_or_nothing_to_move_no_stream_is_suggested() {
    assert_eq!(suggested(Some(0), Mode::Download), Mode::Download);
    assert_eq!(suggested(Some(0), Mode::Upload), Mode::Upload);
    let current = holding(object(Some(PUBLISHED)));
    let plan = plan(&[archive()], &with(Here::default()), Some(&current), Choice::default());
    assert_eq!(plan.suggested_mode(), Mode::Keep);
}

#[test]
fn a_suggestion_says_its_reason() {
    let reason = |free| {
        let locals = Locals { free, ..Locals::default() };
        plan(&[archive()], &locals, Some(&Contents::default()), Choice::default())
            .suggestion()
            .unwrap()
            .reason()
    };
    assert_eq!(reason(Some(500)), "1000 B would stay on a disk with 500 B free");
    assert_eq!(reason(Some(5000)), "1000 B stay on a disk with 4.9 KiB free");
    assert!(reason(None).contains("not known"));
}

fn digests() -> impl Strategy<Value = Sha256Digest> {
    prop_oneof![Just(PUBLISHED), Just(OTHER)]
}

prop_compose! {
    fn heres()(
        file in proptest::option::of(SIZE - 1..=SIZE + 1),
        proven in proptest::option::of(digests()),
        begun in proptest::option::of((digests(), 0..=SIZE)),
        parts in 0..=SIZE,
    ) -> Here {
        Here { file, proven, begun, parts }
    }
}

proptest! {
    #[test]
    fn no_state_of_disk_and_bucket_makes_a_plan_move_more_than_the_archive_or_touch_a_current_one(
        here in heres(),
        standing in proptest::option::of(proptest::option::of(digests())),
        mode in prop_oneof![Just(Mode::Keep), Just(Mode::Stream), Just(Mode::Download), Just(Mode::Upload)],
        replace_unknown in any::<bool>(),
    ) {
        let contents = standing.map_or_else(Contents::default, |sha256| holding(object(sha256)));
        let line = one(&with(here), Some(&contents), Choice { mode, replace_unknown });
        prop_assert!(line.down <= SIZE && line.up <= SIZE);
        prop_assert!(mode.downloads() || line.down == 0);
        prop_assert!(mode.uploads() || line.up == 0);
        prop_assert!(line.action == Action::Lift || line.down + line.up == 0);
        if mode.uploads() {
            prop_assert_eq!(line.action == Action::Skip, standing == Some(Some(PUBLISHED)));
            prop_assert!(standing != Some(None) || replace_unknown || line.action == Action::Blocked);
        }
        prop_assert!(!line.verdict.reason().is_empty());
    }
}
