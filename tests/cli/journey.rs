//! From no bucket to proven dumps, and what the other commands say on the way.

use std::collections::BTreeSet;

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::{BUCKET, World, finish};

#[tokio::test(flavor = "multi_thread")]
async fn from_no_bucket_to_four_proven_archives_and_the_second_time_no_byte_moves() {
    let world = World::new().await;
    let setup = world.run(&["setup"]).await.expect(0);
    assert_eq!(setup.named("bucket")[0]["result"], "created");
    assert_eq!(setup.named("layout")[0]["made"].as_array().unwrap().len(), 6);

    let first = world.run(&["lift", "musicbrainz"]).await.expect(0);
    let summary = first.summary();
    assert_eq!(
        (&summary["proven"], &summary["skipped"], &summary["failed"]),
        (&json!(4), &json!(0), &json!(0))
    );
    assert_eq!(first.named("proven").len(), 4);
    assert_eq!(world.hold_no_wrong_object().await, 4);

    let (down, up) = (world.sandbox.faults().mirror_bytes_sent(), world.sandbox.faults().s3_bytes_received());
    let second = world.run(&["lift", "musicbrainz"]).await.expect(0).summary();
    assert_eq!((&second["proven"], &second["skipped"], &second["bytes"]), (&json!(0), &json!(4), &json!(0)));
    assert_eq!(world.sandbox.faults().mirror_bytes_sent(), down);
    let asked = world.sandbox.faults().s3_bytes_received() - up;
    assert!(asked < 1000, "{asked} bytes of bodies, more than a few questions need");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_flag_needs_nothing_around_it() {
    let world = World::new().await;
    let dir = world.dir.path().join("own");
    let own = |arguments: &[&str]| {
        let flags = ["--sandbox-dir", dir.to_str().unwrap(), "--sandbox-rate", "0", "--yes", "--json"];
        let mut command = world.command(&[&flags, arguments].concat());
        // Nothing of the environment's endpoint and keys may matter.
        command.env("AWS_ENDPOINT_URL", "http://127.0.0.1:1").env("AWS_SECRET_ACCESS_KEY", "wrong");
        command.env("BRAINZLIFT_MIRROR", "http://127.0.0.1:1/");
        command
    };
    finish(own(&["setup"])).await.expect(0);
    let summary = finish(own(&["lift", "musicbrainz/recording"])).await.expect(0).summary();
    assert_eq!(summary["proven"], 1);
    assert!(dir.join("home/data/raw/musicbrainz/recording.tar.xz").is_file());
    assert!(!world.data().exists(), "the sandbox wrote into the real data directory");
    let status = finish(own(&["status"])).await.expect(0);
    assert!(status.named("object").iter().any(|object| object["key"] == "raw/musicbrainz/recording.tar.xz"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_gives_each_archive_a_reason_and_changes_nothing() {
    let world = World::ready().await;
    let plan = world.run(&["plan", "musicbrainz"]).await.expect(0);
    let lines = plan.named("plan");
    assert_eq!(lines.len(), 4);
    for line in &lines {
        assert_eq!((&line["line"]["verdict"], &line["line"]["action"]), (&json!("missing"), &json!("lift")));
        assert!(!line["reason"].as_str().unwrap().is_empty());
    }
    let bytes: u64 =
        world.published().await.iter().filter(|archive| is_guide(&archive.dataset.0)).map(|a| a.size).sum();
    assert_eq!((&plan.summary()["down"], &plan.summary()["up"]), (&json!(bytes), &json!(bytes)));
    assert!(plan.summary()["cost"]["month_usd"].as_f64().unwrap() > 0.0);
    assert_eq!(world.sandbox.faults().mirror_bytes_sent(), 0);
    assert!(!world.data().exists());
    assert_eq!(world.hold_no_wrong_object().await, 0);
}

fn is_guide(id: &str) -> bool {
    ["artist", "recording", "release", "release-group"].contains(&id.trim_start_matches("musicbrainz/"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_downloaded_alone_is_uploaded_later_without_the_mirrors_archives() {
    let world = World::ready().await;
    let down = world.run(&["download", "musicbrainz/release"]).await.expect(0);
    assert_eq!(down.summary()["proven"], 1);
    let file = world.data().join("raw/musicbrainz/release.tar.xz");
    let published = world.published().await;
    let release = published.iter().find(|archive| archive.name == "release.tar.xz").unwrap();
    let digest = hex::encode(Sha256::digest(std::fs::read(&file).unwrap()));
    assert_eq!(digest, release.sha256.to_string());
    assert_eq!(world.hold_no_wrong_object().await, 0, "a download reached the bucket");

    let sent = world.sandbox.faults().mirror_bytes_sent();
    // No DATASET: whatever is on the disk.
    let up = world.run(&["upload"]).await.expect(0);
    assert_eq!((&up.summary()["archives"], &up.summary()["proven"]), (&json!(1), &json!(1)));
    assert_eq!(world.sandbox.faults().mirror_bytes_sent(), sent);
    assert_eq!(world.hold_no_wrong_object().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_damaged_on_the_disk_is_not_uploaded() {
    let world = World::ready().await;
    world.run(&["download", "musicbrainz/recording"]).await.expect(0);
    let file = world.data().join("raw/musicbrainz/recording.tar.xz");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[1000] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let ended = world.run(&["upload", "musicbrainz/recording"]).await;
    assert_ne!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(world.hold_no_wrong_object().await, 0);
    world.run(&["lift", "musicbrainz/recording"]).await.expect(0);
    assert_eq!(world.hold_no_wrong_object().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_object_is_left_alone_until_replacing_is_asked_for() {
    let world = World::ready().await;
    let (bucket, key) = (world.bucket().await, "raw/musicbrainz/recording.tar.xz");
    let put = bucket.client().put_object().bucket(BUCKET).key(key).body(b"mine".to_vec().into());
    put.send().await.unwrap();
    let blocked = world.run(&["lift", "musicbrainz/recording"]).await.expect(1);
    assert_eq!(blocked.summary()["failed"], 1);
    assert_eq!(bucket.head(key).await.unwrap().unwrap().size, 4);
    world.run(&["lift", "musicbrainz/recording", "--replace"]).await.expect(0);
    assert_eq!(world.hold_no_wrong_object().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn datasets_shows_every_family_with_sizes_and_states() {
    let world = World::ready().await;
    world.run(&["lift", "musicbrainz/artist"]).await.expect(0);
    let shown = world.run(&["datasets"]).await.expect(0);
    let datasets = shown.named("dataset");
    let families: BTreeSet<&str> =
        datasets.iter().map(|dataset| dataset["family"].as_str().unwrap()).collect();
    assert_eq!(families.len(), 5, "{families:?}");
    let artist = datasets.iter().find(|dataset| dataset["dataset"] == "musicbrainz/artist").unwrap();
    assert_eq!(artist["state"]["verdict"], "current");
    assert!(artist["archive"]["size"].as_u64().unwrap() > 0);
    // The newest ListenBrainz full is not complete yet, and that is said.
    assert!(!shown.named("passed-over").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn setup_shows_the_difference_keeps_what_is_foreign_and_has_nothing_to_do_the_second_time() {
    let world = World::new().await;
    let dry = world.run(&["setup", "--dry-run", "--versioning", "--archive-after", "30"]).await.expect(0);
    assert_eq!(dry.named("plan")[0]["exists"], false);
    assert!(dry.named("bucket").is_empty(), "a dry run made the bucket");
    let flags = ["setup", "--versioning", "--archive-after", "30", "--archive-class", "DEEP_ARCHIVE"];
    let first = world.run(&flags).await.expect(0);
    assert_eq!((&first.summary()["failed"], &first.summary()["not_kept"]), (&json!(0), &json!(0)));
    let second = world.run(&flags).await.expect(0);
    assert_eq!(second.named("plan")[0]["changes"], json!([]));
    assert_eq!(second.named("layout")[0]["made"], json!([]));
    let off = world.run(&["setup", "--no-versioning", "--no-archive"]).await.expect(0);
    assert_eq!(off.named("setting").len(), 2, "{}", off.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_bucket_is_remembered_without_being_named() {
    let world = World::ready().await;
    let mut command = world.command(&["--json", "status"]);
    command.env_remove("BRAINZLIFT_BUCKET");
    assert_eq!(finish(command).await.expect(0).named("bucket")[0]["bucket"], BUCKET);
}
