//! One archive: the members that upstream's have, in upstream's order, packed as upstream packs them.

use std::io::{self, Write};

use jiff::Timestamp;
use tar::{Builder, Header};

use super::layout::{Contents, Planned};
use super::random::Random;
use super::{listens, parquet, records};

/// The fastest of xz, which is fast enough to be waited for and packs such records by half.
const XZ: u32 = 0;

/// The fastest regular level of zstd.
const ZSTD: i32 = 1;

/// About so many bytes of records are one listen in a Spark table.
const SPARK_ROW: usize = 170;

const JSON_COPYING: &str = "The data in this dump is in the public domain (CC0), apart from tags, genres, ratings and \
    annotations, which are licensed CC BY-NC-SA 3.0.\nThis is sample data: none of it is real.\n";

const CC0_COPYING: &str =
    "The data in this dump is in the public domain (CC0).\nThis is sample data: none of it is real.\n";

/// A member's path in the archive and its bytes.
type Member = (String, Vec<u8>);

/// The bytes of the archive.
pub(super) fn pack(planned: &Planned) -> io::Result<Vec<u8>> {
    let members = members(planned)?;
    match planned.name.rsplit('.').next() {
        Some("xz") => write_tar(liblzma::write::XzEncoder::new(Vec::new(), XZ), &members, planned)?.finish(),
        Some("zst") => write_tar(zstd::Encoder::new(Vec::new(), ZSTD)?, &members, planned)?.finish(),
        _ => write_tar(Vec::new(), &members, planned),
    }
}

fn write_tar<W: Write>(out: W, members: &[Member], planned: &Planned) -> io::Result<W> {
    let mut tar = Builder::new(out);
    for (path, bytes) in members {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(seconds(&planned.made));
        tar.append_data(&mut header, path, bytes.as_slice())?;
    }
    tar.into_inner()
}

/// Seconds since 1970 of a time such as `2026-09-16T14:16:00Z`.
pub(super) fn seconds(time: &str) -> u64 {
    time.parse::<Timestamp>().ok().and_then(|time| u64::try_from(time.as_second()).ok()).unwrap_or_default()
}

fn members(planned: &Planned) -> io::Result<Vec<Member>> {
    let mut random = Random::of(&format!("{}/{}", planned.folder, planned.name));
    let timestamp = format!("{}\n", planned.made.replace('T', " ").replace('Z', ".000000+00"));
    if let Contents::Json(entity) = planned.contents {
        return Ok(json(entity, planned.bytes, timestamp, &mut random));
    }
    let heads = [("SCHEMA_SEQUENCE", "9\n"), ("TIMESTAMP", &timestamp), ("COPYING", CC0_COPYING)];
    let heads = heads.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let all = heads.into_iter().chain(data(planned, &mut random)?);
    Ok(all.map(|(path, bytes)| (format!("{}/{path}", planned.stem()), bytes)).collect())
}

fn json(entity: &str, bytes: usize, timestamp: String, random: &mut Random) -> Vec<Member> {
    let readme = format!("One {entity} a line, as the web service gives it, in JSON.\n");
    let members = [
        ("TIMESTAMP".to_owned(), timestamp),
        ("COPYING".to_owned(), JSON_COPYING.to_owned()),
        ("README".to_owned(), readme),
        ("REPLICATION_SEQUENCE".to_owned(), "207115\n".to_owned()),
        ("SCHEMA_SEQUENCE".to_owned(), "31\n".to_owned()),
        (format!("mbdump/{entity}"), records::lines(entity, bytes, random)),
        ("JSON_DUMPS_SCHEMA_NUMBER".to_owned(), "1\n".to_owned()),
    ];
    members.map(|(path, text)| (path, text.into_bytes())).into()
}

/// The members that hold the records, with their paths below the archive's own folder.
fn data(planned: &Planned, random: &mut Random) -> io::Result<Vec<Member>> {
    let bytes = planned.bytes;
    let text = |path: &str, text: String| vec![(path.to_owned(), text.into_bytes())];
    Ok(match planned.contents {
        Contents::Listens => listens_by_month(bytes, random),
        Contents::Spark => {
            vec![("0.parquet".to_owned(), parquet::file(&listens::columns(bytes / SPARK_ROW, random))?)]
        }
        Contents::Statistics => text("statistics/artists.jsonl", listens::statistics(bytes, random)),
        Contents::Feedback => text("feedback.jsonl", listens::feedback(bytes, random)),
        Contents::Tables => text("lbdump/tables/user", listens::table(bytes, random)),
        Contents::Canonical => canonical(bytes, random),
        // Has members of its own.
        Contents::Json(_) => Vec::new(),
    })
}

/// The months of the sample listens, with their first seconds.
const MONTHS: [(&str, u64); 4] = [
    ("2025/11", 1_761_955_200),
    ("2025/12", 1_764_547_200),
    ("2026/1", 1_767_225_600),
    ("2026/2", 1_769_904_000),
];

fn listens_by_month(bytes: usize, random: &mut Random) -> Vec<Member> {
    let month = |(name, from): (&str, u64)| {
        let lines = listens::listens(bytes / MONTHS.len(), from, random);
        (format!("listens/{name}.listens"), lines.into_bytes())
    };
    MONTHS.into_iter().map(month).collect()
}

fn canonical(bytes: usize, random: &mut Random) -> Vec<Member> {
    let recordings = "recording_mbid,canonical_recording_mbid,canonical_release_mbid";
    let releases = "release_mbid,canonical_release_mbid,release_group_mbid";
    let members = [
        ("canonical_musicbrainz_data.csv", listens::canonical(bytes, random)),
        ("canonical_recording_redirect.csv", listens::redirects(recordings, bytes / 8, random)),
        ("canonical_release_redirect.csv", listens::redirects(releases, bytes / 8, random)),
    ];
    members.map(|(name, text)| (format!("canonical/{name}"), text.into_bytes())).into()
}
