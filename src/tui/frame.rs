//! The frame: the stepper above, the screen, the keys that work now below; and the whole view.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::app::{Overlay, shown};
use super::help;
use super::screens::Screen;
use super::widgets::{Hint, dialog, key_line, stepper, width};
use super::{App, Theme};
use crate::say;

/// The smallest terminal in which everything has its place.
pub const SMALLEST: (u16, u16) = (60, 18);

/// Draws the whole interface into `buffer`. Reads nothing but `app`.
pub fn view(app: &App, buffer: &mut Buffer) {
    let area = buffer.area;
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return too_small(area, buffer, &app.theme);
    }
    let air = u16::from(area.height >= 24);
    let [above, _, screen_area, below] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(air),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(area);
    header(app, above, buffer);
    shown!(app, screen => screen.view(screen_area, buffer, &app.theme, app.now));
    key_line(&app.screen_keys(), &own_keys(app), usize::from(below.width), &app.theme).render(below, buffer);
    overlay(app, area, buffer);
}

/// The frame's keys for the footer. While one types, only those that are no letters.
fn own_keys(app: &App) -> Vec<Hint> {
    let typing = shown!(app, screen => screen.is_typing());
    vec![Hint::new(if typing { "F1" } else { "?" }, say!("tui-key-help"))]
}

fn header(app: &App, area: Rect, buffer: &mut Buffer) {
    let badge = if app.known.sandbox { format!(" {} ", say!("tui-badge-sandbox")) } else { String::new() };
    let badge_width = u16::try_from(width(&badge)).unwrap_or(0);
    let [left, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(badge_width)]).areas(area);
    stepper(app.step, usize::from(left.width), &app.theme).render(left, buffer);
    Line::styled(badge, app.theme.badge).render(right, buffer);
}

fn overlay(app: &App, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    match app.overlay {
        Some(Overlay::Help) => help::view(app, area, buffer),
        Some(Overlay::AskQuit) => {
            let keys = [Hint::new("enter", say!("tui-quit-stop")), Hint::new("esc", say!("tui-quit-stay"))];
            dialog(area, buffer, &say!("tui-quit-title"), &say!("tui-quit-text"), &keys, theme);
        }
        Some(Overlay::Stopping) => {
            let keys = [Hint::new("ctrl-c", say!("tui-stopping-leave"))];
            dialog(area, buffer, &say!("tui-stopping-title"), &say!("tui-stopping-text"), &keys, theme);
        }
        None => {}
    }
}

fn too_small(area: Rect, buffer: &mut Buffer, theme: &Theme) {
    let (width, height) = SMALLEST;
    let text = say!(
        "tui-too-small",
        width = width,
        height = height,
        now = format!("{}×{}", area.width, area.height)
    );
    Paragraph::new(text).style(theme.text).wrap(Wrap { trim: true }).render(area, buffer);
}
