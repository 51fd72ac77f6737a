//! What can be asked of a transfer while it runs.

use std::num::NonZeroU64;
use std::time::Duration;

use brainzlift::sandbox::faults::{Fault, On, What as Wrong};
use brainzlift::transfer::{Leg, Limits, Mode, Options, Running, Schedule, Status, What, start};

use crate::rig::{Rig, run};

const RELEASE: &[&str] = &["musicbrainz/release"];

async fn until(running: &Running, is: impl Fn(&brainzlift::transfer::Snapshot) -> bool) {
    let wait = async {
        while !is(&running.progress.snapshot()) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_transfer_holds_still_and_goes_on() {
    let rig = Rig::at_rate(3 << 20).await;
    let running = rig.start(RELEASE).await;
    until(&running, |now| now.moved_down > 500_000).await;
    running.control.pause(None);
    until(&running, |now| now.archives[0].status == Status::Paused).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let held = running.progress.snapshot().moved_down;
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(running.progress.snapshot().moved_down, held);
    running.control.resume(None);
    let ran = run(running).await;
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    assert_eq!(ran.count(|what| matches!(what, What::Paused | What::Resumed)), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_leaves_nothing_that_is_billed_or_in_the_way() {
    let rig = Rig::at_rate(4 << 20).await;
    let running = rig.start(RELEASE).await;
    until(&running, |now| now.moved_up > 0).await;
    running.control.cancel(None);
    let ran = run(running).await;
    assert_eq!(ran.summary.cancelled, 1, "{:?}", ran.facts);
    rig.assert_nothing_left().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_one_lets_the_others_arrive() {
    let rig = Rig::at_rate(12 << 20).await;
    let running = rig.start(&["musicbrainz"]).await;
    let release = rig.plan(&["musicbrainz"], Mode::Keep).await;
    let line = release.lines.iter().position(|line| line.archive.name == "release.tar.xz").unwrap();
    running.control.cancel(Some(line));
    let ran = run(running).await;
    assert_eq!((ran.summary.cancelled, ran.proven()), (1, 3), "{:?}", ran.facts);
    rig.assert_nothing_left().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_can_be_tried_again_while_it_runs() {
    let rig = Rig::new().await;
    let plan = rig.plan(&["musicbrainz/artist"], Mode::Keep).await;
    // Twice: once more for whoever thinks that a signed payload would be taken.
    rig.sandbox.faults().add(Fault::new(On::S3, "/lifted/raw/*", Wrong::AccessDenied).times(2));
    let running = start(plan, &rig.ends(), rig.options());
    until(&running, |now| now.archives[0].status == Status::Failed).await;
    running.control.retry(0);
    until(&running, |now| now.archives[0].status == Status::Proven).await;
    let ran = run(running).await;
    assert_eq!((ran.proven(), ran.summary.failed), (1, 0));
    assert_eq!(ran.summary.failures, vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_somebody_watching_expired_credentials_wait_instead_of_failing() {
    let rig = Rig::new().await;
    let plan = rig.plan(&["musicbrainz/artist"], Mode::Keep).await;
    rig.fault(On::S3, "/lifted/raw/*", Wrong::ExpiredToken);
    let running = start(plan, &rig.ends(), Options { patient: true, ..rig.options() });
    until(&running, |now| now.archives[0].status == Status::Waiting).await;
    running.control.resume(None);
    let ran = run(running).await;
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    assert_eq!(ran.count(|what| matches!(what, What::Waiting { .. })), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limit_of_each_leg_is_told_and_changes_while_bytes_move() {
    let rig = Rig::at_rate(2 << 20).await;
    let limits = Limits { down: "1GiB".parse().unwrap(), ..Limits::default() };
    let plan = rig.plan(RELEASE, Mode::Keep).await;
    let running = start(plan, &rig.ends(), Options { limits, ..rig.options() });
    let told = running.progress.snapshot();
    assert_eq!((told.limit_down.rate, told.limit_up.rate), (NonZeroU64::new(1 << 30), None));
    running.control.limit(Leg::Download, Schedule::unlimited());
    running.control.limit(Leg::Upload, "2GiB".parse().unwrap());
    until(&running, |now| now.limit_down.rate.is_none() && now.limit_up.rate == NonZeroU64::new(2 << 30))
        .await;
    assert_eq!(run(running).await.proven(), 1);
}
