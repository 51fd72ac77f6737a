//! Bars made of letters: what is done is told by shape, colour only helps. Pure; a cell is one column wide.

use ratatui::text::{Line, Span};

use crate::say;
use crate::transfer::{Mode, Sample, Status};
use crate::tui::Theme;

/// The whole plan in `width` cells, in eighths of a cell. It is full only when `proven`.
#[must_use]
pub fn whole(width: u16, done: u64, total: u64, proven: bool) -> String {
    let eighths = u64::from(width) * 8;
    let filled = if proven { eighths } else { share(done, total, eighths).min(eighths.saturating_sub(1)) };
    let full = usize::try_from(filled / 8).unwrap_or_default();
    let mut bar = "█".repeat(full);
    if filled % 8 > 0 {
        bar.push(EIGHTHS[usize::try_from(filled % 8).unwrap_or_default()]);
    }
    padded(bar, width)
}

const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// One archive in `width` cells: `█` where it should be (or hashed, without an upload), `▓` hashed here, `▒` downloaded
/// only. The last cell stays open until the archive is proven.
#[must_use]
pub fn legs(width: u16, sample: &Sample) -> String {
    let cells = u64::from(width);
    if matches!(sample.status, Status::Proven | Status::Skipped) {
        return "█".repeat(usize::from(width));
    }
    let of = |bytes| share(bytes, sample.size, cells).min(cells.saturating_sub(1));
    let solid = of(if sample.up > 0 { sample.uploaded } else { sample.hashed });
    let hashed = of(sample.hashed).max(solid);
    let down = of(if sample.down > 0 { sample.downloaded } else { sample.hashed }).max(hashed);
    let count = |cells: u64| usize::try_from(cells).unwrap_or_default();
    let bar =
        "█".repeat(count(solid)) + &"▓".repeat(count(hashed - solid)) + &"▒".repeat(count(down - hashed));
    padded(bar, width)
}

/// The same with its styles.
pub(super) fn coloured(width: u16, sample: &Sample, theme: &Theme) -> Vec<Span<'static>> {
    let bar = legs(width, sample);
    let cells: Vec<char> = bar.chars().collect();
    let style = |cell: char| match cell {
        _ if sample.status == Status::Proven => theme.bar_proven,
        '▒' => theme.bar_down,
        '▓' => theme.bar_hashed,
        _ if sample.up > 0 => theme.bar_up,
        _ => theme.bar_hashed,
    };
    let runs = cells.chunk_by(|one, other| one == other);
    runs.map(|run| Span::styled(run.iter().collect::<String>(), style(run[0]))).collect()
}

/// What the letters mean, once for all bars.
pub(super) fn legend(mode: Mode, theme: &Theme) -> Line<'static> {
    let solid = if mode.uploads() { say!("bar-in-s3") } else { say!("bar-hashed") };
    let solid_style = if mode.uploads() { theme.bar_up } else { theme.bar_hashed };
    let mut spans = vec![Span::styled("█", solid_style), Span::styled(format!(" {solid}  "), theme.dim)];
    if mode.uploads() {
        spans.push(Span::styled("▓", theme.bar_hashed));
        spans.push(Span::styled(format!(" {}  ", say!("bar-hashed")), theme.dim));
    }
    if mode.downloads() {
        spans.push(Span::styled("▒", theme.bar_down));
        spans.push(Span::styled(format!(" {}  ", say!("bar-downloaded")), theme.dim));
    }
    spans.push(Span::styled("✓", theme.good));
    spans.push(Span::styled(format!(" {}", say!("bar-proven")), theme.dim));
    Line::from(spans)
}

/// Whole percent of `done` in `total`, rounded down; 100 only when `proven`.
#[must_use]
pub fn percent(done: u64, total: u64, proven: bool) -> u64 {
    if proven { 100 } else { share(done, total, 100).min(99) }
}

/// Past rates as a line of `width` blocks, newest at the right, scaled to the largest shown.
#[must_use]
pub fn spark(history: impl DoubleEndedIterator<Item = u64>, width: u16) -> String {
    let mut newest: Vec<u64> = history.rev().take(usize::from(width)).collect();
    newest.reverse();
    let top = newest.iter().copied().max().unwrap_or(0).max(1);
    let blocks: String =
        newest.iter().map(|rate| LEVELS[usize::try_from(share(*rate, top, 7)).unwrap_or(7)]).collect();
    let missing = usize::from(width).saturating_sub(newest.len());
    " ".repeat(missing) + &blocks
}

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// `done / total` of `of`, rounded down, never more than `of`; nothing of nothing is nothing.
fn share(done: u64, total: u64, of: u64) -> u64 {
    if total == 0 {
        return 0;
    }
    let share = u128::from(done.min(total)) * u128::from(of) / u128::from(total);
    u64::try_from(share).unwrap_or(of)
}

fn padded(mut bar: String, width: u16) -> String {
    let missing = usize::from(width).saturating_sub(bar.chars().count());
    bar.extend(std::iter::repeat_n(' ', missing));
    bar
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample(downloaded: u64, hashed: u64, uploaded: u64) -> Sample {
        Sample {
            status: Status::Running,
            size: 100,
            down: 100,
            up: 100,
            downloaded,
            hashed,
            uploaded,
            sending: 0,
        }
    }

    #[test]
    fn the_three_states_of_bytes_are_told_apart_without_colour() {
        assert_eq!(legs(10, &sample(80, 60, 40)), "████▓▓▒▒  ");
    }

    #[test]
    fn a_bar_is_full_only_when_proven() {
        assert_eq!(legs(10, &sample(100, 100, 100)), "█████████ ");
        assert_eq!(legs(10, &Sample { status: Status::Proven, ..sample(100, 100, 100) }), "██████████");
        assert_eq!(whole(4, 100, 100, false), "███▉");
        assert_eq!(whole(4, 100, 100, true), "████");
    }

    #[test]
    fn a_download_alone_fills_with_what_is_hashed() {
        assert_eq!(legs(10, &Sample { up: 0, ..sample(60, 40, 0) }), "████▒▒    ");
    }

    #[test]
    fn an_upload_alone_shows_what_is_hashed_and_sent() {
        assert_eq!(legs(10, &Sample { down: 0, ..sample(0, 60, 30) }), "███▓▓▓    ");
    }

    #[test]
    fn eighths_of_a_cell_are_drawn() {
        assert_eq!(whole(10, 43, 100, false), "████▎     ");
        assert_eq!(whole(0, 43, 100, false), "");
    }

    #[test]
    fn percent_is_rounded_down_and_waits_for_the_proof() {
        assert_eq!(percent(999, 1000, false), 99);
        assert_eq!(percent(1000, 1000, false), 99);
        assert_eq!(percent(1000, 1000, true), 100);
        assert_eq!(percent(0, 0, false), 0);
    }

    #[test]
    fn a_sparkline_shows_the_newest_at_the_right() {
        assert_eq!(spark([0, 50, 100].into_iter(), 5), "  ▁▄█");
        assert_eq!(spark([100, 0, 50, 100].into_iter(), 2), "▄█");
        assert_eq!(spark([0, 0].into_iter(), 2), "▁▁");
    }

    proptest! {
        #[test]
        fn bars_have_exactly_their_width_and_percent_never_passes_its_end(
            width in 0u16..300, size in any::<u64>(), downloaded in any::<u64>(), hashed in any::<u64>(), uploaded in any::<u64>(),
            down in 0u64..2, up in 0u64..2,
        ) {
            let sample = Sample { status: Status::Running, size, down, up, downloaded, hashed, uploaded, sending: 0 };
            let bar = legs(width, &sample);
            prop_assert_eq!(bar.chars().count(), usize::from(width));
            prop_assert!(width == 0 || bar.ends_with(' '));
            prop_assert_eq!(whole(width, downloaded, size, false).chars().count(), usize::from(width));
            prop_assert!(percent(downloaded, size, false) <= 99);
        }

        #[test]
        fn more_bytes_never_shorten_a_bar(width in 1u16..200, size in 1u64.., a in any::<u64>(), b in any::<u64>()) {
            let filled = |done| whole(width, done, size, false).chars().filter(|c| *c != ' ').count();
            prop_assert!(filled(a.min(b)) <= filled(a.max(b)));
        }

        #[test]
        fn sparklines_have_exactly_their_width(width in 0u16..200, rates in prop::collection::vec(any::<u64>(), 0..150)) {
            prop_assert_eq!(spark(rates.into_iter(), width).chars().count(), usize::from(width));
        }
    }
}
