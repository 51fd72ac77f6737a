//! Names from outside: which of them are plain file names, which are dumps, which file is whose archive.

use super::Family;
use crate::words;

/// The most bytes that file systems allow in a name.
const LONGEST: usize = 255;

/// Whether `name` is a plain file name: nothing that leads elsewhere, hides, or moves a cursor.
pub(super) fn is_plain(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
        && name.len() <= LONGEST
        && !name.contains(['/', '\\'])
        && words::harmless(name) == name
}

/// `20260523-001002`: eight digits, a dash, six digits, and nothing else.
pub(super) fn is_stamp(text: &str) -> bool {
    text.split_once('-').is_some_and(|(day, time)| is_number(day, 8) && is_number(time, 6))
}

fn is_number(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a dump's folder name says: the stamp, and the number where the family has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FolderName {
    pub(super) id: Option<u64>,
    pub(super) stamp: String,
}

impl FolderName {
    /// Reads the whole of `name`, so that a `-db` folder is never taken for a `-full` one.
    pub(super) fn read(family: Family, name: &str) -> Option<Self> {
        let (middle, numbered) = match family {
            Family::MusicbrainzJson => (name, false),
            Family::MusicbrainzCanonical => (name.strip_prefix("musicbrainz-canonical-dump-")?, false),
            Family::ListenbrainzFull => (within(name, "listenbrainz-dump-", "-full")?, true),
            Family::ListenbrainzIncremental => (within(name, "listenbrainz-dump-", "-incremental")?, true),
            Family::ListenbrainzSample => (within(name, "listenbrainz-sample-", "-full")?, false),
        };
        let (id, stamp) = if numbered { numbered_stamp(middle)? } else { (None, middle) };
        is_stamp(stamp).then(|| Self { id, stamp: stamp.to_owned() })
    }

    /// Newest first: by number, which only grows; by stamp where there is none.
    pub(super) fn newest_first(&self, other: &Self) -> std::cmp::Ordering {
        other.id.cmp(&self.id).then_with(|| other.stamp.cmp(&self.stamp))
    }
}

fn within<'a>(name: &'a str, before: &str, after: &str) -> Option<&'a str> {
    name.strip_prefix(before)?.strip_suffix(after)
}

fn numbered_stamp(text: &str) -> Option<(Option<u64>, &str)> {
    let (id, stamp) = text.split_once('-')?;
    if !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((Some(id.parse().ok()?), stamp))
}

/// Whether `name` is what `pattern` of `assets/datasets.toml` asks for in a dump with this `id`.
///
/// `<stamp>` stands for any stamp: nothing promises that every archive of a dump was begun in the same second.
pub(super) fn is_archive(pattern: &str, id: Option<u64>, name: &str) -> bool {
    let pattern = match id {
        Some(id) => pattern.replace("<id>", &id.to_string()),
        None => pattern.to_owned(),
    };
    match pattern.split_once("<stamp>") {
        Some((before, after)) => within(name, before, after).is_some_and(is_stamp),
        None => name == pattern,
    }
}

/// Whether `name` is what `pattern` of `assets/datasets.toml` asks for in any dump.
pub(super) fn is_archive_of_any(pattern: &str, name: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('<') else { return pattern == name };
    let Some((tail, (_, after))) = name.strip_prefix(before).zip(rest.split_once('>')) else { return false };
    let filled = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').len();
    (1..=filled).any(|end| is_archive_of_any(after, &tail[end..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_plain_file_names_are_taken() {
        for plain in ["artist.tar.xz", "latest-is-20260523-001002", "Björk", "a b", "...", &"x".repeat(255)]
        {
            assert!(is_plain(plain), "{plain}");
        }
        for foul in [
            "",
            ".",
            "..",
            "a/b",
            "/etc/passwd",
            "a\\b",
            "a\0b",
            "a\nb",
            "a\u{1b}[2J",
            "a\u{202e}b",
            &"x".repeat(256),
        ] {
            assert!(!is_plain(foul), "{foul:?}");
        }
    }

    #[test]
    fn a_folder_is_read_whole_or_not_at_all() {
        let full = |name| FolderName::read(Family::ListenbrainzFull, name);
        let found = full("listenbrainz-dump-2593-20260712-000003-full").unwrap();
        assert_eq!((found.id, found.stamp.as_str()), (Some(2593), "20260712-000003"));
        for other in [
            "listenbrainz-dump-2593-20260712-000003-db",
            "listenbrainz-dump-2593-20260712-000003-incremental",
            "listenbrainz-dump-2593-20260712-000003-full-db",
            "listenbrainz-dump-2593-20260712-000003-full.old",
            "xlistenbrainz-dump-2593-20260712-000003-full",
            "listenbrainz-dump--20260712-000003-full",
            "listenbrainz-dump-+3-20260712-000003-full",
            "listenbrainz-dump-99999999999999999999999-20260712-000003-full",
            "listenbrainz-dump-2593-2026071-000003-full",
        ] {
            assert_eq!(full(other), None, "{other}");
        }
    }

    #[test]
    fn every_family_has_its_own_folders() {
        let cases = [
            (Family::MusicbrainzJson, "20260523-001002"),
            (Family::MusicbrainzCanonical, "musicbrainz-canonical-dump-20260917-080003"),
            (Family::ListenbrainzFull, "listenbrainz-dump-2593-20260712-000003-full"),
            (Family::ListenbrainzIncremental, "listenbrainz-dump-2600-20260719-000003-incremental"),
            (Family::ListenbrainzSample, "listenbrainz-sample-20260301-000003-full"),
        ];
        for (owner, name) in cases {
            for family in Family::ALL {
                assert_eq!(FolderName::read(family, name).is_some(), family == owner, "{family:?} {name}");
            }
        }
    }

    #[test]
    fn numbers_sort_as_numbers() {
        let mut names: Vec<FolderName> = ["999-20260101-000000", "1000-20260101-000000"]
            .into_iter()
            .filter_map(|middle| {
                FolderName::read(Family::ListenbrainzFull, &format!("listenbrainz-dump-{middle}-full"))
            })
            .collect();
        names.sort_by(FolderName::newest_first);
        assert_eq!(names[0].id, Some(1000));
    }

    #[test]
    fn an_archive_belongs_to_the_dump_whose_number_it_carries() {
        let pattern = "listenbrainz-listens-dump-<id>-<stamp>-full.tar.zst";
        assert!(is_archive(pattern, Some(7), "listenbrainz-listens-dump-7-20260712-000003-full.tar.zst"));
        assert!(!is_archive(pattern, Some(7), "listenbrainz-listens-dump-77-20260712-000003-full.tar.zst"));
        assert!(!is_archive(
            pattern,
            Some(7),
            "listenbrainz-listens-dump-7-20260712-000003-full.tar.zst.sha256"
        ));
        assert!(!is_archive("release.tar.xz", None, "release-group.tar.xz"));
    }

    proptest! {
        #[test]
        fn no_name_makes_the_reader_fail(name in "\\PC{0,80}|[a-z0-9<>-]{0,80}") {
            for family in Family::ALL {
                if let Some(folder) = FolderName::read(family, &name) {
                    prop_assert!(is_stamp(&folder.stamp));
                }
            }
            is_plain(&name);
            is_archive(&name, Some(1), &name);
        }
    }
}
