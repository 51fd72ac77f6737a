//! A bucket of very many keys: made in seconds, and its first pages come at once.

use std::time::{Duration, Instant};

use crate::support::{BUCKET, Bench};

const MANY: u32 = 200_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_is_filled_fast_and_each_page_of_it_comes_fast() {
    let bench = Bench::with_bucket().await;
    let began = Instant::now();
    bench.sandbox.fill(BUCKET, "a/b/many/", MANY).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    bench.put("a/z", b"last").await;

    for (prefix, delimiter) in [("", None), ("a/b/many/", Some("/")), ("a/", Some("/")), ("", Some("/"))] {
        let began = Instant::now();
        let list = bench.client.list_objects_v2().bucket(BUCKET).prefix(prefix);
        let page = list.set_delimiter(delimiter.map(str::to_owned)).send().await.unwrap();
        assert!(
            began.elapsed() < Duration::from_millis(700),
            "{prefix} {delimiter:?}: {:?}",
            began.elapsed()
        );
        assert!(page.key_count().unwrap() > 0);
    }
    let level =
        bench.client.list_objects_v2().bucket(BUCKET).prefix("a/").delimiter("/").send().await.unwrap();
    assert_eq!(level.common_prefixes()[0].prefix(), Some("a/b/"));
    assert_eq!(level.contents()[0].key(), Some("a/z"));
    let near_the_end = bench.client.list_objects_v2().bucket(BUCKET).prefix("a/b/many/");
    let near_the_end = near_the_end.start_after(format!("a/b/many/{:07}", MANY - 3)).send().await.unwrap();
    assert_eq!(near_the_end.contents().len(), 2);
    assert_eq!(bench.get("a/b/many/0199999").await, b"x");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_filled_twice_has_each_key_once_and_its_bytes_stay_until_the_last_is_gone() {
    let bench = Bench::with_bucket().await;
    bench.sandbox.fill(BUCKET, "k", 3).await.unwrap();
    bench.sandbox.fill(BUCKET, "k", 2).await.unwrap();
    let page = bench.client.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    let keys: Vec<&str> = page.contents().iter().filter_map(|object| object.key()).collect();
    assert_eq!(keys, ["k0000000", "k0000001", "k0000002"]);
    let versions = bench.client.list_object_versions().bucket(BUCKET).send().await.unwrap();
    assert_eq!(versions.versions().len(), 3);
    for key in &keys[..2] {
        bench.client.delete_object().bucket(BUCKET).key(*key).send().await.unwrap();
        assert_eq!(bench.get("k0000002").await, b"x");
    }
    bench.client.delete_object().bucket(BUCKET).key("k0000002").send().await.unwrap();
    assert_eq!(std::fs::read_dir(bench.dir.path().join("blobs")).unwrap().count(), 0);
}
