//! Which archives the sample dumps have, where, how old and how large.
//!
//! Names, dates and what is missing follow upstream: two dumps of a kind, and the newest ListenBrainz full still without the
//! `.sha256` of its listens, as seen while an upload goes on.

use super::Scale;

/// The entities of a `MusicBrainz` JSON dump, in the order of its checksum file.
pub(super) const ENTITIES: [&str; 11] = [
    "area",
    "artist",
    "event",
    "instrument",
    "label",
    "place",
    "recording",
    "release",
    "release-group",
    "series",
    "work",
];

/// The two JSON dumps, the newest last, with the time (UTC) at which they were published.
pub(super) const JSON_DUMPS: [(&str, &str); 2] =
    [("20260916-001001", "2026-09-16T14:16:00Z"), ("20260919-001002", "2026-09-19T14:53:00Z")];

/// Where the JSON dumps lie.
pub(super) const JSON: &str = "data/json-dumps";

/// How an archive's digests are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Published {
    /// In the folder's `SHA256SUMS` and `MD5SUMS`, with a signature beside the archive.
    InFolder,
    /// Beside the archive, as `.sha256` and `.md5`.
    Beside,
    /// Only the `.md5` stands beside it yet.
    NotYet,
}

/// What an archive is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    /// Records of this `MusicBrainz` entity.
    Json(&'static str),
    /// Listens by year and month.
    Listens,
    /// Listens as Parquet.
    Spark,
    /// Statistics of users.
    Statistics,
    /// Feedback on recordings.
    Feedback,
    /// Tables of the database.
    Tables,
    /// Canonical recordings.
    Canonical,
}

/// An archive to be made.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    /// Its folder below the base of all dumps.
    pub(super) folder: String,
    /// Its file name.
    pub(super) name: String,
    /// When it was written (UTC).
    pub(super) made: String,
    /// What is in it.
    pub(super) contents: Contents,
    /// How many bytes of records are in it, before compression.
    pub(super) bytes: usize,
    /// How its digests are published.
    pub(super) published: Published,
}

impl Planned {
    /// Its name without the ends that say how it is packed.
    pub(super) fn stem(&self) -> &str {
        self.name.split(".tar").next().unwrap_or(&self.name)
    }
}

/// All archives.
pub(super) fn archives(scale: Scale) -> Vec<Planned> {
    let mut all = Vec::new();
    json_dumps(scale, &mut all);
    full("2640", "20260901-000003", "2026-09-03T08:12:00Z", Published::Beside, scale, &mut all);
    full("2655", "20260915-000003", "2026-09-17T05:41:00Z", Published::NotYet, scale, &mut all);
    database(&mut all);
    incrementals(&mut all);
    others(&mut all);
    all
}

fn json_dumps(scale: Scale, all: &mut Vec<Planned>) {
    for (newer, (stamp, made)) in JSON_DUMPS.into_iter().enumerate() {
        for entity in ENTITIES {
            let bytes = if newer == 1 { scale.of_the_guides(newest(entity)) } else { older(entity) };
            all.push(Planned {
                folder: format!("{JSON}/{stamp}"),
                name: format!("{entity}.tar.xz"),
                made: made.to_owned(),
                contents: Contents::Json(entity),
                bytes,
                published: Published::InFolder,
            });
        }
    }
}

/// Bytes of records in the newest dump: in order of size as upstream's, the guide's four about 24 MB packed.
fn newest(entity: &str) -> usize {
    match entity {
        "release" => 40_400_000,
        "artist" => 20_900_000,
        "release-group" => 11_900_000,
        "recording" => 3_400_000,
        "work" => 900_000,
        "label" => 400_000,
        "event" => 150_000,
        "instrument" => 12_000,
        _ => 60_000,
    }
}

/// Bytes of records in the dump before, which is there to be found and not to be moved.
fn older(entity: &str) -> usize {
    newest(entity) / 30
}

fn full(id: &str, stamp: &str, made: &str, listens: Published, scale: Scale, all: &mut Vec<Planned>) {
    let planned = |name: String, contents, bytes, published| Planned {
        folder: format!("listenbrainz/fullexport/listenbrainz-dump-{id}-{stamp}-full"),
        name,
        made: made.to_owned(),
        contents,
        bytes: scale.of_the_rest(bytes),
        published,
    };
    let dump = |what: &str, end: &str| format!("listenbrainz-{what}-dump-{id}-{stamp}-full.{end}");
    let statistics = format!("listenbrainz-statistics-dump-{stamp}.tar.zst");
    all.push(planned(dump("listens", "tar.zst"), Contents::Listens, 10_000_000, listens));
    all.push(planned(dump("spark", "tar"), Contents::Spark, 2_500_000, Published::Beside));
    all.push(planned(statistics, Contents::Statistics, 1_000_000, Published::Beside));
}

fn database(all: &mut Vec<Planned>) {
    let stamp = "20260916-000003";
    for what in ["public", "public-timescale"] {
        all.push(Planned {
            folder: format!("listenbrainz/fullexport/listenbrainz-dump-2657-{stamp}-db"),
            name: format!("listenbrainz-{what}-dump-{stamp}.tar.zst"),
            made: "2026-09-16T09:30:00Z".to_owned(),
            contents: Contents::Tables,
            bytes: 300_000,
            published: Published::Beside,
        });
    }
}

fn incrementals(all: &mut Vec<Planned>) {
    for (id, day) in [(2658, 17), (2659, 18), (2660, 19), (2661, 20)] {
        let dump = format!("{id}-202609{day}-000003-incremental");
        for (what, end, contents) in
            [("listens", "tar.zst", Contents::Listens), ("spark", "tar", Contents::Spark)]
        {
            all.push(Planned {
                folder: format!("listenbrainz/incremental/listenbrainz-dump-{dump}"),
                name: format!("listenbrainz-{what}-dump-{dump}.{end}"),
                made: format!("2026-09-{day}T02:20:00Z"),
                contents,
                bytes: 200_000,
                published: Published::Beside,
            });
        }
    }
}

fn others(all: &mut Vec<Planned>) {
    let mut add = |folder: String, name: String, made: &str, contents, bytes| {
        let made = made.to_owned();
        all.push(Planned { folder, name, made, contents, bytes, published: Published::Beside });
    };
    for (stamp, made) in
        [("20260919-033003", "2026-09-19T03:41:00Z"), ("20260920-033003", "2026-09-20T03:41:00Z")]
    {
        let folder = format!("listenbrainz/spark/listenbrainz-feedback-{stamp}-full");
        let name = format!("listenbrainz-feedback-dump-{stamp}.tar.zst");
        add(folder, name, made, Contents::Feedback, 150_000);
    }
    let stamp = "20260610-101501";
    let folder = format!("listenbrainz/sample/listenbrainz-sample-{stamp}-full");
    let name = format!("listenbrainz-sample-dump-{stamp}.tar.zst");
    add(folder, name, "2026-06-10T11:02:00Z", Contents::Listens, 600_000);
    for (stamp, made) in
        [("20260903-080003", "2026-09-03T10:20:00Z"), ("20260917-080003", "2026-09-17T10:24:00Z")]
    {
        let dump = format!("musicbrainz-canonical-dump-{stamp}");
        add(
            format!("canonical_data/{dump}"),
            format!("{dump}.tar.zst"),
            made,
            Contents::Canonical,
            1_200_000,
        );
    }
}
