//! All that is known of one archive: where it comes from and goes, how fast, its parts, the tries that failed, its proof.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::State;
use super::line::{legs_words, of_words};
use super::log::{leg_words, proof_words};
use super::parts;
use super::row::{Failed, Row};
use crate::transfer::{PartState, Proof, Status};
use crate::tui::Theme;
use crate::tui::screens::figures::span;
use crate::tui::widgets::{lines_at, pair, width};
use crate::{say, words};

/// Lines of a map of parts, at most: where there is room, and where there is not.
const MAP: [usize; 2] = [6, 3];
/// From this height on there is room.
const HIGH: u16 = 17;
/// Failed tries that are told, the newest.
const TOLD: usize = 8;

pub(super) fn lines(
    state: &State,
    (line, row): (usize, &Row),
    area: Rect,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let cells = usize::from(area.width.saturating_sub(4));
    let map_rows = MAP[usize::from(area.height < HIGH)];
    let facts = facts(state, line, row);
    let label = facts.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    let mut lines: Vec<Line> =
        facts.iter().flat_map(|(name, value)| pair(name, label, value, cells, theme)).collect();
    if let Some(why) = &row.why {
        lines.extend(lines_at(&words::harmless(&why.to_string()), cells, 0, theme.warn));
        let advice = why.advice().map(|advice| format!("→ {advice}"));
        lines.extend(advice.into_iter().flat_map(|advice| lines_at(&advice, cells, 0, theme.text)));
    }
    lines.extend(map(state, (line, row), (cells, map_rows), theme));
    lines.extend(tries(state, row, cells, theme));
    lines.extend(row.proof.iter().flat_map(|proof| proven(proof, label, cells, theme)));
    lines
}

fn facts(state: &State, line: usize, row: &Row) -> Vec<(String, String)> {
    let mut facts = vec![(say!("detail-state"), stands(state, line, row))];
    if matches!(row.status, Status::Running | Status::Paused | Status::Waiting) {
        facts.push((say!("detail-moved"), format!("{} · {}", of_words(&row.sample), legs_words(row))));
        facts.push((say!("detail-rates"), rates(row)));
    } else {
        facts.push((say!("detail-size"), words::size(row.size)));
    }
    if let Some(elapsed) = row.elapsed(state.now) {
        facts.push((say!("detail-elapsed"), span(elapsed)));
    }
    if row.sample.down > 0 {
        facts.push((say!("detail-mirror"), row.url.clone()));
    }
    facts.push((say!("detail-key"), row.key.clone()));
    facts
}

fn stands(state: &State, line: usize, row: &Row) -> String {
    let is_first = state.first == Some(line) && !row.status.is_final();
    let says = match row.status {
        Status::Queued => say!("transfer-queued"),
        Status::Running if row.retry.is_some() => say!("detail-tries-again"),
        Status::Running => say!("detail-moves"),
        Status::Paused => say!("transfer-paused"),
        Status::Waiting => say!("transfer-all-waiting"),
        Status::Proven => row.proof.as_deref().map(proof_words).unwrap_or_default(),
        Status::Skipped => say!("transfer-skipped"),
        Status::Failed => say!("transfer-failed"),
        Status::Cancelled => say!("transfer-cancelled"),
        Status::Interrupted if row.left_out => say!("transfer-left-out"),
        Status::Interrupted => say!("transfer-interrupted"),
    };
    if is_first { format!("{says} · {}", say!("detail-first")) } else { says }
}

/// `↓ 3.2 MiB/s  ↑ 3.0 MiB/s · 2.1 MiB on their way`
fn rates(row: &Row) -> String {
    let rate = |symbol: &str, meter: &crate::transfer::Meter| {
        let rate = meter.rate().map_or_else(|| "–".to_owned(), words::rate);
        format!("{symbol} {rate}")
    };
    let down = (row.sample.down > 0).then(|| rate("↓", &row.down));
    let up = (row.sample.up > 0).then(|| rate("↑", &row.up));
    let legs = [down, up].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if row.sample.sending == 0 {
        return legs;
    }
    format!("{legs} · {}", say!("detail-sending", size = words::size(row.sample.sending)))
}

/// The map of its parts, and what its symbols mean.
fn map(
    state: &State,
    (line, row): (usize, &Row),
    (cells, rows): (usize, usize),
    theme: &Theme,
) -> Vec<Line<'static>> {
    let told = state.snapshot.parts.as_ref().filter(|(of, _)| *of == line).map(|(_, parts)| parts);
    let Some(parts) = told.filter(|parts| !parts.is_empty()) else { return Vec::new() };
    // What is proven is where it should be, also the parts of which the last frame was too early to tell.
    let done = vec![if row.sample.up > 0 { PartState::InS3 } else { PartState::Here }; parts.len()];
    let parts = if row.status == Status::Proven { &done } else { parts };
    let each = parts::parts_a_cell(parts.len(), cells, rows);
    let mut lines = vec![Line::default(), heading(&say!("detail-parts", count = parts.len()), theme)];
    lines.extend(parts::map(parts, cells, rows, theme));
    lines.extend(parts::legend(parts, cells, theme));
    if each > 1 {
        lines.push(Line::styled(say!("detail-parts-a-cell", count = each), theme.dim));
    }
    lines
}

fn tries(state: &State, row: &Row, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    if row.failed.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::default(), heading(&say!("detail-tries", count = row.failures), theme)];
    for failed in row.failed.iter().rev().take(TOLD) {
        lines.extend(lines_at(&try_words(state, failed), cells, 0, theme.text));
    }
    lines
}

/// `2 min 31 s  download, try 1: connection refused`
fn try_words(state: &State, failed: &Failed) -> String {
    let time = span(failed.at.saturating_sub(state.began.unwrap_or_default()));
    let why = words::harmless(&failed.why.to_string());
    match failed.attempt {
        Some((leg, attempt)) => {
            say!("detail-try", time = time, leg = leg_words(leg), attempt = attempt, why = why)
        }
        None => say!("detail-restart", time = time, why = why),
    }
}

fn proven(proof: &Proof, label: usize, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let unknown = || say!("proof-not-given");
    let facts = [
        ("SHA-256".to_owned(), proof.sha256.to_string()),
        ("CRC64NVME".to_owned(), proof.crc64nvme.clone().unwrap_or_else(unknown)),
        (say!("proof-size"), say!("detail-bytes", size = words::size(proof.size), bytes = proof.size)),
        (say!("detail-place"), words::harmless(&proof.place)),
    ];
    let label = facts.iter().map(|(name, _)| width(name) + 2).max().unwrap_or(0).max(label);
    let mut lines = vec![Line::default(), heading(&say!("detail-proof"), theme)];
    lines.extend(facts.iter().flat_map(|(name, value)| pair(name, label, value, cells, theme)));
    lines
}

fn heading(text: &str, theme: &Theme) -> Line<'static> {
    Line::from(Span::styled(text.to_owned(), theme.accent))
}
