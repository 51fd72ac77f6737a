//! Stores that check less than S3 does: what was put there is proven as far as they allow, and the proof says how far.

use brainzlift::Kind;
use brainzlift::sandbox::Checksums;
use brainzlift::sandbox::faults::{Fault, On, What as Wrong};
use brainzlift::transfer::{Checked, Checksum, Mode, Proof};

use crate::rig::{Ran, Rig};

const RELEASE: &str = "musicbrainz/release";
const OBJECT: &str = "/lifted/raw/musicbrainz/release.tar.xz";
/// Small enough for one request.
const ARTIST: &str = "musicbrainz/artist";
const SMALL_OBJECT: &str = "/lifted/raw/musicbrainz/artist.tar.xz";

fn only(ran: &Ran) -> &Proof {
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    &ran.summary.proofs[0]
}

/// Lifts a large and a small archive; both proofs must say `checksum`, and CRC64NVME must have ended as `crc64nvme`.
async fn proves(checksums: Checksums, checksum: Checksum, crc64nvme: Checked) -> Rig {
    let rig = Rig::with_checksums(checksums).await;
    for dataset in [RELEASE, ARTIST] {
        let ran = rig.lift(&[dataset]).await;
        let proof = only(&ran);
        assert_eq!((proof.checksum, proof.checksum_checked), (Some(checksum), Checked::Equal), "{dataset}");
        assert_eq!(proof.crc64nvme_checked, crc64nvme, "{dataset}");
    }
    rig.assert_identical(&rig.archives(&[RELEASE, ARTIST]).await).await;
    rig.assert_nothing_left().await;
    rig
}

fn headers_of_parts(rig: &Rig) -> usize {
    rig.sandbox.faults().seen().iter().filter(|seen| seen.query.contains("partNumber=")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_checks_all_is_asked_for_the_strongest() {
    let rig = proves(Checksums::Checked, Checksum::Crc64Nvme, Checked::Equal).await;
    assert!(headers_of_parts(&rig) >= 2, "one part would prove nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_without_crc64nvme_gets_crc32c() {
    proves(Checksums::WithoutCrc64Nvme, Checksum::Crc32c, Checked::NotGiven).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_without_any_of_the_newer_checksums_gets_md5() {
    proves(Checksums::Refused, Checksum::Md5, Checked::NotGiven).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_store_that_ignores_checksums_the_etags_are_compared() {
    proves(Checksums::Ignored, Checksum::Md5, Checked::NotGiven).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_names_a_checksum_and_gives_another_thing_back_is_not_believed() {
    proves(Checksums::Malformed, Checksum::Md5, Checked::Malformed).await;
}

const WEAK: [Checksums; 4] =
    [Checksums::WithoutCrc64Nvme, Checksums::Refused, Checksums::Ignored, Checksums::Malformed];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_store_checks_a_byte_that_was_flipped_on_the_way_is_found_and_sent_again() {
    for checksums in WEAK {
        let rig = Rig::with_checksums(checksums).await;
        let part = Fault::new(On::S3, OBJECT, Wrong::FlipByte { offset: None }).method("PUT");
        rig.sandbox.faults().add(part);
        let put = Fault::new(On::S3, SMALL_OBJECT, Wrong::FlipByte { offset: None }).method("PUT");
        rig.sandbox.faults().add(put);
        let ran = rig.lift(&[RELEASE, ARTIST]).await;
        assert_eq!(ran.proven(), 2, "{checksums:?}: {:?}", ran.facts);
        assert!(rig.sandbox.faults().hits().len() >= 2, "{checksums:?}: the fault never struck");
        rig.assert_identical(&rig.archives(&[RELEASE, ARTIST]).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_store_checks_bytes_that_always_arrive_damaged_are_no_object() {
    let tries = WEAK.into_iter().flat_map(|checksums| {
        [(RELEASE, OBJECT), (ARTIST, SMALL_OBJECT)]
            .map(|(dataset, path)| always_damaged(checksums, dataset, path))
    });
    // Each waits between its tries.
    futures::future::join_all(tries).await;
}

async fn always_damaged(checksums: Checksums, dataset: &str, path: &str) {
    let rig = Rig::with_checksums(checksums).await;
    let flip = Wrong::FlipByte { offset: None };
    rig.sandbox.faults().add(Fault::new(On::S3, path, flip).method("PUT").times(0));
    let ran = rig.lift(&[dataset]).await;
    assert_eq!(ran.failure().kind(), Kind::Integrity, "{checksums:?}: {}", ran.failure());
    assert_eq!(rig.object(path.trim_start_matches("/lifted/")).await, None, "{checksums:?}");
}

/// What was sent before the stop is proven too, or sent again.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_taken_up_again_goes_on_with_the_same_checksum() {
    for checksums in WEAK {
        let rig = Rig::with_checksums(checksums).await;
        rig.run(rig.plan(&[RELEASE], Mode::Download).await).await;
        // Twice: a refusal may mean that the payload was not signed, which is tried once.
        let second = Fault::new(On::S3, OBJECT, Wrong::AccessDenied).query("partNumber=2&").times(2);
        rig.sandbox.faults().add(second);
        let stopped = rig.run(rig.plan(&[RELEASE], Mode::Upload).await).await;
        assert_eq!(stopped.failure().kind(), Kind::Permission);
        let ran = rig.run(rig.plan(&[RELEASE], Mode::Upload).await).await;
        let expected =
            if checksums == Checksums::WithoutCrc64Nvme { Checksum::Crc32c } else { Checksum::Md5 };
        assert_eq!(only(&ran).checksum, Some(expected), "{checksums:?}");
        rig.assert_identical(&rig.archives(&[RELEASE]).await).await;
        rig.assert_nothing_left().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_of_a_file_alone_knows_its_crc64nvme_and_claims_no_comparison() {
    let rig = Rig::new().await;
    let down = rig.run(rig.plan(&[ARTIST], Mode::Download).await).await;
    let proof = only(&down);
    assert_eq!((proof.checksum, proof.checksum_checked), (None, Checked::NotApplicable));
    let crc64nvme = proof.crc64nvme.clone().unwrap();
    let up = rig.run(rig.plan(&[ARTIST], Mode::Upload).await).await;
    assert_eq!(only(&up).crc64nvme, Some(crc64nvme));
}
