//! What whoever watches can change while it runs: what comes first, what is left out, how many connections there are, which credentials are used.

use std::time::{Duration, Instant};

use brainzlift::bucket::Connection;
use brainzlift::sandbox::faults::{Fault, On, What as Wrong};
use brainzlift::transfer::{Leg, Mode, Options, PartState, Running, Schedule, Snapshot, Status, What, start};

use crate::rig::{Rig, run, target};

const RELEASE: &[&str] = &["musicbrainz/release"];

async fn until(running: &Running, is: impl Fn(&Snapshot) -> bool) {
    let wait = async {
        while !is(&running.progress.snapshot()) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_is_put_first_begins_at_once_and_gets_the_connection_before_those_that_came_earlier()
{
    let rig = Rig::at_rate(1 << 20).await;
    let plan = rig.plan(&["musicbrainz"], Mode::Keep).await;
    // The largest is before all others: without a wish it keeps the only place until it is through.
    let mut plan = plan;
    plan.lines.sort_by_key(|line| std::cmp::Reverse(line.archive.size));
    let last = plan.lines.len() - 1;
    let options = Options { archives_at_once: 1, connections: 2, ..rig.options() };
    let running = start(plan, &rig.ends(), options);
    until(&running, |now| now.moved_down > 0).await;
    assert_eq!(running.progress.snapshot().archives[last].status, Status::Queued);
    running.control.put_first(last);
    until(&running, |now| now.archives[last].status == Status::Running).await;
    until(&running, |now| now.archives[last].status == Status::Proven).await;
    let now = running.progress.snapshot();
    assert_eq!(now.archives[1].status, Status::Queued, "only one more than usual begins");
    rig.sandbox.faults().clear();
    running.control.limit(Leg::Download, Schedule::unlimited());
    running.control.cancel(None);
    let ran = run(running).await;
    assert_eq!((ran.proven(), ran.summary.failed), (1, 0), "{:?}", ran.facts);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_is_left_out_keeps_what_was_moved_and_goes_on_from_there_when_it_is_wanted_again() {
    let rig = Rig::at_rate(6 << 20).await;
    let plan = rig.plan(&["musicbrainz"], Mode::Keep).await;
    let line = plan.lines.iter().position(|line| line.archive.name == "release.tar.xz").unwrap();
    let running = start(plan, &rig.ends(), Options { archives_at_once: 4, ..rig.options() });
    until(&running, |now| now.archives[line].uploaded > 0).await;
    running.control.leave(Some(line));
    until(&running, |now| now.archives[line].status == Status::Interrupted).await;
    assert_eq!(rig.bucket.uploads().await.unwrap().len(), 1, "what S3 has of it stays");
    until(&running, Snapshot::is_final).await;
    let kept = running.progress.snapshot();
    assert_eq!(kept.archives.iter().filter(|one| one.status == Status::Proven).count(), 3);
    running.control.retry(line);
    let ran = run(running).await;
    assert_eq!(ran.proven(), 4, "{:?}", ran.facts);
    let started = ran.facts.iter().rev().find_map(|fact| match fact.what {
        What::Started { down_from, up_from: _ } if fact.line == line => Some(down_from),
        _ => None,
    });
    assert!(started.unwrap() > 0, "it went on where it was");
    rig.assert_nothing_left().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_waits_for_its_turn_can_be_left_out_and_nothing_of_it_is_begun() {
    let rig = Rig::at_rate(4 << 20).await;
    let plan = rig.plan(&["musicbrainz"], Mode::Keep).await;
    let last = plan.lines.len() - 1;
    let running = start(plan, &rig.ends(), Options { archives_at_once: 1, ..rig.options() });
    running.control.leave(Some(last));
    until(&running, |now| now.archives[last].status == Status::Interrupted).await;
    let ran = run(running).await;
    assert_eq!((ran.proven(), ran.summary.interrupted), (last, 1), "{:?}", ran.facts);
    assert!(!ran.facts.iter().any(|fact| fact.line == last && matches!(fact.what, What::Started { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_of_connections_changes_while_bytes_move() {
    let rig = Rig::at_rate(2 << 20).await;
    let plan = rig.plan(&["musicbrainz"], Mode::Keep).await;
    let options = Options { archives_at_once: 4, connections: 1, ..rig.options() };
    let running = start(plan, &rig.ends(), options);
    until(&running, |now| now.moved_down > 0).await;
    let now = running.progress.snapshot();
    assert_eq!((now.connections, now.connected), (1, 1));
    running.control.connections(3);
    until(&running, |now| now.connections == 3 && now.connected > 1).await;
    running.control.connections(0);
    until(&running, |now| now.connections == 1 && now.connected <= 1).await;
    running.control.connections(4);
    assert_eq!(run(running).await.proven(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn renewed_credentials_are_used_from_the_next_try_on() {
    let rig = Rig::new().await;
    let plan = rig.plan(&["musicbrainz/artist"], Mode::Keep).await;
    // Whatever is sent to this bucket is refused for ever; that the other one is used shows whose client it is.
    rig.sandbox.faults().add(Fault::new(On::S3, "/lifted/raw/*", Wrong::ExpiredToken).times(0));
    let connection = Connection::open(&target(&rig.sandbox)).await.unwrap();
    connection.create("renewed", rig.sandbox.region()).await.unwrap();
    let running = start(plan, &rig.ends(), Options { patient: true, ..rig.options() });
    until(&running, |now| now.archives[0].status == Status::Waiting).await;
    running.control.resume(None);
    until(&running, |now| now.archives[0].status == Status::Running).await;
    until(&running, |now| now.archives[0].status == Status::Waiting).await;
    running.control.renew(connection.bucket("renewed").await.unwrap());
    running.control.resume(None);
    let ran = run(running).await;
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    assert!(ran.summary.proofs[0].place.starts_with("s3://renewed/"), "{:?}", ran.summary.proofs);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_before_another_try_ends_when_somebody_does_not_want_to_wait() {
    let rig = Rig::new().await;
    let plan = rig.plan(RELEASE, Mode::Keep).await;
    let wrong = Wrong::TooManyRequests { retry_after: 60 };
    rig.sandbox.faults().add(Fault::new(On::Mirror, "*/release.tar.xz", wrong).method("GET"));
    let mut running = start(plan, &rig.ends(), rig.options());
    let began = Instant::now();
    loop {
        let fact = running.facts.recv().await.unwrap();
        if let What::Retrying { wait, .. } = fact.what {
            assert!(wait >= Duration::from_secs(50), "{wait:?}");
            break;
        }
    }
    running.control.resume(Some(0));
    assert_eq!(run(running).await.proven(), 1);
    assert!(began.elapsed() < Duration::from_secs(30));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_part_is_seen_on_its_way_to_s3() {
    for mode in [Mode::Keep, Mode::Stream] {
        let rig = Rig::at_rate(6 << 20).await;
        let plan = rig.plan(RELEASE, mode).await;
        let running = start(plan, &rig.ends(), rig.options());
        until(&running, |now| now.moved_down > 0).await;
        let parts = running.progress.parts(0);
        assert!(parts.len() > 1 && parts.contains(&PartState::Downloading), "{parts:?}");
        assert!(parts.contains(&PartState::Waiting), "{parts:?}");
        until(&running, |now| now.moved_up > 0).await;
        assert!(running.progress.parts(0).contains(&PartState::InS3));
        until(&running, |now| now.archives[0].status == Status::Proven).await;
        let parts = running.progress.parts(0);
        assert!(parts.iter().all(|part| *part == PartState::InS3), "{parts:?}");
        let now = running.progress.snapshot();
        assert_eq!((now.archives[0].sending, now.flying, now.connected), (0, 0, 0));
        assert!(now.sent_up >= now.moved_up);
        run(running).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_creeps_is_on_its_way_and_not_yet_uploaded() {
    let rig = Rig::new().await;
    let plan = rig.plan(RELEASE, Mode::Keep).await;
    let running = start(plan, &rig.ends(), rig.options());
    running.control.limit(Leg::Upload, "256KiB".parse().unwrap());
    until(&running, |now| now.archives[0].sending > 200_000).await;
    let now = running.progress.snapshot();
    assert_eq!(now.archives[0].uploaded, 0);
    assert!(running.progress.parts(0).contains(&PartState::Uploading));
    running.control.limit(Leg::Upload, Schedule::unlimited());
    assert_eq!(run(running).await.proven(), 1);
}
