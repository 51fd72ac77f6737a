//! What the bucket is like, in a few lines: protection at a glance, what it costs a month, what is billed and not finished, what is on this disk.

use std::time::Duration;

use ratatui::text::{Line, Span};

use super::{Access, Counted, State};
use crate::bucket::Extent;
use crate::cost::{Bill, Prices, Standing, usd_per_month};
use crate::say;
use crate::tui::Theme;
use crate::tui::screens::sights::sights;
use crate::tui::screens::standing::Tone;
use crate::tui::seen::Unfinished;
use crate::tui::widgets::{lines_at, pad, spinner, width};
use crate::words;

/// A label, and what is to be said of it, each item never broken where that can be helped.
pub(super) struct Fact {
    label: String,
    items: Vec<(String, Tone)>,
}

/// All of them, the most needed first.
pub(super) fn of(state: &State, now: Duration) -> Vec<Fact> {
    let mut facts = vec![
        Fact { label: say!("home-cost"), items: cost(state, now) },
        Fact { label: say!("home-protection"), items: protection(state, now) },
    ];
    let unfinished = unfinished(state);
    if !unfinished.is_empty() {
        facts.push(Fact { label: say!("home-unfinished"), items: unfinished });
    }
    let disk = disk(state);
    if !disk.is_empty() {
        facts.push(Fact { label: say!("home-disk"), items: disk });
    }
    facts
}

/// From when it is, or that it is coming.
pub(super) fn title(state: &State, now: Duration) -> String {
    let as_of = state
        .seen
        .as_ref()
        .filter(|_| state.is_old())
        .map(|seen| say!("home-as-of", time = words::moment_utc(seen.at)));
    let doing = match &state.access {
        Access::Opening => Some(format!("{} {}", spinner(now), say!("home-opening"))),
        Access::Open(_) if state.is_looking() => Some(format!("{} {}", spinner(now), say!("home-looking"))),
        _ => None,
    };
    let parts = [Some(say!("home-facts")), as_of, doing];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Under headings, an item a line.
pub(super) fn long(facts: &[Fact], cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for fact in facts {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(fact.label.clone(), theme.accent));
        for (text, tone) in &fact.items {
            lines.extend(lines_at(text, cells, 0, tone.style(theme)));
        }
    }
    lines
}

/// A label and as many items behind it as fit, the others under them.
pub(super) fn short(facts: &[Fact], cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let label = facts.iter().map(|fact| width(&fact.label)).max().unwrap_or(0) + 2;
    let mut lines = Vec::new();
    for fact in facts {
        let mut spans = vec![Span::styled(pad(&fact.label, label), theme.dim)];
        let mut used = label;
        for (text, tone) in &fact.items {
            let gap = if used == label { 0 } else { 2 };
            if gap > 0 && used + gap + width(text) > cells {
                lines.push(Line::from(std::mem::replace(&mut spans, vec![Span::raw(" ".repeat(label))])));
                used = label;
            } else if gap > 0 {
                spans.push(Span::raw("  "));
                used += gap;
            }
            let text = crate::tui::widgets::fit(text, cells.saturating_sub(used));
            used += width(&text);
            spans.push(Span::styled(text, tone.style(theme)));
        }
        lines.push(Line::from(spans));
    }
    lines
}

fn waiting(state: &State, now: Duration) -> Vec<(String, Tone)> {
    match &state.access {
        Access::Opening | Access::Open(_) => vec![(spinner(now).to_owned(), Tone::Quiet)],
        _ => vec![(say!("home-not-known"), Tone::Quiet)],
    }
}

fn protection(state: &State, now: Duration) -> Vec<(String, Tone)> {
    if let Some(Err(error)) = &state.protection {
        return vec![(format!("✗ {}", error.what()), Tone::Warn)];
    }
    state.settings().map_or_else(
        || waiting(state, now),
        |current| sights(current).map(|sight| (sight.to_string(), sight.tone)).into(),
    )
}

/// What the bucket holds: as counted, else as it was.
fn extent(state: &State) -> Option<(&Extent, bool)> {
    match &state.counted {
        Some(Ok(Counted { extent, is_whole })) => Some((extent, *is_whole)),
        Some(Err(_)) => None,
        None => Some((state.seen.as_ref()?.extent.as_ref()?, true)),
    }
}

fn parts(state: &State) -> Option<Unfinished> {
    match &state.unfinished {
        Some(Ok(unfinished)) => Some(*unfinished),
        Some(Err(_)) => None,
        None => state.seen.as_ref()?.unfinished,
    }
}

fn bill(state: &State, extent: &Extent) -> Option<Bill> {
    let held = extent.by_class.iter().map(|(class, tally)| Standing {
        class,
        objects: tally.objects,
        bytes: tally.bytes,
    });
    let unfinished = parts(state).map(|parts| Standing { class: "STANDARD", objects: 0, bytes: parts.bytes });
    Prices::embedded().bill(&state.place.region, held.chain(unfinished))
}

fn cost(state: &State, now: Duration) -> Vec<(String, Tone)> {
    if let Some(Err(error)) = &state.counted {
        return vec![(format!("✗ {}", error.what()), Tone::Warn)];
    }
    let Some((extent, is_whole)) = extent(state) else { return waiting(state, now) };
    let holds = say!("home-holds", count = extent.objects, size = words::size(extent.bytes));
    let holds = if is_whole { holds } else { format!("{} {holds}", spinner(now)) };
    let Some(bill) = bill(state, extent) else { return vec![(holds, Tone::Quiet)] };
    let mut items = vec![(usd_per_month(bill.month_usd), Tone::Plain), (holds, Tone::Quiet)];
    if bill.unpriced_bytes > 0 {
        let size = words::size(bill.unpriced_bytes);
        items.push((format!("⚠ {}", say!("home-unpriced", size = size)), Tone::Warn));
    }
    if is_another_store(state) {
        items.push((say!("home-prices-of-aws"), Tone::Quiet));
    } else if !bill.exact {
        items.push((say!("money-prices-of", region = bill.prices_of), Tone::Quiet));
    }
    items
}

/// Whether the prices are not those of whoever keeps the bucket.
fn is_another_store(state: &State) -> bool {
    match &state.access {
        Access::Open(connected) => connected.endpoint_url.is_some(),
        _ => state.place.target.endpoint_url.is_some(),
    }
}

fn unfinished(state: &State) -> Vec<(String, Tone)> {
    if let Some(Err(error)) = &state.unfinished {
        return vec![(format!("✗ {}", error.what()), Tone::Warn)];
    }
    let Some(parts) = parts(state).filter(|parts| parts.count > 0) else { return Vec::new() };
    let billed = Standing { class: "STANDARD", objects: 0, bytes: parts.bytes };
    let month =
        Prices::embedded().bill(&state.place.region, [billed]).map(|bill| usd_per_month(bill.month_usd));
    let mut items = vec![
        (format!("⚠ {}", say!("home-uploads", count = parts.count)), Tone::Warn),
        (words::size(parts.bytes), Tone::Plain),
    ];
    items.extend(month.map(|month| (say!("home-billed", cost = month), Tone::Plain)));
    if parts.uncounted > 0 {
        items.push((say!("home-uncounted", count = parts.uncounted), Tone::Quiet));
    }
    items
}

fn disk(state: &State) -> Vec<(String, Tone)> {
    let here: u64 = state.look.locals.files.values().filter_map(|here| here.file).sum();
    let free = state.look.locals.free.map(|free| say!("home-free", size = words::size(free)));
    let here = (here > 0).then(|| say!("home-here", size = words::size(here)));
    here.into_iter().chain(free).map(|text| (text, Tone::Plain)).collect()
}
