//! All rows of a level that have come, in the store's order.

use std::sync::Arc;

use super::page::{Page, Row};

/// The rows. Cloning shares the pages, so that a task can look at them without holding the interface up.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    pages: Vec<Arc<Page>>,
    /// The row at which each page begins.
    starts: Vec<usize>,
    len: usize,
}

impl Rows {
    /// Adds what came last.
    pub fn push(&mut self, page: Page) {
        self.starts.push(self.len);
        self.len += page.len();
        self.pages.push(Arc::new(page));
    }

    /// How many have come.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether none has.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Row `index`, where there is one.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Row<'_>> {
        if index >= self.len {
            return None;
        }
        let page = self.starts.partition_point(|start| *start <= index).checked_sub(1)?;
        self.pages.get(page)?.row(index - self.starts.get(page)?)
    }

    /// The rows from `first` on, with their numbers.
    pub fn from(&self, first: usize) -> impl Iterator<Item = (usize, Row<'_>)> {
        let page = self.starts.partition_point(|start| *start <= first).saturating_sub(1);
        let pages = self.pages.iter().zip(&self.starts).skip(page);
        pages.flat_map(move |(page, start)| {
            let skipped = first.saturating_sub(*start);
            (skipped..page.len()).filter_map(move |at| Some((start + at, page.row(at)?)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bucket::{FolderPage, Object};

    #[test]
    fn rows_are_found_across_pages() {
        let mut rows = Rows::default();
        for names in [vec!["a", "b"], vec![], vec!["c"], vec!["d", "e", "f"]] {
            let object = |name: &&str| Object { key: (*name).to_owned(), ..Object::default() };
            let listed = FolderPage { objects: names.iter().map(object).collect(), ..FolderPage::default() };
            rows.push(Page::of("", &listed));
        }
        let name = |index| rows.get(index).map(|row: Row| row.name.to_owned());
        assert_eq!((0..7).map(name).collect::<Vec<_>>().concat_names(), "abcdef");
        for first in 0..8 {
            let names: String = rows.from(first).map(|(_, row)| row.name).collect();
            assert_eq!(names, "abcdef"[first.min(6)..]);
            assert!(rows.from(first).map(|(index, _)| index).eq(first.min(6)..6));
        }
    }

    trait Names {
        fn concat_names(&self) -> String;
    }

    impl Names for Vec<Option<String>> {
        fn concat_names(&self) -> String {
            self.iter().flatten().cloned().collect()
        }
    }
}
