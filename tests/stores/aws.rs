//! The stock `aws` client on the same bucket: what it lists and sums is what `ls --json` and `du` say.

use std::path::PathBuf;
use std::process::Stdio;

use aws_sdk_s3::primitives::ByteStream;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::world::World;

/// The client that `.ci/install-peers` has put there, or the one of this machine.
fn program() -> Option<PathBuf> {
    let beside = crate::peers::installed("awscli").map(|python| python.with_file_name("aws"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found =
        beside.or_else(|| std::env::split_paths(&path).map(|dir| dir.join("aws")).find(|aws| aws.exists()));
    assert!(
        found.is_some() || std::env::var_os("CI").is_none(),
        "aws is not installed: run .ci/install-peers"
    );
    found
}

struct Aws<'a> {
    program: PathBuf,
    world: &'a World,
}

impl Aws<'_> {
    async fn run(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(&self.program);
        command.args(arguments).envs(self.world.mirror.environment()).env("AWS_PAGER", "");
        command.env("AWS_EC2_METADATA_DISABLED", "true").env("PYTHONUTF8", "1").env("LC_ALL", "C.UTF-8");
        let output = command.stdin(Stdio::null()).output().await.unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    async fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(&[arguments, &["--output", "json"]].concat()).await).unwrap()
    }
}

/// Keys and sizes, sorted as bytes.
fn pairs(all: &[Value], key: &str, size: &str) -> Vec<(String, u64)> {
    let pair = |one: &Value| (one[key].as_str().unwrap().to_owned(), one[size].as_u64().unwrap());
    let mut pairs: Vec<_> = all.iter().map(pair).collect();
    pairs.sort();
    pairs
}

fn list<'a>(answer: &'a Value, name: &str) -> &'a [Value] {
    answer[name].as_array().map_or(&[], Vec::as_slice)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stock_client_lists_and_sums_the_same() {
    let Some(program) = program() else { return };
    let world = World::in_sandbox().await;
    world.run(&["setup", "--versioning"]).await;
    let bucket = world.bucket().await;
    let keys = [
        "raw/a b",
        "raw/a+b",
        "raw/é椎/%20",
        "raw/x&<y>",
        "raw/bell\u{7}",
        "raw/tab\t",
        "raw//two",
        "top",
        "top",
    ];
    for (size, key) in keys.iter().enumerate() {
        let put = bucket.client().put_object().bucket("lifted").key(*key);
        put.body(ByteStream::from(vec![b'x'; size + 1])).send().await.unwrap();
    }
    bucket.client().delete_object().bucket("lifted").key("raw/a b").send().await.unwrap();
    let aws = Aws { program, world: &world };

    let ours = world.run(&["ls", "--recursive"]).await;
    let theirs = aws.json(&["s3api", "list-objects-v2", "--bucket", "lifted"]).await;
    let listed = pairs(&ours.named("object"), "key", "size");
    assert_eq!(listed, pairs(list(&theirs, "Contents"), "Key", "Size"));
    assert!(listed.iter().any(|(key, _)| key == "raw/bell\u{7}"), "{listed:?}");

    let total = aws.run(&["s3", "ls", "s3://lifted/", "--recursive", "--summarize"]).await;
    let figure = |name: &str| -> u64 {
        let line = total.lines().find(|line| line.trim_start().starts_with(name)).unwrap();
        line.rsplit(' ').next().unwrap().parse().unwrap()
    };
    let summed = world.run(&["du"]).await.summary();
    assert_eq!(summed["objects"], json!(figure("Total Objects:")));
    assert_eq!(summed["bytes"], json!(figure("Total Size:")));

    let versions = aws.json(&["s3api", "list-object-versions", "--bucket", "lifted"]).await;
    let (kept, markers): (Vec<_>, Vec<_>) = world
        .run(&["ls", "--recursive", "--versions"])
        .await
        .named("version")
        .into_iter()
        .partition(|one| one["is_delete_marker"] == false);
    assert_eq!(pairs(&kept, "key", "size"), pairs(list(&versions, "Versions"), "Key", "Size"));
    assert_eq!(markers.len(), list(&versions, "DeleteMarkers").len());
    assert_eq!(markers.len(), 1);

    let level = aws
        .json(&["s3api", "list-objects-v2", "--bucket", "lifted", "--prefix", "raw/", "--delimiter", "/"])
        .await;
    let ours = world.run(&["ls", "raw/"]).await;
    let folders = |all: &[Value], name: &str| all.iter().map(|one| one[name].clone()).collect::<Vec<_>>();
    assert_eq!(folders(&ours.named("prefix"), "prefix"), folders(list(&level, "CommonPrefixes"), "Prefix"));

    world.run(&["rm", "--everything", "--versions", "--confirm", "lifted"]).await;
    let left = aws.json(&["s3api", "list-object-versions", "--bucket", "lifted"]).await;
    assert!(list(&left, "Versions").is_empty() && list(&left, "DeleteMarkers").is_empty(), "{left}");
}
