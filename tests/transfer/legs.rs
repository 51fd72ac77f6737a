//! What is moved, on which leg, and what is proven of it.

use brainzlift::transfer::{Action, Checked, Choice, Mode, Verdict, What};

use crate::rig::Rig;

#[tokio::test(flavor = "multi_thread")]
async fn the_guides_four_end_in_the_bucket_identical_and_proven() {
    let rig = Rig::new().await;
    let ran = rig.lift(&["musicbrainz"]).await;
    assert_eq!((ran.summary.archives, ran.proven()), (4, 4));
    rig.assert_identical(&rig.archives(&["musicbrainz"]).await).await;
    rig.assert_nothing_left().await;
    for proof in &ran.summary.proofs {
        assert_eq!((proof.size_checked, proof.crc64nvme_checked), (Checked::Equal, Checked::Equal));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_time_no_archive_byte_moves() {
    let rig = Rig::new().await;
    rig.lift(&["musicbrainz"]).await;
    let sent = rig.sandbox.faults().mirror_bytes_sent();
    let again = rig.lift(&["musicbrainz"]).await;
    assert_eq!((again.summary.skipped, again.proven(), again.summary.bytes), (4, 0, 0));
    assert_eq!(rig.sandbox.faults().mirror_bytes_sent(), sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn objects_carry_their_dump_their_source_and_their_digest() {
    let rig = Rig::new().await;
    rig.lift(&["musicbrainz/artist"]).await;
    let archive = rig.archives(&["musicbrainz/artist"]).await.remove(0);
    let object = rig.bucket.head(&archive.key()).await.unwrap().unwrap();
    assert_eq!(object.sha256, Some(archive.sha256));
    assert_eq!(object.dump, Some(archive.dump.name.clone()));
    assert_eq!(object.dataset.as_deref(), Some("musicbrainz/artist"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_alone_and_then_an_upload_alone_are_a_lift() {
    let rig = Rig::new().await;
    let down = rig.run(rig.plan(&["musicbrainz"], Mode::Download).await).await;
    assert_eq!((down.proven(), down.summary.uploaded), (4, 0));
    let up = rig.run(rig.plan(&["musicbrainz"], Mode::Upload).await).await;
    assert_eq!((up.proven(), up.summary.downloaded), (4, 0));
    rig.assert_identical(&rig.archives(&["musicbrainz"]).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_download_finds_what_it_has_proven() {
    let rig = Rig::new().await;
    rig.run(rig.plan(&["musicbrainz/artist"], Mode::Download).await).await;
    let plan = rig.plan(&["musicbrainz/artist"], Mode::Download).await;
    assert_eq!(plan.lines[0].action, Action::Skip);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_touched_since_its_proof_is_not_believed() {
    let rig = Rig::new().await;
    rig.run(rig.plan(&["musicbrainz/artist"], Mode::Download).await).await;
    let archive = rig.archives(&["musicbrainz/artist"]).await.remove(0);
    let mut bytes = Rig::published(&archive);
    bytes[1000] ^= 1;
    std::fs::write(rig.path_here(&archive), bytes).unwrap();
    let up = rig.run(rig.plan(&["musicbrainz/artist"], Mode::Upload).await).await;
    assert_eq!(up.failure().kind(), brainzlift::Kind::Integrity);
    assert_eq!(rig.object(&archive.key()).await, None);
    let lifted = rig.lift(&["musicbrainz/artist"]).await;
    assert_eq!(lifted.proven(), 1, "keep mode fetches it anew: {:?}", lifted.facts);
    rig.assert_identical(&[archive]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_object_stays_until_replacing_it_is_asked_for() {
    let rig = Rig::new().await;
    let archives = rig.archives(&["musicbrainz/artist"]).await;
    let key = archives[0].key();
    let put = rig.bucket.client().put_object().bucket("lifted").key(&key);
    put.body(b"mine".to_vec().into()).send().await.unwrap();
    let ran = rig.lift(&["musicbrainz/artist"]).await;
    assert_eq!((ran.proven(), ran.summary.failed), (0, 1));
    assert_eq!(rig.object(&key).await, Some(b"mine".to_vec()));
    let choice = Choice { replace_unknown: true, ..Choice::default() };
    let ran = rig.run(rig.plan_of(&archives, choice).await).await;
    assert_eq!(ran.proven(), 1);
    rig.assert_identical(&archives).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_archive_goes_up_in_parts_while_it_comes_down() {
    let rig = Rig::at_rate(6 << 20).await;
    let ran = rig.lift(&["musicbrainz/release"]).await;
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    let parts = rig.sandbox.faults().seen().iter().filter(|seen| seen.query.contains("partNumber=")).count();
    assert!(parts >= 2, "one part would prove nothing");
    let order: Vec<&What> = ran.facts.iter().map(|fact| &fact.what).collect();
    assert!(matches!(order.last(), Some(What::Proven(_))), "{order:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_the_bucket_is_told_before_anything_is_done() {
    let rig = Rig::new().await;
    rig.lift(&["musicbrainz/artist"]).await;
    let plan = rig.plan(&["musicbrainz"], Mode::Keep).await;
    let current = plan.lines.iter().filter(|line| line.verdict == Verdict::Current).count();
    assert_eq!((current, plan.to_lift().count()), (1, 3));
    assert_eq!(plan.down(), plan.to_lift().map(|line| line.archive.size).sum::<u64>());
}
