//! `look`, with the real binary: the first members and lines, in words and as events, and its exit codes.

use serde_json::json;

use crate::support::{BUCKET, World, finish};

const KEY: &str = "raw/musicbrainz/artist.tar.xz";

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_was_lifted_shows_its_members_and_their_first_lines() {
    let world = World::ready().await;
    world.run(&["lift", "musicbrainz/artist"]).await.expect(0);
    let ended = world.run(&["look", KEY, "--lines", "2"]).await.expect(0);
    let opened = &ended.named("opened")[0];
    assert_eq!((&opened["packing"], &opened["tar"]), (&json!("xz"), &json!(true)));
    let names: Vec<_> = ended.named("member").iter().map(|member| member["name"].clone()).collect();
    assert!(names.contains(&json!("TIMESTAMP")) && names.contains(&json!("mbdump/artist")), "{names:?}");
    assert_eq!(ended.summary()["members"], names.len());
    let one = world.run(&["look", KEY, "--member", "artist", "--lines", "3"]).await.expect(0);
    let lines = one.named("line");
    assert_eq!(lines.len(), 3);
    assert!(lines[0]["text"].as_str().unwrap().starts_with('{'), "{}", lines[0]);
    let words = finish(world.command(&["look", KEY, "--members", "1"])).await.expect(0);
    assert!(words.stdout.contains("TIMESTAMP") && words.stdout.contains("tar + xz"), "{}", words.stdout);
    words.says(&["were read"]);
    world.run(&["look", KEY, "--member", "nobody"]).await.expect(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_looked_into_is_an_error_with_a_reason() {
    let world = World::ready().await;
    let put = |key: &'static str, bytes: &'static [u8]| {
        let world = &world;
        async move {
            let bucket = world.bucket().await;
            let put = bucket.client().put_object().bucket(BUCKET).key(key).body(bytes.to_vec().into());
            put.send().await.unwrap();
        }
    };
    put("a.tar.xz", b"no archive").await;
    put("a.zip", b"PK\x03\x04").await;
    put("a.bin", b"\x00\x01\x02").await;
    finish(world.command(&["look", "a.tar.xz"])).await.expect(1).says(&["its name promises tar xz"]);
    finish(world.command(&["look", "a.zip"])).await.expect(1).says(&["zip", "hint: fetch it"]);
    finish(world.command(&["look", "none"])).await.expect(1).says(&["nothing stands at this key"]);
    let binary = finish(world.command(&["look", "a.bin"])).await.expect(0);
    assert!(binary.stdout.contains("(not text)"), "{}", binary.stdout);
}
