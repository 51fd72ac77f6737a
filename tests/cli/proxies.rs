//! Proxies with the real binary: both clients, each variable, passwords, and what is told where one refuses.

use std::net::SocketAddr;
use std::path::PathBuf;

use brainzlift::sandbox::Sandbox;

use crate::proxy::Proxy;
use crate::support::{Ended, World};
use crate::tls::{MIRROR, S3, address, run, told, world};

/// The addresses under names that only a proxy knows.
fn elsewhere(world: &World) -> [(&'static str, String); 2] {
    let at = |url: &str, name: &str| url.replace("127.0.0.1", name);
    [
        ("AWS_ENDPOINT_URL", at(world.sandbox.s3_url(), S3)),
        ("BRAINZLIFT_MIRROR", at(world.sandbox.mirror_url(), MIRROR)),
    ]
}

fn ends(sandbox: &Sandbox) -> [(&'static str, SocketAddr); 2] {
    [(S3, address(sandbox.s3_url())), (MIRROR, address(sandbox.mirror_url()))]
}

async fn lift_through(world: &World, proxy: (&str, &str), more: &[(&str, &str)]) -> Ended {
    let there = elsewhere(world);
    let there = there.each_ref().map(|(name, value)| (*name, value.as_str()));
    let variables = [&there[..], &[proxy], more].concat();
    run(world, &["setup"], &variables).await.expect(0);
    run(world, &["lift", "musicbrainz/artist"], &variables).await.expect(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_clients_go_through_the_proxy_by_each_of_its_variables() {
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let world = world().await;
        let proxy = Proxy::to(&ends(&world.sandbox)).await;
        let url = format!("http://{}", proxy.address);
        let lifted = lift_through(&world, (variable, &url), &[]).await;
        assert_eq!(lifted.summary()["proven"], 1, "{variable}");
        for name in [S3, MIRROR] {
            assert!(proxy.asked_for(&format!("CONNECT {name}:")) > 0, "{variable}: {name} was not asked for");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_goes_through_its_proxy_too() {
    let world = World::new().await;
    let proxy = Proxy::to(&ends(&world.sandbox)).await;
    let lifted = lift_through(&world, ("HTTP_PROXY", &format!("http://{}", proxy.address)), &[]).await;
    assert_eq!(lifted.summary()["proven"], 1);
    assert!(proxy.asked_for(&format!("http://{S3}")) > 0 && proxy.asked_for(&format!("http://{MIRROR}")) > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_wants_a_password_gets_it_and_nobody_else_sees_it() {
    let world = world().await;
    // me:hunter2
    let proxy = Proxy::with_login(&ends(&world.sandbox), "Basic bWU6aHVudGVyMg==").await;
    let with = |login: &str| format!("http://{login}@{}", proxy.address);
    let log = ("BRAINZLIFT_LOG", "trace");
    lift_through(&world, ("HTTPS_PROXY", &with("me:hunter2")), &[log]).await;
    let there = elsewhere(&world);
    let there = there.each_ref().map(|(name, value)| (*name, value.as_str()));
    for command in ["setup", "download"] {
        let url = with("me:sesame");
        let said = told(&world, &[command], 3, &[&there[..], &[("HTTPS_PROXY", &url), log]].concat()).await;
        assert!(said.contains("user name and a password") && !said.contains("sesame"), "{said}");
    }
    for file in logs(&world) {
        let log = std::fs::read_to_string(&file).unwrap();
        for secret in ["hunter2", "sesame", "bWU6aHVudGVyMg"] {
            assert!(!log.contains(secret), "{secret} stands in {}", file.display());
        }
    }
}

fn logs(world: &World) -> Vec<PathBuf> {
    let state = world.dir.path().join("home/.local/state/brainzlift");
    let logs: Vec<PathBuf> = std::fs::read_dir(state)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().contains(".log"))
        .collect();
    assert!(!logs.is_empty(), "there is no log");
    logs
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_refuses_or_is_gone_is_named_as_what_it_is() {
    let world = world().await;
    let refusing = Proxy::refusing("403 Forbidden").await;
    let there = elsewhere(&world);
    let there = there.each_ref().map(|(name, value)| (*name, value.as_str()));
    for (url, words) in [
        (format!("http://me:hunter2@{}", refusing.address), "did not let the connection through"),
        ("http://me:hunter2@127.0.0.1:1".to_owned(), "the proxy cannot be reached"),
    ] {
        for command in ["setup", "download"] {
            let said = told(&world, &[command], 1, &[&there[..], &[("HTTPS_PROXY", &url)]].concat()).await;
            assert!(said.contains(words) && said.contains("NO_PROXY") && !said.contains("hunter2"), "{said}");
        }
    }
    assert!(refusing.asked() > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stands_in_no_proxy_or_on_this_machine_is_asked_directly() {
    let world = world().await;
    let proxy = Proxy::to(&ends(&world.sandbox)).await;
    let url = format!("http://{}", proxy.address);
    run(&world, &["setup"], &[("HTTPS_PROXY", &url), ("ALL_PROXY", &url)]).await.expect(0);
    run(&world, &["lift", "musicbrainz/artist"], &[("HTTPS_PROXY", &url)]).await.expect(0);
    assert_eq!(proxy.asked(), 0, "this machine was asked through a proxy");
    let there = elsewhere(&world);
    let there = there.each_ref().map(|(name, value)| (*name, value.as_str()));
    for variable in ["NO_PROXY", "no_proxy"] {
        for command in ["setup", "download"] {
            let variables = [&there[..], &[("HTTPS_PROXY", &url), (variable, ".test.invalid")]].concat();
            // The names exist nowhere, so that going directly fails.
            run(&world, &[command], &variables).await.expect(1);
        }
    }
    assert_eq!(proxy.asked(), 0, "NO_PROXY was not heard");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_of_a_kind_that_is_not_supported_is_the_users_mistake() {
    let world = world().await;
    let said = told(&world, &["status"], 2, &[("ALL_PROXY", "socks5://me:hunter2@127.0.0.1:1")]).await;
    assert!(said.contains("ALL_PROXY") && said.contains("socks5") && !said.contains("hunter2"), "{said}");
}
