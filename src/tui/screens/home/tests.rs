use crossterm::event::KeyCode::{Char, Down, Enter};
use ratatui::layout::Position;

use super::*;
use crate::Kind;
use crate::bucket::protection::ArchiveRule;
use crate::tui::Asker;
use crate::tui::screens::sample;
use crate::tui::testing::{press, words_of};

mod pictures;

const MINE: &str = "music-recommendation-data";

/// A second start: the bucket is remembered, and what was seen of it.
fn returning() -> Known {
    Known {
        returning: true,
        bucket: None,
        last_bucket: Some(MINE.to_owned()),
        seen: Some(seen()),
        begun: vec![begun("raw/musicbrainz/release.tar.xz")],
        ..sample::known()
    }
}

fn seen() -> Seen {
    Seen {
        bucket: MINE.to_owned(),
        region: "eu-west-3".to_owned(),
        at: "2026-10-01T12:00:00Z".parse().unwrap(),
        standing: vec![standing("artist", "20260520-001001")],
        protection: Some(current()),
        extent: Some(extent(22 << 30)),
        unfinished: Some(Unfinished { count: 2, bytes: 3 << 30, uncounted: 0 }),
    }
}

fn begun(key: &str) -> Begun {
    Begun {
        key: key.to_owned(),
        dump: String::new(),
        size: 1,
        downloaded: 0,
        uploads: 1,
        upload_ids: Vec::new(),
    }
}

fn standing(name: &str, dump: &str) -> Standing {
    Standing {
        dataset: DatasetId(format!("musicbrainz/{name}")),
        key: format!("raw/musicbrainz/{name}.tar.xz"),
        dump: Some(dump.to_owned()),
        size: 1_717_986_918,
        class: None,
        modified: None,
    }
}

fn current() -> Current {
    Current {
        versioning: Reading::Is(true),
        archive: Reading::Is(Some(ArchiveRule { after_days: 90, class: "GLACIER".to_owned() })),
        abort_days: Reading::Is(None),
        foreign_rules: 0,
        public_access_block: Reading::Is(true),
        encryption: Reading::Denied,
    }
}

fn extent(bytes: u64) -> Extent {
    let tally = crate::bucket::Tally { objects: 5, bytes };
    Extent { objects: 5, bytes, by_class: [("STANDARD".to_owned(), tally)].into(), ..Extent::default() }
}

fn connected() -> Connected {
    let identity = Identity {
        account: None,
        arn: None,
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        provider: "profile default".to_owned(),
    };
    Connected { identity, region: "eu-west-3".to_owned(), endpoint_url: None }
}

fn opened() -> Message {
    let (bucket, region) = (MINE.to_owned(), "eu-west-3".to_owned());
    Message::Opened(Ok(Opened { connected: connected(), bucket, region }))
}

fn refused(kind: Kind, connected: Option<Connected>) -> Message {
    let error = Error::new(kind, "the bucket cannot be opened");
    Message::Opened(Err(Refused { error, connected }))
}

fn entered() -> State {
    let mut state = State::default();
    let effects = state.enter(&returning());
    assert!(
        matches!(&effects[..], [Effect::Reopen { bucket, .. }, Effect::Discover(Asker::Home, _)] if bucket == MINE),
        "{effects:?}"
    );
    state
}

/// The bucket is open and everybody has answered; gives the effects of the last answers.
fn full() -> (State, Vec<Effect>) {
    let mut state = entered();
    let mut effects = state.update(opened());
    effects.extend(state.update(Message::Begun(vec![begun("raw/musicbrainz/release.tar.xz")])));
    for family in Family::ALL {
        effects.extend(state.update(Message::Found(sample::listing(family))));
    }
    while state.look.is_looking() {
        effects.extend(state.update(Message::Surveyed(Ok(surveyed()))));
    }
    effects.extend(state.update(Message::Standing(Ok(vec![standing("artist", "20260520-001001")]))));
    effects.extend(state.update(Message::Protection(Ok(current()))));
    effects.extend(state.update(Message::Unfinished(Ok(Unfinished::default()))));
    let counted = Counted { extent: extent(100 << 30), is_whole: true };
    effects.extend(state.update(Message::Counted(Ok(counted))));
    (state, effects)
}

/// An older artist is in the bucket, and 43 % of release here.
fn surveyed() -> (Locals, Option<Contents>) {
    let (locals, contents) = sample::surveyed();
    let mut contents = contents.unwrap();
    if let Some(artist) = contents.objects.get_mut("raw/musicbrainz/artist.tar.xz") {
        artist.sha256 = Some(crate::sha256::Sha256Digest([1; 32]));
        artist.dump = Some("20260520-001001".to_owned());
    }
    (locals, Some(contents))
}

#[test]
fn before_anybody_answers_it_shows_what_the_last_run_saw_and_from_when() {
    let words = words_of(&entered(), (120, 37));
    for known in
        ["as of 2026-10-01 12:00 UTC", "2026-05-20", "22 GiB in 5 objects", "versions kept", "2 uploads"]
    {
        assert!(words.contains(known), "{known}\n{words}");
    }
    assert!(words.contains("Resume 1 archive"), "{words}");
}

#[test]
fn an_opened_bucket_is_looked_at_and_the_disk_is_asked_only_then() {
    let mut state = entered();
    assert!(state.update(Message::Found(sample::listing(Family::MusicbrainzJson))).is_empty());
    let effects = state.update(opened());
    assert!(matches!(effects[0], Effect::LookAround { count: true }), "{effects:?}");
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Survey(Asker::Home, archives) if archives.len() == 4))
    );
}

#[test]
fn what_was_seen_is_kept_once_all_of_it_is_there() {
    let (_, effects) = full();
    let kept: Vec<&Seen> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Keep(seen) => Some(&**seen),
            _ => None,
        })
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].extent.as_ref().unwrap().bytes, 100 << 30);
    assert_eq!(kept[0].unfinished, Some(Unfinished::default()));
}

#[test]
fn what_it_costs_follows_the_count_and_is_not_what_it_was() {
    let (state, _) = full();
    let words = words_of(&state, (120, 37));
    assert!(words.contains("2.40 $/month") && words.contains("100 GiB in 5 objects"), "{words}");
    assert!(!words.contains("as of"), "{words}");
}

#[test]
fn enter_resumes_and_the_review_is_about_what_was_begun_only() {
    let (mut state, _) = full();
    let effects = press(&mut state, &[Enter]);
    assert!(matches!(effects[..], [Effect::Go(Step::Review)]), "{effects:?}");
    let mut known = returning();
    state.leave(&mut known);
    let chosen: Vec<&str> = known.chosen.iter().map(|archive| archive.name.as_str()).collect();
    assert_eq!(chosen, ["release.tar.xz"]);
    assert_eq!((known.bucket.as_deref(), known.contents.is_some()), (Some(MINE), true));
}

#[test]
fn n_updates_what_is_older_in_the_bucket() {
    let (mut state, _) = full();
    assert!(words_of(&state, (120, 37)).contains("Update 1 dataset that is newer upstream: 1.6 GiB"));
    assert!(matches!(press(&mut state, &[Char('n')])[..], [Effect::Go(Step::Review)]));
    let mut known = returning();
    state.leave(&mut known);
    assert_eq!(known.datasets, [DatasetId("musicbrainz/artist".to_owned())]);
}

#[test]
fn a_wish_that_comes_too_early_is_granted_as_soon_as_all_is_known() {
    let mut state = entered();
    assert!(press(&mut state, &[Enter]).is_empty());
    assert!(words_of(&state, (80, 21)).contains("as soon as all is known"));
    state.update(opened());
    for family in Family::ALL {
        state.update(Message::Found(sample::listing(family)));
    }
    let mut effects = Vec::new();
    while state.look.is_looking() {
        effects = state.update(Message::Surveyed(Ok(surveyed())));
    }
    assert!(matches!(effects[..], [Effect::Go(Step::Review)]), "{effects:?}");
}

#[test]
fn each_trouble_names_the_key_that_mends_it() {
    type Mended = fn(&Effect) -> bool;
    let cases: [(Message, &str, Mended); 3] = [
        (refused(Kind::Credentials, None), "Look at the connection", |effect| {
            matches!(effect, Effect::Go(Step::Connect))
        }),
        (refused(Kind::NotFound, Some(connected())), "choose another one", |effect| {
            matches!(effect, Effect::Go(Step::Bucket))
        }),
        (refused(Kind::Transient, None), "Try again", |effect| matches!(effect, Effect::Reopen { .. })),
    ];
    for (message, says, is_mended) in cases {
        let mut state = entered();
        state.update(message);
        let words = words_of(&state, (80, 21));
        assert!(words.contains("the bucket cannot be opened") && words.contains(says), "{words}");
        assert!(words.contains("as of 2026-10-01"), "what was seen stays\n{words}");
        let effects = press(&mut state, &[Enter]);
        assert!(effects.first().is_some_and(is_mended), "{effects:?}");
    }
}

#[test]
fn a_connection_without_its_bucket_is_told_to_the_others() {
    let mut state = entered();
    state.update(refused(Kind::NotFound, Some(connected())));
    let mut known = returning();
    state.leave(&mut known);
    assert_eq!((known.identity.is_some(), known.bucket), (true, None));
}

#[test]
fn without_any_bucket_enter_begins_the_set_up() {
    let mut state = State::default();
    assert!(state.enter(&Known::default()).is_empty());
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Go(Step::Connect)]));
}

#[test]
fn while_a_transfer_runs_it_says_how_far_it_is_and_enter_goes_there() {
    let mut state = moving();
    let words = words_of(&state, (80, 21));
    assert!(words.contains("A transfer is running: 43 %"), "{words}");
    assert!(!words.contains("Update 1"), "nothing else is begun meanwhile\n{words}");
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Visit(Step::Transfer)]));
    state.tick(&Tick::default());
    assert!(!state.is_moving());
}

/// Everything is known, and one archive is on its way.
fn moving() -> State {
    let (mut state, _) = full();
    let sample = crate::transfer::Sample {
        status: crate::transfer::Status::Running,
        size: 100,
        down: 100,
        up: 0,
        downloaded: 43,
        hashed: 43,
        uploaded: 0,
        sending: 0,
    };
    let snapshot =
        crate::transfer::Snapshot { archives: vec![sample], ..crate::transfer::Snapshot::default() };
    state.tick(&Tick { now: Duration::ZERO, snapshot: Some(snapshot) });
    state
}

#[test]
fn a_wizard_that_was_left_half_way_says_where_it_goes_on() {
    let mut state = State::default();
    state.enter(&Known { from: Some(Step::Datasets), ..returning() });
    assert!(words_of(&state, (80, 21)).contains("waits at 4 Datasets"));
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Return]));
}

#[test]
fn a_bucket_that_was_only_chosen_goes_on_with_its_protection() {
    let mut state = State::default();
    let known = Known { datasets: Vec::new(), seen: None, begun: Vec::new(), ..returning() };
    state.enter(&known);
    state.update(opened());
    state.update(Message::Standing(Ok(Vec::new())));
    assert!(words_of(&state, (80, 21)).contains("goes on at 3 Protect"));
    assert!(matches!(press(&mut state, &[Enter])[..], [Effect::Go(Step::Protect)]));
}

#[test]
fn a_silent_mirror_leaves_the_bucket_shown() {
    let mut state = without_mirror();
    let words = words_of(&state, (120, 37));
    assert!(words.contains("5 families of dumps are not known") && words.contains("● artist"), "{words}");
    let effects = press(&mut state, &[Char('r')]);
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Discover(_, families) if families.len() == 5))
    );
}

/// The bucket is open, and no family could be found.
fn without_mirror() -> State {
    let mut state = entered();
    state.update(opened());
    state.update(Message::Standing(Ok(vec![standing("artist", "20260520-001001")])));
    for family in Family::ALL {
        let dump = Err(sample::unreachable());
        state.update(Message::Found(FamilyListing {
            family,
            dump,
            archives: Vec::new(),
            passed_over: Vec::new(),
        }));
    }
    state
}

#[test]
fn a_very_full_bucket_is_not_counted_again_at_each_visit_but_with_r() {
    let (mut state, _) = full();
    let many = Extent { objects: 1_000_000, ..Extent::default() };
    state.update(Message::Counted(Ok(Counted { extent: many, is_whole: true })));
    let known = Known { bucket: Some(MINE.to_owned()), identity: Some(connected().identity), ..returning() };
    assert!(matches!(state.enter(&known)[0], Effect::LookAround { count: false }));
    assert!(matches!(press(&mut state, &[Char('r')])[0], Effect::LookAround { count: true }));
}

#[test]
fn a_class_without_a_price_and_a_store_that_is_not_awss_are_said() {
    let (mut state, _) = full();
    let tally = crate::bucket::Tally { objects: 1, bytes: 5 << 30 };
    let odd =
        Extent { objects: 1, by_class: [("EXPRESS_ONEZONE".to_owned(), tally)].into(), ..Extent::default() };
    state.update(Message::Counted(Ok(Counted { extent: odd, is_whole: true })));
    assert!(words_of(&state, (120, 37)).contains("5 GiB in classes whose price is not"));
    state.access =
        Access::Open(Connected { endpoint_url: Some("http://127.0.0.1:9000".into()), ..connected() });
    assert!(words_of(&state, (120, 37)).contains("at AWS’s prices"));
}

#[test]
fn a_click_on_what_can_be_done_does_it_and_one_on_a_row_goes_there() {
    let (mut state, _) = full();
    let area = Rect::new(0, 2, 120, 37);
    let clicked = |state: &State, x, y| state.mouse(area, Mouse::Click(Position::new(x, y)));
    assert!(matches!(clicked(&state, 10, 3), Some(Message::Do(Wish::Resume))));
    assert!(matches!(clicked(&state, 10, 4), Some(Message::Do(Wish::Update))));
    let row = (5..12).find(|y| matches!(clicked(&state, 10, *y), Some(Message::MoveTo(1))));
    assert!(row.is_some());
    press(&mut state, &[Down]);
    assert_eq!(state.cursor(&rows::of(&state)), 1);
}

#[test]
fn no_size_breaks_it_in_any_state() {
    let (state, _) = full();
    for known in [&entered(), &state, &State::default()] {
        for width in (58..300).step_by(11) {
            for height in 16..60 {
                words_of(known, (width, height));
            }
        }
    }
}
