//! The last pass over a drawn frame: one pure function from a buffer to a buffer.
//!
//! It lays the theme's ground under what has no colour. What is drawn is the business of screens and widgets.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use super::Theme;

/// Finishes `buffer`.
pub(super) fn finish(buffer: &mut Buffer, theme: &Theme) {
    for cell in &mut buffer.content {
        ground(cell, theme);
    }
}

/// The theme's own colours where none was named.
fn ground(cell: &mut Cell, theme: &Theme) {
    if let (Color::Reset, Some(colour)) = (cell.fg, theme.base.fg) {
        cell.fg = colour;
    }
    if let (Color::Reset, Some(colour)) = (cell.bg, theme.base.bg) {
        cell.bg = colour;
    }
}
