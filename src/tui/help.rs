//! The help over the screen, made from the same table of keys as the footer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::App;
use super::keys::Action;
use super::widgets::{Hint, centred, pad, panel, width, wrap};
use crate::say;

/// Draws the help of the screen that is shown.
pub fn view(app: &App, area: Rect, buffer: &mut Buffer) {
    // The frame tells of leaving itself.
    let own = app.screen_keys().into_iter().filter(|hint| !Action::FRAME.contains(&hint.actions[0]));
    let hints: Vec<(String, Hint)> =
        own.chain(frame_keys()).map(|hint| (hint.label(&app.keymap), hint)).collect();
    let keys = hints.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    let cells = usize::from(area.width.saturating_sub(4).min(72));
    let mut lines: Vec<Line> = Vec::new();
    for (label, hint) in &hints {
        let text = hint.help.clone().unwrap_or_else(|| hint.words());
        for (index, part) in wrap(&text, cells.saturating_sub(4 + keys)).into_iter().enumerate() {
            let key = if index == 0 { label.as_str() } else { "" };
            lines.push(Line::from(vec![
                Span::styled(pad(key, keys), app.theme.key),
                Span::styled(part, app.theme.text),
            ]));
        }
    }
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let place = centred(area, u16::try_from(cells).unwrap_or(area.width), height);
    Clear.render(place, buffer);
    let title = say!("tui-help-title", step = app.step.name());
    let block = panel(&title, true, &app.theme)
        .title_bottom(Line::styled(format!(" {} ", say!("tui-help-close")), app.theme.dim).right_aligned());
    Paragraph::new(lines).block(block).render(place, buffer);
}

/// The keys that work everywhere.
fn frame_keys() -> [Hint; 6] {
    [
        Hint::new(Action::Help, say!("tui-help-help")),
        Hint::new(Action::Home, ""),
        Hint::new(Action::Browse, ""),
        Hint::new(Action::Settings, ""),
        Hint::new(Action::Language, say!("tui-help-language")),
        Hint::new(Action::Quit, say!("tui-help-quit")),
    ]
}
