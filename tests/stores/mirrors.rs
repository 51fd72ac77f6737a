//! Mirrors as they are met: without ranges, with connections that do not last, and slow. All is proven, in each mode.

use brainzlift::catalog::{Archive, Family, Mirror};
use sha2::{Digest, Sha256};

use crate::kills::relay::Relay;
use crate::nginx::{Nginx, Slow, WithoutRanges};
use crate::peers::{Kind, Peer};
use crate::world::{Ended, World};

/// Bytes after which a connection is cut, where it is; upstream's are said to last for 50 MB.
const CUT: u64 = 1_000_000;

/// Lifts the guide's four from a mirror of `K`, in each mode, and gives what was said.
async fn lift_from<K: Kind>(cut: u64) -> Vec<Ended> {
    let mut all = Vec::new();
    for mode in ["stream", "keep"] {
        let world = World::in_sandbox().await;
        let Some(nginx) = Peer::start_in::<K>(&world.mirror_dir()).await else { break };
        world.run(&["setup"]).await;
        let relay = Relay::cutting(&nginx.url, cut).await;
        let url = format!("{}/pub/musicbrainz/", relay.url(&nginx.url));
        let lifted = world.run(&["--mirror", &url, "lift", "musicbrainz", "--mode", mode]).await;
        assert_eq!(lifted.summary()["proven"], 4, "{mode}");
        assert_eq!(world.mirror.faults().mirror_bytes_sent(), 0, "the embedded mirror served archives");
        for archive in published(&world).await {
            let object = world.object(&archive.key()).await;
            assert_eq!(hex::encode(Sha256::digest(object)), archive.sha256.to_string(), "{}", archive.name);
        }
        all.push(lifted);
    }
    all
}

/// The guide's four, as the embedded mirror lists them.
async fn published(world: &World) -> Vec<Archive> {
    let mirror = Mirror::new(world.mirror.mirror_url().parse().unwrap()).unwrap();
    let listing = mirror.discover(&[Family::MusicbrainzJson]).await.unwrap();
    let guide = ["artist.tar.xz", "recording.tar.xz", "release.tar.xz", "release-group.tar.xz"];
    listing.archives().filter(|archive| guide.contains(&archive.name.as_str())).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_nginx_without_ranges_is_read_in_one_stream() {
    lift_from::<WithoutRanges>(u64::MAX).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_nginx_whose_connections_do_not_last_is_taken_up_where_they_broke() {
    for ended in lift_from::<Nginx>(CUT).await {
        let summary = ended.summary();
        let number = |name: &str| summary[name].as_u64().unwrap();
        assert!(ended.named("retrying").len() > 5, "nothing was cut");
        assert_eq!(number("downloaded"), number("bytes"), "bytes were fetched twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_nginx_of_3_mb_a_second_is_waited_for() {
    for ended in lift_from::<Slow>(u64::MAX).await {
        let summary = ended.summary();
        let least = summary["bytes"].as_f64().unwrap() / 3_300_000.0;
        assert!(summary["seconds"].as_f64().unwrap() > least * 0.8, "{summary}");
    }
}
