//! A look inside an archive: members and first lines, shown while they are read; one member can be read on.

mod view;

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::wish::Wish;
use crate::error::Error;
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::{Hint, Pressed, Rows as Lines};
use crate::tui::{Mouse, Theme};

/// Members that are named.
const MEMBERS: usize = 200;
/// Lines of each of them.
const FEW: usize = 8;
/// Lines of the one that was chosen.
const MANY: usize = 500;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which look it is: news of earlier ones is dropped.
    pub number: u64,
    /// The object.
    pub key: String,
    /// Its version, where versions are listed.
    pub version: Option<String>,
    /// The one member whose lines are wanted; `None` is a few lines of each.
    pub member: Option<String>,
    /// Members that are named.
    pub members: usize,
    /// Lines of each, or of the one.
    pub lines: usize,
}

/// What was seen, and in which look.
#[derive(Debug)]
pub struct News {
    /// Which look.
    pub number: u64,
    /// What was seen.
    pub what: What,
}

/// Something that was seen.
#[derive(Debug)]
pub enum What {
    /// What the object is, in words, and its bytes.
    Opened {
        /// Its packing.
        packing: String,
        /// Bytes of the object.
        size: u64,
    },
    /// A member.
    Member {
        /// Its path in the archive.
        name: String,
        /// Its bytes, unpacked, where they are known.
        size: Option<u64>,
        /// Whether it can have lines.
        is_file: bool,
    },
    /// A line of the member that came last.
    Line {
        /// Its text.
        text: String,
        /// Whether there is more of it.
        is_cut: bool,
    },
    /// The member that came last is no text.
    Binary,
    /// So many bytes were read from the store.
    Read(u64),
    /// Nothing more comes.
    Ended {
        /// Whether the whole archive was gone through.
        is_whole: bool,
        /// Whether it ended because no more may be read for a look.
        is_limited: bool,
    },
    /// It failed.
    Failed(Arc<Error>),
}

/// A member, as far as it was seen.
#[derive(Debug, Default)]
struct Member {
    name: String,
    size: Option<u64>,
    is_file: bool,
    is_binary: bool,
    lines: Vec<(String, bool)>,
}

/// How the look ended.
#[derive(Debug)]
enum End {
    Stopped,
    Well { is_whole: bool, is_limited: bool },
    Badly(Arc<Error>),
}

/// What the pane holds.
#[derive(Debug)]
pub(super) struct State {
    wanted: Wanted,
    about: Option<(String, u64)>,
    members: Vec<Member>,
    /// To which member lines that come belong.
    at: Option<usize>,
    cursor: Lines,
    /// Whether the keys scroll the lines.
    in_lines: bool,
    scroll: usize,
    read: u64,
    end: Option<End>,
}

impl State {
    /// Looks inside the object at `key`; `number` is that of the look.
    pub(super) fn new(number: u64, key: String, version: Option<String>) -> (Self, Wish) {
        let wanted = Wanted { number, key, version, member: None, members: MEMBERS, lines: FEW };
        let wish = Wish::Inside(wanted.clone());
        let state = Self {
            wanted,
            about: None,
            members: Vec::new(),
            at: None,
            cursor: Lines::default(),
            in_lines: false,
            scroll: 0,
            read: 0,
            end: None,
        };
        (state, wish)
    }

    fn member(&self) -> Option<&Member> {
        self.members.get(self.cursor.line)
    }

    /// Reads on in the member under the cursor.
    fn read_on(&mut self, number: u64) -> Option<Wish> {
        let member =
            self.members.get_mut(self.cursor.line).filter(|member| member.is_file && !member.is_binary)?;
        self.in_lines = true;
        self.scroll = 0;
        if self.end.is_none() && self.wanted.member.as_ref() == Some(&member.name) {
            return None;
        }
        self.wanted =
            Wanted { number, member: Some(member.name.clone()), lines: MANY, ..self.wanted.clone() };
        self.at = None;
        self.read = 0;
        self.end = None;
        Some(Wish::Inside(self.wanted.clone()))
    }

    /// What `action` means; `Err` closes the pane. `number` is that of the next look.
    pub(super) fn act(&mut self, action: Action, number: u64) -> Result<Option<Wish>, ()> {
        match action {
            Action::Back | Action::Cancel if self.end.is_none() => {
                self.end = Some(End::Stopped);
                return Ok(Some(Wish::StopInside));
            }
            Action::Back | Action::Left if self.in_lines => self.in_lines = false,
            Action::Back => return Err(()),
            Action::Forward | Action::Right if !self.in_lines => return Ok(self.read_on(number)),
            _ => self.travel(action.rows().unwrap_or(0)),
        }
        Ok(None)
    }

    fn travel(&mut self, rows: isize) {
        if self.in_lines {
            let last = self.member().map_or(0, |member| member.lines.len().saturating_sub(1));
            self.scroll = self.scroll.saturating_add_signed(rows).min(last);
        } else {
            self.cursor = self.cursor.moved(rows, self.members.len());
            self.scroll = 0;
        }
    }

    /// Takes in what was seen.
    pub(super) fn told(&mut self, news: News) {
        if news.number != self.wanted.number || matches!(self.end, Some(End::Stopped)) {
            return;
        }
        match news.what {
            What::Opened { packing, size } => self.about = Some((packing, size)),
            What::Member { name, size, is_file } => self.found(name, size, is_file),
            What::Line { text, is_cut } => {
                if let Some(member) = self.at.and_then(|at| self.members.get_mut(at)) {
                    member.lines.push((text, is_cut));
                }
            }
            What::Binary => {
                if let Some(member) = self.at.and_then(|at| self.members.get_mut(at)) {
                    member.is_binary = true;
                }
            }
            What::Read(bytes) => self.read = bytes,
            What::Ended { is_whole, is_limited } => self.end = Some(End::Well { is_whole, is_limited }),
            What::Failed(why) => self.end = Some(End::Badly(why)),
        }
    }

    /// A member comes by; in a second look it may be known already.
    fn found(&mut self, name: String, size: Option<u64>, is_file: bool) {
        let known = self.members.iter().position(|member| member.name == name);
        let at = known.unwrap_or_else(|| {
            self.members.push(Member { name, size, is_file, ..Member::default() });
            self.members.len() - 1
        });
        let wanted = self.wanted.member.as_ref();
        if wanted.is_none_or(|wanted| *wanted == self.members[at].name) {
            // The lines begin anew.
            self.members[at].lines.clear();
        }
        self.at = Some(at);
    }

    pub(super) const fn is_moving(&self) -> bool {
        self.end.is_none()
    }

    /// What can be done now.
    pub(super) fn keys(&self) -> Vec<Hint> {
        let mut keys = Vec::new();
        if !self.in_lines && self.member().is_some_and(|member| member.is_file && !member.is_binary) {
            keys.push(Hint::new(Action::Forward, say!("browser-inside-key-more")));
        }
        if self.end.is_none() {
            keys.push(Hint::new(Action::Back, say!("browser-key-stop")));
            keys.push(Hint::new(Action::Cancel, say!("browser-key-stop")).quiet());
        } else {
            keys.push(Hint::new(Action::Back, say!("tui-key-back")));
        }
        keys.push(Hint::pair(Action::Up, Action::Down, say!("tui-key-move")));
        keys
    }

    /// Where the mouse puts the cursor or the scroll; whether it chose.
    pub(super) fn mouse(&self, area: Rect, mouse: Mouse) -> Option<Pressed> {
        let parts = view::parts(area);
        self.cursor.mouse(parts.members, parts.bar, self.members.len(), mouse)
    }

    /// The wheel over the lines.
    pub(super) fn wheel(area: Rect, mouse: Mouse) -> Option<isize> {
        match mouse {
            Mouse::Wheel(at, lines) if view::parts(area).lines.contains(at) => Some(lines),
            _ => None,
        }
    }

    /// Puts the cursor where the mouse was.
    pub(super) fn put(&mut self, cursor: Lines) {
        self.in_lines = false;
        self.scroll = 0;
        self.cursor = cursor;
    }

    /// Scrolls the lines.
    pub(super) fn scroll(&mut self, lines: isize) {
        self.in_lines = true;
        self.travel(lines);
    }

    /// Draws the pane into `area`.
    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, theme: &Theme, now: Duration) {
        view::view(self, area, buffer, theme, now);
    }
}
