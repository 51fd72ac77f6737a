//! What earlier runs, other dumps and other programs have left, and what becomes of it.

use brainzlift::transfer::{Action, Mode};

use crate::rig::{Rig, files};

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
