//! Keys and what they do: the footer line and the help are made from the same table.

use ratatui::text::{Line, Span};

use super::text::width;
use crate::say;
use crate::tui::Theme;

/// A key and what it does now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// In English: `enter`, `space`, `p`, `+/-`.
    pub key: String,
    /// What it does, in a word or two.
    pub says: String,
    /// One sentence for the help; the footer's words where it is `None`.
    pub help: Option<String>,
}

impl Hint {
    /// A key for the footer and the help.
    #[must_use]
    pub fn new(key: impl Into<String>, says: impl Into<String>) -> Self {
        Self { key: key.into(), says: says.into(), help: None }
    }

    /// Adds the sentence that the help shows.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The key as it is written on the keyboards of the language in use.
    #[must_use]
    pub fn label(&self) -> String {
        match self.key.as_str() {
            "enter" => say!("tui-name-enter"),
            "esc" => say!("tui-name-esc"),
            "space" => say!("tui-name-space"),
            other => other.to_owned(),
        }
    }

    fn cells(&self) -> usize {
        width(&self.label()) + 1 + width(&self.says)
    }
}

/// The keys in one line of `cells` cells. `first` in their order, as many as fit whole; `last` (the frame's own) always.
#[must_use]
pub fn key_line(first: &[Hint], last: &[Hint], cells: usize, theme: &Theme) -> Line<'static> {
    const GAP: &str = " · ";
    let reserved: usize = last.iter().map(|hint| hint.cells() + GAP.chars().count()).sum();
    let mut used = 1 + reserved;
    let mut shown: Vec<&Hint> = Vec::new();
    for hint in first {
        let more = hint.cells() + GAP.chars().count();
        if used + more > cells + GAP.chars().count() {
            break;
        }
        used += more;
        shown.push(hint);
    }
    shown.extend(last);
    let mut spans = vec![Span::raw(" ")];
    for (index, hint) in shown.into_iter().enumerate() {
        if index > 0 {
            spans.push(Span::styled(GAP, theme.dim));
        }
        spans.push(Span::styled(hint.label(), theme.key));
        spans.push(Span::styled(format!(" {}", hint.says), theme.text));
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_do_not_fit_are_left_out_whole_and_the_frames_own_stay() {
        let first = [Hint::new("enter", "review"), Hint::new("space", "choose"), Hint::new("g", "guide")];
        let last = [Hint::new("?", "help")];
        let at = |cells| key_line(&first, &last, cells, &Theme::plain()).to_string();
        assert_eq!(at(37), " enter review · space choose · ? help");
        assert_eq!(at(36), " enter review · ? help");
        assert_eq!(at(60), " enter review · space choose · g guide · ? help");
    }
}
