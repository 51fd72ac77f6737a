//! The sandbox's mirror, over real HTTP and with faults on purpose, seen through the catalog.

use std::path::{Path, PathBuf};

use brainzlift::Kind;
use brainzlift::catalog::{Family, FamilyListing, Listing, Mirror, choose};
use brainzlift::sandbox::faults::{Fault, Faults, On, What};
use brainzlift::sandbox::mirror::samples::{Scale, ensure};
use brainzlift::sandbox::mirror::{BASE, Mirror as Server};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use crate::fake::HASTE;

/// The sample dumps, made once for all tests and kept between runs.
async fn samples() -> &'static Path {
    static ROOT: OnceCell<PathBuf> = OnceCell::const_new();
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("catalog-samples");
    ROOT.get_or_init(|| async { ensure(&dir, Scale::Test).await.unwrap() }).await
}

/// What is found with these faults.
async fn discover(faults: &[Fault], families: &[Family]) -> (Listing, Faults) {
    let all = Faults::none();
    for fault in faults {
        all.add(fault.clone());
    }
    let server = Server::start(0, samples().await, Some(0), all.clone()).await.unwrap();
    let mirror = Mirror::with_patience(server.url().parse().unwrap(), HASTE).unwrap();
    let listing = mirror.discover(families).await.unwrap();
    server.stop().await;
    (listing, all)
}

async fn family(family: Family, faults: &[Fault]) -> (FamilyListing, Faults) {
    let (mut listing, faults) = discover(faults, &[family]).await;
    (listing.families.remove(0), faults)
}

fn at(path: &str, what: What) -> Fault {
    Fault::new(On::Mirror, format!("{BASE}{path}"), what)
}

fn stamp(listing: &FamilyListing) -> &str {
    &listing.dump.as_ref().unwrap().stamp
}

#[tokio::test]
async fn everything_that_can_be_chosen_is_found_with_its_true_size_and_digest() {
    let (listing, _) = discover(&[], &Family::ALL).await;
    let base = samples().await.join(BASE.trim_start_matches('/'));
    for dataset in choose(&["all".to_owned()]).unwrap() {
        let archive = listing.archive(&dataset.id).unwrap_or_else(|| panic!("{} was not found", dataset.id));
        let path = archive.url.path().strip_prefix(BASE).unwrap();
        let bytes = std::fs::read(base.join(path)).unwrap();
        assert_eq!(archive.size, bytes.len() as u64, "{}", archive.name);
        assert_eq!(archive.sha256.to_string(), hex::encode(Sha256::digest(&bytes)), "{}", archive.name);
        assert!(archive.validators.etag.is_some() && archive.validators.last_modified.is_some());
    }
}

#[tokio::test]
async fn the_newest_full_export_is_still_being_uploaded_so_the_one_before_is_taken() {
    let (listing, _) = family(Family::ListenbrainzFull, &[]).await;
    assert_eq!(listing.dump.as_ref().unwrap().id, Some(2640));
    let passed: Vec<&str> = listing.passed_over.iter().map(|passed| passed.dump.as_str()).collect();
    assert_eq!(passed, ["listenbrainz-dump-2655-20260915-000003-full"]);
    assert!(listing.passed_over[0].why.contains(".sha256"));
}

#[tokio::test]
async fn a_dump_that_vanished_is_passed_over_for_the_one_before() {
    let (listing, _) = family(Family::MusicbrainzJson, &[]).await;
    assert_eq!(stamp(&listing), "20260919-001002");
    let gone = at("data/json-dumps/20260919-001002/*", What::Vanish);
    let (listing, _) = family(Family::MusicbrainzJson, &[gone]).await;
    assert_eq!(stamp(&listing), "20260916-001001");
}

#[tokio::test]
async fn connections_that_break_are_tried_again() {
    let sums = "data/json-dumps/20260919-001002/SHA256SUMS";
    let accidents = [
        What::Truncate { after: 100 },
        What::Reset { after: 0 },
        What::Refuse,
        What::InternalError,
        What::SlowDown,
        What::TooManyRequests { retry_after: 0 },
    ];
    for what in accidents {
        let (listing, faults) = family(Family::MusicbrainzJson, &[at(sums, what.clone())]).await;
        assert_eq!(stamp(&listing), "20260919-001002", "{what:?}");
        assert_eq!(listing.archives.len(), 11, "{what:?}");
        assert_eq!(faults.hits().len(), 1, "{what:?}");
    }
}

#[tokio::test]
async fn one_family_in_trouble_leaves_the_others_alone() {
    let mut denied = at("canonical_data/*", What::AccessDenied);
    denied.times = 0;
    let (listing, _) = discover(&[denied], &Family::ALL).await;
    for family in &listing.families {
        match &family.dump {
            Err(error) => {
                assert_eq!((family.family, error.kind()), (Family::MusicbrainzCanonical, Kind::Permission));
            }
            Ok(_) => assert_ne!(family.family, Family::MusicbrainzCanonical),
        }
    }
}

#[tokio::test]
async fn finding_dumps_fetches_no_archive() {
    let (_, faults) = discover(&[], &Family::ALL).await;
    assert_eq!(faults.mirror_bytes_sent(), 0);
    let heads = faults.seen().iter().filter(|seen| seen.method == "HEAD").count();
    assert!(heads >= choose(&["all".to_owned()]).unwrap().len());
}
