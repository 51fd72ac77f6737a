//! Each fault of the far ends: the archive ends proven, or fails with the right kind; never a wrong object at a key.

use brainzlift::Kind;
use brainzlift::sandbox::faults::{Fault, On, What as Wrong};
use brainzlift::transfer::{Mode, What, start};

use crate::rig::{Ran, Rig, run};

/// Both legs at once, with a file and without.
const MODES: [Mode; 2] = [Mode::Keep, Mode::Stream];
const RELEASE: &[&str] = &["musicbrainz/release"];
const SOURCE: &str = "*/release.tar.xz";
const OBJECT: &str = "/lifted/raw/musicbrainz/release.tar.xz";

/// Plans in calm weather, then lifts with `fault`.
async fn lift_through(rig: &Rig, mode: Mode, fault: Fault) -> Ran {
    let plan = rig.plan(RELEASE, mode).await;
    let struck = rig.sandbox.faults().hits().len();
    rig.sandbox.faults().add(fault);
    let ran = run(start(plan, &rig.ends(), rig.options())).await;
    assert!(rig.sandbox.faults().hits().len() > struck, "the fault never struck");
    ran
}

/// The archive arrives whole in spite of `fault` in each mode, and nothing is left behind; gives what was said in each.
async fn survives(fault: Fault) -> Vec<Ran> {
    let mut all = Vec::new();
    for mode in MODES {
        let rig = Rig::new().await;
        let ran = lift_through(&rig, mode, fault.clone()).await;
        assert_eq!(ran.proven(), 1, "{mode:?}: {:?}", ran.facts);
        rig.assert_identical(&rig.archives(RELEASE).await).await;
        rig.assert_nothing_left().await;
        all.push(ran);
    }
    all
}

/// The archive fails with `kind` in each mode, says what to do, and no object stands at its key.
async fn fails(fault: Fault, kind: Kind) -> Vec<Rig> {
    let mut all = Vec::new();
    for mode in MODES {
        let rig = Rig::new().await;
        let ran = lift_through(&rig, mode, fault.clone()).await;
        let failure = ran.failure();
        assert_eq!(failure.kind(), kind, "{mode:?}: {failure:?}");
        assert!(failure.advice().is_some(), "no advice: {failure}");
        rig.sandbox.faults().clear();
        let key = OBJECT.trim_start_matches("/lifted/");
        assert_eq!(rig.object(key).await, None);
        all.push(rig);
    }
    all
}

fn get(what: Wrong) -> Fault {
    Fault::new(On::Mirror, SOURCE, what).method("GET")
}

fn part(what: Wrong) -> Fault {
    Fault::new(On::S3, OBJECT, what).method("PUT").query("partNumber=")
}

fn post(query: &str, what: Wrong) -> Fault {
    Fault::new(On::S3, OBJECT, what).method("POST").query(query)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_that_hiccups_is_asked_again() {
    for what in [
        Wrong::InternalError,
        Wrong::SlowDown,
        Wrong::TooManyRequests { retry_after: 1 },
        Wrong::Refuse,
        Wrong::Reset { after: 3_000_000 },
        Wrong::Truncate { after: 2_000_000 },
        Wrong::Stall { after: 1_000_000, seconds: 60 },
    ] {
        for ran in survives(get(what.clone())).await {
            assert_eq!(ran.count(|fact| matches!(fact, What::Retrying { .. })), 1, "{what:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_again_and_again_is_taken_up_where_it_broke() {
    for ran in survives(get(Wrong::Reset { after: 700_000 }).times(7)).await {
        assert!(ran.summary.downloaded < ran.summary.bytes * 11 / 10, "{:?}", ran.summary);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_not_the_range_asked_for_reaches_neither_digest_nor_disk() {
    for (what, mode) in [Wrong::IgnoreRange, Wrong::WrongContentRange].into_iter().flat_map(in_each_mode) {
        let rig = Rig::new().await;
        rig.sandbox.faults().add(get(Wrong::Reset { after: 3_000_000 }));
        let ran = lift_through(&rig, mode, get(what.clone()).skip(1)).await;
        assert_eq!(ran.proven(), 1, "{what:?}: {:?}", ran.facts);
        assert_eq!(ran.count(|fact| matches!(fact, What::Restarted { .. })), 0, "{what:?}");
        rig.assert_identical(&rig.archives(RELEASE).await).await;
    }
}

fn in_each_mode(what: Wrong) -> impl Iterator<Item = (Wrong, Mode)> {
    MODES.into_iter().map(move |mode| (what.clone(), mode))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_ranges_is_read_from_the_start_and_passed_over() {
    for mode in MODES {
        let rig = Rig::new().await;
        rig.sandbox.faults().add(get(Wrong::IgnoreRange).times(0));
        let ran = lift_through(&rig, mode, get(Wrong::Reset { after: 3_000_000 })).await;
        assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
        rig.assert_identical(&rig.archives(RELEASE).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_changed_half_way_is_begun_again_and_never_mixed() {
    for mode in MODES {
        let rig = Rig::new().await;
        rig.sandbox.faults().add(get(Wrong::Reset { after: 3_000_000 }));
        let changed = Fault::new(On::Mirror, SOURCE, Wrong::ChangedEtag).skip(1);
        let ran = lift_through(&rig, mode, changed).await;
        assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
        assert!(ran.count(|fact| matches!(fact, What::Restarted { .. })) >= 1);
        rig.assert_identical(&rig.archives(RELEASE).await).await;
        rig.assert_nothing_left().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_byte_that_was_flipped_on_the_way_down_is_found_and_fetched_again() {
    for ran in survives(get(Wrong::FlipByte { offset: Some(1_500_000) })).await {
        assert_eq!(ran.count(|fact| matches!(fact, What::Restarted { .. })), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_stay_wrong_never_become_an_object() {
    for rig in fails(get(Wrong::FlipByte { offset: Some(1_500_000) }).times(0), Kind::Integrity).await {
        rig.assert_nothing_left().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_that_vanished_half_way_is_said_and_not_begun_again() {
    for mode in MODES {
        let rig = Rig::new().await;
        rig.sandbox.faults().add(get(Wrong::Reset { after: 3_000_000 }));
        let ran = lift_through(&rig, mode, get(Wrong::Vanish).skip(1)).await;
        assert_eq!(ran.failure().kind(), Kind::NotFound);
        assert!(ran.failure().to_string().contains(&rig_dump(&ran)), "{}", ran.failure());
    }
}

fn rig_dump(ran: &Ran) -> String {
    let text = ran.failure().to_string();
    text.split_whitespace().find(|word| word.starts_with("2026")).unwrap_or("no dump named").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_hiccups_is_asked_again() {
    for what in [
        Wrong::InternalError,
        Wrong::SlowDown,
        Wrong::Refuse,
        Wrong::Reset { after: 1_000_000 },
        Wrong::Stall { after: 1_000_000, seconds: 60 },
        Wrong::LostAnswer,
        Wrong::FlipByte { offset: None },
    ] {
        for ran in survives(part(what.clone())).await {
            assert_eq!(ran.count(|fact| matches!(fact, What::Retrying { .. })), 1, "{what:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_of_an_upload_may_fail_once() {
    for query in ["uploads", "uploadId="] {
        for what in [Wrong::InternalError, Wrong::SlowDown, Wrong::Refuse] {
            survives(post(query, what)).await;
        }
    }
    survives(post("uploadId=", Wrong::ErrorInOk)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_completion_whose_answer_was_lost_is_found_to_be_done() {
    survives(post("uploadId=", Wrong::LostAnswer)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_expire_and_permissions_that_miss_are_told_apart() {
    fails(part(Wrong::ExpiredToken), Kind::Credentials).await;
    // Always: a store may refuse only payloads that are not signed, which each part tries once.
    fails(part(Wrong::AccessDenied).times(0), Kind::Permission).await;
    fails(post("uploads", Wrong::AccessDenied), Kind::Permission).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_always_arrives_damaged_fails_and_leaves_no_object() {
    fails(part(Wrong::FlipByte { offset: None }).times(0), Kind::Integrity).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_published_digest_never_becomes_an_object() {
    let rig = Rig::new().await;
    rig.fault(On::Mirror, "*/SHA256SUMS", Wrong::WrongDigest);
    let ran = rig.lift(RELEASE).await;
    assert_eq!(ran.failure().kind(), Kind::Integrity);
    assert_eq!(rig.object("raw/musicbrainz/release.tar.xz").await, None);
    rig.assert_nothing_left().await;
}
