//! What a field was before, and after that.

/// Texts that are remembered. What is typed letter by letter is one of them.
const MOST: usize = 100;

/// A text with its cursor.
type Was = (String, usize);

/// What undo and redo go through.
#[derive(Clone, Default)]
pub(super) struct History {
    before: Vec<Was>,
    after: Vec<Was>,
    /// Whether letters are being typed, so that the next one belongs to the same step.
    is_typing: bool,
}

impl History {
    /// The text is about to change.
    pub(super) fn remember(&mut self, text: &str, at: usize, is_typed: bool) {
        self.after.clear();
        if !(is_typed && self.is_typing) {
            if self.before.len() == MOST {
                self.before.remove(0);
            }
            self.before.push((text.to_owned(), at));
        }
        self.is_typing = is_typed;
    }

    /// What is typed next is a step of its own.
    pub(super) const fn pause(&mut self) {
        self.is_typing = false;
    }

    /// The text one step back, or forward again; whether there is one.
    pub(super) fn turn(&mut self, now: Was, backwards: bool) -> (bool, Was) {
        self.pause();
        let (from, to) =
            if backwards { (&mut self.before, &mut self.after) } else { (&mut self.after, &mut self.before) };
        match from.pop() {
            Some(was) => {
                to.push(now);
                (true, was)
            }
            None => (false, now),
        }
    }
}
