//! ListObjectsV2 and ListObjects: prefix, delimiter, pages, start-after.

use aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Output;
use futures::StreamExt;

use crate::support::{BUCKET, Bench, is, refusal};

fn keys(page: &ListObjectsV2Output) -> Vec<&str> {
    page.contents().iter().filter_map(|object| object.key()).collect()
}

fn prefixes(page: &ListObjectsV2Output) -> Vec<&str> {
    page.common_prefixes().iter().filter_map(|prefix| prefix.prefix()).collect()
}

async fn layout() -> Bench {
    let bench = Bench::with_bucket().await;
    for key in [
        "extracted/musicbrainz/",
        "extracted/listenbrainz/",
        "processed/",
        "processed/features/",
        "raw/listenbrainz/",
        "raw/musicbrainz/",
        "raw/musicbrainz/artist.tar.xz",
        "readme",
    ] {
        bench.put(key, b"").await;
    }
    bench
}

#[tokio::test]
async fn a_delimiter_folds_what_lies_deeper() {
    let bench = layout().await;
    let top = bench.client.list_objects_v2().bucket(BUCKET).delimiter("/").send().await.unwrap();
    assert_eq!((keys(&top), prefixes(&top)), (vec!["readme"], vec!["extracted/", "processed/", "raw/"]));
    assert_eq!(top.key_count(), Some(4));
    let deeper = bench.client.list_objects_v2().bucket(BUCKET).delimiter("/").prefix("processed/");
    let deeper = deeper.send().await.unwrap();
    assert_eq!((keys(&deeper), prefixes(&deeper)), (vec!["processed/"], vec!["processed/features/"]));
    let half = bench.client.list_objects_v2().bucket(BUCKET).delimiter("/").prefix("r").send().await.unwrap();
    assert_eq!((keys(&half), prefixes(&half)), (vec!["readme"], vec!["raw/"]));
    let long = bench.client.list_objects_v2().bucket(BUCKET).delimiter("brainz/").send().await.unwrap();
    assert_eq!(prefixes(&long)[0], "extracted/listenbrainz/");
}

#[tokio::test]
async fn a_listing_tells_size_etag_class_and_time() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"abc").await;
    let page = bench.client.list_objects_v2().bucket(BUCKET).fetch_owner(true).send().await.unwrap();
    let object = &page.contents()[0];
    assert_eq!((object.size(), object.e_tag()), (Some(3), Some("\"900150983cd24fb0d6963f7d28e17f72\"")));
    assert_eq!(object.storage_class().unwrap().as_str(), "STANDARD");
    assert!(object.last_modified().is_some() && object.owner().is_some());
    assert!(!object.checksum_algorithm().is_empty());
}

#[tokio::test]
async fn more_than_a_thousand_keys_come_in_pages_of_a_thousand() {
    let bench = Bench::with_bucket().await;
    let all: Vec<String> = (0..1205).map(|number| format!("k{number:05}")).collect();
    let puts = futures::stream::iter(&all).map(|key| bench.put(key, b""));
    puts.buffer_unordered(32).collect::<()>().await;
    let first = bench.client.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    assert_eq!((first.contents().len(), first.is_truncated()), (1000, Some(true)));
    let token = first.next_continuation_token().unwrap();
    let second =
        bench.client.list_objects_v2().bucket(BUCKET).continuation_token(token).send().await.unwrap();
    assert_eq!((second.contents().len(), second.is_truncated()), (205, Some(false)));
    let together: Vec<_> = keys(&first).into_iter().chain(keys(&second)).collect();
    assert_eq!(together, all);
    let greedy = bench.client.list_objects_v2().bucket(BUCKET).max_keys(5000).send().await.unwrap();
    assert_eq!((greedy.contents().len(), greedy.max_keys()), (1000, Some(1000)));

    let paginator = bench.client.list_objects_v2().bucket(BUCKET).into_paginator().page_size(7);
    let pages: Vec<ListObjectsV2Output> = paginator.send().try_collect().await.unwrap();
    assert_eq!(pages.iter().flat_map(keys).collect::<Vec<_>>(), all);
}

#[tokio::test]
async fn pages_count_folded_keys_once() {
    let bench = layout().await;
    let one = || bench.client.list_objects_v2().bucket(BUCKET).delimiter("/").max_keys(1);
    let mut seen = Vec::new();
    let mut page = one().send().await.unwrap();
    loop {
        seen.extend(keys(&page).into_iter().chain(prefixes(&page)).map(str::to_owned));
        let Some(token) = page.next_continuation_token().map(str::to_owned) else { break };
        page = one().continuation_token(token).send().await.unwrap();
    }
    assert_eq!(seen, ["extracted/", "processed/", "raw/", "readme"]);
}

#[tokio::test]
async fn a_listing_begins_behind_start_after() {
    let bench = layout().await;
    let page = bench.client.list_objects_v2().bucket(BUCKET).start_after("raw/musicbrainz/");
    let page = page.send().await.unwrap();
    assert_eq!(keys(&page), ["raw/musicbrainz/artist.tar.xz", "readme"]);
    let between = bench.client.list_objects_v2().bucket(BUCKET).start_after("raw/n").send().await.unwrap();
    assert_eq!(keys(&between), ["readme"]);
}

#[tokio::test]
async fn a_page_of_nothing_and_a_wrong_token_are_answered() {
    let bench = layout().await;
    let none = bench.client.list_objects_v2().bucket(BUCKET).max_keys(0).send().await.unwrap();
    assert_eq!((none.contents().len(), none.is_truncated()), (0, Some(false)));
    let wrong = bench.client.list_objects_v2().bucket(BUCKET).continuation_token("?").send().await;
    assert_eq!(refusal(wrong), is(400, "InvalidArgument"));
}

#[tokio::test]
async fn the_older_listing_goes_on_from_a_marker() {
    let bench = layout().await;
    let first = bench.client.list_objects().bucket(BUCKET).delimiter("/").max_keys(2).send().await.unwrap();
    assert_eq!(first.next_marker(), Some("processed/"));
    let second = bench.client.list_objects().bucket(BUCKET).delimiter("/").marker("processed/");
    let second = second.send().await.unwrap();
    assert_eq!(second.common_prefixes()[0].prefix(), Some("raw/"));
    assert_eq!(second.contents()[0].key(), Some("readme"));
}

#[tokio::test]
async fn buckets_do_not_see_each_other_s_keys() {
    let bench = Bench::with_bucket().await;
    crate::support::make_bucket(&bench.client, "music2").await;
    bench.put("k", b"").await;
    let other = bench.client.list_objects_v2().bucket("music2").send().await.unwrap();
    assert!(other.contents().is_empty());
}
