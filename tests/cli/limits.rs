//! Mode, limits, memory and connections: what is refused and why, and what a plan says of them.

use crate::messages::in_both_languages;
use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_value_is_refused_before_anything_is_asked_for_and_says_what_would_do() {
    let world = World::new().await;
    for (flags, said) in [
        (["--limit-down", "fast"], "08:00,5MiB 23:00,off"),
        (["--limit-up", "20"], "1 KiB/s"),
        (["--limit-up", "25:00,5MiB 08:00,off"], "25:00"),
        (["--memory", "16MiB"], "32MiB"),
        (["--connections", "0"], "8"),
        (["--connections", "9"], "8"),
    ] {
        for ended in in_both_languages(&world, &[&flags[..], &["upload"]].concat(), 2, |_| {}).await {
            assert!(ended.stderr.contains(said) && ended.stderr.contains(flags[0]), "{}", ended.stderr);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_that_holds_no_part_is_refused_with_how_much_would_do() {
    let world = World::ready().await;
    let flags = ["--memory", "32MiB", "--part-size", "67108864", "lift", "musicbrainz/artist"];
    for ended in in_both_languages(&world, &flags, 2, |_| {}).await {
        assert!(
            ended.stderr.contains("artist.tar.xz") && ended.stderr.contains("--memory 128MiB"),
            "{}",
            ended.stderr
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_keep_and_stream_can_be_chosen() {
    let world = World::new().await;
    let ended = world.run(&["lift", "--mode", "download"]).await.expect(2);
    assert!(ended.stderr.contains("keep") && ended.stderr.contains("stream"), "{}", ended.stderr);
    let ended = world.run(&["download", "--mode", "stream"]).await.expect(2);
    assert!(ended.stderr.contains("--mode"), "{}", ended.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_names_its_mode_and_its_limits() {
    let world = World::ready().await;
    let plan =
        world.run(&["plan", "--mode", "stream", "--limit-down", "08:00,5MiB 23:00,off"]).await.expect(0);
    let summary = plan.summary();
    assert_eq!((&summary["mode"], &summary["disk"]), (&"stream".into(), &0.into()));
    assert_eq!(summary["limits"]["down"], "08:00,5MiB 23:00,off");
    assert_eq!((&summary["limits"]["up"], &summary["suggested_mode"]), (&"off".into(), &"keep".into()));
    let kept = world.run(&["plan"]).await.expect(0).summary();
    assert_eq!(kept["mode"], "keep");
    assert!(kept["disk"].as_u64() > Some(0), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mode_of_the_settings_holds_where_no_flag_says_another() {
    let world = World::ready().await;
    let file = world.dir.path().join("settings.toml");
    std::fs::write(&file, "# small disk\nmode = \"stream\" # always\nlimit_up = 5_000_000\n").unwrap();
    let file = file.to_str().unwrap();
    let summary = world.run(&["--config", file, "plan"]).await.expect(0).summary();
    assert_eq!((&summary["mode"], &summary["limits"]["up"]), (&"stream".into(), &"5MB".into()));
    let summary = world.run(&["--config", file, "plan", "--mode", "keep"]).await.expect(0).summary();
    assert_eq!(summary["mode"], "keep");
}
