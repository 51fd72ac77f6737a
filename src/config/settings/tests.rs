use std::path::Path;

use super::*;

fn no_environment(_: &str) -> Option<String> {
    None
}

fn with(mut flags: Flags, key: Key, value: &str) -> Flags {
    let text = Some(value.to_owned());
    match key {
        Key::Profile => flags.profile = text,
        Key::Region => flags.region = text,
        Key::EndpointUrl => flags.endpoint_url = text,
        Key::Bucket => flags.bucket = text,
        Key::Mirror => flags.mirror = text,
        Key::DataDir => flags.data_dir = text.map(PathBuf::from),
        Key::Lang => flags.lang = text,
        Key::ArchivesAtOnce => flags.archives_at_once = Some(value.parse().unwrap()),
        Key::PartsAtOnce => flags.parts_at_once = Some(value.parse().unwrap()),
        Key::Connections => flags.connections = Some(value.parse().unwrap()),
        Key::Memory => flags.memory = text,
        Key::LimitDown => flags.limit_down = text,
        Key::LimitUp => flags.limit_up = text,
        Key::Mode => flags.mode = text,
        Key::ReadOnly => flags.read_only = value.parse().unwrap(),
        Key::Theme => flags.theme = text,
        Key::Ascii => flags.ascii = value == "true",
        Key::Motion => flags.reduced_motion = value == "false",
        Key::Mouse => flags.no_mouse = value == "false",
        Key::Title => flags.no_title = value == "false",
        Key::Bell => flags.no_bell = value == "false",
    }
    flags
}

/// Loads with a file, an environment and flags.
fn load(text: &str, environment: &[(&str, &str)], flags: &[(Key, &str)]) -> Result<Settings> {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::under(dir.path());
    std::fs::create_dir_all(paths.config_file.parent().unwrap()).unwrap();
    std::fs::write(&paths.config_file, text).unwrap();
    let flags = flags.iter().fold(Flags::default(), |flags, &(key, value)| with(flags, key, value));
    let variable = |name: &str| {
        environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    Settings::load(&flags, variable, &paths)
}

#[test]
fn flags_are_stronger_than_the_environment_and_that_than_the_file() {
    let file = "bucket = \"file\"\nregion = \"file\"\nprofile = \"file\"\narchives_at_once = 3\n";
    let environment =
        [("BRAINZLIFT_BUCKET", "env"), ("BRAINZLIFT_REGION", "env"), ("BRAINZLIFT_PARTS_AT_ONCE", "7")];
    let settings = load(file, &environment, &[(Key::Bucket, "flag")]).unwrap();
    assert_eq!(settings.bucket.as_deref(), Some("flag"));
    assert_eq!(settings.origin(Key::Bucket), &Origin::Flag("--bucket"));
    assert_eq!(settings.region.as_deref(), Some("env"));
    assert_eq!(settings.origin(Key::Region), &Origin::Environment("BRAINZLIFT_REGION"));
    assert!(matches!(settings.origin(Key::Profile), Origin::File { line: 3, .. }));
    assert_eq!((settings.archives_at_once, settings.parts_at_once), (3, 7));
}

#[test]
fn with_nothing_set_the_defaults_hold() {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::under(dir.path());
    let settings = Settings::load(&Flags::default(), no_environment, &paths).unwrap();
    assert_eq!((settings.archives_at_once, settings.parts_at_once), (2, 16));
    assert_eq!(settings.origin(Key::ArchivesAtOnce), &Origin::Default);
    assert!(settings.data_dir.is_none() && settings.region.is_none());
    assert!(settings.bucket.is_none() && settings.mirror.is_none() && settings.lang.is_none());
    assert_eq!(settings.rows().len(), Key::ALL.len());
    assert!(settings.rows().iter().map(|row| row.key).eq(Key::ALL.iter().copied()));
}

#[test]
fn limits_memory_connections_and_mode_are_read_from_each_place() {
    let file = "limit_down = \"08:00,5MiB 23:00,off\" # by day\nlimit_up = 2500000\nmode = \"stream\"\nconnections = 3\n";
    let environment = [("BRAINZLIFT_LIMIT_UP", "1MiB"), ("BRAINZLIFT_MEMORY", "64MiB")];
    let settings = load(file, &environment, &[(Key::Mode, "keep"), (Key::Memory, "256 MiB")]).unwrap();
    assert_eq!(settings.limit_down.to_string(), "08:00,5MiB 23:00,off");
    assert_eq!(settings.limit_up.to_string(), "1MiB");
    assert_eq!((settings.memory, settings.connections, settings.mode), (256 << 20, 3, Some(Mode::Keep)));
    let shown: Vec<_> = settings.rows().into_iter().filter_map(|row| row.value).collect();
    let moving = ["keep", "08:00,5MiB 23:00,off", "1MiB", "2", "16", "3", "256MiB"].map(str::to_owned);
    assert!(shown.starts_with(&moving), "{shown:?}");
    let settings = load("", &[], &[]).unwrap();
    assert!(settings.limit_down.is_unlimited() && settings.limit_up.is_unlimited());
    assert_eq!((settings.memory, settings.connections, settings.mode), (128 << 20, 2, None));
}

#[test]
fn an_empty_variable_is_as_good_as_none() {
    assert!(load("", &[("BRAINZLIFT_BUCKET", "")], &[]).unwrap().bucket.is_none());
}

#[test]
fn a_wrong_value_is_refused_with_where_it_came_from_and_what_would_do() {
    let cases = [
        (Key::Mirror, "data.metabrainz.org", "http"),
        (Key::Mirror, "ftp://example.org", "http"),
        (Key::EndpointUrl, "127.0.0.1:9000", "http"),
        (Key::Lang, "klingon", "fr"),
        (Key::ArchivesAtOnce, "0", "16"),
        (Key::ArchivesAtOnce, "17", "16"),
        (Key::PartsAtOnce, "65", "64"),
        (Key::Connections, "0", "8"),
        (Key::Connections, "9", "8"),
        (Key::Memory, "31MiB", "32MiB"),
        (Key::Memory, "much", "128MiB"),
        (Key::LimitDown, "fast", "is not a rate; write bytes/s such as 20MiB"),
        (Key::LimitUp, "20", "less than 1 KiB/s"),
        (Key::LimitUp, "25:00,5MiB", "08:00,5MiB 23:00,off"),
        (Key::Mode, "upload", "stream"),
    ];
    for (key, value, advice) in cases {
        let error = load("", &[], &[(key, value)]).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(error.what().contains(key.flag()) && error.what().contains(key.name()), "{error}");
        assert!(error.why().unwrap().contains(value) && error.advice().unwrap().contains(advice), "{error}");
    }
    let error = load("lang = \"xx\"", &[], &[]).unwrap_err();
    assert!(error.what().contains("config.toml") && error.what().contains('1'), "{error}");
    for number in ["many", "-1", "2.5", "99999999999999999999999"] {
        let error = load("", &[("BRAINZLIFT_PARTS_AT_ONCE", number)], &[]).unwrap_err();
        assert!(error.advice().unwrap().contains("64"), "{error}");
    }
    assert!(load("", &[("BRAINZLIFT_LANG", "xx")], &[]).unwrap_err().what().contains("BRAINZLIFT_LANG"));
}

#[test]
fn a_language_may_carry_its_country() {
    for tag in ["fr", "fr-CA", "fr_FR", "FR"] {
        assert_eq!(load("", &[], &[(Key::Lang, tag)]).unwrap().lang.as_deref(), Some("fr"));
    }
}

#[test]
fn a_data_folder_in_the_file_is_seen_from_the_file() {
    let settings = load("data_dir = \"dumps\"", &[], &[]).unwrap();
    let Origin::File { path, .. } = settings.origin(Key::DataDir) else { panic!("{settings:?}") };
    assert_eq!(settings.data_dir.as_deref().unwrap(), path.parent().unwrap().join("dumps"));
    let by_flag = load("", &[], &[(Key::DataDir, "dumps")]).unwrap();
    assert_eq!(by_flag.data_dir.as_deref(), Some(Path::new("dumps")));
}

#[test]
fn another_file_can_be_named_and_must_then_be_there() {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::under(dir.path());
    let other = dir.path().join("other.toml");
    let flags = Flags { config: Some(other.clone()), ..Flags::default() };
    assert_eq!(Settings::load(&flags, no_environment, &paths).unwrap_err().kind(), Kind::Usage);
    std::fs::write(&other, "bucket = \"other\"").unwrap();
    assert_eq!(Settings::load(&flags, no_environment, &paths).unwrap().bucket.as_deref(), Some("other"));
    let by_variable = |name: &str| (name == "BRAINZLIFT_CONFIG").then(|| other.display().to_string());
    let by_variable = Settings::load(&Flags::default(), by_variable, &paths).unwrap();
    assert_eq!(by_variable.bucket.as_deref(), Some("other"));
}

#[test]
fn no_password_shows_in_rows_debug_or_errors() {
    let secret = "https://me:hunter2@example.org/pub/";
    let settings = load("", &[("BRAINZLIFT_ENDPOINT_URL", secret)], &[(Key::Mirror, secret)]).unwrap();
    assert_eq!(settings.mirror.as_ref().unwrap().password(), Some("hunter2"));
    assert!(!format!("{settings:?} {:?}", settings.rows()).contains("hunter2"));
    let error = load("", &[], &[(Key::Mirror, "me:hunter2@example.org")]).unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn the_variables_of_aws_are_shown_but_never_a_key() {
    let variable = |name: &str| {
        let value = match name {
            "AWS_REGION" => "eu-west-3",
            "AWS_ENDPOINT_URL" => "http://me:hunter2@127.0.0.1:9000",
            "AWS_PROFILE" => "",
            _ => "secret",
        };
        Some(value.to_owned())
    };
    let shown = aws_environment(variable);
    assert!(shown.contains(&("AWS_REGION", "eu-west-3".to_owned())));
    assert!(shown.contains(&("AWS_ENDPOINT_URL", "http://127.0.0.1:9000/".to_owned())));
    assert!(
        shown
            .iter()
            .all(|(name, _)| !name.contains("KEY") && !name.contains("TOKEN") && *name != "AWS_PROFILE")
    );
}

#[test]
fn read_only_is_switched_on_in_each_place_and_what_is_neither_on_nor_off_is_refused() {
    let by_file = load("read_only = true\n", &[], &[]).unwrap();
    assert!(by_file.read_only && matches!(by_file.origin(Key::ReadOnly), Origin::File { line: 1, .. }));
    let by_variable = load("", &[("BRAINZLIFT_READ_ONLY", "1")], &[]).unwrap();
    assert!(by_variable.read_only);
    assert_eq!(by_variable.origin(Key::ReadOnly), &Origin::Environment("BRAINZLIFT_READ_ONLY"));
    let by_flag = load("", &[("BRAINZLIFT_READ_ONLY", "no")], &[(Key::ReadOnly, "true")]).unwrap();
    assert!(by_flag.read_only);
    assert!(!load("read_only = true\n", &[("BRAINZLIFT_READ_ONLY", "off")], &[]).unwrap().read_only);
    assert_eq!(load("", &[("BRAINZLIFT_READ_ONLY", "perhaps")], &[]).unwrap_err().kind(), Kind::Usage);
}
