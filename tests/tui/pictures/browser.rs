use std::sync::Arc;

use brainzlift::bucket::{
    Deleted, Extent, FolderPage, Object, Parts, Refused, Restoring, Target, Upload, Version, VersionPage,
};
use brainzlift::tui::screens::browser::{
    Answer, FetchEnd, FetchNews, FetchProgress, InsideNews, InsideWhat, Listed, Message, Page, UploadsNews,
};
use brainzlift::tui::{self, App, Effect, Known, Step, Theme};
use brainzlift::{Error, Kind};
use crossterm::event::KeyCode::{Char, Down, Enter};
use crossterm::event::{KeyEvent, KeyModifiers};

use crate::stage::{pictures, press, type_in};

const BUCKET: &str = "music-recommendation-data";

fn tell(app: &mut App, answer: Answer) -> Vec<Effect> {
    app.update(tui::Message::Browser(Message::Answer(answer)))
}

/// The number of the listing that was asked for first.
const FIRST: u64 = 1;

fn listed(app: &mut App, what: Listed) {
    tell(app, Answer::Listed { generation: FIRST, what });
}

fn object(key: &str, size: u64, class: &str) -> Object {
    let class = Some(class.to_owned());
    Object { key: key.to_owned(), size, class, modified: Some(1_779_530_400), ..Object::default() }
}

fn entered(read_only: bool) -> App {
    let target = Target { read_only: read_only.then(|| "--read-only".to_owned()), ..Target::default() };
    let known = Known {
        bucket: Some(BUCKET.to_owned()),
        bucket_region: "eu-west-3".to_owned(),
        data_dir: "/home/alice/brainz".into(),
        target,
        ..Known::default()
    };
    let mut app = App::new(known, Theme::colours());
    app.step = Step::Browser;
    app.start();
    app
}

fn objects() -> Vec<Object> {
    vec![
        object("README.txt", 731, "STANDARD"),
        object("listens-2593.tar.zst", 245_936_631_999, "DEEP_ARCHIVE"),
        object("release.tar.xz", 22_011_707_392, "GLACIER"),
        object("odd \u{1b}[31m\u{202e}name", 5, "STANDARD_IA"),
        object("椎名林檎.tar.xz", 1_717_986_918, "INTELLIGENT_TIERING"),
    ]
}

/// A bucket with a few things in it.
fn full_as(read_only: bool) -> App {
    let mut app = entered(read_only);
    let prefixes = vec!["extracted/".to_owned(), "raw/".to_owned()];
    let page = Page::of("", &FolderPage { prefixes, objects: objects() });
    listed(&mut app, Listed::Page(Box::new(page)));
    listed(&mut app, Listed::End);
    let sum = Extent { objects: 12, bytes: 271_583_764_480, ..Extent::default() };
    tell(&mut app, Answer::Measured { generation: FIRST, prefix: "raw/".into(), sum, ended: None });
    app
}

fn full() -> App {
    full_as(false)
}

/// The cursor on `release.tar.xz`, which S3 has described.
fn described() -> App {
    let mut app = full();
    press(&mut app, &[Down, Down, Down, Down, Down]);
    let object = Object {
        sha256: Some(brainzlift::sha256::Sha256Digest([7; 32])),
        dump: Some("20260523-001002".to_owned()),
        dataset: Some("musicbrainz/release".to_owned()),
        source: Some(
            "https://data.metabrainz.org/pub/musicbrainz/data/json-dumps/20260523-001002/release.tar.xz"
                .to_owned(),
        ),
        crc64nvme: Some(0x0123_4567_89ab_cdef),
        etag: Some("9b2cf535f27731c974343645a3985328-321".to_owned()),
        restoring: Some(Restoring::Needed),
        ..object("release.tar.xz", 22_011_707_392, "GLACIER")
    };
    let object = Ok(Some(Box::new(object)));
    tell(&mut app, Answer::Described { key: "release.tar.xz".into(), version: None, object });
    app
}

fn trouble() -> Error {
    Error::new(Kind::Permission, "cannot list s3://music-recommendation-data/")
        .because("access denied")
        .hint("the credentials need s3:ListBucket on this bucket")
}

#[test]
fn no_bucket() {
    pictures("browser-no-bucket", || {
        let mut app = App::new(Known::default(), Theme::colours());
        app.step = Step::Browser;
        app.start();
        app
    });
}

#[test]
fn loading() {
    pictures("browser-loading", || entered(false));
}

#[test]
fn empty() {
    pictures("browser-empty", || {
        let mut app = entered(false);
        listed(&mut app, Listed::End);
        app
    });
}

#[test]
fn failed() {
    pictures("browser-error", || {
        let mut app = entered(false);
        listed(&mut app, Listed::Failed(trouble()));
        app
    });
}

#[test]
fn a_bucket_with_things_in_it() {
    pictures("browser-full", full);
}

#[test]
fn more_of_a_million() {
    pictures("browser-more", || {
        let mut app = entered(false);
        for page in 0..3 {
            let key =
                |at: u64| object(&format!("part-{page:04}-{at:04}.parquet"), at * 1_048_576, "STANDARD");
            let found = FolderPage { objects: (0..1000).map(key).collect(), ..FolderPage::default() };
            listed(&mut app, Listed::Page(Box::new(Page::of("", &found))));
        }
        press(&mut app, &[Char('s')]);
        app
    });
}

#[test]
fn details() {
    pictures("browser-details", || {
        let mut app = described();
        press(&mut app, &[Char('i')]);
        app
    });
}

#[test]
fn filtered() {
    pictures("browser-filter", || {
        let mut app = full();
        press(&mut app, &[Char('/')]);
        type_in(&mut app, "tar");
        app
    });
}

#[test]
fn marked() {
    pictures("browser-marked", || {
        let mut app = full();
        press(&mut app, &[Down, Char(' '), Char(' ')]);
        app
    });
}

#[test]
fn read_only() {
    pictures("browser-read-only", || full_as(true));
}

#[test]
fn versions() {
    pictures("browser-versions", || {
        let mut app = full();
        press(&mut app, &[Char('v')]);
        let version = |key: &str, id: &str, is_latest, is_delete_marker| Version {
            key: key.into(),
            version_id: id.into(),
            is_latest,
            is_delete_marker,
            size: if is_delete_marker { 0 } else { 1_717_986_918 },
            modified: Some(1_779_530_400),
            class: Some("STANDARD".into()),
        };
        let versions = vec![
            version("artist.tar.xz", "3sL4kqtJlcpXroDTDmJ", true, false),
            version("artist.tar.xz", "QUpfdndhfd8438MNFDN", false, false),
            version("gone.tar.xz", "UIORUnfndfhnw89493j", true, true),
        ];
        let page = Page::of_versions("", &VersionPage { prefixes: vec!["raw/".into()], versions });
        tell(&mut app, Answer::Listed { generation: 2, what: Listed::Page(Box::new(page)) });
        tell(&mut app, Answer::Listed { generation: 2, what: Listed::End });
        app
    });
}

/// Asked whether to delete everything that is marked, 1,234 objects.
fn deleting(typed: &str) -> App {
    let mut app = full();
    press(&mut app, &[Char('a'), Char('d')]);
    let sum = Extent { objects: 1234, bytes: 22_011_707_392, ..Extent::default() };
    tell(&mut app, Answer::Counted { number: 1, sum, ended: Some(Ok(())) });
    type_in(&mut app, typed);
    app
}

#[test]
fn delete_counting() {
    pictures("browser-delete-counting", || {
        let mut app = full();
        press(&mut app, &[Char('d')]);
        app
    });
}

#[test]
fn delete_with_a_wrong_name() {
    pictures("browser-delete-wrong", || {
        let mut app = deleting("music-box");
        app.update(tui::Message::Key(KeyEvent::new(Enter, KeyModifiers::NONE)));
        app
    });
}

#[test]
fn delete_with_the_right_name() {
    pictures("browser-delete-right", || deleting(BUCKET));
}

#[test]
fn delete_under_way() {
    pictures("browser-delete-running", || {
        let mut app = deleting(BUCKET);
        press(&mut app, &[Enter]);
        let sum = Deleted { objects: 500, bytes: 9_000_000_000, ..Deleted::default() };
        tell(&mut app, Answer::Deleted { sum, ended: None });
        app
    });
}

#[test]
fn delete_ended() {
    pictures("browser-delete-ended", || {
        let mut app = deleting(BUCKET);
        press(&mut app, &[Enter]);
        let refused = vec![Refused { key: "raw/kept".into(), version_id: None, why: "access denied".into() }];
        let sum = Deleted { objects: 1233, bytes: 22_000_000_000, failed: 1, refused };
        tell(&mut app, Answer::Deleted { sum, ended: Some(Ok(())) });
        app
    });
}

#[test]
fn fetch_asks_where_to() {
    pictures("browser-fetch-ask", || {
        let mut app = full();
        press(&mut app, &[Char('f')]);
        app
    });
}

fn fetching() -> App {
    let mut app = full();
    press(&mut app, &[Char('f'), Enter]);
    tell(&mut app, Answer::Fetching(FetchNews::Counted(5)));
    let running = vec![("raw/musicbrainz/release.tar.xz".to_owned(), 9_463_234_178, 22_011_707_392)];
    let progress = FetchProgress { total: 23_000_000_000, here: 9_890_000_000, moved: 0, ended: 2, running };
    tell(&mut app, Answer::Fetching(FetchNews::Progress(progress)));
    app
}

#[test]
fn fetch_under_way_below_the_list() {
    pictures("browser-fetch-line", fetching);
}

#[test]
fn fetch_with_results() {
    pictures("browser-fetch-pane", || {
        let mut app = fetching();
        let failed = Arc::new(Error::new(Kind::Integrity, "raw/b.tar.xz is not what was put there"));
        let one = |key: &str, end| Answer::Fetching(FetchNews::One { key: key.into(), end });
        tell(&mut app, one("raw/b.tar.xz", FetchEnd::Failed(failed)));
        tell(&mut app, one("raw/c.tar.xz", FetchEnd::Skipped(brainzlift::transfer::fetch::Skip::Here)));
        press(&mut app, &[Char('F')]);
        app
    });
}

fn restoring() -> App {
    let mut app = described();
    press(&mut app, &[Char('R')]);
    app
}

#[test]
fn restore() {
    pictures("browser-restore", restoring);
}

#[test]
fn restore_asked() {
    pictures("browser-restore-asked", || {
        let mut app = restoring();
        press(&mut app, &[Enter]);
        let outcome = Ok(Restoring::Restored { until: Some(1_780_000_000) });
        tell(&mut app, Answer::Restored { key: "release.tar.xz".into(), outcome });
        app
    });
}

#[test]
fn look_inside() {
    pictures("browser-inside", || {
        let mut app = full();
        press(&mut app, &[Char('o')]);
        let see = |app: &mut App, what| drop(tell(app, Answer::Inside(InsideNews { number: 2, what })));
        see(&mut app, InsideWhat::Opened { packing: "tar, xz".into(), size: 22_011_707_392 });
        see(&mut app, InsideWhat::Member { name: "TIMESTAMP".into(), size: Some(30), is_file: true });
        see(&mut app, InsideWhat::Line { text: "2026-05-23 00:10:02.123456+00".into(), is_cut: false });
        see(&mut app, InsideWhat::Member { name: "mbdump/".into(), size: None, is_file: false });
        see(&mut app, InsideWhat::Read(8_388_608));
        app
    });
}

fn uploads() -> App {
    let mut app = full();
    press(&mut app, &[Char('u')]);
    let upload = |key: &str, id: &str, hours: i64| Upload {
        key: key.into(),
        upload_id: id.into(),
        initiated: Some(1_780_000_000 - hours * 3600),
    };
    let uploads = vec![
        upload("raw/musicbrainz/release.tar.xz", "1", 30),
        upload("raw/listenbrainz/listens.tar.zst", "2", 1),
    ];
    let begun = ["raw/musicbrainz/release.tar.xz".to_owned()].into();
    tell(&mut app, Answer::Uploads(UploadsNews::Listed { uploads, now: 1_780_000_000, begun }));
    let parts = Ok(Some(Parts { count: 160, bytes: 11_005_853_696 }));
    tell(&mut app, Answer::Uploads(UploadsNews::Parts { upload_id: "1".into(), parts }));
    app
}

#[test]
fn unfinished_uploads() {
    pictures("browser-uploads", uploads);
}

#[test]
fn an_upload_to_throw_away() {
    pictures("browser-uploads-ask", || {
        let mut app = uploads();
        press(&mut app, &[Char('d')]);
        app
    });
}
