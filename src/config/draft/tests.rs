use proptest::prelude::*;

use super::*;

/// What is in the file after `change`, beginning with `text`.
fn after(text: &str, change: impl FnOnce(&mut Draft) -> Result<()>) -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    fs::write(&path, text).unwrap();
    change(&mut Draft::open(&path).unwrap()).unwrap();
    fs::read_to_string(path).unwrap()
}

#[test]
fn one_value_changes_and_every_other_byte_stays() {
    let text = "# mine\n\nbucket   = 'old'   # the one\n\n  # at night\nlimit_up=\"5MiB\"\n\n# the end\n";
    assert_eq!(after(text, |draft| draft.set(Key::Bucket, "new")), text.replace("'old'", "\"new\""));
    assert_eq!(after(text, |draft| draft.set(Key::LimitUp, "off")), text.replace("5MiB", "off"));
}

#[test]
fn a_new_one_stands_behind_the_last_and_before_any_table() {
    assert_eq!(after("", |draft| draft.set(Key::Ascii, "yes")), "ascii = true\n");
    assert_eq!(after("# c", |draft| draft.set(Key::Ascii, "off")), "# c\nascii = false\n");
    let two = "bucket = \"b\" # x\n# end\n";
    assert_eq!(
        after(two, |draft| draft.set(Key::Memory, "64MiB")),
        "bucket = \"b\" # x\nmemory = \"64MiB\"\n# end\n"
    );
    let (before, at) = ("# c\n[keys]\nup = \"k\"\n", 4);
    assert_eq!(&inserted(before, "ascii = true")[at..at + 13], "ascii = true\n");
}

#[test]
fn taking_one_out_keeps_the_comments() {
    let text = "# above\nbucket = \"b\" # beside\nregion = \"r\"\n";
    let gone = after(text, |draft| draft.unset(Key::Bucket).map(|was| assert!(was)));
    assert_eq!(gone, "# above\n# beside\nregion = \"r\"\n");
    assert_eq!(after(text, |draft| draft.unset(Key::Lang).map(|was| assert!(!was))), text);
}

#[test]
fn what_is_no_value_is_refused_and_the_file_stays() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    let mut draft = Draft::open(&path).unwrap();
    let error = draft.set(Key::Theme, "pink").unwrap_err();
    assert_eq!(error.kind(), Kind::Usage);
    assert!(error.what().contains("theme") && error.advice().unwrap().contains("high-contrast"), "{error}");
    assert!(!path.exists());
}

#[test]
fn what_somebody_else_changed_meanwhile_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    let mut draft = Draft::open(&path).unwrap();
    fs::write(&path, "bucket = \"theirs\"\n").unwrap();
    let error = draft.set(Key::Bucket, "mine").unwrap_err();
    assert!(error.what().contains(path.to_str().unwrap()) && error.advice().is_some());
    assert_eq!(fs::read_to_string(&path).unwrap(), "bucket = \"theirs\"\n");
}

#[test]
fn what_is_not_toml_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    fs::write(&path, "bucket = = 3\n").unwrap();
    assert_eq!(Draft::open(&path).unwrap_err().kind(), Kind::Usage);
}

#[cfg(unix)]
#[test]
fn permissions_and_symbolic_links_stay_and_folders_are_made() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let dir = tempfile::tempdir().unwrap();
    let (real, link) = (dir.path().join("dotfiles/b.toml"), dir.path().join("config.toml"));
    symlink("dotfiles/b.toml", &link).unwrap();
    let mut draft = Draft::open(&link).unwrap();
    draft.set(Key::Bell, "off").unwrap();
    assert_eq!(fs::read_to_string(&real).unwrap(), "bell = false\n");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    draft.set(Key::Bell, "on").unwrap();
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&link).unwrap(), "bell = true\n");
}

proptest! {
    #[test]
    fn any_text_is_read_back_as_it_was_written(name in "[^\\p{C}]{1,30}") {
        prop_assume!(!name.trim().is_empty());
        let text = after("# c\n", |draft| draft.set(Key::Bucket, &name));
        let read = file::parse(Path::new("b.toml"), &text).unwrap();
        prop_assert_eq!(read[&Key::Bucket].value.as_str(), name.trim());
    }
}
