//! Records as the `MusicBrainz` JSON dumps have them: one JSON object a line, the fields of the web service.

use std::fmt::Write;

use super::random::Random;
use super::words;

/// The lines of `entity`, about `bytes` long altogether; no newline after the last, as upstream.
pub(super) fn lines(entity: &str, bytes: usize, random: &mut Random) -> String {
    let mut out = String::with_capacity(bytes + 8 * 1024);
    while out.len() < bytes || out.is_empty() {
        if !out.is_empty() {
            out.push('\n');
        }
        record(entity, random, &mut out);
    }
    out
}

fn record(entity: &str, random: &mut Random, out: &mut String) {
    out.push_str("{\"id\":\"");
    random.uuid(out);
    match entity {
        "artist" => artist(random, out),
        "release" => release(random, out),
        "release-group" => release_group(random, out),
        "recording" => recording(random, out),
        _ => other(random, out),
    }
    tags(random, out);
    relations(random, out);
    out.push('}');
}

fn artist(random: &mut Random, out: &mut String) {
    named("name", words::artist, random, out);
    named("sort-name", words::artist, random, out);
    text("country", random.pick(words::COUNTRIES), out);
    text("type", random.pick(&["Person", "Group", "Orchestra", "Choir"]), out);
    identified("area", words::title, random, out);
    let year = 1920 + random.below(90);
    let _ = write!(
        out,
        ",\"life-span\":{{\"begin\":\"{year}\",\"end\":null,\"ended\":false}},\"ipis\":[],\"isnis\":[]"
    );
}

fn release(random: &mut Random, out: &mut String) {
    named("title", words::title, random, out);
    text("status", random.pick(&["Official", "Promotion", "Bootleg"]), out);
    text("country", random.pick(words::COUNTRIES), out);
    date(random, out);
    let _ = write!(out, ",\"barcode\":\"{:013}\"", random.below(10_000_000_000_000));
    identified("release-group", words::title, random, out);
    credit(random, out);
    let tracks = 4 + random.below(12);
    let _ =
        write!(out, ",\"media\":[{{\"format\":\"CD\",\"position\":1,\"track-count\":{tracks},\"tracks\":[");
    for number in 1..=tracks {
        if number > 1 {
            out.push(',');
        }
        track(number, random, out);
    }
    out.push_str("]}]");
}

fn track(number: u64, random: &mut Random, out: &mut String) {
    out.push_str("{\"id\":\"");
    random.uuid(out);
    let _ = write!(
        out,
        "\",\"number\":\"{number}\",\"position\":{number},\"length\":{}",
        60_000 + random.below(400_000)
    );
    identified("recording", words::title, random, out);
    out.push('}');
}

fn release_group(random: &mut Random, out: &mut String) {
    named("title", words::title, random, out);
    text("primary-type", random.pick(&["Album", "Single", "EP", "Broadcast"]), out);
    date(random, out);
    credit(random, out);
}

fn recording(random: &mut Random, out: &mut String) {
    named("title", words::title, random, out);
    let _ = write!(out, ",\"length\":{},\"video\":false", 60_000 + random.below(400_000));
    credit(random, out);
}

/// The entities that the guide leaves out, which all look alike from afar.
fn other(random: &mut Random, out: &mut String) {
    named("name", words::title, random, out);
    out.push_str(",\"disambiguation\":\"\",\"aliases\":[]");
    identified("area", words::title, random, out);
}

/// Closes the string before and adds a field with a made-up name, up to and with its closing quote.
fn named(field: &str, name: fn(&mut Random, &mut String), random: &mut Random, out: &mut String) {
    if !out.ends_with('"') {
        out.push('"');
    }
    let _ = write!(out, ",\"{field}\":\"");
    name(random, out);
    out.push('"');
}

fn text(field: &str, value: &str, out: &mut String) {
    let _ = write!(out, ",\"{field}\":\"{value}\"");
}

fn date(random: &mut Random, out: &mut String) {
    let (year, month, day) = (1960 + random.below(66), 1 + random.below(12), 1 + random.below(28));
    let _ = write!(out, ",\"date\":\"{year}-{month:02}-{day:02}\"");
}

/// Adds an object with an id and a name.
fn identified(field: &str, name: fn(&mut Random, &mut String), random: &mut Random, out: &mut String) {
    let _ = write!(out, ",\"{field}\":{{\"id\":\"");
    random.uuid(out);
    named("name", name, random, out);
    out.push('}');
}

fn credit(random: &mut Random, out: &mut String) {
    out.push_str(",\"artist-credit\":[{\"joinphrase\":\"\"");
    identified("artist", words::artist, random, out);
    out.push_str("}]");
}

fn tags(random: &mut Random, out: &mut String) {
    let (tag, count) = (random.pick(words::TAGS), random.below(20));
    let _ = write!(out, ",\"tags\":[{{\"count\":{count},\"name\":\"{tag}\"}}],\"genres\":[]");
    let _ = write!(out, ",\"rating\":{{\"value\":null,\"votes-count\":0}},\"annotation\":null");
}

/// Adds links to other records: most of what a real record is made of.
fn relations(random: &mut Random, out: &mut String) {
    out.push_str(",\"relations\":[");
    for index in 0..3 + random.below(6) {
        if index > 0 {
            out.push(',');
        }
        out.push_str("{\"type-id\":\"");
        random.uuid(out);
        out.push_str("\",\"target-type\":\"work\",\"direction\":\"forward\"");
        identified("work", words::title, random, out);
        out.push('}');
    }
    out.push(']');
}
