//! A page of rows as it is kept: a few long vectors instead of a thousand small structs, and keys without the prefix that they share.
//! A million rows take well under 100 MiB so. Pages are made where the answer came, off the interface's thread, and never change.

use crate::bucket::{FolderPage, Object, Version, VersionPage};

/// S3's classes from the warmest to the coldest, which is their order in the list.
const CLASSES: [&str; 11] = [
    "EXPRESS_ONEZONE",
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "INTELLIGENT_TIERING",
    "STANDARD_IA",
    "ONEZONE_IA",
    "OUTPOSTS",
    "SNOW",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
];
/// Where a store has a class of its own, its place in the page's list is counted from here.
const OTHERS: u8 = 100;
/// No class: folders and delete markers.
const NONE: u8 = u8::MAX;
/// No date.
const NEVER: i64 = i64::MIN;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// A folder: keys that go on behind a slash.
    Folder,
    /// What stands at a key.
    Object,
    /// A version that a newer one hides.
    Older,
    /// A delete marker.
    Marker,
}

/// One row, as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// The key behind the level's prefix; a folder's ends in a slash; empty for the folder's own key.
    pub name: &'a str,
    /// What it is.
    pub kind: RowKind,
    /// Bytes; 0 for folders and markers.
    pub size: u64,
    /// When it was written, seconds since 1970.
    pub modified: Option<i64>,
    /// S3's name of its class.
    pub class: Option<&'a str>,
    /// S3's id of the version, where versions are listed.
    pub version: Option<&'a str>,
    /// The class' place among the classes, the coldest last.
    pub rank: u8,
}

impl Row<'_> {
    /// Whether it is a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.kind == RowKind::Folder
    }
}

/// What one answer of the store brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    names: String,
    ends: Vec<u32>,
    kinds: Vec<RowKind>,
    sizes: Vec<u64>,
    dates: Vec<i64>,
    classes: Vec<u8>,
    others: Vec<String>,
    ids: String,
    id_ends: Vec<u32>,
}

impl Page {
    /// Out of a listing of the level under `prefix`.
    #[must_use]
    pub fn of(prefix: &str, listed: &FolderPage) -> Self {
        let mut page = Self::default();
        let mut folders = listed.prefixes.iter().peekable();
        for object in &listed.objects {
            while let Some(folder) = folders.next_if(|folder| **folder < object.key) {
                page.folder(prefix, folder);
            }
            page.object(prefix, object);
        }
        folders.for_each(|folder| page.folder(prefix, folder));
        page.shrunk()
    }

    /// Out of a listing of the versions in the level under `prefix`.
    #[must_use]
    pub fn of_versions(prefix: &str, listed: &VersionPage) -> Self {
        let mut page = Self::default();
        let mut folders = listed.prefixes.iter().peekable();
        for version in &listed.versions {
            while let Some(folder) = folders.next_if(|folder| **folder < version.key) {
                page.folder(prefix, folder);
                page.id("");
            }
            page.version(prefix, version);
        }
        for folder in folders {
            page.folder(prefix, folder);
            page.id("");
        }
        page.shrunk()
    }

    /// How many rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Row `index`, where there is one.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        let class = *self.classes.get(index)?;
        Some(Row {
            name: piece(&self.names, &self.ends, index)?,
            kind: *self.kinds.get(index)?,
            size: *self.sizes.get(index)?,
            modified: self.dates.get(index).copied().filter(|date| *date != NEVER),
            class: self.class(class),
            version: piece(&self.ids, &self.id_ends, index).filter(|id| !id.is_empty()),
            rank: class,
        })
    }

    fn class(&self, class: u8) -> Option<&str> {
        let known = CLASSES.get(usize::from(class)).copied();
        known.or_else(|| self.others.get(usize::from(class.checked_sub(OTHERS)?)).map(String::as_str))
    }

    fn folder(&mut self, prefix: &str, folder: &str) {
        self.push(prefix, folder, RowKind::Folder, 0, None, None);
    }

    fn object(&mut self, prefix: &str, object: &Object) {
        // A listing leaves the class out where it is the usual one, on some stores.
        let class = Some(object.class.as_deref().unwrap_or("STANDARD"));
        self.push(prefix, &object.key, RowKind::Object, object.size, object.modified, class);
    }

    fn version(&mut self, prefix: &str, version: &Version) {
        let kind = match version {
            Version { is_delete_marker: true, .. } => RowKind::Marker,
            Version { is_latest: true, .. } => RowKind::Object,
            _ => RowKind::Older,
        };
        let class = (kind != RowKind::Marker).then(|| version.class.as_deref().unwrap_or("STANDARD"));
        self.push(prefix, &version.key, kind, version.size, version.modified, class);
        self.id(&version.version_id);
    }

    fn push(
        &mut self,
        prefix: &str,
        key: &str,
        kind: RowKind,
        size: u64,
        modified: Option<i64>,
        class: Option<&str>,
    ) {
        self.names.push_str(key.strip_prefix(prefix).unwrap_or(key));
        self.ends.push(end(&self.names));
        self.kinds.push(kind);
        self.sizes.push(size);
        self.dates.push(modified.unwrap_or(NEVER));
        let class = class.map_or(NONE, |class| self.index_of(class));
        self.classes.push(class);
    }

    fn id(&mut self, id: &str) {
        self.ids.push_str(id);
        self.id_ends.push(end(&self.ids));
    }

    fn index_of(&mut self, class: &str) -> u8 {
        let place = |at: usize| u8::try_from(at).unwrap_or(NONE);
        if let Some(at) = CLASSES.iter().position(|known| *known == class) {
            return place(at);
        }
        let at = self.others.iter().position(|known| known == class).unwrap_or_else(|| {
            self.others.push(class.to_owned());
            self.others.len() - 1
        });
        place(at).saturating_add(OTHERS)
    }

    /// Without the room that growing left over.
    fn shrunk(mut self) -> Self {
        self.names.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.kinds.shrink_to_fit();
        self.sizes.shrink_to_fit();
        self.dates.shrink_to_fit();
        self.classes.shrink_to_fit();
        self.ids.shrink_to_fit();
        self.id_ends.shrink_to_fit();
        self
    }
}

/// A page is at most 1,000 keys of at most 1,024 bytes.
fn end(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

fn piece<'a>(text: &'a str, ends: &[u32], index: usize) -> Option<&'a str> {
    let start = if index == 0 { 0 } else { *ends.get(index - 1)? };
    text.get(start as usize..*ends.get(index)? as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(key: &str, size: u64, class: Option<&str>) -> Object {
        Object { key: key.to_owned(), size, class: class.map(str::to_owned), ..Object::default() }
    }

    #[test]
    fn folders_and_objects_stand_in_the_order_of_their_keys_without_the_prefix() {
        let listed = FolderPage {
            prefixes: vec!["raw/a/".to_owned(), "raw/z/".to_owned()],
            objects: vec![object("raw/", 0, None), object("raw/b", 7, Some("GLACIER"))],
        };
        let page = Page::of("raw/", &listed);
        let names: Vec<&str> =
            (0..page.len()).filter_map(|index| page.row(index)).map(|row| row.name).collect();
        assert_eq!(names, ["", "a/", "b", "z/"]);
        let row = page.row(2).unwrap();
        assert_eq!((row.size, row.class, row.kind, row.version), (7, Some("GLACIER"), RowKind::Object, None));
        assert_eq!(page.row(4), None);
    }

    #[test]
    fn a_class_that_only_this_store_has_is_kept() {
        let listed = FolderPage { objects: vec![object("k", 1, Some("TAPE"))], ..FolderPage::default() };
        assert_eq!(Page::of("", &listed).row(0).unwrap().class, Some("TAPE"));
    }

    #[test]
    fn versions_keep_their_ids_and_say_what_hides_them() {
        let version = |id: &str, is_latest, is_delete_marker| Version {
            key: "k".to_owned(),
            version_id: id.to_owned(),
            is_latest,
            is_delete_marker,
            ..Version::default()
        };
        let versions = vec![version("m", true, true), version("2", false, false)];
        let page = Page::of_versions("", &VersionPage { prefixes: vec!["a/".to_owned()], versions });
        let found: Vec<_> =
            (0..3).filter_map(|index| page.row(index)).map(|row| (row.kind, row.version)).collect();
        assert_eq!(
            found,
            [(RowKind::Folder, None), (RowKind::Marker, Some("m")), (RowKind::Older, Some("2"))]
        );
        assert_eq!(page.row(1).unwrap().class, None);
    }
}
