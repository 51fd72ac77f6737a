//! One level of a prefix, page by page, and how much is below it.

use aws_sdk_s3::primitives::ByteStream;
use brainzlift::bucket::{Bucket, Extent, FolderPage};
use futures::{StreamExt, TryStreamExt};

use crate::store::fresh_bucket;

/// Keys that XML, URLs or terminals have trouble with.
pub(crate) const ODD: [&str; 12] = [
    "odd/a b",
    "odd/a+b",
    "odd/a%20b",
    "odd/a&b<c>'\"",
    "odd/é椎",
    "odd/tab\there",
    "odd/new\nline",
    "odd/return\r",
    "odd/bell\u{7}",
    "odd/\u{202e}back",
    "odd/ spaces ",
    "odd//double/",
];

pub(crate) async fn put(bucket: &Bucket, key: &str, body: &'static [u8]) {
    let put = bucket.client().put_object().bucket(bucket.name()).key(key);
    put.body(ByteStream::from_static(body)).send().await.unwrap();
}

pub(crate) async fn put_all(bucket: &Bucket, keys: &[&str]) {
    futures::stream::iter(keys).for_each_concurrent(8, |key| put(bucket, key, b"xy")).await;
}

async fn whole(bucket: &Bucket, prefix: &str) -> (Vec<String>, Vec<String>) {
    let pages: Vec<FolderPage> = bucket.folder(prefix, None).try_collect().await.unwrap();
    let prefixes = pages.iter().flat_map(|page| page.prefixes.clone()).collect();
    (prefixes, pages.into_iter().flat_map(|page| page.objects).map(|object| object.key).collect())
}

pub(crate) async fn last(counts: impl futures::Stream<Item = brainzlift::error::Result<Extent>>) -> Extent {
    let all: Vec<Extent> = counts.try_collect().await.unwrap();
    assert!(all.windows(2).all(|two| two[0].entries() <= two[1].entries()), "a count never shrinks");
    all.last().unwrap().clone()
}

#[tokio::test]
async fn a_level_shows_its_folders_and_only_its_own_objects() {
    let bucket = fresh_bucket().await;
    put_all(&bucket, &["raw/", "raw/mb/a", "raw/mb/b/c", "raw/x", "top", "z/y"]).await;
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(whole(&bucket, "").await, (owned(&["raw/", "z/"]), owned(&["top"])));
    assert_eq!(whole(&bucket, "raw/").await, (owned(&["raw/mb/"]), owned(&["raw/", "raw/x"])));
    assert_eq!(whole(&bucket, "nothing/").await, (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn a_level_goes_on_behind_what_was_seen_and_names_no_folder_twice() {
    let bucket = fresh_bucket().await;
    put_all(&bucket, &["a/1", "a/2", "b", "c/1", "d"]).await;
    for after in ["a/", "a/1", "a/2"] {
        let pages: Vec<FolderPage> = bucket.folder("", Some(after)).try_collect().await.unwrap();
        assert_eq!(pages.len(), 1, "{after}");
        assert_eq!(pages[0].prefixes, ["c/"], "{after}");
        assert_eq!(pages[0].objects.iter().map(|object| object.key.as_str()).collect::<Vec<_>>(), ["b", "d"]);
        assert_eq!(pages[0].last(), Some("d"));
    }
}

#[tokio::test]
async fn odd_keys_survive_every_listing() {
    let bucket = fresh_bucket().await;
    put_all(&bucket, &ODD).await;
    let mut sorted: Vec<&str> = ODD.to_vec();
    sorted.sort_unstable();
    let all: Vec<String> =
        bucket.objects("odd/").await.unwrap().into_iter().map(|object| object.key).collect();
    assert_eq!(all, sorted);
    let (prefixes, objects) = whole(&bucket, "odd/").await;
    assert_eq!(prefixes, ["odd//"]);
    assert_eq!(objects.len(), ODD.len() - 1);
    let versions: Vec<_> = bucket.versions("odd/", None).try_collect().await.unwrap();
    let keys: Vec<&str> =
        versions.iter().flat_map(|page| &page.versions).map(|one| one.key.as_str()).collect();
    assert_eq!(keys, sorted);
    let behind: Vec<_> = bucket.versions("odd/", Some(sorted[4])).try_collect().await.unwrap();
    assert_eq!(behind[0].versions[0].key, sorted[5]);
    for key in ODD {
        assert!(bucket.head(key).await.unwrap().is_some(), "{key:?}");
        let upload = bucket.client().create_multipart_upload().bucket(bucket.name()).key(key).send().await;
        upload.unwrap();
    }
    let uploads: Vec<String> = bucket.uploads().await.unwrap().into_iter().map(|upload| upload.key).collect();
    assert_eq!(uploads, sorted);
}

#[tokio::test]
async fn a_prefix_is_measured_with_all_below_it_by_class() {
    let bucket = fresh_bucket().await;
    put_all(&bucket, &["raw/", "raw/a", "raw/b/c", "rawer", "top"]).await;
    let cold = bucket.client().put_object().bucket(bucket.name()).key("raw/cold");
    let cold = cold.storage_class(aws_sdk_s3::types::StorageClass::GlacierIr);
    cold.body(ByteStream::from_static(b"12345")).send().await.unwrap();
    let extent = last(bucket.measure("raw/", false)).await;
    assert_eq!((extent.objects, extent.bytes, extent.markers), (4, 11, 0));
    assert_eq!(extent.by_class["GLACIER_IR"].bytes, 5);
    assert_eq!((extent.by_class["STANDARD"].objects, extent.by_class["STANDARD"].bytes), (3, 6));
    assert!(extent.newest.is_some_and(|seconds| seconds > 1_700_000_000));
    assert!(last(bucket.measure("nothing/", true)).await.is_empty());
}
