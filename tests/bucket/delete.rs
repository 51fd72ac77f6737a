//! Deleting many objects: what is meant goes, nothing else does, and what was refused is said.

use aws_sdk_s3::types::{BucketVersioningStatus, VersioningConfiguration};
use brainzlift::bucket::{Bucket, Deleted, Deletion, Doomed, Version};
use futures::{StreamExt, TryStreamExt};
use tokio_util::sync::CancellationToken;

use crate::folder::{ODD, last, put, put_all};
use crate::store::fresh_bucket;

fn keys(keys: &[&str]) -> Deletion {
    Deletion { what: Doomed::Keys(keys.iter().map(|key| (*key).to_owned()).collect()), versions: false }
}

fn below(prefix: &str) -> Deletion {
    Deletion { what: Doomed::Prefix(prefix.to_owned()), versions: false }
}

async fn delete(bucket: &Bucket, deletion: &Deletion) -> Deleted {
    let steps: Vec<Deleted> = bucket.delete(deletion, &CancellationToken::new()).try_collect().await.unwrap();
    steps.last().unwrap().clone()
}

async fn standing(bucket: &Bucket) -> Vec<String> {
    bucket.objects("").await.unwrap().into_iter().map(|object| object.key).collect()
}

pub(crate) async fn keep_versions(bucket: &Bucket, status: BucketVersioningStatus) {
    let wanted = VersioningConfiguration::builder().status(status).build();
    let put = bucket.client().put_bucket_versioning().bucket(bucket.name());
    put.versioning_configuration(wanted).send().await.unwrap();
}

async fn all_versions(bucket: &Bucket) -> Vec<Version> {
    let pages: Vec<_> = bucket.versions("", None).try_collect().await.unwrap();
    pages.into_iter().flat_map(|page| page.versions).collect()
}

#[tokio::test]
async fn only_the_named_keys_go_and_what_lies_below_them_stays() {
    let bucket = fresh_bucket().await;
    put_all(&bucket, &["a", "a/b", "ab", "c"]).await;
    let deletion = keys(&["a", "c", "nothing"]);
    let extent = last(bucket.preview(&deletion)).await;
    assert_eq!((extent.objects, extent.bytes), (2, 4));
    let deleted = delete(&bucket, &deletion).await;
    assert_eq!((deleted.objects, deleted.bytes, deleted.failed), (2, 4, 0));
    assert_eq!(standing(&bucket).await, ["a/b", "ab"]);
}

#[tokio::test]
async fn a_prefix_goes_with_its_folder_markers_and_odd_keys_and_its_neighbours_stay() {
    let bucket = fresh_bucket().await;
    put_all(&bucket, &ODD).await;
    put_all(&bucket, &["odd/", "odder", "even"]).await;
    let extent = last(bucket.preview(&below("odd/"))).await;
    let deleted = delete(&bucket, &below("odd/")).await;
    assert_eq!(deleted.objects, extent.entries());
    assert_eq!((deleted.objects, deleted.failed), (13, 0));
    assert_eq!(standing(&bucket).await, ["even", "odder"]);
}

#[tokio::test]
async fn thousands_go_in_few_requests_and_progress_only_grows() {
    let bucket = fresh_bucket().await;
    let many: Vec<String> = (0..2_300).map(|n| format!("many/{n:05}")).collect();
    futures::stream::iter(&many).for_each_concurrent(16, |key| put(&bucket, key, b"x")).await;
    let steps: Vec<Deleted> =
        bucket.delete(&below("many/"), &CancellationToken::new()).try_collect().await.unwrap();
    assert_eq!(steps.len(), 4, "nothing, and one for each page");
    assert!(steps.windows(2).all(|two| two[0].objects < two[1].objects));
    assert_eq!(steps[3].objects, 2_300);
    assert!(standing(&bucket).await.is_empty());
}

#[tokio::test]
async fn a_stop_lets_what_is_under_way_finish_and_begins_nothing_more() {
    let bucket = fresh_bucket().await;
    put_all(&bucket, &["a", "b"]).await;
    let stop = CancellationToken::new();
    stop.cancel();
    let steps: Vec<Deleted> = bucket.delete(&below(""), &stop).try_collect().await.unwrap();
    assert_eq!(steps, [Deleted::default()]);
    assert_eq!(standing(&bucket).await.len(), 2);
}

#[tokio::test]
async fn without_being_told_so_a_deletion_keeps_every_version() {
    let bucket = fresh_bucket().await;
    keep_versions(&bucket, BucketVersioningStatus::Enabled).await;
    put(&bucket, "k", b"one").await;
    put(&bucket, "k", b"two!").await;
    let everything = Deletion { what: Doomed::Everything, versions: false };
    assert_eq!(last(bucket.preview(&everything)).await.bytes, 4);
    assert_eq!(delete(&bucket, &everything).await.objects, 1);
    assert!(standing(&bucket).await.is_empty());
    let versions = all_versions(&bucket).await;
    let shape: Vec<_> = versions.iter().map(|one| (one.is_delete_marker, one.is_latest, one.size)).collect();
    assert_eq!(shape, [(true, true, 0), (false, false, 4), (false, false, 3)]);
}

#[tokio::test]
async fn told_so_it_takes_every_version_and_every_delete_marker() {
    let bucket = fresh_bucket().await;
    put(&bucket, "from-before", b"old").await;
    keep_versions(&bucket, BucketVersioningStatus::Enabled).await;
    for key in ["from-before", "k", "k", "k/below"] {
        put(&bucket, key, b"new!").await;
    }
    delete(&bucket, &keys(&["k"])).await;
    let one = Deletion { what: Doomed::Keys(vec!["k".to_owned()]), versions: true };
    let extent = last(bucket.preview(&one)).await;
    assert_eq!((extent.objects, extent.bytes, extent.markers), (2, 8, 1));
    assert_eq!(delete(&bucket, &one).await.objects, 3);
    assert_eq!(all_versions(&bucket).await.len(), 3);
    let everything = Deletion { what: Doomed::Everything, versions: true };
    let deleted = delete(&bucket, &everything).await;
    assert_eq!((deleted.objects, deleted.bytes, deleted.failed), (3, 11, 0));
    assert_eq!(all_versions(&bucket).await, []);
}

#[tokio::test]
async fn one_version_goes_and_the_others_of_its_key_stay() {
    let bucket = fresh_bucket().await;
    keep_versions(&bucket, BucketVersioningStatus::Enabled).await;
    for bytes in ["one", "two!", "three"] {
        put(&bucket, "k", bytes.as_bytes()).await;
    }
    put(&bucket, "k/below", b"stays").await;
    delete(&bucket, &keys(&["k"])).await;
    let before = all_versions(&bucket).await;
    let pair = |one: &Version| (one.key.clone(), one.version_id.clone());
    let marker = before.iter().find(|one| one.is_delete_marker).unwrap();
    let middle = before.iter().find(|one| one.size == 4).unwrap();
    let nothing = ("k".to_owned(), "no-such-version".to_owned());
    let doomed = Doomed::Versions(vec![pair(middle), pair(marker), nothing]);
    let deletion = Deletion { what: doomed, versions: false };
    let extent = last(bucket.preview(&deletion)).await;
    assert_eq!((extent.objects, extent.bytes, extent.markers), (1, 4, 1));
    let deleted = delete(&bucket, &deletion).await;
    assert_eq!((deleted.objects, deleted.bytes, deleted.failed), (2, 4, 0));
    let left: Vec<(u64, bool)> =
        all_versions(&bucket).await.iter().map(|one| (one.size, one.is_latest)).collect();
    assert_eq!(left, [(5, true), (3, false), (5, true)], "what the marker hid is there again");
}

#[tokio::test]
async fn versions_of_one_key_over_several_pages_all_go() {
    let bucket = fresh_bucket().await;
    keep_versions(&bucket, BucketVersioningStatus::Enabled).await;
    for _ in 0..3 {
        let many = futures::stream::iter(0..400);
        many.for_each_concurrent(16, |_| put(&bucket, "k", b"x")).await;
    }
    let pages: Vec<_> = bucket.versions("", None).try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.versions.len()).collect::<Vec<_>>(), [1000, 200]);
    let everything = Deletion { what: Doomed::Everything, versions: true };
    assert_eq!(delete(&bucket, &everything).await.objects, 1200);
    assert_eq!(all_versions(&bucket).await, []);
}

#[tokio::test]
async fn a_level_of_versions_rolls_up_folders() {
    let bucket = fresh_bucket().await;
    keep_versions(&bucket, BucketVersioningStatus::Enabled).await;
    put_all(&bucket, &["a/1", "a/2", "b", "b", "c/1"]).await;
    let pages: Vec<_> = bucket.folder_versions("", None).try_collect().await.unwrap();
    assert_eq!(pages[0].prefixes, ["a/", "c/"]);
    assert_eq!(pages[0].versions.iter().map(|one| one.is_latest).collect::<Vec<_>>(), [true, false]);
}
