//! Without a disk: what passes through memory alone, stopped and gone on with, in this mode and across modes.

use std::time::Duration;

use brainzlift::sandbox::faults::{Fault, On, What as Wrong};
use brainzlift::transfer::{Choice, Mode, Options, Status, Verdict, What, start};

use crate::rig::{Rig, files, run};

const RELEASE: &[&str] = &["musicbrainz/release"];

/// Runs `mode` until the first part of the archive has come to its end in S3 and in the journal, then stops as Ctrl-C does.
async fn stop_after_a_part(rig: &Rig, mode: Mode) {
    let running = start(rig.plan(RELEASE, mode).await, &rig.ends(), rig.options());
    let journal = rig.options().state_dir.join("journal");
    let lasts = async {
        loop {
            let kept = files(&journal).iter().any(|path| {
                std::fs::read_to_string(path).is_ok_and(|journal| journal.contains("\"bytes\":5242880"))
            });
            if kept && running.progress.snapshot().moved_up > 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), lasts).await.unwrap();
    running.control.stop();
    let ran = run(running).await;
    assert_eq!(ran.summary.interrupted, 1, "{:?}", ran.facts);
}

/// How often the first part was sent.
fn first_part_was_sent(rig: &Rig) -> usize {
    let first = |query: &str| query.contains("partNumber=1&") || query.ends_with("partNumber=1");
    let seen = rig.sandbox.faults().seen();
    seen.iter().filter(|seen| seen.method == "PUT" && first(&seen.query)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guides_four_arrive_proven_and_no_archive_byte_touches_the_disk() {
    let rig = Rig::new().await;
    let ran = run(start(rig.plan(&["musicbrainz"], Mode::Stream).await, &rig.ends(), rig.options())).await;
    assert_eq!(ran.proven(), 4, "{:?}", ran.facts);
    rig.assert_identical(&rig.archives(&["musicbrainz"]).await).await;
    rig.assert_nothing_left().await;
    assert_eq!(files(&rig.options().data_dir), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_it_goes_on_behind_the_parts_that_s3_has() {
    let rig = Rig::at_rate(3 << 20).await;
    let archives = rig.archives(RELEASE).await;
    stop_after_a_part(&rig, Mode::Stream).await;
    let plan = rig.plan(RELEASE, Mode::Stream).await;
    assert!(
        matches!(plan.lines[0].verdict, Verdict::Partly { uploaded, .. } if uploaded >= 5 << 20),
        "{plan:?}"
    );
    let before = rig.sandbox.faults().mirror_bytes_sent();
    let ran = run(start(plan, &rig.ends(), rig.options())).await;
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    rig.assert_identical(&archives).await;
    rig.assert_nothing_left().await;
    let again = rig.sandbox.faults().mirror_bytes_sent() - before;
    assert!(again <= archives[0].size - (5 << 20), "{again} bytes for what was left of {}", archives[0].size);
    assert_eq!(first_part_was_sent(&rig), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn begun_with_a_file_it_is_finished_without_one_and_the_file_goes() {
    let rig = Rig::at_rate(3 << 20).await;
    stop_after_a_part(&rig, Mode::Keep).await;
    let before = rig.sandbox.faults().mirror_bytes_sent();
    let ran = run(start(rig.plan(RELEASE, Mode::Stream).await, &rig.ends(), rig.options())).await;
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    let archives = rig.archives(RELEASE).await;
    rig.assert_identical(&archives).await;
    rig.assert_nothing_left().await;
    assert!(rig.sandbox.faults().mirror_bytes_sent() - before <= archives[0].size - (5 << 20));
    assert_eq!(files(&rig.options().data_dir), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn begun_without_a_file_it_is_finished_with_one_and_no_part_is_sent_twice() {
    let rig = Rig::at_rate(3 << 20).await;
    stop_after_a_part(&rig, Mode::Stream).await;
    let ran = rig.lift(RELEASE).await;
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    let archives = rig.archives(RELEASE).await;
    rig.assert_identical(&archives).await;
    assert_eq!(std::fs::read(rig.path_here(&archives[0])).unwrap(), Rig::published(&archives[0]));
    assert_eq!(first_part_was_sent(&rig), 1, "its checksum is the one that S3 lists");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_file_that_lies_here_is_the_source_and_stays() {
    let rig = Rig::new().await;
    rig.run(rig.plan(RELEASE, Mode::Download).await).await;
    let before = rig.sandbox.faults().mirror_bytes_sent();
    let ran = rig.run(rig.plan(RELEASE, Mode::Stream).await).await;
    assert_eq!((ran.proven(), ran.summary.downloaded), (1, 0), "{:?}", ran.facts);
    assert_eq!(rig.sandbox.faults().mirror_bytes_sent(), before);
    let archives = rig.archives(RELEASE).await;
    assert_eq!(std::fs::read(rig.path_here(&archives[0])).unwrap(), Rig::published(&archives[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn over_one_connection_or_many_what_comes_early_waits_its_turn() {
    for connections in [1, 2, 8] {
        let rig = Rig::new().await;
        // So little memory that each range is one part.
        let options = Options { connections, memory: 16 << 20, ..rig.options() };
        rig.fault(On::Mirror, "*/release.tar.xz", Wrong::Stall { after: 100_000, seconds: 1 });
        let ran = run(start(rig.plan(RELEASE, Mode::Stream).await, &rig.ends(), options)).await;
        assert_eq!(ran.proven(), 1, "{connections}: {:?}", ran.facts);
        rig.assert_identical(&rig.archives(RELEASE).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_for_less_than_a_part_is_still_enough_for_one_after_the_other() {
    let rig = Rig::new().await;
    let options = Options { memory: 1 << 20, connections: 8, ..rig.options() };
    let plan = rig.plan(&["musicbrainz"], Mode::Stream).await;
    let ran = tokio::time::timeout(Duration::from_mins(1), run(start(plan, &rig.ends(), options))).await;
    assert_eq!(ran.unwrap().proven(), 4);
    rig.assert_identical(&rig.archives(&["musicbrainz"]).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_wants_signed_payloads_gets_them() {
    for mode in [Mode::Keep, Mode::Stream] {
        let rig = Rig::new().await;
        rig.sandbox.faults().add(Fault::new(On::S3, "/lifted/raw/*", Wrong::WantSignedPayload).times(0));
        let ran = run(start(rig.plan(&["musicbrainz"], mode).await, &rig.ends(), rig.options())).await;
        assert_eq!(ran.proven(), 4, "{mode:?}: {:?}", ran.facts);
        assert_eq!(ran.count(|what| matches!(what, What::Retrying { .. })), 0, "a refusal is no hiccup");
        rig.assert_identical(&rig.archives(&["musicbrainz"]).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_was_completed_by_somebody_else_meanwhile_is_found_to_stand() {
    let rig = Rig::at_rate(3 << 20).await;
    stop_after_a_part(&rig, Mode::Stream).await;
    let plan = rig.plan(RELEASE, Mode::Stream).await;
    let archive = plan.lines[0].archive.clone();
    for upload in rig.bucket.uploads().await.unwrap() {
        rig.bucket.abort(&upload).await.unwrap();
    }
    let put = rig.bucket.client().put_object().bucket("lifted").key(archive.key());
    let put = put.metadata("sha256", archive.sha256.to_string()).body(Rig::published(&archive).into());
    put.send().await.unwrap();
    let before = rig.sandbox.faults().mirror_bytes_sent();
    let ran = run(start(plan, &rig.ends(), rig.options())).await;
    assert_eq!((ran.summary.skipped, ran.summary.failed), (1, 0), "{:?}", ran.facts);
    assert_eq!(rig.sandbox.faults().mirror_bytes_sent(), before);
    rig.assert_nothing_left().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paused_it_holds_still_and_goes_on() {
    let rig = Rig::at_rate(3 << 20).await;
    let choice = Choice { mode: Mode::Stream, ..Choice::default() };
    let plan = rig.plan_of(&rig.archives(RELEASE).await, choice).await;
    let running = start(plan, &rig.ends(), rig.options());
    let moving = async {
        while running.progress.snapshot().moved_down < 1_000_000 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), moving).await.unwrap();
    running.control.pause(None);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let held = running.progress.snapshot();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(running.progress.snapshot().moved_down, held.moved_down);
    assert_eq!(held.archives[0].status, Status::Paused);
    running.control.resume(None);
    assert_eq!(run(running).await.proven(), 1);
}
