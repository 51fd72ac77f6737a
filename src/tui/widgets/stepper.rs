//! Where one is in the wizard: `✓ Connect  ▶ 2 Bucket  · 3 Protect …`.

use ratatui::text::{Line, Span};

use super::text::width;
use crate::tui::{Step, Theme};

/// The steps in one line of `cells` cells: done ones with a tick, the current one with an arrow. Where the names do not fit,
/// only the current one is named.
#[must_use]
pub fn stepper(current: Step, cells: usize, theme: &Theme) -> Line<'static> {
    let named = line(current, true, theme);
    if width(&named.to_string()) <= cells { named } else { line(current, false, theme) }
}

/// The step whose name stands in cell `cell` of that line.
#[must_use]
pub fn step_at(current: Step, cells: usize, cell: usize) -> Option<Step> {
    let spans = stepper(current, cells, &Theme::plain()).spans;
    let mut end = 0;
    // A span of air stands before each step.
    let hit = spans.iter().position(|span| {
        end += width(&span.content);
        cell < end
    })?;
    (hit % 2 == 1).then(|| Step::NUMBERED[hit / 2])
}

fn line(current: Step, names: bool, theme: &Theme) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    for (index, step) in Step::NUMBERED.into_iter().enumerate() {
        if index > 0 {
            spans.push(Span::raw("  "));
        }
        let number = index + 1;
        let name = if names || step == current { format!(" {}", step.name()) } else { String::new() };
        spans.push(match step.cmp(&current) {
            std::cmp::Ordering::Less => Span::styled(format!("✓{name}"), theme.text),
            std::cmp::Ordering::Equal => Span::styled(format!("▶ {number}{name}"), theme.accent),
            std::cmp::Ordering::Greater => Span::styled(format!("{number}{name}"), theme.dim),
        });
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_step_is_told_by_a_symbol_and_done_ones_by_another() {
        let line = stepper(Step::Bucket, 80, &Theme::plain()).to_string();
        assert_eq!(line, " ✓ Connect  ▶ 2 Bucket  3 Protect  4 Datasets  5 Review  6 Transfer");
        assert_eq!(stepper(Step::Bucket, 40, &Theme::plain()).to_string(), " ✓  ▶ 2 Bucket  3  4  5  6");
        assert!(stepper(Step::Done, 80, &Theme::plain()).to_string().ends_with("✓ Transfer"));
    }
}
