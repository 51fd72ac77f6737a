//! Draws what is under the cursor, and what the choice comes to.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget};

use super::State;
use super::totals::Totals;
use super::tree::Row;
use crate::catalog::{Dataset, Family, FamilyListing, Licence};
use crate::transfer::Verdict;
use crate::tui::Theme;
use crate::tui::screens::{money, speed};
use crate::tui::widgets::{lines_at, pair, panel, scrolled, spinner, trouble, width};
use crate::{say, words};

/// Detail above, totals below it.
pub(super) fn beside(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let cells = usize::from(area.width.saturating_sub(4));
    let (title, lines) = under_cursor(state, cells, theme, now);
    let rest = usize::from(area.height).saturating_sub(lines.len() + 2);
    let room = rest.max(usize::from(area.height) / 2).saturating_sub(2);
    let sums = state.totals();
    let full = fitting(totals_lines(state, &sums, cells, false, theme, now), room);
    let brief = || fitting(totals_lines(state, &sums, cells, true, theme, now), room);
    let (totals, _) = Some(full).filter(|(_, least)| *least > TIME).unwrap_or_else(brief);
    let height = u16::try_from(totals.len()).unwrap_or(u16::MAX).saturating_add(2);
    let [above, below] = Layout::vertical([Constraint::Min(5), Constraint::Max(height)]).areas(area);
    Paragraph::new(lines).block(panel(&title, false, theme)).render(above, buffer);
    Paragraph::new(totals).block(panel(&say!("datasets-selection"), false, theme)).render(below, buffer);
}

/// Lines that belong together, and how much they are missed: what is missed least goes first where there is no room.
type Ranked = (u8, Vec<Line<'static>>);

/// How much the time is missed.
const TIME: u8 = 2;

/// As many as fit into `room` lines, the most needed of them, in their order; the review says the others. And the rank of the most missed one
/// that had no room.
fn fitting(mut ranked: Vec<Ranked>, room: usize) -> (Vec<Line<'static>>, u8) {
    let mut missed = u8::MAX;
    while ranked.iter().map(|(_, lines)| lines.len()).sum::<usize>() > room {
        let least = ranked.iter().map(|(rank, _)| *rank).max().filter(|rank| *rank > 0);
        let Some(at) = ranked.iter().rposition(|(rank, _)| Some(*rank) == least) else { break };
        missed = missed.min(ranked.remove(at).0);
    }
    (ranked.into_iter().flat_map(|(_, lines)| lines).collect(), missed)
}

/// All that is known of what is under the cursor, in the whole `area`, from line `scroll` on.
pub(super) fn alone(
    state: &State,
    scroll: usize,
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
    now: Duration,
) {
    let cells = usize::from(area.width.saturating_sub(4));
    let (title, lines) = in_full(state, cells, theme, now);
    scrolled(lines, scroll, panel(&title, true, theme), area, buffer, theme);
}

/// At most how far it makes sense to scroll, in lines.
pub(super) fn most_lines(state: &State) -> usize {
    in_full(state, 56, &Theme::plain(), Duration::ZERO).1.len()
}

/// A dataset with what is known of its dump, or a family.
fn in_full(state: &State, cells: usize, theme: &Theme, now: Duration) -> (String, Vec<Line<'static>>) {
    let (title, mut lines) = under_cursor(state, cells, theme, now);
    if let Some(Row::Dataset(dataset)) = state.row() {
        lines.push(Line::default());
        lines.push(Line::styled(dataset.family.title(), theme.accent));
        lines.extend(family_lines(state, dataset.family, cells, theme, now));
    }
    (title, lines)
}

/// What the cursor stands on, and what is known of it.
fn under_cursor(state: &State, cells: usize, theme: &Theme, now: Duration) -> (String, Vec<Line<'static>>) {
    match state.row() {
        Some(Row::Dataset(dataset)) => (dataset.name.clone(), dataset_lines(state, &dataset, cells, theme)),
        Some(Row::Family(family)) => (family.title(), family_lines(state, family, cells, theme, now)),
        None => (String::new(), Vec::new()),
    }
}

/// The totals in three lines, where there is no room for more.
pub(super) fn below(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let totals = state.totals();
    let mut lines =
        vec![Line::styled(format!("{} · {}", count_words(&totals), move_words(&totals, now)), theme.text)];
    lines.push(disk_line(&totals, theme));
    if totals.looked && totals.to_move > 0 {
        let time = [speed::time, speed::brief]
            .map(|estimate| estimate(totals.down, totals.up, state.rates, &state.limits));
        let fitting = time.into_iter().find(|text| width(text) <= usize::from(area.width.saturating_sub(4)));
        lines.extend(fitting.map(|text| Line::styled(text, theme.text)));
    }
    if let Some(cost) = &totals.cost {
        let later = money::later(cost).map(|later| format!(" · {later}")).unwrap_or_default();
        lines
            .push(Line::styled(format!("{} {}{later}", say!("datasets-cost"), money::now(cost)), theme.text));
    }
    Paragraph::new(lines).block(panel(&say!("datasets-selection"), false, theme)).render(area, buffer);
}

/// What the choice comes to; `brief` leaves out the rates that the time is reckoned with.
fn totals_lines(
    state: &State,
    totals: &Totals,
    cells: usize,
    brief: bool,
    theme: &Theme,
    now: Duration,
) -> Vec<Ranked> {
    let labels = [
        say!("datasets-chosen"),
        say!("datasets-to-move"),
        say!("datasets-disk"),
        say!("datasets-cost"),
        say!("review-time"),
        say!("review-requests"),
    ];
    let label = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 2;
    let [chosen, to_move, disk, cost, time, requests] = labels;
    let one = |label_words: &str, text: &str| pair(label_words, label, text, cells, theme);
    let warning = |text: String| lines_at(&format!("⚠ {text}"), cells, 0, theme.warn);
    let mut lines = vec![
        (0, one(&chosen, &count_words(totals))),
        (0, one(&to_move, &to_move_words(totals, now))),
        (1, one(&disk, &disk_words(totals))),
    ];
    if totals.is_too_large() {
        lines.push((0, warning(say!("datasets-disk-too-small"))));
    }
    if totals.looked && totals.to_move > 0 {
        let estimate = if brief { speed::brief } else { speed::time };
        let needs = estimate(totals.down, totals.up, state.rates, &state.limits);
        lines.push((TIME, one(&time, &needs)));
        lines.push((5, one(&requests, &money::requests(totals.requests, totals.requests_usd))));
    }
    if let Some(estimate) = &totals.cost {
        lines.push((1, one(&cost, &money::now(estimate))));
        let more =
            [money::later(estimate), money::caveat(estimate), money::glacier(estimate, &state.place.region)];
        let more = (3..).zip(more).filter_map(|(rank, text)| Some((rank, one("", &text?))));
        lines.extend(more);
    }
    if totals.unknown > 0 {
        lines.push((1, warning(say!("datasets-unknown-sizes", count = totals.unknown))));
    }
    lines
}

fn count_words(totals: &Totals) -> String {
    let count = say!("datasets-archives", count = totals.archives);
    format!("{count} · {}", words::size(totals.size))
}

fn to_move_words(totals: &Totals, now: Duration) -> String {
    if totals.looked {
        words::size(totals.to_move)
    } else {
        format!("{} {}", spinner(now), say!("datasets-looking"))
    }
}

fn move_words(totals: &Totals, now: Duration) -> String {
    format!("{} {}", say!("datasets-to-move"), to_move_words(totals, now))
}

fn disk_words(totals: &Totals) -> String {
    match totals.free {
        Some(free) => say!("datasets-disk-of", need = words::size(totals.disk), free = words::size(free)),
        None => say!("datasets-disk-needs", need = words::size(totals.disk)),
    }
}

fn disk_line(totals: &Totals, theme: &Theme) -> Line<'static> {
    let (mark, style) = if totals.is_too_large() { ("⚠ ", theme.warn) } else { ("", theme.text) };
    Line::styled(format!("{mark}{} {}", say!("datasets-disk"), disk_words(totals)), style)
}

fn dataset_lines(state: &State, dataset: &Dataset, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = lines_at(&dataset.summary, cells, 0, theme.text);
    if let Some(caveat) = &dataset.caveat {
        lines.extend(lines_at(&format!("⚠ {caveat}"), cells, 0, theme.warn));
    }
    let unpacked = dataset.unpacked.map(|bytes| say!("datasets-unpacked", size = words::size(bytes)));
    let terms = unpacked.into_iter().chain([licence(dataset.licence)]).collect::<Vec<_>>().join(" · ");
    lines.extend(lines_at(&terms, cells, 0, theme.dim));
    if let Some(line) = state.archive(dataset).and_then(|archive| state.look.line(archive)) {
        lines.extend(lines_at(&line.verdict.reason(), cells, 0, theme.text));
    }
    if dataset.personal {
        lines.extend(lines_at(&format!("⚠ {}", say!("datasets-personal")), cells, 0, theme.warn));
    }
    if let Some(archive) = state.archive(dataset) {
        let dump = say!(
            "datasets-of-dump",
            date = words::day(&archive.dump.date()),
            name = words::harmless(&archive.dump.name)
        );
        lines.extend(lines_at(&dump, cells, 0, theme.dim));
        lines.extend(lines_at(&words::harmless(&archive.name), cells, 0, theme.dim));
    }
    lines
}

/// Under which terms, for people.
pub(super) fn licence(licence: Licence) -> String {
    match licence {
        Licence::Cc0 => say!("licence-cc0"),
        Licence::Cc0TagsByNcSa => say!("licence-cc0-tags"),
    }
}

fn family_lines(
    state: &State,
    family: Family,
    cells: usize,
    theme: &Theme,
    now: Duration,
) -> Vec<Line<'static>> {
    let about = lines_at(&family_about(family), cells, 0, theme.text);
    let more = match state.found.get(&family) {
        None => vec![Line::styled(format!("{} {}", spinner(now), say!("datasets-asking")), theme.dim)],
        Some(listing) => listing_lines(listing, cells, theme),
    };
    let sums = family_sums(state, family).map(|text| lines_at(&text, cells, 0, theme.text));
    about.into_iter().chain(sums.into_iter().flatten()).chain(more).collect()
}

/// What a family is and how often it is published.
fn family_about(family: Family) -> String {
    match family {
        Family::MusicbrainzJson => say!("family-musicbrainz-json"),
        Family::MusicbrainzCanonical => say!("family-musicbrainz-canonical"),
        Family::ListenbrainzFull => say!("family-listenbrainz-full"),
        Family::ListenbrainzIncremental => say!("family-listenbrainz-incremental"),
        Family::ListenbrainzSample => say!("family-listenbrainz-sample"),
    }
}

/// How many archives a family has, how large they are together, and how many are in the bucket.
fn family_sums(state: &State, family: Family) -> Option<String> {
    let archives = &state.found.get(&family)?.archives;
    let size: u64 = archives.iter().map(|archive| archive.size).sum();
    let lines = archives.iter().filter_map(|archive| state.look.line(archive));
    let current = lines.filter(|line| line.verdict == Verdict::Current).count();
    (!archives.is_empty())
        .then(|| say!("family-sums", count = archives.len(), size = words::size(size), current = current))
}

fn listing_lines(listing: &FamilyListing, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = match &listing.dump {
        Ok(dump) => {
            lines_at(&say!("datasets-dump", name = words::harmless(&dump.name)), cells, 0, theme.text)
        }
        Err(error) => trouble(error, cells, theme),
    };
    for passed in &listing.passed_over {
        let text = say!(
            "datasets-passed-over",
            dump = words::harmless(&passed.dump),
            why = words::harmless(&passed.why)
        );
        lines.extend(lines_at(&format!("⚠ {text}"), cells, 0, theme.warn));
    }
    lines
}
