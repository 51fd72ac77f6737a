//! Unfinished multipart uploads: how old, what they hold and is billed, which of them this machine can go on with, and throwing one away.

mod view;

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::wish::Wish;
use crate::bucket::{Parts, Upload};
use crate::error::{Error, Result};
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::{Hint, Pressed, Question, Rows as Lines};
use crate::tui::{Effect, Mouse, Step, Theme};

/// What the runtime tells of unfinished uploads.
#[derive(Debug)]
pub enum News {
    /// All of them, the time (seconds since 1970), and the keys of which this machine has a journal.
    Listed {
        /// The uploads.
        uploads: Vec<Upload>,
        /// The time.
        now: i64,
        /// Keys of journals.
        begun: BTreeSet<String>,
    },
    /// They could not be listed.
    Failed(Error),
    /// What one holds; `None` where it is gone.
    Parts {
        /// Its id.
        upload_id: String,
        /// What it holds.
        parts: Result<Option<Parts>>,
    },
    /// One was thrown away, or could not be.
    Aborted {
        /// Its id.
        upload_id: String,
        /// How it went.
        outcome: Result<()>,
    },
}

#[derive(Debug, Default)]
enum List {
    #[default]
    Waiting,
    Got(Vec<Upload>),
    Failed(Error),
}

/// What the pane holds.
#[derive(Debug, Default)]
pub(super) struct State {
    list: List,
    now: i64,
    begun: BTreeSet<String>,
    parts: HashMap<String, Result<Option<Parts>>>,
    going: BTreeSet<String>,
    refused: Option<Error>,
    cursor: Lines,
    asks: bool,
    /// Nothing may be changed.
    read_only: bool,
}

impl State {
    /// Asks for them.
    pub(super) fn new(read_only: bool) -> (Self, Wish) {
        (Self { read_only, ..Self::default() }, Wish::Uploads)
    }

    fn uploads(&self) -> &[Upload] {
        match &self.list {
            List::Got(uploads) => uploads,
            _ => &[],
        }
    }

    fn under_cursor(&self) -> Option<&Upload> {
        self.uploads().get(self.cursor.line)
    }

    fn is_mine(&self, upload: &Upload) -> bool {
        self.begun.contains(&upload.key)
    }

    fn can_abort(&self) -> bool {
        let going = |upload: &Upload| self.going.contains(&upload.upload_id);
        !self.read_only && self.under_cursor().is_some_and(|upload| !going(upload))
    }

    fn can_resume(&self) -> bool {
        !self.read_only && self.under_cursor().is_some_and(|upload| self.is_mine(upload))
    }

    /// What `action` means; `Err` closes the pane.
    pub(super) fn act(&mut self, action: Action) -> Result<Vec<Effect>, ()> {
        let wish = |wish| Ok(vec![Effect::Browser(wish)]);
        match action {
            Action::Confirm if self.asks => {
                self.asks = false;
                let Some(upload) = self.under_cursor().cloned() else { return Ok(Vec::new()) };
                self.going.insert(upload.upload_id.clone());
                self.refused = None;
                return wish(Wish::Abort(upload));
            }
            _ if self.asks => self.asks = false,
            Action::Abort => self.asks = self.can_abort(),
            Action::Resume if self.can_resume() => return Ok(vec![Effect::Go(Step::Datasets)]),
            Action::Refresh => {
                let (anew, asked) = Self::new(self.read_only);
                *self = anew;
                return wish(asked);
            }
            Action::Back | Action::Left => return Err(()),
            _ => self.cursor = self.cursor.moved(action.rows().unwrap_or(0), self.uploads().len()),
        }
        Ok(Vec::new())
    }

    /// Takes in what the runtime tells.
    pub(super) fn told(&mut self, news: News) {
        match news {
            News::Listed { uploads, now, begun } => {
                self.now = now;
                self.begun = begun;
                self.list = List::Got(uploads);
                self.cursor = Lines::default();
            }
            News::Failed(error) => self.list = List::Failed(error),
            News::Parts { upload_id, parts } => drop(self.parts.insert(upload_id, parts)),
            News::Aborted { upload_id, outcome } => {
                self.going.remove(&upload_id);
                match (outcome, &mut self.list) {
                    (Ok(()), List::Got(uploads)) => uploads.retain(|upload| upload.upload_id != upload_id),
                    (Err(error), _) => self.refused = Some(error),
                    _ => {}
                }
                self.cursor = self.cursor.moved(0, self.uploads().len());
            }
        }
    }

    pub(super) fn is_moving(&self) -> bool {
        let counting = self.uploads().iter().any(|upload| !self.parts.contains_key(&upload.upload_id));
        matches!(self.list, List::Waiting) || counting || !self.going.is_empty()
    }

    /// Whether the one under the cursor is to be thrown away.
    pub(super) fn question(&self) -> Option<Question> {
        let upload = self.under_cursor().filter(|_| self.asks)?;
        let key = super::figures::shown(&upload.key);
        let text = if self.is_mine(upload) {
            say!("browser-uploads-ask-mine", key = key)
        } else {
            say!("browser-uploads-ask", key = key)
        };
        let hints = vec![
            Hint::new(Action::Confirm, say!("browser-uploads-key-abort")),
            Hint::new(Action::Decline, say!("browser-delete-key-keep")),
        ];
        Some(Question { title: say!("browser-uploads-ask-title"), text, hints })
    }

    /// What can be done now.
    pub(super) fn keys(&self) -> Vec<Hint> {
        if let Some(question) = self.question() {
            return question.hints;
        }
        let mut keys = Vec::new();
        if self.can_resume() {
            keys.push(Hint::new(Action::Resume, say!("browser-uploads-key-resume")));
        }
        if self.can_abort() {
            keys.push(Hint::new(Action::Abort, say!("browser-uploads-key-abort")));
        }
        keys.push(Hint::new(Action::Back, say!("tui-key-back")));
        keys.push(Hint::pair(Action::Up, Action::Down, say!("tui-key-move")));
        keys.push(Hint::new(Action::Refresh, say!("browser-key-again")));
        keys
    }

    /// Where the mouse puts the cursor.
    pub(super) fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Pressed> {
        let (rows, bar) = view::place(area);
        self.cursor.mouse(rows, bar, self.uploads().len(), mouse)
    }

    /// Puts the cursor where the mouse was.
    pub(super) fn put(&mut self, cursor: Lines) {
        self.cursor = cursor;
    }

    /// Draws the pane into `area`.
    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        view::view(self, area, buffer, theme, now);
    }
}
