//! What the browser asks the world for, and what comes back. A wish that is made again replaces the one before of its kind.

use std::path::PathBuf;
use std::time::Duration;

use super::marks::Marks;
use super::page::{Page, RowKind};
use super::rows::Rows;
use super::{fetch, inside, uploads};
use crate::bucket::{Deleted, Extent, Object, Restoring, Tier, Upload};
use crate::error::Result;

/// How long the cursor rests on a row before it is asked about.
pub const REST: Duration = Duration::from_millis(250);

/// Something that the runtime does for the browser.
#[derive(Debug)]
pub enum Wish {
    /// Lists a level, a page at a time, as far as [`Wish::More`] asks; the listing before ends.
    List {
        /// Which listing it is: answers of earlier ones are dropped.
        generation: u64,
        /// The level.
        prefix: String,
        /// Whether versions are listed.
        versions: bool,
        /// How many pages are wanted at first.
        pages: u32,
    },
    /// Lists on until so many pages have come in all.
    More {
        /// Which listing.
        generation: u64,
        /// How many pages in all.
        pages: u32,
    },
    /// Counts what is under a prefix, until its level is left.
    Measure {
        /// The listing that it belongs to.
        generation: u64,
        /// The prefix.
        prefix: String,
    },
    /// The cursor stands on this; after [`REST`] it is asked about. Moving on ends it.
    Rest(Option<Rest>),
    /// Nothing of the list is wanted any more.
    Leave,
    /// Counts what a deletion would take.
    Preview {
        /// Which count it is.
        number: u64,
        /// What is meant.
        selection: Selection,
        /// Whether older versions go as well.
        versions: bool,
    },
    /// Deletes.
    Delete {
        /// What is meant.
        selection: Selection,
        /// Whether older versions go as well.
        versions: bool,
    },
    /// Begins no further request of the deletion, or ends the count before it.
    StopDelete,
    /// Brings objects to this disk.
    Fetch {
        /// What is meant.
        selection: Selection,
        /// The folder under which each lies at its key.
        to: PathBuf,
    },
    /// Stops what is fetched; it can be gone on with.
    StopFetch,
    /// Asks Glacier for a copy.
    Restore {
        /// The object.
        key: String,
        /// How long the copy stays, in days.
        days: u32,
        /// How fast, and how dear.
        tier: Tier,
    },
    /// Reads the beginning of an object.
    Inside(inside::Wanted),
    /// Stops reading it.
    StopInside,
    /// Lists unfinished uploads, and asks what each holds.
    Uploads,
    /// Throws an unfinished upload away.
    Abort(Upload),
}

/// What the cursor rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rest {
    /// A folder, which is counted.
    Folder {
        /// The listing that it belongs to.
        generation: u64,
        /// The whole prefix.
        prefix: String,
    },
    /// An object or a version, which is described.
    Object {
        /// Its key.
        key: String,
        /// Its version, where versions are listed.
        version: Option<String>,
    },
}

/// What is to be fetched or deleted. Its rows are shared with the list: resolving a million of them is work for a task.
#[derive(Debug, Clone)]
pub enum Selection {
    /// Rows of a level.
    Rows {
        /// The level.
        prefix: String,
        /// Its rows.
        rows: Rows,
        /// Which of them.
        marks: Marks,
    },
    /// Everything that begins so; all of the bucket where it is empty.
    Below(String),
}

/// What a selection comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Keys, their bytes, and their versions where versions are listed.
    pub objects: Vec<(String, u64, Option<String>)>,
    /// Prefixes.
    pub folders: Vec<String>,
}

impl Selection {
    /// The whole keys of what is meant.
    #[must_use]
    pub fn resolve(&self) -> Resolved {
        let (prefix, rows, marks) = match self {
            Self::Below(prefix) => {
                return Resolved { folders: vec![prefix.clone()], ..Resolved::default() };
            }
            Self::Rows { prefix, rows, marks } => (prefix, rows, marks),
        };
        let mut resolved = Resolved::default();
        for row in marks.rows().filter_map(|index| rows.get(index)) {
            let key = format!("{prefix}{}", row.name);
            match row.kind {
                RowKind::Folder => resolved.folders.push(key),
                _ => resolved.objects.push((key, row.size, row.version.map(str::to_owned))),
            }
        }
        resolved
    }
}

/// What came of a listing.
#[derive(Debug)]
pub enum Listed {
    /// More rows.
    Page(Box<Page>),
    /// There are no more.
    End,
    /// It broke off.
    Failed(crate::Error),
}

/// What the runtime tells.
#[derive(Debug)]
pub enum Answer {
    /// Of a listing.
    Listed {
        /// Which one.
        generation: u64,
        /// What came.
        what: Listed,
    },
    /// So much was counted under a prefix so far.
    Measured {
        /// The listing that it belongs to.
        generation: u64,
        /// The prefix.
        prefix: String,
        /// The count.
        sum: Extent,
        /// How it ended, once it has.
        ended: Option<Result<()>>,
    },
    /// What is known of an object; `None` where there is none.
    Described {
        /// Its key.
        key: String,
        /// Its version, where one was asked for.
        version: Option<String>,
        /// What is known.
        object: Result<Option<Box<Object>>>,
    },
    /// So much would be deleted, as far as it was counted.
    Counted {
        /// Which count it is.
        number: u64,
        /// The count.
        sum: Extent,
        /// How it ended, once it has.
        ended: Option<Result<()>>,
    },
    /// So much was deleted.
    Deleted {
        /// How far it is.
        sum: Deleted,
        /// How it ended, once it has.
        ended: Option<Result<()>>,
    },
    /// Of what is fetched.
    Fetching(fetch::News),
    /// How an object stands after Glacier was asked.
    Restored {
        /// The object.
        key: String,
        /// How it stands.
        outcome: Result<Restoring>,
    },
    /// Of what is looked inside.
    Inside(inside::News),
    /// Of unfinished uploads.
    Uploads(uploads::News),
}
