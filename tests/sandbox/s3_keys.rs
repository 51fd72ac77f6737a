//! Keys that no file could have as its name: all of them work, and none leaves the directory.

use std::path::{Path, PathBuf};

use aws_sdk_s3::types::EncodingType;

use crate::support::{BUCKET, Bench, is, refusal};

/// Keys that have broken servers.
fn torture() -> Vec<String> {
    let mut keys: Vec<String> = [
        "a/../b",
        "../b",
        "../../../../etc/passwd",
        "a/./b",
        ".",
        "..",
        "./",
        "/",
        "//",
        "///a",
        "/a",
        "a//b",
        "a/",
        "a b",
        "a+b",
        "a%2Fb",
        "a%",
        "%00",
        "a?b",
        "a#b",
        "a&b<c>\"'",
        "a\\b",
        "*",
        "椎名林檎/無罪モラトリアム",
        "Sigur Rós/( )",
        "e\u{301}",
        "é",
        "🎵",
        "a:b",
        "a;b=c,d",
        "~",
        "CON",
        "-rf",
        "=",
        "@$!()[]{}^`|",
    ]
    .map(str::to_owned)
    .to_vec();
    keys.push("k".repeat(1024));
    keys.push(format!("{}é", "/".repeat(1022)));
    keys
}

/// Every file below `dir`.
fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn every_key_holds_its_own_bytes_and_is_listed_as_it_is() {
    let bench = Bench::with_bucket().await;
    for key in torture() {
        bench.put(&key, key.as_bytes()).await;
    }
    for key in torture() {
        assert_eq!(bench.get(&key).await, key.as_bytes(), "{key}");
    }
    let listed = bench.client.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    let mut expected = torture();
    expected.sort();
    let keys: Vec<_> = listed.contents().iter().filter_map(|object| object.key()).collect();
    assert_eq!(keys, expected);
    for key in torture() {
        bench.client.delete_object().bucket(BUCKET).key(&key).send().await.unwrap();
    }
    assert_eq!(bench.blobs(), 0);
}

#[tokio::test]
async fn no_key_names_a_file() {
    let bench = Bench::with_bucket().await;
    let before = files(bench.dir.path().parent().unwrap()).len();
    for key in torture() {
        bench.put(&key, b"x").await;
    }
    let outside = files(bench.dir.path().parent().unwrap());
    let inside = files(bench.dir.path());
    assert!(inside.len() >= torture().len());
    for file in inside.iter().filter(|file| file.parent().is_some_and(|dir| dir.ends_with("blobs"))) {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    }
    let strays = outside.iter().filter(|file| !file.starts_with(bench.dir.path()));
    assert!(!strays.clone().any(|file| file.ends_with("b") || file.ends_with("passwd")), "{before}");
}

#[tokio::test]
async fn control_characters_survive_with_and_without_url_encoding() {
    let bench = Bench::with_bucket().await;
    let keys = ["a\tb", "a\nb", "a\rb", "bell\u{7}", "esc\u{1b}[2J"];
    for key in keys {
        bench.put(key, b"x").await;
        assert_eq!(bench.get(key).await, b"x");
    }
    let mut expected = keys.to_vec();
    expected.sort_unstable();
    let listed = bench.client.list_objects_v2().bucket(BUCKET).encoding_type(EncodingType::Url);
    let listed = listed.send().await.unwrap();
    let encoded: Vec<_> = listed.contents().iter().filter_map(|object| object.key()).collect();
    let decoded: Vec<_> = encoded
        .iter()
        .map(|key| percent_encoding::percent_decode_str(key).decode_utf8().unwrap().into_owned())
        .collect();
    assert_eq!(decoded, expected);
    let plain = bench.client.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    let plain: Vec<_> = plain.contents().iter().filter_map(|object| object.key()).collect();
    assert_eq!(plain, expected);
}

#[tokio::test]
async fn a_key_of_1025_bytes_is_too_long() {
    let bench = Bench::with_bucket().await;
    let put = bench.client.put_object().bucket(BUCKET).key("k".repeat(1025)).send().await;
    assert_eq!(refusal(put), is(400, "KeyTooLongError"));
}
