//! Asking Glacier for a copy that can be read: for how many days, and how fast.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Widget};

use super::figures::shown;
use super::wish::Wish;
use crate::bucket::{Restoring, Tier, tiers};
use crate::cost::{self, Prices};
use crate::error::{Error, Result};
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::{Field, Hint, Look, centred, lines_at, pad, panel, spinner, trouble};
use crate::tui::{Mouse, Theme};
use crate::words;

/// How long a copy is kept unless something else is typed.
const DAYS: &str = "7";
/// The longest that can be asked for here: beyond it, another class is cheaper.
const MOST: u32 = 365;

#[derive(Debug)]
enum Stage {
    Asks,
    Waits,
    Told(Restoring),
    Failed(Error),
}

/// The question, and its answer.
#[derive(Debug)]
pub(super) struct State {
    key: String,
    size: u64,
    class: String,
    region: String,
    days: Field,
    tier: usize,
    stage: Stage,
}

impl State {
    /// Asks about the object at `key`, of `size` bytes in `class`, in a bucket in `region`.
    pub(super) fn new(key: String, size: u64, class: &str, region: &str) -> Self {
        let class = class.to_owned();
        let region = region.to_owned();
        Self { key, size, class, region, days: Field::new(DAYS), tier: 0, stage: Stage::Asks }
    }

    fn tiers(&self) -> &'static [Tier] {
        tiers(&self.class)
    }

    /// The days that were typed, where they are some.
    fn days(&self) -> Option<u32> {
        self.days.value().trim().parse().ok().filter(|days| (1..=MOST).contains(days))
    }

    /// What `action` means; `Err` closes it.
    pub(super) fn act(&mut self, action: Action) -> Result<Option<Wish>, ()> {
        if action == Action::Back || (action == Action::Forward && matches!(self.stage, Stage::Told(_))) {
            return Err(());
        }
        if !self.is_asking() {
            return Ok(None);
        }
        match action {
            Action::Forward => {
                let (Some(days), Some(tier)) = (self.days(), self.tiers().get(self.tier)) else {
                    return Ok(None);
                };
                self.stage = Stage::Waits;
                return Ok(Some(Wish::Restore { key: self.key.clone(), days, tier: *tier }));
            }
            Action::Up => self.tier = self.tier.saturating_sub(1),
            Action::Down => self.tier = (self.tier + 1).min(self.tiers().len().saturating_sub(1)),
            _ => {}
        }
        Ok(None)
    }

    pub(super) fn key(&mut self, key: KeyEvent) {
        self.days.key(key);
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.days.paste(text);
    }

    /// How the object stands after S3 was asked.
    pub(super) fn told(&mut self, key: &str, outcome: Result<Restoring>) {
        if key == self.key {
            self.stage = outcome.map_or_else(Stage::Failed, Stage::Told);
        }
    }

    /// Whether something is typed; a refusal can be mended.
    pub(super) const fn is_asking(&self) -> bool {
        matches!(self.stage, Stage::Asks | Stage::Failed(_))
    }

    pub(super) const fn is_moving(&self) -> bool {
        matches!(self.stage, Stage::Waits)
    }

    /// What can be done now.
    pub(super) fn keys(&self) -> Vec<Hint> {
        let back = Hint::new(Action::Back, say!("tui-key-close"));
        match self.stage {
            Stage::Asks | Stage::Failed(_) => vec![
                Hint::new(Action::Forward, say!("browser-key-restore")),
                Hint::pair(Action::Up, Action::Down, say!("browser-restore-key-tier")),
                back,
            ],
            _ => vec![back],
        }
    }

    /// A click on a tier chooses it.
    pub(super) fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Action> {
        let (Mouse::Click(at) | Mouse::Again(at)) = mouse else { return None };
        let (place, lines) = (self.place(area), self.head(Self::cells(area)).len());
        let row = usize::from(at.y.checked_sub(place.y + 1)?).checked_sub(lines)?;
        if !place.contains(at) || row >= self.tiers().len() || !self.is_asking() {
            return None;
        }
        (row != self.tier).then_some(if row < self.tier { Action::Up } else { Action::Down })
    }

    fn cells(area: Rect) -> usize {
        usize::from(area.width.saturating_sub(4).min(68).saturating_sub(4))
    }

    fn place(&self, area: Rect) -> Rect {
        let lines = self.lines(Self::cells(area), &Theme::plain(), std::time::Duration::ZERO).0.len();
        centred(area, area.width.saturating_sub(4).min(68), u16::try_from(lines + 2).unwrap_or(u16::MAX))
    }

    /// Draws it over `area`.
    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: std::time::Duration) {
        let place = self.place(area);
        let block = panel(&say!("browser-restore-title"), true, theme);
        let inner = block.inner(place);
        let (lines, field) = self.lines(Self::cells(area), theme, now);
        Clear.render(place, buffer);
        Paragraph::new(lines).block(block).render(place, buffer);
        if let Some(row) = field.and_then(|row| u16::try_from(row).ok()).filter(|row| *row < inner.height) {
            let place = Rect { x: inner.x + 2, y: inner.y + row, width: inner.width.min(8), height: 1 };
            self.days.render(place, buffer, Look { focused: true, ..Look::default() }, theme);
        }
    }

    fn head(&self, cells: usize) -> Vec<Line<'static>> {
        let text = say!("browser-restore-object", key = shown(&self.key), size = words::size(self.size));
        let style = ratatui::style::Style::default();
        let mut lines: Vec<Line> = lines_at(&text, cells, 0, style).into_iter().take(3).collect();
        lines.extend(lines_at(&say!("browser-restore-tier", class = self.class.as_str()), cells, 0, style));
        lines
    }

    /// All lines, and in which of them the field stands.
    fn lines(
        &self,
        cells: usize,
        theme: &Theme,
        now: std::time::Duration,
    ) -> (Vec<Line<'static>>, Option<usize>) {
        let mut lines = self.head(cells);
        match &self.stage {
            Stage::Waits => {
                lines.push(Line::from(format!("{} {}", spinner(now), say!("browser-restore-waiting"))));
                (lines, None)
            }
            Stage::Told(state) => {
                lines.extend(lines_at(&format!("✓ {}", standing(*state)), cells, 0, theme.good));
                (lines, None)
            }
            Stage::Asks | Stage::Failed(_) => {
                lines.extend(
                    self.tiers().iter().enumerate().map(|(at, tier)| self.tier_line(at, *tier, cells, theme)),
                );
                lines.push(Line::default());
                lines.push(Line::from(say!("browser-restore-days")));
                let field = lines.len();
                lines.push(Line::styled("▏", theme.accent));
                lines.extend(self.below(cells, theme));
                (lines, Some(field))
            }
        }
    }

    fn tier_line(&self, at: usize, tier: Tier, cells: usize, theme: &Theme) -> Line<'static> {
        let hours = tier.hours(&self.class).unwrap_or(0);
        let text = match tier {
            Tier::Expedited => say!("browser-restore-expedited"),
            Tier::Standard => say!("browser-restore-standard", hours = hours),
            Tier::Bulk => say!("browser-restore-bulk", hours = hours),
        };
        let here = at == self.tier;
        let text = pad(&format!("{} {text}", if here { "▸" } else { " " }), cells);
        Line::styled(text, if here { theme.selected } else { theme.text })
    }

    /// What it costs, or what is wrong with what was typed.
    fn below(&self, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        if let Stage::Failed(error) = &self.stage {
            return trouble(error, cells, theme);
        }
        let Some(days) = self.days() else {
            return lines_at(
                &format!("✗ {}", say!("browser-restore-bad-days", most = MOST)),
                cells,
                0,
                theme.bad,
            );
        };
        let Some(price) = Prices::embedded().restoring(&self.region, &self.class, self.size, days) else {
            return lines_at(&say!("browser-restore-no-price"), cells, 0, theme.dim);
        };
        let text = say!(
            "browser-restore-cost",
            retrieval = cost::usd(price.retrieval_usd),
            copy = cost::usd(price.copy_usd),
            days = days,
            region = price.prices_of.as_str()
        );
        lines_at(&text, cells, 0, theme.warn)
    }
}

/// How an object stands, in words.
pub(super) fn standing(state: Restoring) -> String {
    match state {
        Restoring::NotNeeded => say!("browser-restore-not-needed"),
        Restoring::Needed => say!("browser-restore-needed"),
        Restoring::InProgress => say!("browser-restore-in-progress"),
        Restoring::Restored { until: Some(until) } => {
            say!("browser-restore-until", until = super::figures::moment(until))
        }
        Restoring::Restored { until: None } => say!("browser-restore-readable"),
    }
}
