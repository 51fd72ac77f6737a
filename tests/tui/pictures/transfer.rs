//! The screens from the datasets on, and what lies over them while bytes move.

use std::sync::Arc;
use std::time::Duration;

use brainzlift::Kind;
use brainzlift::catalog::{Archive, DatasetId, Dump, Family, FamilyListing, PassedOver, Validators};
use brainzlift::sha256::Sha256Digest;
use brainzlift::transfer::{Checked, Contents, Fact, Leg, Locals, Proof, Sample, Snapshot, Status, What};
use brainzlift::tui::screens::{datasets, transfer};
use brainzlift::tui::{App, Known, Message, Step, Theme, Tick};
use crossterm::event::KeyCode::{Char, Enter};

use crate::stage::{pictures, press, trouble};

const MIB: u64 = 1 << 20;

fn archive(family: Family, dataset: &str, name: &str, size: u64) -> Archive {
    let name_of_dump = "20260523-001002";
    let url = format!("https://mirror.example/{name_of_dump}/").parse::<url::Url>().unwrap();
    Archive {
        dataset: DatasetId(dataset.to_owned()),
        url: url.join(name).unwrap(),
        dump: Dump { family, name: name_of_dump.into(), stamp: name_of_dump.into(), id: None, url },
        name: name.to_owned(),
        size,
        sha256: Sha256Digest([7; 32]),
        validators: Validators::default(),
    }
}

fn guide() -> [Archive; 4] {
    [("artist", 1600), ("recording", 31), ("release", 20_992), ("release-group", 1024)].map(|(name, size)| {
        let (dataset, file) = (format!("musicbrainz/{name}"), format!("{name}.tar.xz"));
        archive(Family::MusicbrainzJson, &dataset, &file, size * MIB)
    })
}

/// One family was found, one failed, one passed a dump over, one has nothing, one is still asked for.
fn at_datasets() -> App {
    at_datasets_with(80 << 30)
}

/// The same with so many bytes free on the disk.
fn at_datasets_with(free: u64) -> App {
    let known = Known {
        bucket: Some("music-recommendation-data".into()),
        bucket_region: "eu-west-3".into(),
        mirror: "https://mirror.example/".into(),
        data_dir: "/home/alice/data".into(),
        ..Known::default()
    };
    let mut app = App::new(known, Theme::colours());
    app.step = Step::Datasets;
    app.start();
    for family in Family::ALL {
        let full = family == Family::ListenbrainzFull;
        let why = PassedOver { dump: "listenbrainz-dump-2601".into(), why: "its .sha256 is missing".into() };
        let of_dump = archive(family, "musicbrainz/artist", "artist.tar.xz", MIB).dump;
        let listing = FamilyListing {
            family,
            dump: if full { Err(trouble(Kind::Transient)) } else { Ok(of_dump) },
            archives: if family == Family::MusicbrainzJson { guide().into() } else { Vec::new() },
            passed_over: if full { vec![why] } else { Vec::new() },
        };
        app.update(Message::Datasets(datasets::Message::Found(listing)));
    }
    let looked = (Locals { free: Some(free), ..Locals::default() }, Some(Contents::default()));
    app.update(Message::Datasets(datasets::Message::Surveyed(Ok(looked))));
    app
}

fn at_review() -> App {
    let mut app = at_datasets();
    press(&mut app, &[Enter]);
    assert_eq!(app.step, Step::Review);
    app
}

fn tell(app: &mut App, line: usize, what: What) {
    app.update(Message::Transfer(transfer::Message::Fact(Fact { line, what })));
}

/// One is proven, one is tried again, one moves, one waits for its turn.
fn at_transfer() -> App {
    let mut app = at_review();
    press(&mut app, &[Enter]);
    assert_eq!(app.step, Step::Transfer);
    (0..3).for_each(|line| tell(&mut app, line, What::Started { down_from: 0, up_from: 0 }));
    (0..=40).for_each(|second| frame(&mut app, second));
    prove(&mut app, 0);
    let why = Arc::new(trouble(Kind::Transient));
    tell(&mut app, 1, What::Retrying { leg: Leg::Download, attempt: 1, wait: Duration::from_secs(4), why });
    app
}

/// All counters after `second` seconds.
fn frame(app: &mut App, second: u64) {
    let samples = guide().into_iter().zip(0..).map(|(archive, line)| {
        let downloaded = if line < 3 { archive.size / 100 * second } else { 0 };
        let status = if line < 3 { Status::Running } else { Status::Queued };
        let (size, uploaded) = (archive.size, downloaded / 10 * 9);
        Sample { status, size, down: size, up: size, downloaded, hashed: downloaded, uploaded, sending: 0 }
    });
    let archives: Vec<Sample> = samples.collect();
    let moved_down = archives.iter().map(|sample| sample.downloaded).sum();
    let moved_up = archives.iter().map(|sample| sample.uploaded).sum();
    let snapshot = Some(Snapshot { archives, moved_down, moved_up, ..Snapshot::default() });
    app.update(Message::Tick(Tick { now: Duration::from_secs(second), snapshot }));
}

fn prove(app: &mut App, line: usize) {
    let archive = &guide()[line];
    let proof = Proof {
        dataset: archive.dataset.clone(),
        dump: archive.dump.name.clone(),
        archive: archive.name.clone(),
        place: format!("s3://music-recommendation-data/{}", archive.key()),
        size: archive.size,
        sha256: archive.sha256,
        crc64nvme: Some("0102030405060708".to_owned()),
        size_checked: Checked::Equal,
        crc64nvme_checked: Checked::Equal,
        checksum: Some(brainzlift::transfer::Checksum::Crc64Nvme),
        checksum_checked: Checked::Equal,
        at: 1_780_000_000,
    };
    tell(app, line, What::Proven(Arc::new(proof)));
}

fn at_the_end() -> App {
    let mut app = at_transfer();
    (1..3).for_each(|line| prove(&mut app, line));
    tell(&mut app, 3, What::Failed { why: Arc::new(trouble(Kind::Transient)) });
    press(&mut app, &[Enter]);
    assert_eq!(app.step, Step::Done);
    app
}

#[test]
fn datasets() {
    pictures("datasets", at_datasets);
}

#[test]
fn details_over_the_datasets() {
    pictures("datasets-details", || {
        let mut app = at_datasets();
        press(&mut app, &[Char('i')]);
        app
    });
}

#[test]
fn review() {
    pictures("review", at_review);
}

/// The disk has no room for what was chosen.
fn at_review_without_room() -> App {
    let mut app = at_datasets_with(2 << 30);
    press(&mut app, &[Enter]);
    app
}

#[test]
fn review_without_room() {
    pictures("review-without-room", at_review_without_room);
}

#[test]
fn review_of_files_that_have_no_room() {
    pictures("review-kept-without-room", || {
        let mut app = at_review_without_room();
        press(&mut app, &[Char('m')]);
        app
    });
}

#[test]
fn transfer_without_files_held_to_limits() {
    pictures("transfer-streamed", || {
        let mut app = at_review_without_room();
        press(&mut app, &[Enter]);
        tell(&mut app, 0, What::Started { down_from: 0, up_from: 0 });
        (0..=20).for_each(|second| frame(&mut app, second));
        press(&mut app, &[Char('-'), Char('t'), Char('-')]);
        app
    });
}

#[test]
fn help_over_the_transfer() {
    pictures("transfer-help", || {
        let mut app = at_transfer();
        press(&mut app, &[Char('?')]);
        app
    });
}

#[test]
fn transfer() {
    pictures("transfer", at_transfer);
}

#[test]
fn done() {
    pictures("done", at_the_end);
}

#[test]
fn quitting_asks() {
    pictures("quit-asking", || {
        let mut app = at_transfer();
        press(&mut app, &[Char('q')]);
        app
    });
}

#[test]
fn quitting_winds_down() {
    pictures("quit-stopping", || {
        let mut app = at_transfer();
        press(&mut app, &[Char('q'), Enter]);
        app
    });
}
