//! Fetching back: what comes is what stands in the bucket, whatever happens on the way, and nothing else ever gets the file's name.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use brainzlift::bucket::meta;
use brainzlift::error::Kind;
use brainzlift::sandbox::Checksums;
use brainzlift::sandbox::faults::{Fault, On, What as Wrong};
use brainzlift::sha256::Sha256Digest;
use brainzlift::transfer::fetch::{self, Fetched, Gap, Item, Options, Running, Skip, State, Summary, What};
use brainzlift::transfer::verify::{Against, Value};
use sha2::{Digest, Sha256};

use crate::rig::Rig;

pub(crate) const KEY: &str = "raw/thing.bin";
const OBJECT: &str = "/lifted/raw/thing.bin";
/// Small, so that there are many.
const RANGE: u64 = 64 << 10;

pub(crate) fn bytes(length: usize) -> Vec<u8> {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}

async fn put(rig: &Rig, bytes: &[u8]) {
    let put = rig.bucket.client().put_object().bucket("lifted").key(KEY).body(bytes.to_vec().into());
    let crc = crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, bytes).to_be_bytes();
    let put = put.checksum_crc64_nvme(base64::engine::general_purpose::STANDARD.encode(crc));
    put.metadata(meta::SHA256, hex::encode(Sha256::digest(bytes))).send().await.unwrap();
}

/// Without metadata, and with no checksum that is asked for.
pub(crate) async fn put_bare(rig: &Rig, bytes: &[u8], class: Option<&str>) {
    let put = rig.bucket.client().put_object().bucket("lifted").key(KEY).body(bytes.to_vec().into());
    put.set_storage_class(class.map(Into::into)).send().await.unwrap();
}

fn options(rig: &Rig) -> Options {
    Options {
        range: RANGE,
        stall: Duration::from_secs(2),
        outage: Duration::from_secs(10),
        ..Options::new(rig.options().state_dir)
    }
}

fn file(rig: &Rig) -> PathBuf {
    rig.dir.path().join("fetched/thing.bin")
}

fn part(rig: &Rig) -> PathBuf {
    rig.dir.path().join("fetched/thing.bin.part")
}

struct Ran {
    news: Vec<What>,
    summary: Summary,
}

impl Ran {
    fn fetched(&self) -> &Fetched {
        let found = self.news.iter().find_map(|what| match what {
            What::Fetched(fetched) => Some(&**fetched),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("not fetched: {:?}", self.news))
    }

    fn failure(&self) -> &brainzlift::Error {
        let found = self.news.iter().find_map(|what| match what {
            What::Failed { why } => Some(&**why),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("nothing failed: {:?}", self.news))
    }

    fn count(&self, is: impl Fn(&What) -> bool) -> usize {
        self.news.iter().filter(|what| is(what)).count()
    }

    fn from(&self) -> u64 {
        let found = self.news.iter().find_map(|what| match what {
            What::Started { from, .. } => Some(*from),
            _ => None,
        });
        found.unwrap()
    }

    fn restarts(&self) -> usize {
        self.count(|what| matches!(what, What::Restarted { .. }))
    }
}

async fn end(mut running: Running) -> Ran {
    let mut news = Vec::new();
    while let Some(told) = running.news.recv().await {
        news.push(told.what);
    }
    Ran { news, summary: running.finish().await }
}

async fn fetch_with(rig: &Rig, options: Options) -> Ran {
    end(fetch::start(&rig.bucket, vec![Item::new(KEY, file(rig))], options)).await
}

async fn get(rig: &Rig) -> Ran {
    fetch_with(rig, options(rig)).await
}

fn get_fault(what: Wrong) -> Fault {
    Fault::new(On::S3, OBJECT, what).method("GET")
}

fn add(rig: &Rig, fault: Fault) {
    rig.sandbox.faults().add(fault);
}

fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

fn assert_nothing_left(rig: &Rig) {
    assert!(!part(rig).exists(), "an unfinished file is left");
    assert_eq!(crate::rig::files(&rig.options().state_dir.join("fetch")), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_ranges_become_the_very_object_with_its_date_and_all_checks() {
    let rig = Rig::new().await;
    let whole = bytes(1_000_003);
    put(&rig, &whole).await;
    let running = fetch::start(&rig.bucket, vec![Item::new(KEY, file(&rig))], options(&rig));
    let tally = std::sync::Arc::clone(&running.tally);
    let ran = end(running).await;
    assert!(read(&file(&rig)) == Some(whole.clone()));
    let fetched = ran.fetched();
    let checked: Vec<_> = fetched.checks.iter().map(|check| (check.what, check.against)).collect();
    assert_eq!(checked, [(Value::Sha256, Against::Metadata), (Value::Crc64nvmeRead, Against::Store)]);
    assert_eq!((fetched.size, fetched.gaps.len(), ran.summary.moved), (1_000_003, 0, 1_000_003));
    assert_eq!((tally.total(), tally.here(), tally.sample(0).state), (1_000_003, 1_000_003, State::Fetched));
    let there = rig.bucket.head(KEY).await.unwrap().unwrap().modified.unwrap();
    let here = file(&rig).metadata().unwrap().modified().unwrap();
    assert_eq!(here.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs(), there.unsigned_abs());
    assert_nothing_left(&rig);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_object_becomes_an_empty_file_and_a_folders_key_none() {
    let rig = Rig::new().await;
    put(&rig, b"").await;
    let items = vec![Item::new(KEY, file(&rig)), Item::new("raw/", rig.dir.path().join("fetched"))];
    let ran = end(fetch::start(&rig.bucket, items, options(&rig))).await;
    assert_eq!(read(&file(&rig)), Some(Vec::new()));
    assert_eq!((ran.summary.fetched, ran.summary.skipped), (1, 1));
    assert_eq!(ran.count(|what| matches!(what, What::Skipped(Skip::Folder))), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_byte_that_was_flipped_on_the_way_is_fetched_once_more() {
    let rig = Rig::new().await;
    let whole = bytes(300_000);
    put(&rig, &whole).await;
    add(&rig, get_fault(Wrong::FlipByte { offset: Some(7) }).skip(1));
    let ran = get(&rig).await;
    assert_eq!((ran.restarts(), ran.summary.fetched), (1, 1), "{:?}", ran.news);
    assert!(read(&file(&rig)) == Some(whole));
    assert_nothing_left(&rig);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_byte_that_is_always_flipped_is_refused_and_nothing_stays() {
    let rig = Rig::new().await;
    // Of one range, which a client that trusts its own comparison would call a broken answer.
    for length in [300_000, 10_000] {
        put(&rig, &bytes(length)).await;
        add(&rig, get_fault(Wrong::FlipByte { offset: Some(9) }).times(0));
        let ran = get(&rig).await;
        assert_eq!((ran.failure().kind(), ran.restarts()), (Kind::Integrity, 1), "{:?}", ran.news);
        assert_eq!(ran.summary.failures, [Kind::Integrity]);
        assert!(!file(&rig).exists());
        assert_nothing_left(&rig);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_has_wrong_is_refused_by_a_published_digest() {
    let rig = Rig::new().await;
    put_bare(&rig, &bytes(100_000), None).await;
    let item = Item { published: Some(Sha256Digest([7; 32])), ..Item::new(KEY, file(&rig)) };
    let ran = end(fetch::start(&rig.bucket, vec![item], options(&rig))).await;
    assert_eq!(ran.failure().kind(), Kind::Integrity);
    assert!(!file(&rig).exists());
    assert_nothing_left(&rig);
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_answers_are_taken_up_where_they_broke() {
    let rig = Rig::new().await;
    let whole = bytes(500_000);
    put(&rig, &whole).await;
    for wrong in [
        Wrong::Reset { after: 20_000 },
        Wrong::Truncate { after: 30_000 },
        Wrong::Stall { after: 10_000, seconds: 30 },
        Wrong::InternalError,
        Wrong::SlowDown,
        Wrong::Refuse,
        Wrong::WrongContentRange,
    ] {
        add(&rig, get_fault(wrong.clone()).skip(2));
        let ran = get(&rig).await;
        assert_eq!(ran.summary.fetched, 1, "{wrong:?}: {:?}", ran.news);
        assert_eq!(ran.count(|what| matches!(what, What::Retrying { .. })), 1, "{wrong:?}");
        assert!(ran.summary.moved <= 500_000 + RANGE, "{wrong:?} moved {}", ran.summary.moved);
        assert!(read(&file(&rig)) == Some(whole.clone()), "{wrong:?}");
        std::fs::remove_file(file(&rig)).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_in_the_middle_it_goes_on_where_it_was() {
    let rig = Rig::new().await;
    let whole = bytes(2_000_000);
    put(&rig, &whole).await;
    add(&rig, get_fault(Wrong::Stall { after: 0, seconds: 60 }).skip(20).times(0));
    let slow = Options { stall: Duration::from_mins(1), ..options(&rig) };
    let running = fetch::start(&rig.bucket, vec![Item::new(KEY, file(&rig))], slow);
    let (tally, cancel) = (std::sync::Arc::clone(&running.tally), running.cancel.clone());
    tokio::spawn(async move {
        while tally.moved() < 20 * RANGE {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        cancel.cancel();
    });
    let ran = end(running).await;
    assert_eq!((ran.summary.interrupted, ran.summary.moved), (1, 20 * RANGE));
    assert!(part(&rig).exists() && !file(&rig).exists());
    rig.sandbox.faults().clear();
    let again = get(&rig).await;
    // Ranges that came before an earlier one had come are all that is moved twice.
    let window = 6 * RANGE;
    assert!((20 * RANGE - window..=20 * RANGE).contains(&again.from()), "{}", again.from());
    assert_eq!(again.from() + again.summary.moved, 2_000_000);
    assert!(read(&file(&rig)) == Some(whole));
    assert_nothing_left(&rig);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_an_object_that_was_replaced_meanwhile_is_thrown_away() {
    let rig = Rig::new().await;
    put(&rig, &bytes(2_000_000)).await;
    add(&rig, get_fault(Wrong::Stall { after: 0, seconds: 60 }).skip(10).times(0));
    let running = fetch::start(&rig.bucket, vec![Item::new(KEY, file(&rig))], options(&rig));
    while running.tally.moved() < 10 * RANGE {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let other: Vec<u8> = bytes(1_500_000).into_iter().rev().collect();
    put(&rig, &other).await;
    rig.sandbox.faults().clear();
    // The ranges that stand still are asked for again, and S3 says 412.
    let ran = end(running).await;
    assert_eq!((ran.restarts(), ran.summary.fetched), (1, 1), "{:?}", ran.news);
    assert!(read(&file(&rig)) == Some(other));
    assert_nothing_left(&rig);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_the_object_is_left_alone_and_another_one_only_replaced_when_told() {
    let rig = Rig::new().await;
    let whole = bytes(100_000);
    put(&rig, &whole).await;
    get(&rig).await;
    let again = get(&rig).await;
    assert_eq!((again.summary.skipped, again.summary.moved), (1, 0));
    let other = vec![0; 100_000];
    std::fs::write(file(&rig), &other).unwrap();
    let refused = get(&rig).await;
    assert!(refused.failure().advice().unwrap().contains("--replace"));
    assert!(read(&file(&rig)) == Some(other));
    let told = fetch_with(&rig, Options { replace: true, ..options(&rig) }).await;
    assert_eq!(told.summary.fetched, 1);
    assert!(read(&file(&rig)) == Some(whole));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_was_archived_is_said_to_need_a_restore() {
    let rig = Rig::new().await;
    put_bare(&rig, &bytes(1000), Some("DEEP_ARCHIVE")).await;
    let ran = get(&rig).await;
    assert_eq!(ran.failure().kind(), Kind::Archived);
    assert!(ran.failure().advice().unwrap().contains("restore"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_keeps_no_checksum_is_compared_by_its_etag_and_where_that_says_nothing_it_is_said() {
    let rig = Rig::with_checksums(Checksums::Ignored).await;
    let whole = bytes(200_000);
    put_bare(&rig, &whole, None).await;
    let ran = get(&rig).await;
    let checked: Vec<_> = ran.fetched().checks.iter().map(|check| check.what).collect();
    assert_eq!((checked, ran.fetched().gaps.len()), (vec![Value::Md5], 0));
    std::fs::remove_file(file(&rig)).unwrap();
    add(&rig, get_fault(Wrong::FlipByte { offset: Some(1) }).times(0));
    assert_eq!(get(&rig).await.failure().kind(), Kind::Integrity);
    rig.sandbox.faults().clear();
    let client = rig.bucket.client();
    let upload = client.create_multipart_upload().bucket("lifted").key(KEY).send().await.unwrap();
    let id = upload.upload_id().unwrap();
    let sent = client.upload_part().bucket("lifted").key(KEY).upload_id(id).part_number(1);
    let sent = sent.body(whole.clone().into()).send().await.unwrap();
    let part = aws_sdk_s3::types::CompletedPart::builder().part_number(1).set_e_tag(sent.e_tag).build();
    let parts = aws_sdk_s3::types::CompletedMultipartUpload::builder().parts(part).build();
    let complete = client.complete_multipart_upload().bucket("lifted").key(KEY).upload_id(id);
    complete.multipart_upload(parts).send().await.unwrap();
    let ran = get(&rig).await;
    assert_eq!((ran.fetched().checks.len(), &*ran.fetched().gaps), (0, &[Gap::NotChecked][..]));
    assert!(read(&file(&rig)) == Some(whole));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_too_small_is_said_before_the_first_byte() {
    let rig = Rig::new().await;
    put(&rig, &bytes(10_000)).await;
    let ran = fetch_with(&rig, Options { reserve: u64::MAX / 2, ..options(&rig) }).await;
    assert_eq!((ran.failure().kind(), ran.summary.moved), (Kind::OutOfSpace, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_holds() {
    let rig = Rig::new().await;
    put(&rig, &bytes(600_000)).await;
    let limited = Options { limit: "300000".parse().unwrap(), ..options(&rig) };
    let began = std::time::Instant::now();
    assert_eq!(fetch_with(&rig, limited).await.summary.fetched, 1);
    assert!(began.elapsed() > Duration::from_millis(1500), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lifted_comes_back_as_published_and_nobody_else_may_work_on_it_meanwhile() {
    let rig = Rig::new().await;
    let archive = rig.archives(&["musicbrainz/artist"]).await.remove(0);
    assert_eq!(rig.lift(&["musicbrainz/artist"]).await.proven(), 1);
    let to = rig.dir.path().join("back/artist.tar.xz");
    let item = Item { published: Some(archive.sha256), ..Item::new(archive.key(), to.clone()) };
    let ran = end(fetch::start(&rig.bucket, vec![item.clone()], options(&rig))).await;
    let against: Vec<_> = ran.fetched().checks.iter().map(|check| check.against).collect();
    assert_eq!(against, [Against::Published, Against::Proof, Against::Metadata, Against::Store]);
    assert!(read(&to) == Some(Rig::published(&archive)));
    let twins = vec![item.clone(), item];
    let ran = end(fetch::start(&rig.bucket, twins, options(&rig))).await;
    assert_eq!((ran.summary.skipped, ran.summary.failed), (1, 1));
}
