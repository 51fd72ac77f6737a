//! What earlier runs, other dumps and other programs have left, and what becomes of it.

use std::time::Duration;

use brainzlift::Kind;
use brainzlift::transfer::{Action, Mode, Options, Status, Verdict, start};

use crate::rig::{Rig, files, run};

const ARTIST: &[&str] = &["musicbrainz/artist"];

#[tokio::test(flavor = "multi_thread")]
async fn an_older_file_of_the_same_name_is_replaced_when_the_new_one_is_proven() {
    let rig = Rig::new().await;
    let archive = rig.archives(ARTIST).await.remove(0);
    let here = rig.path_here(&archive);
    std::fs::create_dir_all(here.parent().unwrap()).unwrap();
    std::fs::write(&here, "an older dump").unwrap();
    assert_eq!(rig.lift(ARTIST).await.proven(), 1);
    assert_eq!(std::fs::read(&here).unwrap(), Rig::published(&archive));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unfinished_file_without_a_journal_is_begun_again() {
    let rig = Rig::new().await;
    let archive = rig.archives(ARTIST).await.remove(0);
    let here = rig.path_here(&archive);
    std::fs::create_dir_all(here.parent().unwrap()).unwrap();
    std::fs::write(here.with_extension("xz.part"), vec![0; 5000]).unwrap();
    assert_eq!(rig.lift(ARTIST).await.proven(), 1);
    rig.assert_identical(&[archive]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn planning_changes_nothing() {
    let rig = Rig::new().await;
    let plan = rig.plan(ARTIST, Mode::Keep).await;
    assert_eq!(plan.lines[0].action, Action::Lift);
    assert_eq!(files(&rig.options().data_dir), Vec::<String>::new());
    assert_eq!(files(&rig.options().state_dir), Vec::<String>::new());
    assert_eq!(rig.bucket.objects("").await.unwrap(), vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_place_of_the_data_directory_is_said() {
    let rig = Rig::new().await;
    std::fs::write(rig.options().data_dir, "not a folder").unwrap();
    let ran = rig.lift(ARTIST).await;
    assert_eq!(ran.summary.failed, 1);
    assert!(ran.failure().advice().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_run_could_not_forget_that_was_killed_just_after_completing_is_forgotten_by_the_next() {
    let rig = Rig::at_rate(4 << 20).await;
    let running = rig.start(&["musicbrainz/release"]).await;
    let journals = rig.options().state_dir.join("journal");
    let uploading = async {
        while running.progress.snapshot().moved_up == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), uploading).await.unwrap();
    let journal = files(&journals).remove(0);
    let text = std::fs::read(&journal).unwrap();
    assert_eq!(run(running).await.proven(), 1);
    assert_eq!(files(&journals), Vec::<String>::new());
    std::fs::write(&journal, text).unwrap();
    let again = rig.lift(&["musicbrainz/release"]).await;
    assert_eq!((again.summary.skipped, again.summary.failed), (1, 0), "{:?}", again.facts);
    rig.assert_nothing_left().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_nearly_full_stops_an_archive_in_time_and_with_room_it_goes_on() {
    let words = &["musicbrainz/release"];
    let rig = Rig::at_rate(4 << 20).await;
    // No disk has so much to spare.
    let full = Options { reserve: u64::MAX, ..rig.options() };
    let ran = run(start(rig.plan(words, Mode::Keep).await, &rig.ends(), full)).await;
    assert_eq!(ran.failure().kind(), Kind::OutOfSpace, "{:?}", ran.facts);
    assert!(ran.failure().advice().is_some());
    let plan = rig.plan(words, Mode::Keep).await;
    let Verdict::Partly { downloaded, .. } = plan.lines[0].verdict else { panic!("{plan:?}") };
    assert!(downloaded > 0, "what was durable is kept");
    let before = rig.sandbox.faults().mirror_bytes_sent();
    assert_eq!(rig.run(plan).await.proven(), 1);
    let archives = rig.archives(words).await;
    rig.assert_identical(&archives).await;
    let again = rig.sandbox.faults().mirror_bytes_sent() - before;
    assert!(again <= archives[0].size - downloaded, "what was durable is moved again: {again} bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_somebody_watching_a_full_disk_makes_an_archive_wait_and_the_others_go_on() {
    let rig = Rig::at_rate(4 << 20).await;
    let full = Options { reserve: u64::MAX, patient: true, ..rig.options() };
    let words = &["musicbrainz/release", "musicbrainz/recording"];
    // This one needs no more of the disk.
    rig.run(rig.plan(&words[1..], Mode::Download).await).await;
    let running = start(rig.plan(words, Mode::Keep).await, &rig.ends(), full);
    let waiting = async {
        while running.progress.snapshot().archives.iter().all(|archive| archive.status != Status::Waiting) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap();
    running.control.stop();
    let ran = run(running).await;
    assert_eq!((ran.summary.interrupted, ran.proven()), (1, 1), "{:?}", ran.facts);
}
