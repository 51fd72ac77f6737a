//! Versions of a key: kept, listed, read, removed; delete markers; suspended buckets.

use aws_sdk_s3::operation::list_object_versions::ListObjectVersionsOutput;
use aws_sdk_s3::types::{
    BucketVersioningStatus, Delete, ObjectIdentifier, ObjectVersion, VersioningConfiguration,
};

use crate::support::{BUCKET, Bench, is, refusal};

async fn set(bench: &Bench, status: BucketVersioningStatus) {
    let wanted = VersioningConfiguration::builder().status(status).build();
    let put = bench.client.put_bucket_versioning().bucket(BUCKET).versioning_configuration(wanted);
    put.send().await.unwrap();
}

async fn versioned() -> Bench {
    let bench = Bench::with_bucket().await;
    set(&bench, BucketVersioningStatus::Enabled).await;
    bench
}

/// Puts `body` at `key` and gives the version id that is told.
async fn put(bench: &Bench, key: &str, body: &[u8]) -> Option<String> {
    let put = bench.client.put_object().bucket(BUCKET).key(key).body(body.to_vec().into());
    put.send().await.unwrap().version_id().map(str::to_owned)
}

/// The bytes of a version.
async fn read(bench: &Bench, key: &str, id: &str) -> Vec<u8> {
    let got = bench.client.get_object().bucket(BUCKET).key(key).version_id(id).send().await.unwrap();
    assert_eq!(got.version_id(), Some(id));
    got.body.collect().await.unwrap().to_vec()
}

/// Deletes a key and gives the id of its delete marker.
async fn bury(bench: &Bench, key: &str) -> String {
    let gone = bench.client.delete_object().bucket(BUCKET).key(key).send().await.unwrap();
    assert_eq!(gone.delete_marker(), Some(true));
    gone.version_id().unwrap().to_owned()
}

/// Deletes a version for good; whether it was a delete marker.
async fn erase(bench: &Bench, key: &str, id: &str) -> bool {
    let gone = bench.client.delete_object().bucket(BUCKET).key(key).version_id(id).send().await.unwrap();
    assert_eq!(gone.version_id(), Some(id));
    gone.delete_marker() == Some(true)
}

async fn list(bench: &Bench) -> ListObjectVersionsOutput {
    bench.client.list_object_versions().bucket(BUCKET).send().await.unwrap()
}

/// Key, version id and whether it is the newest, of all versions but delete markers.
fn shown(versions: &[ObjectVersion]) -> Vec<(&str, &str, bool)> {
    let shown = |version: &'_ ObjectVersion| version.is_latest().unwrap();
    let row = versions.iter();
    row.map(|version| (version.key().unwrap(), version.version_id().unwrap(), shown(version))).collect()
}

#[tokio::test]
async fn an_overwritten_object_is_still_there_by_its_version_id() {
    let bench = versioned().await;
    let first = put(&bench, "k", b"first").await.unwrap();
    let second = put(&bench, "k", b"second, longer").await.unwrap();
    assert_ne!(first, second);
    assert_eq!(bench.get("k").await, b"second, longer");
    assert_eq!(read(&bench, "k", &first).await, b"first");
    let head = bench.client.head_object().bucket(BUCKET).key("k").version_id(&first).send().await.unwrap();
    assert_eq!(head.content_length(), Some(5));
    let newest = bench.client.head_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(newest.version_id(), Some(second.as_str()));
    let listed = list(&bench).await;
    assert_eq!(shown(listed.versions()), [("k", second.as_str(), true), ("k", first.as_str(), false)]);
    assert_eq!(listed.versions()[1].size(), Some(5));
    assert!(listed.delete_markers().is_empty());
    let other = "0123456789abcdef0123456789abcdef";
    let other = bench.client.get_object().bucket(BUCKET).key("k").version_id(other).send().await;
    assert_eq!(refusal(other), is(404, "NoSuchVersion"));
}

#[tokio::test]
async fn versions_survive_a_restart() {
    let bench = versioned().await;
    let first = put(&bench, "k", b"first").await.unwrap();
    put(&bench, "k", b"second").await;
    bury(&bench, "k").await;
    let bench = bench.restarted().await;
    assert_eq!(read(&bench, "k", &first).await, b"first");
    let listed = list(&bench).await;
    assert_eq!((listed.versions().len(), listed.delete_markers().len()), (2, 1));
}

#[tokio::test]
async fn a_delete_lays_a_marker_over_the_versions_and_without_it_they_are_back() {
    let bench = versioned().await;
    let first = put(&bench, "k", b"first").await.unwrap();
    let marker = bury(&bench, "k").await;
    assert_eq!(refusal(bench.client.get_object().bucket(BUCKET).key("k").send().await), is(404, "NoSuchKey"));
    let head = bench.client.head_object().bucket(BUCKET).key("k").send().await.unwrap_err();
    let head = head.raw_response().unwrap();
    assert_eq!(head.headers().get("x-amz-delete-marker"), Some("true"));
    assert_eq!(head.headers().get("x-amz-version-id"), Some(marker.as_str()));
    let named = bench.client.get_object().bucket(BUCKET).key("k").version_id(&marker).send().await;
    assert_eq!(refusal(named), is(405, "MethodNotAllowed"));
    assert_eq!(read(&bench, "k", &first).await, b"first");
    let plain = bench.client.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    assert!(plain.contents().is_empty());
    let listed = list(&bench).await;
    assert_eq!(shown(listed.versions()), [("k", first.as_str(), false)]);
    let [only] = listed.delete_markers() else { panic!("{listed:?}") };
    assert_eq!((only.version_id(), only.is_latest()), (Some(marker.as_str()), Some(true)));
    assert!(only.last_modified().is_some());

    assert!(erase(&bench, "k", &marker).await, "what was erased is a delete marker");
    assert_eq!(bench.get("k").await, b"first");
}

#[tokio::test]
async fn a_version_that_is_erased_takes_its_bytes_along_and_the_one_before_is_the_newest() {
    let bench = versioned().await;
    let first = put(&bench, "k", b"first").await.unwrap();
    let second = put(&bench, "k", b"second").await.unwrap();
    assert_eq!(bench.blobs(), 2);
    assert!(!erase(&bench, "k", &second).await);
    assert_eq!((bench.get("k").await, bench.blobs()), (b"first".to_vec(), 1));
    assert_eq!(shown(list(&bench).await.versions()), [("k", first.as_str(), true)]);
    assert!(!erase(&bench, "k", &first).await);
    assert!(!erase(&bench, "k", &first).await, "erasing it again is no error");
    assert_eq!(bench.blobs(), 0);
    bench.client.delete_bucket().bucket(BUCKET).send().await.unwrap();
}

#[tokio::test]
async fn a_bucket_with_old_versions_or_markers_only_is_not_empty() {
    let bench = versioned().await;
    let first = put(&bench, "k", b"x").await.unwrap();
    let marker = bury(&bench, "k").await;
    for id in [first, marker] {
        let refused = bench.client.delete_bucket().bucket(BUCKET).send().await;
        assert_eq!(refusal(refused), is(409, "BucketNotEmpty"));
        erase(&bench, "k", &id).await;
    }
    bench.client.delete_bucket().bucket(BUCKET).send().await.unwrap();
}

#[tokio::test]
async fn what_was_there_before_versioning_is_the_null_version() {
    let bench = Bench::with_bucket().await;
    assert_eq!(put(&bench, "k", b"before").await, None);
    let before = bench.client.get_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(before.version_id(), None);
    set(&bench, BucketVersioningStatus::Enabled).await;
    let after = put(&bench, "k", b"after").await.unwrap();
    assert_eq!(read(&bench, "k", "null").await, b"before");
    assert_eq!(shown(list(&bench).await.versions()), [("k", after.as_str(), true), ("k", "null", false)]);
}

#[tokio::test]
async fn a_suspended_bucket_overwrites_its_null_version_only() {
    let bench = versioned().await;
    let kept = put(&bench, "k", b"kept").await.unwrap();
    set(&bench, BucketVersioningStatus::Suspended).await;
    put(&bench, "k", b"one").await;
    put(&bench, "k", b"two").await;
    assert_eq!((bench.get("k").await, bench.blobs()), (b"two".to_vec(), 2));
    assert_eq!(shown(list(&bench).await.versions()), [("k", "null", true), ("k", kept.as_str(), false)]);
    assert_eq!(bury(&bench, "k").await, "null");
    assert_eq!(bench.blobs(), 1, "the marker took the place of the null version");
    assert_eq!(read(&bench, "k", &kept).await, b"kept");
    assert!(erase(&bench, "k", "null").await);
    assert_eq!(bench.get("k").await, b"kept");
}

#[tokio::test]
async fn many_are_deleted_by_version_or_marked() {
    let bench = versioned().await;
    let (a, b) = (put(&bench, "a", b"a").await.unwrap(), put(&bench, "b", b"b").await.unwrap());
    let by_version = ObjectIdentifier::builder().key("a").version_id(&a).build().unwrap();
    let by_key = ObjectIdentifier::builder().key("b").build().unwrap();
    let delete = Delete::builder().objects(by_version).objects(by_key).build().unwrap();
    let done = bench.client.delete_objects().bucket(BUCKET).delete(delete).send().await.unwrap();
    let [first, second] = done.deleted() else { panic!("{done:?}") };
    assert_eq!((first.version_id(), first.delete_marker()), (Some(a.as_str()), None));
    assert_eq!((second.version_id(), second.delete_marker()), (None, Some(true)));
    let listed = list(&bench).await;
    assert_eq!(shown(listed.versions()), [("b", b.as_str(), false)]);
    assert_eq!(listed.delete_markers()[0].version_id(), second.delete_marker_version_id());
}

#[tokio::test]
async fn versions_are_listed_in_pages_that_cut_a_key_anywhere() {
    let bench = versioned().await;
    let mut all = Vec::new();
    for key in ["a", "b", "raw/x", "raw/y"] {
        let mut of_key = Vec::new();
        for body in [b"1", b"2", b"3"] {
            of_key.push(put(&bench, key, body).await.unwrap());
        }
        all.extend(of_key.into_iter().rev().enumerate().map(|(age, id)| (key.to_owned(), id, age == 0)));
    }
    for size in [1, 2, 3, 5] {
        let (mut found, mut key, mut id) = (Vec::new(), None, None);
        loop {
            let page = bench.client.list_object_versions().bucket(BUCKET).max_keys(size);
            let page = page.set_key_marker(key).set_version_id_marker(id).send().await.unwrap();
            let rows = shown(page.versions()).into_iter();
            found.extend(rows.map(|(key, id, newest)| (key.to_owned(), id.to_owned(), newest)));
            if page.is_truncated() != Some(true) {
                break;
            }
            key = page.next_key_marker().map(str::to_owned);
            id = page.next_version_id_marker().map(str::to_owned);
        }
        assert_eq!(found, all, "pages of {size}");
    }
    let folded = bench.client.list_object_versions().bucket(BUCKET).delimiter("/").send().await.unwrap();
    assert_eq!((folded.versions().len(), folded.common_prefixes()[0].prefix()), (6, Some("raw/")));
    let raw = bench.client.list_object_versions().bucket(BUCKET).prefix("raw/y").send().await.unwrap();
    assert_eq!(raw.versions().len(), 3);
    let lost = bench.client.list_object_versions().bucket(BUCKET).version_id_marker("x").send().await;
    assert_eq!(refusal(lost), is(400, "InvalidArgument"));
}

#[tokio::test]
async fn a_page_goes_on_behind_a_version_that_was_erased_meanwhile() {
    let bench = versioned().await;
    let oldest = put(&bench, "k", b"1").await.unwrap();
    let newest = put(&bench, "k", b"2").await.unwrap();
    let page = bench.client.list_object_versions().bucket(BUCKET).max_keys(1).send().await.unwrap();
    assert_eq!(page.next_version_id_marker(), Some(newest.as_str()));
    erase(&bench, "k", &newest).await;
    let next = bench.client.list_object_versions().bucket(BUCKET).key_marker("k").version_id_marker(&newest);
    let next = next.send().await.unwrap();
    assert_eq!(shown(next.versions()).iter().map(|row| row.1).collect::<Vec<_>>(), [oldest.as_str()]);
}

#[tokio::test]
async fn tags_belong_to_a_version() {
    let bench = versioned().await;
    let first = bench.client.put_object().bucket(BUCKET).key("k").tagging("state=old").send().await.unwrap();
    put(&bench, "k", b"new").await;
    let first = first.version_id().unwrap();
    let old = bench.client.get_object_tagging().bucket(BUCKET).key("k").version_id(first).send().await;
    assert_eq!(old.unwrap().tag_set()[0].value(), "old");
    let new = bench.client.get_object_tagging().bucket(BUCKET).key("k").send().await.unwrap();
    assert!(new.tag_set().is_empty());
}
