//! Unit tests of the sample dumps; what is in them is tested over HTTP in `tests/sandbox/`.

use super::*;

#[tokio::test]
async fn a_half_made_folder_is_made_anew_and_a_finished_one_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let half = dir.path().join(FOLDER).join("pub/musicbrainz/data");
    std::fs::create_dir_all(&half).unwrap();
    std::fs::write(half.join("rubbish"), "x").unwrap();
    let start = std::time::Instant::now();
    let folder = ensure(dir.path(), Scale::Test).await.unwrap();
    println!("made in {:?}", start.elapsed());
    assert!(!half.join("rubbish").exists());
    let latest = folder.join("pub/musicbrainz/data/json-dumps/LATEST");
    assert!(latest.exists());
    std::fs::remove_file(&latest).unwrap();
    ensure(dir.path(), Scale::Person).await.unwrap();
    assert!(!latest.exists());
    let left: Vec<_> =
        std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, [FOLDER]);
}

#[tokio::test]
async fn a_file_in_place_of_the_folder_is_said_with_a_hint() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let error = ensure(file.path(), Scale::Test).await.unwrap_err();
    assert!(error.to_string().contains(file.path().to_str().unwrap()));
    assert!(error.advice().is_some());
}
