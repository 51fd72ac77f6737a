//! The commands that look into a bucket and clean it: to people, to programs, and with the wrong word.

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{BucketVersioningStatus, StorageClass, VersioningConfiguration};
use brainzlift::sandbox::faults::{Fault, On, What};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::time::timeout;

use crate::support::{BUCKET, Ended, PATIENCE, World, finish};

impl World {
    /// A world with an empty bucket.
    async fn bare() -> Self {
        let world = Self::new().await;
        let client = world.maker().await;
        client.create(BUCKET, "eu-west-3").await.unwrap();
        world
    }

    async fn put(&self, key: &str, body: &'static [u8], class: Option<StorageClass>) {
        let bucket = self.bucket().await;
        let put = bucket.client().put_object().bucket(BUCKET).key(key).set_storage_class(class);
        put.body(ByteStream::from_static(body)).send().await.unwrap();
    }

    async fn keys(&self) -> Vec<String> {
        self.bucket().await.objects("").await.unwrap().into_iter().map(|object| object.key).collect()
    }

    async fn keep_versions(&self) {
        let status = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled).build();
        let put = self.bucket().await.client().put_bucket_versioning().bucket(BUCKET);
        put.versioning_configuration(status).send().await.unwrap();
    }

    /// As a person reads it.
    async fn words(&self, arguments: &[&str]) -> Ended {
        finish(self.command(arguments)).await
    }
}

fn all(events: &[Value], field: &str) -> Vec<String> {
    events.iter().map(|event| event[field].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ls_shows_a_level_everything_below_or_every_version() {
    let world = World::bare().await;
    world.keep_versions().await;
    for (key, body) in
        [("raw/", &b""[..]), ("raw/mb/a", b"one"), ("raw/mb/a", b"three"), ("top\u{1b}[2J", b"x")]
    {
        world.put(key, body, None).await;
    }
    let top = world.run(&["ls"]).await.expect(0);
    assert_eq!(all(&top.named("prefix"), "prefix"), ["raw/"]);
    assert_eq!(all(&top.named("object"), "key"), ["top\u{1b}[2J"]);
    let below = world.run(&["ls", "s3://lifted/raw/", "--recursive"]).await.expect(0);
    assert_eq!(all(&below.named("object"), "key"), ["raw/", "raw/mb/a"]);
    assert_eq!((&below.summary()["objects"], &below.summary()["bytes"]), (&json!(2), &json!(5)));
    let versions = world.run(&["ls", "raw/mb/", "--versions"]).await.expect(0).named("version");
    let sizes: Vec<_> = versions.iter().map(|one| (one["size"].clone(), one["is_latest"].clone())).collect();
    assert_eq!(sizes, [(json!(5), json!(true)), (json!(3), json!(false))]);
    let two = world.run(&["ls", "--recursive", "--limit", "2"]).await.expect(0);
    assert_eq!(two.named("object").len(), 2);
    let text = world.words(&["ls"]).await.expect(0);
    assert!(text.stdout.contains("folder") && text.stdout.contains("raw/"), "{}", text.stdout);
    assert!(!text.stdout.contains('\u{1b}'), "a key moved the cursor");
    world.words(&["ls", "nothing/"]).await.expect(0).says(&["Nothing stands at s3://lifted/nothing/"]);
    world.words(&["ls", "s3:///x"]).await.expect(2);
}

#[tokio::test(flavor = "multi_thread")]
async fn du_counts_by_folder_class_and_version() {
    let world = World::bare().await;
    world.keep_versions().await;
    world.put("raw/a/x", b"1234", None).await;
    world.put("raw/a/x", b"12", None).await;
    world.put("raw/cold", b"123", Some(StorageClass::GlacierIr)).await;
    let shallow = world.run(&["du"]).await.expect(0);
    assert_eq!(all(&shallow.named("folder"), "prefix"), ["raw/"]);
    assert_eq!((&shallow.summary()["objects"], &shallow.summary()["bytes"]), (&json!(2), &json!(5)));
    assert_eq!(shallow.summary()["by_class"]["GLACIER_IR"], json!({ "objects": 1, "bytes": 3 }));
    let deep = world.run(&["du", "--depth", "2", "--versions"]).await.expect(0);
    assert_eq!(all(&deep.named("folder"), "prefix"), ["raw/", "raw/a/"]);
    assert_eq!(deep.summary()["bytes"], 9);
    let text = world.words(&["du"]).await.expect(0);
    assert!(text.stdout.contains("GLACIER_IR") && text.stdout.contains("2 objects"), "{}", text.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn rm_wants_the_buckets_name_and_takes_only_what_was_meant() {
    let world = World::bare().await;
    for key in ["a", "a/b", "raw/", "raw/x", "rawer", "odd\u{7}"] {
        world.put(key, b"xy", None).await;
    }
    // `--yes` is in every run here, and deletes nothing.
    let nobody = world.run(&["rm", "a"]).await.expect(2).says(&["--confirm"]);
    assert_eq!(nobody.named("error")[0]["kind"], "usage");
    world.run(&["rm", "a", "--confirm", "other"]).await.expect(2).says(&["other", BUCKET]);
    world.run(&["rm", "--prefix", "", "--confirm", BUCKET]).await.expect(2).says(&["--everything"]);
    world.run(&["rm", "--confirm", BUCKET]).await.expect(2);
    world.run(&["rm", "nothing", "--confirm", BUCKET]).await.expect(1);
    let shown = world.run(&["rm", "--prefix", "raw/", "--dry-run"]).await.expect(0);
    let deletion = &shown.named("deletion")[0];
    assert_eq!((&deletion["objects"], &deletion["bytes"]), (&json!(2), &json!(4)));
    assert_eq!(deletion["for_good"], true);
    assert_eq!(world.keys().await.len(), 6);

    let one = world.run(&["rm", "a", "odd\u{7}", "--confirm", BUCKET]).await.expect(0);
    assert_eq!((&one.summary()["deleted"], &one.summary()["failed"]), (&json!(2), &json!(0)));
    assert_eq!(world.keys().await, ["a/b", "raw/", "raw/x", "rawer"]);
    let text = world.words(&["rm", "--prefix", "s3://lifted/raw/", "--confirm", BUCKET]).await.expect(0);
    assert!(text.stdout.contains("gone for good") && text.stdout.contains("2 deleted"), "{}", text.stdout);
    assert_eq!(world.keys().await, ["a/b", "rawer"]);
    world.run(&["rm", "--everything", "--confirm", BUCKET]).await.expect(0);
    assert!(world.keys().await.is_empty());
    world.run(&["rm", "--everything", "--confirm", BUCKET]).await.expect(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn rm_takes_versions_only_when_it_is_told_so() {
    let world = World::bare().await;
    world.keep_versions().await;
    world.put("k", b"one", None).await;
    world.put("k", b"two", None).await;
    let hidden = world.run(&["rm", "--everything", "--confirm", BUCKET]).await.expect(0);
    assert_eq!(hidden.named("deletion")[0]["for_good"], false);
    assert_eq!(world.run(&["ls", "--versions"]).await.expect(0).summary()["objects"], 2);
    let gone = world.run(&["rm", "--everything", "--versions", "--confirm", BUCKET]).await.expect(0);
    assert_eq!(gone.named("deletion")[0]["for_good"], true);
    assert_eq!((&gone.summary()["deleted"], &gone.summary()["bytes"]), (&json!(3), &json!(6)));
    let left = world.run(&["ls", "--versions"]).await.expect(0).summary();
    assert_eq!((&left["objects"], &left["markers"]), (&json!(0), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_show_what_they_hold_and_go_only_when_named() {
    let world = World::bare().await;
    let bucket = world.bucket().await;
    for key in ["raw/u", "raw/v"] {
        let begun = bucket.client().create_multipart_upload().bucket(BUCKET).key(key).send().await.unwrap();
        let part = bucket.client().upload_part().bucket(BUCKET).key(key).part_number(1);
        let part = part.upload_id(begun.upload_id().unwrap()).body(ByteStream::from_static(b"12345"));
        part.send().await.unwrap();
    }
    let shown = world.run(&["uploads"]).await.expect(0);
    let first = &shown.named("upload")[0];
    assert_eq!(
        (&first["parts"], &first["bytes"], &first["resumable"]),
        (&json!(1), &json!(5), &json!(false))
    );
    assert_eq!(shown.summary()["bytes"], 10);
    world.run(&["uploads", "--abort"]).await.expect(2).says(&["--all"]);
    world.run(&["uploads", "--abort", "raw/w"]).await.expect(1);
    world.words(&["uploads", "--abort", "raw/u"]).await.expect(2).says(&["--yes"]);
    assert_eq!(bucket.uploads().await.unwrap().len(), 2);
    let id = first["upload_id"].as_str().unwrap();
    assert_eq!(world.run(&["uploads", "--abort", id]).await.expect(0).named("aborted").len(), 1);
    assert_eq!(bucket.uploads().await.unwrap().len(), 1);
    world.run(&["uploads", "--abort", "--all"]).await.expect(0);
    assert_eq!(bucket.uploads().await.unwrap(), []);
    assert!(world.words(&["uploads"]).await.expect(0).stdout.contains("No unfinished uploads"));
}

#[tokio::test(flavor = "multi_thread")]
async fn cost_says_whose_prices_they_are_and_what_the_rule_saves() {
    let world = World::bare().await;
    world.run(&["setup", "--archive-after", "90", "--archive-class", "GLACIER_IR"]).await.expect(0);
    let body: &'static [u8] = vec![b'x'; 3 << 20].leak();
    world.put("raw/x", body, None).await;
    world.put("odd", b"12345", Some(StorageClass::IntelligentTiering)).await;
    let told = world.run(&["cost"]).await.expect(0);
    let summary = told.summary();
    assert_eq!((&summary["prices_of"], &summary["region"]), (&json!("eu-west-3"), &json!("eu-west-3")));
    assert_eq!(summary["unknown"], json!(["INTELLIGENT_TIERING"]));
    assert_eq!(summary["archived"]["class"], "GLACIER_IR");
    assert!(summary["archived"]["saves_usd"].as_f64().unwrap() > 0.0);
    let unknown = told.named("class").into_iter().find(|class| class["class"] == "INTELLIGENT_TIERING");
    assert_eq!(unknown.unwrap()["month_usd"], Value::Null);
    let text = world.words(&["cost", "raw/"]).await.expect(0);
    assert!(
        text.stdout.contains("Prices of eu-west-3") && text.stdout.contains("GLACIER_IR"),
        "{}",
        text.stdout
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn restore_asks_says_how_it_stands_and_does_not_ask_twice() {
    let world = World::bare().await;
    world.put("warm", b"x", None).await;
    world.put("cold", b"x", Some(StorageClass::DeepArchive)).await;
    let warm = world.run(&["restore", "warm"]).await.expect(0);
    assert_eq!(warm.named("restore")[0]["state"], "not-needed");
    world.run(&["restore", "nothing"]).await.expect(1);
    world.run(&["restore", "cold", "--tier", "expedited"]).await.expect(2).says(&["Bulk"]);
    world.words(&["restore", "cold"]).await.expect(2).says(&["--yes"]);
    for _ in 0..2 {
        let cold =
            world.run(&["restore", "s3://lifted/cold", "--days", "3", "--tier", "bulk"]).await.expect(0);
        assert_eq!(cold.named("restore")[0]["state"], "in-progress");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn read_only_every_command_that_changes_something_says_so_at_once() {
    let world = World::bare().await;
    world.put("k", b"x", None).await;
    let changing: [&[&str]; 7] = [
        &["setup"],
        &["lift", "musicbrainz/recording"],
        &["upload"],
        &["rm", "k", "--confirm", BUCKET],
        &["uploads", "--abort", "--all"],
        &["restore", "k"],
        &["rm", "--everything", "--versions", "--confirm", BUCKET],
    ];
    for command in changing {
        let ended = world.run(&[&["--read-only"], command].concat()).await.expect(2);
        let error = &ended.named("error")[0];
        assert!(error["why"].as_str().unwrap().contains("--read-only"), "{command:?}: {error}");
        assert!(ended.named("plan").is_empty(), "{command:?} did work first");
    }
    for command in
        [&["ls"][..], &["du"], &["cost"], &["uploads"], &["rm", "k", "--dry-run"], &["plan", "all"]]
    {
        world.run(&[&["--read-only"], command].concat()).await.expect(0);
    }
    let mut by_variable = world.command(&["--yes", "--json", "setup"]);
    by_variable.env("BRAINZLIFT_READ_ONLY", "1");
    finish(by_variable).await.expect(2).says(&["BRAINZLIFT_READ_ONLY"]);
    assert_eq!(world.keys().await, ["k"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_stops_a_deletion_in_order_and_says_how_much_went() {
    let world = World::bare().await;
    world.sandbox.fill(BUCKET, "many/", 20_000).await.unwrap();
    let slow = Fault::new(On::S3, "/lifted*", What::SlowDown).method("POST").query("delete");
    world.sandbox.faults().add(slow.skip(4).times(40));
    let mut command = world.command(&["--json", "rm", "--everything", "--confirm", BUCKET]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let id = child.id().unwrap().to_string();
    let (mut told, mut asked) = (Value::Null, false);
    while let Some(line) = timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap() {
        told = serde_json::from_str(&line).unwrap();
        if !asked && told["event"] == "progress" && told["objects"].as_u64() > Some(0) {
            asked = std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success();
        }
    }
    assert!(asked, "nothing was deleted");
    assert_eq!(timeout(PATIENCE, child.wait()).await.unwrap().unwrap().code(), Some(5));
    assert_eq!((&told["event"], &told["interrupted"]), (&json!("summary"), &json!(true)));
    let gone = told["deleted"].as_u64().unwrap();
    assert_eq!(world.keys().await.len() as u64, 20_000 - gone);
}

#[test]
fn at_a_terminal_the_name_is_typed_and_another_one_deletes_nothing() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::bare());
    runtime.block_on(world.put("k", b"x", None));
    for (typed, code, left) in [("wrong", 5, 1), ("", 5, 1), (BUCKET, 0, 0)] {
        let (said, ended) = at_a_terminal(&world, &["rm", "--everything"], "Type the bucket", typed);
        assert_eq!(ended, code, "{said}");
        assert_eq!(runtime.block_on(world.keys()).len(), left, "{said}");
    }
}

/// Runs the binary in a pseudo-terminal and answers its question; gives what it said, and its exit code.
fn at_a_terminal(world: &World, arguments: &[&str], question: &str, answer: &str) -> (String, u32) {
    let pair = native_pty_system()
        .openpty(PtySize { rows: 24, cols: 120, pixel_width: 0, pixel_height: 0 })
        .unwrap();
    let plain = world.command(arguments);
    let mut command = CommandBuilder::new(plain.as_std().get_program());
    command.env_clear();
    command.cwd(world.dir.path());
    plain.as_std().get_envs().for_each(|(name, value)| command.env(name, value.unwrap_or_default()));
    command.args(arguments);
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let (mut reader, mut writer) =
        (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
    let (mut said, mut chunk, mut answered) = (Vec::new(), [0; 1024], false);
    while let Ok(read) = reader.read(&mut chunk) {
        if read == 0 {
            break;
        }
        said.extend_from_slice(&chunk[..read]);
        if !answered && String::from_utf8_lossy(&said).contains(question) {
            answered = true;
            writer.write_all(format!("{answer}\r").as_bytes()).unwrap();
        }
    }
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(answered, "it never asked: {said}");
    (said, child.wait().unwrap().exit_code())
}
