//! What goes wrong before anything moves: each has its words in both languages, its hint and its exit code.

use tokio::process::Command;

use crate::support::{Ended, World, finish};

/// Runs `change`d command lines in both languages; each must end with `code`, words, and a hint.
pub(crate) async fn in_both_languages(
    world: &World,
    arguments: &[&str],
    code: i32,
    change: impl Fn(&mut Command),
) -> [Ended; 2] {
    let mut ended = Vec::new();
    for (language, hint) in [("en", "hint:"), ("fr", "conseil :")] {
        let mut command = world.command(&[&["--yes", "--lang", language], arguments].concat());
        change(&mut command);
        ended.push(finish(command).await.expect(code).says(&["brainzlift: ", hint]));
    }
    assert_ne!(ended[0].stderr, ended[1].stderr, "not said in the user's language");
    ended.try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_a_matter_of_credentials() {
    let world = World::ready().await;
    let wrong = |command: &mut Command| {
        command.env("AWS_SECRET_ACCESS_KEY", "not-the-secret-of-this-key");
    };
    for ended in in_both_languages(&world, &["lift"], 3, wrong).await {
        assert!(!ended.stderr.contains("not-the-secret") && !ended.stdout.contains("not-the-secret"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_key_is_a_matter_of_credentials() {
    let world = World::ready().await;
    in_both_languages(&world, &["status"], 3, |command| {
        command.env("AWS_ACCESS_KEY_ID", "AKIAUNKNOWN");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_credentials_at_all_says_what_to_do() {
    let world = World::new().await;
    let none = |command: &mut Command| {
        command.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    };
    in_both_languages(&world, &["setup"], 3, none).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_does_not_answer_is_named() {
    let world = World::new().await;
    let gone = |command: &mut Command| {
        command.env("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    };
    for ended in in_both_languages(&world, &["setup"], 1, gone).await {
        assert!(ended.stderr.contains("127.0.0.1:1"), "{}", ended.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_that_does_not_answer_is_named() {
    let world = World::ready().await;
    let gone = |command: &mut Command| {
        command.env("BRAINZLIFT_MIRROR", "http://127.0.0.1:1/pub/musicbrainz/");
    };
    for ended in in_both_languages(&world, &["lift"], 1, gone).await {
        assert!(ended.stderr.contains("127.0.0.1:1"), "{}", ended.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_name_with_capitals_is_the_users_mistake() {
    let world = World::new().await;
    in_both_languages(&world, &["--bucket", "My-Bucket", "setup"], 2, |_| {}).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_bucket_offers_a_free_name() {
    let world = World::new().await;
    let [en, _] =
        in_both_languages(&world, &["--bucket", "taken-by-somebody-else", "setup"], 2, |_| {}).await;
    assert!(en.stderr.matches("taken-by-somebody-else").count() > 1, "no other name offered:\n{}", en.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_bucket_names_the_command_that_makes_it() {
    let world = World::new().await;
    for ended in in_both_languages(&world, &["lift"], 1, |_| {}).await {
        assert!(ended.stderr.contains("setup"), "{}", ended.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_list_of_digests_is_named() {
    let world = World::ready().await;
    let dumps = world.dir.path().join("sandbox/mirror/pub/musicbrainz/data/json-dumps");
    for entry in std::fs::read_dir(dumps).unwrap() {
        let sums = entry.unwrap().path().join("SHA256SUMS");
        if sums.exists() {
            std::fs::write(sums, "not a digest *../../etc/passwd\u{1b}[2J\n").unwrap();
        }
    }
    for ended in in_both_languages(&world, &["lift"], 4, |_| {}).await {
        assert!(ended.stderr.contains("SHA256SUMS") && !ended.stderr.contains('\u{1b}'), "{}", ended.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_place_of_the_data_directory_is_named() {
    let world = World::ready().await;
    let file = world.dir.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let flags = ["--data-dir", file.to_str().unwrap(), "lift"];
    for ended in in_both_languages(&world, &flags, 2, |_| {}).await {
        assert!(ended.stderr.contains("a-file"), "{}", ended.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_dataset_offers_the_nearest() {
    let world = World::ready().await;
    for ended in in_both_languages(&world, &["lift", "musicbrainz/artists"], 2, |_| {}).await {
        assert!(ended.stderr.contains("musicbrainz/artist"), "{}", ended.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_with_an_endpoint_of_the_real_world_is_a_contradiction() {
    let world = World::new().await;
    let dir = world.dir.path().join("own");
    let flags = ["--sandbox-dir", dir.to_str().unwrap(), "--profile", "work", "status"];
    in_both_languages(&world, &flags, 2, |_| {}).await;
}

/// A full disk, really: a small file system of the kernel's, in a mount namespace of the run's own.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_before_it_is_full() {
    let world = World::ready().await;
    let small = world.dir.path().join("small");
    std::fs::create_dir(&small).unwrap();
    let binary = env!("CARGO_BIN_EXE_brainzlift");
    let script = format!(
        "mount -t tmpfs -o size=2m none '{0}' && exec '{binary}' --yes --lang \"$1\" --data-dir '{0}' lift musicbrainz/release",
        small.display()
    );
    for language in ["en", "fr"] {
        let mut command = Command::new("unshare");
        let like = world.command(&[]);
        for (name, value) in like.as_std().get_envs() {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script, "sh", language]);
        let ended = finish(command).await;
        if ended.stderr.contains("unshare:") || ended.stderr.contains("mount:") {
            // Some containers forbid name spaces; then the check before the download is all that can be tried.
            too_small_for(&world, language).await;
            continue;
        }
        ended.expect(6).says(&[small.to_str().unwrap(), "--mode stream"]);
    }
    assert_eq!(world.hold_no_wrong_object().await, 0);
}

/// The same on any machine: a quota of the shell on the size of files stands in for the disk.
#[cfg(target_os = "linux")]
async fn too_small_for(world: &World, language: &str) {
    let binary = env!("CARGO_BIN_EXE_brainzlift");
    let mut command = Command::new("sh");
    let script = format!(
        "trap '' XFSZ; ulimit -f 2000; exec '{binary}' --yes --lang {language} lift musicbrainz/release"
    );
    let like = world.command(&[]);
    for (name, value) in like.as_std().get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    finish({
        command.args(["-c", &script]);
        command
    })
    .await
    .expect(6);
}
