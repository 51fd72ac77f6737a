//! Runs that are ended in the middle, politely and not, and go on.

use std::time::Duration;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use crate::kills::round::round;
use crate::kills::stage::{Setting, Stage};
use crate::support::{PATIENCE, World, until};

/// Slow enough for a run to be caught in the middle, fast enough for a test: bytes/s.
const RATE: u64 = 4_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn killed_five_times_at_different_moments_the_lift_goes_on_and_moves_little_twice() {
    let world = World::with_rate(RATE).await;
    world.run(&["setup"]).await.expect(0);
    let published = world.published().await;
    let guide = ["artist.tar.xz", "recording.tar.xz", "release.tar.xz", "release-group.tar.xz"];
    let archives: Vec<_> =
        published.iter().filter(|archive| guide.contains(&archive.name.as_str())).collect();
    let size: u64 = archives.iter().map(|archive| archive.size).sum();
    for nth in 1..=5 {
        let mut lift = world.begin(&["lift", "musicbrainz"]);
        let moment = size * nth / 6;
        until("the moment to kill", || world.sandbox.faults().mirror_bytes_sent() >= moment).await;
        lift.kill().await.unwrap();
        world.hold_no_wrong_object().await;
    }
    let summary = world.run(&["lift", "musicbrainz"]).await.expect(0).summary();
    let count = |name: &str| summary[name].as_u64().unwrap();
    assert_eq!((count("proven") + count("skipped"), count("failed")), (4, 0), "{summary}");
    assert_eq!(world.hold_no_wrong_object().await, 4);
    for archive in archives {
        let bytes = std::fs::read(world.data().join(archive.key())).unwrap();
        assert_eq!(hex::encode(Sha256::digest(bytes)), archive.sha256.to_string(), "{}", archive.name);
    }
    let sent = world.sandbox.faults().mirror_bytes_sent();
    assert!(sent * 2 < size * 3, "{sent} bytes were sent for {size}");
    assert!(world.bucket().await.uploads().await.unwrap().is_empty(), "an unfinished upload is left behind");
}

/// The same rounds as `cargo run --example kills`, which takes more of them.
#[tokio::test(flavor = "multi_thread")]
async fn ten_kills_at_random_moments_cost_a_window_each_and_leave_nothing_behind() {
    let binary = env!("CARGO_BIN_EXE_brainzlift").into();
    let stage = Stage::set(Setting { binary, size: 96 << 20, rate: 40 << 20, store: None }).await;
    let (seed, mut left) = (rand::random(), 10);
    let mut random = StdRng::seed_from_u64(seed);
    for (number, mode) in (1..).zip(["keep", "stream"].into_iter().cycle()) {
        let name = format!("kills-{number}");
        let round = round(&stage, &mut random, (&name, mode), left, Duration::from_millis(1500)).await;
        assert_eq!(round.wrong, Vec::<String>::new(), "seed {seed}, round {number}, {mode}: {round:?}");
        left -= round.kills;
        if left == 0 {
            return;
        }
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_polite_signal_ends_in_order_with_the_code_that_says_it_can_be_resumed() {
    let world = World::with_rate(RATE).await;
    world.run(&["setup"]).await.expect(0);
    for (name, signal) in [("INT", 1), ("TERM", 2)] {
        let mut lift = world.begin(&["lift", "musicbrainz/release"]);
        let moment = signal * 1_500_000;
        until("the moment to stop", || world.sandbox.faults().mirror_bytes_sent() >= moment).await;
        let id = lift.id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap();
        assert!(sent.success());
        let ended = timeout(PATIENCE, lift.wait()).await.unwrap().unwrap();
        assert_eq!(ended.code(), Some(5), "after {name}");
        let begun = world.run(&["status"]).await.expect(0);
        assert_eq!(begun.named("begun")[0]["key"], json!("raw/musicbrainz/release.tar.xz"));
    }
    let before = world.sandbox.faults().mirror_bytes_sent();
    world.run(&["lift", "musicbrainz/release"]).await.expect(0);
    assert_eq!(world.hold_no_wrong_object().await, 1);
    let size = world.published().await.iter().find(|archive| archive.name == "release.tar.xz").unwrap().size;
    assert!(world.sandbox.faults().mirror_bytes_sent() - before < size, "the last run began from nothing");
    assert!(world.run(&["status"]).await.expect(0).named("begun").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_lifts_of_one_archive_do_not_disturb_each_other() {
    let world = World::with_rate(RATE).await;
    world.run(&["setup"]).await.expect(0);
    let mut first = world.begin(&["lift", "musicbrainz/release"]);
    until("the first to begin", || world.sandbox.faults().mirror_bytes_sent() > 500_000).await;
    let second = world.run(&["lift", "musicbrainz/release"]).await.expect(1);
    assert_eq!(second.summary()["failed"], 1);
    let error = &second.named("failed")[0]["error"];
    let why = error["why"].as_str().unwrap();
    assert_eq!(error["what"], "another process works on release.tar.xz");
    assert!(why.starts_with(&format!("process {}, since 20", first.id().unwrap())), "{why}");
    assert!(error["hint"].as_str().unwrap().starts_with("wait for it"), "{error}");
    assert_eq!(timeout(PATIENCE, first.wait()).await.unwrap().unwrap().code(), Some(0));
    assert_eq!(world.hold_no_wrong_object().await, 1);
}
