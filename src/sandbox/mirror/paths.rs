//! From the path of a URL to a path under the served folder, and nowhere else.

use std::path::PathBuf;

use percent_encoding::percent_decode_str;

/// The path below the served folder that a URL's raw path names; `None` where it names nothing that could be there.
///
/// `.` and empty segments are passed over and `..` goes up, as nginx does it; above the folder nothing is found.
pub(super) fn below_root(raw: &str) -> Option<PathBuf> {
    if !is_well_encoded(raw) {
        return None;
    }
    let decoded = percent_decode_str(raw).decode_utf8().ok()?;
    let mut segments: Vec<&str> = Vec::new();
    for segment in decoded.strip_prefix('/')?.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name if is_plain(name) => segments.push(name),
            _ => return None,
        }
    }
    Some(segments.iter().collect())
}

/// Whether two hexadecimal digits follow each `%`.
fn is_well_encoded(raw: &str) -> bool {
    let is_code =
        |rest: &str| rest.as_bytes().get(..2).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit));
    raw.split('%').skip(1).all(is_code)
}

/// Whether a segment is one file name on every system: no separator, no drive, no end of string.
fn is_plain(name: &str) -> bool {
    !name.contains(['\0', '\\', ':'])
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_url_stays_below_the_folder() {
        assert_eq!(below_root("/pub/a"), Some(PathBuf::from("pub/a")));
        assert_eq!(below_root("/"), Some(PathBuf::new()));
        assert_eq!(below_root("//pub/./a/"), Some(PathBuf::from("pub/a")));
        assert_eq!(below_root("/pub/%61"), Some(PathBuf::from("pub/a")));
        assert_eq!(below_root("/pub/../a"), Some(PathBuf::from("a")));
        for bad in [
            "/..",
            "/pub/../../etc/passwd",
            "/%2e%2e/etc",
            "/a%2f..%2f..%2fb",
            "/a%00",
            "/a\\b",
            "/%ff",
            "a",
            "/C:/x",
        ] {
            assert_eq!(below_root(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn nothing_leads_out(raw in "/([a./%25\\\\]|%2e|%2f|%2E|%5c){0,20}") {
            if let Some(path) = below_root(&raw) {
                let is_below = path.components().all(|part| matches!(part, Component::Normal(_)));
                prop_assert!(is_below && !Path::new(&path).is_absolute());
            }
        }
    }
}
