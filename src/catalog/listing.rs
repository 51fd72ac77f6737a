//! Directory listings as web servers write them (nginx autoindex, Apache, …), read by `href` because the text shown is cut.

use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};
use url::Url;

use super::names;
use crate::words;

/// What a listing shows directly inside its folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// Names of folders, without the `/`.
    pub(super) folders: Vec<String>,
    /// Names of files.
    pub(super) files: Vec<String>,
    /// Links whose names are not plain file names, cut and made harmless.
    pub(super) refused: Vec<String>,
}

impl Index {
    /// Reads the links of `html`, which was served at `base`. Links that lead out of the folder or sort it are not its content.
    pub(super) fn read(base: &Url, html: &str) -> Self {
        let mut index = Self::default();
        let document = Html::parse_document(html);
        let links = LINKS.as_ref().map(|links| document.select(links)).into_iter().flatten();
        for href in links.filter_map(|link| link.attr("href")) {
            match read_link(base, href) {
                Some(Link::Folder(name)) => index.folders.push(name),
                Some(Link::File(name)) => index.files.push(name),
                Some(Link::Foul) => index.refused.push(words::excerpt(href)),
                None => {}
            }
        }
        index
    }

    /// Whether a file of this name is shown.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.iter().any(|file| file == name)
    }
}

static LINKS: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("a[href]").ok());

#[derive(Debug, PartialEq, Eq)]
enum Link {
    Folder(String),
    File(String),
    Foul,
}

/// `None` for a link that leads elsewhere.
fn read_link(base: &Url, href: &str) -> Option<Link> {
    // The URL parser would drop tabs and newlines, and show a name that nobody wrote.
    if href.contains(char::is_control) {
        return Some(Link::Foul);
    }
    let url = base.join(href).ok()?;
    if url.origin() != base.origin() || url.query().is_some() {
        return None;
    }
    let path = url.path().strip_prefix(base.path()).filter(|path| !path.is_empty())?;
    let (name, is_folder) = path.strip_suffix('/').map_or((path, false), |name| (name, true));
    let plain = percent_decode_str(name).decode_utf8().ok().filter(|name| names::is_plain(name));
    Some(match plain {
        Some(name) if is_folder => Link::Folder(name.into_owned()),
        Some(name) => Link::File(name.into_owned()),
        None => Link::Foul,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn base() -> Url {
        "https://example.org/pub/dumps/".parse().unwrap()
    }

    fn read(html: &str) -> Index {
        Index::read(&base(), html)
    }

    fn link(href: &str) -> Index {
        read(&format!("<a href=\"{href}\">x</a>"))
    }

    #[test]
    fn an_nginx_listing_is_read_by_href_because_long_names_are_cut() {
        let index = read(
            "<html>\r\n<head><title>Index of /pub/dumps/</title></head>\r\n<body>\r\n<h1>Index of /pub/dumps/</h1><hr><pre><a href=\"../\">../</a>\r\n\
             <a href=\"20260523-001002/\">20260523-001002/</a>    23-May-2026 14:53       -\r\n\
             <a href=\"listenbrainz-listens-dump-2593-20260712-000003-full.tar.zst\">listenbrainz-listens-dump-2593-20260712-000003-f..&gt;</a> 13-Jul-2026 01:00  245936631999\r\n\
             <a href=\"latest-is-20260523-001002\">latest-is-20260523-001002</a>   23-May-2026 14:53       0\r\n</pre><hr></body>\r\n</html>\r\n",
        );
        assert_eq!(index.folders, ["20260523-001002"]);
        assert_eq!(
            index.files,
            ["listenbrainz-listens-dump-2593-20260712-000003-full.tar.zst", "latest-is-20260523-001002"]
        );
        assert!(index.refused.is_empty());
    }

    #[test]
    fn links_that_lead_elsewhere_or_sort_are_not_content() {
        for href in [
            "../",
            "/",
            "/pub/",
            "?C=N;O=D",
            "https://evil.example/a",
            "//evil.example/a",
            "./",
            "",
            "#top",
            "mailto:a@b",
            "a?b=c",
            "..\\x",
        ] {
            assert_eq!(link(href), Index::default(), "{href}");
        }
    }

    #[test]
    fn absolute_links_into_the_folder_are_content() {
        assert_eq!(link("/pub/dumps/a.tar").files, ["a.tar"]);
        assert_eq!(link("https://example.org/pub/dumps/b/").folders, ["b"]);
        assert_eq!(link("./c").files, ["c"]);
        assert_eq!(link("caf%C3%A9.tar").files, ["café.tar"]);
    }

    #[test]
    fn foul_names_are_refused_and_quoted_harmlessly() {
        for href in [
            "a%2Fb",
            "..%2Fb",
            "a/b",
            "a%00",
            "a%1b%5B2J",
            "a%0Ab",
            "a&#10;b",
            "a%5Cb",
            "a%E2%80%AEb",
            "%FF",
            "&#27;[2J",
        ] {
            let index = link(href);
            assert_eq!(index.refused.len(), 1, "{href}");
            assert!(index.folders.is_empty() && index.files.is_empty(), "{href}");
            assert!(!index.refused[0].contains(char::is_control));
        }
        assert_eq!(link(&"x".repeat(300)).refused.len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_but_plain_names_comes_out_of_any_page(html in "(?s)(<a href=['\"]?.{0,40}['\"]?>|.{0,40}){0,6}") {
            let index = read(&html);
            prop_assert!(index.folders.iter().chain(&index.files).all(|name| names::is_plain(name)));
            prop_assert!(index.refused.iter().all(|href| !href.contains(char::is_control)));
        }

        #[test]
        fn every_plain_name_that_is_encoded_comes_back(name in "[^/\\\\\\p{C}\\p{Z}]{1,40}") {
            prop_assume!(names::is_plain(&name));
            let encoded = percent_encoding::utf8_percent_encode(&name, percent_encoding::NON_ALPHANUMERIC).to_string();
            prop_assume!(encoded.replace("%2E", ".") != "." && encoded.replace("%2E", ".") != "..");
            prop_assert_eq!(link(&encoded).files, [name]);
        }
    }
}
