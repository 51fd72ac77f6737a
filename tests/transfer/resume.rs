//! Stopped anywhere and started again, the result is the same and little is moved twice.

use std::time::Duration;

use brainzlift::transfer::{Verdict, What};

use crate::rig::{Rig, files, run};

const RELEASE: &[&str] = &["musicbrainz/release"];

/// Lifts until `bytes` have come down, then stops as Ctrl-C does.
async fn stop_after(rig: &Rig, words: &[&str], bytes: u64) {
    let running = rig.start(words).await;
    let wanted = async {
        while running.progress.snapshot().moved_down < bytes {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wanted).await.unwrap();
    running.control.stop();
    let ran = run(running).await;
    assert_eq!(ran.summary.interrupted, 1, "{:?}", ran.facts);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_lift_goes_on_with_both_legs() {
    let rig = Rig::at_rate(4 << 20).await;
    let archives = rig.archives(RELEASE).await;
    stop_after(&rig, RELEASE, 5_500_000).await;
    let plan = rig.plan(RELEASE, brainzlift::transfer::Mode::Keep).await;
    assert!(
        matches!(plan.lines[0].verdict, Verdict::Partly { downloaded, .. } if downloaded > 4_000_000),
        "{plan:?}"
    );
    let ran = rig.run(plan).await;
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    rig.assert_identical(&archives).await;
    rig.assert_nothing_left().await;
    let sent = rig.sandbox.faults().mirror_bytes_sent();
    assert!(sent < archives[0].size * 3 / 2, "{sent} of {}", archives[0].size);
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_that_s3_has_are_not_sent_again() {
    let rig = Rig::at_rate(4 << 20).await;
    let running = rig.start(RELEASE).await;
    let acknowledged = async {
        while running.progress.snapshot().moved_up == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), acknowledged).await.unwrap();
    running.control.stop();
    assert_eq!(run(running).await.summary.interrupted, 1);
    assert_eq!(rig.lift(RELEASE).await.proven(), 1);
    let first = |query: &str| query.contains("partNumber=1&") || query.ends_with("partNumber=1");
    let seen = rig.sandbox.faults().seen();
    assert_eq!(seen.iter().filter(|seen| seen.method == "PUT" && first(&seen.query)).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_started_anew_at_another_port_is_the_same_store() {
    let rig = Rig::at_rate(4 << 20).await;
    stop_after(&rig, RELEASE, 5_500_000).await;
    let rig = rig.restart(0).await;
    assert_eq!(rig.lift(RELEASE).await.proven(), 1);
    rig.assert_identical(&rig.archives(RELEASE).await).await;
    rig.assert_nothing_left().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_the_store_forgot_begins_again() {
    let rig = Rig::at_rate(4 << 20).await;
    stop_after(&rig, RELEASE, 5_500_000).await;
    for upload in rig.bucket.uploads().await.unwrap() {
        rig.bucket.abort(&upload).await.unwrap();
    }
    assert_eq!(rig.lift(RELEASE).await.proven(), 1);
    rig.assert_identical(&rig.archives(RELEASE).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_journal_costs_a_restart_and_nothing_else() {
    let rig = Rig::at_rate(4 << 20).await;
    stop_after(&rig, RELEASE, 3_000_000).await;
    for journal in files(&rig.options().state_dir.join("journal")) {
        std::fs::write(journal, "{\"form\":1,").unwrap();
    }
    assert_eq!(rig.lift(RELEASE).await.proven(), 1);
    rig.assert_identical(&rig.archives(RELEASE).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_is_ahead_of_its_file_is_not_believed() {
    let rig = Rig::at_rate(4 << 20).await;
    stop_after(&rig, RELEASE, 3_000_000).await;
    let archive = rig.archives(RELEASE).await.remove(0);
    let part = format!("{}.part", rig.path_here(&archive).display());
    let file = std::fs::OpenOptions::new().write(true).open(part).unwrap();
    file.set_len(1000).unwrap();
    assert_eq!(rig.lift(RELEASE).await.proven(), 1);
    rig.assert_identical(&[archive]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_again_and_again_it_still_arrives() {
    let rig = Rig::at_rate(6 << 20).await;
    let archives = rig.archives(RELEASE).await;
    for millis in [30, 170, 410, 260, 90] {
        let running = rig.start(RELEASE).await;
        tokio::time::sleep(Duration::from_millis(millis)).await;
        running.control.stop();
        run(running).await;
    }
    rig.lift(RELEASE).await;
    rig.assert_identical(&archives).await;
    rig.assert_nothing_left().await;
    let sent = rig.sandbox.faults().mirror_bytes_sent();
    assert!(sent < archives[0].size * 3 / 2, "{sent} of {}", archives[0].size);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_transfers_of_one_archive_are_one_too_many() {
    let rig = Rig::at_rate(2 << 20).await;
    let first = rig.start(RELEASE).await;
    let begun = async {
        while first.progress.snapshot().moved_down == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), begun).await.unwrap();
    let second = rig.lift(RELEASE).await;
    assert_eq!(second.summary.failed, 1);
    assert!(second.failure().to_string().contains(&std::process::id().to_string()));
    first.control.stop();
    assert_eq!(run(first).await.count(|what| matches!(what, What::Interrupted)), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_moved_of_a_part_that_has_not_ended_is_not_moved_again() {
    let rig = Rig::at_rate(2 << 20).await;
    // Less than its first part.
    stop_after(&rig, RELEASE, 3_000_000).await;
    let plan = rig.plan(RELEASE, brainzlift::transfer::Mode::Keep).await;
    assert!(
        matches!(plan.lines[0].verdict, Verdict::Partly { downloaded, .. } if downloaded >= 2_500_000),
        "{plan:?}"
    );
    let before = rig.sandbox.faults().mirror_bytes_sent();
    assert_eq!(rig.run(plan).await.proven(), 1);
    let archives = rig.archives(RELEASE).await;
    rig.assert_identical(&archives).await;
    rig.assert_nothing_left().await;
    let again = rig.sandbox.faults().mirror_bytes_sent() - before;
    assert!(again <= archives[0].size - 2_500_000, "{again} of {}", archives[0].size);
}
