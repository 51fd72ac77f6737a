//! A made-up mirror, disk and bucket for the tests of the screens: pure values, always the same.

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::bucket::Object;
use crate::bucket::protection::ArchiveRule;
use crate::catalog::{Archive, DatasetId, Dump, Family, FamilyListing, PassedOver, Validators};
use crate::config::Palette;
use crate::sha256::Sha256Digest;
use crate::transfer::{Checked, Checksum, Contents, Here, Locals, Proof};
use crate::tui::keys::Keymap;
use crate::tui::{Known, Theme, dressed};
use crate::{Error, Kind, words};

const GIB: u64 = 1 << 30;

pub(super) fn dump(family: Family) -> Dump {
    let id = (family == Family::ListenbrainzFull).then_some(2593);
    let name = id.map_or_else(
        || "20260523-001002".to_owned(),
        |id| format!("listenbrainz-dump-{id}-20260712-000003-full"),
    );
    let stamp = if id.is_some() { "20260712-000003" } else { "20260523-001002" };
    let url = format!("https://mirror.example/{name}/").parse().unwrap();
    Dump { family, name, stamp: stamp.to_owned(), id, url }
}

pub(super) fn archive(family: Family, dataset: &str, name: &str, size: u64) -> Archive {
    let dump = dump(family);
    let url = dump.url.join(name).unwrap();
    Archive {
        dataset: DatasetId(dataset.to_owned()),
        dump,
        name: name.to_owned(),
        url,
        size,
        sha256: Sha256Digest([7; 32]),
        validators: Validators::default(),
    }
}

/// The guide's four.
pub(in crate::tui) fn four() -> Vec<Archive> {
    let json = |name: &str, size| {
        archive(Family::MusicbrainzJson, &format!("musicbrainz/{name}"), &format!("{name}.tar.xz"), size)
    };
    vec![
        json("artist", 1_717_986_918),
        json("recording", 32_505_856),
        json("release", 22_011_707_392),
        json("release-group", GIB),
    ]
}

pub(super) fn listing(family: Family) -> FamilyListing {
    let archives = match family {
        Family::MusicbrainzJson => four(),
        Family::ListenbrainzFull => vec![archive(
            family,
            "listenbrainz/listens",
            "listenbrainz-listens-dump-2593-20260712-000003-full.tar.zst",
            245_936_631_999,
        )],
        _ => Vec::new(),
    };
    let passed_over = if family == Family::ListenbrainzFull {
        let dump = "listenbrainz-dump-2601-20260815-000003-full".to_owned();
        vec![PassedOver { dump, why: "its .sha256 is missing".to_owned() }]
    } else {
        Vec::new()
    };
    FamilyListing { family, dump: Ok(dump(family)), archives, passed_over }
}

pub(super) fn unreachable() -> Error {
    Error::new(Kind::Transient, "the mirror mirror.example cannot be reached")
        .because("connection refused")
        .hint("check the network, or choose another mirror with --mirror")
}

/// artist stands in the bucket, release is 43 % here, release-group is somebody else's.
pub(super) fn surveyed() -> (Locals, Option<Contents>) {
    let [artist, _, release, group] = <[Archive; 4]>::try_from(four()).unwrap();
    let begun = Here { begun: Some((release.sha256, release.size / 100 * 43)), ..Here::default() };
    let mut locals = Locals { free: Some(80 * GIB), ..Locals::default() };
    locals.files.insert(release.key(), begun);
    let mut contents = Contents::default();
    let current =
        Object { key: artist.key(), size: artist.size, sha256: Some(artist.sha256), ..Object::default() };
    let unknown = Object { key: group.key(), size: 5, ..Object::default() };
    contents.objects.extend([(artist.key(), current), (group.key(), unknown)]);
    (locals, Some(contents))
}

pub(in crate::tui) fn known() -> Known {
    let (locals, contents) = surveyed();
    Known {
        mirror: "https://mirror.example/".to_owned(),
        data_dir: "/data".into(),
        bucket: Some("music-recommendation-data".to_owned()),
        bucket_region: "eu-west-3".to_owned(),
        archive: Some(ArchiveRule { after_days: 90, class: "GLACIER_IR".to_owned() }),
        chosen: four(),
        datasets: four().into_iter().map(|archive| archive.dataset).collect(),
        locals,
        contents,
        ..Known::default()
    }
}

pub(super) fn proof(archive: &Archive, crc64nvme_checked: Checked) -> Arc<Proof> {
    Arc::new(Proof {
        dataset: archive.dataset.clone(),
        dump: archive.dump.name.clone(),
        archive: archive.name.clone(),
        place: format!("s3://music-recommendation-data/{}", archive.key()),
        size: archive.size,
        sha256: archive.sha256,
        crc64nvme: Some("0102030405060708".to_owned()),
        size_checked: Checked::Equal,
        crc64nvme_checked,
        checksum: (crc64nvme_checked == Checked::Equal).then_some(Checksum::Crc64Nvme),
        checksum_checked: crc64nvme_checked,
        at: 1_780_000_000,
    })
}

/// Takes the pictures `name` of the screen that `build` makes, less the frame's lines: in each language one file, with every size of the
/// contract in it, in the dark palette and without colours.
pub(super) fn pictures<S: super::Screen>(name: &str, build: impl Fn() -> S) {
    for language in words::LANGUAGES {
        let written = words::aloud::in_language(language, || {
            let screen = build();
            [(60, 16), (80, 21), (120, 37)].map(|size| {
                dressed::written(&drawn(&screen, size, Palette::Dark), &drawn(&screen, size, Palette::Plain))
            })
        });
        insta::assert_snapshot!(format!("{name}-{language}"), written.join("\n"));
    }
}

/// A screen with its question, where it asks one.
fn drawn<S: super::Screen>(screen: &S, (width, height): (u16, u16), palette: Palette) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let theme = Theme::of(palette);
    screen.view(area, &mut buffer, &theme, Duration::ZERO);
    if let Some(question) = screen.question() {
        question.view(area, &mut buffer, &Keymap::default(), &theme);
    }
    buffer
}
