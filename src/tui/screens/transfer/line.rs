//! One archive as lines: a bar and what it is at while it moves, its proof when it is done, and what is wrong otherwise.

use std::time::Duration;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::bar;
use super::log::{leg_words, proof_words};
use super::row::Row;
use crate::transfer::{Sample, Status};
use crate::tui::Theme;
use crate::tui::screens::figures::{at_right, span};
use crate::tui::widgets::{lines_at, pad, width};
use crate::{say, words};

/// What a list of archives has room for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// In all.
    pub(super) cells: usize,
    /// For names.
    pub(super) name: usize,
}

impl Room {
    pub(super) fn of(rows: &[Row], cells: usize) -> Self {
        let longest = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0);
        Self { cells, name: longest.min(cells / 3).max(8) }
    }
}

/// A bar that is narrower tells nothing.
const NARROWEST_BAR: usize = 8;
/// Messages stand under the name.
const INDENT: usize = 2;
/// From this width on, a bar and what it is at stand in one line.
const ONE_LINE: usize = 110;

pub(super) fn lines(row: &Row, now: Duration, room: Room, theme: &Theme) -> Vec<Line<'static>> {
    match row.status {
        Status::Proven => proven(row, room, theme),
        Status::Running | Status::Paused | Status::Waiting => moving(row, now, room, theme),
        Status::Queued => vec![plain("○", theme.dim, row, &say!("transfer-queued"), room, theme)],
        Status::Skipped => vec![plain("●", theme.good, row, &say!("transfer-skipped"), room, theme)],
        Status::Cancelled => vec![plain("–", theme.dim, row, &say!("transfer-cancelled"), room, theme)],
        Status::Interrupted if row.left_out => {
            vec![plain("–", theme.warn, row, &say!("transfer-left-out"), room, theme)]
        }
        Status::Interrupted => vec![plain("‖", theme.warn, row, &say!("transfer-interrupted"), room, theme)],
        Status::Failed => {
            let mut lines = vec![plain("✗", theme.bad, row, &say!("transfer-failed"), room, theme)];
            lines.extend(trouble(row, None, room, theme));
            lines
        }
    }
}

fn plain(symbol: &str, style: Style, row: &Row, says: &str, room: Room, theme: &Theme) -> Line<'static> {
    let size = words::size(row.size);
    let left = 2 + room.name + 2 + width(says);
    let mut spans = head(symbol, style, row, room, theme);
    spans.push(Span::styled(format!(" {says}"), style));
    if left + 1 + width(&size) <= room.cells {
        spans.push(Span::styled(at_right(&size, room.cells - left), theme.dim));
    }
    Line::from(spans)
}

fn head(symbol: &str, style: Style, row: &Row, room: Room, theme: &Theme) -> Vec<Span<'static>> {
    vec![
        Span::styled(format!("{symbol} "), style),
        Span::styled(format!("{} ", pad(&row.name, room.name)), theme.strong),
    ]
}

/// `✓ artist.tar.xz  ✓ SHA-256 ✓ CRC64NVME ✓ size     1.6 GiB in 41 s`
fn proven(row: &Row, room: Room, theme: &Theme) -> Vec<Line<'static>> {
    let proof = row.proof.as_deref().map(proof_words).unwrap_or_default();
    let size = words::size(row.size);
    let figures = match row.took() {
        Some(took) => say!("transfer-size-in", size = size, time = span(took)),
        None => size,
    };
    let used = 2 + room.name + 1;
    let mut first = head("✓", theme.good, row, room, theme);
    if used + 1 + width(&proof) + 1 + width(&figures) <= room.cells {
        first.push(Span::styled(format!(" {proof}"), theme.good));
        first.push(Span::styled(at_right(&figures, room.cells - used - 1 - width(&proof)), theme.dim));
        return vec![Line::from(first)];
    }
    first.push(Span::styled(at_right(&figures, room.cells.saturating_sub(used)), theme.dim));
    let mut lines = vec![Line::from(first)];
    lines.extend(lines_at(&proof, room.cells, INDENT, theme.good));
    lines
}

fn moving(row: &Row, now: Duration, room: Room, theme: &Theme) -> Vec<Line<'static>> {
    let sample = &row.sample;
    let (symbol, style) = match row.status {
        Status::Paused => ("‖", theme.warn),
        Status::Waiting => ("⚠", theme.warn),
        _ if row.retry.is_some() => ("↻", theme.warn),
        _ => ("▶", theme.accent),
    };
    let legs = legs_words(row);
    let percent = at_right(&say!("percent", percent = bar::percent(sample.done(), sample.total(), false)), 5);
    let figures = format!("{percent}  {}", at_right(&of_words(sample), OF));
    let beside = if room.cells >= ONE_LINE { format!("{legs}  {figures}") } else { figures };
    let used = 2 + room.name + 1 + 2 + 1;
    let wide = room.cells.saturating_sub(used + width(&beside));
    let (wide, beside) = if wide >= NARROWEST_BAR {
        (wide, beside)
    } else {
        (room.cells.saturating_sub(used + width(&percent)), percent)
    };
    let mut first = head(symbol, style, row, room, theme);
    first.push(Span::styled("▕", theme.dim));
    first.extend(bar::coloured(u16::try_from(wide).unwrap_or(0), sample, theme));
    first.push(Span::styled("▏", theme.dim));
    first.push(Span::styled(format!(" {beside}"), theme.text));
    let mut lines = vec![Line::from(first)];
    let message = trouble(row, Some(now), room, theme);
    if message.is_empty() && room.cells < ONE_LINE {
        lines.extend(lines_at(&legs, room.cells, INDENT, theme.dim));
    }
    lines.extend(message);
    lines
}

/// "1023.9 MiB of 1023.9 MiB".
const OF: usize = 24;

/// `12.7 GiB of 20.5 GiB`: bytes that the leading leg has moved; those behind it stand in percents.
pub(super) fn of_words(sample: &Sample) -> String {
    let there = if sample.down > 0 { sample.downloaded.max(sample.hashed) } else { sample.uploaded };
    say!("transfer-of", done = words::size(there.min(sample.size)), all = words::size(sample.size))
}

/// `62 % down · 62 % hashed · 58 % up`, only the legs that there are; what is checked last says so.
pub(super) fn legs_words(row: &Row) -> String {
    let sample = &row.sample;
    let of = |bytes| bar::percent(bytes, sample.size, bytes >= sample.size && row.uploaded);
    if row.verified && (row.uploaded || sample.up == 0) {
        return say!("transfer-checking");
    }
    let down = (sample.down > 0).then(|| say!("transfer-down", percent = of(sample.downloaded)));
    let hashed = if row.verified {
        "✓ SHA-256".to_owned()
    } else {
        say!("transfer-hashed", percent = of(sample.hashed))
    };
    let up = (sample.up > 0).then(|| say!("transfer-up", percent = of(sample.uploaded)));
    [down, Some(hashed), up].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What is in the way: a retry with its countdown, a pause, or an error with its hint.
fn trouble(row: &Row, now: Option<Duration>, room: Room, theme: &Theme) -> Vec<Line<'static>> {
    if let (Some(retry), Some(now)) = (&row.retry, now) {
        let text = say!(
            "transfer-retrying",
            leg = leg_words(retry.leg),
            attempt = retry.attempt,
            wait = words::wait(retry.at.saturating_sub(now)),
            why = words::harmless(&retry.why.to_string())
        );
        return lines_at(&text, room.cells, INDENT, theme.warn);
    }
    if row.status == Status::Paused {
        return lines_at(&say!("transfer-paused"), room.cells, INDENT, theme.warn);
    }
    let Some(why) = &row.why else { return Vec::new() };
    let sentence = words::harmless(&why.to_string());
    let text =
        if row.status == Status::Waiting { say!("transfer-waiting", why = sentence) } else { sentence };
    let mut lines = lines_at(&text, room.cells, INDENT, theme.warn);
    if let Some(advice) = why.advice() {
        lines.extend(lines_at(&format!("→ {advice}"), room.cells, INDENT, theme.text));
    }
    lines
}
