//! `get`, with the real binary: what comes, what is refused, and what a kill costs.

use std::time::Duration;

use brainzlift::sandbox::faults::{Fault, On, What};
use serde_json::json;
use tokio::time::timeout;

use crate::support::{BUCKET, PATIENCE, World, finish, until};

const KEY: &str = "raw/musicbrainz/recording.tar.xz";

async fn put(world: &World, key: &str, bytes: Vec<u8>, class: Option<&str>) {
    let bucket = world.bucket().await;
    let put = bucket.client().put_object().bucket(BUCKET).key(key).body(bytes.into());
    put.set_storage_class(class.map(Into::into)).send().await.unwrap();
}

fn noise(length: usize) -> Vec<u8> {
    (0..length as u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect()
}

fn fault(key: &str, what: What) -> Fault {
    Fault::new(On::S3, format!("/{BUCKET}/{key}"), what).method("GET")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lifted_comes_back_checked_against_all_that_is_known() {
    let world = World::ready().await;
    world.run(&["lift", "musicbrainz/recording"]).await.expect(0);
    let archive = world.published().await.into_iter().find(|archive| archive.key() == KEY).unwrap();
    let to = world.dir.path().join("back");
    let to = to.to_str().unwrap();
    let ended = world.run(&["get", KEY, "--to", &format!("{to}/")]).await.expect(0);
    let fetched = &ended.named("fetched")[0];
    assert_eq!((&fetched["sha256"], &fetched["key"]), (&json!(archive.sha256), &json!(KEY)));
    assert_eq!((fetched["checks"].as_array().unwrap().len(), &fetched["gaps"]), (3, &json!([])));
    assert_eq!(std::fs::read(format!("{to}/recording.tar.xz")).unwrap().len() as u64, archive.size);
    let again = world.run(&["get", KEY, "--to", to]).await.expect(0);
    assert_eq!((&again.summary()["skipped"], &again.summary()["moved"]), (&json!(1), &json!(0)));
    let words = finish(world.command(&["get", KEY, "--to", &format!("{to}/named.xz")])).await.expect(0);
    assert!(words.stdout.contains("named.xz") && words.stdout.contains("SHA-256 ("), "{}", words.stdout);
    let french = finish(world.command(&["get", KEY, "--to", to, "--lang", "fr"])).await.expect(0);
    assert!(french.stdout.contains("identique"), "{}", french.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_byte_is_refused_with_four_and_leaves_no_file() {
    let world = World::ready().await;
    world.run(&["lift", "musicbrainz/recording"]).await.expect(0);
    let to = world.dir.path().join("back");
    world.sandbox.faults().add(fault(KEY, What::FlipByte { offset: Some(1000) }).times(0));
    let ended = world.run(&["get", KEY, "--to", to.to_str().unwrap()]).await.expect(4);
    assert_eq!((ended.named("restarted").len(), ended.named("fetched").len()), (1, 0));
    let error = &ended.named("failed")[0]["error"];
    assert_eq!(error["kind"], "integrity");
    assert!(error["why"].as_str().unwrap().starts_with("SHA-256 is "), "{error}");
    assert!(!to.exists(), "something is left");
    let words = finish(world.command(&["get", KEY, "--to", to.to_str().unwrap()])).await.expect(4);
    words.says(&["did not arrive as it should", "hint: nothing was kept"]);
    // Once is an accident.
    world.sandbox.faults().clear();
    world.sandbox.faults().add(fault(KEY, What::FlipByte { offset: Some(1000) }));
    world.run(&["get", KEY, "--to", to.to_str().unwrap()]).await.expect(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prefix_becomes_folders_and_a_key_that_leads_out_is_refused_alone() {
    let world = World::ready().await;
    for key in ["some/a.txt", "some/deep/b.txt", "some/../../out.txt", "other/c.txt"] {
        put(&world, key, key.as_bytes().to_vec(), None).await;
    }
    let to = world.dir.path().join("in/here");
    let ended = world.run(&["get", "--prefix", "some/", "--to", to.to_str().unwrap()]).await.expect(2);
    assert_eq!((&ended.summary()["fetched"], &ended.summary()["failed"]), (&json!(2), &json!(1)));
    let error = &ended.named("error")[0];
    assert!(error["what"].as_str().unwrap().contains("some/../../out.txt"), "{error}");
    assert_eq!(std::fs::read(to.join("deep/b.txt")).unwrap(), b"some/deep/b.txt");
    assert!(to.join("a.txt").exists() && !world.dir.path().join("out.txt").exists());
    world.run(&["get", "--prefix", "nothing/"]).await.expect(1);
    world.run(&["get"]).await.code.filter(|code| *code == 2).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_file_is_kept_until_replace_is_said_and_an_archived_object_wants_a_restore() {
    let world = World::ready().await;
    put(&world, "thing.txt", b"theirs".to_vec(), None).await;
    put(&world, "cold.txt", b"cold".to_vec(), Some("GLACIER")).await;
    let to = world.dir.path().join("thing.txt");
    std::fs::write(&to, b"mine!!").unwrap();
    let to = to.to_str().unwrap();
    finish(world.command(&["get", "thing.txt", "--to", to])).await.expect(1).says(&["--replace"]);
    assert_eq!(std::fs::read(to).unwrap(), b"mine!!");
    world.run(&["get", "thing.txt", "--to", to, "--replace"]).await.expect(0);
    assert_eq!(std::fs::read(to).unwrap(), b"theirs");
    let cold = world.run(&["get", "cold.txt", "--to", &format!("{to}.cold")]).await.expect(1);
    assert_eq!(cold.named("failed")[0]["error"]["kind"], "archived");
}

/// A window: what six connections ask for at once, two ranges that wait for their turn, and what came since the last checkpoint.
const WINDOW: u64 = 8 * (8 << 20) + (16 << 20);

#[tokio::test(flavor = "multi_thread")]
async fn killed_and_stopped_it_goes_on_and_moves_no_more_than_a_window_twice() {
    let world = World::ready().await;
    let whole = noise(160 << 20);
    put(&world, "large.bin", whole.clone(), None).await;
    let to = world.dir.path().join("large.bin");
    let part = world.dir.path().join("large.bin.part");
    let get = ["get", "large.bin", "--to", to.to_str().unwrap(), "--limit-down", "40MiB"];
    let length = || part.metadata().map_or(0, |part| part.len());
    let mut first = world.begin(&get);
    until("the moment to kill", || length() > 48 << 20).await;
    first.kill().await.unwrap();
    let before = length();
    let mut second = world.begin(&get);
    until("the moment to stop", || length() > before + (16 << 20)).await;
    let id = second.id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(timeout(PATIENCE, second.wait()).await.unwrap().unwrap().code(), Some(5));
    let stopped = length();
    assert!(!to.exists() && stopped >= before);
    let last = world.run(&get[..4]).await.expect(0);
    let from = last.named("started")[0]["from"].as_u64().unwrap();
    assert_eq!(from, stopped, "what was stopped politely was durable to its last byte");
    assert_eq!(last.summary()["moved"], json!((160 << 20) - from));
    assert!(before.saturating_sub(from) <= WINDOW);
    assert!(std::fs::read(&to).unwrap() == whole && !part.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_once_after_a_checkpoint_the_next_run_begins_within_a_window_of_it() {
    let world = World::ready().await;
    put(&world, "large.bin", noise(120 << 20), None).await;
    let to = world.dir.path().join("large.bin");
    let get = ["get", "large.bin", "--to", to.to_str().unwrap()];
    world.sandbox.faults().add(fault("large.bin", What::Stall { after: 0, seconds: 60 }).skip(10).times(0));
    let mut first = world.begin(&get);
    let part = world.dir.path().join("large.bin.part");
    until("what came to be durable", || part.metadata().is_ok_and(|part| part.len() >= 32 << 20)).await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    first.kill().await.unwrap();
    world.sandbox.faults().clear();
    let ended = world.run(&get).await.expect(0);
    let from = ended.named("started")[0]["from"].as_u64().unwrap();
    // Ten ranges came; those behind a gap and what no checkpoint spoke of come again.
    assert!(from + WINDOW >= 10 * (8 << 20) && from > 0, "{from}");
    assert!(ended.summary()["moved"].as_u64().unwrap() + from == 120 << 20);
}
