//! HTTPS with the real binary: the sandbox's authority by each of the variables, and what is told where it is not trusted.

use std::net::SocketAddr;
use std::process::Stdio;

use brainzlift::sandbox::Options;
use tokio::io::{AsyncBufReadExt as _, BufReader};

use crate::support::{Ended, World, finish};

/// Names that exist nowhere: who reaches them went through the proxy.
pub(crate) const S3: &str = "s3.test.invalid";
pub(crate) const MIRROR: &str = "mirror.test.invalid";

/// The variables that name certificates.
const BUNDLES: [&str; 2] = ["AWS_CA_BUNDLE", "SSL_CERT_FILE"];

pub(crate) async fn world() -> World {
    World::with(Options {
        rate: Some(0),
        tls: true,
        tls_names: vec![S3.to_owned(), MIRROR.to_owned()],
        ..Options::default()
    })
    .await
}

/// Runs it with `--yes --json` and these variables; what is set to nothing is taken away.
pub(crate) async fn run(world: &World, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    let mut command = world.command(&[&["--yes", "--json"], arguments].concat());
    for (name, value) in variables {
        if value.is_empty() {
            command.env_remove(name);
        } else {
            command.env(name, value);
        }
    }
    finish(command).await
}

/// The same without `--json`, in both languages; the two must differ.
pub(crate) async fn told(world: &World, arguments: &[&str], code: i32, variables: &[(&str, &str)]) -> String {
    let mut said = Vec::new();
    for (language, hint) in [("en", "hint:"), ("fr", "conseil :")] {
        let mut command = world.command(&[&["--yes", "--lang", language], arguments].concat());
        command.envs(variables.iter().filter(|(_, value)| !value.is_empty()).copied());
        for (name, _) in variables.iter().filter(|(_, value)| value.is_empty()) {
            command.env_remove(name);
        }
        said.push(finish(command).await.expect(code).says(&["brainzlift: ", hint]).stderr);
    }
    assert_ne!(said[0], said[1]);
    said.remove(0)
}

fn ca(world: &World) -> String {
    world.sandbox.ca_file().unwrap().display().to_string()
}

pub(crate) fn address(url: &str) -> SocketAddr {
    url.split('/').nth(2).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_is_lifted_and_proven_over_https_with_either_variable_alone() {
    let world = world().await;
    assert!(world.sandbox.s3_url().starts_with("https://"));
    for (only, other) in [("AWS_CA_BUNDLE", "SSL_CERT_FILE"), ("SSL_CERT_FILE", "AWS_CA_BUNDLE")] {
        let variables = [(only, ca(&world)), (other, String::new())];
        let variables = variables.each_ref().map(|(name, value)| (*name, value.as_str()));
        run(&world, &["setup"], &variables).await.expect(0);
        let archive = if only == "AWS_CA_BUNDLE" { "musicbrainz/release" } else { "musicbrainz/artist" };
        let lifted = run(&world, &["--part-size", "5242880", "lift", archive], &variables).await.expect(0);
        assert_eq!(lifted.summary()["proven"], 1, "{only}");
    }
    let seen = world.sandbox.faults().seen();
    assert!(seen.iter().any(|seen| seen.path.contains("release.tar.xz")), "nothing went over HTTPS");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profiles_bundle_is_heard_where_no_variable_names_one() {
    let world = world().await;
    let aws = world.dir.path().join("home/.aws");
    std::fs::create_dir_all(&aws).unwrap();
    let config = |bundle: &str| {
        let keys = world.sandbox.environment();
        let key = |name: &str| keys.iter().find(|(variable, _)| *variable == name).unwrap().1.clone();
        format!(
            "[profile corp]\nca_bundle = {bundle}\naws_access_key_id = {}\naws_secret_access_key = {}\n",
            key("AWS_ACCESS_KEY_ID"),
            key("AWS_SECRET_ACCESS_KEY")
        )
    };
    let none = [
        ("AWS_CA_BUNDLE", ""),
        ("SSL_CERT_FILE", ""),
        ("AWS_ACCESS_KEY_ID", ""),
        ("AWS_SECRET_ACCESS_KEY", ""),
    ];
    std::fs::write(aws.join("config"), config(&ca(&world))).unwrap();
    run(&world, &["--profile", "corp", "setup"], &none).await.expect(0);
    std::fs::write(aws.join("config"), config("/nonexistent/ca.pem")).unwrap();
    let said = told(&world, &["--profile", "corp", "setup"], 2, &none).await;
    assert!(said.contains("ca_bundle") && said.contains("/nonexistent/ca.pem"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_authority_or_with_a_wrong_one_the_sandbox_is_refused() {
    let (world, stranger) = (world().await, world().await);
    let wrong = ca(&stranger);
    let wrong = wrong.as_str();
    for bundle in
        [[("AWS_CA_BUNDLE", ""), ("SSL_CERT_FILE", "")], [("AWS_CA_BUNDLE", wrong), ("SSL_CERT_FILE", wrong)]]
    {
        for (command, place) in [("setup", world.sandbox.s3_url()), ("download", world.sandbox.mirror_url())]
        {
            let begun = std::time::Instant::now();
            let said = told(&world, &[command], 1, &bundle).await;
            assert!(said.contains("not trusted") && said.contains("AWS_CA_BUNDLE"), "{said}");
            assert!(
                said.contains(place.trim_end_matches('/')) || said.contains(&address(place).to_string()),
                "{said}"
            );
            assert!(begun.elapsed().as_secs() < 40, "a certificate was tried again and again");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_that_cannot_be_used_is_the_users_mistake_and_named() {
    let world = world().await;
    let empty = world.dir.path().join("empty.pem");
    std::fs::write(&empty, "# nothing\n").unwrap();
    for variable in BUNDLES {
        for path in ["/nonexistent/ca.pem", empty.to_str().unwrap()] {
            let said = told(&world, &["status"], 2, &[(variable, path)]).await;
            assert!(said.contains(variable) && said.contains(path), "{said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn http_and_https_that_were_mistaken_for_each_other_are_told() {
    let (secured, plain) = (world().await, World::new().await);
    let wrong = secured.sandbox.s3_url().replace("https", "http");
    let said = told(&secured, &["setup"], 1, &[("AWS_ENDPOINT_URL", &wrong)]).await;
    assert!(said.contains("https"), "{said}");
    let wrong = secured.sandbox.mirror_url().replace("https", "http");
    let said = told(&secured, &["download"], 1, &[("BRAINZLIFT_MIRROR", &wrong)]).await;
    assert!(said.contains("https is meant"), "{said}");
    let wrong = plain.sandbox.s3_url().replace("http", "https");
    let said = told(&plain, &["setup"], 1, &[("AWS_ENDPOINT_URL", &wrong)]).await;
    assert!(said.contains("does not speak TLS"), "{said}");
    let wrong = plain.sandbox.mirror_url().replace("http", "https");
    let said = told(&plain, &["download"], 1, &[("BRAINZLIFT_MIRROR", &wrong)]).await;
    assert!(said.contains("does not speak TLS"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_sandbox_tls_prints_is_all_that_another_process_needs() {
    let world = World::new().await;
    let home = world.dir.path().join("other");
    crate::support::copy(&world.dir.path().join("sandbox/mirror"), &home.join("mirror"));
    let mut serving = world.command(&["sandbox", "--tls", "--rate", "0", "--dir", home.to_str().unwrap()]);
    let mut serving = serving.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
    let mut command = world.command(&["--yes", "--json", "lift", "musicbrainz/artist"]);
    let mut setup = world.command(&["--yes", "--json", "setup"]);
    for _ in 0..8 {
        let line = lines.next_line().await.unwrap().unwrap();
        let (name, value) = line.strip_prefix("export ").unwrap().split_once('=').unwrap();
        command.env(name, value);
        setup.env(name, value);
    }
    finish(setup).await.expect(0);
    assert_eq!(finish(command).await.expect(0).summary()["proven"], 1);
    serving.kill().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_inside_the_program_is_trusted_with_no_variable() {
    let world = World::new().await;
    let home = world.dir.path().join("own");
    crate::support::copy(&world.dir.path().join("sandbox/mirror"), &home.join("mirror"));
    let flags = ["--sandbox-dir", home.to_str().unwrap(), "--sandbox-tls", "--sandbox-rate", "0"];
    let none = BUNDLES.map(|name| (name, ""));
    let ended = run(&world, &[&flags[..], &["setup"]].concat(), &none).await.expect(0);
    assert!(ended.named("connected")[0]["place"].as_str().unwrap().starts_with("https://127.0.0.1"));
    let ended = run(&world, &[&flags[..], &["lift", "musicbrainz/artist"]].concat(), &none).await.expect(0);
    assert_eq!(ended.summary()["proven"], 1);
}
