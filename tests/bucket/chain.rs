//! AWS's chain with a real environment: each test runs `child` in a process of its own, whose variables it chooses.

use std::path::Path;
use std::process::Command;

use brainzlift::bucket::{Connection, Target};

use crate::stub::{Stub, root};

/// What the child said of itself.
#[derive(Debug)]
struct Said(serde_json::Value);

impl Said {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(serde_json::Value::as_str).unwrap_or_default()
    }
}

/// Run by the others with `CHILD` set, it connects with nothing but its environment and prints who it is, or why not. Run by
/// itself, it is its own parent, with an environment in which there is nothing.
#[tokio::test]
async fn child() {
    if std::env::var_os("CHILD").is_none() {
        let said = run(tempfile::tempdir().unwrap().path(), &[]).await;
        assert_eq!(said.get("kind"), "credentials", "{said:?}");
        return;
    }
    let target = Target { profile: std::env::var("CHILD_PROFILE").ok(), ..Target::default() };
    let said = match Connection::open(&target).await {
        Ok(connection) => serde_json::json!({
            "key": connection.identity.access_key_id, "provider": connection.identity.provider,
            "region": connection.region, "assumed": connection.region_is_assumed.to_string(),
            "endpoint": connection.endpoint_url,
        }),
        Err(error) => serde_json::json!({
            "kind": error.kind(), "why": error.why(), "hint": error.advice(), "debug": format!("{error:?}"),
        }),
    };
    println!("SAID {said}");
}

async fn run(home: &Path, variables: &[(&str, &str)]) -> Said {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "chain::child", "--nocapture"]).env_clear().env("HOME", home).env("CHILD", "1");
    command.env("AWS_EC2_METADATA_DISABLED", "true").envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let said = text.lines().find_map(|line| line.split_once("SAID ")).unwrap_or_else(|| panic!("{text}"));
    Said(serde_json::from_str(said.1).unwrap())
}

fn files(config: &str, credentials: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    std::fs::write(home.path().join(".aws/config"), config).unwrap();
    std::fs::write(home.path().join(".aws/credentials"), credentials).unwrap();
    home
}

const ENVIRONMENT: [(&str, &str); 2] =
    [("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s3cr3t")];

#[tokio::test]
async fn keys_endpoint_and_region_come_from_the_environment() {
    let stub = Stub::start(root).await;
    let home = files("", "");
    let more = [("AWS_ENDPOINT_URL", stub.url.as_str()), ("AWS_REGION", "eu-west-1")];
    let said = run(home.path(), &[&ENVIRONMENT[..], &more].concat()).await;
    assert_eq!(
        (said.get("key"), said.get("region"), said.get("assumed")),
        ("AKIAENV", "eu-west-1", "false"),
        "{said:?}"
    );
    assert_eq!(said.get("endpoint"), stub.url);
    assert_eq!(said.get("provider"), brainzlift::say!("bucket-from-environment"));
}

#[tokio::test]
async fn the_endpoint_for_s3_wins_and_no_region_is_paris_and_said() {
    let stub = Stub::start(root).await;
    let home = files("", "");
    let more = [("AWS_ENDPOINT_URL_S3", stub.url.as_str()), ("AWS_ENDPOINT_URL", "http://127.0.0.1:1")];
    let said = run(home.path(), &[&ENVIRONMENT[..], &more].concat()).await;
    assert_eq!((said.get("region"), said.get("assumed")), ("eu-west-3", "true"), "{said:?}");
    assert_eq!(said.get("endpoint"), stub.url);
}

#[tokio::test]
async fn a_profile_brings_keys_region_and_endpoint() {
    let stub = Stub::start(root).await;
    let config = format!("[profile work]\nregion = eu-north-1\nendpoint_url = {}\n", stub.url);
    let home = files(&config, "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = s\n");
    let said = run(home.path(), &[("AWS_PROFILE", "work")]).await;
    assert_eq!((said.get("key"), said.get("region")), ("AKIAWORK", "eu-north-1"), "{said:?}");
    assert_eq!(said.get("provider"), brainzlift::say!("bucket-from-profile", profile = "work"));
}

#[tokio::test]
async fn a_profile_that_was_asked_for_wins_over_keys_in_the_environment() {
    let stub = Stub::start(root).await;
    let home = files("", "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = s\n");
    let more = [("CHILD_PROFILE", "work"), ("AWS_ENDPOINT_URL", stub.url.as_str())];
    let said = run(home.path(), &[&ENVIRONMENT[..], &more].concat()).await;
    assert_eq!(said.get("key"), "AKIAWORK", "{said:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_credential_process_is_run() {
    let stub = Stub::start(root).await;
    let answer = r#"{"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "s"}"#;
    let home = files("", "");
    std::fs::write(home.path().join("answer"), answer).unwrap();
    let path = home.path().join("answer");
    let config = format!("[default]\ncredential_process = /bin/cat {}\n", path.display());
    std::fs::write(home.path().join(".aws/config"), config).unwrap();
    let said = run(home.path(), &[("AWS_ENDPOINT_URL", &stub.url), ("PATH", "/usr/bin:/bin")]).await;
    assert_eq!(said.get("key"), "AKIAPROC", "{said:?}");
    assert_eq!(said.get("provider"), brainzlift::say!("bucket-from-process", profile = "default"));
}

#[tokio::test]
async fn without_credentials_it_is_said_what_was_looked_at_and_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let said = run(home.path(), &[]).await;
    assert_eq!(said.get("kind"), "credentials", "{said:?}");
    for place in [
        "AWS_ACCESS_KEY_ID",
        ".aws/credentials",
        ".aws/config",
        "AWS_CONTAINER_CREDENTIALS",
        "169.254.169.254",
    ] {
        assert!(said.get("why").contains(place), "{place}: {said:?}");
    }
    assert!(said.get("hint").contains("aws configure"));
}

#[tokio::test]
async fn a_profile_that_is_not_there_is_named_with_those_that_are() {
    let home = files("[profile work]\nregion = x\n", "");
    for variable in ["AWS_PROFILE", "CHILD_PROFILE"] {
        let said = run(home.path(), &[(variable, "wrok")]).await;
        assert_eq!(said.get("kind"), "credentials");
        assert!(said.get("why").contains("wrok") && said.get("hint").contains("work"), "{said:?}");
    }
}

#[tokio::test]
async fn an_sso_session_that_was_never_signed_in_says_how_to() {
    let home = files(
        "[default]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\nregion = eu-west-3\n\
         [sso-session s]\nsso_region = eu-west-3\nsso_start_url = https://example.org/start\n",
        "",
    );
    let said = run(home.path(), &[]).await;
    assert_eq!(said.get("kind"), "credentials", "{said:?}");
    assert!(said.get("hint").contains("aws"), "{said:?}");
}

#[tokio::test]
async fn half_a_key_in_a_profile_is_told_and_its_secret_is_not_shown() {
    let home = files("", "[default]\naws_secret_access_key = s3cr3tvalue\n");
    let said = run(home.path(), &[]).await;
    assert_eq!(said.get("kind"), "credentials", "{said:?}");
    assert!(!format!("{said:?}").contains("s3cr3tvalue"));
}
