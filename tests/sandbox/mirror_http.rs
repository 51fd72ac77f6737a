//! How the mirror answers: as a stock nginx does over the same folder.

use std::time::{Duration, Instant};

use brainzlift::sandbox::Faults;
use brainzlift::sandbox::mirror::Mirror;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::mirror_kit::{NEWEST, header, on_disk, samples, served};

/// A small archive of the newest dump.
fn archive() -> String {
    format!("{NEWEST}instrument.tar.xz")
}

#[tokio::test]
async fn a_file_comes_whole_with_its_validators() {
    let (mirror, on_disk) = (served(0).await, std::fs::read(on_disk(&archive()).await).unwrap());
    let answer = mirror.get(&archive()).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(header(&answer, "content-length"), on_disk.len().to_string());
    assert_eq!(header(&answer, "accept-ranges"), "bytes");
    assert_eq!(header(&answer, "content-type"), "application/octet-stream");
    assert_eq!(header(&answer, "last-modified"), "Sat, 19 Sep 2026 14:53:00 GMT");
    assert_eq!(header(&answer, "etag"), format!("\"6aaea1cc-{:x}\"", on_disk.len()));
    assert_eq!(answer.bytes().await.unwrap(), on_disk);
}

#[tokio::test]
async fn head_says_the_same_and_sends_nothing() {
    let mirror = served(0).await;
    let (head, get) =
        (mirror.request("HEAD", &archive()).send().await.unwrap(), mirror.get(&archive()).await);
    for name in ["content-length", "etag", "last-modified", "accept-ranges", "content-type"] {
        assert_eq!(header(&head, name), header(&get, name), "{name}");
    }
    assert_eq!(head.status(), 200);
    assert!(head.bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_range_is_answered_with_206_and_exactly_those_bytes() {
    let (mirror, whole) = (served(0).await, std::fs::read(on_disk(&archive()).await).unwrap());
    let size = whole.len();
    for (range, part) in [
        ("bytes=0-0".to_owned(), 0..1),
        ("bytes=100-299".to_owned(), 100..300),
        ("bytes=100-".to_owned(), 100..size),
        ("bytes=-100".to_owned(), size - 100..size),
        (format!("bytes={}-{}", size - 1, size + 100), size - 1..size),
    ] {
        let answer = mirror.get_with(&archive(), &[("range", &range)]).await;
        assert_eq!(answer.status(), 206, "{range}");
        assert_eq!(header(&answer, "content-range"), format!("bytes {}-{}/{size}", part.start, part.end - 1));
        assert_eq!(header(&answer, "content-length"), part.len().to_string());
        assert_eq!(answer.bytes().await.unwrap(), whole[part], "{range}");
    }
}

#[tokio::test]
async fn a_range_past_the_end_is_answered_with_416_and_the_size() {
    let (mirror, size) = (served(0).await, std::fs::metadata(on_disk(&archive()).await).unwrap().len());
    let answer = mirror.get_with(&archive(), &[("range", &format!("bytes={size}-"))]).await;
    assert_eq!(
        (answer.status().as_u16(), header(&answer, "content-range")),
        (416, &*format!("bytes */{size}"))
    );
}

#[tokio::test]
async fn several_ranges_are_answered_with_the_whole_file() {
    let answer = served(0).await.get_with(&archive(), &[("range", "bytes=0-1,4-5")]).await;
    assert_eq!((answer.status().as_u16(), header(&answer, "content-range")), (200, ""));
}

#[tokio::test]
async fn if_range_gives_the_part_of_the_same_file_and_the_whole_of_another() {
    let mirror = served(0).await;
    let known = mirror.get(&archive()).await;
    let (tag, date) = (header(&known, "etag"), header(&known, "last-modified"));
    let other_date = "Sat, 12 Sep 2026 14:53:00 GMT";
    for (value, status) in [(tag, 206), (date, 206), ("\"other\"", 200), (other_date, 200)] {
        let answer = mirror.get_with(&archive(), &[("range", "bytes=1-2"), ("if-range", value)]).await;
        assert_eq!(answer.status(), status, "{value}");
    }
}

#[tokio::test]
async fn a_known_file_is_answered_with_304_and_a_wrong_condition_with_412() {
    let mirror = served(0).await;
    let known = mirror.get(&archive()).await;
    let (tag, date) = (header(&known, "etag"), header(&known, "last-modified"));
    for (name, value, status) in [
        ("if-none-match", tag, 304),
        ("if-none-match", "\"other\"", 200),
        ("if-modified-since", date, 304),
        ("if-match", tag, 200),
        ("if-match", "\"other\"", 412),
    ] {
        let answer = mirror.get_with(&archive(), &[(name, value)]).await;
        assert_eq!(answer.status(), status, "{name}: {value}");
        assert!(status != 304 || header(&answer, "etag") == tag);
    }
}

#[tokio::test]
async fn a_listing_has_nginxs_lines_with_long_names_cut() {
    let mirror = served(0).await;
    let listing = mirror.text("data/json-dumps/").await;
    let wanted = "<html>\r\n<head><title>Index of /pub/musicbrainz/data/json-dumps/</title></head>\r\n<body>\r\n\
        <h1>Index of /pub/musicbrainz/data/json-dumps/</h1><hr><pre><a href=\"../\">../</a>\r\n\
        <a href=\"20260916-001001/\">20260916-001001/</a>                                   16-Sep-2026 14:16                   -\r\n\
        <a href=\"20260919-001002/\">20260919-001002/</a>                                   19-Sep-2026 14:53                   -\r\n\
        <a href=\"LATEST\">LATEST</a>                                             19-Sep-2026 14:53                  16\r\n\
        <a href=\"latest-is-20260919-001002\">latest-is-20260919-001002</a>                          19-Sep-2026 14:53                   0\r\n\
        </pre><hr></body>\r\n</html>\r\n";
    assert_eq!(listing, wanted);
    let long = mirror.text("listenbrainz/fullexport/listenbrainz-dump-2655-20260915-000003-full/").await;
    assert!(
        long.contains(
            "-full.tar.zst\">listenbrainz-listens-dump-2655-20260915-000003-..&gt;</a> 17-Sep-2026"
        ),
        "{long}"
    );
}

#[tokio::test]
async fn what_is_not_there_is_answered_with_404_and_a_folder_without_slash_with_301() {
    let mirror = served(0).await;
    assert_eq!(mirror.get("data/nothing").await.status(), 404);
    assert_eq!(mirror.get("data/json-dumps/LATEST/").await.status(), 404);
    let moved = mirror.get("data").await;
    assert_eq!(
        (moved.status().as_u16(), header(&moved, "location")),
        (301, &*format!("{}data/", mirror.mirror.url()))
    );
    assert_eq!(mirror.request("PUT", "data/x").body("x").send().await.unwrap().status(), 405);
}

/// The status of a request whose path no client would send as it is.
async fn raw_status(base: &str, path: &str) -> String {
    let address = base.trim_start_matches("http://").split('/').next().unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split_whitespace().nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    let mirror = served(0).await;
    for (path, status) in [
        ("/../../../etc/passwd", "400"),
        ("/%2e%2e/%2e%2e/etc/passwd", "400"),
        ("/pub/..%2f..%2f..%2fetc%2fpasswd", "400"),
        ("/pub/%00", "400"),
        ("/pub/..%5c..%5cetc", "400"),
        ("//etc/passwd", "404"),
        ("/pub/../pub/musicbrainz/data/json-dumps/LATEST", "200"),
    ] {
        assert_eq!(raw_status(mirror.mirror.url(), path).await, status, "{path}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_that_leads_out_of_the_folder_is_not_followed() {
    let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::NamedTempFile::new().unwrap());
    std::os::unix::fs::symlink(outside.path(), root.path().join("link")).unwrap();
    let mirror = Mirror::start(0, root.path(), None, Faults::none()).await.unwrap();
    assert_eq!(raw_status(mirror.url(), "/link").await, "404");
}

#[tokio::test]
async fn archives_keep_to_the_rate_together_and_the_rest_does_not_wait() {
    // Twice the 23 kB of an archive, at 60,000 bytes/s.
    let mirror = served(60_000).await;
    let path = format!("{NEWEST}event.tar.xz");
    let bytes = 2 * std::fs::metadata(on_disk(&path).await).unwrap().len();
    let start = Instant::now();
    let small = async {
        mirror.text(&format!("{NEWEST}SHA256SUMS")).await;
        start.elapsed()
    };
    let get = async || mirror.get(&path).await.bytes().await.unwrap().len() as u64;
    let (first, second, small) = tokio::join!(get(), get(), small);
    let all = start.elapsed();
    let least = Duration::from_millis(bytes * 1000 / 60_000 * 9 / 10);
    assert_eq!(first + second, bytes);
    assert!(all > least && small < all, "{all:?}, {small:?}, {least:?}");
    assert_eq!(mirror.faults.mirror_bytes_sent(), bytes);
}

#[tokio::test]
async fn stopping_frees_the_port_and_a_taken_one_is_said_with_a_hint() {
    let first = Mirror::start(0, samples().await, None, Faults::none()).await.unwrap();
    let port = first.url().split([':', '/']).nth(4).unwrap().parse().unwrap();
    let taken = Mirror::start(port, samples().await, None, Faults::none()).await.unwrap_err();
    assert!(taken.to_string().contains(&port.to_string()) && taken.advice().is_some(), "{taken}");
    first.stop().await;
    Mirror::start(port, samples().await, None, Faults::none()).await.unwrap().stop().await;
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_said_with_a_hint() {
    let error = Mirror::start(0, "/nonexistent/mirror".as_ref(), None, Faults::none()).await.unwrap_err();
    assert!(error.to_string().contains("/nonexistent/mirror") && error.advice().is_some(), "{error}");
}
