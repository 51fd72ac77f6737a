//! `settings`: what is set, where it comes from, and a file that is changed without losing a word of it.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::support::{Ended, finish};

/// A home of its own: settings need neither a sandbox nor a network.
struct Home(TempDir);

impl Home {
    fn new(text: Option<&str>) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        if let Some(text) = text {
            fs::create_dir_all(home.file().parent().unwrap()).unwrap();
            fs::write(home.file(), text).unwrap();
        }
        home
    }

    fn file(&self) -> PathBuf {
        self.0.path().join(".config/brainzlift/config.toml")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    async fn run(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ended {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_brainzlift"));
        command.env_clear().env("HOME", self.0.path()).env("BRAINZLIFT_LANG", "en");
        command.envs(environment.iter().copied()).args(arguments).stdin(std::process::Stdio::null());
        finish(command).await
    }
}

#[tokio::test]
async fn each_value_is_shown_with_where_it_comes_from() {
    let home = Home::new(Some("# mine\nbucket = \"b\"\ntheme = \"dark\"\n"));
    let ended =
        home.run(&["settings", "--json", "--theme", "light"], &[("BRAINZLIFT_BELL", "off")]).await.expect(0);
    let of = |key: &str| ended.named("setting").into_iter().find(|event| event["key"] == key).unwrap();
    assert_eq!(
        (of("bucket")["value"].as_str(), of("bucket")["origin"]["line"].as_u64()),
        (Some("b"), Some(2))
    );
    assert_eq!(of("theme")["value"], "light");
    assert_eq!(of("theme")["origin"]["name"], "--theme");
    assert_eq!(of("bell")["origin"]["name"], "BRAINZLIFT_BELL");
    assert_eq!(of("bell")["value"], "false");
    assert_eq!(of("memory")["origin"]["from"], "default");
    assert_eq!(of("memory")["value"], "128MiB");
    let text = home.run(&["settings"], &[]).await.expect(0).stdout;
    assert!(text.contains("line 2") && text.contains("memory") && text.contains("by default"), "{text}");
}

#[tokio::test]
async fn setting_one_changes_its_line_only_and_unsetting_brings_the_default_back() {
    let text = "# mine\nbucket = \"b\" # the one\n\n[keys]\n";
    let home = Home::new(Some(&text.replace("\n[keys]\n", "")));
    let path = home.run(&["settings", "path"], &[]).await.expect(0).stdout;
    assert_eq!(PathBuf::from(path.trim_end()), home.file());
    home.run(&["settings", "set", "limit_up", "5MiB"], &[]).await.expect(0);
    assert_eq!(home.text(), "# mine\nbucket = \"b\" # the one\nlimit_up = \"5MiB\"\n");
    home.run(&["settings", "set", "bucket", "c"], &[]).await.expect(0);
    let ended = home.run(&["settings", "unset", "limit_up", "--json"], &[]).await.expect(0);
    assert_eq!(ended.named("unset")[0]["was_set"], true);
    assert_eq!(home.text(), "# mine\nbucket = \"c\" # the one\n");
}

#[tokio::test]
async fn the_first_setting_makes_the_file() {
    let home = Home::new(None);
    let ended = home.run(&["settings", "set", "ascii", "yes", "--json"], &[]).await.expect(0);
    assert_eq!(ended.named("saved")[0]["path"], home.file().to_str().unwrap());
    assert_eq!(home.text(), "ascii = true\n");
}

#[tokio::test]
async fn what_cannot_be_set_is_the_users_mistake_and_changes_nothing() {
    let home = Home::new(Some("bucket = \"b\"\n"));
    let wrong = [
        (["settings", "set", "theme", "pink"], "high-contrast"),
        (["settings", "set", "motion", "perhaps"], "true or false"),
        (["settings", "set", "colour", "red"], "theme"),
        (["settings", "set", "memory", "1MiB"], "32MiB"),
    ];
    for (arguments, says) in wrong {
        home.run(&arguments, &[]).await.expect(2).says(&[says, "hint: "]);
    }
    assert_eq!(home.text(), "bucket = \"b\"\n");
}

#[tokio::test]
async fn a_file_that_is_not_toml_is_not_touched() {
    let home = Home::new(Some("bucket = = b\n"));
    home.run(&["settings", "set", "ascii", "true"], &[]).await.expect(2).says(&["config.toml", "line 1"]);
    assert_eq!(home.text(), "bucket = = b\n");
}

#[tokio::test]
async fn french_hints_have_their_space_before_the_colon() {
    let home = Home::new(None);
    let french = [("BRAINZLIFT_LANG", "fr")];
    home.run(&["settings", "set", "theme", "rose"], &french).await.expect(2).says(&["conseil : "]);
}
