use super::*;

fn new(profile: &str, secret: &str) -> New {
    let keys = Keys {
        access_key_id: "AKIANEW".into(),
        secret_access_key: SecretString::from(secret.to_owned()),
        session_token: None,
    };
    New { profile: profile.into(), keys, region: Some("eu-west-3".into()), endpoint_url: None }
}

fn at(home: &Path) -> Surroundings {
    Surroundings::of(&[("HOME", home.to_str().unwrap())])
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777
}

#[cfg(unix)]
#[tokio::test]
async fn the_first_key_makes_both_files_private() {
    let home = tempfile::tempdir().unwrap();
    let saved = save_in(at(home.path()), new("default", "s/e+c=")).await.unwrap();
    let text = std::fs::read_to_string(&saved.credentials).unwrap();
    assert_eq!(text, "[default]\naws_access_key_id = AKIANEW\naws_secret_access_key = s/e+c=\n");
    let config = saved.config.unwrap();
    assert_eq!(std::fs::read_to_string(&config).unwrap(), "[default]\nregion = eu-west-3\n");
    assert_eq!(
        (mode(&saved.credentials), mode(&config), mode(&home.path().join(".aws"))),
        (0o600, 0o600, 0o700)
    );
}

#[tokio::test]
async fn other_profiles_and_comments_stay_and_an_old_token_goes() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".aws");
    std::fs::create_dir(&folder).unwrap();
    let old = "# mine\n[other]\naws_access_key_id = X\n\n[work]\naws_access_key_id = OLD\naws_session_token = GONE\n";
    std::fs::write(folder.join("credentials"), old).unwrap();
    std::fs::write(folder.join("config"), "[profile work]\noutput = json\n").unwrap();
    save_in(at(home.path()), new("work", "S")).await.unwrap();
    let text = std::fs::read_to_string(folder.join("credentials")).unwrap();
    let want = "# mine\n[other]\naws_access_key_id = X\n\n[work]\naws_access_key_id = AKIANEW\naws_secret_access_key = S\n";
    assert_eq!(text, want);
    let config = std::fs::read_to_string(folder.join("config")).unwrap();
    assert_eq!(config, "[profile work]\noutput = json\nregion = eu-west-3\n");
}

#[tokio::test]
async fn what_was_saved_is_what_the_sdk_reads() {
    let home = tempfile::tempdir().unwrap();
    save_in(at(home.path()), new("work", "S")).await.unwrap();
    let profiles = super::super::profiles_in(&at(home.path())).await.unwrap();
    assert_eq!(profiles.len(), 1);
    assert_eq!((profiles[0].name.as_str(), profiles[0].region.as_deref()), ("work", Some("eu-west-3")));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_stays_a_link() {
    let home = tempfile::tempdir().unwrap();
    let real = home.path().join("real");
    std::fs::write(&real, "[a]\nb = c\n").unwrap();
    let link = home.path().join("link");
    std::os::unix::fs::symlink("real", &link).unwrap();
    let config = home.path().join("config");
    let variables = [
        ("AWS_SHARED_CREDENTIALS_FILE", link.to_str().unwrap()),
        ("AWS_CONFIG_FILE", config.to_str().unwrap()),
    ];
    save_in(Surroundings::of(&variables), new("default", "S")).await.unwrap();
    assert!(link.is_symlink());
    assert!(std::fs::read_to_string(&real).unwrap().contains("[a]\nb = c\n\n[default]\n"));
}

#[tokio::test]
async fn a_value_that_would_start_a_new_line_or_section_is_refused_without_being_shown() {
    let home = tempfile::tempdir().unwrap();
    for secret in ["xyz\nzy", "xyz\r", "[xyz]", "xyz zy", "", "\u{0}"] {
        let error = save_in(at(home.path()), new("default", secret)).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(secret.is_empty() || !error.to_string().contains(secret));
    }
    for profile in ["", "a b", "a]", "x\n[y"] {
        assert_eq!(save_in(at(home.path()), new(profile, "S")).await.unwrap_err().kind(), Kind::Usage);
    }
    assert!(!home.path().join(".aws").exists());
}

#[tokio::test]
async fn a_file_in_place_of_the_folder_is_said_with_its_path() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join(".aws"), "").unwrap();
    let error = save_in(at(home.path()), new("default", "S")).await.unwrap_err();
    assert!(error.to_string().contains(".aws"), "{error}");
}
