//! A look inside what stands in the bucket: every packing, as little as possible read, and nothing that a hostile archive could blow up.

use std::io::Write as _;

use brainzlift::error::Kind as Trouble;
use brainzlift::sandbox::faults::{Fault, On, What as Wrong};
use brainzlift::transfer::inside::{self, Ended, Kind, Member, Packing, Seen, Wanted};

use crate::fetch::bytes;
use crate::rig::Rig;

/// What was seen.
#[derive(Default, Debug)]
struct Saw {
    opened: Option<(Packing, bool)>,
    members: Vec<Member>,
    /// With the number of their member.
    lines: Vec<(usize, String, bool)>,
    binary: Vec<usize>,
    ended: Option<Ended>,
    failed: Option<(Trouble, String)>,
}

impl Saw {
    fn names(&self) -> Vec<&str> {
        self.members.iter().map(|member| member.name.as_str()).collect()
    }

    fn lines_of(&self, number: usize) -> Vec<&str> {
        self.lines.iter().filter(|(of, ..)| *of == number).map(|(_, text, _)| text.as_str()).collect()
    }
}

async fn look(wanted: Wanted) -> Saw {
    let (mut looking, mut saw) = (inside::start(wanted), Saw::default());
    while let Some(seen) = looking.seen.recv().await {
        let number = saw.members.len();
        match seen {
            Seen::Opened { packing, is_tar, .. } => saw.opened = Some((packing, is_tar)),
            Seen::Member(member) => saw.members.push(member),
            Seen::Line { text, is_cut } => saw.lines.push((number, text, is_cut)),
            Seen::Binary => saw.binary.push(number),
            Seen::Ended(ended) => saw.ended = Some(ended),
            Seen::Failed { why } => saw.failed = Some((why.kind(), why.to_string())),
            other => panic!("{other:?}"),
        }
    }
    assert!(saw.ended.is_some() != saw.failed.is_some(), "{saw:?}");
    saw
}

async fn put(rig: &Rig, key: &str, bytes: Vec<u8>) -> Wanted {
    let put = rig.bucket.client().put_object().bucket("lifted").key(key).body(bytes.into());
    put.send().await.unwrap();
    Wanted::new(&rig.bucket, key)
}

/// A tar of files; a name that ends in "/" is a folder.
fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        let is_folder = name.ends_with('/');
        header.set_entry_type(if is_folder { tar::EntryType::Directory } else { tar::EntryType::Regular });
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut packer = liblzma::write::XzEncoder::new(Vec::new(), 1);
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 1).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_packing_shows_its_members_and_their_first_lines() {
    let rig = Rig::new().await;
    let long = format!("mbdump/{}", "x".repeat(300));
    let tar = tarred(&[
        ("TIMESTAMP", b"2026-05-23"),
        ("mbdump/", b""),
        ("mbdump/artist", b"{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n"),
        ("mbdump/parquet", b"PAR1\x00\x01\x02"),
        (&long, b"\x1b[2Jx\n"),
    ]);
    let packings = [
        ("a.tar.xz", xz(&tar), Packing::Xz),
        ("a.tar.zst", zstd(&tar), Packing::Zstd),
        ("a.tar.gz", gzip(&tar), Packing::Gzip),
        ("a.tar.bz2", bzip2(&tar), Packing::Bzip2),
        ("a.tar", tar, Packing::None),
    ];
    for (key, bytes, packing) in packings {
        let wanted = put(&rig, key, bytes).await;
        let saw = look(Wanted { lines: 2, ..wanted }).await;
        assert_eq!(saw.opened, Some((packing, true)), "{key}");
        let names = ["TIMESTAMP", "mbdump/", "mbdump/artist", "mbdump/parquet", &long];
        assert_eq!(saw.names(), names, "{key}");
        assert_eq!((saw.members[1].kind, saw.members[2].size), (Kind::Folder, Some(24)));
        assert_eq!(saw.lines_of(1), ["2026-05-23"]);
        assert_eq!(saw.lines_of(3), ["{\"a\":1}", "{\"b\":2}"]);
        assert_eq!((saw.binary.as_slice(), saw.lines_of(5)), (&[4][..], vec!["\\u{1b}[2Jx"]));
        let ended = saw.ended.unwrap();
        assert_eq!((ended.members, ended.is_whole, ended.is_limited), (5, true, false), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_tar_is_its_own_only_member() {
    let rig = Rig::new().await;
    let text = b"one\ntwo\nthree\n";
    for (key, bytes, name, size) in [
        ("deep/a.json.xz", xz(text), "a.json", None),
        ("a.csv.gz", gzip(text), "a.csv", None),
        ("a.txt", text.to_vec(), "a.txt", Some(14)),
    ] {
        let wanted = put(&rig, key, bytes).await;
        let saw = look(Wanted { lines: 2, ..wanted }).await;
        assert_eq!((saw.names(), saw.members[0].size), (vec![name], size), "{key}");
        assert_eq!(saw.lines_of(1), ["one", "two"]);
    }
    let wanted = put(&rig, "empty.txt", Vec::new()).await;
    let saw = look(wanted).await;
    assert_eq!((saw.members.len(), saw.lines.len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_that_were_put_one_after_the_other_are_one() {
    let rig = Rig::new().await;
    for (key, pack) in [
        ("a.txt.xz", xz as fn(&[u8]) -> Vec<u8>),
        ("a.txt.gz", gzip),
        ("a.txt.bz2", bzip2),
        ("a.txt.zst", zstd),
    ] {
        let wanted = put(&rig, key, [pack(b"one\n"), pack(b"two\n")].concat()).await;
        assert_eq!(look(wanted).await.lines_of(1), ["one", "two"], "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_beginning_is_read_and_how_much_is_told() {
    let rig = Rig::new().await;
    let noise: Vec<u8> = bytes(8 << 20).iter().flat_map(|byte| [b'a' + byte % 26, b'\n']).collect();
    let tar = tarred(&[("first", b"one\n"), ("large", &noise), ("last", b"end\n")]);
    let packed = gzip(&tar);
    let size = packed.len() as u64;
    let wanted = put(&rig, "a.tar.gz", packed).await;
    let saw = look(Wanted { members: 2, ..wanted.clone() }).await;
    assert_eq!(saw.names(), ["first", "large"]);
    let ended = saw.ended.unwrap();
    assert!(ended.read < size / 2 && ended.size == size && !ended.is_limited, "{ended:?}");
    let limited = look(Wanted { most_read: 100_000, ..wanted.clone() }).await;
    let ended = limited.ended.unwrap();
    assert_eq!((limited.names(), ended.read, ended.is_limited), (vec!["first", "large"], 100_000, true));
    let missed = look(Wanted { most_read: 100_000, member: Some("last".into()), ..wanted.clone() }).await;
    assert_eq!(missed.failed.unwrap().0, Trouble::NotFound);
    let found = look(Wanted { member: Some("last".into()), ..wanted }).await;
    assert_eq!((found.lines, found.members.len()), (vec![(3, "end".to_owned(), false)], 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_archive_of_very_much_is_left_where_it_becomes_too_much() {
    let rig = Rig::new().await;
    let packed = zstd(&tarred(&[("zeros", &vec![b'0'; 64 << 20]), ("last", b"x")]));
    assert!(packed.len() < 100_000);
    let wanted = put(&rig, "a.tar.zst", packed).await;
    let saw = look(Wanted { most_unpacked: 1 << 20, ..wanted.clone() }).await;
    assert_eq!((saw.names(), saw.ended.unwrap().is_limited), (vec!["zeros"], true));
    // A line without an end is cut, and not kept in memory.
    assert_eq!((saw.lines[0].1.len(), saw.lines[0].2), (4 << 10, true));
    let huge = put(&rig, "b.txt.zst", zstd(&vec![b'0'; 64 << 20])).await;
    let saw = look(Wanted { most_unpacked: 1 << 20, ..huge }).await;
    assert!(saw.ended.unwrap().is_limited);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_or_a_name_that_wants_too_much_memory_is_refused() {
    let rig = Rig::new().await;
    let mut packer = zstd::stream::Encoder::new(Vec::new(), 1).unwrap();
    packer.window_log(30).unwrap();
    packer.include_contentsize(false).unwrap();
    packer.write_all(b"text\n").unwrap();
    let wanted = put(&rig, "a.txt.zst", packer.finish().unwrap()).await;
    assert!(look(wanted).await.failed.unwrap().1.contains("memory"), "zstd");
    let mut options = liblzma::stream::LzmaOptions::new_preset(1).unwrap();
    options.dict_size(512 << 20);
    let mut filters = liblzma::stream::Filters::new();
    filters.lzma2(&options);
    let stream =
        liblzma::stream::Stream::new_stream_encoder(&filters, liblzma::stream::Check::Crc64).unwrap();
    let mut packer = liblzma::write::XzEncoder::new_stream(Vec::new(), stream);
    packer.write_all(b"text\n").unwrap();
    let wanted = put(&rig, "a.txt.xz", packer.finish().unwrap()).await;
    assert!(look(wanted).await.failed.unwrap().1.contains("memory"), "xz");
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(16 << 20);
    header.set_cksum();
    let long = [header.as_bytes().to_vec(), vec![b'x'; 16 << 20]].concat();
    let wanted = put(&rig, "a.tar.gz", gzip(&long)).await;
    assert!(look(wanted).await.failed.unwrap().1.contains("too long"), "a name");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_or_something_else_or_gone_is_said() {
    let rig = Rig::new().await;
    let whole = xz(&tarred(&[("a", &bytes(100_000)), ("b", b"x")]));
    let cut = put(&rig, "cut.tar.xz", whole[..whole.len() / 2].to_vec()).await;
    let saw = look(cut).await;
    assert_eq!(saw.names(), ["a"]);
    assert!(saw.failed.unwrap().1.contains("ends in the middle"));
    let mut broken = whole.clone();
    let middle = broken.len() / 2;
    broken[middle] ^= 1;
    let wanted = put(&rig, "broken.tar.xz", broken).await;
    let (_, why) = look(wanted).await.failed.unwrap();
    assert!(why.contains("cannot be unpacked"), "{why}");
    let wanted = put(&rig, "text.tar.xz", b"not at all\n".to_vec()).await;
    assert!(look(wanted).await.failed.unwrap().1.contains("promises tar xz"));
    let wanted = put(&rig, "a.zip", b"PK\x03\x04rest".to_vec()).await;
    assert_eq!(look(wanted).await.failed.unwrap().0, Trouble::Unsupported);
    let gone = look(Wanted::new(&rig.bucket, "nothing")).await;
    assert_eq!(gone.failed.unwrap().0, Trouble::NotFound);
    let frozen = rig.bucket.client().put_object().bucket("lifted").key("cold.txt").body(b"x".to_vec().into());
    frozen.storage_class("GLACIER".into()).send().await.unwrap();
    assert_eq!(look(Wanted::new(&rig.bucket, "cold.txt")).await.failed.unwrap().0, Trouble::Archived);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_is_taken_up_and_a_look_that_is_dropped_stops_reading() {
    let rig = Rig::new().await;
    let wanted = put(&rig, "a.tar.xz", xz(&tarred(&[("a", &bytes(2 << 20)), ("b", b"x\n")]))).await;
    let reset = Fault::new(On::S3, "/lifted/a.tar.xz", Wrong::Reset { after: 300_000 }).method("GET");
    rig.sandbox.faults().add(reset);
    let saw = look(wanted).await;
    assert_eq!((saw.names(), saw.lines_of(2)), (vec!["a", "b"], vec!["x"]));
    let large = put(&rig, "b.tar", tarred(&[("a", &bytes(24 << 20)), ("b", b"x\n")])).await;
    let mut looking = inside::start(Wanted { lines: 0, ..large });
    while !matches!(looking.seen.recv().await, Some(Seen::Member(_))) {}
    looking.stop();
    while let Some(seen) = looking.seen.recv().await {
        assert!(!matches!(seen, Seen::Failed { .. }), "{seen:?}");
    }
}
