//! A framed part of a screen.

use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Padding};

use crate::tui::Theme;

/// A rounded frame with a title and one cell of air on both sides; brighter where it has the focus.
#[must_use]
pub fn panel<'a>(title: &str, focused: bool, theme: &Theme) -> Block<'a> {
    let (border, words) = if focused { (theme.focus, theme.accent) } else { (theme.border, theme.strong) };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(border)
        .padding(Padding::horizontal(1));
    if title.is_empty() { block } else { block.title_top(Line::styled(format!(" {title} "), words)) }
}
