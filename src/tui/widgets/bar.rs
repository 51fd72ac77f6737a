//! A bar that fills in eighths of a cell.

/// The blocks from one eighth to seven eighths.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A bar of `width` cells of which `done` of `total` is filled; nothing is filled where there is nothing to do.
#[must_use]
pub fn bar(width: u16, done: u64, total: u64) -> String {
    let cells = u128::from(width) * 8;
    let eighths = if total == 0 { 0 } else { cells * u128::from(done.min(total)) / u128::from(total) };
    let full = usize::try_from(eighths / 8).unwrap_or(usize::from(width));
    let rest = usize::try_from(eighths % 8).unwrap_or(0);
    let mut text = "█".repeat(full);
    if rest > 0 {
        text.push(EIGHTHS[rest - 1]);
    }
    let drawn = full + usize::from(rest > 0);
    text.extend(std::iter::repeat_n(' ', usize::from(width).saturating_sub(drawn)));
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_of_an_odd_width_ends_in_a_half_block() {
        assert_eq!(bar(5, 50, 100), "██▌  ");
        assert_eq!(bar(4, 0, 0), "    ");
        assert_eq!(bar(4, 9, 3), "████");
    }

    proptest! {
        #[test]
        fn a_bar_is_always_as_wide_as_asked(width in 0_u16..200, done: u64, total: u64) {
            prop_assert_eq!(bar(width, done, total).chars().count(), usize::from(width));
        }
    }
}
