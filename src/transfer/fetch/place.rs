//! Makes a path of a key. Keys come from outside: whoever can write into a bucket must not be able to write anywhere on this machine.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::Item;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::harmless;

/// File systems allow 255 bytes a name; some are kept back for `.part`.
const LONGEST_NAME: usize = 250;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// What an unfinished file is called: beside the finished one, so that it can be renamed.
pub(super) fn part(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// The file below `folder` that the object at `key` becomes: the key's names as folders and a file.
///
/// Errors with [`Kind::Usage`] where a name cannot be a file's here, or would lead out of `folder`. A key that ends in "/" makes a
/// folder visible; it has no file.
pub fn place(folder: &Path, key: &str) -> Result<PathBuf> {
    place_as(folder, key, key, cfg!(windows))
}

/// As [`place`], without the folders of `prefix`: what is named is the file `KEY` of `raw/KEY` for `raw/` and for `raw/K`.
pub fn place_below(folder: &Path, prefix: &str, key: &str) -> Result<PathBuf> {
    let folders = prefix.rfind('/').map_or("", |at| &prefix[..=at]);
    place_as(folder, key, key.strip_prefix(folders).unwrap_or(key), cfg!(windows))
}

/// The file of `below`, which is the end of `key`.
fn place_as(folder: &Path, key: &str, below: &str, is_windows: bool) -> Result<PathBuf> {
    let mut path = folder.to_owned();
    for name in below.trim_end_matches('/').split('/') {
        if let Some(why) = unusable(name, is_windows) {
            return Err(Error::new(Kind::Usage, say!("fetch-unsafe-key", key = harmless(key)))
                .because(why)
                .hint(say!("fetch-unsafe-key-hint")));
        }
        path.push(name);
    }
    Ok(path)
}

/// Why `name` can be no file's.
fn unusable(name: &str, is_windows: bool) -> Option<String> {
    let shown = || harmless(name);
    if name.is_empty() {
        Some(say!("fetch-name-empty"))
    } else if name == "." || name == ".." {
        Some(say!("fetch-name-leads-out", name = name))
    } else if shown() != name {
        Some(say!("fetch-name-control", name = shown()))
    } else if name.len() > LONGEST_NAME {
        Some(say!("fetch-name-long", bytes = name.len().to_string(), most = LONGEST_NAME.to_string()))
    } else if is_windows && is_forbidden_on_windows(name) {
        Some(say!("fetch-name-windows", name = name))
    } else {
        None
    }
}

fn is_forbidden_on_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = |word: &str| {
        let rest = stem.strip_prefix(word).unwrap_or_default();
        rest.chars().count() == 1 && rest.chars().all(|c| c.is_ascii_digit() || "¹²³".contains(c))
    };
    name.contains(|c| "<>:\"\\|?*".contains(c))
        || name.ends_with(['.', ' '])
        || DEVICES.contains(&stem.as_str())
        || numbered("com")
        || numbered("lpt")
}

/// Each item with the key of another one of the same run that has its file already, where there is one.
pub(super) fn told_apart(items: Vec<Item>) -> Vec<(Item, Option<String>)> {
    let mut files = HashMap::<PathBuf, String>::new();
    let parts: HashMap<PathBuf, String> =
        items.iter().map(|item| (folded(&part(&item.to)), item.key.clone())).collect();
    let twin = |item: &Item| {
        let file = folded(&item.to);
        // A folder's key has no file.
        if item.key.ends_with('/') {
            return None;
        }
        let other = files.get(&file).or_else(|| parts.get(&file)).cloned();
        files.entry(file).or_insert_with(|| item.key.clone());
        other
    };
    let twins: Vec<Option<String>> = items.iter().map(twin).collect();
    items.into_iter().zip(twins).collect()
}

/// As the file system tells names apart: Windows and macOS do not by case.
fn folded(path: &Path) -> PathBuf {
    if cfg!(any(windows, target_os = "macos")) {
        PathBuf::from(path.to_string_lossy().to_lowercase())
    } else {
        path.to_owned()
    }
}

/// Two objects cannot become one file.
pub(super) fn taken(key: &str, other: &str) -> Error {
    Error::new(Kind::Usage, say!("fetch-unsafe-key", key = harmless(key)))
        .because(say!("fetch-name-taken", other = harmless(other)))
        .hint(say!("fetch-unsafe-key-hint"))
}

#[cfg(test)]
mod tests {
    use std::path::Component;

    use proptest::prelude::*;

    use super::*;

    fn place_as(folder: &Path, key: &str, is_windows: bool) -> Result<PathBuf> {
        super::place_as(folder, key, key, is_windows)
    }

    fn placed(key: &str) -> Option<PathBuf> {
        place_as(Path::new("/data"), key, false).ok()
    }

    #[test]
    fn a_plain_key_is_its_path() {
        assert_eq!(
            placed("raw/musicbrainz/artist.tar.xz"),
            Some("/data/raw/musicbrainz/artist.tar.xz".into())
        );
        assert_eq!(
            placed("raw/2026-05-23T00:00/椎名.json"),
            Some("/data/raw/2026-05-23T00:00/椎名.json".into())
        );
    }

    #[test]
    fn below_a_prefix_its_folders_are_left_out_and_an_error_names_the_whole_key() {
        let below = |prefix: &str, key: &str| place_below(Path::new("d"), prefix, key);
        assert_eq!(below("raw/", "raw/x/y").unwrap(), Path::new("d/x/y"));
        assert_eq!(below("raw/x", "raw/x1").unwrap(), Path::new("d/x1"));
        assert_eq!(below("ra", "raw/x").unwrap(), Path::new("d/raw/x"));
        assert!(below("raw/", "raw/../x").unwrap_err().what().contains("raw/../x"));
    }

    #[test]
    fn a_key_that_would_lead_out_or_hide_is_refused_with_the_reason() {
        for key in [
            "../x",
            "a/../../x",
            "/etc/passwd",
            "a//b",
            ".",
            "a/./b",
            "",
            "//",
            "a\u{0}b",
            "a\nb",
            "a\u{1b}[2J",
            "a\u{202e}gnp.exe",
        ] {
            let error = place_as(Path::new("/data"), key, false).unwrap_err();
            assert_eq!(error.kind(), Kind::Usage, "{key:?}");
            assert!(error.why().is_some() && error.advice().is_some(), "{key:?}");
            assert!(!error.to_string().contains('\u{1b}'), "{key:?}");
        }
        assert!(placed(&"x".repeat(251)).is_none() && placed(&"x".repeat(250)).is_some());
    }

    #[test]
    fn what_windows_cannot_name_is_refused_there_and_only_there() {
        for key in
            ["a:b", "C:/x", "a\\..\\b", "con", "NUL.txt", "a/Com1", "lpt9.tar", "com¹", "x.", "x ", "a?"]
        {
            assert!(place_as(Path::new("d"), key, true).is_err(), "{key}");
            assert!(place_as(Path::new("d"), key, false).is_ok(), "{key}");
        }
        for key in ["console", "com", "com10", "nul-1", "a.con"] {
            assert!(place_as(Path::new("d"), key, true).is_ok(), "{key}");
        }
    }

    #[test]
    fn of_two_objects_with_one_file_the_first_has_it() {
        let item = |key: &str, to: &str| Item::new(key, to.into());
        let items = vec![item("a", "d/x"), item("b", "d/x"), item("c", "d/x.part"), item("d/", "d")];
        let twins: Vec<_> = told_apart(items).into_iter().map(|(_, twin)| twin).collect();
        assert_eq!(twins, [None, Some("a".to_owned()), Some("b".to_owned()), None]);
    }

    proptest! {
        #[test]
        fn whatever_a_key_is_its_file_lies_below_the_folder_and_no_two_keys_have_the_same(
            one in "[a-b./\\\\:\u{0}\u{e9} ]{0,12}", other in "[a-b./\\\\:\u{0}\u{e9} ]{0,12}", any in ".*",
            is_windows: bool,
        ) {
            let folder = Path::new("/data/here");
            for key in [&one, &any] {
                if let Ok(path) = place_as(folder, key, is_windows) {
                    let below = path.strip_prefix(folder).unwrap();
                    prop_assert!(below.components().all(|part| matches!(part, Component::Normal(_))));
                    prop_assert_eq!(below.to_str().unwrap(), key.trim_end_matches('/'));
                }
            }
            if let (Ok(first), Ok(second)) = (place_as(folder, &one, is_windows), place_as(folder, &other, is_windows)) {
                let same = one.trim_end_matches('/') == other.trim_end_matches('/');
                prop_assert_eq!(first == second, same);
            }
        }
    }
}
