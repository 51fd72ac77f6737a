//! Keys and what they do: the footer line and the help are made from the same table.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::text::width;
use crate::tui::Theme;
use crate::tui::keys::{Action, Keymap};

/// Something that can be done now, and what it is called here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What is done; two where they belong together, such as up and down.
    pub actions: Vec<Action>,
    /// What it does, in a word or two; the action's own name where it is empty.
    pub says: String,
    /// One sentence for the help; the footer's words where it is `None`.
    pub help: Option<String>,
    /// Whether only the help and the palette tell of it.
    pub is_quiet: bool,
}

impl Hint {
    /// An action for the footer, the help and the palette.
    #[must_use]
    pub fn new(action: Action, says: impl Into<String>) -> Self {
        Self { actions: vec![action], says: says.into(), help: None, is_quiet: false }
    }

    /// Two actions that belong together.
    #[must_use]
    pub fn pair(one: Action, other: Action, says: impl Into<String>) -> Self {
        Self { actions: vec![one, other], says: says.into(), help: None, is_quiet: false }
    }

    /// Adds the sentence that the help shows.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Leaves it out of the footer.
    #[must_use]
    pub const fn quiet(mut self) -> Self {
        self.is_quiet = true;
        self
    }

    /// Its keys as they are written on the keyboards of the language in use; empty where it has none.
    #[must_use]
    pub fn label(&self, keymap: &Keymap) -> String {
        let labels: Vec<String> = self.actions.iter().map(|action| keymap.label(*action)).collect();
        let arrows = labels.iter().all(|label| label.chars().count() <= 1);
        labels.join(if arrows { "" } else { "/" })
    }

    /// The same while something is typed: only keys that are no letters work then.
    #[must_use]
    pub fn label_while(&self, keymap: &Keymap, typing: bool) -> String {
        if !typing {
            return self.label(keymap);
        }
        let labels: Vec<String> =
            self.actions.iter().map(|action| keymap.label_while_typing(*action)).collect();
        let arrows = labels.iter().all(|label| label.chars().count() <= 1);
        labels.join(if arrows { "" } else { "/" })
    }

    /// What the footer says of it.
    #[must_use]
    pub fn words(&self) -> String {
        match self.actions.first() {
            Some(action) if self.says.is_empty() => action.name(),
            _ => self.says.clone(),
        }
    }
}

/// What stands between two keys.
const GAP: &str = " · ";

/// A footer: its line, and which cells belong to which hint, so that a click finds it.
#[derive(Debug, Clone, Default)]
pub struct KeyLine {
    /// What is drawn.
    pub line: Line<'static>,
    /// Cells from the left, and the action of the hint that stands there.
    pub cells: Vec<(Range<usize>, Action)>,
}

impl KeyLine {
    /// What stands at `at`, where the line is drawn into `row`.
    #[must_use]
    pub fn hit(&self, row: Rect, at: Position) -> Option<Action> {
        let cell = usize::from(at.x.checked_sub(row.x)?);
        let found = self.cells.iter().find(|(cells, _)| row.contains(at) && cells.contains(&cell));
        found.map(|(_, action)| *action)
    }
}

/// The keys in one line of `cells` cells. `first` in their order, as many as fit whole; `last` (the frame's own) always.
#[must_use]
pub fn key_line(first: &[Hint], last: &[Hint], cells: usize, keymap: &Keymap, theme: &Theme) -> KeyLine {
    key_line_while(false, first, last, cells, keymap, theme)
}

/// The same where something may be typed: only keys that are no letters work then, and those are shown.
#[must_use]
pub fn key_line_while(
    typing: bool,
    first: &[Hint],
    last: &[Hint],
    cells: usize,
    keymap: &Keymap,
    theme: &Theme,
) -> KeyLine {
    let gap = GAP.chars().count();
    let long = |hint: &Hint| width(&hint.label_while(keymap, typing)) + 1 + width(&hint.words());
    let mut used = 1 + last.iter().map(|hint| long(hint) + gap).sum::<usize>();
    let mut shown: Vec<&Hint> = Vec::new();
    for hint in first.iter().filter(|hint| !hint.is_quiet && !hint.label_while(keymap, typing).is_empty()) {
        if used + long(hint) > cells {
            break;
        }
        used += long(hint) + gap;
        shown.push(hint);
    }
    shown.extend(last);
    let (mut spans, mut places, mut at) = (vec![Span::raw(" ")], Vec::new(), 1);
    for (index, hint) in shown.into_iter().enumerate() {
        if index > 0 {
            spans.push(Span::styled(GAP, theme.dim));
            at += gap;
        }
        spans.push(Span::styled(hint.label_while(keymap, typing), theme.key));
        spans.push(Span::styled(format!(" {}", hint.words()), theme.text));
        let end = at + long(hint);
        places.extend(hint.actions.last().map(|action| (at..end, *action)));
        at = end;
    }
    KeyLine { line: Line::from(spans), cells: places }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cells: usize) -> KeyLine {
        let first = [
            Hint::new(Action::Forward, "review"),
            Hint::new(Action::Toggle, "choose"),
            Hint::new(Action::Guide, "guide"),
        ];
        key_line(&first, &[Hint::new(Action::Help, "help")], cells, &Keymap::default(), &Theme::plain())
    }

    #[test]
    fn keys_that_do_not_fit_are_left_out_whole_and_the_frames_own_stay() {
        let at = |cells| shown(cells).line.to_string();
        assert_eq!(at(37), " enter review · space choose · ? help");
        assert_eq!(at(36), " enter review · ? help");
        assert_eq!(at(60), " enter review · space choose · g guide · ? help");
    }

    #[test]
    fn a_click_finds_the_hint_that_it_is_on() {
        let line = shown(60);
        let hit = |cell: usize| {
            line.cells.iter().find(|(cells, _)| cells.contains(&cell)).map(|(_, action)| *action)
        };
        assert_eq!(
            [hit(0), hit(1), hit(12), hit(14), hit(17)],
            [None, Some(Action::Forward), Some(Action::Forward), None, Some(Action::Toggle)]
        );
    }
}
