//! Records of `ListenBrainz`: listens as JSON lines, a table of them for Spark, statistics, feedback; and canonical data as CSV.

use std::fmt::Write;

use super::parquet::{Column, Values};
use super::random::Random;
use super::words;

/// A second of May 2026 and later, at which listening goes on.
const NOW: u64 = 1_780_000_000;

/// Listens of about `bytes` altogether, at and after `from` (seconds since 1970), inside a month.
pub(super) fn listens(bytes: usize, from: u64, random: &mut Random) -> String {
    until(bytes, |out| {
        let _ = write!(out, "{{\"user_id\":{},\"user_name\":\"", 1 + random.below(40_000));
        words::user(random, out);
        let _ = write!(
            out,
            "\",\"timestamp\":{},\"track_metadata\":{{\"track_name\":\"",
            from + random.below(2_400_000)
        );
        words::title(random, out);
        out.push_str("\",\"artist_name\":\"");
        words::artist(random, out);
        out.push_str("\",\"release_name\":\"");
        words::title(random, out);
        out.push_str("\",\"additional_info\":{\"submission_client\":\"listenbrainz\",\"recording_mbid\":\"");
        random.uuid(out);
        out.push_str("\",\"release_mbid\":\"");
        random.uuid(out);
        out.push_str("\",\"artist_msid\":\"");
        random.uuid(out);
        out.push_str("\"}},\"recording_msid\":\"");
        random.uuid(out);
        out.push_str("\"}\n");
    })
}

/// Feedback (loved and hated recordings) as JSON lines.
pub(super) fn feedback(bytes: usize, random: &mut Random) -> String {
    until(bytes, |out| {
        out.push_str("{\"user_name\":\"");
        words::user(random, out);
        out.push_str("\",\"recording_mbid\":\"");
        random.uuid(out);
        let score = random.pick(&["1", "-1"]);
        let _ = writeln!(out, "\",\"score\":{score},\"created\":{}}}", NOW - random.below(60_000_000));
    })
}

/// Statistics of users as JSON lines.
pub(super) fn statistics(bytes: usize, random: &mut Random) -> String {
    until(bytes, |out| {
        let _ =
            write!(out, "{{\"user_id\":{},\"stats_range\":\"all_time\",\"data\":[", 1 + random.below(40_000));
        for index in 0..5 {
            out.push_str(if index > 0 { ",{\"artist_name\":\"" } else { "{\"artist_name\":\"" });
            words::artist(random, out);
            out.push_str("\",\"artist_mbid\":\"");
            random.uuid(out);
            let _ = write!(out, "\",\"listen_count\":{}}}", random.below(5000));
        }
        let _ = writeln!(out, "],\"last_updated\":{NOW}}}");
    })
}

/// The tables of the database dump: tab-separated lines, as PostgreSQL copies them.
pub(super) fn table(bytes: usize, random: &mut Random) -> String {
    until(bytes, |out| {
        let _ = write!(out, "{}\t", 1 + random.below(40_000));
        words::user(random, out);
        out.push('\t');
        random.uuid(out);
        out.push_str("\t2026-09-01 00:00:03+00\n");
    })
}

/// The canonical recordings: a CSV file with its header.
pub(super) fn canonical(bytes: usize, random: &mut Random) -> String {
    let mut id = 0;
    let header = "id,artist_credit_id,artist_mbids,artist_credit_name,release_mbid,release_name,recording_mbid,recording_name,combined_lookup,score\n";
    let rows = until(bytes, |out| {
        id += 1;
        let _ = write!(out, "{id},{},", random.below(3_000_000));
        random.uuid(out);
        out.push(',');
        words::artist(random, out);
        out.push(',');
        random.uuid(out);
        out.push(',');
        words::title(random, out);
        out.push(',');
        random.uuid(out);
        out.push(',');
        words::title(random, out);
        let _ = writeln!(out, ",{:x},{}", random.next(), random.below(1_000_000));
    });
    format!("{header}{rows}")
}

/// A table of redirects: a CSV file with its header.
pub(super) fn redirects(header: &str, bytes: usize, random: &mut Random) -> String {
    let rows = until(bytes, |out| {
        random.uuid(out);
        out.push(',');
        random.uuid(out);
        out.push(',');
        random.uuid(out);
        out.push('\n');
    });
    format!("{header}\n{rows}")
}

/// The columns of `rows` listens, sorted by time as Spark wants them; times are in milliseconds.
pub(super) fn columns(rows: usize, random: &mut Random) -> Vec<Column> {
    let number = |value: fn(i64) -> i64| Values::Number((0..).map(value).take(rows).collect());
    let listened_at = number(|row| (NOW.cast_signed() + row) * 1000);
    let user_id = number(|row| 1 + row * 7919 % 40_000);
    let mut text = |name, write: fn(&mut Random, &mut String)| {
        let value = |_| {
            let mut value = String::new();
            write(random, &mut value);
            value
        };
        Column { name, values: Values::Text((0..rows).map(value).collect()) }
    };
    vec![
        Column { name: "listened_at", values: listened_at },
        Column { name: "user_id", values: user_id },
        text("recording_msid", Random::uuid),
        text("artist_name", words::artist),
        text("release_name", words::title),
        text("recording_name", words::title),
        text("recording_mbid", Random::uuid),
    ]
}

/// Lines until they are about `bytes` long.
fn until(bytes: usize, mut line: impl FnMut(&mut String)) -> String {
    let mut out = String::with_capacity(bytes + 1024);
    while out.len() < bytes {
        line(&mut out);
    }
    out
}
