//! The map of an archive's parts: a cell a group of parts, told apart by its symbol. Pure.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::say;
use crate::transfer::PartState;
use crate::tui::Theme;
use crate::tui::widgets::width;

/// What a group of parts is: what has gone wrong with one of them, what one of them is at, else the least that all of them are.
fn group(parts: &[PartState]) -> PartState {
    let moving = [PartState::Again, PartState::Uploading, PartState::Downloading];
    let found = moving.into_iter().find(|state| parts.contains(state));
    found.or_else(|| parts.iter().min().copied()).unwrap_or_default()
}

pub(super) const fn symbol(state: PartState) -> char {
    match state {
        PartState::Waiting => '·',
        PartState::Downloading => '↓',
        PartState::Here => '▓',
        PartState::Uploading => '↑',
        PartState::InS3 => '█',
        PartState::Again => '↻',
    }
}

const fn style(state: PartState, theme: &Theme) -> Style {
    match state {
        PartState::Waiting => theme.dim,
        PartState::Downloading => theme.bar_down,
        PartState::Here => theme.bar_hashed,
        PartState::Uploading => theme.chart_up,
        PartState::InS3 => theme.bar_up,
        PartState::Again => theme.warn,
    }
}

fn called(state: PartState) -> String {
    match state {
        PartState::Waiting => say!("part-waiting"),
        PartState::Downloading => say!("part-downloading"),
        PartState::Here => say!("part-here"),
        PartState::Uploading => say!("part-uploading"),
        PartState::InS3 => say!("part-in-s3"),
        PartState::Again => say!("part-again"),
    }
}

/// The map in at most `rows` lines of `cells` cells.
pub(super) fn map(parts: &[PartState], cells: usize, rows: usize, theme: &Theme) -> Vec<Line<'static>> {
    let room = cells.max(1) * rows.max(1);
    let groups: Vec<PartState> = parts.chunks(parts.len().div_ceil(room).max(1)).map(group).collect();
    let line = |states: &[PartState]| {
        let runs = states.chunk_by(|one, other| one == other);
        let run = |run: &[PartState]| {
            let state = run.first().copied().unwrap_or_default();
            Span::styled(String::from_iter(vec![symbol(state); run.len()]), style(state, theme))
        };
        Line::from(runs.map(run).collect::<Vec<_>>())
    };
    groups.chunks(cells.max(1)).map(line).collect()
}

/// How many parts one cell of the map stands for.
pub(super) fn parts_a_cell(parts: usize, cells: usize, rows: usize) -> usize {
    parts.div_ceil(cells.max(1) * rows.max(1)).max(1)
}

/// `· waiting 12  ↓ downloading 2 …` in lines of `cells` cells: what there is, and how many of it.
pub(super) fn legend(parts: &[PartState], cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines: Vec<(usize, Vec<Span<'static>>)> = vec![(0, Vec::new())];
    for state in PartState::ALL {
        let count = parts.iter().filter(|part| **part == state).count();
        let says = format!(" {} {count}", called(state));
        let wide = 1 + width(&says) + 2;
        if lines.last().is_some_and(|(used, _)| *used > 0 && used + wide > cells + 2) {
            lines.push((0, Vec::new()));
        }
        let Some((used, spans)) = lines.last_mut() else { break };
        *used += wide;
        spans.push(Span::styled(symbol(state).to_string(), style(state, theme)));
        spans.push(Span::styled(says + "  ", theme.dim));
    }
    lines.into_iter().map(|(_, spans)| Line::from(spans)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_shows_what_matters_most_of_it() {
        use PartState::{Again, Downloading, Here, InS3, Uploading, Waiting};
        assert_eq!(group(&[InS3, Again, Uploading]), Again);
        assert_eq!(group(&[InS3, Uploading, Here]), Uploading);
        assert_eq!(group(&[Here, Downloading, Waiting]), Downloading);
        assert_eq!(group(&[InS3, Here]), Here, "not all of it is in S3");
        assert_eq!(group(&[InS3, InS3]), InS3);
        assert_eq!(group(&[]), Waiting);
    }

    #[test]
    fn the_map_has_no_more_cells_than_there_is_room_for_and_shows_every_part() {
        let mut parts = vec![PartState::InS3; 9_950];
        parts[9_949] = PartState::Again;
        let lines = map(&parts, 40, 4, &Theme::plain());
        assert!(lines.len() <= 4 && lines.iter().all(|line| line.width() <= 40));
        assert!(lines.last().is_some_and(|line| line.to_string().ends_with('↻')));
        let small = map(&parts[..7], 40, 4, &Theme::plain());
        assert_eq!(small.iter().map(ToString::to_string).collect::<Vec<_>>(), ["███████"]);
    }

    #[test]
    fn states_are_told_apart_without_colour() {
        let symbols: std::collections::BTreeSet<char> = PartState::ALL.into_iter().map(symbol).collect();
        assert_eq!(symbols.len(), PartState::ALL.len());
    }
}
