//! `verify`, with the real binary: what it says, and with which exit code it ends.

use brainzlift::bucket::meta;
use brainzlift::sandbox::faults::{Fault, On, What};
use serde_json::json;

use crate::support::{BUCKET, World, finish, until};

const KEY: &str = "raw/musicbrainz/recording.tar.xz";
const DATASET: &str = "musicbrainz/recording";

/// A bucket with one archive that was lifted.
async fn lifted() -> World {
    let world = World::ready().await;
    world.run(&["lift", DATASET]).await.expect(0);
    world
}

/// Puts `bytes` at the archive's key with the metadata of the archive.
async fn replace(world: &World, bytes: Vec<u8>, class: Option<&str>) {
    let archive = world.published().await.into_iter().find(|archive| archive.key() == KEY).unwrap();
    let bucket = world.bucket().await;
    let put = bucket.client().put_object().bucket(BUCKET).key(KEY).body(bytes.into());
    let put = put.metadata(meta::SHA256, archive.sha256.to_string()).metadata(meta::DUMP, archive.dump.name);
    let put = put.metadata(meta::DATASET, archive.dataset.0).set_storage_class(class.map(Into::into));
    put.send().await.unwrap();
}

async fn bytes(world: &World) -> Vec<u8> {
    let got = world.bucket().await.client().get_object().bucket(BUCKET).key(KEY).send().await.unwrap();
    got.body.collect().await.unwrap().to_vec()
}

async fn flipped(world: &World) -> Vec<u8> {
    let mut bytes = bytes(world).await;
    bytes[1000] ^= 1;
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lifted_is_verified_quickly_and_deeply() {
    let world = lifted().await;
    for (flags, read) in [(vec!["verify"], false), (vec!["verify", "--deep"], true)] {
        let ended = world.run(&flags).await.expect(0);
        let checked = ended.named("checked");
        assert_eq!(
            (checked.len(), &checked[0]["outcome"], &checked[0]["key"]),
            (1, &json!("verified"), &json!(KEY))
        );
        assert_eq!(checked[0]["read"], read);
        let summary = ended.summary();
        assert_eq!((&summary["verified"], &summary["wrong"]), (&json!(1), &json!(0)));
        assert_eq!(summary["read"].as_u64().unwrap() > 0, read);
    }
    let words = finish(world.command(&["verify", "--deep"])).await.expect(0);
    assert!(words.stdout.contains("✓ raw/musicbrainz/recording.tar.xz"), "{}", words.stdout);
    assert!(
        words.stdout.contains("SHA-256 (published, proof on this machine, its metadata)"),
        "{}",
        words.stdout
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn other_bytes_are_an_integrity_failure_and_stay_where_they_are() {
    let world = lifted().await;
    let wrong = flipped(&world).await;
    replace(&world, wrong.clone(), None).await;
    for flags in [vec!["verify"], vec!["verify", "--deep", DATASET]] {
        let ended = world.run(&flags).await.expect(4);
        assert_eq!(ended.named("checked")[0]["outcome"], "wrong");
    }
    assert_eq!(bytes(&world).await, wrong);
    for (language, word) in [("en", "CRC64NVME is"), ("fr", "CRC64NVME vaut")] {
        let words = finish(world.command(&["--lang", language, "verify"])).await.expect(4);
        assert!(words.stdout.contains("✗ raw/") && words.stdout.contains(word), "{}", words.stdout);
    }
}

/// A machine that lifted nothing and reaches no mirror knows too little to say so quickly, and reads it deeply.
#[tokio::test(flavor = "multi_thread")]
async fn without_mirror_and_proof_only_reading_tells() {
    let world = lifted().await;
    let elsewhere = |arguments: &[&str]| {
        let mut command = world.command(&[&["--json"], arguments].concat());
        command.env("HOME", world.dir.path().join("elsewhere"));
        command.env("BRAINZLIFT_MIRROR", "http://127.0.0.1:1/");
        command
    };
    let quick = finish(elsewhere(&["verify"])).await.expect(1);
    assert_eq!(quick.named("mirror-silent").len(), 1);
    let checked = &quick.named("checked")[0];
    assert_eq!(
        (&checked["outcome"], &checked["gaps"]),
        (&json!("cannot-tell"), &json!(["not-asked", "no-proof"]))
    );
    finish(elsewhere(&["verify", "--deep"])).await.expect(0);
    let wrong = flipped(&world).await;
    replace(&world, wrong, None).await;
    finish(elsewhere(&["verify", "--deep"])).await.expect(4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_object_matters_only_to_whoever_names_it() {
    let world = lifted().await;
    let bucket = world.bucket().await;
    let put = bucket.client().put_object().bucket(BUCKET).key("raw/musicbrainz/artist.tar.xz");
    put.body(b"mine".to_vec().into()).send().await.unwrap();
    let all = world.run(&["verify"]).await.expect(0);
    assert_eq!(all.summary()["unknown"], 1);
    world.run(&["verify", "musicbrainz/artist"]).await.expect(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_or_was_never_there_is_said() {
    let world = lifted().await;
    let never = world.run(&["verify", "musicbrainz/artist"]).await.expect(1);
    assert_eq!(never.named("checked")[0]["gaps"], json!(["never-there"]));
    world.bucket().await.client().delete_object().bucket(BUCKET).key(KEY).send().await.unwrap();
    let gone = world.run(&["verify", DATASET]).await.expect(4);
    assert_eq!(gone.named("checked")[0]["gaps"], json!(["missing"]));
    let nothing = finish(world.command(&["verify"])).await.expect(0);
    assert!(nothing.stdout.contains("No archives"), "{}", nothing.stdout);
    world.run(&["verify", "musicbrainz/recordings"]).await.expect(2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_object_is_said_to_need_a_restore() {
    let world = lifted().await;
    let right = bytes(&world).await;
    replace(&world, right, Some("DEEP_ARCHIVE")).await;
    world.run(&["verify"]).await.expect(0);
    let ended = world.run(&["verify", "--deep"]).await.expect(1);
    assert!(ended.named("checked")[0]["gaps"].as_array().unwrap().contains(&json!("archived")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_while_it_is_read_is_got_over() {
    let world = lifted().await;
    let reset = Fault::new(On::S3, format!("/{BUCKET}/{KEY}"), What::Reset { after: 300_000 }).method("GET");
    world.sandbox.faults().add(reset);
    let ended = world.run(&["verify", "--deep"]).await.expect(0);
    assert_eq!(ended.named("retrying").len(), 1);
    assert_eq!(world.sandbox.faults().hits().len(), 1);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_it_with_five() {
    let world = lifted().await;
    let stall = What::Stall { after: 300_000, seconds: 60 };
    world.sandbox.faults().add(Fault::new(On::S3, format!("/{BUCKET}/{KEY}"), stall).method("GET"));
    let mut child = world.begin(&["verify", "--deep"]);
    until("the object is read", || !world.sandbox.faults().hits().is_empty()).await;
    let id = child.id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let status =
        tokio::time::timeout(std::time::Duration::from_secs(20), child.wait()).await.unwrap().unwrap();
    assert_eq!(status.code(), Some(5));
}
