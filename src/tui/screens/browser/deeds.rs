//! What actions and letters do to the screen.

use super::fetch::Ask;
use super::list::Level;
use super::page::{Row, RowKind};
use super::wish::{Selection, Wish};
use super::{Message, Pane, State, delete, detail, figures, inside, restore, uploads};
use crate::say;
use crate::tui::keys::Action;
use crate::tui::{Effect, Step};

impl State {
    /// Something that a person did.
    pub(super) fn asked(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Act(action) => self.done(action),
            Message::Key(key) => self.typed(key),
            Message::Paste(text) => self.pasted(&text),
            Message::Put(cursor) => {
                self.level.put(cursor);
                Vec::new()
            }
            Message::Choose(cursor) => {
                self.level.put(cursor);
                self.open()
            }
            Message::ScrollDetails(lines) => {
                self.scroll_details(lines);
                Vec::new()
            }
            Message::Enter(prefix) => self.list(prefix, None),
            Message::PutInPane(cursor) => self.put_in_pane(cursor),
            Message::ChooseInPane(cursor) => {
                self.put_in_pane(cursor);
                self.in_pane(Action::Forward)
            }
            Message::ScrollPane(lines) => {
                match &mut self.pane {
                    Some(Pane::Inside(pane)) => pane.scroll(lines),
                    Some(Pane::Fetches) => {
                        self.fetches.scroll = self.fetches.scroll.saturating_add_signed(lines);
                    }
                    _ => {}
                }
                Vec::new()
            }
            Message::Answer(_) => Vec::new(),
        }
    }

    fn put_in_pane(&mut self, cursor: crate::tui::widgets::Rows) -> Vec<Effect> {
        match &mut self.pane {
            Some(Pane::Inside(pane)) => pane.put(cursor),
            Some(Pane::Uploads(pane)) => pane.put(cursor),
            _ => {}
        }
        Vec::new()
    }

    fn done(&mut self, action: Action) -> Vec<Effect> {
        if self.pane.is_some() {
            return self.in_pane(action);
        }
        if self.bucket.is_none() {
            return match action {
                Action::Back => vec![Effect::Return],
                _ if self.connected => vec![Effect::Go(Step::Bucket)],
                _ => vec![Effect::Go(Step::Connect)],
            };
        }
        if self.typing {
            return self.in_filter(action);
        }
        match action {
            Action::Forward | Action::Right => self.open(),
            Action::Parent | Action::Left => self.up(),
            Action::Back => self.back(),
            Action::Refresh => self.refresh(),
            Action::Versions => {
                self.versions = !self.versions;
                self.refresh()
            }
            Action::Fetch
            | Action::Fetches
            | Action::Restore
            | Action::LookInside
            | Action::Delete
            | Action::Uploads => self.open_pane(action),
            Action::Measure => self.measure(),
            Action::Copy => self.copy(),
            _ => {
                self.in_list(action);
                Vec::new()
            }
        }
    }

    /// What changes the list and asks for nothing.
    fn in_list(&mut self, action: Action) {
        let (by, reversed) = self.level.order.sorting();
        match action {
            Action::Filter => self.typing = true,
            Action::Sort => self.level.sort(by.next(), false),
            Action::Reverse => self.level.sort(by, !reversed),
            Action::Toggle => self.level.toggle(),
            Action::MarkAll => self.level.mark_all(),
            Action::Details => self.flipped = !self.flipped,
            Action::ScrollUp => self.scroll_details(-1),
            Action::ScrollDown => self.scroll_details(1),
            Action::Cancel => self.level.stop(),
            motion => {
                if let Some(rows) = motion.rows() {
                    self.level.travel(rows);
                }
            }
        }
    }

    /// As far as there can be anything to see.
    pub(super) fn scroll_details(&mut self, lines: isize) {
        self.scroll = self.scroll.saturating_add_signed(lines).min(detail::most_lines(self));
    }

    fn in_filter(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Forward => self.typing = false,
            Action::Back => self.clear_filter(),
            motion => self.level.travel(motion.rows().unwrap_or(0)),
        }
        Vec::new()
    }

    fn clear_filter(&mut self) {
        self.typing = false;
        self.filter.set("");
        self.level.filter("");
    }

    fn in_pane(&mut self, action: Action) -> Vec<Effect> {
        let (mut wish, mut closes) = (None, false);
        let next = self.generation + 1;
        match &mut self.pane {
            Some(Pane::Delete(pane)) => match pane.act(action) {
                delete::Outcome::Stay(asked) => wish = asked,
                delete::Outcome::Close { changed, wish: asked } => {
                    self.pane = None;
                    let effects = asked.map(Effect::Browser).into_iter();
                    let anew = if changed { self.refresh() } else { Vec::new() };
                    return effects.chain(anew).collect();
                }
            },
            Some(Pane::Ask(pane)) => match (action, pane.folder()) {
                (Action::Forward, Some(to)) => {
                    wish = self.fetches.add(pane.selection(), to);
                    closes = true;
                }
                (action, _) => closes = action == Action::Back,
            },
            Some(Pane::Fetches) if matches!(action, Action::Back | Action::Left | Action::Forward) => {
                closes = true;
            }
            Some(Pane::Fetches) => wish = self.fetches.act(action),
            Some(Pane::Restore(pane)) => match pane.act(action) {
                Ok(asked) => wish = asked,
                Err(()) => closes = true,
            },
            Some(Pane::Inside(pane)) => match pane.act(action, next) {
                Ok(asked) => {
                    self.generation = next;
                    wish = asked;
                }
                Err(()) => closes = true,
            },
            Some(Pane::Uploads(pane)) => match pane.act(action) {
                Ok(effects) => return effects,
                Err(()) => closes = true,
            },
            None => {}
        }
        if closes {
            self.pane = None;
        }
        wish.map(Effect::Browser).into_iter().collect()
    }

    fn typed(&mut self, key: crossterm::event::KeyEvent) -> Vec<Effect> {
        match &mut self.pane {
            Some(Pane::Delete(pane)) => pane.key(key),
            Some(Pane::Ask(pane)) => pane.key(key),
            Some(Pane::Restore(pane)) => pane.key(key),
            None if self.filter.key(key) => self.level.filter(self.filter.value()),
            _ => {}
        }
        Vec::new()
    }

    fn pasted(&mut self, text: &str) -> Vec<Effect> {
        match &mut self.pane {
            Some(Pane::Delete(pane)) => pane.paste(text),
            Some(Pane::Ask(pane)) => pane.paste(text),
            Some(Pane::Restore(pane)) => pane.paste(text),
            None => {
                self.filter.paste(text);
                self.level.filter(self.filter.value());
            }
            _ => {}
        }
        Vec::new()
    }

    /// Into a folder; of anything else, the details.
    fn open(&mut self) -> Vec<Effect> {
        let Some((_, row)) = self.level.under_cursor() else { return Vec::new() };
        if row.is_folder() {
            let prefix = self.level.key(&row);
            return self.list(prefix, None);
        }
        self.flipped = !self.flipped;
        Vec::new()
    }

    /// Out of the folder, back onto it.
    fn up(&mut self) -> Vec<Effect> {
        let inside = self.level.prefix.strip_suffix('/').unwrap_or(&self.level.prefix);
        if self.level.prefix.is_empty() {
            return Vec::new();
        }
        let end = inside.rfind('/').map_or(0, |at| at + 1);
        let (parent, name) = self.level.prefix.split_at(end);
        let (parent, name) = (parent.to_owned(), name.to_owned());
        self.list(parent, Some(name))
    }

    /// One thing after the other is let go of: what loads, the filter, the marks, the folder, the screen.
    fn back(&mut self) -> Vec<Effect> {
        if self.level.to_end {
            self.level.stop();
        } else if self.level.order.is_filtered() {
            self.clear_filter();
        } else if !self.level.marks.is_empty() {
            self.level.marks = super::marks::Marks::default();
        } else if self.level.prefix.is_empty() {
            return vec![Effect::Browser(Wish::Leave), Effect::Return];
        } else {
            return self.up();
        }
        Vec::new()
    }

    /// Lists the level under `prefix`; the cursor will stand on `seek`.
    fn list(&mut self, prefix: String, seek: Option<String>) -> Vec<Effect> {
        self.generation += 1;
        let (by, reversed) = self.level.order.sorting();
        self.level = Level::new(self.generation, prefix, self.versions, seek);
        self.level.order.sort(by, reversed);
        self.typing = false;
        self.filter.set("");
        self.rested = None;
        vec![Effect::Browser(self.level.begin())]
    }

    /// Asks again, and stays where one is.
    pub(super) fn refresh(&mut self) -> Vec<Effect> {
        let seek =
            self.level.under_cursor().map(|(_, row)| row.name.to_owned()).filter(|name| !name.is_empty());
        let prefix = self.level.prefix.clone();
        self.described = None;
        self.list(prefix, seek)
    }

    /// Folders that are marked, else the one under the cursor.
    fn measure(&mut self) -> Vec<Effect> {
        let marked = self.level.marks.rows().filter_map(|row| self.level.rows.get(row));
        let mut folders: Vec<String> =
            marked.filter(Row::is_folder).map(|row| self.level.key(&row)).take(1000).collect();
        if folders.is_empty() {
            let here = self.level.under_cursor().filter(|(_, row)| row.is_folder());
            folders.extend(here.map(|(_, row)| self.level.key(&row)));
        }
        let generation = self.level.generation;
        folders.into_iter().map(|prefix| Effect::Browser(Wish::Measure { generation, prefix })).collect()
    }

    fn copy(&mut self) -> Vec<Effect> {
        let (Some(bucket), Some((_, row))) = (&self.bucket, self.level.under_cursor()) else {
            return Vec::new();
        };
        let uri = format!("s3://{bucket}/{}", self.level.key(&row));
        self.notice = Some(say!("browser-copied", uri = figures::shown(&uri)));
        vec![Effect::Copy(uri)]
    }

    fn open_pane(&mut self, action: Action) -> Vec<Effect> {
        let opened = match action {
            Action::Fetches => Some((Pane::Fetches, None)),
            Action::Uploads => {
                let (pane, wish) = uploads::State::new(self.read_only.is_some());
                Some((Pane::Uploads(Box::new(pane)), Some(wish)))
            }
            Action::Fetch => self.level.selection().map(|selection| {
                let to = self.data_dir.display().to_string();
                (Pane::Ask(Box::new(Ask::new(selection, self.subject(), &to))), None)
            }),
            Action::Delete => self.level.selection().zip(self.bucket.clone()).map(|(selection, bucket)| {
                let (pane, wish) = delete::State::new(bucket, selection, self.subject(), self.doomed_rows());
                (Pane::Delete(Box::new(pane)), Some(wish))
            }),
            Action::Restore => self.level.under_cursor().map(|(_, row)| {
                let key = self.level.key(&row);
                let pane = restore::State::new(key, row.size, row.class.unwrap_or_default(), &self.region);
                (Pane::Restore(Box::new(pane)), None)
            }),
            _ => self.level.under_cursor().map(|(_, row)| {
                let (key, version) = (self.level.key(&row), row.version.map(str::to_owned));
                let (pane, wish) = inside::State::new(self.generation + 1, key, version);
                (Pane::Inside(Box::new(pane)), Some(wish))
            }),
        };
        let Some((pane, wish)) = opened else { return Vec::new() };
        self.generation += 1;
        self.pane = Some(pane);
        wish.map(Effect::Browser).into_iter().collect()
    }

    /// Whether it is versions that would be deleted.
    fn doomed_rows(&self) -> delete::Rows {
        let here = self.level.under_cursor().and_then(|(_, row)| row.version.map(str::to_owned));
        match (self.level.versions, self.level.marks.is_empty(), here) {
            (true, true, Some(_)) => delete::Rows::Version,
            (true, false, _) => delete::Rows::Versions,
            _ => delete::Rows::Keys,
        }
    }

    /// What is meant by a deed, in words.
    fn subject(&self) -> String {
        let Some(bucket) = &self.bucket else { return String::new() };
        let marked = self.level.marks.count(self.level.rows.len());
        match self.level.selection() {
            Some(Selection::Below(prefix)) if prefix.is_empty() => {
                say!("browser-subject-everything", bucket = bucket.as_str())
            }
            Some(Selection::Below(prefix)) => say!("browser-subject-below", prefix = figures::shown(&prefix)),
            Some(_) if marked > 1 => say!("browser-subject-marked", count = figures::rows(marked)),
            _ => self.one_subject(),
        }
    }

    fn one_subject(&self) -> String {
        let marked = self.level.marks.rows().next().and_then(|row| self.level.rows.get(row));
        let Some(row) = marked.or_else(|| self.level.under_cursor().map(|(_, row)| row)) else {
            return String::new();
        };
        let key = figures::shown(&self.level.key(&row));
        if row.is_folder() { say!("browser-subject-below", prefix = key) } else { key }
    }

    /// Whether a row is an object whose bytes can be asked for.
    pub(super) fn has_bytes(row: &Row) -> bool {
        matches!(row.kind, RowKind::Object | RowKind::Older)
            && !row.name.ends_with('/')
            && !row.name.is_empty()
    }
}
