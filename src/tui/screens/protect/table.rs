//! The settings as a table: what each is called, what is wanted, and what is now.

use ratatui::text::{Line, Span};

use super::{Phase, Row, State};
use crate::bucket::protection::{ArchiveRule, Current, Reading, Wanted};
use crate::say;
use crate::tui::Theme;
use crate::tui::widgets::{pad, width};
use crate::words::harmless;

/// One line of the table.
struct Setting {
    row: Option<Row>,
    label: String,
    wanted: String,
    now: String,
}

pub(super) fn lines(state: &State, current: &Current, theme: &Theme) -> Vec<Line<'static>> {
    let settings = settings(state, current);
    let cells = columns(&settings);
    let wanted = pad(&say!("tui-protect-wanted"), cells[1]);
    let head = format!("  {}   {wanted}{}", pad("", cells[0]), say!("tui-protect-now"));
    let mut lines = vec![Line::styled(head, theme.dim)];
    let choosing = matches!(state.phase, Phase::Choosing(_));
    lines.extend(settings.iter().map(|setting| {
        let here = choosing && setting.row == Some(state.at);
        line(setting, here, cells, theme)
    }));
    lines
}

/// Cells of the labels, and of what is wanted.
fn columns(settings: &[Setting]) -> [usize; 2] {
    let widest = |text: fn(&Setting) -> &str, head: &str| {
        settings.iter().map(|setting| width(text(setting))).max().unwrap_or(0).max(width(head))
    };
    // The arrows of a chosen value take two cells on either side.
    [widest(|setting| &setting.label, ""), widest(|setting| &setting.wanted, &say!("tui-protect-wanted")) + 4]
}

/// Which row can be chosen on that line of the table, and in which column the arrow before its value stands.
pub(super) fn row_on(state: &State, current: &Current, line: usize) -> Option<(Row, usize)> {
    let settings = settings(state, current);
    let row = settings.get(line.checked_sub(1)?)?.row?;
    let arrow = columns(&settings)[0] + 3;
    state.choice.rows(current).contains(&row).then_some((row, arrow))
}

fn line(setting: &Setting, here: bool, cells: [usize; 2], theme: &Theme) -> Line<'static> {
    let label = pad(&setting.label, cells[0]);
    let (mark, wanted, style) = if here {
        ("▸ ", format!("◂ {} ▸", setting.wanted), theme.selected)
    } else {
        ("  ", format!("  {}", setting.wanted), theme.strong)
    };
    let gap = " ".repeat((cells[1] + 2).saturating_sub(width(&wanted) + 1));
    let name = if here { theme.accent } else { theme.text };
    Line::from(vec![
        Span::styled(format!("{mark}{label} "), name),
        Span::styled(wanted, style),
        Span::raw(gap),
        Span::styled(setting.now.clone(), theme.dim),
    ])
}

fn settings(state: &State, current: &Current) -> Vec<Setting> {
    let choice = &state.choice;
    let rows = choice.rows(current);
    let asked = |row, label: String, wanted: String, now: String| {
        let wanted = if rows.contains(&row) { wanted } else { "–".to_owned() };
        Setting { row: Some(row), label, wanted, now }
    };
    let (versioning, archive) = (on_off(choice.versioning), on_off(choice.archives));
    let mut settings = vec![
        asked(Row::Versioning, say!("tui-protect-versioning"), versioning, switch(&current.versioning)),
        asked(
            Row::Archive,
            say!("tui-protect-archive"),
            archive,
            reading(&current.archive, |now| rule(now.as_ref())),
        ),
    ];
    if rows.contains(&Row::Days) {
        let days = say!("tui-protect-days-value", days = choice.days);
        settings.push(asked(Row::Days, format!("  {}", say!("tui-protect-days")), days, String::new()));
        let class = choice.class.to_owned();
        settings.push(asked(Row::Class, format!("  {}", say!("tui-protect-class")), class, String::new()));
    }
    settings.extend(always(current));
    settings
}

/// What is wanted of every bucket, without being asked.
fn always(current: &Current) -> [Setting; 3] {
    let fixed = |label, wanted, now: String| {
        let wanted = if now == say!("tui-protect-unsupported") { "–".to_owned() } else { wanted };
        Setting { row: None, label, wanted, now }
    };
    let days = |days: &Option<u32>| {
        days.map_or_else(|| say!("tui-protect-off"), |days| say!("tui-protect-days-value", days = days))
    };
    let kind = |kind: &Option<String>| kind.as_deref().map_or_else(|| say!("tui-protect-off"), harmless);
    let wanted = say!("tui-protect-days-value", days = Wanted::default().abort_days);
    [
        fixed(say!("tui-protect-abort"), wanted, reading(&current.abort_days, days)),
        fixed(say!("tui-protect-public"), say!("tui-protect-on"), switch(&current.public_access_block)),
        fixed(say!("tui-protect-encryption"), say!("tui-protect-on"), reading(&current.encryption, kind)),
    ]
}

fn on_off(on: Option<bool>) -> String {
    match on {
        Some(true) => say!("tui-protect-on"),
        Some(false) => say!("tui-protect-off"),
        None => say!("tui-protect-as-is"),
    }
}

fn switch(now: &Reading<bool>) -> String {
    reading(now, |on| on_off(Some(*on)))
}

fn rule(rule: Option<&ArchiveRule>) -> String {
    rule.map_or_else(
        || say!("tui-protect-off"),
        |rule| format!("{}, {}", rule.class, say!("tui-protect-days-value", days = rule.after_days)),
    )
}

fn reading<T>(now: &Reading<T>, say: impl Fn(&T) -> String) -> String {
    match now {
        Reading::Is(value) => say(value),
        Reading::Denied => say!("tui-protect-now-unknown"),
        Reading::Unsupported => say!("tui-protect-unsupported"),
    }
}
