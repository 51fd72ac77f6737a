//! A level of the bucket: its rows as far as they have come, which of them are shown, the cursor, and what is marked.
//!
//! Pages are asked for ahead of the cursor; all of them only for the end of the list and for a filter, and that can be stopped.

pub(super) mod layout;
pub(super) mod view;

use std::collections::HashMap;

use super::marks::Marks;
use super::order::{BUDGET, By, Order};
use super::page::Row;
use super::rows::Rows;
use super::wish::{Listed, Rest, Selection, Wish};
use crate::bucket::Extent;
use crate::error::Error;
use crate::tui::widgets::Rows as Lines;

/// So many rows are there ahead of the cursor, before one gets to them.
const AHEAD: usize = 3000;
/// Pages that are asked for at once.
const STRIDE: u32 = 2;
/// Every page that there is.
const ALL: u32 = u32::MAX;

/// How far the listing is.
#[derive(Debug, Default)]
pub(super) enum Progress {
    /// The first answer is awaited.
    #[default]
    Waiting,
    /// There is more.
    More,
    /// Everything has come.
    Whole,
    /// It broke off.
    Failed(Error),
}

/// What was counted under a folder.
#[derive(Debug, Default)]
pub(super) struct Measured {
    pub(super) sum: Extent,
    pub(super) is_whole: bool,
    pub(super) why: Option<Error>,
}

/// One level.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub(super) generation: u64,
    pub(super) prefix: String,
    pub(super) versions: bool,
    pub(super) rows: Rows,
    pub(super) order: Order,
    /// The line under the cursor.
    pub(super) cursor: Lines,
    pub(super) marks: Marks,
    pub(super) progress: Progress,
    /// Sizes of folders, by their whole prefix.
    pub(super) measured: HashMap<String, Measured>,
    wanted: u32,
    got: u32,
    /// Whether everything is wanted, and the cursor goes along with the end.
    pub(super) to_end: bool,
    chases: bool,
    /// The name on which the cursor is to stand, once it comes.
    seek: Option<String>,
}

impl Level {
    /// The level under `prefix`, before anything has come; the cursor will stand on `seek`.
    pub(super) fn new(generation: u64, prefix: String, versions: bool, seek: Option<String>) -> Self {
        Self { generation, prefix, versions, seek, wanted: STRIDE, ..Self::default() }
    }

    /// Asks for it.
    pub(super) fn begin(&self) -> Wish {
        let (prefix, versions) = (self.prefix.clone(), self.versions);
        Wish::List { generation: self.generation, prefix, versions, pages: self.wanted }
    }

    /// How many lines are shown.
    pub(super) fn len(&self) -> usize {
        self.order.len(&self.rows)
    }

    /// The row in line `line`, with its number.
    pub(super) fn line(&self, line: usize) -> Option<(usize, Row<'_>)> {
        let index = self.order.at(&self.rows, line)?;
        Some((index, self.rows.get(index)?))
    }

    /// The row under the cursor.
    pub(super) fn under_cursor(&self) -> Option<(usize, Row<'_>)> {
        self.line(self.cursor.line)
    }

    /// The whole key of a row.
    pub(super) fn key(&self, row: &Row) -> String {
        format!("{}{}", self.prefix, row.name)
    }

    /// What the cursor rests on.
    pub(super) fn rest(&self) -> Option<Rest> {
        let (_, row) = self.under_cursor()?;
        if row.is_folder() {
            return Some(Rest::Folder { generation: self.generation, prefix: self.key(&row) });
        }
        let marker = row.kind == super::page::RowKind::Marker;
        let version = row.version.map(str::to_owned);
        (!marker).then(|| Rest::Object { key: self.key(&row), version })
    }

    /// What is meant by a deed: what is marked, else what is under the cursor.
    pub(super) fn selection(&self) -> Option<Selection> {
        if self.marks.is_all() {
            return Some(Selection::Below(self.prefix.clone()));
        }
        let marks =
            if self.marks.is_empty() { Marks::only(self.under_cursor()?.0) } else { self.marks.clone() };
        Some(Selection::Rows { prefix: self.prefix.clone(), rows: self.rows.clone(), marks })
    }

    /// Takes in what came.
    pub(super) fn listed(&mut self, what: Listed) {
        match what {
            Listed::Page(page) => {
                let first = self.rows.len();
                self.rows.push(*page);
                self.got = self.got.saturating_add(1);
                self.progress = Progress::More;
                self.find(first);
            }
            Listed::End => {
                self.progress = Progress::Whole;
                self.seek = None;
            }
            Listed::Failed(error) => self.progress = Progress::Failed(error),
        }
        if self.chases {
            self.cursor = Lines::at(self.len().saturating_sub(1));
        }
        if matches!(self.progress, Progress::Whole) {
            self.to_end = false;
            self.chases = false;
        }
    }

    /// Puts the cursor on the name that is sought, where it is among the rows from `first` on.
    fn find(&mut self, first: usize) {
        let Some(seek) = &self.seek else { return };
        let (mut found, mut passed) = (None, false);
        for (index, row) in self.rows.from(first) {
            if row.name >= seek.as_str() {
                found = Some(index);
                passed = true;
                break;
            }
        }
        if let Some(index) = found {
            self.cursor = Lines::at(index);
        }
        if passed {
            self.seek = None;
        }
    }

    /// More pages, where the cursor, the filter or the end of the list needs them.
    pub(super) fn more(&mut self) -> Option<Wish> {
        if !matches!(self.progress, Progress::More) {
            return None;
        }
        let hungry = self.seek.is_some() || self.cursor.line + AHEAD >= self.len();
        let wanted = match (self.to_end, hungry) {
            (true, _) => ALL,
            (false, true) if self.wanted <= self.got => self.got.saturating_add(STRIDE),
            // What was wanted for the end is wanted no more.
            (false, _) if self.wanted == ALL => self.got,
            _ => self.wanted,
        };
        if wanted == self.wanted {
            return None;
        }
        self.wanted = wanted;
        Some(Wish::More { generation: self.generation, pages: wanted })
    }

    /// Whether more rows are on their way.
    pub(super) fn is_coming(&self) -> bool {
        match self.progress {
            Progress::Waiting => true,
            Progress::More => self.got < self.wanted,
            _ => false,
        }
    }

    /// Whether everything has come.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.progress, Progress::Whole)
    }

    /// Looks at the next few rows for the filter and the sort.
    pub(super) fn step(&mut self) {
        let coming = self.is_coming();
        self.order.step(&self.rows, BUDGET, coming);
        if self.chases {
            self.cursor = Lines::at(self.len().saturating_sub(1));
        }
    }

    /// Whether there is work for [`Level::step`].
    pub(super) fn is_busy(&self) -> bool {
        self.order.is_busy(&self.rows)
    }

    /// Moves the cursor by so many lines.
    pub(super) fn travel(&mut self, lines: isize) {
        self.seek = None;
        self.cursor = self.cursor.moved(lines, self.len());
        let to_the_end = lines > isize::try_from(self.len()).unwrap_or(isize::MAX);
        if to_the_end && !self.is_whole() {
            self.to_end = true;
            self.chases = true;
        } else if self.chases {
            self.stop();
        }
    }

    /// The cursor and the list, where the mouse put them.
    pub(super) fn put(&mut self, cursor: Lines) {
        self.seek = None;
        self.cursor = cursor;
    }

    /// No further pages than those that the cursor needs.
    pub(super) fn stop(&mut self) {
        self.to_end = false;
        self.chases = false;
    }

    /// Shows only names with `text` in them, which all rows are looked through for.
    pub(super) fn filter(&mut self, text: &str) {
        self.order.filter(text);
        self.to_end = !text.is_empty() && !self.is_whole();
        self.chases = false;
        self.cursor = Lines::default();
        self.step();
    }

    /// Sorts by `by`, or the other way round.
    pub(super) fn sort(&mut self, by: By, reversed: bool) {
        self.order.sort(by, reversed);
        self.cursor = Lines::default();
        self.step();
    }

    /// Marks what is under the cursor, or no longer, and goes on to the next line.
    pub(super) fn toggle(&mut self) {
        if let Some((index, _)) = self.under_cursor() {
            self.marks.toggle(index, self.rows.len());
            self.cursor = self.cursor.moved(1, self.len());
        }
    }

    /// Marks everything that is shown, or nothing.
    pub(super) fn mark_all(&mut self) {
        if !self.marks.is_empty() {
            self.marks = Marks::default();
        } else if self.order.is_filtered() || self.versions {
            let shown = (0..self.len()).filter_map(|line| self.order.at(&self.rows, line));
            let shown: Vec<usize> = shown.collect();
            for row in shown {
                self.marks.set(row);
            }
        } else {
            self.marks = Marks::everything();
        }
    }

    /// Takes in what was counted under a folder.
    pub(super) fn measured(&mut self, prefix: String, sum: Extent, ended: Option<crate::Result<()>>) {
        let is_whole = matches!(ended, Some(Ok(())));
        let why = ended.and_then(crate::Result::err);
        self.measured.insert(prefix, Measured { sum, is_whole, why });
    }
}
