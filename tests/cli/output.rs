//! How the commands speak: to people, to programs, and to nobody.

use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::time::timeout;

use crate::support::{PATIENCE, World, finish};

#[tokio::test(flavor = "multi_thread")]
async fn without_json_a_lift_is_readable_in_a_log() {
    let world = World::ready().await;
    let ended = finish(world.command(&["lift", "musicbrainz/recording"])).await.expect(0);
    let text = format!("{}{}", ended.stdout, ended.stderr);
    for part in ["musicbrainz/recording", "✓ recording.tar.xz", "SHA-256 ✓", "CRC64NVME ✓", "1 proven"]
    {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    assert!(!text.contains('\u{1b}') && !text.contains('\r'), "escape codes in a log:\n{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_is_an_event_on_stdout_and_words_on_stderr() {
    let world = World::new().await;
    let ended = world.run(&["lift"]).await.expect(1).says(&["brainzlift: ", "setup"]);
    let error = &ended.named("error")[0];
    assert_eq!(error["kind"], "not-found");
    assert!(error["what"].is_string() && error["hint"].as_str().unwrap().contains("setup"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_command_line_is_an_event_too() {
    let world = World::new().await;
    let ended = world.run(&["lift", "--no-such-flag"]).await.expect(2);
    assert_eq!(ended.named("error")[0]["kind"], "usage");
    assert!(ended.stderr.contains("--no-such-flag"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_asked_and_cannot_be_asked_is_the_users_mistake() {
    let world = World::new().await;
    let ended = finish(world.command(&["setup"])).await.expect(2).says(&["--yes", "--dry-run"]);
    assert!(ended.stdout.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wizard_without_a_terminal_names_the_commands() {
    let world = World::new().await;
    finish(world.command(&[])).await.expect(2).says(&["setup", "datasets", "plan", "lift", "status"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_ends_a_command_quietly() {
    let world = World::ready().await;
    let mut command = world.command(&["--json", "datasets"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = timeout(PATIENCE, child.wait_with_output()).await.unwrap().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_a_file_without_secrets_whatever_it_is_asked_for() {
    let world = World::ready().await;
    let token = "a-session-token-that-nobody-may-read";
    let mut command = world.command(&["--yes", "lift", "musicbrainz/recording"]);
    command.env("BRAINZLIFT_LOG", "trace").env("AWS_SESSION_TOKEN", token);
    finish(command).await;
    let log = std::fs::read_to_string(world.dir.path().join("home/.local/state/brainzlift/brainzlift.log"))
        .unwrap();
    let secret =
        world.sandbox.environment().into_iter().find(|(name, _)| *name == "AWS_SECRET_ACCESS_KEY").unwrap().1;
    assert!(log.contains("brainzlift"), "nothing was logged");
    assert!(!log.contains(&secret) && !log.contains(token));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_served_sandbox_prints_what_to_export_and_another_process_can_use_it() {
    let world = World::new().await;
    let dir = world.dir.path().join("served");
    for json in [false, true] {
        let flags: &[&str] = if json { &["--json"] } else { &[] };
        let mut command =
            world.command(&[flags, &["sandbox", "--rate", "0", "--dir", dir.to_str().unwrap()]].concat());
        let mut serving = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
        let mut exports = Vec::new();
        while exports.len() < 5 {
            let line = timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap().unwrap();
            exports.extend(read_exports(&line, json));
        }
        let mut client = world.command(&["--yes", "--json", "setup"]);
        finish({
            client.envs(exports);
            client
        })
        .await
        .expect(0);
        let id = serving.id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        assert_eq!(timeout(PATIENCE, serving.wait()).await.unwrap().unwrap().code(), Some(0));
    }
}

fn read_exports(line: &str, json: bool) -> Vec<(String, String)> {
    if !json {
        let (name, value) = line.strip_prefix("export ").unwrap().split_once('=').unwrap();
        return vec![(name.to_owned(), value.to_owned())];
    }
    let object: Value = serde_json::from_str(line).unwrap();
    let fields = object.as_object().unwrap().iter().filter(|(name, _)| *name != "event");
    fields.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}
