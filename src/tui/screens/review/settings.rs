//! The bucket's settings like a diff: what was written in this run, what would still have to be, and what stays as it is.

use ratatui::text::Line;

use super::State;
use crate::bucket::protection::{Change, Outcome, Wanted, diff};
use crate::tui::Theme;
use crate::tui::screens::sights::{place, sights};
use crate::tui::screens::standing::Tone;
use crate::tui::widgets::lines_at;
use crate::{say, words};

/// What a line of the diff begins with.
const fn sign(change: &Change) -> &'static str {
    match change {
        Change::Versioning { enable: false } | Change::Archive { to: None, .. } => "-",
        Change::Archive { from: Some(_), .. } | Change::AbortUnfinished { from: Some(_), .. } => "~",
        _ => "+",
    }
}

impl State {
    /// A heading, then a line for each setting.
    pub(super) fn settings_lines(&self, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        let mut lines = vec![Line::styled(say!("review-settings-of"), theme.accent)];
        for (text, tone) in self.settings_diff() {
            lines.extend(lines_at(&words::harmless(&text), cells, 2, tone.style(theme)));
        }
        lines
    }

    fn settings_diff(&self) -> Vec<(String, Tone)> {
        let written = self.place.settings.iter().map(|(change, outcome)| match outcome {
            Outcome::Done => (format!("{} {change} · {}", sign(change), say!("review-written")), Tone::Good),
            other => (format!("! {}", words::because(&change.to_string(), &other.to_string())), Tone::Warn),
        });
        let mut lines: Vec<(String, Tone)> = written.collect();
        let Some(current) = &self.place.protection else {
            lines.push((format!("? {}", say!("review-not-read")), Tone::Quiet));
            return lines;
        };
        let is_tried =
            |change: &Change| self.place.settings.iter().any(|(tried, _)| place(tried) == place(change));
        let open: Vec<Change> =
            diff(current, &Wanted::default()).into_iter().filter(|change| !is_tried(change)).collect();
        lines.extend(
            open.iter().map(|change| {
                (format!("{} {change} · {}", sign(change), say!("review-skipped")), Tone::Warn)
            }),
        );
        let changed: Vec<usize> = self
            .place
            .settings
            .iter()
            .map(|(change, _)| place(change))
            .chain(open.iter().map(place))
            .collect();
        let same = sights(current).into_iter().enumerate().filter(|(at, _)| !changed.contains(at));
        // A space at the head is what a diff says of what does not change.
        lines.extend(same.map(|(_, sight)| (format!("= {}", sight.text), Tone::Quiet)));
        lines
    }
}
