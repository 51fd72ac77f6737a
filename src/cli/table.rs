//! Tables as plain text: columns that line up by what is seen, not by bytes.

use unicode_width::UnicodeWidthStr;

/// On which side a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows of cells as lines. Columns beyond `sides` stand left; nothing is cut.
pub(super) fn table(sides: &[Side], rows: &[Vec<String>]) -> Vec<String> {
    let widths = widths(rows);
    rows.iter().map(|row| line(sides, &widths, row)).collect()
}

fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    (0..columns).map(|column| cells(column).map(|cell| cell.width()).max().unwrap_or(0)).collect()
}

fn line(sides: &[Side], widths: &[usize], row: &[String]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
        let gap = " ".repeat(width - cell.width());
        match sides.get(column) {
            Some(Side::Right) => format!("{gap}{cell}"),
            _ => format!("{cell}{gap}"),
        }
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_what_is_seen() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let rows = [row(["é椎", "1"]), row(["abcd", "12"])];
        assert_eq!(table(&[], &rows), ["é椎   1", "abcd  12"]);
        assert_eq!(table(&[Side::Left, Side::Right], &rows), ["é椎    1", "abcd  12"]);
        assert!(table(&[], &[]).is_empty());
    }
}
