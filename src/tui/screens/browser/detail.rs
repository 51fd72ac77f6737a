//! All that is known of what is under the cursor.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::figures::{count, moment, named, shown};
use super::page::{Row, RowKind};
use super::restore::standing;
use super::{Described, State};
use crate::bucket::{Extent, Object, Restoring};
use crate::say;
use crate::tui::Theme;
use crate::tui::widgets::{fit, lines_at, pair, panel, scrolled, spinner, trouble, width};
use crate::words;

/// A label and what stands behind it.
type Fact = (String, String);

pub(super) fn view(state: &State, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    let row = state.level.under_cursor().map(|(_, row)| row);
    let title = row.map_or_else(|| say!("browser-details"), |row| named(&row));
    let block = panel(&fit(&title, usize::from(area.width.saturating_sub(6))), false, theme);
    let cells = usize::from(block.inner(area).width);
    let lines = row.map_or_else(Vec::new, |row| lines(state, &row, cells, theme, now));
    scrolled(lines, state.scroll, block, area, buffer, theme);
}

/// At most how far it makes sense to scroll, in lines.
pub(super) fn most_lines(state: &State) -> usize {
    let row = state.level.under_cursor().map(|(_, row)| row);
    row.map_or(0, |row| lines(state, &row, 40, &Theme::plain(), Duration::ZERO).len())
}

fn lines(state: &State, row: &Row, cells: usize, theme: &Theme, now: Duration) -> Vec<Line<'static>> {
    if row.is_folder() {
        return folder(state, row, cells, theme, now);
    }
    let key = state.level.key(row);
    let version = row.version.map(str::to_owned);
    let known = state.described.as_ref().filter(|known| known.key == key && known.version == version);
    let mut facts = of_row(row, &key);
    let mut below = Vec::new();
    match known {
        Some(Described { object: Ok(Some(object)), .. }) => {
            facts.extend(of_object(object));
            below = told(object, cells, theme);
        }
        Some(Described { object: Ok(None), .. }) => {
            below = lines_at(&say!("browser-detail-gone"), cells, 0, theme.warn);
        }
        Some(Described { object: Err(error), .. }) => below = trouble(error, cells, theme),
        None if row.kind == RowKind::Marker => {
            below = lines_at(&say!("browser-detail-marker"), cells, 0, theme.dim);
        }
        None => below.push(asking(&say!("browser-detail-asking"), theme, now)),
    }
    let mut lines = pairs(&facts, cells, theme);
    lines.extend(below);
    lines
}

fn asking(text: &str, theme: &Theme, now: Duration) -> Line<'static> {
    Line::from(vec![Span::styled(spinner(now), theme.accent), Span::raw(format!(" {text}"))])
}

fn pairs(facts: &[Fact], cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let label = facts.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    facts.iter().flat_map(|(name, value)| pair(name, label, value, cells, theme)).collect()
}

/// What the listing has told already.
fn of_row(row: &Row, key: &str) -> Vec<Fact> {
    let mut facts = Vec::new();
    if row.kind != RowKind::Marker {
        let bytes = say!("browser-detail-bytes", size = words::size(row.size), count = count(row.size));
        facts
            .push((say!("browser-column-size"), if row.size < 1024 { words::size(row.size) } else { bytes }));
    }
    facts.extend(row.modified.map(|at| (say!("browser-column-date"), moment(at))));
    facts.extend(row.class.map(|class| (say!("browser-column-class"), shown(class))));
    facts.extend(row.version.map(|id| (say!("browser-column-version"), shown(id))));
    if row.kind == RowKind::Older {
        facts.push((say!("browser-detail-state"), say!("browser-detail-older")));
    }
    facts.push((say!("browser-detail-key"), shown(key)));
    facts
}

/// What S3 tells of the object itself.
fn of_object(object: &Object) -> Vec<Fact> {
    let own = |name: String, value: &Option<String>| value.as_deref().map(|value| (name, shown(value)));
    let sha256 = object.sha256.as_ref().map(ToString::to_string);
    let crc = object.crc64nvme.map(|crc| format!("{crc:016x}"));
    let restoring = object.restoring.filter(|state| *state != Restoring::NotNeeded);
    let facts = [
        restoring.map(|state| (say!("browser-detail-restore"), standing(state))),
        own(say!("browser-detail-dataset"), &object.dataset),
        own(say!("browser-detail-dump"), &object.dump),
        own("SHA-256".to_owned(), &sha256),
        own("CRC64NVME".to_owned(), &crc),
        own("ETag".to_owned(), &object.etag),
        own(say!("browser-detail-source"), &object.source),
    ];
    facts.into_iter().flatten().collect()
}

/// What is worth a sentence.
fn told(object: &Object, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    if object.checksum_malformed {
        return lines_at(&say!("browser-detail-malformed"), cells, 0, theme.warn);
    }
    if object.crc64nvme.is_none() {
        return lines_at(&say!("browser-detail-no-checksum"), cells, 0, theme.dim);
    }
    Vec::new()
}

fn folder(state: &State, row: &Row, cells: usize, theme: &Theme, now: Duration) -> Vec<Line<'static>> {
    let prefix = state.level.key(row);
    let mut facts = vec![(say!("browser-detail-key"), shown(&prefix))];
    let Some(found) = state.level.measured.get(&prefix) else {
        let mut lines = pairs(&facts, cells, theme);
        lines.extend(lines_at(&say!("browser-detail-uncounted"), cells, 0, theme.dim));
        return lines;
    };
    facts.extend(of_extent(&found.sum));
    let mut lines = pairs(&facts, cells, theme);
    match &found.why {
        Some(why) => lines.extend(trouble(why, cells, theme)),
        None if !found.is_whole => lines.push(asking(&say!("browser-detail-counting"), theme, now)),
        None => {}
    }
    lines
}

fn of_extent(sum: &Extent) -> Vec<Fact> {
    let amount = |objects: u64, bytes: u64| {
        say!("browser-amount", count = count(objects), number = objects, size = words::size(bytes))
    };
    let mut facts = vec![(say!("browser-detail-inside"), amount(sum.objects, sum.bytes))];
    if sum.by_class.len() > 1 {
        facts.extend(
            sum.by_class.iter().map(|(class, tally)| (shown(class), amount(tally.objects, tally.bytes))),
        );
    }
    facts.extend(sum.newest.map(|at| (say!("browser-detail-newest"), format!("{} UTC", moment(at)))));
    facts
}
