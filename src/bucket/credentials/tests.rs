use super::*;

fn surroundings(folder: &std::path::Path) -> Surroundings {
    Surroundings::of(&[("HOME", folder.to_str().unwrap())])
}

fn write(folder: &std::path::Path, name: &str, text: &str) {
    std::fs::create_dir_all(folder.join(".aws")).unwrap();
    std::fs::write(folder.join(".aws").join(name), text).unwrap();
}

#[tokio::test]
async fn profiles_come_from_both_files_default_first_with_how_they_sign_in() {
    let home = tempfile::tempdir().unwrap();
    let config = "[profile work]\nsso_session = s\nregion = eu-west-1\n[profile role]\nrole_arn = arn\nsource_profile = keys\n\
                  [default]\nregion = eu-west-3\n[profile process]\ncredential_process = x\n[profile browser]\nlogin_session = y\n";
    write(home.path(), "config", config);
    write(home.path(), "credentials", "[keys]\naws_access_key_id = A\naws_secret_access_key = B\n");
    let profiles = profiles_in(&surroundings(home.path())).await.unwrap();
    let seen: Vec<_> = profiles.iter().map(|p| (p.name.as_str(), p.region.as_deref(), p.kind)).collect();
    assert_eq!(
        seen,
        [
            ("default", Some("eu-west-3"), ProfileKind::None),
            ("browser", None, ProfileKind::Login),
            ("keys", None, ProfileKind::Keys),
            ("process", None, ProfileKind::Process),
            ("role", None, ProfileKind::Role),
            ("work", Some("eu-west-1"), ProfileKind::Sso),
        ]
    );
}

#[tokio::test]
async fn no_files_are_no_profiles() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(profiles_in(&surroundings(home.path())).await.unwrap(), []);
}

#[tokio::test]
async fn a_broken_file_is_said_as_such() {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), "config", "[default\nregion = x\n");
    let error = profiles_in(&surroundings(home.path())).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Credentials);
    assert!(error.why().is_some() && error.advice().is_some());
}

#[tokio::test]
async fn what_was_looked_at_names_places_and_never_a_value() {
    let home = tempfile::tempdir().unwrap();
    write(
        home.path(),
        "credentials",
        "[default]\naws_access_key_id = AKIAVALUE\naws_secret_access_key = s3cr3t\n",
    );
    let variables = [
        ("HOME", home.path().to_str().unwrap()),
        ("AWS_SECRET_ACCESS_KEY", "s3cr3t"),
        ("AWS_PROFILE", "nobody"),
    ];
    let seen = looked_at_in(&Surroundings::of(&variables), &Target::default()).await;
    let found: Vec<bool> = seen.iter().map(|place| place.found).collect();
    assert_eq!(found, [false, false, true, true, false, false, false, false], "{seen:?}");
    let text = format!("{seen:?}");
    assert!(
        text.contains("nobody") && text.contains("AWS_ACCESS_KEY_ID") && text.contains("169.254.169.254")
    );
    assert!(!text.contains("s3cr3t") && !text.contains("AKIAVALUE"));
}
