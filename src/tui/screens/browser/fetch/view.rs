//! How fetching looks: the question, the line at the bottom of the list, and the pane.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::{Ask, End, Fetches, Run};
use crate::say;
use crate::transfer::fetch::{Fetched, Skip, Summary};
use crate::transfer::verify::Check;
use crate::tui::Theme;
use crate::tui::screens::browser::figures::{rows, shown};
use crate::tui::screens::figures::both_ends;
use crate::tui::widgets::{
    Look, bar, bar_of, centred, fit, lines_at, panel, scrollbar_at, scrolled, spinner, trouble,
};
use crate::words;

pub(super) fn ask(ask: &Ask, area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let wide = area.width.saturating_sub(4).min(68);
    let cells = usize::from(wide.saturating_sub(4));
    let mut lines: Vec<Line> = lines_at(&ask.subject, cells, 0, theme.strong).into_iter().take(3).collect();
    lines.push(Line::default());
    lines.extend(lines_at(&say!("browser-fetch-where"), cells, 0, theme.text));
    let row = u16::try_from(lines.len()).unwrap_or(0);
    lines.push(Line::styled("▏", theme.accent));
    lines.push(match ask.folder() {
        Some(_) => Line::default(),
        None => Line::styled(format!("✗ {}", say!("browser-fetch-no-folder")), theme.bad),
    });
    lines.extend(lines_at(&say!("browser-fetch-checks"), cells, 0, theme.dim));
    let place = centred(area, wide, u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2));
    let block = panel(&say!("browser-fetch-title"), true, theme);
    let inner = block.inner(place);
    Clear.render(place, buffer);
    Paragraph::new(lines).block(block).render(place, buffer);
    let field = Rect { x: inner.x + 2, y: inner.y + row, width: inner.width.saturating_sub(2), height: 1 };
    ask.field.render(field, buffer, Look { focused: true, ..Look::default() }, theme);
}

/// The line at the bottom of the list, where anything is or was fetched.
pub(in crate::tui::screens::browser) fn line(
    fetches: &Fetches,
    cells: usize,
    theme: &Theme,
    now: Duration,
) -> Option<Line<'static>> {
    let run = fetches.run.as_ref()?;
    let line = match &run.ended {
        None => {
            let text = fit(&going(fetches, run), cells.saturating_sub(2));
            Line::from(vec![Span::styled(spinner(now), theme.accent), Span::raw(format!(" {text}"))])
        }
        Some(Ok(summary)) => verdict(summary, run.already, cells, theme),
        Some(Err(error)) => Line::styled(fit(&format!("✗ {}", error.what()), cells), theme.bad),
    };
    Some(line)
}

/// "↓ 43 %  1.2 of 2.8 GiB  12 MiB/s  2 of 5 objects".
fn going(fetches: &Fetches, run: &Run) -> String {
    let progress = &run.progress;
    if progress.total == 0 {
        return say!("browser-fetch-finding", count = rows(run.objects), number = run.objects);
    }
    let percent = u128::from(progress.here) * 100 / u128::from(progress.total);
    // What is not compared is not all.
    let percent = u64::try_from(percent).unwrap_or(0).min(99);
    let (here, total) = (words::size(progress.here), words::size(progress.total));
    let mut parts = vec![say!("browser-fetch-percent", percent = percent, here = here, total = total)];
    parts.extend(fetches.meter.rate().map(words::rate));
    parts.push(say!("browser-fetch-of", ended = rows(progress.ended), objects = rows(run.objects)));
    parts.join(" · ")
}

/// In a line; the own keys of folders hold nothing and are left to the pane.
fn verdict(summary: &Summary, already: usize, cells: usize, theme: &Theme) -> Line<'static> {
    let size = words::size(summary.bytes);
    let mut parts = Vec::new();
    if summary.fetched > 0 || already == 0 {
        let count = rows(summary.fetched);
        parts.push(say!("browser-fetch-done", count = count, number = summary.fetched, size = size));
    }
    if already > 0 {
        parts.push(say!("browser-fetch-already", count = rows(already), number = already));
    }
    if summary.failed > 0 {
        parts.push(say!("browser-fetch-failed", count = rows(summary.failed)));
    }
    if summary.interrupted > 0 {
        parts.push(say!("browser-fetch-interrupted", count = rows(summary.interrupted)));
    }
    let text = parts.join(" · ");
    let (mark, style) = match (summary.failed, summary.interrupted) {
        (0, 0) => ("✓", theme.good),
        (0, _) => ("■", theme.warn),
        _ => ("✗", theme.bad),
    };
    Line::styled(fit(&format!("{mark} {text}"), cells), style)
}

pub(super) fn pane(fetches: &Fetches, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
    Clear.render(area, buffer);
    let block = panel(&say!("browser-fetch-title"), true, theme);
    let cells = usize::from(block.inner(area).width);
    let lines = fetches.run.as_ref().map_or_else(Vec::new, |run| lines(fetches, run, cells, theme, now));
    scrolled(lines, fetches.scroll, block, area, buffer, theme);
}

pub(super) fn by_bar(fetches: &Fetches, area: Rect, at: Position) -> Option<isize> {
    let theme = Theme::plain();
    let inner = panel("", true, &theme).inner(area);
    let run = fetches.run.as_ref()?;
    let len = lines(fetches, run, usize::from(inner.width), &theme, Duration::ZERO).len();
    let start = fetches.scroll.min(len.saturating_sub(usize::from(inner.height)));
    let shown = start..(start + usize::from(inner.height)).min(len);
    let top = scrollbar_at(bar_of(area, inner), len, &shown, at)?;
    Some(isize::try_from(top).ok()? - isize::try_from(fetches.scroll).ok()?)
}

fn lines(fetches: &Fetches, run: &Run, cells: usize, theme: &Theme, now: Duration) -> Vec<Line<'static>> {
    let mut lines: Vec<Line> = line(fetches, cells, theme, now).into_iter().collect();
    if run.ended.is_none() {
        let filled =
            bar(u16::try_from(cells).unwrap_or(0).saturating_sub(2), run.progress.here, run.progress.total);
        lines.push(Line::styled(format!("▕{filled}▏"), theme.bar));
    }
    let folder = say!("browser-fetch-to", folder = shown(&run.to.display().to_string()));
    lines.extend(lines_at(&folder, cells, 0, theme.dim));
    if !fetches.waiting.is_empty() {
        let waiting = fetches.waiting.len();
        lines.extend(lines_at(&say!("browser-fetch-waiting", count = waiting), cells, 0, theme.dim));
    }
    if let Some(Err(error)) = &run.ended {
        lines.extend(trouble(error, cells, theme).into_iter().skip(1));
    }
    if let Some((key, why)) = &run.retrying {
        let text = say!("browser-fetch-retrying", key = shown(key), why = why.to_string());
        lines.extend(lines_at(&text, cells, 0, theme.warn));
    }
    if run.ended.is_none() {
        for (key, here, size) in &run.progress.running {
            let figures = say!("browser-of", one = words::size(*here), all = words::size(*size));
            lines.push(Line::from(both_ends(&format!("  ↓ {}", shown(key)), &figures, cells)));
        }
    }
    lines.extend(run.results.iter().flat_map(|(key, end)| result(key, end, cells, theme)));
    lines
}

fn result(key: &str, end: &End, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let key = shown(key);
    match end {
        End::Fetched(fetched) => {
            let size = words::size(fetched.size);
            let head = Line::styled(both_ends(&format!("✓ {key}"), &size, cells), theme.good);
            let mut lines = vec![head];
            lines.extend(lines_at(&checked(fetched), cells, 2, theme.text));
            lines.extend(fetched.gaps.iter().flat_map(|gap| lines_at(&gap.words(), cells, 2, theme.warn)));
            lines
        }
        End::Skipped(Skip::Here) => {
            lines_at(&format!("= {}", say!("browser-fetch-here", key = key)), cells, 0, theme.text)
        }
        End::Skipped(Skip::Folder) => {
            lines_at(&format!("= {}", say!("browser-fetch-folder", key = key)), cells, 0, theme.dim)
        }
        End::Interrupted => {
            lines_at(&format!("■ {}", say!("browser-fetch-stopped", key = key)), cells, 0, theme.warn)
        }
        End::Failed(why) => {
            let mut lines = vec![Line::styled(fit(&format!("✗ {key}"), cells), theme.bad)];
            let told = trouble(why, cells.saturating_sub(2), theme);
            lines.extend(told.into_iter().map(|line| {
                let mut spans = vec![Span::raw("  ")];
                spans.extend(line.spans);
                Line::from(spans)
            }));
            lines
        }
    }
}

/// What was compared: "SHA-256 ✓ published  CRC64NVME ✓ S3".
fn checked(fetched: &Fetched) -> String {
    let one = |check: &Check| format!("{} ✓ {}", check.what.name(), check.against.name());
    fetched.checks.iter().map(one).collect::<Vec<_>>().join(" · ")
}
