//! The frame: the stepper above, the screen, the keys that work now below; and the whole view.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::app::{Overlay, shown};
use super::finish::finish;
use super::help;
use super::keys::Action;
use super::screens::Screen;
use super::widgets::{Hint, KeyLine, key_line_while, stepper, width};
use super::{App, Theme};
use crate::say;

/// The smallest terminal in which everything has its place.
pub const SMALLEST: (u16, u16) = (60, 18);

/// Where the parts of the frame lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The stepper.
    pub header: Rect,
    /// The screen.
    pub screen: Rect,
    /// The keys.
    pub footer: Rect,
}

impl Areas {
    /// Of a terminal of that size.
    #[must_use]
    pub fn of(area: Rect) -> Self {
        let air = u16::from(area.height >= 24);
        let rows =
            [Constraint::Length(1), Constraint::Length(air), Constraint::Fill(1), Constraint::Length(1)];
        let [header, _, screen, footer] = Layout::vertical(rows).areas(area);
        Self { header, screen, footer }
    }
}

/// Draws the whole interface into `buffer`. Reads nothing but `app`.
pub fn view(app: &App, buffer: &mut Buffer) {
    draw(app, buffer);
    finish(buffer, &app.theme, app.eyes.ascii);
}

fn draw(app: &App, buffer: &mut Buffer) {
    let area = buffer.area;
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return too_small(area, buffer, &app.theme);
    }
    let areas = Areas::of(area);
    header(app, areas.header, buffer);
    shown!(app, screen => screen.view(areas.screen, buffer, &app.theme, app.eyes.time(app.now)));
    footer(app, usize::from(areas.footer.width)).line.render(areas.footer, buffer);
    if app.overlay == Some(Overlay::Help) {
        help::view(app, app.help_top, area, buffer);
    }
    if app.overlay == Some(Overlay::Palette) {
        app.palette.view(app, area, buffer);
    }
    if let Some(question) = app.question() {
        question.view(area, buffer, &app.keymap, &app.theme);
    }
}

/// The keys that work now, in `cells` cells.
#[must_use]
pub fn footer(app: &App, cells: usize) -> KeyLine {
    let typing = shown!(app, screen => screen.is_typing());
    key_line_while(
        typing,
        &app.screen_keys(),
        &[Hint::new(Action::Help, say!("tui-key-help"))],
        cells,
        &app.keymap,
        &app.theme,
    )
}

fn header(app: &App, area: Rect, buffer: &mut Buffer) {
    let badge = badge(app);
    let [left, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(badge_width(app))]).areas(area);
    stepper(app.step, usize::from(left.width), &app.theme).render(left, buffer);
    Line::styled(badge, app.theme.badge).render(right, buffer);
}

fn badge(app: &App) -> String {
    if app.known.sandbox { format!(" {} ", say!("tui-badge-sandbox")) } else { String::new() }
}

/// Cells that the badge takes at the right of the header; the stepper has the others.
#[must_use]
pub(super) fn badge_width(app: &App) -> u16 {
    u16::try_from(width(&badge(app))).unwrap_or(0)
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
