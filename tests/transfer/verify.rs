//! Looking again at what stands in the bucket: what is found out quickly, what only by reading it back, and what is only said.

use std::path::PathBuf;
use std::time::Duration;

use brainzlift::bucket::meta;
use brainzlift::catalog::{Archive, DatasetId, Family, Mirror};
use brainzlift::sandbox::faults::{Fault, On, What as Wrong};
use brainzlift::transfer::verify::{Checkup, Gap, News, Outcome, Report, Tally, Value, Wanted, verify};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::rig::Rig;

const RELEASE: &str = "musicbrainz/release";
const ARTIST: &str = "musicbrainz/artist";
const RELEASE_OBJECT: &str = "/lifted/raw/musicbrainz/release.tar.xz";

/// What came of a look.
struct Looked {
    report: Report,
    news: Vec<News>,
}

impl Looked {
    fn checkups(&self) -> Vec<&Checkup> {
        let mut checkups = Vec::new();
        for news in &self.news {
            if let News::Checked(checkup) = news {
                checkups.push(checkup);
            }
        }
        checkups
    }

    /// The only object that was looked at.
    fn only(&self) -> &Checkup {
        let checkups = self.checkups();
        assert_eq!(checkups.len(), 1, "{checkups:?}");
        checkups[0]
    }

    fn retries(&self) -> usize {
        self.news.iter().filter(|news| matches!(news, News::Retrying { .. })).count()
    }
}

fn wanted(rig: &Rig, deep: bool) -> Wanted {
    Wanted {
        bucket: rig.bucket.clone(),
        mirror: Some(rig.mirror.clone()),
        datasets: None,
        deep,
        state_dir: rig.options().state_dir,
        at_once: 2,
        stall: Duration::from_secs(2),
        outage: Duration::from_secs(10),
    }
}

async fn run(wanted: &Wanted, halt: &CancellationToken) -> Looked {
    let (sender, mut news) = mpsc::channel(1000);
    let tally = Tally::default();
    let report = verify(wanted, &sender, &tally, halt).await.unwrap();
    assert!(report.interrupted || tally.read() == tally.total(), "{tally:?}");
    drop(sender);
    let mut told = Vec::new();
    while let Some(what) = news.recv().await {
        told.push(what);
    }
    Looked { report, news: told }
}

async fn look(wanted: &Wanted) -> Looked {
    run(wanted, &CancellationToken::new()).await
}

async fn quick(rig: &Rig) -> Looked {
    look(&wanted(rig, false)).await
}

async fn deep(rig: &Rig) -> Looked {
    look(&wanted(rig, true)).await
}

/// As on a machine that lifted nothing.
fn elsewhere(rig: &Rig, deep: bool) -> Wanted {
    Wanted { state_dir: PathBuf::from("/nonexistent"), ..wanted(rig, deep) }
}

async fn lifted(words: &[&str]) -> (Rig, Vec<Archive>) {
    let rig = Rig::new().await;
    let ran = rig.lift(words).await;
    assert_eq!(ran.proven(), words.len(), "{:?}", ran.facts);
    let archives = rig.archives(words).await;
    (rig, archives)
}

/// What anybody with the keys can do: other bytes, with all the metadata of the right ones.
async fn put_with_metadata(rig: &Rig, archive: &Archive, bytes: Vec<u8>, class: Option<&str>) {
    let put = rig.bucket.client().put_object().bucket("lifted").key(archive.key());
    let put = put
        .metadata(meta::SHA256, archive.sha256.to_string())
        .metadata(meta::DUMP, &archive.dump.name)
        .metadata(meta::DATASET, archive.dataset.to_string())
        .set_storage_class(class.map(Into::into));
    put.body(bytes.into()).send().await.unwrap();
}

async fn put_bare(rig: &Rig, key: &str, bytes: Vec<u8>) {
    let put = rig.bucket.client().put_object().bucket("lifted").key(key);
    put.body(bytes.into()).send().await.unwrap();
}

fn flipped(archive: &Archive) -> Vec<u8> {
    let mut bytes = Rig::published(archive);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    bytes
}

fn differing(checkup: &Checkup) -> Vec<Value> {
    checkup.checks.iter().filter(|check| !check.equal).map(|check| check.what).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lifted_is_verified_without_reading_it_and_by_reading_it() {
    let (rig, archives) = lifted(&[RELEASE, ARTIST]).await;
    let looked = quick(&rig).await;
    assert_eq!((looked.report.verified, looked.report.objects, looked.report.read), (2, 2, 0));
    let looked = deep(&rig).await;
    assert_eq!((looked.report.verified, looked.report.objects), (2, 2), "{:?}", looked.news);
    assert_eq!(looked.report.read, archives.iter().map(|archive| archive.size).sum::<u64>());
    assert!(looked.checkups().iter().all(|checkup| checkup.read && checkup.gaps.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_bytes_under_the_right_metadata_are_found_quickly_here_and_deeply_anywhere() {
    let (rig, archives) = lifted(&[ARTIST]).await;
    put_with_metadata(&rig, &archives[0], flipped(&archives[0]), None).await;
    let here = quick(&rig).await;
    assert_eq!((here.report.wrong, differing(here.only())), (1, vec![Value::Crc64nvme]));
    let there = look(&elsewhere(&rig, false)).await;
    assert_eq!(there.report.cannot_tell, 1);
    assert!(there.only().gaps.contains(&Gap::NoProof));
    let read = look(&elsewhere(&rig, true)).await;
    assert_eq!(read.report.wrong, 1);
    assert!(differing(read.only()).contains(&Value::Sha256));
    assert!(rig.object(&archives[0].key()).await.is_some(), "verifying deleted something");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_machine_needs_to_read_what_it_did_not_put_there() {
    let (rig, _) = lifted(&[ARTIST]).await;
    assert_eq!(look(&elsewhere(&rig, false)).await.report.cannot_tell, 1);
    assert_eq!(look(&elsewhere(&rig, true)).await.report.verified, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shorter_object_is_wrong_by_its_size_and_is_not_even_read() {
    let (rig, archives) = lifted(&[ARTIST]).await;
    put_with_metadata(&rig, &archives[0], Rig::published(&archives[0])[..1000].to_vec(), None).await;
    let looked = look(&elsewhere(&rig, true)).await;
    assert_eq!((looked.report.wrong, looked.report.read), (1, 0));
    assert_eq!(differing(looked.only()), [Value::Size]);
}

#[tokio::test(flavor = "multi_thread")]
async fn metadata_that_contradicts_upstream_is_wrong() {
    let (rig, archives) = lifted(&[ARTIST]).await;
    let lying = Archive { sha256: brainzlift::sha256::Sha256Digest([7; 32]), ..archives[0].clone() };
    put_with_metadata(&rig, &lying, Rig::published(&archives[0]), None).await;
    let looked = look(&elsewhere(&rig, false)).await;
    assert_eq!((looked.report.wrong, differing(looked.only())), (1, vec![Value::Recorded]));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_metadata_an_object_is_told_by_the_proof_here_and_else_unknown() {
    let (rig, archives) = lifted(&[ARTIST]).await;
    put_bare(&rig, &archives[0].key(), Rig::published(&archives[0])).await;
    let looked = quick(&rig).await;
    assert_eq!(
        (looked.only().outcome, looked.only().gaps.as_slice()),
        (Outcome::Verified, [Gap::NoMetadata].as_slice())
    );
    assert_eq!(look(&elsewhere(&rig, true)).await.report.unknown, 1);
    put_bare(&rig, &archives[0].key(), flipped(&archives[0])).await;
    assert_eq!(quick(&rig).await.report.wrong, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_object_is_said_to_be_one_and_never_read() {
    let (rig, _) = lifted(&[ARTIST]).await;
    put_bare(&rig, "raw/musicbrainz/mine.tar", b"mine".to_vec()).await;
    let looked = deep(&rig).await;
    assert_eq!((looked.report.verified, looked.report.unknown), (1, 1));
    let strangers =
        looked.checkups().into_iter().find(|checkup| checkup.outcome == Outcome::Unknown).unwrap();
    assert_eq!((strangers.gaps.as_slice(), strangers.read), ([Gap::NotOurs].as_slice(), false));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_there_and_is_gone_is_wrong_for_whoever_names_it() {
    let (rig, archives) = lifted(&[ARTIST]).await;
    rig.bucket.client().delete_object().bucket("lifted").key(archives[0].key()).send().await.unwrap();
    assert_eq!(quick(&rig).await.report.objects, 0);
    let named = |id: &str| Wanted { datasets: Some(vec![DatasetId(id.to_owned())]), ..wanted(&rig, false) };
    let gone = look(&named(ARTIST)).await;
    assert_eq!((gone.report.wrong, gone.only().gaps.as_slice()), (1, [Gap::Missing].as_slice()));
    assert_eq!(gone.only().key, Some(archives[0].key()));
    let never = look(&named(RELEASE)).await;
    assert_eq!((never.report.cannot_tell, never.only().gaps.as_slice()), (1, [Gap::NeverThere].as_slice()));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_named_is_looked_at() {
    let (rig, _) = lifted(&[RELEASE, ARTIST]).await;
    let looked =
        look(&Wanted { datasets: Some(vec![DatasetId(ARTIST.to_owned())]), ..wanted(&rig, false) }).await;
    assert_eq!(looked.only().dataset, Some(DatasetId(ARTIST.to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_object_needs_a_restore_and_does_not_keep_the_others_from_being_read() {
    let (rig, archives) = lifted(&[RELEASE, ARTIST]).await;
    put_with_metadata(&rig, &archives[0], Rig::published(&archives[0]), Some("GLACIER")).await;
    let looked = deep(&rig).await;
    assert_eq!((looked.report.verified, looked.report.cannot_tell), (1, 1), "{:?}", looked.news);
    let frozen =
        looked.checkups().into_iter().find(|checkup| checkup.outcome == Outcome::CannotTell).unwrap();
    assert!(frozen.gaps.contains(&Gap::Archived));
    assert_eq!(frozen.class.as_deref(), Some("GLACIER"));
}

fn get(what: Wrong) -> Fault {
    Fault::new(On::S3, RELEASE_OBJECT, what).method("GET")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_is_taken_up_where_it_broke() {
    for what in [
        Wrong::Reset { after: 3_000_000 },
        Wrong::Truncate { after: 3_000_000 },
        Wrong::Stall { after: 3_000_000, seconds: 60 },
        Wrong::SlowDown,
    ] {
        let (rig, archives) = lifted(&[RELEASE]).await;
        rig.sandbox.faults().add(get(what.clone()));
        let looked = deep(&rig).await;
        assert_eq!((looked.report.verified, looked.retries()), (1, 1), "{what:?}: {:?}", looked.news);
        assert_eq!(looked.report.read, archives[0].size, "{what:?}: something was read twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_byte_that_was_damaged_on_the_way_here_does_not_make_an_object_wrong() {
    let (rig, archives) = lifted(&[RELEASE]).await;
    rig.sandbox.faults().add(get(Wrong::FlipByte { offset: None }));
    let looked = deep(&rig).await;
    assert_eq!((looked.report.verified, looked.report.read), (1, 2 * archives[0].size));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_is_replaced_while_it_is_read_is_not_mixed_with_the_new_one() {
    let (rig, _) = lifted(&[RELEASE]).await;
    rig.sandbox.faults().add(get(Wrong::Reset { after: 3_000_000 }));
    rig.sandbox.faults().add(get(Wrong::ChangedEtag).skip(1));
    let looked = deep(&rig).await;
    assert_eq!((looked.report.cannot_tell, looked.report.verified), (1, 0));
    assert!(looked.only().gaps.contains(&Gap::Replaced), "{:?}", looked.news);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_cannot_be_read_says_why_and_the_others_are_read() {
    let (rig, _) = lifted(&[RELEASE, ARTIST]).await;
    rig.sandbox.faults().add(get(Wrong::AccessDenied).times(0));
    let looked = deep(&rig).await;
    assert_eq!((looked.report.cannot_tell, looked.report.verified), (1, 1));
    let checkups = looked.checkups();
    let errors: Vec<&String> = checkups.iter().filter_map(|checkup| checkup.error.as_ref()).collect();
    assert!(checkups.iter().any(|checkup| checkup.gaps.contains(&Gap::Unreadable)));
    assert!(errors.len() == 1 && errors[0].contains("release.tar.xz"), "{errors:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_that_is_gone_from_the_mirror_is_held_against_the_proof_or_its_metadata() {
    let (rig, _) = lifted(&[ARTIST]).await;
    rig.fault(On::Mirror, "*/json-dumps/2*", Wrong::Vanish);
    let looked = quick(&rig).await;
    assert_eq!(
        (looked.only().outcome, looked.only().gaps.as_slice()),
        (Outcome::Verified, [Gap::NoLongerPublished].as_slice())
    );
    assert_eq!(look(&elsewhere(&rig, false)).await.report.cannot_tell, 1);
    assert_eq!(look(&elsewhere(&rig, true)).await.report.verified, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_that_does_not_answer_is_said_once_and_the_proofs_are_compared() {
    let (rig, _) = lifted(&[RELEASE, ARTIST]).await;
    let silent = Mirror::new("http://127.0.0.1:1/".parse().unwrap()).unwrap();
    let looked = look(&Wanted { mirror: Some(silent), ..wanted(&rig, false) }).await;
    assert_eq!(looked.report.verified, 2);
    let said = looked.news.iter().filter(|news| matches!(news, News::MirrorSilent { .. })).count();
    assert_eq!(said, 1);
    assert!(looked.checkups().iter().all(|checkup| checkup.gaps == [Gap::NotAsked]));
    let without = look(&Wanted { mirror: None, ..wanted(&rig, false) }).await;
    assert_eq!(without.report.verified, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn being_stopped_ends_it_soon_and_is_told() {
    let (rig, _) = lifted(&[RELEASE]).await;
    rig.sandbox.faults().add(get(Wrong::Stall { after: 1_000_000, seconds: 60 }));
    let wanted = Wanted { stall: Duration::from_mins(1), ..wanted(&rig, true) };
    let halt = CancellationToken::new();
    let stop = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        halt.cancel();
    };
    let looking = tokio::time::timeout(Duration::from_secs(10), run(&wanted, &halt));
    let (looked, ()) = tokio::join!(looking, stop);
    let report = looked.unwrap().report;
    assert!(report.interrupted && report.objects == 0, "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_asked_for_one_dump_by_its_name() {
    let rig = Rig::new().await;
    for (family, word) in
        [(Family::MusicbrainzJson, ARTIST), (Family::ListenbrainzFull, "listenbrainz/listens")]
    {
        let archive = rig.archives(&[word]).await.remove(0);
        let published =
            rig.mirror.published(family, &archive.dump.name, &archive.name).await.unwrap().unwrap();
        assert_eq!((published.sha256, published.size), (archive.sha256, Some(archive.size)), "{word}");
        for (dump, name) in
            [("../..", archive.name.as_str()), (&archive.dump.name, "../x"), (&archive.dump.name, "none")]
        {
            assert_eq!(rig.mirror.published(family, dump, name).await.unwrap(), None, "{dump} {name}");
        }
    }
    assert_eq!(
        rig.mirror.published(Family::MusicbrainzJson, "20010101-000000", "artist.tar.xz").await.unwrap(),
        None
    );
}
