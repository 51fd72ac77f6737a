//! The lift against stores and mirrors that nobody here wrote: LocalStack and moto as S3, stock nginx as the mirror.
//!
//! `.ci/install-peers` installs them. Without them these tests say so and pass, except under CI, where absence is a failure.
#![expect(clippy::print_stderr, clippy::unwrap_used, reason = "helpers of tests")]

mod aws;
#[path = "../kills/mod.rs"]
#[expect(dead_code, reason = "the command of the same rounds does more with them")]
mod kills;
mod mirrors;
mod moto;
mod nginx;
mod peers;
mod world;

use std::time::Duration;

use brainzlift::bucket::LAYOUT;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use kills::round::round;
use kills::stage::{Setting, Stage};
use moto::Moto;
use nginx::Nginx;
use peers::{LocalStack, Peer};
use world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_lift_to_localstack_is_proven_and_the_second_one_moves_nothing() {
    let Some(store) = Peer::start::<LocalStack>().await else { return };
    let world = World::new(&store.url).await;
    world.run(&["setup", "--versioning", "--archive-after", "90"]).await;
    let first = world.run(&["lift", "musicbrainz"]).await;
    assert_eq!((&first.summary()["proven"], &first.summary()["failed"]), (&4.into(), &0.into()));
    for proven in first.named("proven") {
        assert_eq!(proven["proof"]["crc64nvme_checked"], "equal", "{proven}");
        assert_eq!(proven["proof"]["checksum"], "crc64nvme", "{proven}");
        assert_eq!(proven["proof"]["size_checked"], "equal", "{proven}");
    }
    let sent = world.mirror.faults().mirror_bytes_sent();
    let second = world.run(&["lift", "musicbrainz"]).await;
    assert_eq!((&second.summary()["proven"], &second.summary()["skipped"]), (&0.into(), &4.into()));
    assert_eq!(world.mirror.faults().mirror_bytes_sent(), sent);
    let again = world.run(&["setup", "--versioning", "--archive-after", "90"]).await;
    assert_eq!(again.named("plan")[0]["changes"], serde_json::json!([]));
    let shown = world.run(&["status"]).await;
    assert_eq!(shown.named("object").len(), 4);
    assert_eq!(shown.named("bucket")[0]["objects"], 4 + LAYOUT.len());
}

/// The same rounds as `cargo run --example kills -- --store localstack`, which takes more of them.
#[tokio::test(flavor = "multi_thread")]
async fn lifts_to_localstack_that_are_killed_at_random_moments_go_on_and_are_proven() {
    let Some(store) = Peer::start::<LocalStack>().await else { return };
    let binary = env!("CARGO_BIN_EXE_brainzlift").into();
    let setting = Setting { binary, size: 48 << 20, rate: 24 << 20, store: Some(store.url.clone()) };
    let stage = Stage::set(setting).await;
    let seed = rand::random();
    let mut random = StdRng::seed_from_u64(seed);
    for mode in ["keep", "stream"] {
        let name = format!("kills-{mode}");
        let round = round(&stage, &mut random, (&name, mode), 2, Duration::from_millis(1500)).await;
        assert_eq!(round.wrong, Vec::<String>::new(), "seed {seed}, {mode}: {round:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lift_to_moto_is_done_and_its_proof_says_what_could_not_be_compared() {
    let Some(store) = Peer::start::<Moto>().await else { return };
    let world = World::new(&store.url).await;
    world.run(&["setup"]).await;
    let lifted = world.run(&["lift", "musicbrainz"]).await;
    assert_eq!(lifted.summary()["proven"], 4);
    let checks: Vec<_> =
        lifted.named("proven").into_iter().map(|event| event["proof"]["crc64nvme_checked"].clone()).collect();
    assert!(checks.iter().any(|check| check == "malformed" || check == "not-given"), "{checks:?}");
    for proven in lifted.named("proven") {
        assert_eq!(proven["proof"]["size_checked"], "equal", "{proven}");
        // It names checksums and checks none; its ETags are of what it received.
        assert_eq!(proven["proof"]["checksum"], "md5", "{proven}");
    }
    assert_eq!(world.run(&["lift", "musicbrainz"]).await.summary()["skipped"], 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_of_stock_nginx_works_the_same_as_the_embedded_one() {
    let world = World::in_sandbox().await;
    let Some(nginx) = Peer::start_in::<Nginx>(&world.mirror_dir()).await else { return };
    world.run(&["setup"]).await;
    let embedded = world.run(&["plan", "all"]).await;
    let mirror = format!("{}/pub/musicbrainz/", nginx.url);
    let stock = world.run(&["--mirror", &mirror, "plan", "all"]).await;
    let pick = |ended: &world::Ended| -> Vec<_> {
        let lines = ended.named("plan").into_iter().map(|event| event["line"]["archive"].clone());
        lines
            .map(|archive| [archive["name"].clone(), archive["size"].clone(), archive["sha256"].clone()])
            .collect()
    };
    assert!(pick(&stock).len() > 12);
    assert_eq!(pick(&stock), pick(&embedded));
    assert_eq!(stock.named("passed-over").len(), embedded.named("passed-over").len());
    let lifted = world.run(&["--mirror", &mirror, "lift", "musicbrainz"]).await;
    assert_eq!(lifted.summary()["proven"], 4);
    assert_eq!(world.mirror.faults().mirror_bytes_sent(), 0, "the embedded mirror served archives");
}
