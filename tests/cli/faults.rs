//! Each fault of the far ends: the lift ends proven or with the right exit code and words that say what to do, and never leaves a
//! wrong object at a key.

use brainzlift::sandbox::faults::{Fault, On, What};

use crate::support::{Ended, World};

const RELEASE: &str = "*/release.tar.xz";

/// Lifts the largest archive while `faults` strike; all of them must have struck.
async fn lift_despite(faults: Vec<Fault>) -> (World, Ended) {
    let world = World::ready().await;
    let kinds: Vec<What> = faults.iter().map(|fault| fault.what.clone()).collect();
    for fault in faults {
        world.sandbox.faults().add(fault);
    }
    let ended = world.run(&["lift", "musicbrainz/release"]).await;
    let hits = world.sandbox.faults().hits();
    for kind in kinds {
        assert!(hits.iter().any(|hit| hit.what == kind), "{kind:?} never struck; stderr:\n{}", ended.stderr);
    }
    world.sandbox.faults().clear();
    (world, ended)
}

/// The accident is got over in the same run.
async fn proven_despite(faults: Vec<Fault>) {
    let (world, ended) = lift_despite(faults).await;
    assert_eq!(ended.expect(0).summary()["proven"], 1);
    assert_eq!(world.hold_no_wrong_object().await, 1);
}

/// The run ends with `code` and a hint; when all is well again, the next one ends proven.
async fn ends_with(code: i32, faults: Vec<Fault>) {
    let (world, ended) = lift_despite(faults).await;
    let ended = ended.expect(code);
    let (failed, errors) = (ended.named("failed"), ended.named("error"));
    let mut hints =
        failed.iter().map(|event| &event["error"]["hint"]).chain(errors.iter().map(|event| &event["hint"]));
    assert!(hints.any(serde_json::Value::is_string), "no hint in:\n{}", ended.stdout);
    assert_eq!(world.hold_no_wrong_object().await, 0);
    world.run(&["lift", "musicbrainz/release"]).await.expect(0);
    assert_eq!(world.hold_no_wrong_object().await, 1);
}

fn down(what: What) -> Fault {
    Fault::new(On::Mirror, RELEASE, what).method("GET")
}

fn up(what: What) -> Fault {
    Fault::new(On::S3, RELEASE, what).method("PUT").query("partNumber=")
}

fn complete(what: What) -> Fault {
    Fault::new(On::S3, RELEASE, what).method("POST").query("uploadId=")
}

macro_rules! behaviours {
    ($($name:ident: $outcome:expr;)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            $outcome.await;
        }
    )*};
}

behaviours! {
    a_mirror_that_fails_once_is_asked_again: proven_despite(vec![down(What::InternalError)]);
    a_mirror_that_asks_to_slow_down_is_asked_later: proven_despite(vec![down(What::SlowDown)]);
    a_mirror_that_names_a_wait_is_given_it: proven_despite(vec![down(What::TooManyRequests { retry_after: 1 })]);
    a_refused_connection_to_the_mirror_is_tried_again: proven_despite(vec![down(What::Refuse)]);
    a_reset_download_goes_on_where_it_was: proven_despite(vec![down(What::Reset { after: 1_000_000 })]);
    a_download_that_stalls_for_a_while_goes_on: proven_despite(vec![down(What::Stall { after: 500_000, seconds: 2 })]);
    a_download_that_is_cut_short_goes_on: proven_despite(vec![down(What::Truncate { after: 2_000_000 })]);
    one_wrong_byte_of_a_download_is_found_and_fetched_again: proven_despite(vec![down(What::FlipByte { offset: None })]);
    a_range_that_is_ignored_never_reaches_the_file:
        proven_despite(vec![down(What::Reset { after: 1_000_000 }), down(What::IgnoreRange)]);
    a_range_that_was_not_asked_for_never_reaches_the_file:
        proven_despite(vec![down(What::Reset { after: 1_000_000 }), down(What::WrongContentRange)]);

    a_store_that_fails_once_is_asked_again: proven_despite(vec![up(What::InternalError)]);
    a_store_that_asks_to_slow_down_is_asked_later: proven_despite(vec![up(What::SlowDown)]);
    a_store_that_names_a_wait_is_given_it: proven_despite(vec![up(What::TooManyRequests { retry_after: 1 })]);
    a_refused_connection_to_the_store_is_tried_again: proven_despite(vec![up(What::Refuse)]);
    a_part_whose_connection_is_reset_is_sent_again: proven_despite(vec![up(What::Reset { after: 100_000 })]);
    a_part_whose_answer_is_lost_is_sent_again: proven_despite(vec![up(What::LostAnswer)]);
    a_part_that_stalls_for_a_while_goes_on: proven_despite(vec![up(What::Stall { after: 100_000, seconds: 2 })]);
    a_part_with_a_wrong_byte_is_refused_by_the_store_and_sent_again:
        proven_despite(vec![up(What::FlipByte { offset: None })]);
    a_completion_that_fails_inside_a_200_is_sent_again: proven_despite(vec![complete(What::ErrorInOk)]);
    a_completion_whose_answer_is_lost_is_found_to_be_done: proven_despite(vec![complete(What::LostAnswer)]);
    a_completion_that_fails_is_sent_again: proven_despite(vec![complete(What::InternalError)]);

    bytes_that_stay_wrong_are_an_integrity_failure: ends_with(4, vec![down(What::FlipByte { offset: None }).times(0)]);
    a_wrong_published_digest_is_an_integrity_failure:
        ends_with(4, vec![Fault::new(On::Mirror, "*/SHA256SUMS", What::WrongDigest)]);
    a_dump_that_vanishes_is_a_failure_that_says_so:
        ends_with(1, vec![Fault::new(On::Mirror, RELEASE, What::Vanish).skip(1)]);
    an_expired_token_is_a_matter_of_credentials: ends_with(3, vec![up(What::ExpiredToken)]);
    a_store_that_denies_access_is_a_matter_of_permission: ends_with(3, vec![up(What::AccessDenied).times(0)]);
    a_mirror_that_stays_broken_is_a_failure: ends_with(1, vec![down(What::InternalError).times(0)]);
}

/// HEAD told one file, GET serves another: what was begun is not mixed with it.
#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_changes_upstream_is_never_mixed_with_the_one_that_was_pinned() {
    let (world, ended) = lift_despite(vec![Fault::new(On::Mirror, RELEASE, What::ChangedEtag).skip(1)]).await;
    assert!(matches!(ended.code, Some(0 | 1)), "{}", ended.stderr);
    world.hold_no_wrong_object().await;
    world.run(&["lift", "musicbrainz/release"]).await.expect(0);
    assert_eq!(world.hold_no_wrong_object().await, 1);
}
