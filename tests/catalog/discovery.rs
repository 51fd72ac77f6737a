//! The newest complete dump of each family, by upstream's own marks of completion.

use brainzlift::Kind;
use brainzlift::catalog::{DatasetId, Family, FamilyListing};

use crate::fake::{Fake, sha256};

const OLD: &str = "20260520-001001";
const NEW: &str = "20260523-001002";
const FULL: &str = "listenbrainz/fullexport/";

fn taken(listing: &FamilyListing) -> &str {
    &listing.dump.as_ref().unwrap().name
}

fn datasets(listing: &FamilyListing) -> Vec<&str> {
    listing.archives.iter().map(|archive| archive.dataset.0.as_str()).collect()
}

fn full(id: u32, stamp: &str) -> (String, String) {
    let name = format!("listenbrainz-dump-{id}-{stamp}-full");
    let listens = format!("{FULL}{name}/listenbrainz-listens-dump-{id}-{stamp}-full.tar.zst");
    (name, listens)
}

#[tokio::test]
async fn the_marked_dump_is_pinned_with_sizes_digests_and_validators() {
    let fake = Fake::start().await;
    fake.json_dump(OLD, &["artist", "release"]).json_dump(NEW, &["artist", "release-group", "release"]);
    fake.file(&format!("data/json-dumps/latest-is-{NEW}"), "").file("data/json-dumps/LATEST", NEW);
    let listing = fake.family(Family::MusicbrainzJson).await;
    assert_eq!(taken(&listing), NEW);
    assert!(listing.passed_over.is_empty());
    assert_eq!(
        datasets(&listing),
        ["musicbrainz/artist", "musicbrainz/release", "musicbrainz/release-group"]
    );
    let artist = &listing.archives[0];
    let body = format!("artist of {NEW}");
    assert_eq!(artist.size, body.len() as u64);
    assert_eq!(artist.sha256.to_string(), sha256(&body));
    assert_eq!(artist.url.as_str(), format!("{}data/json-dumps/{NEW}/artist.tar.xz", fake.url));
    assert_eq!(artist.validators.etag.as_deref(), Some("\"19\""));
    assert_eq!(artist.validators.last_modified.as_deref(), Some("Sat, 23 May 2026 14:53:00 GMT"));
    assert_eq!(artist.key(), "raw/musicbrainz/artist.tar.xz");
    assert_eq!(artist.dump.date(), "2026-05-23");
}

#[tokio::test]
async fn a_dump_that_latest_names_but_nothing_marks_is_passed_over() {
    let fake = Fake::start().await;
    fake.json_dump(OLD, &["artist"]).json_dump(NEW, &["artist"]);
    fake.file("data/json-dumps/LATEST", NEW).file(&format!("data/json-dumps/latest-is-{OLD}"), "");
    let listing = fake.family(Family::MusicbrainzJson).await;
    assert_eq!(taken(&listing), OLD);
    assert_eq!(listing.passed_over[0].dump, NEW);
    assert!(!listing.passed_over[0].why.is_empty());
}

#[tokio::test]
async fn a_marked_dump_without_its_checksums_is_passed_over() {
    let fake = Fake::start().await;
    fake.json_dump(OLD, &["artist"]).file(&format!("data/json-dumps/{NEW}/artist.tar.xz"), "x");
    fake.file(&format!("data/json-dumps/latest-is-{NEW}"), "")
        .file(&format!("data/json-dumps/latest-is-{OLD}"), "");
    let listing = fake.family(Family::MusicbrainzJson).await;
    assert_eq!(taken(&listing), OLD);
    assert!(listing.passed_over[0].why.contains("SHA256SUMS"));
}

#[tokio::test]
async fn a_dump_whose_checksums_name_a_missing_archive_is_passed_over() {
    let fake = Fake::start().await;
    fake.json_dump(OLD, &["artist"]).file(&format!("data/json-dumps/latest-is-{NEW}"), "");
    fake.file(&format!("data/json-dumps/{NEW}/SHA256SUMS"), format!("{} *artist.tar.xz\n", sha256("x")));
    let listing = fake.family(Family::MusicbrainzJson).await;
    assert_eq!(taken(&listing), OLD);
    assert!(listing.passed_over[0].why.contains("artist.tar.xz"));
}

#[tokio::test]
async fn a_full_export_that_is_still_being_uploaded_is_passed_over_and_db_folders_are_not_dumps() {
    let fake = Fake::start().await;
    let ((old, old_listens), (new, new_listens)) =
        (full(999, "20260901-000003"), full(1000, "20260915-000003"));
    fake.proven(&old_listens).file(&new_listens, "still growing");
    fake.proven(&format!(
        "{FULL}listenbrainz-dump-1001-20260916-000003-db/listenbrainz-public-dump-20260916-000003.tar.zst"
    ));
    let listing = fake.family(Family::ListenbrainzFull).await;
    assert_eq!(taken(&listing), old);
    assert_eq!(listing.dump.as_ref().unwrap().id, Some(999));
    assert_eq!(listing.passed_over.len(), 1);
    assert_eq!(listing.passed_over[0].dump, new);
    assert!(listing.passed_over[0].why.contains(".sha256"));
}

#[tokio::test]
async fn ids_are_numbers_and_an_archive_without_its_digest_is_left_out() {
    let fake = Fake::start().await;
    let ((_, old), (new, listens)) = (full(999, "20260901-000003"), full(1000, "20260915-000003"));
    fake.proven(&old).proven(&listens);
    fake.file(&format!("{FULL}{new}/listenbrainz-spark-dump-1000-20260915-000003-full.tar"), "no digest");
    fake.proven(&format!("{FULL}{new}/listenbrainz-statistics-dump-20260915-000004.tar.zst"));
    let listing = fake.family(Family::ListenbrainzFull).await;
    assert_eq!(taken(&listing), new);
    assert_eq!(datasets(&listing), ["listenbrainz/listens", "listenbrainz/statistics"]);
    assert_eq!(listing.archives[0].sha256.to_string(), sha256(&listens));
}

#[tokio::test]
async fn an_archive_that_was_published_empty_is_not_taken() {
    let fake = Fake::start().await;
    let ((old, old_listens), (_, new_listens)) = (full(1, "20260901-000003"), full(2, "20260915-000003"));
    fake.proven(&old_listens).file(&new_listens, "").file(&format!("{new_listens}.sha256"), sha256(""));
    let listing = fake.family(Family::ListenbrainzFull).await;
    assert_eq!(taken(&listing), old);
}

#[tokio::test]
async fn canonical_data_may_carry_either_form_of_checksum() {
    let name = "musicbrainz-canonical-dump-20260917-080003";
    let archive = format!("canonical_data/{name}/{name}.tar.zst");
    let (beside, sums) = (Fake::start().await, Fake::start().await);
    beside.proven(&archive);
    let line = format!("{}  {name}.tar.zst\n", sha256(&archive));
    sums.file(&archive, archive.clone()).file(&format!("canonical_data/{name}/SHA256SUMS"), line);
    for fake in [beside, sums] {
        let listing = fake.family(Family::MusicbrainzCanonical).await;
        assert_eq!(datasets(&listing), ["musicbrainz/canonical"]);
        assert_eq!(listing.archives[0].sha256.to_string(), sha256(&archive));
    }
}

#[tokio::test]
async fn increments_and_the_sample_are_found_too() {
    let fake = Fake::start().await;
    for id in [8, 9, 10] {
        let stamp = format!("202609{id:02}-000003");
        fake.proven(&format!(
            "listenbrainz/incremental/listenbrainz-dump-{id}-{stamp}-incremental/listenbrainz-listens-dump-{id}-{stamp}-incremental.tar.zst"
        ));
    }
    fake.proven("listenbrainz/sample/listenbrainz-sample-20260301-000003-full/listenbrainz-sample-dump-20260301-000003.tar.zst");
    let listing =
        fake.mirror().discover(&[Family::ListenbrainzSample, Family::ListenbrainzIncremental]).await.unwrap();
    let families: Vec<Family> = listing.families.iter().map(|listing| listing.family).collect();
    assert_eq!(families, [Family::ListenbrainzIncremental, Family::ListenbrainzSample]);
    assert_eq!(listing.families[0].dump.as_ref().unwrap().id, Some(10));
    assert!(listing.archive(&DatasetId("listenbrainz/sample".into())).is_some());
}

#[tokio::test]
async fn a_family_that_the_mirror_lacks_does_not_hide_the_others() {
    let fake = Fake::start().await;
    fake.json_dump(NEW, &["artist"]).file(&format!("data/json-dumps/latest-is-{NEW}"), "");
    let listing = fake.mirror().discover(&Family::ALL).await.unwrap();
    assert_eq!(listing.families.len(), Family::ALL.len());
    assert!(listing.families[0].dump.is_ok());
    for lacking in &listing.families[1..] {
        let error = lacking.dump.as_ref().unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound);
        assert!(error.what().contains(&lacking.family.title()) && error.advice().is_some());
    }
}

#[tokio::test]
async fn a_family_with_no_complete_dump_says_why_the_newest_is_not() {
    let fake = Fake::start().await;
    fake.file(&full(5, "20260915-000003").1, "x");
    let listing = fake.family(Family::ListenbrainzFull).await;
    let error = listing.dump.unwrap_err();
    assert_eq!(error.kind(), Kind::NotFound);
    assert!(error.why().unwrap().contains(".sha256"), "{error}");
    assert_eq!(listing.passed_over.len(), 1);
}
