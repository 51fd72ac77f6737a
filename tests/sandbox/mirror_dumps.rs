//! What the sample dumps hold: upstream's folders, archives that unpack, and digests that are theirs.

use std::io::Read;
use std::path::Path;

use brainzlift::sandbox::Scale;
use brainzlift::sandbox::mirror::samples::ensure;
use md5::Md5;
use sha2::{Digest, Sha256};

use crate::mirror_kit::{NEWEST, on_disk, samples, served};

/// All files below a folder, with their bytes, sorted.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.push((name, std::fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The members of an archive, in order, with their bytes.
fn members(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let plain: Box<dyn Read> = match name.rsplit('.').next().unwrap() {
        "xz" => Box::new(liblzma::read::XzDecoder::new(bytes)),
        "zst" => Box::new(zstd::Decoder::new(bytes).unwrap()),
        _ => Box::new(bytes),
    };
    let mut tar = tar::Archive::new(plain);
    let member = |entry: std::io::Result<tar::Entry<'_, _>>| {
        let mut entry = entry.unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.path().unwrap().to_str().unwrap().to_owned(), bytes)
    };
    tar.entries().unwrap().map(member).collect()
}

fn is_archive(name: &str) -> bool {
    [".tar", ".tar.xz", ".tar.zst"].iter().any(|end| name.ends_with(end))
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let again = ensure(dir.path(), Scale::Test).await.unwrap();
    assert!(files(&again) == files(samples().await));
}

#[tokio::test]
async fn every_archive_unpacks() {
    let archives: Vec<_> = files(samples().await).into_iter().filter(|(name, _)| is_archive(name)).collect();
    assert_eq!(archives.len(), 2 * 11 + 2 * 3 + 2 + 4 * 2 + 2 + 1 + 2);
    for (name, bytes) in archives {
        let members = members(&name, &bytes);
        assert!(members.len() > 3 && members.iter().all(|(_, bytes)| !bytes.is_empty()), "{name}");
    }
}

#[tokio::test]
async fn every_published_digest_is_the_archives() {
    let all = files(samples().await);
    let bytes_of = |name: &str| &all.iter().find(|(other, _)| other == name).unwrap().1;
    let mut checked = 0;
    for (name, published) in &all {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = String::from_utf8_lossy(published);
        if name.ends_with("SHA256SUMS") || name.ends_with("MD5SUMS") {
            for line in text.lines() {
                let (digest, archive) = line.split_once(" *").unwrap();
                let bytes = bytes_of(&format!("{folder}/{archive}"));
                let is = if digest.len() == 64 {
                    hex::encode(Sha256::digest(bytes))
                } else {
                    hex::encode(Md5::digest(bytes))
                };
                assert_eq!(digest, is, "{name}: {archive}");
                checked += 1;
            }
        } else if let Some(archive) = name.strip_suffix(".sha256") {
            // Bare hexadecimal digits, without a newline.
            assert_eq!(text, hex::encode(Sha256::digest(bytes_of(archive))), "{name}");
            checked += 1;
        } else if let Some(archive) = name.strip_suffix(".md5") {
            assert_eq!(text, hex::encode(Md5::digest(bytes_of(archive))), "{name}");
            checked += 1;
        }
    }
    // 22 archives in checksum files, twice; 21 with files beside them, one of which is still missing.
    assert_eq!(checked, 22 * 2 + 21 * 2 - 1);
}

#[tokio::test]
async fn a_json_archive_has_upstreams_members_in_upstreams_order() {
    let bytes = std::fs::read(on_disk(&format!("{NEWEST}release-group.tar.xz")).await).unwrap();
    let members = members("release-group.tar.xz", &bytes);
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    let wanted = "TIMESTAMP COPYING README REPLICATION_SEQUENCE SCHEMA_SEQUENCE mbdump/release-group JSON_DUMPS_SCHEMA_NUMBER";
    assert_eq!(names.join(" "), wanted);
    let records = std::str::from_utf8(&members[5].1).unwrap();
    assert!(!records.ends_with('\n'));
    for line in records.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(record["id"].as_str().unwrap().len(), 36);
        assert!(record["title"].is_string() && record["artist-credit"][0]["artist"]["name"].is_string());
    }
}

#[tokio::test]
async fn listens_lie_by_year_and_month_in_the_archives_own_folder() {
    let stem = "listenbrainz-listens-dump-2640-20260901-000003-full";
    let path = format!("listenbrainz/fullexport/listenbrainz-dump-2640-20260901-000003-full/{stem}.tar.zst");
    let members = members(&path, &std::fs::read(on_disk(&path).await).unwrap());
    let names: Vec<&str> = members.iter().map(|(name, _)| name.strip_prefix(stem).unwrap()).collect();
    assert_eq!(names[..4], ["/SCHEMA_SEQUENCE", "/TIMESTAMP", "/COPYING", "/listens/2025/11.listens"]);
    assert_eq!(names.last(), Some(&"/listens/2026/2.listens"));
    for line in std::str::from_utf8(&members[3].1).unwrap().lines() {
        let listen: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(listen["user_name"].is_string() && listen["track_metadata"]["artist_name"].is_string());
        let time = jiff::Timestamp::from_second(listen["timestamp"].as_i64().unwrap()).unwrap();
        assert!(time.to_string().starts_with("2025-11-"), "{time}");
    }
}

#[tokio::test]
async fn a_spark_archive_holds_parquet() {
    let stem = "listenbrainz-spark-dump-2655-20260915-000003-full";
    let path = format!("listenbrainz/fullexport/listenbrainz-dump-2655-20260915-000003-full/{stem}.tar");
    let members = members(&path, &std::fs::read(on_disk(&path).await).unwrap());
    let (name, bytes) = members.last().unwrap();
    assert_eq!(*name, format!("{stem}/0.parquet"));
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    let footer = u32::from_le_bytes(bytes[bytes.len() - 8..][..4].try_into().unwrap());
    let footer = &bytes[bytes.len() - 8 - footer as usize..];
    assert!(footer.windows(11).any(|window| window == b"listened_at"));
}

#[tokio::test]
async fn the_newest_full_dump_still_lacks_the_digest_of_its_listens() {
    let mirror = served(0).await;
    let listing = mirror.text("listenbrainz/fullexport/").await;
    for folder in ["2640-20260901-000003-full/", "2655-20260915-000003-full/", "2657-20260916-000003-db/"] {
        assert!(listing.contains(&format!("href=\"listenbrainz-dump-{folder}\"")), "{listing}");
    }
    let newest = "listenbrainz/fullexport/listenbrainz-dump-2655-20260915-000003-full";
    let listens = format!("{newest}/listenbrainz-listens-dump-2655-20260915-000003-full.tar.zst");
    assert_eq!(mirror.get(&listens).await.status(), 200);
    assert_eq!(mirror.get(&format!("{listens}.sha256")).await.status(), 404);
    let before = listens.replace("2655-20260915", "2640-20260901");
    assert_eq!(mirror.text(&format!("{before}.sha256")).await.len(), 64);
}

#[tokio::test]
async fn the_guides_archives_have_the_size_that_tests_count_on() {
    let size =
        async |name: &str| std::fs::metadata(on_disk(&format!("{NEWEST}{name}.tar.xz")).await).unwrap().len();
    let release = size("release").await;
    let all = release + size("artist").await + size("release-group").await + size("recording").await;
    assert!(release > 6_000_000, "{release}");
    assert!((11_000_000..13_000_000).contains(&all), "{all}");
    let latest = served(0).await.text("data/json-dumps/LATEST").await;
    assert_eq!(format!("data/json-dumps/{}/", latest.trim_end()), NEWEST);
}
